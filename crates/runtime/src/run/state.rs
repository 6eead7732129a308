//! The state of a run: the live execution, everything it has emitted, and what of that is not in the store yet.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use asl::machine::StateMachine;
use engine::{
    Advance, Advanced, Boundary, Command, CommandKind, Entry, EventId, Execution, ExecutionStart,
    ExecutionStatus, FrameId, Frames, Input, JournalEntry, Position, Stops, Timestamp, WaitingFor,
};

use crate::board::Board;
use crate::clock::Clock;
use crate::debugger::Debugger;
use crate::execution_clock::ExecutionClock;
use crate::fork::Reuse;
use crate::record::{self, ChangeRecord, EventRecord, LargeValues, LogRecord};
use crate::store::{Chunk, Standing};

/// Boundaries passed in one advance: mostly well under a millisecond.
const AT_MOST: u32 = 512;

/// The longest that an advance goes on to a further boundary, so that timestamps stay honest and a run can be stopped
/// between expressions that take long.
const AT_LONGEST: Duration = Duration::from_millis(1);

/// Where a debugger holds the execution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paused {
    /// The frame in front.
    pub frame: FrameId,
    /// The boundary before which it stands.
    pub boundary: Boundary,
    /// Why.
    pub reason: PauseReason,
}

/// Why a debugger stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseReason {
    /// A breakpoint.
    Breakpoint,
    /// A step was done.
    Step,
    /// The user asked.
    Pause,
    /// A state failed.
    Error,
    /// The run was started to stand here, or is a fork.
    Entry,
}

/// What is known of a run.
pub struct RunState {
    pub(crate) machine: Arc<StateMachine>,
    pub(crate) start: ExecutionStart,
    pub(crate) live: Execution,
    pub(crate) clock: ExecutionClock,
    pub(crate) virtual_time: bool,
    pub(crate) journal: Vec<JournalEntry>,
    pub(crate) events: Vec<EventRecord>,
    pub(crate) changes: Vec<ChangeRecord>,
    pub(crate) log: Vec<LogRecord>,
    pub(crate) board: Board,
    pub(crate) debugger: Debugger,
    pub(crate) reuse: Option<Reuse>,
    /// Commands whose entry is not committed yet.
    pub(crate) commands: Vec<Command>,
    /// Commands come from a replay and wait for the user: looking at a moment invokes nothing.
    pub(crate) commands_wait: bool,
    /// Tasks that the outside works on: by command, whether a token or a worker closes them.
    pub(crate) in_flight: HashMap<EventId, bool>,
    /// How many items of each stream are in the store or on their way: journal, events, changes, log.
    pub(crate) kept: [usize; 4],
    /// The large values among those.
    pub(crate) values: LargeValues,
    pub(crate) standing_kept: Option<Standing>,
    /// How many entries of the journal are committed.
    pub(crate) committed: usize,
    /// Batches on their way to the store.
    pub(crate) unsettled: usize,
    /// Why nothing goes on although it could: the disk is full.
    pub(crate) trouble: Option<String>,
    /// Raised whenever watchers have to fetch everything anew: another moment is shown, the run has ended.
    pub(crate) epoch: u32,
}

impl RunState {
    /// A run that begins now.
    pub(crate) fn begin(
        machine: Arc<StateMachine>,
        start: ExecutionStart,
        clock: &Clock,
        virtual_time: bool,
    ) -> Self {
        let live = Execution::start(machine.clone(), start.clone());
        let clock = ExecutionClock::starting(clock, start.start);
        let mut state = Self::around(machine, start, live, clock, virtual_time);
        state.collect(0);
        state
    }

    /// A run around an execution of which nothing was collected yet.
    pub(crate) fn around(
        machine: Arc<StateMachine>,
        start: ExecutionStart,
        live: Execution,
        clock: ExecutionClock,
        virtual_time: bool,
    ) -> Self {
        Self {
            machine,
            start,
            live,
            clock,
            virtual_time,
            journal: Vec::new(),
            events: Vec::new(),
            changes: Vec::new(),
            log: Vec::new(),
            board: Board::default(),
            debugger: Debugger::default(),
            reuse: None,
            commands: Vec::new(),
            commands_wait: false,
            in_flight: HashMap::new(),
            kept: [0; 4],
            values: LargeValues::default(),
            standing_kept: None,
            committed: 0,
            unsettled: 0,
            trouble: None,
            epoch: 0,
        }
    }

    /// Puts a fact or an edit into the execution. After its end nothing is taken any more.
    pub fn handle(&mut self, input: Input) {
        if !self.live.status().is_running() {
            return;
        }
        let at = self.clock.now();
        self.live.handle(at, input.clone());
        self.enter_into_journal(at, Entry::Input(input));
    }

    /// Passes boundaries in canonical order, until the run stops, waits or has done its share.
    pub(crate) fn advance(&mut self, stops: &Stops) -> Advanced {
        let at = self.clock.now();
        let clock = &self.clock;
        let advanced = self.live.advance_while(
            at,
            Advance::Canonical {
                at_most: AT_MOST,
                stops,
            },
            &|| clock.now() <= at + AT_LONGEST,
        );
        if advanced.changed() {
            self.enter_into_journal(
                at,
                Entry::Canonical {
                    passed: advanced.passed,
                },
            );
        }
        advanced
    }

    /// Lets one frame pass one boundary.
    pub(crate) fn advance_only(&mut self, frame: FrameId) -> Advanced {
        let at = self.clock.now();
        let stops = Stops::default();
        let advanced = self.live.advance(
            at,
            Advance::Only {
                frame,
                at_most: 1,
                stops: &stops,
            },
        );
        if advanced.changed() {
            self.enter_into_journal(
                at,
                Entry::Only {
                    frame,
                    passed: advanced.passed,
                },
            );
        }
        advanced
    }

    fn enter_into_journal(&mut self, at: Timestamp, entry: Entry) {
        let index = u32::try_from(self.journal.len()).unwrap_or(u32::MAX);
        self.journal.push(JournalEntry { at, entry });
        self.collect(index);
        if !self.live.status().is_running() {
            self.clock.stop();
            self.epoch += 1;
        }
    }

    /// Takes what the execution has emitted.
    pub(crate) fn collect(&mut self, entry: u32) {
        while let Some(event) = self.live.poll_event() {
            self.events.push(EventRecord::live(event, &self.machine));
        }
        while let Some(change) = self.live.poll_change() {
            self.board.apply(entry, &change);
            self.changes.push(ChangeRecord { entry, change });
        }
        while let Some(command) = self.live.poll_command() {
            match &command.kind {
                CommandKind::Invoke(invoke) => {
                    self.in_flight.insert(command.id, invoke.token.is_some());
                }
                CommandKind::Cancel => {
                    self.in_flight.remove(&command.id);
                }
            }
            self.commands.push(command);
        }
    }

    /// Holds every frame where it stands; the clock stands with them.
    pub(crate) fn pause(&mut self, frame: FrameId, boundary: Boundary, reason: PauseReason) {
        self.handle(Input::Hold { frames: Frames::All });
        self.clock.stop();
        self.debugger.paused = Some(Paused {
            frame,
            boundary,
            reason,
        });
        self.epoch += 1;
    }

    /// Lets every frame go on.
    pub(crate) fn release(&mut self) {
        self.debugger.paused = None;
        self.commands_wait = false;
        self.clock.run();
        self.handle(Input::Release { frames: Frames::All });
        self.epoch += 1;
    }

    /// Whether virtual time may jump: nothing is worked on but what waits for a token or a worker.
    pub(crate) fn may_jump(&self) -> bool {
        self.virtual_time && self.commands.is_empty() && self.in_flight.values().all(|by_token| *by_token)
    }

    /// How the execution is.
    #[must_use]
    pub fn status(&self) -> &ExecutionStatus {
        self.live.status()
    }

    /// Whether it has ended and its record is complete in the store.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        !self.live.status().is_running() && self.unsettled == 0 && self.standing_kept == Some(self.standing())
    }

    /// The moment at the journal's end.
    #[must_use]
    pub fn end(&self) -> Position {
        Position {
            entry: u32::try_from(self.journal.len()).unwrap_or(u32::MAX),
            passed: 0,
        }
    }

    /// Commands to act on once what is being committed now is.
    pub(crate) fn take_commands(&mut self) -> Vec<Command> {
        if self.commands_wait {
            Vec::new()
        } else {
            std::mem::take(&mut self.commands)
        }
    }

    /// A frame that can be looked at: the one that waits or stands deepest, the newest of them.
    #[must_use]
    pub fn foremost(&self) -> Option<(FrameId, Boundary)> {
        let in_front = |waiting: &WaitingFor| !matches!(waiting, WaitingFor::Children { .. });
        let mut frames = self.live.frames().filter(|frame| frame.ended.is_none());
        let first = frames.find(|frame| in_front(&frame.waiting));
        first.map(|frame| (frame.id, frame.boundary))
    }

    /// The state in which an event happened.
    #[must_use]
    pub fn state_of_event(&self, event: EventId) -> Option<String> {
        self.events
            .get((event as usize).wrapping_sub(1))?
            .state
            .as_deref()
            .map(str::to_owned)
    }

    /// What is not in the store yet, and how the execution stands if that is news; counted as kept from now on.
    pub(crate) fn take_unkept(&mut self) -> (Vec<Chunk>, Option<Standing>) {
        let chunks = self.take_unkept_chunks();
        let standing = self.standing();
        let standing = (self.standing_kept.as_ref() != Some(&standing)).then_some(standing);
        if let Some(standing) = &standing {
            self.standing_kept = Some(standing.clone());
        }
        (chunks, standing)
    }

    /// What is not in the store yet of the streams, counted as kept from now on.
    pub(crate) fn take_unkept_chunks(&mut self) -> Vec<Chunk> {
        let [journal, events, changes, log] = self.kept;
        let values = &mut self.values;
        let mut chunks = record::journal_chunks(journal, &self.journal[journal..], values);
        chunks.extend(record::event_chunks(events, &self.events[events..], values));
        chunks.extend(record::value_chunks(values));
        chunks.extend(record::change_chunks(changes, &self.changes[changes..]));
        chunks.extend(record::log_chunks(log, &self.log[log..]));
        self.kept = [
            self.journal.len(),
            self.events.len(),
            self.changes.len(),
            self.log.len(),
        ];
        chunks
    }

    /// How it stands, for its row.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let status = self.live.status();
        let text = |text: &Option<asl::value::Text>| text.as_deref().map(str::to_owned);
        let (output, error, cause) = match status {
            ExecutionStatus::Succeeded { output } => (Some(output.to_json()), None, None),
            ExecutionStatus::Failed { error, cause } | ExecutionStatus::Aborted { error, cause } => {
                (None, text(error), text(cause))
            }
            ExecutionStatus::Running | ExecutionStatus::TimedOut => (None, None, None),
        };
        Standing {
            status: status.name().to_owned(),
            ended: (!status.is_running()).then(|| self.clock.now().0),
            output,
            error,
            cause,
            events: u32::try_from(self.events.len()).unwrap_or(u32::MAX),
            transitions: self.board.transitions(),
        }
    }
}
