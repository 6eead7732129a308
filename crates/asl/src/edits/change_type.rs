//! Another type for a state: what the new type knows stays, what it needs comes, the rest goes.
//!
//! | from | to | where the flow goes on |
//! |---|---|---|
//! | with `Next` | with `Next` | where it did |
//! | Choice | with `Next` | where `Default` leads, else the first rule |
//! | any | Choice | a rule and `Default` lead where it did |
//! | Succeed, Fail | with `Next` | it ends there |

use super::new_state::{body, unique_name};
use super::{Draft, EditError, EditErrorCode, Outcome, json_tree, member_text, object_text, refuse};
use crate::definition::{StateIx, TransitionKind};
use crate::fields::{self, Owner};
use crate::text::{Format, Node, Tree};
use crate::words::StateType;

impl<'t> Draft<'t> {
    pub(super) fn change_type(&mut self, key: &str, to: StateType) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let state = self.definition.at(ix);
        let name = state.name.to_string();
        let label = format!("Make {name} a {to}");
        let node = state.node.map(|node| self.node(node));
        let node = node.filter(|node| !node.is_alias()).ok_or_else(|| {
            let message = format!("{name:?} has no body of its own to be changed");
            refuse(EditErrorCode::Unchangeable, message)
        })?;
        if state.state_type == Some(to) {
            return Ok((Some(name), label));
        }
        let next = self.goes_on_with(ix);
        if to == StateType::Choice && next.is_none() {
            let message = format!(
                "nothing follows {name:?}, and a Choice cannot end the flow; put a state behind it first"
            );
            return Err(refuse(EditErrorCode::Unfit, message));
        }
        let inner = unique_name(self.definition, "Pass", &[]);
        let fresh = json_tree(&body(to, state.query_language, None, next.as_deref(), &inner));
        let members = fresh
            .root()
            .map(|fresh| kept_and_new(node, fresh, to, state.query_language));
        let whole = Tree::parse(object_text(&members.unwrap_or_default()), Format::Json);
        if let Some(whole) = whole.root() {
            self.rewrite.replace(node, whole);
        }
        Ok((Some(name), label))
    }

    fn goes_on_with(&self, ix: StateIx) -> Option<String> {
        let transitions = &self.definition.at(ix).transitions;
        let by_kind = |wanted: fn(TransitionKind) -> bool| {
            transitions.iter().find(|transition| wanted(transition.kind))
        };
        let plain = by_kind(|kind| matches!(kind, TransitionKind::Next | TransitionKind::Default));
        plain
            .or_else(|| by_kind(|kind| matches!(kind, TransitionKind::Rule(_))))
            .map(|transition| transition.target.to_string())
    }
}

/// Members of the new body as JSON text: those of the old one that the type knows, and those that it needs, behind
/// its `Type`.
fn kept_and_new(
    old: Node<'_>,
    fresh: Node<'_>,
    to: StateType,
    language: crate::words::QueryLanguage,
) -> Vec<String> {
    let known: Vec<&str> = fields::of(Owner::of(to), language)
        .map(|(name, _)| name)
        .collect();
    let mut needed: Vec<String> = Vec::new();
    let mut flow: Vec<String> = Vec::new();
    for member in fresh.members().filter(|member| member.name != "Type") {
        let is_flow = matches!(&*member.name, "Next" | "End" | "Default");
        let has = match &*member.name {
            // One of the two is there already.
            "Next" | "End" => old.get("Next").is_some() || old.get("End").is_some(),
            name => old.get(name).is_some(),
        };
        match (has, is_flow) {
            (true, _) => {}
            (false, true) => flow.extend(member_text(&member)),
            (false, false) => needed.extend(member_text(&member)),
        }
    }
    let mut members = Vec::new();
    let has_type = old.get("Type").is_some();
    let new_type = format!("\"Type\": \"{to}\"");
    if !has_type {
        members.push(new_type.clone());
        members.append(&mut needed);
    }
    for member in old.members() {
        if member.name == "Type" {
            members.push(new_type.clone());
            members.append(&mut needed);
        } else if known.contains(&&*member.name) {
            members.extend(member_text(&member));
        }
    }
    members.append(&mut flow);
    members
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::super::{Edit, EditErrorCode};
    use crate::text::Format::{Json, Yaml};
    use crate::words::StateType;

    fn change(to: StateType) -> Edit {
        Edit::ChangeType {
            state: "A".to_owned(),
            to,
        }
    }

    #[test]
    fn keeps_what_the_type_knows() {
        check(
            Json,
            change(StateType::Wait),
            Some("A"),
            "Make A a Wait",
            r#"
 {"States": {
   "A": {
     "Comment": "1.50",
-    "Type": "Task",
+    "Type": "Wait",
-    "Resource": "x",
+    "Seconds": 1,
     "InputPath": "$.a",
-    "Retry": [{ "ErrorEquals": ["States.ALL"] }],
     "Next": "B"
   },
   "B": { "Type": "Succeed" }
 }}
"#,
        );
        check(
            Yaml,
            change(StateType::Pass),
            Some("A"),
            "Make A a Pass",
            "
 States:
   A:
-    Type: Choice  # first
+    Type: Pass  # first
-    Choices:
-      - {Variable: $.a, IsNull: true, Next: C}
-    Default: B
+    Next: B
   B: {Type: Succeed}
   C: {Type: Succeed}
",
        );
    }

    #[test]
    fn ends_or_decides() {
        check(
            Json,
            change(StateType::Fail),
            Some("A"),
            "Make A a Fail",
            r#"
 {"States": {
   "A": {
-    "Type": "Pass",
-    "End": true
+    "Type": "Fail",
+    "Error": "Failed",
+    "Cause": "Say here what went wrong"
   }
 }}
"#,
        );
        check(
            Yaml,
            change(StateType::Choice),
            Some("A"),
            "Make A a Choice",
            "
 States:
   A:
-    Type: Pass
-    Next: B
+    Type: Choice
+    Choices:
+      - Variable: $
+        IsPresent: true
+        Next: B
+    Default: B
   B: {Type: Succeed}
",
        );
        refused(
            Json,
            r#"{"States": {"A": {"Type": "Pass", "End": true}}}"#,
            &change(StateType::Choice),
            EditErrorCode::Unfit,
        );
    }
}
