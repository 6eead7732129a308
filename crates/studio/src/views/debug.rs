//! What a debugger shows of a moment: the call stack, and expressions.

use ::runtime::run::{Run, RunState};
use ::runtime::stack::StackFrame;
use engine::{Boundary, WaitingFor};

use super::run::{place_of, scope_words, state_status, visit_data};
use super::value::view;
use crate::contract::*;

/// Frames in one answer.
const MOST_FRAMES: usize = 500;
/// Expressions in one question.
const MOST_EXPRESSIONS: usize = 64;

pub(crate) fn stack(run: &Run) -> Stack {
    let state = run.state();
    let (frames, total) = state.stack(MOST_FRAMES);
    Stack {
        total: u32::try_from(total).unwrap_or(u32::MAX),
        frames: frames.iter().map(|frame| frame_view(&state, frame)).collect(),
    }
}

fn frame_view(state: &RunState, frame: &StackFrame) -> FrameView {
    let view = &frame.view;
    FrameView {
        frame: view.id.0,
        depth: frame.depth,
        scope: scope_words(state, view.id).unwrap_or_default(),
        state: view.state.map(|id| state.machine().state(id).name.to_string()),
        place: place(state, frame),
        status: if frame.front {
            StateStatus::Paused
        } else {
            status(state, frame)
        },
        held: view.held,
        front: frame.front,
    }
}

fn status(state: &RunState, frame: &StackFrame) -> StateStatus {
    let board = state.shown_board();
    let visit = board.frame(frame.view.id).and_then(|frame| frame.last);
    match visit.and_then(|visit| board.visits().get(visit as usize)) {
        Some(visit) if visit.left.is_none() => state_status(visit.status),
        _ => StateStatus::Idle,
    }
}

/// What the frame waits for, or before what it stands.
fn place(state: &RunState, frame: &StackFrame) -> String {
    let until =
        |at: engine::Timestamp| format!("{:.1} s", (at.0 - state.shown_time().0).max(0) as f64 / 1000.0);
    let view = &frame.view;
    match view.waiting {
        WaitingFor::Task { .. } => "the task is at work".to_owned(),
        WaitingFor::Until(at) => format!("waits {} more", until(at)),
        WaitingFor::RetryAt { at, attempt } => format!("attempt {attempt} in {}", until(at)),
        WaitingFor::Children {
            total,
            succeeded,
            failed,
            ..
        } => {
            format!("{} of {total} done", succeeded + failed)
        }
        WaitingFor::None if view.boundary == Boundary::ScopeJoin && frame.depth > 0 => "done".to_owned(),
        WaitingFor::None => place_of(view.boundary),
    }
}

/// Evaluates expressions. Where the run has not reached the state, each says so.
pub(crate) fn evaluated(run: &Run, params: &Evaluate) -> Result<Evaluated, CallError> {
    if params.expressions.len() > MOST_EXPRESSIONS {
        return Err(CallError::new(
            "debug.expressions",
            format!("At most {MOST_EXPRESSIONS} expressions can be watched at once."),
        ));
    }
    let data = visit_data(&run.state(), &params.of)?;
    let evaluate = |expression: &String| match &data {
        Some(data) => data.evaluate(expression),
        None => Err(format!("The run has not reached “{}”.", params.of.state)),
    };
    let evaluation = |expression| match evaluate(expression) {
        Ok(value) => Evaluation {
            value: Some(view(&value, String::new).text),
            problem: None,
        },
        Err(problem) => Evaluation {
            value: None,
            problem: Some(problem),
        },
    };
    Ok(Evaluated {
        results: params.expressions.iter().map(evaluation).collect(),
    })
}
