//! One execution: the public face of the engine.
//!
//! | part | what it does |
//! |---|---|
//! | here | starts, replays, and hands out what happened |
//! | `execution/advance.rs` | the ready queue: which frame goes next, and where an advance stops |
//! | `execution/handle.rs` | inputs: facts about tasks, stop, holds |
//! | `execution/edit.rs` | inputs: a debugger's edits at a boundary |
//! | `execution/emit.rs` | events, changes, commands, and how an execution ends |
//! | `execution/look.rs` | what can be seen from outside |

mod advance;
mod edit;
mod emit;
mod handle;
mod look;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use asl::machine::StateMachine;

use crate::frame::{Frame, FrameTable};
use crate::timers::{Timer, Timers};
use crate::variables::VariablesBytes;
use crate::{
    Advance, Boundary, ChangeKind, Command, CommandKind, Entry, EventDetails, EventId, EventType,
    ExecutionKind, ExecutionStart, ExecutionStatus, FrameChange, FrameId, HistoryEvent, JournalEntry,
    Position, ReplayError, Stops, Timestamp,
};

/// One run of a state machine. Cheap to clone: values are shared.
#[derive(Debug, Clone)]
pub struct Execution {
    pub(crate) machine: Arc<StateMachine>,
    pub(crate) start: Arc<ExecutionStart>,
    /// The time of the entry that is being made.
    pub(crate) now: Timestamp,
    pub(crate) frames: FrameTable,
    /// Exactly the frames that can go, in the order in which they will.
    pub(crate) ready: VecDeque<FrameId>,
    pub(crate) timers: Timers,
    /// Open tasks by the event that scheduled them, and the frame that waits.
    pub(crate) tasks: BTreeMap<EventId, FrameId>,
    pub(crate) status: ExecutionStatus,
    pub(crate) variables_bytes: VariablesBytes,
    /// The last event's number.
    pub(crate) last_event: EventId,
    /// Boundaries that the advance in hand has passed; tells where a change came about, and determines nothing.
    pub(crate) passed: u32,
    outbox: Outbox,
}

/// What happened and was not asked for yet. It determines nothing.
#[derive(Debug, Clone, Default)]
struct Outbox {
    events: VecDeque<HistoryEvent>,
    changes: VecDeque<FrameChange>,
    commands: VecDeque<Command>,
}

/// The frame that runs the machine's own scope.
pub(crate) const ROOT: FrameId = FrameId(0);

impl Execution {
    /// Starts an execution: `ExecutionStarted` is its first event, and its root frame can go.
    pub fn start(machine: Arc<StateMachine>, start: ExecutionStart) -> Execution {
        let root = machine.root();
        let first = machine.scope(root).start;
        let mut execution = Execution {
            now: start.start,
            machine,
            start: Arc::new(start),
            frames: FrameTable::default(),
            ready: VecDeque::from([ROOT]),
            timers: Timers::default(),
            tasks: BTreeMap::new(),
            variables_bytes: VariablesBytes::default(),
            status: ExecutionStatus::Running,
            last_event: 0,
            passed: 0,
            outbox: Outbox::default(),
        };
        let mut frame = Frame::new(ROOT, root, first, execution.start.input.clone());
        frame.at = Boundary::Enter;
        let details = EventDetails::Started {
            input: execution.start.input.clone(),
            role_arn: execution.start.role_arn.clone(),
        };
        execution.emit(&mut frame, EventType::ExecutionStarted, details);
        execution.change(
            &frame,
            ChangeKind::FrameStarted {
                parent: None,
                scope: root.0,
                index: 0,
            },
        );
        execution.frames.add(frame);
        if let Some(seconds) = execution.seconds_allowed() {
            execution
                .timers
                .set(ROOT, Timer::Execution, execution.now.plus_seconds(seconds));
        }
        execution
    }

    /// `TimeoutSeconds` of the machine, and for an Express execution at most its own limit.
    fn seconds_allowed(&self) -> Option<u64> {
        let express =
            (self.start.kind == ExecutionKind::Express).then_some(self.start.limits.express_seconds);
        match (self.machine.timeout_seconds, express) {
            (Some(machine), Some(express)) => Some(machine.min(express)),
            (machine, express) => machine.or(express),
        }
    }

    /// The execution after all entries of its journal. Events and changes come out again as they did (drop them, or compare
    /// them with the record); of the commands only those without a closing input, marked `reissued`.
    pub fn replay(
        machine: Arc<StateMachine>,
        start: ExecutionStart,
        journal: &[JournalEntry],
    ) -> Result<Execution, ReplayError> {
        let mut execution = Execution::start(machine, start);
        for (index, entry) in journal.iter().enumerate() {
            execution.apply(index, entry, None)?;
        }
        execution.reissue();
        Ok(execution)
    }

    /// The execution at a moment of its journal. Otherwise as [`Execution::replay`].
    pub fn replay_to(
        machine: Arc<StateMachine>,
        start: ExecutionStart,
        journal: &[JournalEntry],
        position: Position,
    ) -> Result<Execution, ReplayError> {
        let whole = position.entry as usize;
        let no_such_position = || ReplayError::NoSuchPosition {
            entries: count(journal.len()),
            position,
        };
        let mut execution = Execution::start(machine, start);
        for (index, entry) in journal
            .get(..whole)
            .ok_or_else(no_such_position)?
            .iter()
            .enumerate()
        {
            execution.apply(index, entry, None)?;
        }
        if position.passed > 0 {
            let entry = journal.get(whole).ok_or_else(no_such_position)?;
            execution.apply(whole, entry, Some(position.passed))?;
        }
        execution.reissue();
        Ok(execution)
    }

    /// Makes an entry again; of an advance only its first boundaries, if `only` says how many.
    fn apply(&mut self, index: usize, entry: &JournalEntry, only: Option<u32>) -> Result<(), ReplayError> {
        let stops = &Stops::default();
        let (recorded, advance) = match &entry.entry {
            Entry::Input(input) => {
                self.handle(entry.at, input.clone());
                return Ok(());
            }
            Entry::Canonical { passed } => {
                let at_most = only.unwrap_or(*passed).min(*passed);
                (at_most, Advance::Canonical { at_most, stops })
            }
            Entry::Only { frame, passed } => {
                let at_most = only.unwrap_or(*passed).min(*passed);
                (
                    at_most,
                    Advance::Only {
                        frame: *frame,
                        at_most,
                        stops,
                    },
                )
            }
        };
        let passed = self.advance(entry.at, advance).passed;
        match passed == recorded {
            true => Ok(()),
            false => Err(ReplayError::Diverged {
                entry: count(index),
                recorded,
                passed,
            }),
        }
    }

    /// Puts the commands that nobody answered into the outbox, and no others.
    fn reissue(&mut self) {
        let open: Vec<Command> = self
            .tasks
            .values()
            .filter_map(|frame| self.frames.get(*frame)?.task.as_deref())
            .map(|task| {
                let mut command = task.command.clone();
                if let CommandKind::Invoke(invoke) = &mut command.kind {
                    invoke.reissued = true;
                    invoke.started = task.started;
                    invoke.handle = task.handle.clone();
                }
                command
            })
            .collect();
        self.outbox.commands = open.into();
    }

    /// When the next timer is due: Wait, Retry, TimeoutSeconds, HeartbeatSeconds.
    pub fn next_timeout(&self) -> Option<Timestamp> {
        self.timers.next()
    }

    /// The next event, in order.
    pub fn poll_event(&mut self) -> Option<HistoryEvent> {
        self.outbox.events.pop_front()
    }

    /// The next change, in order.
    pub fn poll_change(&mut self) -> Option<FrameChange> {
        self.outbox.changes.pop_front()
    }

    /// The next command. To be acted on only after the entry that gave rise to it is in the journal.
    pub fn poll_command(&mut self) -> Option<Command> {
        self.outbox.commands.pop_front()
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
