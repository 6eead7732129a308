//! A run from its record: to look at, or to go on with.

use std::sync::Arc;

use asl::machine::StateMachine;
use asl::text::Format;
use engine::{Execution, ExecutionStart, FrameChange, HistoryEvent, ReplayError, Timestamp};

use super::{PauseReason, RunState};
use crate::clock::Clock;
use crate::execution_clock::ExecutionClock;
use crate::record::{self, ChangeRecord, DamagedRecord, EventRecord, LargeValues};
use crate::store::{Store, StoreError, StoredRun, Stream};

/// Why a run can't be read from its record.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A line of the record can't be read.
    #[error(transparent)]
    Damaged(#[from] DamagedRecord),
    /// The definition or the start can't be read.
    #[error("the execution {name} can't be read: {message}")]
    Unreadable {
        /// The execution.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// The journal was written by an engine that did something else.
    #[error("the execution {name} can be looked at, but not gone on with: {source}")]
    Diverged {
        /// The execution.
        name: String,
        /// Where.
        source: ReplayError,
    },
}

impl RunState {
    /// Reads a run. What it shows comes from the record; its execution is a replay of the journal.
    ///
    /// # Errors
    /// [`LoadError`].
    pub(crate) fn load(store: &Store, stored: &StoredRun, clock: &Clock) -> Result<Self, LoadError> {
        let unreadable = |message: String| LoadError::Unreadable {
            name: stored.name.clone(),
            message,
        };
        let text = store
            .definition(&stored.digest)?
            .ok_or_else(|| unreadable("its definition is gone".into()))?;
        let machine = StateMachine::parse(&text, Format::Json).map_err(|problems| {
            unreadable(
                problems
                    .first()
                    .map_or_else(String::new, |first| first.message.clone()),
            )
        })?;
        let machine = Arc::new(machine);
        let start: ExecutionStart =
            serde_json::from_str(&stored.start).map_err(|error| unreadable(error.to_string()))?;
        let lines = |stream| store.lines(stored.row, stream, 0, u32::MAX);
        let values = record::read_values(lines(Stream::Values)?)?;
        let journal = record::read_journal(&lines(Stream::Journal)?, &values)?;
        let mut live = Execution::replay(machine.clone(), start.clone(), &journal).map_err(|source| {
            LoadError::Diverged {
                name: stored.name.clone(),
                source,
            }
        })?;
        let last = journal.last().map_or(start.start, |entry| entry.at);
        let events: Vec<_> = std::iter::from_fn(|| live.poll_event()).collect();
        let changes: Vec<_> = std::iter::from_fn(|| live.poll_change()).collect();
        let commands: Vec<_> = std::iter::from_fn(|| live.poll_command()).collect();
        let clock = ExecutionClock::standing(clock, stored.standing.ended.map_or(last, Timestamp));
        let mut state = Self::around(machine, start, live, clock, stored.virtual_time);
        state.journal = journal;
        state.events = record::read_events(&lines(Stream::Events)?, &values)?;
        state.changes = record::read_changes(&lines(Stream::Changes)?)?;
        state.log = record::read_log(&lines(Stream::Log)?)?;
        for change in &state.changes {
            state.board.apply(change.entry, &change.change);
        }
        state.kept = [
            state.journal.len(),
            state.events.len(),
            state.changes.len(),
            state.log.len(),
        ];
        state.committed = state.journal.len();
        state.values = LargeValues::after(&values);
        state.add_replayed(events, changes);
        state.standing_kept = Some(stored.standing.clone());
        state.debugger.enabled = stored.debug;
        for command in &commands {
            if let engine::CommandKind::Invoke(invoke) = &command.kind {
                state.in_flight.insert(command.id, invoke.token.is_some());
            }
        }
        state.commands = commands;
        Ok(state)
    }

    /// Takes what a replay emitted and the record lacks: how the execution starts is no entry of its journal, and is
    /// not in the record yet when the process was killed before the first entry was.
    fn add_replayed(&mut self, events: Vec<HistoryEvent>, changes: Vec<FrameChange>) {
        let entry = u32::try_from(self.journal.len().saturating_sub(1)).unwrap_or(u32::MAX);
        for event in events.into_iter().skip(self.events.len()) {
            self.events.push(EventRecord::live(event, &self.machine));
        }
        for change in changes.into_iter().skip(self.changes.len()) {
            self.board.apply(entry, &change);
            self.changes.push(ChangeRecord { entry, change });
        }
    }

    /// Makes a run that was read ready to be driven: its clock goes on from `now`, unless a debugger held it.
    pub(crate) fn go_on_from(&mut self, now: Timestamp) {
        let held = self.live.frames().any(|frame| frame.held);
        match self.foremost().filter(|_| held && self.debugger.enabled) {
            Some((frame, boundary)) => {
                self.commands_wait = true;
                self.pause(frame, boundary, PauseReason::Pause);
            }
            None => {
                self.clock.jump_to(now);
                self.clock.run();
                if held {
                    self.release();
                }
            }
        }
    }
}
