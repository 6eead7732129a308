//! Inputs: facts from outside and a debugger's edits. Each is recorded, and one that does not apply any more is ignored.

use asl::value::{Text, Value};
use serde::{Deserialize, Serialize};

use crate::{EventId, FrameId};

/// A fact or an edit. `command` is the id of the event that scheduled the task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Input {
    /// The task has begun.
    TaskStarted {
        /// Which task.
        command: EventId,
        /// The worker's name (activities only).
        worker: Option<Text>,
    },
    /// The service took the job; the task goes on until it has ended (`.sync`) or the token comes back.
    TaskSubmitted {
        /// Which task.
        command: EventId,
        /// The service's answer.
        output: Value,
        /// What names the job outside, for reattaching after a crash.
        handle: Option<Text>,
    },
    /// The task has a result.
    TaskSucceeded {
        /// Which task.
        command: EventId,
        /// The result.
        output: Value,
    },
    /// The task failed.
    TaskFailed {
        /// Which task.
        command: EventId,
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
    },
    /// The task could not be begun.
    TaskStartFailed {
        /// Which task.
        command: EventId,
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
    },
    /// The service refused the job.
    TaskSubmitFailed {
        /// Which task.
        command: EventId,
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
    },
    /// The task is alive.
    TaskHeartbeat {
        /// Which task.
        command: EventId,
    },
    /// StopExecution: the execution is aborted.
    Stop {
        /// The caller's error.
        error: Option<Text>,
        /// The caller's cause.
        cause: Option<Text>,
    },
    /// Frames stand still until released.
    Hold {
        /// Which frames.
        frames: Frames,
    },
    /// Held frames may go on.
    Release {
        /// Which frames.
        frames: Frames,
    },
    /// Puts another value in the place of the one at the boundary before which the frame stands.
    SetData {
        /// The frame.
        frame: FrameId,
        /// Which value; see [`crate::Boundary::stage`].
        stage: Stage,
        /// The new value.
        value: Value,
    },
    /// Sets a variable of the frame's scope, or removes it.
    SetVariable {
        /// The frame.
        frame: FrameId,
        /// The variable's name without `$`.
        name: Text,
        /// The new value; none removes it.
        value: Option<Value>,
    },
    /// The frame's state fails with this error. A task in flight is cancelled.
    Throw {
        /// The frame.
        frame: FrameId,
        /// The error's name.
        error: Text,
        /// Its cause.
        cause: Option<Text>,
    },
    /// The frame's Task, Parallel or Map state has this result, without doing its work. A task in flight is cancelled.
    MockResult {
        /// The frame.
        frame: FrameId,
        /// The result.
        value: Value,
    },
    /// Ends the frame's Wait, or its delay before a retry.
    SkipDelay {
        /// The frame.
        frame: FrameId,
    },
}

impl Input {
    /// The value that it brings, if it brings one.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Input::TaskSubmitted { output: value, .. }
            | Input::TaskSucceeded { output: value, .. }
            | Input::SetData { value, .. }
            | Input::SetVariable {
                value: Some(value), ..
            }
            | Input::MockResult { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The same with another value in the place of [`Input::value`].
    pub fn with_value(mut self, new: Value) -> Input {
        match &mut self {
            Input::TaskSubmitted { output: value, .. }
            | Input::TaskSucceeded { output: value, .. }
            | Input::SetData { value, .. }
            | Input::SetVariable {
                value: Some(value), ..
            }
            | Input::MockResult { value, .. } => *value = new,
            _ => {}
        }
        self
    }
}

/// Which frames an input is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frames {
    /// All that are there. Frames that begin later are as their parent is then.
    All,
    /// One.
    One(FrameId),
}

/// A value on the way through a state, by TestState's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// What the state is given.
    Input,
    /// After `InputPath`.
    AfterInputPath,
    /// After `Parameters`.
    AfterParameters,
    /// What the state's work gave.
    Result,
    /// After `ResultSelector`.
    AfterResultSelector,
    /// After `ResultPath`.
    AfterResultPath,
    /// What the state gives, after `OutputPath`.
    Output,
}
