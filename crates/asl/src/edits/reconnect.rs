//! Leading a transition elsewhere, drawing a new one, and choosing the first state of a scope.
//!
//! | from | a new transition is |
//! |---|---|
//! | Choice without `Default` | its `Default` |
//! | Choice with one | one more rule |
//! | Succeed, Fail | refused: they end the flow |
//! | any other | its `Next`, in place of `End` |

use std::collections::BTreeMap;

use super::{Draft, EditError, EditErrorCode, Outcome, json_tree, refuse};
use crate::definition::{StateIx, TransitionKind};
use crate::words::StateType;

impl Draft<'_> {
    /// `to` is none to take the transition away.
    pub(super) fn reconnect_transition(
        &mut self,
        from: &str,
        transition: usize,
        to: Option<&str>,
    ) -> Result<Outcome, EditError> {
        let ix = self.find(from)?;
        let state = self.definition.at(ix);
        let outline = state.transitions.get(transition).ok_or_else(|| {
            let message = format!("{from:?} has no transition {transition} any more");
            refuse(EditErrorCode::NotFound, message)
        })?;
        let name = state.name.to_string();
        let Some(to) = to else {
            let mut gone = BTreeMap::new();
            self.reconnect(ix, outline.kind, outline.node, None, &mut gone);
            for (container, children) in gone {
                self.remove_children(self.node(container), children);
            }
            return Ok((Some(name), format!("Disconnect {}", outline.target)));
        };
        let target = self.find_beside(ix, to)?;
        let to = self.definition.at(target).name.to_string();
        self.set_text(outline.node, &to);
        Ok((Some(name.clone()), format!("Connect {name} with {to}")))
    }

    pub(super) fn connect(&mut self, from: &str, to: &str) -> Result<Outcome, EditError> {
        let ix = self.find(from)?;
        let to = self.definition.at(self.find_beside(ix, to)?).name.to_string();
        let state = self.definition.at(ix);
        let decides = state.state_type == Some(StateType::Choice)
            && state
                .transitions
                .iter()
                .any(|transition| transition.kind == TransitionKind::Default);
        if decides {
            self.put_rule(ix, &to)?;
        } else {
            let gap = self.after(from)?;
            self.link(&gap.link, &to);
        }
        let name = state.name.to_string();
        Ok((Some(name.clone()), format!("Connect {name} with {to}")))
    }

    pub(super) fn set_start(&mut self, key: &str) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let state = self.definition.at(ix);
        let scope = self.definition.scope(state.scope);
        let name = state.name.to_string();
        match (scope.start_node, scope.node) {
            (Some(node), _) => self.set_text(node, &name),
            (None, Some(scope)) => {
                let value = json_tree(&serde_json::Value::from(name.as_str()));
                if let Some(value) = value.root() {
                    self.rewrite.set_member(self.node(scope), "StartAt", value);
                }
            }
            (None, None) => {}
        }
        Ok((Some(name.clone()), format!("Start at {name}")))
    }

    /// A state to which one of the same scope may lead.
    fn find_beside(&self, from: StateIx, to: &str) -> Result<StateIx, EditError> {
        let target = self.find(to)?;
        let (from, to) = (self.definition.at(from), self.definition.at(target));
        if from.scope == to.scope {
            return Ok(target);
        }
        let message = format!(
            "{:?} cannot lead to {:?}: a transition does not leave its branch or Map, nor enter another",
            &*from.name, &*to.name
        );
        Err(refuse(EditErrorCode::OutOfScope, message))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::super::{Edit, EditErrorCode};
    use crate::text::Format::{Json, Yaml};

    fn reconnect(from: &str, transition: usize, to: Option<&str>) -> Edit {
        Edit::Reconnect {
            from: from.to_owned(),
            transition,
            to: to.map(str::to_owned),
        }
    }

    fn connect(from: &str, to: &str) -> Edit {
        Edit::Connect {
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }

    fn start(state: &str) -> Edit {
        Edit::SetStart {
            state: state.to_owned(),
        }
    }

    #[test]
    fn leads_elsewhere() {
        check(
            Json,
            reconnect("A", 0, Some("C")),
            Some("A"),
            "Connect A with C",
            r#"
 {"StartAt": "A", "States": {
-  "A": {"Type": "Pass", "Next": "B"},
+  "A": {"Type": "Pass", "Next": "C"},
   "B": {"Type": "Succeed"},
   "C": {"Type": "Succeed"}
 }}
"#,
        );
        check(
            Yaml,
            reconnect("A", 1, Some("B")),
            Some("A"),
            "Connect A with B",
            "
 States:
   A:
     Type: Choice
     Choices:
       - Next: B
-      - Next: C  # where else
+      - Next: B  # where else
   B: {Type: Succeed}
   C: {Type: Succeed}
",
        );
    }

    #[test]
    fn takes_a_transition_away() {
        check(
            Json,
            reconnect("A", 0, None),
            Some("A"),
            "Disconnect B",
            r#"
 {"States": {
   "A": {
     "Type": "Task",
-    "Next": "B",
+    "End": true,
     "Catch": [{ "ErrorEquals": ["x"], "Next": "B" }]
   },
   "B": {"Type": "Succeed"}
 }}
"#,
        );
        check(
            Yaml,
            reconnect("A", 1, None),
            Some("A"),
            "Disconnect B",
            "
 States:
   A:
     Type: Task
     End: true
     Catch:
       - ErrorEquals: [x]
         Next: C
-      - ErrorEquals: [y]
-        Next: B
   B: {Type: Succeed}
   C: {Type: Succeed}
",
        );
    }

    #[test]
    fn draws_a_new_one() {
        check(
            Yaml,
            connect("A", "C"),
            Some("A"),
            "Connect A with C",
            "
 States:
   A:
     Type: Pass
-    End: true  # so far
+    Next: C  # so far
   B: {Type: Succeed}
   C: {Type: Succeed}
",
        );
        check(
            Json,
            connect("A", "C"),
            Some("A"),
            "Connect A with C",
            r#"
 {"States": {
   "A": {
     "Type": "Choice",
     "Choices": [
-      { "Variable": "$.a", "IsNull": true, "Next": "B" }
+      { "Variable": "$.a", "IsNull": true, "Next": "B" },
+      {
+        "Variable": "$.a",
+        "IsPresent": true,
+        "Next": "C"
+      }
     ],
     "Default": "B"
   },
   "B": {"Type": "Succeed"},
   "C": {"Type": "Succeed"}
 }}
"#,
        );
        check(
            Json,
            connect("A", "B"),
            Some("A"),
            "Connect A with B",
            r#"
 {"States": {
   "A": {
     "Type": "Choice",
-    "Choices": []
+    "Choices": [],
+    "Default": "B"
   },
   "B": {"Type": "Succeed"}
 }}
"#,
        );
    }

    #[test]
    fn starts_elsewhere() {
        check(
            Json,
            start("B"),
            Some("B"),
            "Start at B",
            "
-{\"StartAt\": \"A\", \"States\": {
+{\"StartAt\": \"B\", \"States\": {
   \"A\": {}, \"B\": {}
 }}
",
        );
        check(
            Yaml,
            start("X"),
            Some("X"),
            "Start at X",
            "
 StartAt: A
 States:
   A:
     Branches:
-      - StartAt: Y
+      - StartAt: X
         States: {X: {}, Y: {}}
",
        );
    }

    #[test]
    fn stays_in_its_scope() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [{"StartAt": "X", "States": {"X": {"Type": "Pass"}}}]}, "B": {"Type": "Succeed"}}}"#;
        refused(Json, text, &connect("A", "X"), EditErrorCode::OutOfScope);
        refused(Json, text, &connect("X", "B"), EditErrorCode::OutOfScope);
        refused(Json, text, &connect("B", "A"), EditErrorCode::NothingFollows);
        refused(Json, text, &reconnect("A", 7, Some("B")), EditErrorCode::NotFound);
        refused(Json, text, &start("Z"), EditErrorCode::NotFound);
    }
}
