//! SW0034: a name in `ErrorEquals` never gets its turn, because an earlier entry of the same list takes that error.
//! (Retriers and catchers are tried in order, and the first that fits is taken: specification, "Errors".)

use super::check::{Check, is_open};
use super::{Diagnostic, Severity, fixes};
use crate::fields::Owner;
use crate::text::Node;

const CODE: &str = "SW0034";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        if !matches!(object.owner, Owner::Task | Owner::Parallel | Owner::Map) {
            continue;
        }
        for (field, noun) in [("Retry", "retrier"), ("Catch", "catcher")] {
            let entries: Vec<_> = object.get(field).into_iter().flat_map(Node::items).collect();
            list(check, object.owner, noun, &entries, found);
        }
    }
}

fn list(check: &Check<'_>, owner: Owner, noun: &str, entries: &[Node<'_>], found: &mut Vec<Diagnostic>) {
    // What is taken so far, by which entry, and through which name.
    let mut taken: Vec<(String, usize)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let names: Vec<_> = entry
            .get("ErrorEquals")
            .into_iter()
            .flat_map(Node::items)
            .filter(|name| !is_open(*name))
            .collect();
        let shadows: Vec<_> = names
            .iter()
            .filter_map(|name| {
                let text = name.text();
                let (by, number) = taken.iter().find(|(by, _)| covers(by, &text, owner))?;
                Some((*name, by.clone(), *number))
            })
            .collect();
        let all = entry
            .get("ErrorEquals")
            .is_some_and(|list| list.items().count() == shadows.len());
        for (name, by, number) in &shadows {
            let through = if *by == *name.text() {
                String::new()
            } else {
                format!(" through {by}")
            };
            let message = format!(
                "{noun} {number} takes {}{through} before this one; remove it here, or put this {noun} first",
                name.text(),
            );
            let mut diagnostic = check.about(CODE, Severity::Warning, *name, message);
            diagnostic.fix = match all {
                true => fixes::remove_item(check, *entry, format!("Remove this {noun}")),
                false => fixes::remove_item(check, *name, format!("Remove \"{}\"", name.text())),
            };
            found.push(diagnostic);
        }
        taken.extend(names.iter().map(|name| (name.text().into_owned(), index + 1)));
    }
}

/// Whether an entry with the name `by` takes every error that has the name `name`. `States.ALL` has a rule of its own.
fn covers(by: &str, name: &str, owner: Owner) -> bool {
    by == name
        || (by == aws::errors::TASK_FAILED && owner == Owner::Task && !name.starts_with("States."))
        || (by == aws::errors::TIMEOUT && name == aws::errors::HEARTBEAT_TIMEOUT)
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, mends, state};

    fn task(catch: &str) -> String {
        state(&format!(
            r#""Type": "Task", "Resource": "${{R}}", "End": true, "Catch": [{catch}]"#
        ))
    }

    #[test]
    fn table() {
        let twice =
            task(r#"{"ErrorEquals": ["E", "F"], "Next": "A"}, {"ErrorEquals": ["F", "G"], "Next": "A"}"#);
        check(
            CODE,
            &twice,
            &[
                "/States/A/Catch/1/ErrorEquals/0: catcher 1 takes F before this one; remove it here, or put this catcher first",
            ],
        );
        marks(CODE, &twice, "\"F\"");
        mends(
            CODE,
            &twice,
            &task(r#"{"ErrorEquals": ["E", "F"], "Next": "A"}, {"ErrorEquals": ["G"], "Next": "A"}"#),
        );
        let whole = task(
            r#"{"ErrorEquals": ["States.TaskFailed"], "Next": "A"}, {"ErrorEquals": ["G"], "Next": "A"}"#,
        );
        check(
            CODE,
            &whole,
            &[
                "/States/A/Catch/1/ErrorEquals/0: catcher 1 takes G through States.TaskFailed before this one; remove it here, or put this catcher first",
            ],
        );
        mends(
            CODE,
            &whole,
            &task(r#"{"ErrorEquals": ["States.TaskFailed"], "Next": "A"}"#),
        );
    }

    #[test]
    fn nothing_is_shadowed() {
        for list in [
            r#"{"ErrorEquals": ["E"], "Next": "A"}, {"ErrorEquals": ["States.TaskFailed"], "Next": "A"}"#,
            r#"{"ErrorEquals": ["States.TaskFailed"], "Next": "A"}, {"ErrorEquals": ["States.Timeout"], "Next": "A"}"#,
            r#"{"ErrorEquals": ["States.HeartbeatTimeout"], "Next": "A"}, {"ErrorEquals": ["States.Timeout"], "Next": "A"}"#,
            r#"{"ErrorEquals": ["${E}"], "Next": "A"}, {"ErrorEquals": ["${E}"], "Next": "A"}"#,
        ] {
            check(CODE, &task(list), &[]);
        }
        // Inside a branch an error of a Choice state is no failed task.
        let parallel = state(
            r#""Type": "Parallel", "End": true, "Branches": "${B}", "Catch": [
            {"ErrorEquals": ["States.TaskFailed"], "Next": "A"}, {"ErrorEquals": ["E"], "Next": "A"}]"#,
        );
        check(CODE, &parallel, &[]);
    }
}
