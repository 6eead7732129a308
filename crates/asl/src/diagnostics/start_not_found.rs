//! SW0011: `StartAt` names no state of its scope.

use super::check::Check;
use super::fixes::respell;
use super::{Diagnostic, Severity, said};
use crate::substitution;

const CODE: &str = "SW0011";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for scope in &check.definition.scopes {
        let (Some(name), Some(node), None) = (&scope.start_at, scope.start_node, scope.start) else {
            continue;
        };
        // Without States, that is what is wrong.
        if scope.states_node.is_none() || substitution::is_open(name) || check.is_damaged(scope.node) {
            continue;
        }
        let node = check.tree.node(node);
        let near = check.did_you_mean(name, check.names(scope));
        let hint = check.elsewhere(name, near);
        let message = format!("\"StartAt\" is \"{name}\", which is no state here; {hint}");
        let mut diagnostic = check.about(CODE, Severity::Error, node, message);
        diagnostic.fix = near.map(|near| respell(node, near));
        // The service calls every target of a transition 'Next'.
        found.push(diagnostic.said(said::TARGET, node, format!("Missing 'Next' target: {name}")));
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, mends};

    #[test]
    fn table() {
        let one = r#""States": {"Pay": {"Type": "Succeed"}}"#;
        check(
            CODE,
            &format!(r#"{{"StartAt": "Pya", {one}}}"#),
            &["/: \"StartAt\" is \"Pya\", which is no state here; did you mean \"Pay\"?"],
        );
        check(
            CODE,
            &format!(r#"{{"StartAt": "Begin", {one}}}"#),
            &["/: \"StartAt\" is \"Begin\", which is no state here; add it or name another"],
        );
        check(CODE, &format!(r#"{{"StartAt": "${{First}}", {one}}}"#), &[]);
        check(CODE, r#"{"StartAt": "A"}"#, &[]);
        check(
            CODE,
            &machine(
                r#""A": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "A", "States": {"B": {"Type": "Succeed"}}}}"#,
            ),
            &[
                "/States/A/ItemProcessor: \"StartAt\" is \"A\", which is no state here; there is one in another scope, but transitions stay within theirs",
            ],
        );
        mends(
            CODE,
            &format!(r#"{{"StartAt": "Pya", {one}}}"#),
            &format!(r#"{{"StartAt": "Pay", {one}}}"#),
        );
    }
}
