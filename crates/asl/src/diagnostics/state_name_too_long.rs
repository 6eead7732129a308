//! SW0029: a state's name is longer than the service takes.

use aws::quotas::STATE_NAME_CHARS;

use super::check::Check;
use super::{Diagnostic, Severity, said};
use crate::substitution;

const CODE: &str = "SW0029";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for state in &check.definition.states {
        let chars = state.name.chars().count();
        if chars > STATE_NAME_CHARS && !substitution::is_open(&state.name) {
            let message = format!("the name has {chars} characters; at most {STATE_NAME_CHARS} are allowed");
            let key = check.tree.node(state.key_node);
            let said = format!(
                "The state name '{}' exceeds the {STATE_NAME_CHARS}-character limit allowed by the service",
                state.name
            );
            found.push(
                check
                    .about(CODE, Severity::Error, key, message)
                    .said(said::STATE_NAME, key, said),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::check;

    #[test]
    fn table() {
        let named =
            |name: &str| format!(r#"{{"StartAt": "{name}", "States": {{"{name}": {{"Type": "Succeed"}}}}}}"#);
        check(CODE, &named(&"ä".repeat(80)), &[]);
        let long = "ä".repeat(81);
        check(
            CODE,
            &named(&long),
            &[&format!(
                "/States/{long}: the name has 81 characters; at most 80 are allowed"
            )],
        );
    }
}
