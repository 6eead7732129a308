//! SW0032: a choice rule has not exactly one thing to test.

use super::check::{Check, Object, handle};
use super::{Diagnostic, Severity, said};
use crate::fields::Owner;
use crate::words::QueryLanguage;

const CODE: &str = "SW0032";

/// The service's sentence.
const ONE_TEST: &str =
    "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]";

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
        if let Some((message, said)) = problem(rule) {
            let diagnostic = check.on(CODE, Severity::Error, rule.node, handle(rule.node), message);
            found.push(diagnostic.said(said::SCHEMA, rule.node, said));
        }
    }
}

/// What is wrong, in our words and in the service's.
fn problem(rule: &Object<'_>) -> Option<(String, String)> {
    let has_variable = rule.given("Variable").is_some();
    let tests: Vec<&str> = rule
        .fields
        .iter()
        .map(|given| &*given.name)
        .filter(|name| is_test(name))
        .collect();
    let problem = match tests.as_slice() {
        [] if has_variable => {
            "\"Variable\" has no operator beside it; add one such as \"StringEquals\"".to_owned()
        }
        [] => "the rule tests nothing; give it \"Variable\" and an operator, or \"And\", \"Or\" or \"Not\""
            .to_owned(),
        [nested] if is_nested(nested) && has_variable => {
            format!("\"Variable\" stands beside \"{nested}\"; move it into the nested rule")
        }
        [nested] if is_nested(nested) => return None,
        [operator] if !has_variable => format!("\"{operator}\" has no \"Variable\" beside it; add it"),
        [_] => return None,
        [first, second, ..] => format!("\"{first}\" and \"{second}\" are both there; join them with \"And\""),
    };
    let operators: Vec<_> = tests.iter().copied().filter(|name| !is_nested(name)).collect();
    let said = match operators.len() > 1 {
        true => said::only_one(&operators),
        false => ONE_TEST.to_owned(),
    };
    Some((problem, said))
}

fn is_nested(test: &str) -> bool {
    matches!(test, "And" | "Or" | "Not")
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
