//! SW0061: a field holds a path as ordinary text, where a field of the same name with `Path` behind it would read it. The
//! service's NO_PATH.

use super::check::{Check, looks_dynamic, shown};
use super::fixes::respell;
use super::{Diagnostic, Fix, Severity, said};
use crate::fields::{self, ValueType};
use crate::words::QueryLanguage;

const CODE: &str = "SW0061";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let objects = check.objects.iter();
    for object in objects.filter(|object| object.language == QueryLanguage::JsonPath) {
        for (given, value, field) in object.known() {
            if field.value != ValueType::Text || !looks_dynamic(value) {
                continue;
            }
            let twin = format!("{}Path", given.name);
            if fields::find(object.owner, &twin, object.language).is_none() {
                continue;
            }
            let message = format!(
                "\"{}\" is the text {}, and nothing reads it as a path; use \"{twin}\" if it should be one",
                given.name,
                shown(value)
            );
            let mut diagnostic = check.about(CODE, Severity::Warning, value, message);
            if object.given(&twin).is_none() {
                diagnostic.fix = Some(Fix {
                    removes: true,
                    ..respell(given.key, &twin)
                });
            }
            let said = format!(
                "The value of the field '{}' looks like a path; the field's name does not end with 'Path'",
                given.name
            );
            found.push(diagnostic.said(said::NO_PATH, value, said));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, mends, state};

    #[test]
    fn table() {
        let fail = |members: &str| state(&format!(r#""Type": "Fail", {members}"#));
        check(
            CODE,
            &fail(r#""Cause": "$.cause""#),
            &[
                "/States/A: \"Cause\" is the text \"$.cause\", and nothing reads it as a path; use \"CausePath\" if it should \
                 be one",
            ],
        );
        mends(
            CODE,
            &fail(r#""Cause": "$.cause""#),
            &fail(r#""CausePath": "$.cause""#),
        );
        let rule = |test: &str| {
            state(&format!(
                r#""Type": "Choice", "Choices": [{{"Variable": "$.a", {test}, "Next": "A"}}]"#
            ))
        };
        check(
            CODE,
            &rule(r#""StringEquals": "$.b""#),
            &[
                "/States/A/Choices/0: \"StringEquals\" is the text \"$.b\", and nothing reads it as a path; use \
                 \"StringEqualsPath\" if it should be one",
            ],
        );
        for test in [
            r#""StringEqualsPath": "$.b""#,
            r#""StringEquals": "$5""#,
            r#""StringMatches": "$.*""#,
        ] {
            check(CODE, &rule(test), &[]);
        }
        check(CODE, &fail(r#""Comment": "$.cause""#), &[]);
    }
}
