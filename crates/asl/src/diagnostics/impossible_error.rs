//! SW0035: a name in `ErrorEquals` that can't come: the state has nothing that raises the error, or nothing catches it.

use super::check::{Check, Object, is_open};
use super::{Diagnostic, Severity};
use crate::fields::Owner;
use crate::text::Node;
use crate::words::QueryLanguage;

const CODE: &str = "SW0035";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        if !matches!(object.owner, Owner::Task | Owner::Parallel | Owner::Map) {
            continue;
        }
        let entries = ["Retry", "Catch"]
            .into_iter()
            .filter_map(|field| object.get(field))
            .flat_map(Node::items);
        for name in entries
            .filter_map(|entry| entry.get("ErrorEquals"))
            .flat_map(Node::items)
            .filter(|name| !is_open(*name))
        {
            if let Some(why) = why_not(object, &name.text()) {
                let message = format!("{} never comes here: {why}", name.text());
                found.push(check.about(CODE, Severity::Warning, name, message));
            }
        }
    }
}

/// Why an error of this name can't be retried or caught by this state; none where it can.
fn why_not(object: &Object<'_>, name: &str) -> Option<&'static str> {
    use aws::errors::*;
    let task = object.owner == Owner::Task;
    let has = |field: &str| object.given(field).is_some();
    match name {
        RUNTIME => Some("the service neither retries nor catches it; the execution fails"),
        HEARTBEAT_TIMEOUT if task && !has("HeartbeatSeconds") && !has("HeartbeatSecondsPath") => {
            Some("the state has no \"HeartbeatSeconds\"")
        }
        NO_CHOICE_MATCHED if task => Some("only a Choice state raises it"),
        BRANCH_FAILED if task => Some("only a Parallel state raises it"),
        ITEM_READER_FAILED | RESULT_WRITER_FAILED | EXCEED_TOLERATED_FAILURE_THRESHOLD if task => {
            Some("only a Map state raises it")
        }
        QUERY_EVALUATION_ERROR if task && object.language == QueryLanguage::JsonPath => {
            Some("only a state that speaks JSONata raises it")
        }
        INTRINSIC_FAILURE if task && object.language == QueryLanguage::Jsonata => {
            Some("only a state that speaks JSONPath raises it")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, state};

    #[test]
    fn table() {
        let task = |name: &str, more: &str| {
            state(&format!(
                r#""Type": "Task", "Resource": "${{R}}", "End": true, {more} "Retry": [{{"ErrorEquals": ["{name}"]}}]"#
            ))
        };
        let says = |name: &str, why: &str| {
            format!("/States/A/Retry/0/ErrorEquals/0: {name} never comes here: {why}")
        };
        for (name, more, why) in [
            (
                "States.Runtime",
                "",
                "the service neither retries nor catches it; the execution fails",
            ),
            (
                "States.HeartbeatTimeout",
                "",
                "the state has no \"HeartbeatSeconds\"",
            ),
            ("States.NoChoiceMatched", "", "only a Choice state raises it"),
            ("States.ItemReaderFailed", "", "only a Map state raises it"),
            (
                "States.QueryEvaluationError",
                "",
                "only a state that speaks JSONata raises it",
            ),
            (
                "States.IntrinsicFailure",
                r#""QueryLanguage": "JSONata","#,
                "only a state that speaks JSONPath raises it",
            ),
        ] {
            check(CODE, &task(name, more), &[&says(name, why)]);
        }
        for (name, more) in [
            ("States.HeartbeatTimeout", r#""HeartbeatSeconds": 5,"#),
            ("States.HeartbeatTimeout", r#""HeartbeatSecondsPath": "$.h","#),
            ("States.QueryEvaluationError", r#""QueryLanguage": "JSONata","#),
            ("States.DataLimitExceeded", ""),
            ("Anything", ""),
        ] {
            check(CODE, &task(name, more), &[]);
        }
        // What is inside may raise it.
        let map = state(
            r#""Type": "Map", "ItemProcessor": "${P}", "End": true,
            "Catch": [{"ErrorEquals": ["States.NoChoiceMatched", "States.ItemReaderFailed"], "Next": "A"}]"#,
        );
        check(CODE, &map, &[]);
    }
}
