//! What is new of a run: its log, its states and the ways taken, and why it stands still.

use ::runtime::run::Run;

use super::run::{log_line, paused, phase, state_run, taken};
use crate::contract::*;
use crate::open::Open;

/// What a page knows of a run: how much of its log, which moment, and why it stands still.
#[derive(Default)]
pub(crate) struct Told {
    log: usize,
    epoch: Option<u32>,
    trouble: Option<String>,
}

/// What the page has not heard of a run yet.
pub(crate) fn news(open: &Open, run: &Run) -> Vec<StudioEvent> {
    let status = phase(run.phase());
    let mut told = open.locked(&open.told);
    let told = told.entry(run.name().to_owned()).or_default();
    let mut state = run.state();
    let mut events = Vec::new();
    let lines: Vec<_> = state
        .log()
        .get(told.log..)
        .unwrap_or_default()
        .iter()
        .map(|line| log_line(&state, line))
        .collect();
    told.log += lines.len();
    if !lines.is_empty() {
        events.push(StudioEvent::RunLog {
            execution: run.name().to_owned(),
            lines,
        });
    }
    let trouble = state.trouble().map(str::to_owned);
    if let Some(message) = trouble.clone().filter(|_| trouble != told.trouble) {
        events.push(StudioEvent::Notice {
            severity: Severity::Error,
            message: format!("{} stands still: {message}.", run.name()),
        });
    }
    told.trouble = trouble;
    let refresh = told
        .epoch
        .replace(state.epoch())
        .is_some_and(|epoch| epoch != state.epoch());
    let (changed, steps) = state.take_changes();
    let machine = state.machine().clone();
    let states = if refresh || state.is_past() {
        Vec::new()
    } else {
        changed
            .into_iter()
            .filter_map(|id| state_run(&state, id, None))
            .collect()
    };
    events.push(StudioEvent::RunChanged(RunDelta {
        execution: run.name().to_owned(),
        status,
        now: state.shown_time().0 as f64,
        states,
        taken: steps
            .into_iter()
            .filter_map(|(step, count)| taken(&machine, step, count))
            .collect(),
        events: state.shown_events(),
        transitions: state.shown_board().transitions(),
        paused: paused(&state),
        refresh,
    }));
    if refresh {
        events.push(StudioEvent::RunsChanged {});
    }
    events
}
