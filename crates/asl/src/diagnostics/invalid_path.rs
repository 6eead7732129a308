//! SW0024: a text is not the path that its field demands. The mark stands inside the text.

use super::check::{Check, inside, is_open};
use super::{Diagnostic, Severity, said};
use crate::expr::{Path, SyntaxError};
use crate::fields::{Owner, ValueType};
use crate::text::{Kind, Node};

const CODE: &str = "SW0024";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        for (given, value, field) in object.known() {
            if value.kind() != Kind::String {
                continue;
            }
            let error = syntax_error(check, field.value, value);
            if let Some(error) = error.filter(|_| !is_open(value)) {
                let message = format!("\"{}\": {}", given.name, error.message);
                let diagnostic = check.on(CODE, Severity::Error, value, inside(value, error.offset), message);
                let said = sentence(object.owner, field.value, &value.text());
                found.push(diagnostic.said(said::SCHEMA, value, said.to_owned()));
            }
        }
    }
}

/// The service's sentence.
fn sentence(owner: Owner, kind: ValueType, text: &str) -> &'static str {
    match (owner, kind) {
        (Owner::Rule | Owner::Test, _) if !text.starts_with('$') => {
            "Value is not a Reference Path: Reference path didn't start with '$'"
        }
        (_, ValueType::ReferencePath) if text.starts_with('$') => "Value is not a Reference Path",
        _ => "Value must be a valid JSONPath.",
    }
}

fn syntax_error(check: &Check<'_>, kind: ValueType, value: Node<'_>) -> Option<SyntaxError> {
    let text = value.text();
    if Path::simple_names(&text).is_some() {
        return None;
    }
    match kind {
        // What begins like a path is read as one either way.
        ValueType::Path | ValueType::PathOrNull if !text.starts_with('$') => Path::parse(&text).err(),
        ValueType::Path | ValueType::PathOrNull | ValueType::PathOrCall => {
            check.parsed.expression(value).as_ref().as_ref().err().cloned()
        }
        ValueType::ReferencePath => check.parsed.reference(value).as_ref().as_ref().err().cloned(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::Severity;
    use crate::diagnostics::tests::{all, state};
    use crate::text::Format;

    #[test]
    fn marks_stand_inside_the_text() {
        let check = |member: &str, marked: Option<&str>| {
            let text = state(&format!(r#""Type": "Pass", {member}, "End": true"#));
            let found: Vec<_> = all(&text, Format::Json)
                .into_iter()
                .filter(|one| one.severity == Severity::Error)
                .collect();
            let seen: Vec<_> = found
                .iter()
                .map(|one| (one.code, &text[one.range.start..]))
                .collect();
            match marked {
                Some(rest) => assert!(
                    matches!(seen.as_slice(), [(super::CODE, after)] if after.starts_with(rest)),
                    "{member}: {seen:?} {found:?}"
                ),
                None => assert_eq!(seen, [], "{member}"),
            }
        };
        check(r#""InputPath": "$.a[?(@.b ==", "ResultPath": "$.a""#, Some(""));
        check(r#""InputPath": "a.b""#, Some("a.b"));
        check(r#""ResultPath": "$.a[*]""#, Some("$.a[*]"));
        check(r#""ResultPath": "$a""#, Some(""));
        check(
            r#""InputPath": "$.a", "OutputPath": "$$.Execution.Id", "ResultPath": "$.a.b""#,
            None,
        );
        check(r#""InputPath": "${Path}""#, None);
    }
}
