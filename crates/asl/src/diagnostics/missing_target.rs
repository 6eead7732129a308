//! SW0013: a transition goes to a state that its scope does not have.

use super::check::Check;
use super::fixes::respell;
use super::{Diagnostic, Severity, said};
use crate::definition::TransitionKind;
use crate::substitution;

const CODE: &str = "SW0013";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for state in &check.definition.states {
        let scope = check.definition.scope(state.scope);
        for way in state.transitions.iter().filter(|way| way.target_ix.is_none()) {
            if substitution::is_open(&way.target) || check.is_damaged(scope.node) {
                continue;
            }
            let field = if way.kind == TransitionKind::Default {
                "Default"
            } else {
                "Next"
            };
            let node = check.tree.node(way.node);
            let near = check.did_you_mean(&way.target, check.names(scope));
            let hint = check.elsewhere(&way.target, near);
            let message = format!(
                "\"{field}\" is \"{}\", which is no state here; {hint}",
                way.target
            );
            let mut diagnostic = check.about(CODE, Severity::Error, node, message);
            diagnostic.fix = near.map(|near| respell(node, near));
            // The service calls every target of a transition 'Next', a `Default`, too.
            found.push(diagnostic.said(
                said::TARGET,
                node,
                format!("Missing 'Next' target: {}", way.target),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, marks, mends};

    #[test]
    fn table() {
        let misspelt = machine(r#""A": {"Type": "Pass", "Next": "Paid"}, "Pay": {"Type": "Succeed"}"#);
        check(
            CODE,
            &misspelt,
            &["/States/A: \"Next\" is \"Paid\", which is no state here; add it or name another"],
        );
        marks(CODE, &misspelt, "\"Paid\"");
        let swapped = machine(r#""A": {"Type": "Pass", "Next": "Refudn"}, "Refund": {"Type": "Succeed"}"#);
        check(
            CODE,
            &swapped,
            &["/States/A: \"Next\" is \"Refudn\", which is no state here; did you mean \"Refund\"?"],
        );
        mends(CODE, &swapped, &swapped.replace("Refudn", "Refund"));
        check(CODE, &machine(r#""A": {"Type": "Pass", "Next": "${Next}"}"#), &[]);
        check(
            CODE,
            &machine(
                r#""A": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "X"}], "Default": "Y"}"#,
            ),
            &[
                "/States/A/Choices/0: \"Next\" is \"X\", which is no state here; add it or name another",
                "/States/A: \"Default\" is \"Y\", which is no state here; add it or name another",
            ],
        );
        check(
            CODE,
            &machine(
                r#""A": {"Type": "Map", "Next": "B", "ItemProcessor": {"StartAt": "In", "States": {"In": {"Type": "Pass", "Next": "B"}}}},
                   "B": {"Type": "Succeed"}"#,
            ),
            &[
                "/States/A/ItemProcessor/States/In: \"Next\" is \"B\", which is no state here; there is one in another scope, but transitions stay within theirs",
            ],
        );
    }
}
