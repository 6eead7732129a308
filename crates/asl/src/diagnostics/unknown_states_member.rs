//! SW0053: `$states` has no such member, or not in this field.
//!
//! | member | where |
//! |---|---|
//! | `input`, `context` | everywhere |
//! | `result` | `Output` and `Assign` of a Task, Parallel or Map state |
//! | `errorOutput` | `Output` and `Assign` of a catcher |

use super::check::Check;
use super::fixes::rewrite_part;
use super::{Diagnostic, Severity};
use crate::expressions::Written;
use crate::fields::Owner;

const CODE: &str = "SW0053";

const MEMBERS: [&str; 4] = ["input", "result", "errorOutput", "context"];

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for (written, outline) in check.outlines() {
        for member in outline.states.iter().filter(|member| !member.tested) {
            let place = written.place(&member.range);
            if !MEMBERS.contains(&&*member.name) {
                let near = check.did_you_mean(&member.name, MEMBERS.into_iter());
                let hint = match near {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("there is {}", MEMBERS.join(", ")),
                };
                let message = format!("$states has no member \"{}\"; {hint}", member.name);
                let mut diagnostic = check.on(CODE, Severity::Warning, written.node, place.clone(), message);
                diagnostic.fix = near
                    .and_then(|near| rewrite_part(written.node, place, near, format!("Change to {near}")));
                found.push(diagnostic);
            } else if let Some(message) = absent(written, &member.name) {
                found.push(check.on(CODE, Severity::Warning, written.node, place, message));
            }
        }
    }
}

/// Why the member is not there in this field.
fn absent(written: &Written<'_>, member: &str) -> Option<String> {
    let after = matches!(written.field, "Output" | "Assign");
    let works = matches!(written.owner, Owner::Task | Owner::Parallel | Owner::Map);
    let why = match (member, written.owner) {
        ("result", Owner::Catcher) => "a catcher has $states.errorOutput",
        ("result", _) if works && after => return None,
        ("result", _) if works => "there is a result in \"Output\" and \"Assign\" only",
        ("result", _) => "only Task, Parallel and Map states have a result; use $states.input",
        ("errorOutput", Owner::Catcher) => return None,
        ("errorOutput", _) => "there is one in \"Output\" and \"Assign\" of a catcher only",
        _ => return None,
    };
    Some(format!(
        "$states.{member} is not there in \"{}\": {why}",
        written.field
    ))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, mends, state};

    fn task(members: &str) -> String {
        state(&format!(
            r#""Type": "Task", "QueryLanguage": "JSONata", "Resource": "${{R}}", {members}, "End": true"#
        ))
    }

    #[test]
    fn table() {
        for sound in [
            r#""Output": "{% $states.result & $states.input & $states.context %}""#,
            r#""Assign": {"a": "{% $states.result.a %}"}"#,
            r#""Arguments": {"a": "{% $states.input.result %}"}"#,
            r#""Catch": [{"ErrorEquals": ["E"], "Output": "{% $states.errorOutput %}", "Next": "A"}]"#,
            r#""Output": "{% $exists($states.errorOutput) ? 1 : 2 %}""#,
        ] {
            check(CODE, &task(sound), &[]);
        }
        for (members, expected) in [
            (
                r#""Output": "{% $states.results.a %}""#,
                "/States/A/Output: $states has no member \"results\"; did you mean result?",
            ),
            (
                r#""Output": "{% $states.whatever %}""#,
                "/States/A/Output: $states has no member \"whatever\"; there is input, result, errorOutput, context",
            ),
            (
                r#""Arguments": {"a": "{% $states.result %}"}"#,
                "/States/A/Arguments/a: $states.result is not there in \"Arguments\": there is a result in \"Output\" and \"Assign\" only",
            ),
            (
                r#""Catch": [{"ErrorEquals": ["E"], "Output": "{% $states.result %}", "Next": "A"}]"#,
                "/States/A/Catch/0/Output: $states.result is not there in \"Output\": a catcher has $states.errorOutput",
            ),
            (
                r#""Output": "{% $states.errorOutput %}""#,
                "/States/A/Output: $states.errorOutput is not there in \"Output\": there is one in \"Output\" and \"Assign\" of a catcher only",
            ),
        ] {
            check(CODE, &task(members), &[expected]);
        }
        let pass = state(
            r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.result %}", "End": true"#,
        );
        check(
            CODE,
            &pass,
            &[
                "/States/A/Output: $states.result is not there in \"Output\": only Task, Parallel and Map states have a result; use $states.input",
            ],
        );
        let misspelt = task(r#""Output": "{% $states.reslt.a %}""#);
        marks(CODE, &misspelt, "reslt");
        mends(CODE, &misspelt, &task(r#""Output": "{% $states.result.a %}""#));
    }
}
