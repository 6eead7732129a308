//! Acts on an execution's commands: calls what a Task names, and tells the execution how it went.
//!
//! | resource | done by |
//! |---|---|
//! | a function's ARN, `lambda:invoke`, `lambda:invoke.waitForTaskToken` | [`crate::functions`] |
//! | an activity | a worker that fetches it ([`activity`]) |
//! | `states:startExecution`, `.sync`, `.sync:2`, `.waitForTaskToken` | this very runtime ([`states`]) |
//! | `aws-sdk:sfn:…` | the AWS endpoint of this process, if there is one ([`sdk`]) |
//! | anything else | refused with a sentence that says so, as an error of the task |
//!
//! After a crash open commands come again: a function is called again, a job that was submitted (`.sync`, a token) is
//! waited for, and a nested execution is found by its name.

use asl::machine::{Pattern, Resource};
use asl::value::Value;
use engine::{Command, CommandKind, EventId, Input, Invoke};

use crate::functions::{Invocation, InvocationContext, InvokeError};
use crate::integrations::lambda::{self, TaskError};
use crate::integrations::{activity, sdk, states};
use crate::run::Run;
use crate::runtime::{Runtime, WeakRuntime};
use crate::store::WaitingTask;

/// Acts on commands. Clones share the runtime, which they do not keep alive.
#[derive(Clone)]
pub(crate) struct Dispatcher {
    runtime: WeakRuntime,
}

impl Dispatcher {
    pub(crate) fn new(runtime: WeakRuntime) -> Self {
        Self { runtime }
    }

    /// Begins to act on a command whose entry is committed.
    pub(crate) fn act(&self, run: &Run, command: Command) {
        let Some(runtime) = self.runtime.upgrade() else {
            return;
        };
        let id = command.id;
        let CommandKind::Invoke(invoke) = command.kind else {
            // A cancelled invocation is not ended: the service lets it finish, too, and ignores what comes of it.
            let row = run.row();
            tokio::spawn(async move { runtime.forget_token(row, id).await });
            return;
        };
        // In a statement of its own: the lock must be free again when the inputs come.
        let recorded = run.state().recorded_results(id);
        if let Some(recorded) = recorded {
            for input in recorded {
                run.input(input);
            }
            return;
        }
        let task = Task {
            runtime,
            run: run.clone(),
            id,
        };
        tokio::spawn(async move {
            if let Some(input) = task.perform(&invoke).await {
                task.run.answered(id, input);
            }
        });
    }
}

/// A task of an execution that is being worked on.
pub(crate) struct Task {
    pub(crate) runtime: Runtime,
    pub(crate) run: Run,
    pub(crate) id: EventId,
}

impl Task {
    /// Does what the task asks; none where somebody else closes it later.
    async fn perform(&self, invoke: &Invoke) -> Option<Input> {
        if let Resource::Activity { arn } = &invoke.resource {
            return activity::put_up(self, arn, invoke).await;
        }
        let Some(call) = Call::of(&invoke.resource) else {
            return Some(self.refused(&invoke.resource));
        };
        let by_token = is_by_token(&invoke.resource);
        if by_token {
            self.expect_token(invoke).await;
            if invoke.handle.is_some() {
                return None;
            }
        }
        if !invoke.started {
            self.run.input(Input::TaskStarted {
                command: self.id,
                worker: None,
            });
        }
        let result = match self.call(call, invoke).await {
            Answer::Closed(result) => return Some(self.closing(result)),
            Answer::Response(result) => result,
        };
        match (by_token, result.and_then(|text| read(&text))) {
            (true, Ok(output)) => {
                self.run.input(Input::TaskSubmitted {
                    command: self.id,
                    output,
                    handle: Some("token".into()),
                });
                None
            }
            (false, Ok(output)) => Some(Input::TaskSucceeded {
                command: self.id,
                output,
            }),
            (_, Err(error)) => Some(self.failed(error)),
        }
    }

    /// Calls what the task names.
    async fn call(&self, call: Call<'_>, invoke: &Invoke) -> Answer {
        let runtime = &self.runtime;
        let context = InvocationContext {
            source: Some(source(self.run.name(), self.id)),
            ..InvocationContext::default()
        };
        match call {
            Call::Function(arn) => {
                let outcome = runtime.invoke(arn, invoke.parameters.to_json(), context).await;
                Answer::Response(lambda::function_result(&outcome))
            }
            Call::LambdaInvoke => {
                let outcome = call_function(runtime, &invoke.parameters, context).await;
                Answer::Response(outcome.and_then(|outcome| lambda::invoke_result(&outcome)))
            }
            Call::StartExecution(pattern) => states::start_execution(self, invoke, pattern).await,
            Call::Sdk(action) => Answer::Response(sdk::call(self, action, &invoke.parameters).await),
        }
    }

    /// Nothing here can do what the task asks. No catcher of the workflow is to take that for an answer of the service.
    fn refused(&self, resource: &Resource) -> Input {
        let state = self
            .run
            .state()
            .events()
            .get(self.id as usize - 1)
            .and_then(|event| event.state.clone());
        let TaskError { error, cause } = unsupported(resource);
        Input::TaskStartFailed {
            command: self.id,
            error: Some(error.into()),
            cause: Some(match state {
                Some(state) => format!("The state '{state}': {cause}").into(),
                None => cause.into(),
            }),
        }
    }

    /// Notes the token, so that whoever has it reaches this task.
    pub(crate) async fn expect_token(&self, invoke: &Invoke) {
        let Some(token) = &invoke.token else { return };
        let activity = match &invoke.resource {
            Resource::Activity { arn } => Some(arn.to_string()),
            _ => None,
        };
        let task = WaitingTask {
            token: token.to_string(),
            row: self.run.row(),
            command: self.id,
            input: activity.is_some().then(|| invoke.parameters.to_json()),
            activity,
            made: self.runtime.time(),
        };
        if let Err(error) = self.runtime.wait_for_token(task, invoke.started).await {
            tracing::error!(%error, execution = self.run.name(), "a task's token can't be kept");
        }
    }

    fn closing(&self, result: Result<String, TaskError>) -> Input {
        match result.and_then(|text| read(&text)) {
            Ok(output) => Input::TaskSucceeded {
                command: self.id,
                output,
            },
            Err(error) => self.failed(error),
        }
    }

    pub(crate) fn failed(&self, error: TaskError) -> Input {
        Input::TaskFailed {
            command: self.id,
            error: Some(error.error.into()),
            cause: Some(error.cause.into()),
        }
    }
}

/// What this machine can call.
enum Call<'a> {
    /// A function, by its ARN.
    Function(&'a str),
    LambdaInvoke,
    StartExecution(Pattern),
    /// An action of Step Functions itself.
    Sdk(&'a str),
}

impl<'a> Call<'a> {
    fn of(resource: &'a Resource) -> Option<Self> {
        match resource {
            Resource::Function { arn } => Some(Self::Function(arn)),
            Resource::Activity { .. } => None,
            Resource::Integration {
                service,
                action,
                pattern,
                ..
            } => match (&**service, &**action) {
                ("lambda", "invoke") => Some(Self::LambdaInvoke),
                ("states", "startExecution") => Some(Self::StartExecution(*pattern)),
                ("aws-sdk:sfn", action) => Some(Self::Sdk(action)),
                _ => None,
            },
        }
    }
}

/// What came of a call.
pub(crate) enum Answer {
    /// The service answered: the task's result, or what it waits for a token with.
    Response(Result<String, TaskError>),
    /// The task is over, whatever its pattern.
    Closed(Result<String, TaskError>),
}

fn is_by_token(resource: &Resource) -> bool {
    matches!(
        resource,
        Resource::Integration {
            pattern: Pattern::WaitForTaskToken,
            ..
        }
    )
}

pub(crate) fn read(text: &str) -> Result<Value, TaskError> {
    Value::parse(text).map_err(|error| TaskError {
        error: "States.Runtime".into(),
        cause: format!("The result of the task is not JSON: {error}"),
    })
}

/// Names an invocation on its log lines: the execution, and the event that scheduled it.
pub(crate) fn source(execution: &str, command: EventId) -> String {
    format!("{execution}#{command}")
}

/// `lambda:invoke`'s parameters: which function, and with what. (AWS Step Functions developer guide, "Invoke Lambda
/// functions with Step Functions".)
pub(crate) async fn call_function(
    runtime: &Runtime,
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
    let payload = parameters.get("Payload").map(payload).unwrap_or_default();
    let name = text("Qualifier").map_or(name.clone(), |qualifier| format!("{name}:{qualifier}"));
    Ok(runtime.invoke(&name, payload, context).await)
}

/// `Payload` is bytes to the service: null is no payload at all, a text that is JSON is passed as that JSON (both
/// recorded), any other value as JSON.
fn payload(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if Value::parse(text).is_ok() => text.to_string(),
        value => value.to_json(),
    }
}

pub(crate) fn unsupported(resource: &Resource) -> TaskError {
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
            "{what} can't be called on this machine yet: Lambda functions, activities and nested executions can. Debug the workflow and give this state a result by hand, or put a function in its place."
        ),
    }
}
