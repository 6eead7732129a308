//! Rules, retriers, catchers and branches: one more, one less, in another order.
//!
//! | list | a new entry |
//! |---|---|
//! | `Choices` | tests what the last rule tests, and leads where `Default` leads |
//! | `Retry` | the service's own numbers, written out |
//! | `Catch` | catches everything |
//! | `Branches` | a scope of one Pass state |
//!
//! An entry for `States.ALL` has to be the last of its list, so a new one goes before it.

use serde_json::{Value, json};

use super::new_state::{scope, unique_name};
use super::{Draft, EditError, EditErrorCode, Outcome, json_tree, refuse};
use crate::definition::{StateIx, TransitionKind};
use crate::text::rewrite::Slot;
use crate::text::{Kind, Node};
use crate::words::{QueryLanguage, StateType};

/// The lists of a state whose entries can be added by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryList {
    /// The rules of a Choice.
    Choices,
    /// Retriers.
    Retry,
    /// Catchers.
    Catch,
    /// The branches of a Parallel state.
    Branches,
}

impl EntryList {
    /// All of them.
    pub const ALL: [EntryList; 4] = [
        EntryList::Choices,
        EntryList::Retry,
        EntryList::Catch,
        EntryList::Branches,
    ];

    /// The field that holds the list.
    pub fn field(self) -> &'static str {
        match self {
            EntryList::Choices => "Choices",
            EntryList::Retry => "Retry",
            EntryList::Catch => "Catch",
            EntryList::Branches => "Branches",
        }
    }

    /// The list that this field holds.
    pub fn of_field(field: &str) -> Option<EntryList> {
        EntryList::ALL.into_iter().find(|list| list.field() == field)
    }

    fn noun(self) -> &'static str {
        match self {
            EntryList::Choices => "rule",
            EntryList::Retry => "retrier",
            EntryList::Catch => "catcher",
            EntryList::Branches => "branch",
        }
    }

    /// A list that is left out rather than empty.
    fn goes_empty(self) -> bool {
        matches!(self, EntryList::Retry | EntryList::Catch)
    }
}

impl<'t> Draft<'t> {
    pub(super) fn add_entry(&mut self, key: &str, list: EntryList) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let name = self.definition.at(ix).name.to_string();
        match list {
            EntryList::Choices => {
                let target = self.likely_target(ix);
                self.put_rule(ix, &target)?;
            }
            EntryList::Branches => {
                let inner = unique_name(self.definition, "Pass", &[]);
                self.put_entry(ix, list, &scope(&inner))?;
            }
            EntryList::Retry | EntryList::Catch => {
                let entry = self.new_handler(ix, list);
                self.put_entry(ix, list, &entry)?;
            }
        }
        let label = format!("Add {} to {name}", list.noun());
        Ok((Some(name), label))
    }

    pub(super) fn remove_entry(
        &mut self,
        key: &str,
        list: EntryList,
        index: usize,
    ) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let (array, items) = self.entries(ix, list)?;
        let item = items.get(index).ok_or_else(|| no_entry(key, list, index))?;
        let member = array
            .parent()
            .filter(|_| list.goes_empty() && items.len() == 1)
            .and_then(|member| Some((member.parent()?, member.id())));
        match member {
            Some((state, member)) => self.rewrite.remove(state, &[member]),
            None => self.rewrite.remove(array, &[item.id()]),
        }
        let name = self.definition.at(ix).name.to_string();
        let label = format!("Remove {} {} of {name}", list.noun(), index + 1);
        Ok((Some(name), label))
    }

    pub(super) fn move_entry(
        &mut self,
        key: &str,
        list: EntryList,
        from: usize,
        to: usize,
    ) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let (array, items) = self.entries(ix, list)?;
        for index in [from, to] {
            if index >= items.len() {
                return Err(no_entry(key, list, index));
            }
        }
        let mut order: Vec<usize> = (0..items.len()).collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        self.rewrite.reorder(array, &order);
        let name = self.definition.at(ix).name.to_string();
        let label = format!("Move {} {} of {name}", list.noun(), from + 1);
        Ok((Some(name), label))
    }

    /// One more rule, behind the others.
    pub(super) fn put_rule(&mut self, ix: StateIx, target: &str) -> Result<(), EditError> {
        let state = self.definition.at(ix);
        let rule = match state.query_language {
            QueryLanguage::Jsonata => json!({ "Condition": "{% true %}", "Next": target }),
            QueryLanguage::JsonPath => {
                let rules = self.list_of(ix, EntryList::Choices);
                let last = rules.into_iter().flat_map(Node::items).last();
                json!({ "Variable": variable_in(last), "IsPresent": true, "Next": target })
            }
        };
        self.put_entry(ix, EntryList::Choices, &rule)
    }

    fn put_entry(&mut self, ix: StateIx, list: EntryList, entry: &Value) -> Result<(), EditError> {
        let state = self.definition.at(ix);
        let Some(node) = state.node.map(|node| self.node(node)) else {
            let message = format!("{:?} has no body yet", &*state.name);
            return Err(refuse(EditErrorCode::Unchangeable, message));
        };
        let array = self
            .list_of(ix, list)
            .filter(|array| array.items().next().is_some());
        match array {
            Some(array) => {
                let last = array.items().last().filter(|last| catches_all(*last));
                let slot = last.map_or(Slot::Last, |last| Slot::Before(last.id()));
                let entry = json_tree(entry);
                if let Some(entry) = entry.root() {
                    self.rewrite.insert_item(array, slot, entry);
                }
            }
            None => {
                let all = json_tree(&json!([entry]));
                if let Some(all) = all.root() {
                    self.rewrite.set_member(node, list.field(), all);
                }
            }
        }
        Ok(())
    }

    fn new_handler(&self, ix: StateIx, list: EntryList) -> Value {
        let last = self.list_of(ix, list).and_then(|array| array.items().last());
        let is_task = self.definition.at(ix).state_type == Some(StateType::Task);
        let all_is_caught = last.is_some_and(catches_all);
        match list {
            EntryList::Retry => {
                let error = if is_task || all_is_caught {
                    "States.TaskFailed"
                } else {
                    "States.ALL"
                };
                json!({ "ErrorEquals": [error], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2 })
            }
            _ => {
                let error = if all_is_caught {
                    "States.TaskFailed"
                } else {
                    "States.ALL"
                };
                json!({ "ErrorEquals": [error], "Next": self.likely_target(ix) })
            }
        }
    }

    /// Where a new rule or catcher most likely leads: where `Default` does, else to another state of the scope.
    fn likely_target(&self, ix: StateIx) -> String {
        let state = self.definition.at(ix);
        let default = state
            .transitions
            .iter()
            .find(|transition| transition.kind == TransitionKind::Default);
        let scope = self.definition.scope(state.scope);
        let others = || scope.states.iter().copied().filter(|&other| other != ix);
        // What comes behind it in the text is more likely than what comes before.
        let other = others().find(|other| *other > ix).or_else(|| others().next());
        match (default, other) {
            (Some(default), _) => default.target.to_string(),
            (None, Some(other)) => self.definition.at(other).name.to_string(),
            (None, None) => state.name.to_string(),
        }
    }

    fn list_of(&self, ix: StateIx, list: EntryList) -> Option<Node<'t>> {
        let array = self.node(self.definition.at(ix).node?).get(list.field())?;
        (array.kind() == Kind::Array && !array.is_alias()).then_some(array)
    }

    fn entries(&self, ix: StateIx, list: EntryList) -> Result<(Node<'t>, Vec<Node<'t>>), EditError> {
        let array = self.list_of(ix, list).ok_or_else(|| {
            let message = format!(
                "{:?} has no list {} here",
                &*self.definition.at(ix).name,
                list.field()
            );
            refuse(EditErrorCode::NotFound, message)
        })?;
        Ok((array, array.items().collect()))
    }
}

/// What a condition beside this one most likely looks at: what this one does.
pub(super) fn variable_in(condition: Option<Node<'_>>) -> String {
    let mut around = condition;
    while let Some(node) = around {
        if let Some(variable) = node.get("Variable") {
            return variable.text().into_owned();
        }
        let list = node.get("And").or_else(|| node.get("Or"));
        around = list
            .and_then(|list| list.items().last())
            .or_else(|| node.get("Not"));
    }
    "$.value".to_owned()
}

fn catches_all(entry: Node<'_>) -> bool {
    let names = entry.get("ErrorEquals").into_iter().flat_map(Node::items);
    names.into_iter().any(|name| name.text() == aws::errors::ALL)
}

fn no_entry(key: &str, list: EntryList, index: usize) -> EditError {
    let message = format!("{key:?} has no {} {} any more", list.noun(), index + 1);
    refuse(EditErrorCode::NotFound, message)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::super::{Edit, EditErrorCode, EntryList};
    use crate::text::Format::{Json, Yaml};

    fn add(list: EntryList) -> Edit {
        Edit::AddEntry {
            state: "A".to_owned(),
            list,
        }
    }

    fn remove(list: EntryList, index: usize) -> Edit {
        Edit::RemoveEntry {
            state: "A".to_owned(),
            list,
            index,
        }
    }

    fn shift(list: EntryList, from: usize, to: usize) -> Edit {
        Edit::MoveEntry {
            state: "A".to_owned(),
            list,
            from,
            to,
        }
    }

    #[test]
    fn adds() {
        check(
            Yaml,
            add(EntryList::Choices),
            Some("A"),
            "Add rule to A",
            "
 States:
   A:
     Type: Choice
     Choices:
       - And:
           - {Variable: $.x, IsNull: true}
         Next: B
+      - Variable: $.x
+        IsPresent: true
+        Next: C
     Default: C
   B: {Type: Succeed}
   C: {Type: Succeed}
",
        );
        check(
            Json,
            add(EntryList::Retry),
            Some("A"),
            "Add retrier to A",
            r#"
 {"States": {
   "A": {
-    "Type": "Task"
+    "Type": "Task",
+    "Retry": [
+      {
+        "ErrorEquals": ["States.TaskFailed"],
+        "IntervalSeconds": 1,
+        "MaxAttempts": 3,
+        "BackoffRate": 2
+      }
+    ]
   }
 }}
"#,
        );
        check(
            Yaml,
            add(EntryList::Catch),
            Some("A"),
            "Add catcher to A",
            "
 States:
   A:
     Type: Task
     Catch:
+      - ErrorEquals:
+          - States.TaskFailed
+        Next: B
       - ErrorEquals: [States.ALL]
         Next: B
   B: {Type: Succeed}
",
        );
        check(
            Yaml,
            add(EntryList::Branches),
            Some("A"),
            "Add branch to A",
            "
 States:
   A:
     Type: Parallel
     Branches:
       - {StartAt: Pass, States: {Pass: {Type: Pass, End: true}}}
+      - StartAt: Pass 2
+        States:
+          Pass 2:
+            Type: Pass
+            End: true
",
        );
    }

    #[test]
    fn removes() {
        check(
            Json,
            remove(EntryList::Choices, 0),
            Some("A"),
            "Remove rule 1 of A",
            r#"
 {"States": {
   "A": {
     "Choices": [
-      { "Next": "B" },
       { "Next": "C" }
     ]
   }
 }}
"#,
        );
        check(
            Yaml,
            remove(EntryList::Catch, 0),
            Some("A"),
            "Remove catcher 1 of A",
            "
 States:
   A:
     Type: Task
-    Catch:
-      - ErrorEquals: [States.ALL]
-        Next: B
     End: true
",
        );
    }

    #[test]
    fn reorders() {
        check(
            Json,
            shift(EntryList::Choices, 2, 0),
            Some("A"),
            "Move rule 3 of A",
            r#"
 {"States": {
   "A": {
     "Choices": [
-      { "Next": "B" },
-      { "Next":  "C" },
-      { "Next": "D" }
+      { "Next": "D" },
+      { "Next": "B" },
+      { "Next":  "C" }
     ]
   }
 }}
"#,
        );
        check(
            Yaml,
            shift(EntryList::Retry, 0, 1),
            Some("A"),
            "Move retrier 1 of A",
            "
 States:
   A:
     Retry:
-      - ErrorEquals: [x]
-        MaxAttempts: 1
-      - ErrorEquals: [y]
+      - ErrorEquals: [y]
+      - ErrorEquals: [x]
+        MaxAttempts: 1
     End: true
",
        );
    }

    #[test]
    fn knows_its_entries_only() {
        let text = r#"{"States": {"A": {"Type": "Choice", "Choices": [{}]}}}"#;
        refused(
            Json,
            text,
            &remove(EntryList::Choices, 1),
            EditErrorCode::NotFound,
        );
        refused(Json, text, &remove(EntryList::Catch, 0), EditErrorCode::NotFound);
        refused(
            Json,
            text,
            &shift(EntryList::Choices, 0, 1),
            EditErrorCode::NotFound,
        );
    }
}
