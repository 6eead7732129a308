//! Forks: a new execution that shares the beginning of another one's journal. The parent is never touched.
//!
//! Where results are reused, a task of the fork takes what was recorded for the parent's, as long as it is the same
//! task: same event, same parameters. At the first one that is not, the path is another one, and from there on
//! everything is called.

use std::collections::HashMap;

use engine::{
    Advance, Entry, EventId, Execution, ExecutionStart, Input, JournalEntry, Position, ReplayError, Stops,
};

use crate::clock::Clock;
use crate::execution_clock::ExecutionClock;
use crate::run::{PauseReason, RunState};

/// What was recorded for the tasks of a parent.
pub(crate) struct Reuse {
    recorded: HashMap<EventId, Recorded>,
}

struct Recorded {
    scheduled: serde_json::Value,
    inputs: Vec<Input>,
}

impl RunState {
    /// A run that shares this one's record up to `position`, and stands there.
    ///
    /// # Errors
    /// [`ReplayError`] when the journal does not fit the definition.
    pub(crate) fn fork(
        &self,
        start: ExecutionStart,
        position: Position,
        reuse_results: bool,
        clock: &Clock,
    ) -> Result<Self, ReplayError> {
        let journal = self.prefix(position);
        let at = journal.last().map_or(start.start, |entry| entry.at);
        let clock = ExecutionClock::standing(clock, at);
        let mut fork = Self::replayed(self.machine.clone(), start, journal, clock, self.virtual_time)?;
        fork.debugger.enabled = true;
        fork.commands_wait = true;
        fork.reuse = reuse_results.then(|| self.recorded());
        let frame = self.debugger.frame();
        let standing = frame.and_then(|frame| fork.live.frames().find(|view| view.id == frame));
        let standing = standing
            .map(|view| (view.id, view.boundary))
            .or_else(|| fork.foremost());
        if let Some((frame, boundary)) = standing {
            fork.pause(frame, boundary, PauseReason::Entry);
        }
        Ok(fork)
    }

    fn prefix(&self, position: Position) -> Vec<JournalEntry> {
        let whole = (position.entry as usize).min(self.journal.len());
        let mut journal = self.journal[..whole].to_vec();
        if let Some(entry) = self.journal.get(whole).filter(|_| position.passed > 0) {
            let entry = match &entry.entry {
                Entry::Canonical { .. } => Entry::Canonical {
                    passed: position.passed,
                },
                Entry::Only { frame, .. } => Entry::Only {
                    frame: *frame,
                    passed: position.passed,
                },
                Entry::Input(input) => Entry::Input(input.clone()),
            };
            journal.push(JournalEntry {
                at: self.journal[whole].at,
                entry,
            });
        }
        journal
    }

    /// A run around a journal, with everything that it emits collected anew.
    pub(crate) fn replayed(
        machine: std::sync::Arc<asl::machine::StateMachine>,
        start: ExecutionStart,
        journal: Vec<JournalEntry>,
        clock: ExecutionClock,
        virtual_time: bool,
    ) -> Result<Self, ReplayError> {
        // Once to know its open commands, and once entry by entry, to know which entry each change came from.
        let mut live = Execution::replay(machine.clone(), start.clone(), &journal)?;
        let open: Vec<_> = std::iter::from_fn(|| live.poll_command()).collect();
        let again = Execution::start(machine.clone(), start.clone());
        let mut run = Self::around(machine, start, again, clock, virtual_time);
        run.collect(0);
        for (index, entry) in journal.into_iter().enumerate() {
            repeat(&mut run.live, &entry);
            run.journal.push(entry);
            run.collect(u32::try_from(index).unwrap_or(u32::MAX));
        }
        run.in_flight = open
            .iter()
            .filter_map(|command| match &command.kind {
                engine::CommandKind::Invoke(invoke) => Some((command.id, invoke.token.is_some())),
                engine::CommandKind::Cancel => None,
            })
            .collect();
        run.commands = open;
        Ok(run)
    }

    fn recorded(&self) -> Reuse {
        let mut recorded: HashMap<EventId, Recorded> = HashMap::new();
        for entry in &self.journal {
            let Entry::Input(input) = &entry.entry else {
                continue;
            };
            let Some(command) = command_of(input) else {
                continue;
            };
            let task = recorded.entry(command).or_insert_with(|| Recorded {
                scheduled: self.scheduled(command),
                inputs: Vec::new(),
            });
            task.inputs.push(input.clone());
        }
        recorded.retain(|_, task| task.inputs.iter().any(closes));
        Reuse { recorded }
    }

    /// The event that scheduled a task, without its time.
    fn scheduled(&self, command: EventId) -> serde_json::Value {
        let event = self.events.get((command as usize).wrapping_sub(1));
        let mut event: serde_json::Value = event
            .and_then(|event| serde_json::from_str(&event.to_json()).ok())
            .unwrap_or_default();
        if let Some(event) = event.as_object_mut() {
            event.remove("timestamp");
        }
        event
    }

    /// What to answer for a task without calling it: what was recorded, where this fork reuses results.
    pub(crate) fn recorded_results(&mut self, command: EventId) -> Option<Vec<Input>> {
        let scheduled = self.scheduled(command);
        let reuse = self.reuse.as_mut()?;
        match reuse.recorded.remove(&command) {
            Some(task) if task.scheduled == scheduled => {
                self.in_flight.remove(&command);
                Some(task.inputs)
            }
            _ => {
                self.reuse = None;
                None
            }
        }
    }

    /// A task was answered: virtual time need not wait for it any more.
    pub(crate) fn in_flight_ended(&mut self, command: EventId, input: &Input) {
        if closes(input) {
            self.in_flight.remove(&command);
        }
    }
}

fn repeat(execution: &mut Execution, entry: &JournalEntry) {
    let stops = Stops::default();
    match &entry.entry {
        Entry::Input(input) => execution.handle(entry.at, input.clone()),
        Entry::Canonical { passed } => {
            execution.advance(
                entry.at,
                Advance::Canonical {
                    at_most: *passed,
                    stops: &stops,
                },
            );
        }
        Entry::Only { frame, passed } => {
            execution.advance(
                entry.at,
                Advance::Only {
                    frame: *frame,
                    at_most: *passed,
                    stops: &stops,
                },
            );
        }
    }
}

fn command_of(input: &Input) -> Option<EventId> {
    match input {
        Input::TaskStarted { command, .. }
        | Input::TaskSubmitted { command, .. }
        | Input::TaskSucceeded { command, .. }
        | Input::TaskFailed { command, .. }
        | Input::TaskStartFailed { command, .. }
        | Input::TaskSubmitFailed { command, .. } => Some(*command),
        _ => None,
    }
}

fn closes(input: &Input) -> bool {
    matches!(
        input,
        Input::TaskSucceeded { .. }
            | Input::TaskFailed { .. }
            | Input::TaskStartFailed { .. }
            | Input::TaskSubmitFailed { .. }
    )
}
