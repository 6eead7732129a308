//! One execution: the public face of the engine.
#![allow(clippy::todo, unused_variables)] // signatures first; the bodies follow

use std::sync::Arc;

use asl::machine::StateMachine;

use crate::{
    Advance, Advanced, Command, ExecutionStart, ExecutionStatus, FrameChange, FrameId, FrameView,
    HistoryEvent, Input, InspectionData, JournalEntry, Position, ReplayError, Timestamp,
};

/// One run of a state machine. Cheap to clone: values are shared.
#[derive(Debug, Clone)]
pub struct Execution {}

impl Execution {
    /// Starts an execution: `ExecutionStarted` is its first event, and its root frame can go.
    pub fn start(machine: Arc<StateMachine>, start: ExecutionStart) -> Execution {
        todo!()
    }

    /// The execution after all entries of its journal. Events and changes come out again as they did (drop or compare them);
    /// of the commands only those without a closing input, marked `reissued`.
    pub fn replay(
        machine: Arc<StateMachine>,
        start: ExecutionStart,
        journal: &[JournalEntry],
    ) -> Result<Execution, ReplayError> {
        todo!()
    }

    /// The execution at a moment of its journal.
    pub fn replay_to(
        machine: Arc<StateMachine>,
        start: ExecutionStart,
        journal: &[JournalEntry],
        position: Position,
    ) -> Result<Execution, ReplayError> {
        todo!()
    }

    /// A fact, or a debugger's edit. One that does not apply any more is ignored; an edit then says so in a change.
    pub fn handle(&mut self, at: Timestamp, input: Input) {
        todo!()
    }

    /// Fires the timers that are due, then passes boundaries.
    pub fn advance(&mut self, at: Timestamp, how: Advance<'_>) -> Advanced {
        todo!()
    }

    /// When the next timer is due: Wait, Retry, TimeoutSeconds, HeartbeatSeconds.
    pub fn next_timeout(&self) -> Option<Timestamp> {
        todo!()
    }

    /// The next event, in order.
    pub fn poll_event(&mut self) -> Option<HistoryEvent> {
        todo!()
    }

    /// The next change, in order.
    pub fn poll_change(&mut self) -> Option<FrameChange> {
        todo!()
    }

    /// The next command. To be acted on only after the entry that gave rise to it is in the journal.
    pub fn poll_command(&mut self) -> Option<Command> {
        todo!()
    }

    /// The data of a frame; none if there is no such frame (any more).
    pub fn inspect(&self, frame: FrameId) -> Option<InspectionData> {
        todo!()
    }

    /// All frames, in the order in which they began.
    pub fn frames(&self) -> impl Iterator<Item = FrameView> + '_ {
        std::iter::empty()
    }

    /// How it is.
    pub fn status(&self) -> &ExecutionStatus {
        todo!()
    }

    /// What it was started with.
    pub fn start_of(&self) -> &ExecutionStart {
        todo!()
    }

    /// The machine that it runs.
    pub fn machine(&self) -> &Arc<StateMachine> {
        todo!()
    }

    /// A digest of everything that determines what happens next: equal for a live execution and its replay.
    pub fn fingerprint(&self) -> u64 {
        todo!()
    }
}
