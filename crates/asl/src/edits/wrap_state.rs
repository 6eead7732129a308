//! A Parallel or a Map around a state: it takes the state's place in the flow, and the state runs inside.
//!
//! What leads elsewhere has to stay outside: `Next`, `End` and `Catch` move to the new state. A Choice decides
//! where the flow goes and cannot be inside alone.

use serde_json::Value as Json;

use super::new_state::unique_name;
use super::{Draft, EditError, EditErrorCode, Outcome, member_text, object_text, refuse};
use crate::text::{Format, Node, Tree};
use crate::words::StateType;

impl Draft<'_> {
    pub(super) fn wrap_state(&mut self, key: &str, in_type: StateType) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let state = self.definition.at(ix);
        let name = state.name.to_string();
        let fits = matches!(in_type, StateType::Parallel | StateType::Map)
            && state.state_type.is_some_and(|kind| kind != StateType::Choice);
        if !fits {
            let message = format!(
                "{name:?} cannot be put into a {in_type} alone: it decides where the flow goes. Wrap the states it leads to"
            );
            return Err(refuse(EditErrorCode::Unfit, message));
        }
        let node = state.node.map(|node| self.node(node));
        let node = node.filter(|node| !node.is_alias()).ok_or_else(|| {
            let message = format!("{name:?} has no body of its own to be wrapped");
            refuse(EditErrorCode::Unchangeable, message)
        })?;
        let outer = unique_name(self.definition, in_type.name(), &[]);
        let whole = Tree::parse(around(node, &name, in_type), Format::Json);
        if let Some(whole) = whole.root() {
            self.rewrite.rename_key(self.node(state.key_node), &outer);
            self.rewrite.replace(node, whole);
        }
        for reference in self.references(ix) {
            // What the state says of itself is written anew already.
            let range = self.node(reference).range();
            if !(node.range().start <= range.start && range.end <= node.range().end) {
                self.set_text(reference, &outer);
            }
        }
        Ok((Some(outer), format!("Wrap {name} in a {in_type}")))
    }
}

/// The body of the new state, as JSON text.
fn around(node: Node<'_>, name: &str, in_type: StateType) -> String {
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for member in node.members() {
        let Some(text) = member_text(&member) else {
            continue;
        };
        match &*member.name {
            "Next" | "End" | "Catch" => outside.push(text),
            _ => inside.push(text),
        }
    }
    let ends_by_itself = node
        .get("Type")
        .is_some_and(|kind| matches!(&*kind.text(), "Succeed" | "Fail"));
    if !ends_by_itself {
        inside.push("\"End\": true".to_owned());
    }
    if node.get("Next").is_none() && node.get("End").is_none() {
        outside.push("\"End\": true".to_owned());
    }
    let name = Json::from(name);
    let scope = format!(
        "\"StartAt\": {name}, \"States\": {{{name}: {{{}}}}}",
        inside.join(", ")
    );
    let holds = match in_type {
        StateType::Map => {
            format!("\"ItemProcessor\": {{\"ProcessorConfig\": {{\"Mode\": \"INLINE\"}}, {scope}}}")
        }
        _ => format!("\"Branches\": [{{{scope}}}]"),
    };
    outside.insert(0, holds);
    outside.insert(0, format!("\"Type\": \"{in_type}\""));
    object_text(&outside)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::super::{Edit, EditErrorCode};
    use crate::text::Format::{Json, Yaml};
    use crate::words::StateType;

    fn wrap(in_type: StateType) -> Edit {
        Edit::WrapState {
            state: "A".to_owned(),
            in_type,
        }
    }

    #[test]
    fn takes_its_place() {
        check(
            Json,
            wrap(StateType::Parallel),
            Some("Parallel"),
            "Wrap A in a Parallel",
            r#"
 {
-  "StartAt": "A",
+  "StartAt": "Parallel",
   "States": {
-    "A": {
-      "Type": "Task",
-      "Resource": "x",
+    "Parallel": {
+      "Type": "Parallel",
+      "Branches": [
+        {
+          "StartAt": "A",
+          "States": {
+            "A": {
+              "Type": "Task",
+              "Resource": "x",
+              "End": true
+            }
+          }
+        }
+      ],
       "Catch": [{ "ErrorEquals": ["x"], "Next": "B" }],
       "Next": "B"
     },
-    "B": { "Type": "Choice", "Choices": [{ "Next": "A" }] }
+    "B": { "Type": "Choice", "Choices": [{ "Next": "Parallel" }] }
   }
 }
"#,
        );
        check(
            Yaml,
            wrap(StateType::Map),
            Some("Map"),
            "Wrap A in a Map",
            "
-StartAt: A
+StartAt: Map
 States:
-  A:
-    Type: Succeed
+  Map:
+    Type: Map
+    ItemProcessor:
+      ProcessorConfig:
+        Mode: INLINE
+      StartAt: A
+      States:
+        A:
+          Type: Succeed
+    End: true
",
        );
    }

    #[test]
    fn not_around_a_decision() {
        let text = r#"{"States": {"A": {"Type": "Choice", "Choices": []}}}"#;
        refused(Json, text, &wrap(StateType::Map), EditErrorCode::Unfit);
        refused(
            Json,
            r#"{"States": {"A": {"Type": "Pass"}}}"#,
            &wrap(StateType::Wait),
            EditErrorCode::Unfit,
        );
    }
}
