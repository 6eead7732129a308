//! SW0015: states that go round for ever: none of them ends, and no transition leads out.

use super::check::Check;
use super::{Diagnostic, Severity};
use crate::definition::StateIx;

const CODE: &str = "SW0015";

/// A message names so many states of a loop.
const NAMED: usize = 3;

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let definition = check.definition;
    let mut group_of = vec![usize::MAX; definition.states.len()];
    let loops = check.cycles();
    for (number, group) in loops.iter().enumerate() {
        for ix in group {
            group_of[ix.index()] = number;
        }
    }
    for (number, group) in loops.iter().enumerate() {
        let leaves = |ix: &StateIx| {
            let state = definition.at(*ix);
            // A target that is missing or not known yet may lead out.
            state.terminal
                || state
                    .transitions
                    .iter()
                    .any(|way| way.target_ix.is_none_or(|to| group_of[to.index()] != number))
        };
        let first = definition.at(group[0]);
        let scope = definition.scope(first.scope);
        // A scope without any end has its own diagnostic.
        let scope_ends = scope.states.iter().any(|ix| definition.at(*ix).terminal);
        if !scope_ends || group.iter().any(leaves) {
            continue;
        }
        let message = format!(
            "no transition leads out of the loop of {}; add one",
            names(check, group)
        );
        found.push(check.about(CODE, Severity::Warning, check.tree.node(first.key_node), message));
    }
}

fn names(check: &Check<'_>, group: &[StateIx]) -> String {
    let names: Vec<_> = group
        .iter()
        .map(|ix| format!("\"{}\"", check.definition.at(*ix).name))
        .collect();
    match names.as_slice() {
        [only] => only.clone(),
        [most @ .., last] if names.len() <= NAMED => format!("{} and {last}", most.join(", ")),
        _ => format!("{} and {} more", names[..NAMED].join(", "), names.len() - NAMED),
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine};

    #[test]
    fn table() {
        let choice = r#""A": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "B"}], "Default": "E"}, "E": {"Type": "Succeed"}"#;
        check(
            CODE,
            &machine(&format!(r#"{choice}, "B": {{"Type": "Pass", "Next": "B"}}"#)),
            &["/States/B: no transition leads out of the loop of \"B\"; add one"],
        );
        check(
            CODE,
            &machine(&format!(
                r#"{choice}, "B": {{"Type": "Pass", "Next": "C"}}, "C": {{"Type": "Pass", "Next": "B"}}"#
            )),
            &["/States/B: no transition leads out of the loop of \"B\" and \"C\"; add one"],
        );
        check(
            CODE,
            &machine(&format!(r#"{choice}, "B": {{"Type": "Pass", "Next": "A"}}"#)),
            &[],
        );
        check(CODE, &machine(r#""A": {"Type": "Pass", "Next": "A"}"#), &[]);
    }
}
