//! Moves of a run that stands at its live end.

use asl::machine::{PathField, ResultPath, State, StateKind};
use engine::{Boundary, BoundaryKind, FrameId, Stage, StopPoint};

use super::Move;
use crate::run::{PauseReason, Paused, RunState};

/// Every boundary of a frame: what "into" may stop at.
const ALL: [BoundaryKind; 13] = [
    BoundaryKind::Enter,
    BoundaryKind::AfterInputPath,
    BoundaryKind::AfterParameters,
    BoundaryKind::Attempt,
    BoundaryKind::Result,
    BoundaryKind::AfterResultSelector,
    BoundaryKind::AfterResultPath,
    BoundaryKind::Wait,
    BoundaryKind::Catch,
    BoundaryKind::Transition,
    BoundaryKind::Exit,
    BoundaryKind::ScopeStart,
    BoundaryKind::ScopeJoin,
];

impl RunState {
    /// Moves the run forward from where it is held, or holds it. Moves back are [`RunState::go_back`]'s.
    pub(crate) fn step_live(&mut self, how: Move) {
        if how == Move::Pause {
            if let (None, Some((frame, boundary))) = (&self.debugger.paused, self.foremost()) {
                self.pause(frame, boundary, PauseReason::Pause);
            }
            return;
        }
        let Some(Paused { frame, .. }) = self.debugger.paused else {
            return;
        };
        let step = match how {
            Move::Over => self.next_states(frame),
            Move::Into => self.next_boundaries(frame),
            Move::Out => self.after(frame),
            _ => Vec::new(),
        };
        self.debugger.set_step(step);
        self.release();
        // The boundary before which it stands would stop it again at once.
        self.advance_only(frame);
    }

    fn frames_around(&self, frame: FrameId) -> Vec<FrameId> {
        let parent = |frame: &FrameId| self.board.frame(*frame).and_then(|frame| frame.parent);
        std::iter::successors(Some(frame), parent).collect()
    }

    fn next_states(&self, frame: FrameId) -> Vec<StopPoint> {
        self.frames_around(frame)
            .into_iter()
            .map(|frame| at(frame, BoundaryKind::Enter))
            .collect()
    }

    fn next_boundaries(&self, frame: FrameId) -> Vec<StopPoint> {
        let mut points: Vec<_> = ALL.iter().map(|boundary| at(frame, *boundary)).collect();
        // A branch or iteration that begins is one inside this frame: the others began before.
        points.push(StopPoint {
            frame: None,
            state: None,
            boundary: BoundaryKind::ScopeStart,
        });
        points.extend(self.next_states(frame).into_iter().skip(1));
        points
    }

    fn after(&self, frame: FrameId) -> Vec<StopPoint> {
        let around = self.frames_around(frame).into_iter().skip(1);
        around
            .flat_map(|frame| [at(frame, BoundaryKind::Enter), at(frame, BoundaryKind::Result)])
            .collect()
    }

    /// Why the run stops here; none where the step in progress has nothing to show.
    pub(crate) fn reason_to_stop(&mut self, frame: FrameId, boundary: Boundary) -> Option<PauseReason> {
        let view = self.live.frames().find(|view| view.id == frame);
        let state = view.and_then(|view| view.state);
        let reason = if self.debugger.is_breakpoint(state, boundary.kind()) {
            if boundary == Boundary::Catch {
                PauseReason::Error
            } else {
                PauseReason::Breakpoint
            }
        } else {
            let state = state.map(|state| self.machine.state(state));
            if state.is_some_and(|state| !shows_something(state, boundary)) {
                return None;
            }
            PauseReason::Step
        };
        self.debugger.set_step(Vec::new());
        Some(reason)
    }
}

fn at(frame: FrameId, boundary: BoundaryKind) -> StopPoint {
    StopPoint {
        frame: Some(frame),
        state: None,
        boundary,
    }
}

/// Whether a boundary shows data that the one before did not: a stage that the definition speaks of.
fn shows_something(state: &State, boundary: Boundary) -> bool {
    match boundary {
        Boundary::Enter | Boundary::Attempt(_) | Boundary::Wait | Boundary::Catch | Boundary::Exit => true,
        Boundary::ScopeStart => true,
        Boundary::Transition | Boundary::ScopeJoin => false,
        Boundary::AfterInputPath => uses(state, Stage::AfterInputPath),
        // A task stands before its attempt right after, with the same data.
        Boundary::AfterParameters => {
            matches!(state.kind, StateKind::Pass(_)) && uses(state, Stage::AfterParameters)
        }
        Boundary::Result => uses(state, Stage::Result),
        Boundary::AfterResultSelector => uses(state, Stage::AfterResultSelector),
        Boundary::AfterResultPath => uses(state, Stage::AfterResultPath),
    }
}

/// Whether a state has a stage of its own, or just hands on what it has from the stage before.
#[must_use]
pub fn uses(state: &State, stage: Stage) -> bool {
    let flow = &state.flow;
    match stage {
        Stage::Input | Stage::Output => true,
        Stage::AfterInputPath => !matches!(flow.input_path, PathField::Whole),
        Stage::AfterParameters => {
            flow.parameters.is_some()
                || matches!(&state.kind, StateKind::Map(map) if map.item_selector.is_some())
        }
        Stage::Result => match &state.kind {
            StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) => true,
            StateKind::Pass(pass) => pass.result.is_some(),
            _ => false,
        },
        Stage::AfterResultSelector => flow.result_selector.is_some(),
        Stage::AfterResultPath => !matches!(flow.result_path, ResultPath::Whole),
    }
}
