//! SW0016: two states of the machine have the same name.

use std::collections::HashMap;

use super::check::Check;
use super::{Diagnostic, Severity, said};
use crate::definition::StateIx;

const CODE: &str = "SW0016";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, StateIx, foldhash::fast::RandomState> = HashMap::default();
    for (index, state) in check.definition.states.iter().enumerate() {
        let earlier = *first.entry(&state.name).or_insert(StateIx(index as u32));
        if earlier.index() == index {
            continue;
        }
        let earlier = check.definition.at(earlier);
        let message = format!(
            "the name \"{}\" is taken by the state at {}; give this one another",
            state.name, earlier.pointer
        );
        let key = check.tree.node(state.key_node);
        let said = format!("Duplicate State name: {}", state.name);
        found.push(
            check
                .about(CODE, Severity::Error, key, message)
                .said(said::DUPLICATE_STATE, key, said),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine};

    #[test]
    fn table() {
        check(
            CODE,
            &machine(
                r#""A": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}"#,
            ),
            &[
                "/States/A/ItemProcessor/States/A: the name \"A\" is taken by the state at /States/A; give this one another",
            ],
        );
        check(
            CODE,
            &machine(r#""A": {"Type": "Succeed"}, "A": {"Type": "Fail"}"#),
            &["/States/A: the name \"A\" is taken by the state at /States/A; give this one another"],
        );
        check(
            CODE,
            &machine(r#""A": {"Type": "Pass", "Next": "a"}, "a": {"Type": "Fail"}"#),
            &[],
        );
    }
}
