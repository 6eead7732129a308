//! Events as AWS writes them. Inputs, outputs and assigned variables are JSON text within the JSON.

use asl::value::{Text, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{EventDetails, HistoryEvent, TaskName};

/// `inputDetails` and its like. Nothing is ever truncated here.
#[derive(serde::Serialize)]
struct Included {
    truncated: bool,
}

const WHOLE: Included = Included { truncated: false };

impl Serialize for HistoryEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_payloads(Value::to_json).serialize(serializer)
    }
}

/// An event, and how its payloads become text ([`HistoryEvent::with_payloads`]).
pub struct WithPayloads<'a, F> {
    pub(super) event: &'a HistoryEvent,
    pub(super) text: F,
}

impl<F: Fn(&Value) -> String> Serialize for WithPayloads<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { event, text } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("timestamp", &event.timestamp.to_string())?;
        map.serialize_entry("type", event.event_type.name())?;
        map.serialize_entry("id", &event.id)?;
        map.serialize_entry("previousEventId", &event.previous)?;
        if let Some(member) = event.event_type.details_member() {
            let details = &event.details;
            map.serialize_entry(member, &Details { details, text })?;
        }
        map.end()
    }
}

struct Details<'a, F> {
    details: &'a EventDetails,
    text: &'a F,
}

impl<F: Fn(&Value) -> String> Serialize for Details<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        write(self.details, &mut map, self.text)?;
        map.end()
    }
}

fn write<M: SerializeMap>(
    details: &EventDetails,
    map: &mut M,
    text: &impl Fn(&Value) -> String,
) -> Result<(), M::Error> {
    match details {
        EventDetails::None => Ok(()),
        EventDetails::Started { input, role_arn } => {
            data(map, "input", input, text)?;
            map.serialize_entry("roleArn", role_arn)
        }
        EventDetails::Output { output } => data(map, "output", output, text),
        EventDetails::Error { error, cause } => failure(map, error, cause),
        EventDetails::StateEntered { name, input } => {
            map.serialize_entry("name", name)?;
            data(map, "input", input, text)
        }
        EventDetails::StateExited {
            name,
            output,
            assigned,
        } => {
            map.serialize_entry("name", name)?;
            data(map, "output", output, text)?;
            let Some(assigned) = assigned else { return Ok(()) };
            map.serialize_entry("assignedVariables", &Assigned { assigned, text })?;
            map.serialize_entry("assignedVariablesDetails", &WHOLE)
        }
        EventDetails::TaskScheduled(task) => {
            name(map, &task.task)?;
            map.serialize_entry("region", &task.region)?;
            map.serialize_entry("parameters", &text(&task.parameters))?;
            optional(map, "timeoutInSeconds", &task.timeout_seconds)?;
            optional(map, "heartbeatInSeconds", &task.heartbeat_seconds)?;
            credentials(map, &task.role_arn)
        }
        EventDetails::FunctionScheduled(function) => {
            map.serialize_entry("resource", &function.resource)?;
            data(map, "input", &function.input, text)?;
            optional(map, "timeoutInSeconds", &function.timeout_seconds)?;
            credentials(map, &function.role_arn)
        }
        EventDetails::ActivityScheduled(activity) => {
            map.serialize_entry("resource", &activity.resource)?;
            data(map, "input", &activity.input, text)?;
            optional(map, "timeoutInSeconds", &activity.timeout_seconds)?;
            optional(map, "heartbeatInSeconds", &activity.heartbeat_seconds)
        }
        EventDetails::ActivityStarted { worker } => optional(map, "workerName", worker),
        EventDetails::Task(task) => name(map, task),
        EventDetails::TaskOutput(task) => {
            name(map, &task.0)?;
            data(map, "output", &task.1, text)
        }
        EventDetails::TaskError(task) => {
            name(map, &task.0)?;
            failure(map, &task.1, &task.2)
        }
        EventDetails::MapStarted { length } => map.serialize_entry("length", length),
        EventDetails::Iteration { name, index } => {
            map.serialize_entry("name", name)?;
            map.serialize_entry("index", index)
        }
        EventDetails::MapRunStarted { map_run_arn } => map.serialize_entry("mapRunArn", map_run_arn),
        EventDetails::MapRunRedriven {
            map_run_arn,
            redrive_count,
        } => {
            map.serialize_entry("mapRunArn", map_run_arn)?;
            map.serialize_entry("redriveCount", redrive_count)
        }
        EventDetails::Redriven { redrive_count } => map.serialize_entry("redriveCount", redrive_count),
        EventDetails::EvaluationFailed(failed) => {
            failure(map, &failed.error, &failed.cause)?;
            optional(map, "location", &failed.location)?;
            map.serialize_entry("state", &failed.state)
        }
    }
}

/// A payload as JSON text, and that it is whole: `input`, `inputDetails`.
fn data<M: SerializeMap>(
    map: &mut M,
    member: &'static str,
    value: &Value,
    text: &impl Fn(&Value) -> String,
) -> Result<(), M::Error> {
    map.serialize_entry(member, &text(value))?;
    map.serialize_entry(
        if member == "input" {
            "inputDetails"
        } else {
            "outputDetails"
        },
        &WHOLE,
    )
}

fn failure<M: SerializeMap>(map: &mut M, error: &Option<Text>, cause: &Option<Text>) -> Result<(), M::Error> {
    optional(map, "error", error)?;
    optional(map, "cause", cause)
}

fn name<M: SerializeMap>(map: &mut M, task: &TaskName) -> Result<(), M::Error> {
    map.serialize_entry("resourceType", &task.resource_type)?;
    map.serialize_entry("resource", &task.resource)
}

fn credentials<M: SerializeMap>(map: &mut M, role_arn: &Option<Text>) -> Result<(), M::Error> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Credentials<'a> {
        role_arn: &'a Text,
    }
    match role_arn {
        Some(role_arn) => map.serialize_entry("taskCredentials", &Credentials { role_arn }),
        None => Ok(()),
    }
}

fn optional<M: SerializeMap, T: Serialize>(
    map: &mut M,
    member: &'static str,
    value: &Option<T>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(member, value),
        None => Ok(()),
    }
}

/// Assigned variables: each value as JSON text.
struct Assigned<'a, F> {
    assigned: &'a [(Text, Value)],
    text: &'a F,
}

impl<F: Fn(&Value) -> String> Serialize for Assigned<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.assigned
                .iter()
                .map(|(name, value)| (name, (self.text)(value))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::EventType;
    use super::*;
    use crate::{FrameId, Timestamp};

    fn check(event_type: EventType, details: EventDetails, expected: &str) {
        let event = HistoryEvent {
            id: 7,
            previous: 6,
            timestamp: Timestamp(1_772_366_400_000),
            frame: FrameId(0),
            state: None,
            event_type,
            details,
        };
        let head = format!(
            r#"{{"timestamp":"2026-03-01T12:00:00.000Z","type":"{}","id":7,"previousEventId":6"#,
            event_type.name()
        );
        assert_eq!(event.to_json(), format!("{head}{expected}}}"));
    }

    #[test]
    fn events_are_spelled_as_on_the_service() {
        let value = Value::parse(r#"{"a":1.0}"#).unwrap();
        check(
            EventType::PassStateEntered,
            EventDetails::StateEntered {
                name: "P".into(),
                input: value.clone(),
            },
            r#","stateEnteredEventDetails":{"name":"P","input":"{\"a\":1.0}","inputDetails":{"truncated":false}}"#,
        );
        check(
            EventType::PassStateExited,
            EventDetails::StateExited {
                name: "P".into(),
                output: Value::Null,
                assigned: Some(Box::new([("x".into(), value)])),
            },
            concat!(
                r#","stateExitedEventDetails":{"name":"P","output":"null","outputDetails":{"truncated":false},"#,
                r#""assignedVariables":{"x":"{\"a\":1.0}"},"assignedVariablesDetails":{"truncated":false}}"#
            ),
        );
        check(EventType::MapStateSucceeded, EventDetails::None, "");
        check(
            EventType::ExecutionFailed,
            EventDetails::Error {
                error: None,
                cause: None,
            },
            r#","executionFailedEventDetails":{}"#,
        );
    }
}
