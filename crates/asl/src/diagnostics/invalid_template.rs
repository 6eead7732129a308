//! SW0025: behind a key that ends in `.$` stands neither a path nor a call of an intrinsic function.

use super::check::{Check, inside, is_open, shown};
use super::{Diagnostic, Severity, said};
use crate::expr::Path;
use crate::text::{Kind, Node};

const CODE: &str = "SW0025";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    check.template_members(|object, member| {
        if let Some(value) = member.value.filter(|_| member.name.ends_with(".$")) {
            found.extend(problem(check, object, &member.name, value));
        }
    });
}

fn problem(check: &Check<'_>, object: Node<'_>, name: &str, value: Node<'_>) -> Option<Diagnostic> {
    let said = || {
        format!(
            "The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call"
        )
    };
    if is_open(value) {
        return None;
    }
    if value.kind() != Kind::String {
        let message = format!(
            "\"{name}\" is {}; it must be a JSONPath or a call of an intrinsic function",
            shown(value)
        );
        let diagnostic = check.about(CODE, Severity::Error, value, message);
        return Some(diagnostic.said(said::SCHEMA, object, said()));
    }
    if Path::simple_names(&value.text()).is_some() {
        return None;
    }
    let parsed = check.parsed.expression(value);
    let error = parsed.as_ref().as_ref().err()?;
    let message = format!("\"{name}\": {}", error.message);
    let diagnostic = check.on(CODE, Severity::Error, value, inside(value, error.offset), message);
    Some(diagnostic.said(said::SCHEMA, object, said()))
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
