//! Debugging a run: where it stops, how it steps, and the moments of its past.
//!
//! | move | live | in the past |
//! |---|---|---|
//! | continue | to the next breakpoint | along the record to the next breakpoint, else live |
//! | over | to the next state of this frame or of those around it | the same, along the record |
//! | into | to the next stage of the data that the definition speaks of, or into a branch or iteration | to the next visit of any frame |
//! | out | until the frame ends and one around it goes on | the same, along the record |
//! | back, reverse continue | to the moment before the visit before, or a breakpoint before | the same |
//!
//! At a stop all frames are held. The past is a replay beside the live execution, which stays where it is; nothing is
//! invoked there. `docs/architecture.md` says more.

mod past;
mod steps;

use asl::machine::{StateId, StateMachine};
use engine::{BoundaryKind, FrameId, OnError, StopPoint, Stops};

pub use past::Past;
pub use steps::uses;

use crate::run::Paused;

/// When a breakpoint stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BreakOn {
    /// Before the state is entered.
    Enter,
    /// Before the state is left.
    Exit,
    /// When it has failed, before it is retried or caught.
    Error,
    /// When it has failed and nobody will retry or catch it.
    Uncaught,
}

/// A place where a debugged run stops.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Breakpoint {
    /// The state's name; none = any state.
    pub state: Option<String>,
    /// When.
    pub on: BreakOn,
}

/// The moves, as in the Debug Adapter Protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// To the next breakpoint or the end.
    Continue,
    /// Hold now.
    Pause,
    /// To the next state of the same scope.
    Over,
    /// To the next stage, or into a branch or iteration.
    Into,
    /// To the end of the scope.
    Out,
    /// One visit back.
    Back,
    /// To the breakpoint before, or the start.
    ReverseContinue,
}

/// A debugger's side of a run. A run that is not debugged has one without breakpoints.
#[derive(Default)]
pub struct Debugger {
    /// Whether the run was started by Debug.
    pub enabled: bool,
    breakpoints: Vec<(Option<StateId>, BreakOn)>,
    /// What the step in progress stops at, besides breakpoints.
    pub(crate) step: Vec<StopPoint>,
    /// All of it, for the engine.
    pub(crate) stops: Stops,
    /// Where the run is held.
    pub paused: Option<Paused>,
    /// The moment shown, if it is not the live one.
    pub past: Option<Past>,
}

impl Debugger {
    /// Replaces the breakpoints. Those on states that the machine does not have are left out.
    pub(crate) fn set_breakpoints(&mut self, machine: &StateMachine, breakpoints: &[Breakpoint]) {
        self.breakpoints = breakpoints
            .iter()
            .filter_map(|breakpoint| match &breakpoint.state {
                None => Some((None, breakpoint.on)),
                Some(name) => machine
                    .state_named(name)
                    .map(|state| (Some(state), breakpoint.on)),
            })
            .collect();
        self.refresh();
    }

    /// Takes over the breakpoints of the run that this one was forked from.
    pub(crate) fn copy_breakpoints(&mut self, other: &Self) {
        self.breakpoints.clone_from(&other.breakpoints);
        self.refresh();
    }

    /// Whether entering the state is a breakpoint: what moves along the record stop at.
    pub(crate) fn breaks_at(&self, state: StateId) -> bool {
        self.breakpoints
            .iter()
            .any(|(at, on)| *on == BreakOn::Enter && at.is_none_or(|at| at == state))
    }

    pub(crate) fn is_breakpoint(&self, state: Option<StateId>, boundary: BoundaryKind) -> bool {
        self.breakpoints.iter().any(|(at, on)| {
            // Which errors are uncaught the engine knows: where it stops for one, it is one.
            on.boundary() == boundary && (at.is_none() || *at == state || *on == BreakOn::Uncaught)
        })
    }

    /// Ends the step in progress, or begins one that stops at `step`.
    pub(crate) fn set_step(&mut self, step: Vec<StopPoint>) {
        self.step = step;
        self.refresh();
    }

    fn refresh(&mut self) {
        let at_places = self.breakpoints.iter().filter(|(_, on)| *on != BreakOn::Uncaught);
        let uncaught = self.breakpoints.iter().any(|(_, on)| *on == BreakOn::Uncaught);
        let points = at_places.map(|(state, on)| StopPoint {
            frame: None,
            state: *state,
            boundary: on.boundary(),
        });
        let points = if self.enabled {
            points.collect()
        } else {
            Vec::new()
        };
        self.stops = Stops {
            points,
            on_error: if self.enabled && uncaught {
                OnError::Uncaught
            } else {
                OnError::Never
            },
        };
        self.stops.points.extend(self.step.iter().copied());
    }

    /// The frame in front: of the moment shown, else of the stop.
    #[must_use]
    pub fn frame(&self) -> Option<FrameId> {
        let past = self.past.as_ref().map(|past| past.frame);
        past.or_else(|| self.paused.as_ref().map(|paused| paused.frame))
    }
}

impl BreakOn {
    const fn boundary(self) -> BoundaryKind {
        match self {
            Self::Enter => BoundaryKind::Enter,
            Self::Exit => BoundaryKind::Exit,
            Self::Error | Self::Uncaught => BoundaryKind::Catch,
        }
    }
}
