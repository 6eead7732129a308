//! SW0060: a payload template holds a path as ordinary text: its key does not end in `.$`, so nothing reads it. The
//! service's NO_DOLLAR.

use super::check::{Check, looks_dynamic, shown};
use super::fixes::respell;
use super::{Diagnostic, Fix, Severity, said};
use crate::text::{Member, Node};

const CODE: &str = "SW0060";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    check.template_members(|_, member| {
        let Some(value) = member.value.filter(|_| !member.name.ends_with(".$")) else {
            return;
        };
        if looks_dynamic(value) {
            found.push(report(check, &member, value));
        }
    });
}

fn report(check: &Check<'_>, member: &Member<'_>, value: Node<'_>) -> Diagnostic {
    let name = &member.name;
    let message = format!(
        "\"{name}\" is the text {}, and nothing reads it as a path; end the key in .$ if it should be one",
        shown(value)
    );
    let mut diagnostic = check.about(CODE, Severity::Warning, value, message);
    diagnostic.fix = Some(Fix {
        removes: true,
        ..respell(member.key, &format!("{name}.$"))
    });
    let said = format!(
        "The value of the field '{name}' looks like a path or an intrinsic function; its name lacks '.$'"
    );
    diagnostic.said(said::NO_DOLLAR, value, said)
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, mends, state};

    #[test]
    fn table() {
        let pass = |parameters: &str| {
            state(&format!(
                r#""Type": "Pass", "Parameters": {parameters}, "End": true"#
            ))
        };
        let says = |at: &str, value: &str| {
            let name = at.rsplit('/').next().unwrap_or_default();
            let place = at.rsplit_once('/').map_or("", |(place, _)| place);
            format!(
                "/States/A/Parameters{place}: \"{name}\" is the text \"{value}\", and nothing reads it as a path; end the key in \
                 .$ if it should be one"
            )
        };
        for (parameters, at, value) in [
            (r#"{"id": "$.id"}"#, "/id", "$.id"),
            (
                r#"{"a": [{"b": "$$.Execution.Id"}]}"#,
                "/a/0/b",
                "$$.Execution.Id",
            ),
            (r#"{"id": "States.UUID()"}"#, "/id", "States.UUID()"),
            (r#"{"all": "$"}"#, "/all", "$"),
        ] {
            check(CODE, &pass(parameters), &[&says(at, value)]);
        }
        for parameters in [
            r#"{"id.$": "$.id"}"#,
            r#"{"price": "$5.00", "who": "$name", "text": "States. of mind", "list": ["$.a"]}"#,
            r#"{"id": "$.${Field}"}"#,
        ] {
            check(CODE, &pass(parameters), &[]);
        }
        marks(CODE, &pass(r#"{"id": "$.id"}"#), "\"$.id\"");
        mends(CODE, &pass(r#"{"id": "$.id"}"#), &pass(r#"{"id.$": "$.id"}"#));
        check(
            CODE,
            &state(r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": {"id": "$.id"}, "End": true"#),
            &[],
        );
    }
}
