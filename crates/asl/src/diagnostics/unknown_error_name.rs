//! SW0030: a name in `ErrorEquals` begins with `States.`, but the service raises no such error.

use super::check::{Check, is_open};
use super::fixes::respell;
use super::{Diagnostic, Severity};
use crate::fields::Owner;
use crate::text::Node;

const CODE: &str = "SW0030";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let entries = check
        .objects
        .iter()
        .filter(|object| matches!(object.owner, Owner::Retrier | Owner::Catcher));
    for entry in entries {
        for name in entry.get("ErrorEquals").into_iter().flat_map(Node::items) {
            let text = name.text();
            if !text.starts_with("States.") || aws::errors::is_reserved(&text) || is_open(name) {
                continue;
            }
            let near = check.did_you_mean(&text, aws::errors::NAMES.into_iter());
            let hint = near.map_or_else(
                || "nothing raises it".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            let message = format!("{text} is no error of the service; {hint}");
            let mut diagnostic = check.about(CODE, Severity::Warning, name, message);
            diagnostic.fix = near.map(|near| respell(name, near));
            found.push(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, mends, state};

    #[test]
    fn table() {
        let task = |name: &str| {
            state(&format!(
                r#""Type": "Task", "Resource": "${{R}}", "End": true, "Retry": [{{"ErrorEquals": ["{name}"]}}]"#
            ))
        };
        check(
            CODE,
            &task("States.All"),
            &[
                "/States/A/Retry/0/ErrorEquals/0: States.All is no error of the service; did you mean States.ALL?",
            ],
        );
        mends(CODE, &task("States.Timeuot"), &task("States.Timeout"));
        for known in [
            "States.ALL",
            "States.Http.StatusCode.429",
            "Lambda.Unknown",
            "States.${Name}",
        ] {
            check(CODE, &task(known), &[]);
        }
    }
}
