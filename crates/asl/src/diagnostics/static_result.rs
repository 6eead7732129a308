//! SW0062: the `Result` of a Pass state holds a path, but a `Result` is put out as it is written. The service's
//! PASS_RESULT_IS_STATIC.

use super::check::{Check, looks_dynamic};
use super::fixes::respell;
use super::{Diagnostic, Fix, Severity, said};
use crate::fields::Owner;
use crate::text::{Kind, Node};
use crate::words::QueryLanguage;

const CODE: &str = "SW0062";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        if object.owner != Owner::Pass || object.language != QueryLanguage::JsonPath {
            continue;
        }
        let Some((given, result)) = object
            .given("Result")
            .and_then(|given| Some((given, given.value?)))
        else {
            continue;
        };
        let Some(path) = path_within(result) else { continue };
        let message = "\"Result\" is put out as it is written, paths and all; use \"Parameters\" to fill it from the input";
        let mut diagnostic = check.about(CODE, Severity::Warning, path, message.to_owned());
        // A template already, but for the name of its field.
        if path.is_key() && object.given("Parameters").is_none() && result.kind() == Kind::Object {
            diagnostic.fix = Some(Fix {
                removes: true,
                ..respell(given.key, "Parameters")
            });
        }
        let said =
            "The 'Result' of a Pass state is static; a path or an intrinsic function in it is not evaluated";
        found.push(diagnostic.said(said::STATIC_RESULT, result, said.to_owned()));
    }
}

/// The first key that ends in `.$`, or the first text that looks like a path.
fn path_within(result: Node<'_>) -> Option<Node<'_>> {
    let mut found = Vec::new();
    let mut waiting = vec![result];
    while let Some(node) = waiting.pop() {
        if looks_dynamic(node) {
            found.push(node);
        }
        waiting.extend(node.items());
        for member in node.members() {
            if member.name.ends_with(".$") {
                found.push(member.key);
            }
            waiting.extend(member.value);
        }
    }
    found.into_iter().min_by_key(|node| node.id())
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, mends, state};

    #[test]
    fn table() {
        let pass = |members: &str| state(&format!(r#""Type": "Pass", {members}, "End": true"#));
        let says = |place: &str| {
            format!(
                "{place}: \"Result\" is put out as it is written, paths and all; use \"Parameters\" to fill it from the input"
            )
        };
        let template = pass(r#""Result": {"a": 1, "b.$": "$.b"}"#);
        check(CODE, &template, &[&says("/States/A/Result/b.$")]);
        marks(CODE, &template, "\"b.$\"");
        mends(CODE, &template, &pass(r#""Parameters": {"a": 1, "b.$": "$.b"}"#));
        check(
            CODE,
            &pass(r#""Result": {"a": ["$.b"]}"#),
            &[&says("/States/A/Result/a/0")],
        );
        check(
            CODE,
            &pass(r#""Result": "$.b""#),
            &[
                "/States/A: \"Result\" is put out as it is written, paths and all; use \"Parameters\" to fill it from the input",
            ],
        );
        check(CODE, &pass(r#""Result": {"a": "$5", "b": "text"}"#), &[]);
        check(CODE, &pass(r#""Parameters": {"b.$": "$.b"}"#), &[]);
    }
}
