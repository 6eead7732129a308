//! What can be seen of an execution from outside: its frames, and the data at each stage by TestState's names.

use asl::machine::{ScopeId, StateId};
use asl::value::{Text, Value};
use serde::Serialize;

use crate::{Boundary, EventId, FrameId, FrameOutcome, Timestamp};

/// A frame as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameView {
    /// Its number.
    pub id: FrameId,
    /// The frame that runs the Parallel or Map state around it.
    pub parent: Option<FrameId>,
    /// The state that it is in; before `Enter`, the state that it is about to enter.
    pub state: Option<StateId>,
    /// The boundary before which it stands.
    pub boundary: Boundary,
    /// Its scope.
    pub scope: ScopeId,
    /// Which branch or iteration, from 0.
    pub index: u32,
    /// Whether a debugger holds it.
    pub held: bool,
    /// What it waits for.
    pub waiting: WaitingFor,
    /// How it ended; only the root frame of an ended execution is still there to say it.
    pub ended: Option<FrameOutcome>,
}

/// What a frame waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingFor {
    /// Nothing: it can go.
    None,
    /// A task outside.
    Task {
        /// The command's id.
        command: EventId,
    },
    /// A moment.
    Until(Timestamp),
    /// A moment at which its work is tried again.
    RetryAt {
        /// When.
        at: Timestamp,
        /// The attempt that will be made, from 2.
        attempt: u32,
    },
    /// Branches or iterations.
    Children {
        /// All of them.
        total: u32,
        /// Running now.
        running: u32,
        /// Ended well.
        succeeded: u32,
        /// Failed, and tolerated.
        failed: u32,
    },
}

/// The data of a frame at each stage, by TestState's names; none where the stage was not reached.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the stages are explained at [`crate::Stage`]
pub struct InspectionData {
    pub input: Option<Value>,
    pub after_input_path: Option<Value>,
    pub after_parameters: Option<Value>,
    pub result: Option<Value>,
    pub after_result_selector: Option<Value>,
    pub after_result_path: Option<Value>,
    pub output: Option<Value>,
    /// What `Assign` sets, as an object: known when the output is, until the next state is reached.
    pub assigned: Option<Value>,
    /// Variables that the frame sees, with those of the scopes around it.
    pub variables: Vec<(Text, Value)>,
    /// The context object.
    pub context: Value,
    /// The attempt that is made or was made last, from 1.
    pub attempt: u32,
    /// The error that stands before `Catch`.
    pub error: Option<Text>,
    /// Its cause.
    pub cause: Option<Text>,
    /// The boundary before which the frame stands.
    pub boundary: Boundary,
}

/// What a Map state would do with its input.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPlan {
    /// Its items; none where an `ItemReader` brings them.
    pub items: Option<Value>,
    /// `MaxConcurrency`; 0 for no limit.
    pub max_concurrency: u64,
    /// `ToleratedFailureCount`, if the state has it.
    pub tolerated_count: Option<u64>,
    /// `ToleratedFailurePercentage`, if the state has it.
    pub tolerated_percentage: Option<f64>,
}

/// How an execution is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExecutionStatus {
    /// It has not ended.
    Running,
    /// With this output.
    Succeeded {
        /// The output.
        output: Value,
    },
    /// With this error.
    Failed {
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
    },
    /// `TimeoutSeconds` of the machine, or the five minutes of Express, were over.
    TimedOut,
    /// Stopped from outside.
    Aborted {
        /// The caller's error.
        error: Option<Text>,
        /// The caller's cause.
        cause: Option<Text>,
    },
}

impl ExecutionStatus {
    /// The service's word: `RUNNING`, `SUCCEEDED`, …
    pub fn name(&self) -> &'static str {
        match self {
            ExecutionStatus::Running => "RUNNING",
            ExecutionStatus::Succeeded { .. } => "SUCCEEDED",
            ExecutionStatus::Failed { .. } => "FAILED",
            ExecutionStatus::TimedOut => "TIMED_OUT",
            ExecutionStatus::Aborted { .. } => "ABORTED",
        }
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        matches!(self, ExecutionStatus::Running)
    }
}
