//! `states:startExecution`: executions inside executions.
//!
//! | pattern | the task's result |
//! |---|---|
//! | – | StartExecution's response |
//! | `.sync` | DescribeExecution's response, `Input` and `Output` as JSON text |
//! | `.sync:2` | the same, `Input` and `Output` as JSON |
//! | `.waitForTaskToken` | what the token comes back with |
//!
//! A child without a name of its own is called after the event that scheduled it, so that a second attempt after a
//! crash finds the first one's child. When nobody waits for a `.sync` child any more it is stopped.

use std::time::Duration;

use asl::machine::Pattern;
use asl::value::{Text, Value};
use engine::{ExecutionStart, Input, Invoke, StartedBy};
use serde_json::json;

use super::lambda::TaskError;
use crate::clock;
use crate::dispatch::{Answer, Task};
use crate::runtime::{RunError, StartMachine, StartMachineError, StartedExecution};
use crate::store::StoredRun;

/// How often a child is looked at, at first and at most.
const LOOK: (Duration, Duration) = (Duration::from_millis(2), Duration::from_millis(200));

/// Starts the child, and for `.sync` waits for its end.
pub(crate) async fn start_execution(task: &Task, invoke: &Invoke, pattern: Pattern) -> Answer {
    let waits = matches!(pattern, Pattern::Sync | Pattern::Sync2);
    let child = match (&invoke.handle, waits) {
        (Some(handle), true) => handle.to_string(),
        _ => match begin(task, invoke).await {
            Err(error) => return Answer::Closed(Err(error)),
            Ok(started) if !waits => return Answer::Response(Ok(response(&started))),
            Ok(started) => {
                submitted(task, &started);
                started.arn
            }
        },
    };
    Answer::Closed(outcome(task, &child, pattern).await)
}

async fn begin(task: &Task, invoke: &Invoke) -> Result<StartedExecution, TaskError> {
    let parameters = &invoke.parameters;
    let text = |name: &str| parameters.get(name).and_then(Value::as_str).map(str::to_owned);
    let arn = text("StateMachineArn").ok_or_else(|| TaskError {
        error: "States.Runtime".into(),
        cause: "Parameters of states:startExecution has no StateMachineArn that is a text; name the state machine there"
            .into(),
    })?;
    let wish = StartMachine {
        name: Some(text("Name").unwrap_or_else(|| child_name(task))),
        input: input(parameters.get("Input"))?,
        by: Some(StartedBy {
            execution_arn: task.run.state().arn().into(),
            command: task.id,
        }),
        arn,
    };
    let started = task.runtime.start_machine(wish).await;
    started.map_err(|error| refused(&error))
}

/// A text is JSON text; absent and null are `{}` (recorded on AWS).
fn input(given: Option<&Value>) -> Result<Value, TaskError> {
    match given {
        None | Some(Value::Null) => Ok(Value::empty_object()),
        Some(Value::String(text)) => Value::parse(text).map_err(|error| {
            service_error(
                "InvalidExecutionInput",
                &format!("Invalid State Machine Execution Input: '{error}'"),
            )
        }),
        Some(value) => Ok(value.clone()),
    }
}

/// The same for the same event, also after a crash.
fn child_name(task: &Task) -> String {
    let parent = task.run.state().arn().to_owned();
    let digest = crate::digest(&format!("{parent}#{}", task.id));
    let part = |range: std::ops::Range<usize>| digest.get(range).unwrap_or_default();
    format!(
        "{}-{}-{}-{}-{}",
        part(0..8),
        part(8..12),
        part(12..16),
        part(16..20),
        part(20..32)
    )
}

fn refused(error: &StartMachineError) -> TaskError {
    match error {
        StartMachineError::Unknown(_) => service_error("StateMachineDoesNotExist", &error.to_string()),
        StartMachineError::AlreadyExists(_) => service_error("ExecutionAlreadyExists", &error.to_string()),
        StartMachineError::NotRunnable(_) => service_error("InvalidDefinition", &error.to_string()),
        StartMachineError::Run(_) => service_error("InternalServerException", &error.to_string()),
    }
}

/// As the optimised integration words a service's error.
fn service_error(code: &str, message: &str) -> TaskError {
    let id = clock::random_uuid();
    TaskError {
        error: format!("StepFunctions.{code}Exception"),
        cause: format!(
            "{message} (Service: AWSStepFunctions; Status Code: 400; Error Code: {code}; Request ID: {id}; Proxy: null)"
        ),
    }
}

/// StartExecution's response with the HTTP details that the optimised integration adds.
fn response(started: &StartedExecution) -> String {
    let id = clock::random_uuid();
    let seconds = started.started as f64 / 1000.0;
    let body = json!({"executionArn": started.arn, "startDate": seconds});
    let length = body.to_string().len().to_string();
    let date = chrono::DateTime::from_timestamp_millis(started.started)
        .unwrap_or_default()
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    json!({
        "ExecutionArn": started.arn,
        "SdkHttpMetadata": {
            "AllHttpHeaders": {
                "x-amzn-RequestId": [id],
                "connection": ["keep-alive"],
                "Content-Length": [length],
                "Date": [date],
                "Content-Type": ["application/x-amz-json-1.0"],
            },
            "HttpHeaders": {
                "connection": "keep-alive",
                "Content-Length": length,
                "Content-Type": "application/x-amz-json-1.0",
                "Date": date,
                "x-amzn-RequestId": id,
            },
            "HttpStatusCode": 200,
        },
        "SdkResponseMetadata": {"RequestId": id},
        "StartDate": seconds,
    })
    .to_string()
}

fn submitted(task: &Task, started: &StartedExecution) {
    // Written by us: it can be read.
    let output = Value::parse(&response(started)).unwrap_or(Value::Null);
    task.run.input(Input::TaskSubmitted {
        command: task.id,
        output,
        handle: Some(started.arn.as_str().into()),
    });
}

/// Waits for the child's end.
async fn outcome(task: &Task, child: &str, pattern: Pattern) -> Result<String, TaskError> {
    let mut pause = LOOK.0;
    loop {
        let found = task.runtime.execution(child);
        let there = found.map_err(|error| service_error("InternalServerException", &error.to_string()))?;
        let Some(there) = there else {
            return Err(service_error(
                "ExecutionDoesNotExist",
                &format!("Execution Does Not Exist: '{child}'"),
            ));
        };
        if there.standing.ended.is_some() {
            return described(&there, pattern);
        }
        if task.runtime.is_adrift(&there) {
            // Its process is gone: go on with it, for nobody else waits for it.
            match task.runtime.resume(&there.name).await {
                Ok(_) | Err(RunError::Ended(_) | RunError::Elsewhere(_)) => {}
                Err(error) => return Err(service_error("InternalServerException", &error.to_string())),
            }
        }
        if !is_waited_for(task) {
            // It may have ended in this moment: then there is nothing to stop.
            let _ = task.runtime.stop(&there.name, None, None).await;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LOOK.1);
    }
}

fn is_waited_for(task: &Task) -> bool {
    let state = task.run.state();
    state.status().is_running() && state.in_flight.contains_key(&task.id)
}

/// DescribeExecution's response as the task's result, or as the cause of its failure.
fn described(child: &StoredRun, pattern: Pattern) -> Result<String, TaskError> {
    let start: Option<ExecutionStart> = serde_json::from_str(&child.start).ok();
    let arn = |of: fn(&ExecutionStart) -> &Text| start.as_ref().map(|start| of(start).to_string());
    let input = start.as_ref().map_or(Value::Null, |start| start.input.clone());
    let data = |text: &str| match pattern {
        Pattern::Sync2 => text.to_owned(),
        _ => json!(text).to_string(),
    };
    let standing = &child.standing;
    let mut members = vec![
        (
            "ExecutionArn",
            json!(arn(|start| &start.execution_arn)).to_string(),
        ),
        ("Input", data(&input.to_json())),
        ("InputDetails", r#"{"Included":true}"#.to_owned()),
        ("Name", json!(arn(|start| &start.name)).to_string()),
        ("StartDate", child.started.to_string()),
        (
            "StateMachineArn",
            json!(arn(|start| &start.state_machine_arn)).to_string(),
        ),
        ("Status", json!(standing.status).to_string()),
        ("StopDate", standing.ended.unwrap_or_default().to_string()),
    ];
    if let Some(output) = &standing.output {
        members.push(("Output", data(output)));
        members.push(("OutputDetails", r#"{"Included":true}"#.to_owned()));
    }
    for (name, text) in [("Error", &standing.error), ("Cause", &standing.cause)] {
        if let Some(text) = text {
            members.push((name, json!(text).to_string()));
        }
    }
    members.sort_unstable_by_key(|(name, _)| *name);
    // Put together as text: reading and writing a payload again could change its numbers.
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    let whole = format!("{{{}}}", members.join(","));
    match standing.status.as_str() {
        "SUCCEEDED" => Ok(whole),
        _ => Err(TaskError {
            error: aws::errors::TASK_FAILED.to_owned(),
            cause: whole,
        }),
    }
}
