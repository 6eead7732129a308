//! How a run stands, in one word.

use std::sync::Arc;

use asl::machine::{StateId, StateMachine};
use asl::value::Value;
use engine::{Boundary, ExecutionStatus, FrameId, Timestamp};

use super::{PauseReason, Run, RunState};
use crate::board::Step;
use crate::record::{ChangeRecord, EventRecord, LogRecord};
use crate::store::StoredRun;

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunPhase {
    /// In progress here.
    Running,
    /// A debugger holds it.
    Paused,
    /// In progress in another process.
    Elsewhere,
    /// Its process is gone; it can be gone on with.
    Interrupted,
    /// Done.
    Succeeded,
    /// Ended with an error.
    Failed,
    /// Ended by its own time limit.
    TimedOut,
    /// Stopped.
    Aborted,
}

/// How a run in the store stands, without loading it.
#[derive(Debug, Clone)]
pub struct StoredStatus {
    /// The run.
    pub run: StoredRun,
    /// How it stands.
    pub phase: RunPhase,
}

impl RunPhase {
    /// Whether nothing goes on any more.
    #[must_use]
    pub fn is_ended(self) -> bool {
        !matches!(
            self,
            Self::Running | Self::Paused | Self::Elsewhere | Self::Interrupted
        )
    }

    /// From the service's word; none for `RUNNING`, which says too little.
    #[must_use]
    pub fn of_ended(status: &str) -> Option<Self> {
        match status {
            "SUCCEEDED" => Some(Self::Succeeded),
            "FAILED" => Some(Self::Failed),
            "TIMED_OUT" => Some(Self::TimedOut),
            "ABORTED" => Some(Self::Aborted),
            _ => None,
        }
    }
}

/// What can be seen of a run, at the moment shown.
impl RunState {
    /// The machine that runs.
    #[must_use]
    pub fn machine(&self) -> &Arc<StateMachine> {
        &self.machine
    }

    /// The execution's ARN.
    #[must_use]
    pub fn arn(&self) -> &str {
        &self.start.execution_arn
    }

    /// What it was started with.
    #[must_use]
    pub fn input(&self) -> &Value {
        &self.start.input
    }

    /// When it was started.
    #[must_use]
    pub fn started(&self) -> Timestamp {
        self.start.start
    }

    /// When it ended.
    #[must_use]
    pub fn ended_at(&self) -> Option<Timestamp> {
        (!self.status().is_running()).then(|| self.clock.now())
    }

    /// The execution's clock, or the time of the moment shown.
    #[must_use]
    pub fn shown_time(&self) -> Timestamp {
        match &self.debugger.past {
            None => self.clock.now(),
            Some(past) => {
                let entry = self
                    .journal
                    .get((past.position.entry as usize).min(self.journal.len().saturating_sub(1)));
                entry.map_or(self.start.start, |entry| entry.at)
            }
        }
    }

    /// The execution's own time at the newest moment, also while the past is shown.
    #[must_use]
    pub fn newest_time(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether a moment of the past is shown.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.debugger.past.is_some()
    }

    /// History events at the moment shown.
    #[must_use]
    pub fn shown_events(&self) -> u32 {
        let all = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        self.debugger.past.as_ref().map_or(all, |past| past.events)
    }

    /// All history events.
    #[must_use]
    pub fn events(&self) -> &[EventRecord] {
        &self.events
    }

    /// All frame changes: what the events do not say.
    #[must_use]
    pub fn changes(&self) -> &[ChangeRecord] {
        &self.changes
    }

    /// What functions printed.
    #[must_use]
    pub fn log(&self) -> &[LogRecord] {
        &self.log
    }

    /// Why nothing goes on although it could: the record can't be written, because the disk is full.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Whether it was started by Debug, or can be stepped as if it had been.
    #[must_use]
    pub fn debugger_is_on(&self) -> bool {
        self.debugger.enabled
    }

    /// Where the debugger stands: the frame in front, the state it is in or about to enter, and the boundary.
    #[must_use]
    pub fn front(&self) -> Option<(FrameId, Option<StateId>, Boundary)> {
        let (frame, boundary) = match (&self.debugger.past, &self.debugger.paused) {
            (Some(past), _) => (past.frame, past.boundary),
            (None, Some(paused)) => (paused.frame, paused.boundary),
            (None, None) => return None,
        };
        let view = self.shown_execution().frames().find(|view| view.id == frame);
        Some((frame, view.and_then(|view| view.state), boundary))
    }

    /// Why the debugger stopped.
    #[must_use]
    pub fn pause_reason(&self) -> Option<PauseReason> {
        self.debugger.paused.as_ref().map(|paused| paused.reason)
    }

    /// Raised whenever everything that is shown may be another: a stop, a moment of the past, the end.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// States and ways that changed since the last call.
    pub fn take_changes(&mut self) -> (Vec<StateId>, Vec<(Step, u32)>) {
        self.board.take_changes()
    }

    fn phase(&self) -> RunPhase {
        match self.status() {
            ExecutionStatus::Running if self.debugger.paused.is_some() => RunPhase::Paused,
            ExecutionStatus::Running => RunPhase::Running,
            ExecutionStatus::Succeeded { .. } => RunPhase::Succeeded,
            ExecutionStatus::Failed { .. } => RunPhase::Failed,
            ExecutionStatus::TimedOut => RunPhase::TimedOut,
            ExecutionStatus::Aborted { .. } => RunPhase::Aborted,
        }
    }
}

impl Run {
    /// How it stands.
    #[must_use]
    pub fn phase(&self) -> RunPhase {
        match self.state().phase() {
            RunPhase::Running | RunPhase::Paused if self.is_foreign() => RunPhase::Elsewhere,
            RunPhase::Running | RunPhase::Paused if !self.is_driven() => RunPhase::Interrupted,
            phase => phase,
        }
    }
}
