//! Runs: the whole, what is new, the states, timeline, events, log, and the data of a visit.

use ::runtime::board::{self, StateSummary, Step, StepVia};
use ::runtime::record::LogRecord;
use ::runtime::run::{PauseReason, Run, RunPhase, RunState, StoredStatus};
use ::runtime::visit::{Progress, StageData, VisitData, Which};
use asl::machine::{StateId, StateKind, StateMachine};
use asl::value::Value;
use engine::{Boundary, ExecutionStatus, FrameId};

use super::value::view;
use crate::contract::*;
use crate::open::Open;

/// Lines of its function shown with a visit.
const LOG_LINES: usize = 20;

pub(crate) fn phase(phase: RunPhase) -> RunStatus {
    match phase {
        RunPhase::Running => RunStatus::Running,
        RunPhase::Paused => RunStatus::Paused,
        RunPhase::Elsewhere => RunStatus::Elsewhere,
        RunPhase::Interrupted => RunStatus::Interrupted,
        RunPhase::Succeeded => RunStatus::Succeeded,
        RunPhase::Failed => RunStatus::Failed,
        RunPhase::TimedOut => RunStatus::TimedOut,
        RunPhase::Aborted => RunStatus::Aborted,
    }
}

pub(crate) fn summary(stored: &StoredStatus) -> RunSummary {
    RunSummary {
        execution: stored.run.name.clone(),
        workflow: stored.run.workflow.clone(),
        status: phase(stored.phase),
        created: stored.run.created as f64,
        started: stored.run.started as f64,
        ended: stored.run.standing.ended.map(|ended| ended as f64),
        parent: stored.run.parent.clone(),
    }
}

/// The whole of a run, at the moment shown.
pub(crate) fn run(open: &Open, run: &Run) -> RunView {
    let status = phase(run.phase());
    let stored = run.stored();
    let stale = super::export::prepare(open, run.workflow())
        .map_or(true, |now| ::runtime::digest(&now.machine.text) != stored.digest);
    let state = run.state();
    let (output, error, cause) = match state.status() {
        ExecutionStatus::Succeeded { output } => (Some(view(output, || "output".to_owned())), None, None),
        ExecutionStatus::Failed { error, cause } | ExecutionStatus::Aborted { error, cause } => {
            let text = |text: &Option<asl::value::Text>| text.as_deref().map(str::to_owned);
            (None, text(error), cause.as_deref().map(cause_view))
        }
        ExecutionStatus::TimedOut => (None, Some("States.Timeout".to_owned()), None),
        ExecutionStatus::Running => (None, None, None),
    };
    let past = state.is_past();
    let (output, error, cause) = if past {
        (None, None, None)
    } else {
        (output, error, cause)
    };
    RunView {
        execution: run.name().to_owned(),
        arn: state.arn().to_owned(),
        workflow: stored.workflow.clone(),
        document: stored.document.clone(),
        stale,
        status,
        debug: stored.debug || state.debugger_is_on(),
        virtual_time: stored.virtual_time,
        started: state.started().0 as f64,
        ended: state.ended_at().map(|ended| ended.0 as f64),
        now: state.shown_time().0 as f64,
        input: view(state.input(), || "input".to_owned()),
        output,
        error,
        cause,
        states: all_states(&state),
        taken: state
            .shown_board()
            .taken()
            .filter_map(|(step, count)| taken(state.machine(), step, count))
            .collect(),
        events: state.shown_events(),
        transitions: state.shown_board().transitions(),
        paused: paused(&state),
        past,
        parent: stored.parent.clone(),
    }
}

/// A cause to be read. What is no object or list is no JSON to a reader, even where it could be parsed as such.
fn cause_view(cause: &str) -> CauseView {
    let json = Value::parse(cause)
        .ok()
        .filter(|value| matches!(value, Value::Object(_) | Value::Array(_)));
    CauseView {
        json: json.is_some(),
        text: json.map_or_else(|| cause.to_owned(), |value| value.to_json_pretty()),
    }
}

fn all_states(state: &RunState) -> Vec<StateRun> {
    let machine = state.machine();
    machine
        .states
        .iter()
        .filter_map(|known| state_run(state, known.id, None))
        .collect()
}

pub(crate) fn frame_states(run: &Run, frame: Option<FrameId>) -> Vec<StateRun> {
    let state = run.state();
    let machine = state.machine().clone();
    machine
        .states
        .iter()
        .filter_map(|known| state_run(&state, known.id, frame))
        .collect()
}

/// How a state stands; the one before which the debugger stands is paused, reached or not.
pub(super) fn state_run(state: &RunState, id: StateId, frame: Option<FrameId>) -> Option<StateRun> {
    let summary = state.shown_board().summary(id, frame);
    let stands = state.front().is_some_and(|(front, at, _)| {
        at == Some(id) && frame.is_none_or(|frame| state.shown_board().is_inside(front, frame))
    });
    let key = state.machine().state(id).name.to_string();
    match summary {
        None if stands => Some(StateRun {
            key,
            status: StateStatus::Paused,
            visits: 0,
            entered: state.shown_time().0 as f64,
            duration: None,
            until: None,
            attempt: 0,
            error: None,
            counts: None,
        }),
        None => None,
        Some(summary) => Some(of_summary(key, &summary, stands)),
    }
}

fn of_summary(key: String, summary: &StateSummary, stands: bool) -> StateRun {
    StateRun {
        key,
        status: if stands {
            StateStatus::Paused
        } else {
            state_status(summary.status)
        },
        visits: summary.visits,
        entered: summary.entered.0 as f64,
        duration: summary.left.map(|left| (left.0 - summary.entered.0) as f64),
        until: summary.until.map(|until| until.0 as f64),
        attempt: summary.attempt,
        error: summary.error.as_deref().map(str::to_owned),
        counts: summary.counts.map(|counts| Counts {
            total: counts.total,
            running: counts.running,
            succeeded: counts.succeeded,
            failed: counts.failed,
            aborted: counts.aborted,
        }),
    }
}

pub(super) fn state_status(status: board::StateStatus) -> StateStatus {
    match status {
        board::StateStatus::Running => StateStatus::Running,
        board::StateStatus::Waiting => StateStatus::Waiting,
        board::StateStatus::Retrying => StateStatus::Retrying,
        board::StateStatus::Succeeded => StateStatus::Succeeded,
        board::StateStatus::Caught => StateStatus::Caught,
        board::StateStatus::Failed => StateStatus::Failed,
        board::StateStatus::Aborted => StateStatus::Aborted,
    }
}

/// A way taken, by the number of the transition in the drawing: rules, `Default`, `Next`, then catchers.
pub(super) fn taken(machine: &StateMachine, step: Step, count: u32) -> Option<Taken> {
    let to = machine.state(step.to?).name.to_string();
    let Some(from) = step.from else {
        return Some(Taken {
            from: String::new(),
            transition: None,
            to,
            count,
        });
    };
    let state = machine.state(from);
    let own = match &state.kind {
        StateKind::Choice(choice) => choice.rules.len(),
        _ => usize::from(matches!(state.transition, asl::machine::Transition::Next(_))),
    };
    let transition = match step.via {
        StepVia::Start => return None,
        StepVia::Next => 0,
        StepVia::Rule(index) => index,
        StepVia::Default => u32::try_from(own).ok()?,
        StepVia::Catch(index) => u32::try_from(own).ok()? + index,
    };
    Some(Taken {
        from: state.name.to_string(),
        transition: Some(transition),
        to,
        count,
    })
}

pub(super) fn paused(state: &RunState) -> Option<Paused> {
    let (frame, at, boundary) = state.front()?;
    let reason = match state.pause_reason() {
        Some(PauseReason::Breakpoint) => "breakpoint",
        Some(PauseReason::Step) => "step",
        Some(PauseReason::Error) => "error",
        Some(PauseReason::Entry) => "entry",
        Some(PauseReason::Pause) | None => "pause",
    };
    Some(Paused {
        frame: frame.0,
        state: at.map(|state_id| state.machine().state(state_id).name.to_string()),
        place: place_of(boundary),
        reason: reason.to_owned(),
        scope: scope_words(state, frame),
        live: !state.is_past(),
        can_step_back: state.can_go_back(),
    })
}

pub(super) fn place_of(boundary: Boundary) -> String {
    match boundary {
        Boundary::Enter => "before entering".to_owned(),
        Boundary::AfterInputPath => "after InputPath".to_owned(),
        Boundary::AfterParameters => "after Parameters".to_owned(),
        Boundary::Attempt(1) => "before the work".to_owned(),
        Boundary::Attempt(attempt) => format!("before attempt {attempt}"),
        Boundary::Result => "after the result".to_owned(),
        Boundary::AfterResultSelector => "after ResultSelector".to_owned(),
        Boundary::AfterResultPath => "after ResultPath".to_owned(),
        Boundary::Wait => "before waiting".to_owned(),
        Boundary::Catch => "after an error".to_owned(),
        Boundary::Exit => "before leaving".to_owned(),
        Boundary::Transition => "after leaving".to_owned(),
        Boundary::ScopeStart => "before the first state".to_owned(),
        Boundary::ScopeJoin => "at the end".to_owned(),
    }
}

pub(super) fn scope_words(state: &RunState, frame: FrameId) -> Option<String> {
    let board = state.shown_board();
    let frame = board.frame(frame)?;
    let owner = state.machine().scopes.get(frame.scope as usize)?.owner?;
    let owner = state.machine().state(owner);
    let kind = if matches!(owner.kind, StateKind::Map(_)) {
        "iteration"
    } else {
        "branch"
    };
    Some(format!("{kind} {} of {}", frame.index, owner.name))
}

pub(crate) fn iterations(run: &Run, name: &str, frame: Option<FrameId>, from: u32, limit: u32) -> Iterations {
    let state = run.state();
    let board = state.shown_board();
    let visit = state
        .machine()
        .state_named(name)
        .and_then(|id| board.visits_of(id, frame).last().copied());
    let children = visit.map(|visit| board.children(visit)).unwrap_or_default();
    let shown = children
        .iter()
        .skip(from as usize)
        .take(limit as usize)
        .map(|(id, frame)| Iteration {
            index: frame.index,
            frame: id.0,
            status: match frame.ended {
                None => StateStatus::Running,
                Some((_, engine::FrameOutcome::Succeeded)) => StateStatus::Succeeded,
                Some((_, engine::FrameOutcome::Failed)) => StateStatus::Failed,
                Some(_) => StateStatus::Aborted,
            },
            duration: frame.ended.map(|(ended, _)| (ended.0 - frame.began.0) as f64),
        });
    Iterations {
        total: u32::try_from(children.len()).unwrap_or(u32::MAX),
        iterations: shown.collect(),
    }
}

/// The whole timeline, also while the past is shown: the handle has to find its way back. What was done by the moment
/// shown stands there as it stood then.
pub(crate) fn timeline(run: &Run, from: u32, limit: u32) -> Timeline {
    let state = run.state();
    let board = state.newest_board();
    let rows = state.rows(from, limit);
    let rows = (from..).zip(rows).map(|(index, row)| {
        let visit = &board.visits()[row.visit as usize];
        TimelineRow {
            row: index,
            state: Some(state.machine().state(visit.state).name.to_string()),
            visit: board.number_of(row.visit),
            attempt: row.attempt,
            frame: visit.frame.0,
            title: row.title,
            text: row.text,
            status: state_status(row.status),
            at: row.at as f64,
            duration: row.duration.map(|duration| duration as f64),
            depth: row.depth,
            event: row.event,
            until: row.until.map(|until| until as f64),
        }
    });
    Timeline {
        total: u32::try_from(board.beginnings().len()).unwrap_or(u32::MAX),
        rows: rows.collect(),
        length: (state.newest_time().0 - state.started().0).max(0) as f64,
    }
}

/// All events, also while the past is shown.
pub(crate) fn events(run: &Run, from: u32, limit: u32) -> Events {
    let state = run.state();
    let started = state.started().0;
    let rows = state
        .events()
        .iter()
        .skip(from as usize)
        .take(limit as usize)
        .map(|event| EventRow {
            id: event.id,
            previous: event.previous,
            at: (event.at - started) as f64,
            event_type: event.event_type.clone(),
            state: event.state.as_deref().map(str::to_owned),
            frame: event.frame,
        });
    Events {
        total: u32::try_from(state.events().len()).unwrap_or(u32::MAX),
        rows: rows.collect(),
    }
}

pub(crate) fn event(run: &Run, id: u32) -> Option<EventDetail> {
    let text = run.state().events().get(id.checked_sub(1)? as usize)?.to_json();
    let value = asl::value::Value::parse(&text).ok()?;
    Some(EventDetail {
        text: value.to_json_pretty(),
    })
}

pub(crate) fn log(run: &Run, from: u32, limit: u32) -> Log {
    let state = run.state();
    let all = state.log();
    let lines = all
        .iter()
        .skip(from as usize)
        .take(limit as usize)
        .map(|line| log_line(&state, line));
    Log {
        total: u32::try_from(all.len()).unwrap_or(u32::MAX),
        lines: lines.collect(),
    }
}

pub(super) fn log_line(state: &RunState, line: &LogRecord) -> LogLine {
    LogLine {
        at: (line.at - state.started().0) as f64,
        function: line.function.clone(),
        state: line.state.clone(),
        stream: line.stream.clone(),
        text: line.text.clone(),
    }
}

/// The data of a visit, or of the state that is about to be entered.
pub(crate) fn data(run: &Run, params: &GetStateData) -> Result<Option<StateData>, CallError> {
    let state = run.state();
    let found = visit_data(&state, params)?;
    Ok(found.map(|data| state_data(&state, params, data)))
}

pub(super) fn visit_data(state: &RunState, params: &GetStateData) -> Result<Option<VisitData>, CallError> {
    let Some(id) = state.machine().state_named(&params.state) else {
        return Ok(None);
    };
    let which = Which {
        frame: params.frame.map(FrameId),
        visit: params.visit,
        attempt: params.attempt,
    };
    state
        .visit_data(id, which)
        .map_err(|error| CallError::new("run.replay", format!("The record can't be replayed: {error}.")))
}

fn state_data(state: &RunState, params: &GetStateData, data: VisitData) -> StateData {
    let name = params.state.as_str();
    let attempt = params.attempt.unwrap_or(0);
    let handle =
        |kind: &str, what: &str| format!("{kind}/{}/{}/{attempt}/{what}/{name}", data.frame.0, data.visit);
    let stages = data
        .stages
        .iter()
        .map(|stage| stage_view(stage, data.editable, &handle))
        .collect();
    let inspection = data.inspection.as_ref();
    let variables = inspection
        .map(|inspection| inspection.variables.as_slice())
        .unwrap_or_default();
    StateData {
        state: name.to_owned(),
        frame: data.frame.0,
        visit: data.visit,
        visits: data.visits,
        attempt: data.attempt,
        attempts: attempts(&data),
        place: place_in_words(state, &data),
        status: match (
            data.boundary.filter(|_| stands_in_front(state, data.frame)),
            data.status,
        ) {
            (Some(_), _) => StateStatus::Paused,
            (None, Some(status)) => state_status(status),
            (None, None) => StateStatus::Idle,
        },
        stages,
        error: data.error.clone(),
        cause: data.cause.as_deref().map(cause_view),
        log: log_of_visit(state, name, &data),
        variables: variables
            .iter()
            .map(|(variable, value)| VariableView {
                name: variable.to_string(),
                value: view(value, || handle("variable", variable)),
            })
            .collect(),
        context: inspection.map(|inspection| view(&inspection.context, || handle("context", "context"))),
        iterations: iterations_around(state, data.frame),
    }
}

fn attempts(data: &VisitData) -> Vec<AttemptView> {
    if data.failed.is_empty() {
        return Vec::new();
    }
    let errors = data
        .failed
        .iter()
        .map(|failed| failed.error.as_deref().map(str::to_owned));
    // The one that is made, or was made last, has not been given up.
    let all = errors.map(Some).chain([None]);
    (1..)
        .zip(all)
        .map(|(attempt, error)| AttemptView {
            attempt,
            error: error.flatten(),
        })
        .collect()
}

/// The Map states around a frame, outermost first.
fn iterations_around(state: &RunState, frame: FrameId) -> Vec<InIteration> {
    let board = state.shown_board();
    let frames = std::iter::successors(Some(frame), |frame| board.frame(*frame)?.parent);
    let mut around: Vec<InIteration> = frames
        .filter_map(|id| {
            let frame = board.frame(id)?;
            let owner = state.machine().scopes.get(frame.scope as usize)?.owner?;
            let owner = state.machine().state(owner);
            matches!(owner.kind, StateKind::Map(_)).then(|| InIteration {
                state: owner.name.to_string(),
                index: frame.index,
                total: frame
                    .visit
                    .and_then(|visit| board.counts(visit))
                    .map_or(0, |counts| counts.total),
                frame: frame.parent.map_or(0, |parent| parent.0),
            })
        })
        .collect();
    around.reverse();
    around
}

fn stands_in_front(state: &RunState, frame: FrameId) -> bool {
    state.front().is_some_and(|(front, _, _)| front == frame)
}

fn place_in_words(state: &RunState, data: &VisitData) -> String {
    let scope = scope_words(state, data.frame);
    let boundary = data.boundary.filter(|_| stands_in_front(state, data.frame));
    let place = boundary.map(|boundary| format!("Paused {}", place_of(boundary)));
    [place, scope]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn stage_view(stage: &StageData, editable: bool, handle: &impl Fn(&str, &str) -> String) -> StageView {
    let name = stage.stage.name();
    let here = stage.progress == Progress::Here;
    StageView {
        value: stage
            .value
            .as_ref()
            .map(|value| view(value, || handle("data", name))),
        stage: name.to_owned(),
        title: stage.title.to_owned(),
        note: stage.note.clone().unwrap_or_default(),
        progress: match stage.progress {
            Progress::Passed => "passed",
            Progress::Here => "here",
            Progress::Ahead => "ahead",
            Progress::Unused => "unused",
        }
        .to_owned(),
        editable: editable && here,
        edited: stage.edited,
    }
}

/// The last lines that its function printed while the visit lasted.
fn log_of_visit(state: &RunState, name: &str, data: &VisitData) -> Vec<LogLine> {
    let Some((from, to)) = data.span else {
        return Vec::new();
    };
    // Lines are read a moment after they are printed.
    let to = to.map_or(i64::MAX, |to| to + 250);
    let of_visit =
        |line: &&LogRecord| line.state.as_deref() == Some(name) && line.at >= from && line.at <= to;
    let lines: Vec<_> = state.log().iter().filter(of_visit).collect();
    lines
        .iter()
        .rev()
        .take(LOG_LINES)
        .rev()
        .map(|line| log_line(state, line))
        .collect()
}
