//! SW0010: the text holds no object, so there is nothing to read.

use super::check::Check;
use super::said::{self, Said};
use super::{Diagnostic, Severity};
use crate::text::Kind;

const CODE: &str = "SW0010";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let root = check.tree.root();
    let what = match root.map(|root| root.kind()) {
        Some(Kind::Object) => return,
        // The parser has said what is wrong.
        _ if !check.tree.faults().is_empty() => return,
        None => "empty",
        Some(Kind::Array) => "a list",
        Some(Kind::String) => "a text",
        Some(Kind::Number) => "a number",
        Some(_) => "a bare word",
    };
    found.push(Diagnostic {
        code: CODE,
        severity: Severity::Error,
        message: format!("the definition is {what}; it must be an object with \"StartAt\" and \"States\""),
        range: root.map_or(0..0, |root| root.range()),
        pointer: String::new(),
        state: None,
        fix: None,
        said: Some(Said {
            code: said::SCHEMA,
            message: "Definition must be a valid JSON object".to_owned(),
            location: None,
        }),
    });
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::check;

    #[test]
    fn table() {
        check(
            CODE,
            "[]",
            &["/: the definition is a list; it must be an object with \"StartAt\" and \"States\""],
        );
        check(
            CODE,
            "1",
            &["/: the definition is a number; it must be an object with \"StartAt\" and \"States\""],
        );
        check(CODE, "{}", &[]);
    }
}
