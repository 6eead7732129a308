//! SW0014: no state of a scope ends it. The service refuses a machine without an end; an iteration or a branch without
//! one it takes, and it never ends.

use super::check::{Check, handle};
use super::{Diagnostic, Severity, said};
use crate::words::ScopeRole;

const CODE: &str = "SW0014";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for scope in &check.definition.scopes {
        let mut states = scope.states.iter().map(|ix| check.definition.at(*ix));
        // A state that goes nowhere, or of unknown type, may be the one that was meant to end; it has its own
        // diagnostic.
        let ends =
            states.any(|state| state.terminal || state.transitions.is_empty() || state.state_type.is_none());
        let Some(node) = scope.states_node else { continue };
        if ends || check.is_damaged(scope.node) || scope.states.is_empty() {
            continue;
        }
        let node = check.tree.node(node);
        let message = "no state ends here; give one \"End\": true, or add a Succeed or Fail state".to_owned();
        // The service looks at the whole machine only.
        found.push(match scope.role {
            ScopeRole::Root => check
                .on(CODE, Severity::Error, node, handle(node), message)
                .said_nowhere(said::END_STATE, "Workflow has no terminal state"),
            _ => check.on(CODE, Severity::Warning, node, handle(node), message),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, marks};

    #[test]
    fn table() {
        let round = machine(r#""A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}"#);
        check(
            CODE,
            &round,
            &["/States: no state ends here; give one \"End\": true, or add a Succeed or Fail state"],
        );
        marks(CODE, &round, "\"States\"");
        check(
            CODE,
            &machine(r#""A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Fail"}"#),
            &[],
        );
        check(CODE, &machine(r#""A": {"Type": "Pass"}"#), &[]);
        check(CODE, &machine(""), &[]);
    }
}
