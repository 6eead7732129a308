//! The actions of Step Functions: which there are, and what each may be asked.

mod activities;
mod aliases;
mod create_state_machine;
mod delete_state_machine;
mod describe_execution;
mod describe_state_machine;
mod describe_state_machine_for_execution;
mod get_activity_task;
mod get_execution_history;
mod list_executions;
mod list_state_machines;
mod send_task;
mod start_execution;
mod start_sync_execution;
mod stop_execution;
mod tags;
mod test_state;
mod update_state_machine;
mod validate_state_machine_definition;
mod versions;

use std::sync::Arc;

use project::Place;
use runtime::Runtime;
use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::members::{Member, Request, Rule, optional, required};

/// What an action answers.
pub(crate) type Answer = Result<Value, Fault>;

/// What actions work on. Clones are the same.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) runtime: Runtime,
    pub(crate) place: Arc<Place>,
}

impl Context {
    pub(crate) fn new(runtime: Runtime, place: Place) -> Self {
        Self {
            runtime,
            place: Arc::new(place),
        }
    }

    /// Lets Task states reach these actions as `aws-sdk:sfn:…`.
    pub(crate) fn answer_tasks(&self) {
        let place = self.place.clone();
        self.runtime
            .answer_sdk_calls(Arc::new(move |runtime, action, parameters| {
                let context = Self {
                    runtime,
                    place: place.clone(),
                };
                Box::pin(crate::sdk::answer(context, action, parameters))
            }));
    }
}

/// Performs the action of this name.
pub(crate) async fn perform(context: &Context, action: &str, members: Map<String, Value>) -> Answer {
    let check = |table| Request::check(members, table);
    match action {
        "CreateActivity" => activities::create(context, &check(activities::CREATE)?).await,
        "CreateStateMachine" => {
            create_state_machine::perform(context, &check(create_state_machine::MEMBERS)?).await
        }
        "CreateStateMachineAlias" => aliases::create(context, &check(aliases::CREATE)?).await,
        "DeleteActivity" => activities::delete(context, &check(ACTIVITY)?).await,
        "DeleteStateMachine" => delete_state_machine::perform(context, &check(MACHINE)?).await,
        "DeleteStateMachineAlias" => aliases::delete(context, &check(aliases::ONE)?).await,
        "DeleteStateMachineVersion" => versions::delete(context, &check(versions::DELETE)?).await,
        "DescribeActivity" => activities::describe(context, &check(ACTIVITY)?),
        "DescribeExecution" => describe_execution::perform(context, &check(EXECUTION)?),
        "DescribeStateMachine" => describe_state_machine::perform(context, &check(MACHINE)?),
        "DescribeStateMachineAlias" => aliases::describe(context, &check(aliases::ONE)?),
        "DescribeStateMachineForExecution" => {
            describe_state_machine_for_execution::perform(context, &check(EXECUTION)?)
        }
        "GetActivityTask" => get_activity_task::perform(context, &check(get_activity_task::MEMBERS)?).await,
        "GetExecutionHistory" => {
            get_execution_history::perform(context, &check(get_execution_history::MEMBERS)?)
        }
        "ListActivities" => activities::list(context, &check(LIST)?),
        "ListExecutions" => list_executions::perform(context, &check(list_executions::MEMBERS)?),
        "ListStateMachineAliases" => aliases::list(context, &check(aliases::LIST)?),
        "ListStateMachineVersions" => versions::list(context, &check(versions::LIST)?),
        "ListStateMachines" => list_state_machines::perform(context, &check(LIST)?),
        "ListTagsForResource" => tags::list(context, &check(tags::LIST)?),
        "PublishStateMachineVersion" => versions::publish(context, &check(versions::PUBLISH)?).await,
        "SendTaskFailure" => send_task::failure(context, &check(send_task::FAILURE)?).await,
        "SendTaskHeartbeat" => send_task::heartbeat(context, &check(send_task::HEARTBEAT)?).await,
        "SendTaskSuccess" => send_task::success(context, &check(send_task::SUCCESS)?).await,
        "StartExecution" => start_execution::perform(context, &check(start_execution::MEMBERS)?).await,
        "StartSyncExecution" => {
            start_sync_execution::perform(context, &check(start_execution::MEMBERS)?).await
        }
        "StopExecution" => stop_execution::perform(context, &check(stop_execution::MEMBERS)?).await,
        "TagResource" => tags::tag(context, &check(tags::TAG)?).await,
        "TestState" => test_state::perform(context, &check(test_state::MEMBERS)?).await,
        "UntagResource" => tags::untag(context, &check(tags::UNTAG)?).await,
        "UpdateStateMachine" => {
            update_state_machine::perform(context, &check(update_state_machine::MEMBERS)?).await
        }
        "UpdateStateMachineAlias" => aliases::update(context, &check(aliases::UPDATE)?).await,
        "ValidateStateMachineDefinition" => {
            validate_state_machine_definition::perform(&check(validate_state_machine_definition::MEMBERS)?)
        }
        "DescribeMapRun" | "ListMapRuns" | "RedriveExecution" | "UpdateMapRun" => {
            Err(Fault::not_supported(action))
        }
        _ => Err(Fault::unknown_operation(action)),
    }
}

const INCLUDED: Member = optional("includedData", Rule::OneOf(&["ALL_DATA", "METADATA_ONLY"]));
const MACHINE: &[Member] = &[required("stateMachineArn", Rule::Text(1, 256)), INCLUDED];
const EXECUTION: &[Member] = &[required("executionArn", Rule::Text(1, 256)), INCLUDED];
const ACTIVITY: &[Member] = &[required("activityArn", Rule::Text(1, 256))];
const LIST: &[Member] = &[
    optional("maxResults", Rule::Integer(0, 1000)),
    optional("nextToken", Rule::Text(1, 1024)),
];

/// A moment as the protocol writes it: seconds since the Unix epoch.
pub(crate) fn date(milliseconds: i64) -> Value {
    json!(milliseconds as f64 / 1000.0)
}

/// An answer without what is absent.
pub(crate) fn object(members: Vec<(&str, Value)>) -> Value {
    let there = members.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(there.map(|(name, value)| (name.to_owned(), value)).collect())
}
