//! Catch: what happens to an error that stands before [`Boundary::Catch`]. In this order: `States.Runtime` ends the execution,
//! a retrier tries again, a catcher goes on elsewhere, the scope fails.

use asl::expr::jsonata::Scope;
use asl::machine::{Catcher, ResultPath, State, StateKind, StateMachine};
use asl::value::Value;

use crate::event::Assignments;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::states::jsonata::{Declared, evaluation_failed};
use crate::states::{Step, scope};
use crate::{Boundary, ChangeKind, EventDetails, EventType, Execution, Via, retry};

/// Passes `Catch`.
pub(crate) fn pass(step: &mut Step<'_>) {
    let Some(failure) = step.frame.failure.take() else {
        // Only `states::raise` leads here, and it brings an error.
        return;
    };
    let failure = *failure;
    if failure.is_fatal() {
        return step.run.fail_in_state(step.frame, failure.error, failure.cause);
    }
    if let Some(index) = retry::find(step.state, step.frame, &failure) {
        return retry::schedule(step.run, step.state, step.frame, index, failure);
    }
    if let Some(event) = closing_event(step.state, step.frame) {
        step.emit(event, EventDetails::None);
    }
    let found = step
        .state
        .catch
        .iter()
        .position(|catcher| failure.matches(&catcher.error_equals));
    match found {
        Some(index) => caught(step, index, &failure),
        None => fail_scope(step, failure),
    }
}

/// Nobody in the state handles the error.
fn fail_scope(step: &mut Step<'_>, failure: Failure) {
    let kind = ChangeKind::StateFailed {
        error: failure.error.clone(),
        cause: failure.cause.clone(),
    };
    step.run.change(step.frame, kind);
    scope::fail(step, failure);
}

/// `MapStateFailed`, `ParallelStateFailed`: where the children brought the error, and it is not retried.
fn closing_event(state: &State, frame: &mut Frame) -> Option<EventType> {
    frame.children.take()?;
    match &state.kind {
        StateKind::Map(_) => Some(EventType::MapStateFailed),
        StateKind::Parallel(_) => Some(EventType::ParallelStateFailed),
        _ => None,
    }
}

fn caught(step: &mut Step<'_>, index: usize, failure: &Failure) {
    let catcher = &step.state.catch[index];
    let error_output = failure.output();
    let taken = match step.is_jsonata() {
        true => take_jsonata(step, catcher, index, &error_output),
        false => take(step, catcher, error_output),
    };
    match taken {
        Ok((output, assigned)) => {
            step.frame.data.output = Some(output);
            step.frame.assigned = assigned;
        }
        Err(error) => {
            // The catcher's own data flow failed: nobody in this state handles that.
            step.frame.retry_count = 0;
            if error.is_fatal() {
                return step.run.fail_in_state(step.frame, error.error, error.cause);
            }
            evaluation_failed(step.run, step.frame, &error);
            return fail_scope(step, error);
        }
    }
    let catcher_index = u32::try_from(index).unwrap_or(u32::MAX);
    step.frame.via = Via::Catch(catcher_index);
    step.frame.next = Some(catcher.next);
    step.frame.at = Boundary::Exit;
    let kind = ChangeKind::Caught {
        error: failure.error.clone(),
        cause: failure.cause.clone(),
        catcher: catcher_index,
        next: catcher.next,
    };
    step.run.change(step.frame, kind);
}

type Taken = Result<(Value, Option<Assignments>), Failure>;

/// The error output, placed by the catcher's `ResultPath` into the state's input, is the state's output.
fn take(step: &Step<'_>, catcher: &Catcher, error_output: Value) -> Taken {
    let assigned = step.assigned(&step.view(), catcher.assign.as_ref(), &error_output)?;
    let input = step.frame.data.input.clone();
    let output = match &catcher.result_path {
        ResultPath::Whole => error_output,
        ResultPath::Discard => input,
        ResultPath::At(path) => path
            .put(input, error_output)
            .map_err(|error| step.evaluation(&error))?,
    };
    step.check_size(&output)?;
    Ok((output, assigned))
}

/// The catcher's `Output`, or the error output.
fn take_jsonata(step: &Step<'_>, catcher: &Catcher, index: usize, error_output: &Value) -> Taken {
    let view = step.view();
    let scope = Scope {
        input: step.frame.data.effective(),
        result: None,
        error_output: Some(error_output),
        host: &view,
    };
    let declared = Declared {
        place: format!("Catch[{index}]/"),
        output: catcher.output.as_ref(),
        assign: catcher.assign.as_ref(),
    };
    step.declared(&scope, &declared, error_output)
}

/// Whether somebody, in the frame's state or around it, retries or catches the error.
pub(crate) fn is_handled(run: &Execution, frame: &Frame, failure: &Failure) -> bool {
    let machine: &StateMachine = &run.machine;
    let mut frame = frame;
    loop {
        let state = machine.state(frame.state);
        if retry::find(state, frame, failure).is_some()
            || state
                .catch
                .iter()
                .any(|catcher| failure.matches(&catcher.error_equals))
        {
            return true;
        }
        match frame.parent.and_then(|parent| run.frames.get(parent)) {
            Some(parent) => frame = parent,
            None => return false,
        }
    }
}
