//! SW0023: a state's `Type` is none of the eight.

use super::check::{Check, is_open, shown};
use super::fixes::respell;
use super::{Diagnostic, Severity};
use crate::words::StateType;

const CODE: &str = "SW0023";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let names = StateType::ALL.map(StateType::name);
    for state in check
        .definition
        .states
        .iter()
        .filter(|state| state.state_type.is_none())
    {
        let value = state.node.and_then(|node| check.tree.node(node).get("Type"));
        let Some(value) = value.filter(|value| !is_open(*value)) else {
            continue;
        };
        let near = check.did_you_mean(&value.text(), names.into_iter());
        let hint = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
        let message = format!(
            "\"Type\" is {}; it must be one of {}{hint}",
            shown(value),
            names.join(", ")
        );
        let mut diagnostic = check.about(CODE, Severity::Error, value, message);
        diagnostic.fix = near.map(|near| respell(value, near));
        found.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, mends, state};

    #[test]
    fn table() {
        let all = "Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map";
        let misspelt = state(r#""Type": "Taks""#);
        check(
            CODE,
            &misspelt,
            &[&format!(
                "/States/A: \"Type\" is \"Taks\"; it must be one of {all}; did you mean Task?"
            )],
        );
        mends(CODE, &misspelt, &misspelt.replace("Taks", "Task"));
        check(
            CODE,
            &state(r#""Type": "Loop""#),
            &[&format!(
                "/States/A: \"Type\" is \"Loop\"; it must be one of {all}"
            )],
        );
        check(
            CODE,
            &state(r#""Type": 1"#),
            &[&format!("/States/A: \"Type\" is 1; it must be one of {all}")],
        );
        check(CODE, &state(r#""Type": "${T}""#), &[]);
        check(CODE, &state(""), &[]);
    }
}
