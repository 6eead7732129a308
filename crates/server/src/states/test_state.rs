//! TestState: runs one state, with its work mocked or done, and shows the data at each stage.

mod inspection;
mod mock;

use asl::machine::{Pattern, Resource};
use asl::value::{Text, Value as Payload};
use asl::verdict::{refusal, verdict};
use asl::words::MachineType;
use runtime::state_test::{Alone, AloneError, Mock, StateTest, TestStatus, Tested};
use serde_json::{Value, json};

use super::{Answer, Context, object, start_execution};
use crate::fault::Fault;
use crate::json_fault;
use crate::members::{Member, Request, Rule, optional, required};

pub(super) const MEMBERS: &[Member] = &[
    required("definition", Rule::Text(1, 1_048_576)),
    optional("roleArn", Rule::Text(1, 256)),
    optional("input", Rule::Text(0, 262_144)),
    optional("inspectionLevel", Rule::OneOf(&["INFO", "DEBUG", "TRACE"])),
    optional("revealSecrets", Rule::Flag),
    optional("variables", Rule::Text(0, 262_144)),
    optional("stateName", Rule::Text(1, 80)),
    optional("mock", Rule::Object),
    optional("context", Rule::Text(0, 262_144)),
    optional("stateConfiguration", Rule::Object),
];

/// Types of states whose work can be mocked.
const MOCKABLE: &[&str] = &["Task", "Map", "Parallel"];

const SCOPED: &str = "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]";

pub(super) async fn perform(context: &Context, request: &Request) -> Answer {
    let alone = alone(request)?;
    let mock = mock::read(request)?;
    check(request, &alone, mock.as_ref())?;
    let configuration = request.get("stateConfiguration");
    let number = |name: &str| {
        configuration
            .and_then(|given| given.get(name))
            .and_then(Value::as_u64)
    };
    let failed_iterations = number("mapIterationFailureCount");
    if let Some(mock) = &mock {
        mock::check(request, &alone, mock, failed_iterations)?;
    }
    let given = match request.text("context") {
        Some(text) => Some(checked_context(text, &alone)?),
        None => None,
    };
    let test = StateTest {
        input: start_execution::input(request.text("input"))?,
        variables: variables(request.text("variables"))?,
        context: given,
        role_arn: request.text("roleArn").map(str::to_owned),
        mock,
        retries: number("retrierRetryCount")
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or_default(),
        failed_iterations,
        place: (*context.place).clone(),
        alone: alone.clone(),
    };
    let limit = std::time::Duration::from_secs(aws::quotas::TEST_STATE_SECONDS);
    let tested = tokio::time::timeout(limit, context.runtime.test_state(test)).await;
    let tested = tested.map_err(|_| Fault::validation("The state ran longer than TestState allows"))?;
    let inspected = match request.text("inspectionLevel") {
        Some("DEBUG" | "TRACE") => inspection::shown(&alone, &tested.seen),
        _ => Value::Null,
    };
    Ok(answer(&tested, inspected))
}

fn answer(tested: &Tested, inspected: Value) -> Value {
    let status = match tested.status {
        TestStatus::Succeeded => "SUCCEEDED",
        TestStatus::Failed => "FAILED",
        TestStatus::Retriable => "RETRIABLE",
        TestStatus::CaughtError => "CAUGHT_ERROR",
    };
    object(vec![
        ("output", json!(tested.output.as_ref().map(Payload::to_json))),
        ("error", json!(tested.error)),
        ("cause", json!(tested.cause)),
        ("inspectionData", inspected),
        ("nextState", json!(tested.next)),
        ("status", json!(status)),
    ])
}

/// The state that a request is about.
fn alone(request: &Request) -> Result<Alone, Fault> {
    let text = request.needed("definition");
    let definition = json_fault::parse(text).map_err(|fault| {
        Fault::invalid_definition(&format!(
            "INVALID_JSON_DESCRIPTION: {}\n at {}",
            fault.message, fault.location
        ))
    })?;
    let name = request.text("stateName");
    if name.is_none() && definition.get("States").is_some() {
        return Err(Fault::validation(
            "StateName must be specified when the definition is a state machine",
        ));
    }
    Alone::of(&definition, name).map_err(|error| match error {
        AloneError::NoSuchState => Fault::validation(error.to_string()),
        AloneError::NotRunnable { problem, definition } => {
            let findings = verdict(&definition, MachineType::Standard);
            Fault::invalid_definition(&refusal(&findings).unwrap_or(problem))
        }
    })
}

/// What may be asked of a state of this type.
fn check(request: &Request, alone: &Alone, mock: Option<&Mock>) -> Result<(), Fault> {
    let kind = alone.kind.as_str();
    let failures = request
        .get("stateConfiguration")
        .and_then(|given| given.get("mapIterationFailureCount"));
    match mock {
        Some(_) if request.flag("revealSecrets") => Err(Fault::validation(
            "TestState does not support RevealSecrets when a mock is specified.",
        )),
        Some(_) if !MOCKABLE.contains(&kind) => Err(Fault::validation(format!(
            "State type '{kind}' is not supported when a mock is specified"
        ))),
        Some(_) => Ok(()),
        None if failures.is_some() => Err(Fault::validation(
            "TestState does not support MapIterationFailureCount when a mock is not specified.",
        )),
        None if matches!(kind, "Map" | "Parallel") => Err(Fault::new("InvalidDefinition", SCOPED)),
        None if kind == "Task" && request.get("roleArn").is_none() => Err(Fault::validation(
            "RoleArn must be specified when testing a Task state",
        )),
        None if kind == "Task" && waits(alone) => Err(Fault::validation(
            "A mock must be specified when testing a Task state that waits for a job, a token or an activity",
        )),
        None => Ok(()),
    }
}

fn resource(alone: &Alone) -> Option<Resource> {
    Resource::parse(alone.state.get("Resource")?.as_str()?)
}

/// Whether the state's work is not over with the service's answer.
fn waits(alone: &Alone) -> bool {
    match resource(alone) {
        Some(Resource::Activity { .. }) => true,
        Some(Resource::Integration { pattern, .. }) => pattern != Pattern::RequestResponse,
        Some(Resource::Function { .. }) | None => false,
    }
}

fn variables(text: Option<&str>) -> Result<Vec<(Text, Payload)>, Fault> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let refused = || Fault::validation("Variables must be a valid JSON object");
    let given = json_fault::parse(text).map_err(|_| refused())?;
    let given = given.as_object().ok_or_else(refused)?;
    Ok(given
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect())
}

/// Members of the context object that are texts.
const TEXTS: &[(&str, &str)] = &[
    ("Execution", "Id"),
    ("Execution", "Name"),
    ("Execution", "RoleArn"),
    ("Execution", "StartTime"),
    ("State", "EnteredTime"),
    ("State", "Name"),
    ("StateMachine", "Id"),
    ("StateMachine", "Name"),
    ("Task", "Token"),
];

fn checked_context(text: &str, alone: &Alone) -> Result<Payload, Fault> {
    let refused = |why: &str| Fault::validation(format!("Invalid Context object provided: {why}"));
    let given = json_fault::parse(text).map_err(|fault| refused(&fault.message))?;
    if given.as_object().is_none() {
        return Err(refused("Context object must be a JSON object"));
    }
    for (part, member) in TEXTS {
        let value = given.get(part).and_then(|part| part.get(member));
        if value.is_some_and(|value| value.as_str().is_none()) {
            return Err(refused(&format!("{part}.{member} must be a string")));
        }
    }
    if given.get("Task").is_some() && !waits(alone) {
        return Err(refused(
            "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
        ));
    }
    Ok(given)
}
