//! SW0051: a text that begins with `{%` or ends with `%}` alone, or has blanks around both. (Developer guide, "Transforming
//! data with JSONata": the text starts with `{%` and ends with `%}`, without blanks outside.)

use super::check::Check;
use super::fixes::rewrite_part;
use super::{Diagnostic, Fix, Severity, said};
use crate::expressions::{Content, Written};

const CODE: &str = "SW0051";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for written in check
        .expressions()
        .iter()
        .filter(|written| written.content == Content::Half)
    {
        let text = written.node.text();
        let inside = text.trim();
        let (severity, message) = match (inside.starts_with("{%"), inside.ends_with("%}")) {
            (true, true) if inside.len() >= 4 => (
                Severity::Warning,
                "there are blanks outside of {% and %}, so that this is plain text; take them out",
            ),
            (true, _) => (
                Severity::Error,
                "an expression ends with %}, with nothing behind it",
            ),
            (false, _) => (
                Severity::Error,
                "an expression begins with {%, with nothing in front of it",
            ),
        };
        let mut diagnostic = check.about(CODE, severity, written.node, message.to_owned());
        diagnostic.fix = fix(written, &text);
        if severity == Severity::Error {
            let said = "JSONata string must start with {% and end with %}".to_owned();
            diagnostic = diagnostic.said(said::SCHEMA, written.node, said);
        }
        found.push(diagnostic);
    }
}

fn fix(written: &Written<'_>, text: &str) -> Option<Fix> {
    let inside = text.trim();
    let (right, label) = match (inside.starts_with("{%"), inside.ends_with("%}")) {
        (true, true) if inside.len() >= 4 => (inside.to_owned(), "Take the blanks out"),
        (true, false) => {
            // What was begun of the end is made whole.
            let begun = inside
                .strip_suffix(['%', '}'])
                .filter(|shorter| shorter.len() > 2);
            (
                format!("{} %}}", begun.unwrap_or(inside).trim_end()),
                "End with %}",
            )
        }
        (false, true) => {
            let begun = inside
                .strip_prefix(['{', '%'])
                .filter(|shorter| shorter.len() > 2);
            (
                format!("{{% {}", begun.unwrap_or(inside).trim_start()),
                "Begin with {%",
            )
        }
        _ => return None,
    };
    rewrite_part(
        written.node,
        written.node.part(0..text.len()),
        &right,
        label.to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, mends, state};

    fn pass(text: &str) -> String {
        state(&format!(
            r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": {{"a": "{text}"}}, "End": true"#
        ))
    }

    #[test]
    fn table() {
        for text in ["{% $x %}", "{%$x%}", "50 %} of {% that", "{ % x", "", "${A} %}"] {
            check(CODE, &pass(text), &[]);
        }
        for (text, message, mended) in [
            (
                "{% 1",
                "an expression ends with %}, with nothing behind it",
                Some("{% 1 %}"),
            ),
            (
                "{% 1 }",
                "an expression ends with %}, with nothing behind it",
                Some("{% 1 %}"),
            ),
            (
                "{% 1 %",
                "an expression ends with %}, with nothing behind it",
                Some("{% 1 %}"),
            ),
            (
                "1 %}",
                "an expression begins with {%, with nothing in front of it",
                Some("{% 1 %}"),
            ),
            (
                " {% 1 %}",
                "there are blanks outside of {% and %}, so that this is plain text; take them out",
                Some("{% 1 %}"),
            ),
            ("{%}", "an expression ends with %}, with nothing behind it", None),
        ] {
            let document = pass(text);
            check(CODE, &document, &[&format!("/States/A/Output/a: {message}")]);
            if let Some(mended) = mended {
                mends(CODE, &document, &pass(mended));
            }
        }
        let path = state(r#""Type": "Pass", "Result": "{% open", "End": true"#);
        check(CODE, &path, &[]);
    }
}
