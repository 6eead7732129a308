//! Scopes within a state: how branches and iterations begin, end, fail, and are aborted.

use asl::machine::{ScopeId, StateKind, StateMachine};
use asl::value::Value;

use super::{Step, map, raise};
use crate::failure::Failure;
use crate::frame::{Children, Frame, MapItem, Waiting};
use crate::{ChangeKind, EventDetails, EventId, EventType, Execution, FrameId, FrameOutcome};

/// A branch or an iteration that is to begin.
pub(super) struct Spawn {
    pub(super) scope: ScopeId,
    pub(super) index: u32,
    pub(super) input: Value,
    pub(super) item: Option<MapItem>,
    /// The event that it follows from.
    pub(super) after: EventId,
}

/// Makes a child of the step's frame.
pub(super) fn spawn(step: &mut Step<'_>, spawn: Spawn) {
    let run = &mut *step.run;
    let id = run.frames.next_id();
    let first = step.machine.scope(spawn.scope).start;
    let mut child = Frame::new(id, spawn.scope, first, spawn.input);
    child.parent = Some(step.frame.id);
    child.index = spawn.index;
    child.item = spawn.item.map(Box::new);
    child.chain = spawn.after;
    child.held = step.frame.held;
    let parent = Some(step.frame.id);
    run.change(
        &child,
        ChangeKind::FrameStarted {
            parent,
            scope: spawn.scope.0,
            index: spawn.index,
        },
    );
    run.queue(&child);
    run.frames.add(child);
    if let Some(children) = step.frame.children.as_deref_mut() {
        children.live.push(id);
    }
}

/// Passes `ScopeStart`.
pub(super) fn start(step: &mut Step<'_>) {
    if step.frame.item.is_some() {
        let details = iteration(step.run, step.frame);
        step.emit(EventType::MapIterationStarted, details);
    }
    step.frame.at = crate::Boundary::Enter;
}

/// Details of a `MapIteration…` event: the Map's name, which is the state of the frame around the iteration.
fn iteration(run: &Execution, frame: &Frame) -> EventDetails {
    let owner = run.machine.scope(frame.scope).owner;
    let name = owner.map_or_else(|| "".into(), |owner| run.machine.state(owner).name.clone());
    EventDetails::Iteration {
        name,
        index: frame.index,
    }
}

/// Passes `ScopeJoin`: the scope has ended well.
pub(super) fn join(step: &mut Step<'_>) {
    let output = step.frame.data.output.clone().unwrap_or_default();
    let Some(parent) = step.frame.parent else {
        return step.run.succeed(step.frame, output);
    };
    let last = step.frame.chain;
    let joined = match step.frame.item.is_some() {
        true => {
            let details = iteration(step.run, step.frame);
            step.emit(EventType::MapIterationSucceeded, details)
        }
        false => last,
    };
    end(step.run, step.frame, FrameOutcome::Succeeded);
    let (child, index) = (step.frame.id, step.frame.index);
    with_parent(step.run, step.machine, parent, |parent| {
        parent.frame.chain = joined;
        if let Some(children) = parent.frame.children.as_deref_mut() {
            children.succeeded += 1;
            settle(children, child, index, Some(output));
        }
        go_on(parent, last);
    });
}

/// The scope of the step's frame fails with an error that nobody in it handles.
pub(crate) fn fail(step: &mut Step<'_>, failure: Failure) {
    let Some(parent) = step.frame.parent else {
        return step.run.fail(step.frame, failure.error, failure.cause);
    };
    if step.frame.item.is_some() {
        let details = iteration(step.run, step.frame);
        step.emit(EventType::MapIterationFailed, details);
    } else {
        step.run.emit_aborted(step.frame);
    }
    end(step.run, step.frame, FrameOutcome::Failed);
    let (child, index, failing) = (step.frame.id, step.frame.index, step.frame.chain);
    with_parent(step.run, step.machine, parent, |parent| {
        parent.frame.chain = failing;
        let Some(children) = parent.frame.children.as_deref_mut() else {
            return;
        };
        children.failed += 1;
        let tolerated = children.failed <= children.tolerated;
        settle(children, child, index, tolerated.then(|| failure.output()));
        if tolerated {
            return go_on(parent, failing);
        }
        let others = std::mem::take(&mut children.live);
        others.into_iter().for_each(|other| abort(parent.run, other));
        count_items(parent);
        raise(parent.run, parent.frame, failure);
        parent.run.wake(parent.frame);
    });
}

/// Notes that a child has ended, and with what.
fn settle(children: &mut Children, child: FrameId, index: u32, result: Option<Value>) {
    children.live.retain(|live| *live != child);
    if let Some(place) = children.results.get_mut(index as usize) {
        *place = result;
    }
}

/// A child has ended, and its parent may begin others; if none is left, the parent has its result.
pub(super) fn go_on(parent: &mut Step<'_>, last: EventId) {
    if let StateKind::Map(own) = &parent.state.kind
        && let Err(failure) = map::start_iterations(parent, own, last)
    {
        let live = parent
            .frame
            .children
            .as_deref_mut()
            .map(|children| std::mem::take(&mut children.live));
        live.into_iter()
            .flatten()
            .for_each(|child| abort(parent.run, child));
        raise(parent.run, parent.frame, failure);
        return parent.run.wake(parent.frame);
    }
    count_items(parent);
    if parent
        .frame
        .children
        .as_deref()
        .is_some_and(|children| children.live.is_empty())
    {
        complete(parent);
    }
}

/// All children have ended: their outputs are the result.
fn complete(parent: &mut Step<'_>) {
    let Some(children) = parent.frame.children.take() else {
        return;
    };
    let event = match &parent.state.kind {
        StateKind::Map(_) => EventType::MapStateSucceeded,
        _ => EventType::ParallelStateSucceeded,
    };
    parent.emit(event, EventDetails::None);
    let results = children.results.into_iter().map(Option::unwrap_or_default);
    parent.frame.data.result = Some(Value::array(results));
    parent.frame.at = crate::Boundary::Result;
    parent.run.wake(parent.frame);
}

fn count_items(parent: &mut Step<'_>) {
    let Some(children) = parent
        .frame
        .children
        .as_deref()
        .filter(|children| children.items.is_some())
    else {
        return;
    };
    let kind = ChangeKind::ItemCounts {
        total: children.total(),
        running: children.running(),
        succeeded: children.succeeded,
        failed: children.failed,
    };
    parent.run.change(parent.frame, kind);
}

/// Works on a frame's parent, which waits for its children.
fn with_parent(
    run: &mut Execution,
    machine: &StateMachine,
    parent: FrameId,
    work: impl FnOnce(&mut Step<'_>),
) {
    if !run.status.is_running() {
        return;
    }
    let Some(mut frame) = run.frames.take(parent) else {
        return;
    };
    let state = machine.state(frame.state);
    work(&mut Step {
        run,
        frame: &mut frame,
        machine,
        state,
    });
    run.frames.put(frame);
}

/// A frame is over.
fn end(run: &mut Execution, frame: &mut Frame, outcome: FrameOutcome) {
    frame.ended = Some(outcome);
    run.variables_bytes.forget(frame);
    run.change(frame, ChangeKind::FrameEnded { outcome });
}

/// Ends a frame from outside, and first all within it.
fn abort(run: &mut Execution, id: FrameId) {
    let Some(mut frame) = run.frames.take(id) else {
        return;
    };
    if let Some(children) = frame.children.take() {
        children.live.into_iter().for_each(|child| abort(run, child));
    }
    run.close_task(&mut frame, true);
    run.emit_aborted(&mut frame);
    if frame.item.is_some() && frame.at != crate::Boundary::ScopeStart {
        let details = iteration(run, &frame);
        run.emit(&mut frame, EventType::MapIterationAborted, details);
    }
    run.unqueue(id);
    end(run, &mut frame, FrameOutcome::Aborted);
}

/// Waits for the children that have begun. The frame does not wait where its result, or an error, is there already: without
/// children there is nobody to wake it.
pub(super) fn await_children(step: &mut Step<'_>) {
    if let crate::Boundary::Attempt(_) = step.frame.at {
        step.wait(Waiting::Children);
    }
}
