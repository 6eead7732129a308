//! SW0032: a choice rule has not exactly one thing to test.

use super::check::{Check, Object, handle};
use super::{Diagnostic, Severity};
use crate::fields::Owner;
use crate::words::QueryLanguage;

const CODE: &str = "SW0032";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let rules = check
        .objects
        .iter()
        .filter(|object| matches!(object.owner, Owner::Rule | Owner::Test));
    for rule in rules.filter(|rule| rule.language == QueryLanguage::JsonPath && !rule.damaged) {
        // A field that is unknown or of the other language has its own diagnostic, and may be the test that was meant.
        if rule
            .fields
            .iter()
            .any(|given| given.field.is_none_or(|field| !field.speaks(rule.language)))
        {
            continue;
        }
        if let Some(message) = problem(rule) {
            found.push(check.on(CODE, Severity::Error, rule.node, handle(rule.node), message));
        }
    }
}

fn problem(rule: &Object<'_>) -> Option<String> {
    let has_variable = rule.given("Variable").is_some();
    let tests: Vec<&str> = rule
        .fields
        .iter()
        .map(|given| &*given.name)
        .filter(|name| is_test(name))
        .collect();
    match tests.as_slice() {
        [] if has_variable => {
            Some("\"Variable\" has no operator beside it; add one such as \"StringEquals\"".to_owned())
        }
        [] => Some(
            "the rule tests nothing; give it \"Variable\" and an operator, or \"And\", \"Or\" or \"Not\""
                .to_owned(),
        ),
        ["And" | "Or" | "Not"] if has_variable => Some(format!(
            "\"Variable\" stands beside \"{}\"; move it into the nested rule",
            tests[0]
        )),
        ["And" | "Or" | "Not"] => None,
        [operator] if !has_variable => Some(format!("\"{operator}\" has no \"Variable\" beside it; add it")),
        [_] => None,
        [first, second, ..] => Some(format!(
            "\"{first}\" and \"{second}\" are both there; join them with \"And\""
        )),
    }
}

fn is_test(name: &str) -> bool {
    !matches!(name, "Variable" | "Next" | "Comment" | "Assign" | "Output")
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, state};

    #[test]
    fn table() {
        let check = |rule: &str, expected: &[&str]| {
            check(
                CODE,
                &state(&format!(
                    r#""Type": "Choice", "Choices": [{{{rule}, "Next": "A"}}]"#
                )),
                expected,
            );
        };
        check(r#""Variable": "$.a", "NumericEquals": 1"#, &[]);
        check(r#""Not": {"Variable": "$.a", "NumericEquals": 1}"#, &[]);
        check(
            r#""Comment": """#,
            &[
                "/States/A/Choices/0: the rule tests nothing; give it \"Variable\" and an operator, or \"And\", \"Or\" or \"Not\"",
            ],
        );
        check(
            r#""Variable": "$.a""#,
            &[
                "/States/A/Choices/0: \"Variable\" has no operator beside it; add one such as \"StringEquals\"",
            ],
        );
        check(
            r#""NumericEquals": 1"#,
            &["/States/A/Choices/0: \"NumericEquals\" has no \"Variable\" beside it; add it"],
        );
        check(
            r#""Variable": "$.a", "NumericEquals": 1, "IsNull": true"#,
            &["/States/A/Choices/0: \"NumericEquals\" and \"IsNull\" are both there; join them with \"And\""],
        );
        check(
            r#""And": [{"Variable": "$.a"}]"#,
            &[
                "/States/A/Choices/0/And/0: \"Variable\" has no operator beside it; add one such as \"StringEquals\"",
            ],
        );
    }
}
