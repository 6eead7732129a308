//! What a new Task can call: the integrations that the runtime performs. What it does not is not offered.
//!
//! | id | `Resource` | waits for |
//! |---|---|---|
//! | `lambda:invoke` | `arn:aws:states:::lambda:invoke` | the function's answer |
//! | `lambda:invoke.waitForTaskToken` | `…:lambda:invoke.waitForTaskToken` | who returns the token that the function was given |
//! | `states:startExecution.sync:2` | `…:states:startExecution.sync:2` | the end of another workflow's execution |
//! | `states:startExecution` | `…:states:startExecution` | nothing: the other execution goes on beside |
//! | `activity` | an activity's ARN | a worker that asks for tasks |
//!
//! Names that only the user knows are placeholders, which are never an error.

use serde_json::{Value, json};

use crate::words::QueryLanguage;

/// What a new Task calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A Lambda function.
    Invoke,
    /// A Lambda function that hands a task token on.
    InvokeAndWait,
    /// Another workflow, to its end.
    RunWorkflow,
    /// Another workflow, which is not waited for.
    StartWorkflow,
    /// A worker of an activity.
    Activity,
}

impl Action {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Invoke,
        Self::InvokeAndWait,
        Self::RunWorkflow,
        Self::StartWorkflow,
        Self::Activity,
    ];

    /// Its name outside this crate.
    pub fn id(self) -> &'static str {
        match self {
            Self::Invoke => "lambda:invoke",
            Self::InvokeAndWait => "lambda:invoke.waitForTaskToken",
            Self::RunWorkflow => "states:startExecution.sync:2",
            Self::StartWorkflow => "states:startExecution",
            Self::Activity => "activity",
        }
    }

    /// The action with this [`Action::id`].
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.id() == id)
    }

    /// In words, in the imperative: also the name of a new state.
    pub fn title(self) -> &'static str {
        match self {
            Self::Invoke => "Invoke function",
            Self::InvokeAndWait => "Wait for callback",
            Self::RunWorkflow => "Run workflow",
            Self::StartWorkflow => "Start workflow",
            Self::Activity => "Wait for worker",
        }
    }

    /// The service, and what of it.
    pub fn service(self) -> &'static str {
        match self {
            Self::Invoke | Self::InvokeAndWait => "Lambda",
            Self::RunWorkflow | Self::StartWorkflow => "Step Functions",
            Self::Activity => "Activity",
        }
    }

    /// `Resource`, and what is handed over: the state's whole input.
    pub(super) fn fields(self, language: QueryLanguage) -> Value {
        let is_jsonata = language == QueryLanguage::Jsonata;
        let handed = match (self, is_jsonata) {
            (Self::Invoke, false) => json!({ "FunctionName": "${FunctionName}", "Payload.$": "$" }),
            (Self::Invoke, true) => {
                json!({ "FunctionName": "${FunctionName}", "Payload": "{% $states.input %}" })
            }
            (Self::InvokeAndWait, false) => json!({
                "FunctionName": "${FunctionName}",
                "Payload": { "token.$": "$$.Task.Token", "input.$": "$" },
            }),
            (Self::InvokeAndWait, true) => json!({
                "FunctionName": "${FunctionName}",
                "Payload": { "token": "{% $states.context.Task.Token %}", "input": "{% $states.input %}" },
            }),
            (Self::RunWorkflow | Self::StartWorkflow, false) => {
                json!({ "StateMachineArn": "${StateMachineArn}", "Input.$": "$" })
            }
            (Self::RunWorkflow | Self::StartWorkflow, true) => {
                json!({ "StateMachineArn": "${StateMachineArn}", "Input": "{% $states.input %}" })
            }
            // An activity's worker gets the state's input without more.
            (Self::Activity, _) => Value::Null,
        };
        let resource = match self {
            Self::Activity => "arn:aws:states:us-east-1:123456789012:activity:${ActivityName}".to_owned(),
            service => format!("arn:aws:states:::{}", service.id()),
        };
        match (handed, is_jsonata) {
            (Value::Null, _) => json!({ "Resource": resource }),
            (handed, true) => json!({ "Resource": resource, "Arguments": handed }),
            (handed, false) => json!({ "Resource": resource, "Parameters": handed }),
        }
    }
}

/// What a new Task calls, where it is not the function that [`Action::Invoke`] leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Callee {
    /// A function, as `FunctionName` says it.
    Function(String),
    /// An integration.
    Action(Action),
}
