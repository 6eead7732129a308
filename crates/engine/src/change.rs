//! Frame changes: what a user interface needs and AWS's events do not say. Enough to light states, draw the transition
//! taken, count iterations and show the time left, without understanding the language.

use asl::machine::StateId;
use asl::value::Text;
use serde::{Deserialize, Serialize};

use crate::{Boundary, EventId, FrameId, Timestamp};

/// Something that happened to a frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrameChange {
    /// When.
    pub at: Timestamp,
    /// The frame.
    pub frame: FrameId,
    /// The state that it is in.
    pub state: Option<StateId>,
    /// The last event of the history at that time; 0 for none.
    pub event: EventId,
    /// Boundaries that the advance had passed before the one that brought this about; 0 for what an input did. With the
    /// entry's index it is the [`crate::Position`] just before the change: where a debugger that steps back can stand.
    pub passed: u32,
    /// What.
    pub kind: ChangeKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ChangeKind {
    /// The frame is there.
    FrameStarted {
        /// The frame that runs the Parallel or Map state; none for the root.
        parent: Option<FrameId>,
        /// Index of its scope in the machine.
        scope: u32,
        /// Which branch or iteration, from 0.
        index: u32,
    },
    /// The state was entered.
    Entered,
    /// The state's work is tried.
    AttemptStarted {
        /// From 1.
        attempt: u32,
    },
    /// The task has begun outside.
    TaskStarted,
    /// The work failed and will be tried again.
    RetryDue {
        /// When.
        at: Timestamp,
        /// The attempt that will be made, from 2.
        attempt: u32,
        /// How many attempts the retrier allows for this kind of error.
        of: u64,
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
    },
    /// A Wait state waits.
    WaitingUntil {
        /// Until when.
        at: Timestamp,
    },
    /// An error was caught.
    Caught {
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
        /// Which catcher, from 0.
        catcher: u32,
        /// Where it leads.
        next: StateId,
    },
    /// The frame goes from one state to another.
    Transition {
        /// From here.
        from: StateId,
        /// By this.
        via: Via,
        /// To there; none where the scope ends.
        to: Option<StateId>,
    },
    /// How far a Map is.
    ItemCounts {
        /// All items.
        total: u32,
        /// Iterations that run.
        running: u32,
        /// Iterations that succeeded.
        succeeded: u32,
        /// Iterations that failed.
        failed: u32,
    },
    /// The state was left.
    Exited,
    /// The state failed and nobody in it handles the error.
    StateFailed {
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
    },
    /// The frame is gone.
    FrameEnded {
        /// How.
        outcome: FrameOutcome,
    },
    /// The frame is held.
    Held {
        /// Before this boundary.
        boundary: Boundary,
    },
    /// The frame is held no more.
    Released,
    /// An edit was made.
    Edited,
    /// An edit or a hold did not apply, and changed nothing.
    Refused {
        /// Why.
        why: Text,
    },
    /// The execution has ended.
    ExecutionEnded {
        /// How.
        outcome: FrameOutcome,
    },
}

/// By what a frame left a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "index", rename_all = "camelCase")]
pub enum Via {
    /// `Next`, or `End`.
    Next,
    /// A choice rule, from 0.
    Rule(u32),
    /// `Default`.
    Default,
    /// A catcher, from 0.
    Catch(u32),
}

/// How a frame or an execution ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FrameOutcome {
    /// With an output.
    Succeeded,
    /// With an error.
    Failed,
    /// Its time was over (executions only).
    TimedOut,
    /// Something around it ended it.
    Aborted,
}
