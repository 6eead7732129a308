//! SW0025: behind a key that ends in `.$` stands neither a path nor a call of an intrinsic function.

use super::check::{Check, inside, is_open, shown};
use super::{Diagnostic, Severity};
use crate::expr::Expression;
use crate::fields::ValueType;
use crate::text::{Kind, Node};
use crate::words::QueryLanguage;

const CODE: &str = "SW0025";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in check
        .objects
        .iter()
        .filter(|object| object.language == QueryLanguage::JsonPath)
    {
        for (_, value, field) in object.known() {
            if matches!(field.value, ValueType::Payload | ValueType::PayloadObject) {
                template(check, value, found);
            }
        }
    }
}

/// Walks a template without recursion: templates may be as deep as the parser allows.
fn template(check: &Check<'_>, root: Node<'_>, found: &mut Vec<Diagnostic>) {
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        waiting.extend(node.items());
        for member in node.members() {
            match member.value {
                Some(value) if member.name.ends_with(".$") => {
                    found.extend(problem(check, &member.name, value))
                }
                Some(value) => waiting.push(value),
                None => {}
            }
        }
    }
}

fn problem(check: &Check<'_>, name: &str, value: Node<'_>) -> Option<Diagnostic> {
    if is_open(value) {
        return None;
    }
    if value.kind() != Kind::String {
        let message = format!(
            "\"{name}\" is {}; it must be a JSONPath or a call of an intrinsic function",
            shown(value)
        );
        return Some(check.about(CODE, Severity::Error, value, message));
    }
    let error = Expression::parse(&value.text()).err()?;
    let message = format!("\"{name}\": {}", error.message);
    Some(check.on(CODE, Severity::Error, value, inside(value, error.offset), message))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{all, check, state};
    use crate::text::Format;

    #[test]
    fn table() {
        let pass = |parameters: &str| {
            state(&format!(
                r#""Type": "Pass", "Parameters": {parameters}, "End": true"#
            ))
        };
        for good in [
            r#"{"a.$": "$.a", "b": {"c.$": "States.Format('{}', $.a)"}, "d": "not a path", "e.$": "$$.Task.Token"}"#,
            r#"[{"a.$": "$.a[0]"}, 1, null]"#,
            r#"{"a.$": "${Path}", "b.$": "States.Format('${x}')"}"#,
            r#"{"a.$": "$x.y"}"#,
        ] {
            check(CODE, &pass(good), &[]);
        }
        check(
            CODE,
            &pass(r#"{"a": {"n.$": 5}}"#),
            &[
                "/States/A/Parameters/a: \"n.$\" is 5; it must be a JSONPath or a call of an intrinsic function",
            ],
        );
        for bad in [
            r#"{"a.$": "plain"}"#,
            r#"[{"a.$": "$.["}]"#,
            r#"{"a.$": "States.Nonsense($.a)"}"#,
            r#"{"a.$": ""}"#,
        ] {
            let found = all(&pass(bad), Format::Json);
            assert!(found.iter().any(|one| one.code == CODE), "{bad}");
        }
    }
}
