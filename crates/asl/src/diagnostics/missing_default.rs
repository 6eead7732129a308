//! SW0027: a Choice state has no `Default`, so that an input which no rule matches fails the execution.

use super::check::{Check, handle};
use super::{Diagnostic, Severity};
use crate::fields::Owner;

const CODE: &str = "SW0027";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let choices = check
        .objects
        .iter()
        .filter(|object| object.owner == Owner::Choice);
    for object in choices.filter(|object| object.given("Default").is_none() && !object.damaged) {
        let message =
            "without \"Default\" an input that no rule matches fails with States.NoChoiceMatched".to_owned();
        found.push(check.on(CODE, Severity::Info, object.node, handle(object.node), message));
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, state};

    #[test]
    fn table() {
        let rule = r#"{"Variable": "$.a", "IsNull": true, "Next": "A"}"#;
        check(
            CODE,
            &state(&format!(r#""Type": "Choice", "Choices": [{rule}]"#)),
            &[
                "/States/A: without \"Default\" an input that no rule matches fails with States.NoChoiceMatched",
            ],
        );
        check(
            CODE,
            &state(&format!(
                r#""Type": "Choice", "Choices": [{rule}], "Default": "A""#
            )),
            &[],
        );
    }
}
