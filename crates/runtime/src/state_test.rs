//! One state alone: what TestState does. The state runs in an execution of its own in the engine, on virtual time and
//! without a record; what its work gives comes from a mock, or from the service that it names.
//!
//! | file | what it knows |
//! |---|---|
//! | here | what is asked, what comes of it, and how the state is driven |
//! | `alone.rs` | a machine around the one state, and the context object that it sees |
//! | `seen.rs` | the data at each stage |

mod alone;
mod seen;

use std::sync::Arc;

use asl::machine::{Pattern, Resource, State, StateKind};
use asl::value::{Text, Value};
use engine::{
    Advance, Boundary, ChangeKind, CommandKind, EventId, Execution, ExecutionStatus, FrameChange, FrameId,
    Input, Invoke, Stops, Timestamp, Via, WaitingFor,
};
use project::Place;

use crate::clock;
use crate::functions::InvocationContext;
use crate::integrations::lambda;
use crate::runtime::Runtime;
pub use alone::{Alone, AloneError, STATE_NAME};
pub use seen::{ErrorDetails, Seen};

/// The frame that the state runs in.
const ROOT: FrameId = FrameId(0);

/// More steps than one state can take: a fault of ours must not hang.
const MOST_STEPS: u32 = 100_000;

/// What is to be tested.
#[derive(Debug, Clone)]
pub struct StateTest {
    /// The state, in a machine of its own.
    pub alone: Alone,
    /// Its input.
    pub input: Value,
    /// Variables that it sees.
    pub variables: Vec<(Text, Value)>,
    /// The context object; none = one is made up.
    pub context: Option<Value>,
    /// Its role; none = it has none.
    pub role_arn: Option<String>,
    /// What takes the place of its work.
    pub mock: Option<Mock>,
    /// How often its work failed before.
    pub retries: u32,
    /// How many iterations of a Map failed.
    pub failed_iterations: Option<u64>,
    /// The account and region it pretends to be in.
    pub place: Place,
}

/// What takes the place of a state's work.
#[derive(Debug, Clone, PartialEq)]
pub enum Mock {
    /// Its result.
    Result(Value),
    /// Its error.
    Error {
        /// The error's name.
        error: Option<String>,
        /// Its cause.
        cause: Option<String>,
    },
}

/// How the state ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestStatus {
    /// With an output.
    Succeeded,
    /// With an error that nobody handles.
    Failed,
    /// With an error; its work would be tried again.
    Retriable,
    /// With an error that it catches.
    CaughtError,
}

/// What came of the test.
#[derive(Debug, Clone)]
pub struct Tested {
    /// How it ended.
    pub status: TestStatus,
    /// Its output, or that of its catcher.
    pub output: Option<Value>,
    /// The error's name.
    pub error: Option<Text>,
    /// The error's cause.
    pub cause: Option<Text>,
    /// The state that would be next.
    pub next: Option<Text>,
    /// The data at each stage.
    pub seen: Seen,
}

/// The error of a Map that had more failures than it tolerates.
const THRESHOLD: &str = "The specified tolerated failure threshold was exceeded";

impl Runtime {
    /// Runs one state.
    pub async fn test_state(&self, test: StateTest) -> Tested {
        let mut trial = Trial::new(&test, Timestamp(self.time()));
        for _ in 0..MOST_STEPS {
            match trial.step() {
                Step::On => {}
                Step::Done => break,
                Step::Call(command, invoke) => {
                    let input = self.answer(&test, command, &invoke).await;
                    trial.handle(input);
                }
            }
        }
        trial.finish()
    }

    /// What the state's work gives: the mock, or what the service says.
    async fn answer(&self, test: &StateTest, command: EventId, invoke: &Invoke) -> Input {
        let outcome = match &test.mock {
            Some(Mock::Result(result)) => Ok(result.clone()),
            Some(Mock::Error { error, cause }) => {
                return Input::TaskFailed {
                    command,
                    error: error.clone().map(Into::into),
                    cause: cause.clone().map(Into::into),
                };
            }
            None => self.call_for_real(invoke).await,
        };
        match outcome {
            Ok(output) => Input::TaskSucceeded { command, output },
            Err(failed) => Input::TaskFailed {
                command,
                error: Some(failed.error.into()),
                cause: Some(failed.cause.into()),
            },
        }
    }

    async fn call_for_real(&self, invoke: &Invoke) -> Result<Value, lambda::TaskError> {
        let context = InvocationContext::default();
        let text = match &invoke.resource {
            Resource::Function { arn } => {
                let outcome = self.invoke(arn, invoke.parameters.to_json(), context).await;
                lambda::function_result(&outcome)
            }
            Resource::Integration {
                service,
                action,
                pattern: Pattern::RequestResponse,
                ..
            } if (&**service, &**action) == ("lambda", "invoke") => {
                let outcome = crate::dispatch::call_function(self, &invoke.parameters, context).await?;
                lambda::invoke_result(&outcome)
            }
            resource => Err(crate::dispatch::unsupported(resource)),
        };
        crate::dispatch::read(&text?)
    }
}

/// What a step of a trial asks for.
enum Step {
    On,
    Done,
    Call(EventId, Box<Invoke>),
}

/// The state on its way.
struct Trial<'a> {
    test: &'a StateTest,
    execution: Execution,
    now: Timestamp,
    seen: Seen,
    /// Retries that are still to be gone through before the one that is asked about.
    retries_left: u32,
    status: Option<TestStatus>,
    error: (Option<Text>, Option<Text>),
    next: Option<Text>,
    /// Whether the work was replaced already.
    mocked: bool,
}

impl<'a> Trial<'a> {
    fn new(test: &'a StateTest, now: Timestamp) -> Self {
        let start = test.alone.start(test, now);
        let mut execution = Execution::start(test.alone.machine.clone(), start);
        for (name, value) in &test.variables {
            let set = Input::SetVariable {
                frame: ROOT,
                name: name.clone(),
                value: Some(value.clone()),
            };
            execution.handle(now, set);
        }
        Self {
            test,
            execution,
            now,
            seen: Seen::default(),
            retries_left: test.retries,
            status: None,
            error: (None, None),
            next: None,
            mocked: false,
        }
    }

    fn state(&self) -> &State {
        let machine = &self.test.alone.machine;
        machine.state(machine.scope(machine.root()).start)
    }

    fn handle(&mut self, input: Input) {
        self.execution.handle(self.now, input);
    }

    /// Passes one boundary, or answers what the state waits for.
    fn step(&mut self) -> Step {
        if let Some(inspected) = self.execution.inspect(ROOT) {
            self.seen.take(inspected);
        }
        let Some(view) = self.execution.frame(ROOT) else {
            return Step::Done;
        };
        match view.waiting {
            WaitingFor::RetryAt { at, .. } if self.retries_left == 0 => {
                let milliseconds = (at - self.now).as_millis();
                self.seen.backoff_seconds = u64::try_from(milliseconds / 1000).ok();
                self.status = Some(TestStatus::Retriable);
                return Step::Done;
            }
            // The clock stands: an hour's wait must not become the end of an execution that may last five minutes.
            WaitingFor::RetryAt { .. } => {
                self.retries_left -= 1;
                self.mocked = false;
                self.handle(Input::SkipDelay { frame: ROOT });
            }
            WaitingFor::Until(_) => self.handle(Input::SkipDelay { frame: ROOT }),
            _ if self.replace_work(view.boundary) => {}
            _ if matches!(view.boundary, Boundary::ScopeJoin) => return Step::Done,
            _ => {}
        }
        let stops = Stops::default();
        self.execution.advance(
            self.now,
            Advance::Only {
                frame: ROOT,
                at_most: 1,
                stops: &stops,
            },
        );
        self.listen();
        if !self.execution.status().is_running() {
            return Step::Done;
        }
        self.command()
    }

    /// Puts the mock in the place of a Parallel or Map state's branches or iterations.
    fn replace_work(&mut self, boundary: Boundary) -> bool {
        let scoped = matches!(self.state().kind, StateKind::Map(_) | StateKind::Parallel(_));
        if !scoped || self.mocked || !matches!(boundary, Boundary::Attempt(_)) {
            return false;
        }
        if matches!(self.state().kind, StateKind::Map(_)) {
            // Without a plan the Map can't begin, and says itself why.
            let Some(plan) = self.execution.plan_map(ROOT) else {
                return false;
            };
            self.seen.plan(plan);
        }
        self.mocked = true;
        let throw = |error: &str, cause: &str| Input::Throw {
            frame: ROOT,
            error: error.into(),
            cause: Some(cause.into()),
        };
        let replacement = match &self.test.mock {
            None => return false,
            Some(Mock::Error { error, cause }) => throw(
                error.as_deref().unwrap_or_default(),
                cause.as_deref().unwrap_or_default(),
            ),
            Some(Mock::Result(value)) => match self.exceeds_threshold(value) {
                true => throw(aws::errors::EXCEED_TOLERATED_FAILURE_THRESHOLD, THRESHOLD),
                false => Input::MockResult {
                    frame: ROOT,
                    value: value.clone(),
                },
            },
        };
        self.handle(replacement);
        true
    }

    /// Whether so many iterations of a Map failed as it does not tolerate. One that states no tolerance is not asked
    /// (recorded).
    fn exceeds_threshold(&self, result: &Value) -> bool {
        let Some(failed) = self.test.failed_iterations else {
            return false;
        };
        let all = result.as_array().map_or(0, |items| items.len());
        let percentage = failed as f64 * 100.0 / all.max(1) as f64;
        self.seen.tolerated_count.is_some_and(|count| failed > count)
            || self
                .seen
                .tolerated_percentage
                .is_some_and(|most| percentage > most)
    }

    /// Notes what the engine says of the state's way.
    fn listen(&mut self) {
        while self.execution.poll_event().is_some() {}
        while let Some(FrameChange { kind, .. }) = self.execution.poll_change() {
            match kind {
                ChangeKind::RetryDue { error, cause, .. } => self.error = (error, cause),
                ChangeKind::Caught {
                    error,
                    cause,
                    catcher,
                    ..
                } => {
                    self.error = (error, cause);
                    self.seen.catch_index = Some(catcher);
                    self.status = Some(TestStatus::CaughtError);
                }
                ChangeKind::Transition { via, to, .. } => {
                    let machine = &self.test.alone.machine;
                    self.next = to.map(|to| machine.state(to).name.clone());
                    if !matches!(via, Via::Catch(_)) {
                        self.status = Some(TestStatus::Succeeded);
                    }
                }
                _ => {}
            }
        }
    }

    fn command(&mut self) -> Step {
        if self.next.is_some() {
            return Step::Done;
        }
        match self.execution.poll_command() {
            Some(command) => match command.kind {
                CommandKind::Invoke(invoke) => Step::Call(command.id, Box::new(invoke)),
                CommandKind::Cancel => Step::On,
            },
            None => Step::On,
        }
    }

    fn finish(mut self) -> Tested {
        if let ExecutionStatus::Failed { error, cause } = self.execution.status() {
            self.error = (error.clone(), cause.as_deref().map(without_place).map(Into::into));
            self.status = Some(TestStatus::Failed);
        }
        let status = self.status.unwrap_or(TestStatus::Succeeded);
        let (error, cause) = self.error.clone();
        let failed = status != TestStatus::Succeeded;
        if let (true, Some(error)) = (failed, &error) {
            self.seen.retry_index = retrier_of(self.state(), error);
        }
        let with_output = matches!(status, TestStatus::Succeeded | TestStatus::CaughtError);
        Tested {
            status,
            output: self.seen.output.clone().filter(|_| with_output),
            error: error.filter(|_| failed),
            cause: cause.filter(|_| failed),
            next: self.next.clone(),
            seen: self.seen,
        }
    }
}

/// A cause without the sentence that says where in a history it happened: there is no history here (recorded).
fn without_place(cause: &str) -> &str {
    let place =
        format!("An error occurred while executing the state '{STATE_NAME}' (entered at the event id #");
    let rest = cause.strip_prefix(&place).and_then(|rest| rest.split_once("). "));
    rest.map_or(cause, |(_, rest)| rest)
}

/// The first retrier that names the error, or all errors.
fn retrier_of(state: &State, error: &str) -> Option<u32> {
    let names = |retrier: &asl::machine::Retrier| {
        let mut names = retrier.error_equals.iter();
        names.any(|name| {
            &**name == error || &**name == aws::errors::ALL || &**name == aws::errors::TASK_FAILED
        })
    };
    let index = state.retry.iter().position(names)?;
    u32::try_from(index).ok()
}

/// A name that nobody else has.
fn made_up() -> Arc<str> {
    clock::random_uuid().into()
}
