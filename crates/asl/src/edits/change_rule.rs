//! Changing a condition of a Choice rule: what it tests, how it is joined with others, its opposite.
//!
//! | change | `{"Variable": v, "IsNull": true, "Next": n}` becomes |
//! |---|---|
//! | [`RuleChange::Test`] | `{"Variable": w, "NumericEquals": 1, "Next": n}`, the operator's key in its place |
//! | [`RuleChange::AddCondition`] | `{"And": [{"Variable": v, "IsNull": true}, …], "Next": n}` |
//! | [`RuleChange::Negate`] | `{"Not": {"Variable": v, "IsNull": true}, "Next": n}` |
//! | [`RuleChange::JoinBy`] | `And` becomes `Or`, or the other way |
//! | [`RuleChange::Remove`] | a condition less; a list of one gives way to what is in it |

use serde_json::Value as Json;

use super::entries::variable_in;
use super::{Draft, EditError, EditErrorCode, Outcome, member_text, object_text, refuse};
use crate::expr::Operator;
use crate::text::{Format, Kind, Member, Node, Tree};

/// What becomes of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleChange {
    /// It tests something else.
    Test {
        /// The path to look at.
        variable: String,
        /// The operator as the language spells it, such as `NumericEqualsPath`.
        operator: String,
        /// What it is compared with, as JSON text.
        operand: String,
    },
    /// Another condition joins it; with `group`, a group of one.
    AddCondition {
        /// Whether the new one is a group.
        group: bool,
    },
    /// All of its parts have to hold, or one of them.
    JoinBy {
        /// `And`, else `Or`.
        all: bool,
    },
    /// It becomes its opposite.
    Negate,
    /// It goes.
    Remove,
}

impl<'t> Draft<'t> {
    /// `pointer` leads from the state to the rule, or to a condition in it.
    pub(super) fn change_rule(
        &mut self,
        key: &str,
        pointer: &str,
        change: &RuleChange,
    ) -> Result<Outcome, EditError> {
        let state = self.definition.at(self.find(key)?);
        let node = state.node.and_then(|node| self.node(node).at(pointer));
        let condition = node.filter(|node| node.kind() == Kind::Object && !node.is_alias());
        let condition = condition.ok_or_else(|| {
            refuse(
                EditErrorCode::BadPointer,
                format!("{key:?} has no condition at {pointer} any more"),
            )
        })?;
        match change {
            RuleChange::Test {
                variable,
                operator,
                operand,
            } => self.set_test(condition, variable, operator, operand)?,
            RuleChange::AddCondition { group } => self.add_condition(condition, *group),
            RuleChange::JoinBy { all } => self.join_by(condition, *all)?,
            RuleChange::Negate => self.negate(condition),
            RuleChange::Remove => self.remove_condition(condition)?,
        }
        let rule = pointer
            .split('/')
            .nth(2)
            .and_then(|index| index.parse::<usize>().ok());
        let number = rule.map_or_else(String::new, |index| format!(" {}", index + 1));
        let name = state.name.to_string();
        Ok((Some(name.clone()), format!("Change rule{number} of {name}")))
    }

    fn set_test(
        &mut self,
        condition: Node<'t>,
        variable: &str,
        operator: &str,
        operand: &str,
    ) -> Result<(), EditError> {
        if Operator::by_name(operator).is_none() {
            let message = format!("{operator} is not a comparison operator");
            return Err(refuse(EditErrorCode::BadValue, message));
        }
        let operand = Tree::parse(operand, Format::Json);
        let (Some(operand), []) = (operand.root(), operand.faults()) else {
            return Err(refuse(
                EditErrorCode::BadValue,
                "what is compared with is not JSON",
            ));
        };
        let variable = Tree::parse(Json::from(variable).to_string(), Format::Json);
        if let Some(variable) = variable.root() {
            self.rewrite.set_member(condition, "Variable", variable);
        }
        let old = condition
            .members()
            .find(|member| Operator::by_name(&member.name).is_some());
        match old {
            Some(Member {
                key,
                value: Some(value),
                name,
                ..
            }) => {
                if name != operator {
                    self.rewrite.rename_key(key, operator);
                }
                self.rewrite.replace(value, operand);
            }
            _ => self.rewrite.set_member(condition, operator, operand),
        }
        Ok(())
    }

    fn add_condition(&mut self, condition: Node<'t>, group: bool) {
        let test = format!(
            "{{\"Variable\": {}, \"IsPresent\": true}}",
            Json::from(variable_in(Some(condition)))
        );
        let list = |word: &str| format!("{{\"{word}\": [{test}]}}");
        match joined(condition) {
            Some((member, items)) => {
                // A group within a group is of the other kind; one of its own kind would say nothing new.
                let other = if member.name == "And" { "Or" } else { "And" };
                let new = if group { list(other) } else { test };
                let new = Tree::parse(new, Format::Json);
                if let Some(new) = new.root() {
                    let slot = crate::text::rewrite::Slot::Last;
                    self.rewrite.insert_item(items, slot, new);
                }
            }
            None => {
                let new = if group { list("Or") } else { test };
                let own = object_text(&own_members(condition));
                self.replace_own(condition, &format!("\"And\": [{own}, {new}]"));
            }
        }
    }

    fn join_by(&mut self, condition: Node<'t>, all: bool) -> Result<(), EditError> {
        let (member, _) = joined(condition)
            .ok_or_else(|| refuse(EditErrorCode::BadPointer, "there is nothing joined here"))?;
        self.rewrite
            .rename_key(member.key, if all { "And" } else { "Or" });
        Ok(())
    }

    fn negate(&mut self, condition: Node<'t>) {
        let inner = condition.get("Not").filter(|inner| inner.kind() == Kind::Object);
        let text = match inner {
            Some(inner) => own_members(inner).join(", "),
            None => format!("\"Not\": {}", object_text(&own_members(condition))),
        };
        self.replace_own(condition, &text);
    }

    fn remove_condition(&mut self, condition: Node<'t>) -> Result<(), EditError> {
        let list = condition.parent().filter(|list| list.kind() == Kind::Array);
        let owner = list.and_then(|list| list.parent()?.parent());
        let (Some(list), Some(owner)) = (list, owner.filter(|owner| joined(*owner).is_some())) else {
            let message = "a condition that stands alone goes with its rule";
            return Err(refuse(EditErrorCode::BadPointer, message));
        };
        let left: Vec<Node<'t>> = list.items().filter(|item| item.id() != condition.id()).collect();
        match left.as_slice() {
            [] => return self.remove_condition(owner),
            // Two comments cannot become one.
            [only] if only.kind() == Kind::Object && only.get("Comment").is_none() => {
                self.replace_own(owner, &own_members(*only).join(", "));
            }
            _ => self.rewrite.remove(list, &[condition.id()]),
        }
        Ok(())
    }

    /// Puts other members, as JSON text, in the place of those that make up the condition; `Next` and what else
    /// belongs to the rule stays where it is.
    fn replace_own(&mut self, condition: Node<'t>, members: &str) {
        let mut parts: Vec<String> = Vec::new();
        let mut placed = false;
        for member in condition.members() {
            if is_beside(&member.name) {
                parts.extend(member_text(&member));
            } else if !placed {
                parts.push(members.to_owned());
                placed = true;
            }
        }
        let whole = Tree::parse(object_text(&parts), Format::Json);
        if let Some(whole) = whole.root() {
            self.rewrite.replace(condition, whole);
        }
    }
}

/// Members of a rule that are not its condition.
fn is_beside(name: &str) -> bool {
    matches!(name, "Next" | "Comment" | "Assign" | "Output")
}

/// The list of `And` or `Or`.
fn joined(condition: Node<'_>) -> Option<(Member<'_>, Node<'_>)> {
    let member = condition
        .members()
        .find(|member| matches!(&*member.name, "And" | "Or"))?;
    let items = member.value.filter(|value| value.kind() == Kind::Array)?;
    Some((member, items))
}

fn own_members(condition: Node<'_>) -> Vec<String> {
    let own = condition.members().filter(|member| !is_beside(&member.name));
    own.filter_map(|member| member_text(&member)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::super::{Edit, EditErrorCode};
    use super::RuleChange;
    use crate::text::Format::{Json, Yaml};

    fn change(pointer: &str, change: RuleChange) -> Edit {
        Edit::ChangeRule {
            state: "A".to_owned(),
            pointer: format!("/Choices/{pointer}"),
            change,
        }
    }

    fn test(variable: &str, operator: &str, operand: &str) -> RuleChange {
        RuleChange::Test {
            variable: variable.to_owned(),
            operator: operator.to_owned(),
            operand: operand.to_owned(),
        }
    }

    const LABEL: &str = "Change rule 1 of A";

    #[test]
    fn tests_something_else() {
        check(
            Json,
            change("0", test("$.a", "NumericGreaterThanEqualsPath", "\"$.b\"")),
            Some("A"),
            LABEL,
            r#"
 {"States": {"A": {"Choices": [
-  { "Variable": "$.a", "NumericEquals": 1.50,   "Next": "B" }
+  { "Variable": "$.a", "NumericGreaterThanEqualsPath": "$.b",   "Next": "B" }
 ]}}}
"#,
        );
        check(
            Yaml,
            change("0/And/1", test("$.b", "IsPresent", "false")),
            Some("A"),
            LABEL,
            "
 States:
   A:
     Choices:
       - And:
           - {Variable: $.a, IsNull: true}
-          - Variable: $.a  # what
-            StringMatches: 'x*'  # how
+          - Variable: $.b  # what
+            IsPresent: false  # how
         Next: B
",
        );
    }

    #[test]
    fn is_joined_by_another() {
        check(
            Json,
            change("0", RuleChange::AddCondition { group: false }),
            Some("A"),
            LABEL,
            r#"
 {"States": {"A": {"Choices": [
   {
-    "Variable": "$.a",
-    "NumericEquals": 1.50,
+    "And": [
+      {
+        "Variable": "$.a",
+        "NumericEquals": 1.50
+      },
+      {
+        "Variable": "$.a",
+        "IsPresent": true
+      }
+    ],
     "Next": "B"
   }
 ]}}}
"#,
        );
        check(
            Yaml,
            change("0", RuleChange::AddCondition { group: true }),
            Some("A"),
            LABEL,
            "
 States:
   A:
     Choices:
       - And:
           - {Variable: $.a, IsNull: true}
+          - Or:
+              - Variable: $.a
+                IsPresent: true
         Next: B
",
        );
    }

    #[test]
    fn is_joined_by_the_other_word() {
        check(
            Json,
            change("0", RuleChange::JoinBy { all: false }),
            Some("A"),
            LABEL,
            r#"
 {"States": {"A": {"Choices": [
-  { "And": [{ "Variable": "$.a", "IsNull": true }], "Next": "B" }
+  { "Or": [{ "Variable": "$.a", "IsNull": true }], "Next": "B" }
 ]}}}
"#,
        );
    }

    #[test]
    fn becomes_its_opposite_and_back() {
        let lines = r#"
 {"States": {"A": {"Choices": [
-  { "Next": "B", "Variable": "$.a", "IsNull": true }
+  { "Next": "B", "Not": {"Variable": "$.a", "IsNull": true} }
 ]}}}
"#;
        check(Json, change("0", RuleChange::Negate), Some("A"), LABEL, lines);
        let back: String = lines
            .lines()
            .map(|line| match line.split_at_checked(1) {
                Some(("-", rest)) => format!("+{rest}\n"),
                Some(("+", rest)) => format!("-{rest}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let mut lines: Vec<&str> = back.lines().collect();
        lines.swap(2, 3);
        check(
            Json,
            change("0", RuleChange::Negate),
            Some("A"),
            LABEL,
            &lines.join("\n"),
        );
    }

    #[test]
    fn goes() {
        check(
            Yaml,
            change("0/Or/0", RuleChange::Remove),
            Some("A"),
            LABEL,
            "
 States:
   A:
     Choices:
       - Or:
-          - {Variable: $.a, IsNull: true}
           - {Variable: $.b, IsNull: true}
           - {Variable: $.c, IsNull: true}
         Next: B
",
        );
        check(
            Json,
            change("0/And/1", RuleChange::Remove),
            Some("A"),
            LABEL,
            r#"
 {"States": {"A": {"Choices": [
   {
     "Comment": "stays",
-    "And": [
-      { "Variable": "$.a", "IsNull": true },
-      { "Variable": "$.b", "IsNull": true }
-    ],
+    "Variable": "$.a",
+    "IsNull": true,
     "Next": "B"
   }
 ]}}}
"#,
        );
    }

    #[test]
    fn what_cannot_be() {
        let text = r#"{"States": {"A": {"Choices": [{"Variable": "$", "IsNull": true}]}}}"#;
        let refused = |edit, code| refused(Json, text, &edit, code);
        refused(change("1", RuleChange::Negate), EditErrorCode::BadPointer);
        refused(change("0", RuleChange::Remove), EditErrorCode::BadPointer);
        refused(
            change("0", RuleChange::JoinBy { all: true }),
            EditErrorCode::BadPointer,
        );
        refused(change("0", test("$", "IsOdd", "true")), EditErrorCode::BadValue);
        refused(change("0", test("$", "IsNull", "{")), EditErrorCode::BadValue);
    }
}
