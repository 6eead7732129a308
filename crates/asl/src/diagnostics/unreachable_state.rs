//! SW0012: nothing leads to a state.

use std::collections::HashSet;

use super::check::Check;
use super::{Diagnostic, Severity, fixes, said};
use crate::definition::StateOutline;
use crate::substitution;

const CODE: &str = "SW0012";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let reachable = check.graph.reachable();
    for scope in &check.definition.scopes {
        // Where the start is unknown, or a target will only be known later, no state can be called unreachable.
        let open = |state: &StateOutline| {
            state
                .transitions
                .iter()
                .any(|way| substitution::is_open(&way.target))
        };
        let states = || scope.states.iter().map(|ix| (*ix, check.definition.at(*ix)));
        if scope.start.is_none() || check.is_damaged(scope.node) || states().any(|(_, state)| open(state)) {
            continue;
        }
        let mut names = HashSet::with_hasher(foldhash::fast::RandomState::default());
        for (ix, state) in states() {
            // A name twice has its own diagnostic.
            if !names.insert(&state.name) || reachable[ix.index()] {
                continue;
            }
            let message = format!(
                "no transition leads to \"{}\"; connect it or remove it",
                state.name
            );
            let key = check.tree.node(state.key_node);
            let mut diagnostic = check.about(CODE, Severity::Error, key, message);
            diagnostic.fix = fixes::remove_state(check, state);
            found.push(diagnostic.said(said::TARGET, key, not_reachable(&state.name)));
        }
    }
}

/// The service's sentence.
pub(crate) fn not_reachable(name: &str) -> String {
    format!("State \"{name}\" is not reachable.")
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, marks};

    #[test]
    fn table() {
        let lone = machine(r#""A": {"Type": "Succeed"}, "B": {"Type": "Succeed"}"#);
        check(
            CODE,
            &lone,
            &["/States/B: no transition leads to \"B\"; connect it or remove it"],
        );
        marks(CODE, &lone, "\"B\"");
        check(
            CODE,
            &machine(r#""A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}"#),
            &[],
        );
        check(
            CODE,
            &machine(r#""A": {"Type": "Pass", "Next": "${Next}"}, "B": {"Type": "Succeed"}"#),
            &[],
        );
        check(
            CODE,
            r#"{"StartAt": "X", "States": {"B": {"Type": "Succeed"}}}"#,
            &[],
        );
        check(
            CODE,
            &machine(
                r#""A": {"Type": "Succeed"}, "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Pass", "Next": "B"}"#,
            ),
            &[
                "/States/B: no transition leads to \"B\"; connect it or remove it",
                "/States/C: no transition leads to \"C\"; connect it or remove it",
            ],
        );
        check(
            CODE,
            &machine(
                r#""A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}]}, "B": {"Type": "Fail"}"#,
            ),
            &[],
        );
    }
}
