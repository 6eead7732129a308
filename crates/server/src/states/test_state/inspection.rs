//! `inspectionData`: which stages are shown of which state (read from recordings of the service).
//!
//! | state | shown besides `input` |
//! |---|---|
//! | JSONata | `afterArguments`, where a Task has Arguments |
//! | Pass | `afterInputPath`, `afterParameters`; with Result `result` in their place; `afterResultSelector`, `afterResultPath` |
//! | Task | all stages |
//! | Choice, Wait, Succeed | `afterInputPath` |
//! | Map | `afterInputPath`, `afterItemsPath`, `afterResultSelector`, `afterResultPath` |
//! | Parallel | `afterResultSelector`, `afterResultPath` |
//! | any Map | `maxConcurrency`, `toleratedFailureCount`, `toleratedFailurePercentage` |

use asl::machine::QueryLanguage;
use asl::value::Value as Payload;
use runtime::state_test::{Alone, Seen};
use serde_json::{Value, json};

use crate::states::object;

pub(super) fn shown(alone: &Alone, seen: &Seen) -> Value {
    let mut members = vec![("input", text(seen.input.as_ref()))];
    let machine = &alone.machine;
    let state = machine.state(machine.scope(machine.root()).start);
    let is_map = alone.kind == "Map";
    match state.query_language {
        QueryLanguage::Jsonata => {
            let has = alone.kind == "Task" && alone.state.get("Arguments").is_some();
            let arguments = seen.after_parameters.as_ref().filter(|_| has);
            members.push(("afterArguments", text(arguments)));
        }
        QueryLanguage::JsonPath => members.extend(stages(alone, seen)),
    }
    if is_map {
        members.extend([
            ("maxConcurrency", json!(seen.max_concurrency)),
            ("toleratedFailureCount", json!(seen.tolerated_count)),
            ("toleratedFailurePercentage", json!(seen.tolerated_percentage)),
        ]);
    }
    members.push(("variables", variables(seen)));
    members.push(("errorDetails", error_details(seen)));
    object(members)
}

/// The stages of a JSONPath state.
fn stages(alone: &Alone, seen: &Seen) -> Vec<(&'static str, Value)> {
    let before = [
        ("afterInputPath", &seen.after_input_path),
        ("afterParameters", &seen.after_parameters),
    ];
    let result = ("result", &seen.result);
    let selected = seen
        .after_result_selector
        .as_ref()
        .or(seen.result.as_ref())
        .or(seen.after_parameters.as_ref().filter(|_| alone.kind == "Pass"))
        .cloned();
    let after = [
        ("afterResultSelector", &selected),
        ("afterResultPath", &seen.after_result_path),
    ];
    let items = ("afterItemsPath", &seen.items);
    let mut stages = Vec::new();
    match alone.kind.as_str() {
        "Pass" if alone.state.get("Result").is_some() => {
            stages.push(result);
            stages.extend(after);
        }
        "Pass" => {
            stages.extend(before);
            stages.extend(after);
        }
        "Task" => {
            stages.extend(before);
            stages.push(result);
            stages.extend(after);
        }
        "Map" => {
            stages.extend([before[0], items]);
            stages.extend(after);
        }
        "Parallel" => stages.extend(after),
        "Fail" => {}
        _ => stages.push(before[0]),
    }
    stages
        .into_iter()
        .map(|(name, value)| (name, text(value.as_ref())))
        .collect()
}

fn text(value: Option<&Payload>) -> Value {
    json!(value.map(Payload::to_json))
}

fn variables(seen: &Seen) -> Value {
    if seen.variables.is_empty() {
        return Value::Null;
    }
    let all = seen
        .variables
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()));
    text(Some(&Payload::object(all.collect::<Vec<_>>())))
}

fn error_details(seen: &Seen) -> Value {
    let Some(details) = seen.error_details() else {
        return Value::Null;
    };
    object(vec![
        ("catchIndex", json!(details.catch_index)),
        (
            "retryIndex",
            json!(details.retry_index.filter(|_| details.catch_index.is_none())),
        ),
        ("retryBackoffIntervalSeconds", json!(details.backoff_seconds)),
    ])
}
