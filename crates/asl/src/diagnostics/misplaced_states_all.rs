//! SW0026: `States.ALL` stands beside other names, or not in the last entry.

use super::check::Check;
use super::{Diagnostic, Severity, said};
use crate::fields::Owner;
use crate::text::Node;

const CODE: &str = "SW0026";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let lists = check
        .objects
        .iter()
        .filter(|object| matches!(object.owner, Owner::Task | Owner::Parallel | Owner::Map));
    for object in lists {
        for (field, noun) in [("Retry", "retrier"), ("Catch", "catcher")] {
            let entries: Vec<_> = object.get(field).into_iter().flat_map(Node::items).collect();
            for (index, entry) in entries.iter().enumerate() {
                let names: Vec<_> = entry
                    .get("ErrorEquals")
                    .into_iter()
                    .flat_map(Node::items)
                    .collect();
                let Some(all) = names.iter().find(|name| name.text() == aws::errors::ALL) else {
                    continue;
                };
                let message = if names.len() > 1 {
                    "States.ALL covers every name beside it; let it stand alone".to_owned()
                } else if index + 1 < entries.len() {
                    format!("States.ALL leaves nothing for the {noun}s after it; put it last")
                } else {
                    continue;
                };
                let said = "States.ALL must appear alone and at end of list".to_owned();
                let list = all.parent().unwrap_or(*all);
                found.push(
                    check
                        .about(CODE, Severity::Error, *all, message)
                        .said(said::SCHEMA, list, said),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, state};

    #[test]
    fn table() {
        let task = |retry: &str| {
            state(&format!(
                r#""Type": "Task", "Resource": "${{R}}", "End": true, "Retry": [{retry}]"#
            ))
        };
        let beside = task(r#"{"ErrorEquals": ["A", "States.ALL"]}"#);
        check(
            CODE,
            &beside,
            &["/States/A/Retry/0/ErrorEquals/1: States.ALL covers every name beside it; let it stand alone"],
        );
        marks(CODE, &beside, "\"States.ALL\"");
        check(
            CODE,
            &task(r#"{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["A"]}"#),
            &[
                "/States/A/Retry/0/ErrorEquals/0: States.ALL leaves nothing for the retriers after it; put it last",
            ],
        );
        check(
            CODE,
            &task(r#"{"ErrorEquals": ["A", "B"]}, {"ErrorEquals": ["States.ALL"]}"#),
            &[],
        );
    }
}
