//! Task: schedules its work outside and waits; what the outside tells then becomes events and the state's result.

use asl::machine::states::Task;
use asl::machine::{Resource, Setting};
use asl::value::{Text, Value};

use super::{Done, Step, raise};
use crate::context::View;
use crate::event::{ActivityScheduled, FunctionScheduled, TaskName, TaskScheduled};
use crate::failure::{Failure, Origin};
use crate::frame::{Frame, OpenTask, Waiting};
use crate::timers::Timer;
use crate::{
    Boundary, ChangeKind, Command, CommandKind, EventDetails, EventType, Execution, Invoke, context,
};

/// Passes `Attempt`: the task is scheduled.
pub(super) fn schedule(step: &mut Step<'_>, own: &Task) -> Done {
    let view = step.view();
    let invoke = Invoke {
        resource: own.resource.clone(),
        parameters: step.frame.data.parameters().clone(),
        timeout_seconds: seconds(step, &view, &own.timeout, "TimeoutSeconds")?,
        heartbeat_seconds: seconds(step, &view, &own.heartbeat, "HeartbeatSeconds")?,
        token: context::token(step.run, step.frame),
        role_arn: role_arn(step, &view, own)?,
        attempt: step.frame.attempt(),
        started: false,
        handle: None,
        reissued: false,
    };
    let (event, details) = scheduled(step.run, &invoke);
    let id = step.emit(event, details);
    if !step.run.status.is_running() {
        // The history is full.
        return Ok(());
    }
    let (now, frame) = (step.run.now, step.frame.id);
    for (timer, seconds) in [
        (Timer::Task, invoke.timeout_seconds),
        (Timer::Heartbeat, invoke.heartbeat_seconds),
    ] {
        if let Some(seconds) = seconds {
            step.run.timers.set(frame, timer, now.plus_seconds(seconds));
        }
    }
    let command = Command {
        id,
        frame,
        state: step.state.id,
        kind: CommandKind::Invoke(invoke),
    };
    step.run.tasks.insert(id, frame);
    step.frame.task = Some(Box::new(OpenTask {
        command: command.clone(),
        started: false,
        handle: None,
    }));
    step.wait(Waiting::Task);
    step.run.command(command);
    Ok(())
}

fn seconds(
    step: &Step<'_>,
    view: &View<'_>,
    setting: &Setting<u64>,
    field: &str,
) -> Result<Option<u64>, Failure> {
    let positive = |value: &Value| value.as_u64().filter(|seconds| *seconds > 0);
    let path = match setting {
        Setting::Unset => return Ok(None),
        Setting::Literal(seconds) => return Ok(Some(*seconds)),
        Setting::Path(path) => path,
        Setting::Jsonata(expression) => {
            let seconds = step.expression(view, expression, field, "positive integer", positive);
            return seconds.map(Some);
        }
    };
    let input = step.frame.data.effective();
    let value = path
        .evaluate(input, view)
        .map_err(|error| step.evaluation(&error))?;
    positive(&value).map(Some).ok_or_else(|| {
        let text = path.text();
        step.runtime(&format!(
            "The {field}Path parameter must reference a positive integer: {text} == {value}"
        ))
    })
}

fn role_arn(step: &Step<'_>, view: &View<'_>, own: &Task) -> Result<Option<Text>, Failure> {
    let Some(credentials) = &own.credentials else {
        return Ok(None);
    };
    let credentials = step.payload(view, credentials, "Credentials", step.frame.data.effective())?;
    Ok(credentials.get("RoleArn").and_then(Value::as_text).cloned())
}

fn scheduled(run: &Execution, invoke: &Invoke) -> (EventType, EventDetails) {
    let (timeout_seconds, heartbeat_seconds) = (invoke.timeout_seconds, invoke.heartbeat_seconds);
    let (input, role_arn) = (invoke.parameters.clone(), invoke.role_arn.clone());
    match &invoke.resource {
        Resource::Function { arn } => {
            let resource = arn.clone();
            let details = FunctionScheduled {
                resource,
                input,
                timeout_seconds,
                role_arn,
            };
            (
                EventType::LambdaFunctionScheduled,
                EventDetails::FunctionScheduled(Box::new(details)),
            )
        }
        Resource::Activity { arn } => {
            let resource = arn.clone();
            let details = ActivityScheduled {
                resource,
                input,
                timeout_seconds,
                heartbeat_seconds,
            };
            (
                EventType::ActivityScheduled,
                EventDetails::ActivityScheduled(Box::new(details)),
            )
        }
        Resource::Integration {
            service, resource, ..
        } => {
            let details = TaskScheduled {
                task: TaskName {
                    resource_type: service.clone(),
                    resource: resource.clone(),
                },
                region: run.start.region.clone(),
                parameters: input,
                timeout_seconds,
                heartbeat_seconds,
                role_arn,
            };
            (
                EventType::TaskScheduled,
                EventDetails::TaskScheduled(Box::new(details)),
            )
        }
    }
}

/// What the frame's open task calls.
fn resource(frame: &Frame) -> Option<Resource> {
    match &frame.task.as_deref()?.command.kind {
        CommandKind::Invoke(invoke) => Some(invoke.resource.clone()),
        CommandKind::Cancel => None,
    }
}

/// The task has begun; told twice, it is noted once.
pub(crate) fn started(run: &mut Execution, frame: &mut Frame, worker: Option<Text>) {
    let Some(resource) = resource(frame) else { return };
    let Some(task) = frame.task.as_deref_mut().filter(|task| !task.started) else {
        return;
    };
    task.started = true;
    let (event, details) = match resource {
        Resource::Function { .. } => (EventType::LambdaFunctionStarted, EventDetails::None),
        Resource::Activity { .. } => (
            EventType::ActivityStarted,
            EventDetails::ActivityStarted { worker },
        ),
        Resource::Integration {
            service, resource, ..
        } => (
            EventType::TaskStarted,
            EventDetails::Task(TaskName {
                resource_type: service,
                resource,
            }),
        ),
    };
    run.emit(frame, event, details);
    run.change(frame, ChangeKind::TaskStarted);
}

/// The service took the job.
pub(crate) fn submitted(run: &mut Execution, frame: &mut Frame, output: Value, handle: Option<Text>) {
    started(run, frame, None);
    let Some(task) = frame.task.as_deref_mut() else {
        return;
    };
    task.handle = handle;
    if let Some(Resource::Integration {
        service, resource, ..
    }) = resource(frame)
    {
        let name = TaskName {
            resource_type: service,
            resource,
        };
        run.emit(
            frame,
            EventType::TaskSubmitted,
            EventDetails::TaskOutput(Box::new((name, output))),
        );
    }
}

/// The worker is alive: its heartbeat's time begins anew.
pub(crate) fn heartbeat(run: &mut Execution, frame: &mut Frame) {
    let Some(CommandKind::Invoke(invoke)) = frame.task.as_deref().map(|task| &task.command.kind) else {
        return;
    };
    if let Some(seconds) = invoke.heartbeat_seconds {
        let at = run.now.plus_seconds(seconds);
        run.timers.set(frame.id, Timer::Heartbeat, at);
    }
}

/// The task has a result. One that is too large is a failure of the task.
pub(crate) fn succeeded(run: &mut Execution, frame: &mut Frame, output: Value) {
    complete(run, frame, output, false);
}

/// A debugger gives the result of a task in flight, which is cancelled.
pub(crate) fn mocked(run: &mut Execution, frame: &mut Frame, output: Value) {
    complete(run, frame, output, true);
}

fn complete(run: &mut Execution, frame: &mut Frame, output: Value, cancel: bool) {
    started(run, frame, None);
    let Some(resource) = resource(frame) else { return };
    if output.measure().bytes > run.start.limits.payload_bytes {
        let of = match &resource {
            Resource::Function { arn } | Resource::Activity { arn } => arn.clone(),
            Resource::Integration { service, .. } => service.clone(),
        };
        return failed(run, frame, Failed::Task, Failure::data_limit(&of, Origin::Task));
    }
    run.close_task(frame, cancel);
    let (event, details) = match resource {
        Resource::Function { .. } => (
            EventType::LambdaFunctionSucceeded,
            EventDetails::Output {
                output: output.clone(),
            },
        ),
        Resource::Activity { .. } => (
            EventType::ActivitySucceeded,
            EventDetails::Output {
                output: output.clone(),
            },
        ),
        Resource::Integration {
            service, resource, ..
        } => {
            let name = TaskName {
                resource_type: service,
                resource,
            };
            (
                EventType::TaskSucceeded,
                EventDetails::TaskOutput(Box::new((name, output.clone()))),
            )
        }
    };
    run.emit(frame, event, details);
    frame.data.result = Some(output);
    frame.at = Boundary::Result;
}

/// How a task failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failed {
    /// While it ran.
    Task,
    /// It could not begin.
    Start,
    /// The service refused it.
    Submit,
    /// Its time was over.
    TimedOut,
}

/// The task failed: the event says so, and the frame stands before `Catch`.
pub(crate) fn failed(run: &mut Execution, frame: &mut Frame, how: Failed, failure: Failure) {
    if matches!(how, Failed::Task | Failed::Submit) {
        started(run, frame, None);
    }
    let Some(resource) = resource(frame) else { return };
    run.close_task(frame, how == Failed::TimedOut);
    let (error, cause) = (failure.error.clone(), failure.cause.clone());
    let (event, details) = match resource {
        Resource::Function { .. } => (function_event(how), EventDetails::Error { error, cause }),
        Resource::Activity { .. } => (activity_event(how), EventDetails::Error { error, cause }),
        Resource::Integration {
            service, resource, ..
        } => {
            let name = TaskName {
                resource_type: service,
                resource,
            };
            (
                task_event(how),
                EventDetails::TaskError(Box::new((name, error, cause))),
            )
        }
    };
    run.emit(frame, event, details);
    raise(run, frame, failure);
}

fn function_event(how: Failed) -> EventType {
    match how {
        Failed::Task | Failed::Submit => EventType::LambdaFunctionFailed,
        Failed::Start => EventType::LambdaFunctionStartFailed,
        Failed::TimedOut => EventType::LambdaFunctionTimedOut,
    }
}

fn activity_event(how: Failed) -> EventType {
    match how {
        Failed::Task | Failed::Submit => EventType::ActivityFailed,
        Failed::Start => EventType::ActivityScheduleFailed,
        Failed::TimedOut => EventType::ActivityTimedOut,
    }
}

fn task_event(how: Failed) -> EventType {
    match how {
        Failed::Task => EventType::TaskFailed,
        Failed::Start => EventType::TaskStartFailed,
        Failed::Submit => EventType::TaskSubmitFailed,
        Failed::TimedOut => EventType::TaskTimedOut,
    }
}

/// `TimeoutSeconds` or `HeartbeatSeconds` is over.
pub(crate) fn time_out(run: &mut Execution, frame: &mut Frame, timer: Timer) {
    let origin = match timer {
        Timer::Heartbeat => Origin::Heartbeat,
        _ => Origin::Task,
    };
    failed(run, frame, Failed::TimedOut, Failure::timeout(origin));
}
