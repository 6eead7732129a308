//! Boundaries: the places where a frame can be stopped, and how far an advance goes.
//!
//! A frame stands *before* a boundary and may be looked at and edited there; to pass it is to do the work behind it.
//!
//! | state | boundaries in order |
//! |---|---|
//! | Pass | Enter, AfterInputPath, AfterParameters, Result, AfterResultPath, Exit, Transition |
//! | Task | Enter, AfterInputPath, AfterParameters, Attempt(n), Result, AfterResultSelector, AfterResultPath, Exit, Transition |
//! | Choice | Enter, AfterInputPath, Exit, Transition |
//! | Wait | Enter, AfterInputPath, Wait, Exit, Transition |
//! | Succeed | Enter, AfterInputPath, Exit, Transition |
//! | Fail | Enter, Catch |
//! | in JSONata | as above, without AfterParameters and Result of a Pass, AfterResultSelector and AfterResultPath; Wait has Result after Wait |
//! | Parallel, Map | as Task; the children run behind Attempt(n) |
//! | any error | Catch, and then Attempt's way again, Exit, or the end of the scope |
//! | a branch or iteration | ScopeStart before its first state, ScopeJoin after its last (the root has ScopeJoin only) |
//!
//! `Enter` passed means that `…StateEntered` was emitted, `Exit` passed that `…StateExited` was.

use asl::machine::StateId;
use serde::{Deserialize, Serialize};

use crate::{FrameId, Stage};

/// A place before which a frame stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Boundary {
    /// Before the state is entered.
    Enter,
    /// `InputPath` was applied.
    AfterInputPath,
    /// `Parameters` were applied.
    AfterParameters,
    /// Before the work is tried for the nth time, from 1.
    Attempt(u32),
    /// The work gave a result.
    Result,
    /// `ResultSelector` was applied.
    AfterResultSelector,
    /// `ResultPath` was applied.
    AfterResultPath,
    /// Before a Wait state waits.
    Wait,
    /// The state failed; before it is decided who handles the error.
    Catch,
    /// The output is known; before the state is left.
    Exit,
    /// Before the next state, or the end of the scope, is reached.
    Transition,
    /// Before a branch or an iteration begins.
    ScopeStart,
    /// Before a scope hands its output to its parent, or the execution ends.
    ScopeJoin,
}

/// A boundary without its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BoundaryKind {
    /// See [`Boundary::Enter`].
    Enter,
    /// See [`Boundary::AfterInputPath`].
    AfterInputPath,
    /// See [`Boundary::AfterParameters`].
    AfterParameters,
    /// See [`Boundary::Attempt`].
    Attempt,
    /// See [`Boundary::Result`].
    Result,
    /// See [`Boundary::AfterResultSelector`].
    AfterResultSelector,
    /// See [`Boundary::AfterResultPath`].
    AfterResultPath,
    /// See [`Boundary::Wait`].
    Wait,
    /// See [`Boundary::Catch`].
    Catch,
    /// See [`Boundary::Exit`].
    Exit,
    /// See [`Boundary::Transition`].
    Transition,
    /// See [`Boundary::ScopeStart`].
    ScopeStart,
    /// See [`Boundary::ScopeJoin`].
    ScopeJoin,
}

impl Boundary {
    /// The boundary without its number.
    pub fn kind(self) -> BoundaryKind {
        match self {
            Boundary::Enter => BoundaryKind::Enter,
            Boundary::AfterInputPath => BoundaryKind::AfterInputPath,
            Boundary::AfterParameters => BoundaryKind::AfterParameters,
            Boundary::Attempt(_) => BoundaryKind::Attempt,
            Boundary::Result => BoundaryKind::Result,
            Boundary::AfterResultSelector => BoundaryKind::AfterResultSelector,
            Boundary::AfterResultPath => BoundaryKind::AfterResultPath,
            Boundary::Wait => BoundaryKind::Wait,
            Boundary::Catch => BoundaryKind::Catch,
            Boundary::Exit => BoundaryKind::Exit,
            Boundary::Transition => BoundaryKind::Transition,
            Boundary::ScopeStart => BoundaryKind::ScopeStart,
            Boundary::ScopeJoin => BoundaryKind::ScopeJoin,
        }
    }

    /// The value that `SetData` may change at this boundary.
    pub fn stage(self) -> Option<Stage> {
        match self {
            Boundary::Enter | Boundary::ScopeStart => Some(Stage::Input),
            Boundary::AfterInputPath => Some(Stage::AfterInputPath),
            Boundary::AfterParameters | Boundary::Attempt(_) => Some(Stage::AfterParameters),
            Boundary::Result => Some(Stage::Result),
            Boundary::AfterResultSelector => Some(Stage::AfterResultSelector),
            Boundary::AfterResultPath => Some(Stage::AfterResultPath),
            Boundary::Exit | Boundary::Transition | Boundary::ScopeJoin => Some(Stage::Output),
            Boundary::Wait | Boundary::Catch => None,
        }
    }
}

/// Where an advance stops.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stops {
    /// Places, any of which stops.
    pub points: Vec<StopPoint>,
    /// Whether an error stops.
    pub on_error: OnError,
}

/// A place, for one frame and state or for any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopPoint {
    /// Only this frame.
    pub frame: Option<FrameId>,
    /// Only in this state. At a boundary between states it is the state that is about to be entered, or was just left.
    pub state: Option<StateId>,
    /// The boundary.
    pub boundary: BoundaryKind,
}

/// Which errors stop, at [`Boundary::Catch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OnError {
    /// None.
    #[default]
    Never,
    /// Those that nobody retries or catches, in this state or around it.
    Uncaught,
    /// All.
    Always,
}

impl Stops {
    /// Whether nothing ever stops.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.on_error == OnError::Never
    }
}

/// How an advance goes.
#[derive(Debug, Clone, Copy)]
pub enum Advance<'a> {
    /// All frames that can go, in the one fixed order: first come, first served; each runs until it waits, ends or is held.
    Canonical {
        /// At most so many boundaries.
        at_most: u32,
        /// Where to stop.
        stops: &'a Stops,
    },
    /// One frame alone; the others stand still.
    Only {
        /// The frame.
        frame: FrameId,
        /// At most so many boundaries.
        at_most: u32,
        /// Where to stop.
        stops: &'a Stops,
    },
}

/// What an advance did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advanced {
    /// Boundaries passed: what the journal records.
    pub passed: u32,
    /// Timers that were due and fired first.
    pub fired: u32,
    /// Why it ended.
    pub outcome: AdvanceOutcome,
}

impl Advanced {
    /// Whether the execution is another one now, so that the advance must be in the journal.
    pub fn changed(&self) -> bool {
        self.passed > 0 || self.fired > 0
    }
}

/// Why an advance ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdvanceOutcome {
    /// A frame stands before a stop.
    Stopped {
        /// The frame.
        frame: FrameId,
        /// The boundary.
        boundary: Boundary,
    },
    /// As many boundaries were passed as was allowed, or the caller let it go no further.
    Limit,
    /// Every frame waits or is held: only an input or time goes on.
    Blocked,
    /// The execution has ended.
    Finished,
}
