//! Acts on an execution's commands: calls what a Task names, and tells the execution how it went.
//!
//! | resource | done by |
//! |---|---|
//! | a function's ARN, `lambda:invoke`, `lambda:invoke.waitForTaskToken` | [`crate::functions`] |
//! | anything else | refused with a sentence that says so, as an error of the task |

use std::sync::Arc;

use asl::machine::{Pattern, Resource};
use asl::value::Value;
use engine::{Command, CommandKind, EventId, Input, Invoke};

use crate::functions::{Functions, Invocation, InvocationContext, InvokeError};
use crate::integrations::lambda::{self, TaskError};
use crate::run::Run;

/// Acts on commands. Clones share the functions.
#[derive(Clone)]
pub(crate) struct Dispatcher {
    functions: Arc<Functions>,
}

impl Dispatcher {
    pub(crate) fn new(functions: Arc<Functions>) -> Self {
        Self { functions }
    }

    /// Begins to act on a command whose entry is committed.
    pub(crate) fn act(&self, run: &Run, command: Command) {
        // A cancelled invocation is not ended: the service lets it finish, too, and ignores what comes of it.
        let CommandKind::Invoke(invoke) = command.kind else {
            return;
        };
        let id = command.id;
        // In a statement of its own: the lock must be free again when the inputs come.
        let recorded = run.state().recorded_results(id);
        if let Some(recorded) = recorded {
            for input in recorded {
                run.input(input);
            }
            return;
        }
        let (run, functions) = (run.clone(), self.functions.clone());
        tokio::spawn(async move {
            if !invoke.started {
                run.input(Input::TaskStarted {
                    command: id,
                    worker: None,
                });
            }
            let input = perform(&functions, &run, id, &invoke).await;
            run.state().in_flight_ended(id, &input);
            run.input(input);
        });
    }
}

/// Names an invocation on its log lines: the execution, and the event that scheduled it.
pub(crate) fn source(execution: &str, command: EventId) -> String {
    format!("{execution}#{command}")
}

async fn perform(functions: &Functions, run: &Run, id: EventId, invoke: &Invoke) -> Input {
    let context = InvocationContext {
        source: Some(source(run.name(), id)),
        ..InvocationContext::default()
    };
    match &invoke.resource {
        Resource::Function { arn } => {
            let outcome = functions.invoke(arn, invoke.parameters.to_json(), context).await;
            closing(id, lambda::function_result(&outcome))
        }
        Resource::Integration {
            service,
            action,
            pattern,
            ..
        } if &**service == "lambda" && &**action == "invoke" => {
            let outcome = call_function(functions, &invoke.parameters, context).await;
            let result = outcome.and_then(|outcome| lambda::invoke_result(&outcome));
            match (pattern, result) {
                (Pattern::WaitForTaskToken, Ok(output)) => match Value::parse(&output) {
                    Ok(output) => Input::TaskSubmitted {
                        command: id,
                        output,
                        handle: None,
                    },
                    Err(error) => failed(id, not_json(&error.to_string())),
                },
                (_, result) => closing(id, result),
            }
        }
        resource => failed(id, unsupported(resource)),
    }
}

/// `lambda:invoke`'s parameters: which function, and with what. (AWS Step Functions developer guide, "Invoke Lambda
/// functions with Step Functions".)
async fn call_function(
    functions: &Functions,
    parameters: &Value,
    context: InvocationContext,
) -> Result<Result<Invocation, InvokeError>, TaskError> {
    let text = |name: &str| parameters.get(name).and_then(Value::as_str).map(str::to_owned);
    let Some(name) = text("FunctionName") else {
        return Err(TaskError {
            error: "States.Runtime".into(),
            cause: "Parameters of lambda:invoke has no FunctionName that is a text; name the function or its ARN there"
                .into(),
        });
    };
    let payload = parameters.get("Payload").map(Value::to_json).unwrap_or_default();
    let name = text("Qualifier").map_or(name.clone(), |qualifier| format!("{name}:{qualifier}"));
    Ok(functions.invoke(&name, payload, context).await)
}

fn closing(command: EventId, result: Result<String, TaskError>) -> Input {
    let parsed = result.and_then(|text| Value::parse(&text).map_err(|error| not_json(&error.to_string())));
    match parsed {
        Ok(output) => Input::TaskSucceeded { command, output },
        Err(error) => failed(command, error),
    }
}

fn failed(command: EventId, error: TaskError) -> Input {
    Input::TaskFailed {
        command,
        error: Some(error.error.into()),
        cause: Some(error.cause.into()),
    }
}

fn not_json(problem: &str) -> TaskError {
    TaskError {
        error: "States.Runtime".into(),
        cause: format!("The result of the task is not JSON: {problem}"),
    }
}

fn unsupported(resource: &Resource) -> TaskError {
    let what = match resource {
        Resource::Activity { arn } => format!("activities ({arn})"),
        Resource::Integration {
            service, resource, ..
        } => format!("{service}:{resource}"),
        Resource::Function { arn } => arn.to_string(),
    };
    TaskError {
        error: "States.Runtime".into(),
        cause: format!(
            "{what} can't be called on this machine yet: only Lambda functions can. Debug the workflow and give this state a result by hand, or put a function in its place."
        ),
    }
}
