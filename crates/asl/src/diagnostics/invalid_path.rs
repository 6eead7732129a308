//! SW0024: a text is not the path that its field demands. The mark stands inside the text.

use super::check::{Check, inside, is_open};
use super::{Diagnostic, Severity};
use crate::expr::{Expression, Path, ReferencePath, SyntaxError};
use crate::fields::ValueType;
use crate::text::Kind;

const CODE: &str = "SW0024";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        for (given, value, field) in object.known() {
            if value.kind() != Kind::String {
                continue;
            }
            let error = syntax_error(field.value, &value.text());
            if let Some(error) = error.filter(|_| !is_open(value)) {
                let message = format!("\"{}\": {}", given.name, error.message);
                found.push(check.on(CODE, Severity::Error, value, inside(value, error.offset), message));
            }
        }
    }
}

fn syntax_error(kind: ValueType, text: &str) -> Option<SyntaxError> {
    match kind {
        ValueType::Path | ValueType::PathOrNull => Path::parse(text).err(),
        ValueType::ReferencePath => ReferencePath::parse(text).err(),
        ValueType::PathOrCall => Expression::parse(text).err(),
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
