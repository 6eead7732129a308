//! A whole run without a world: virtual time, scripted task results, a journal in memory, and crashes on demand.
//!
//! It drives an [`Execution`] as the runtime does (every call is an entry first, its commands are acted on after that), so what
//! holds here holds there. Tests use it, and `run --virtual-time` behaves like it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use asl::machine::StateMachine;
use asl::value::{Text, Value};

use crate::{
    Advance, AdvanceOutcome, Advanced, Command, CommandKind, Entry, EventId, Execution, ExecutionStart,
    ExecutionStatus, FrameChange, FrameId, HistoryEvent, Input, Invoke, JournalEntry, ReplayError, Stops,
    Timestamp,
};

/// What a scripted task does.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Succeeds with this result.
    Succeed(Value),
    /// Fails.
    Fail {
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
    },
    /// Says that its job was submitted, and later what came of it.
    Submit {
        /// What the submission answered.
        output: Value,
        /// What the job does.
        then: Box<Answer>,
    },
    /// Says that it has begun, and nothing more.
    Silence,
}

/// The script: a function of the command alone, so that a repeated command gets the same answer.
pub type Script = Arc<dyn Fn(&Command, &Invoke) -> Answer + Send + Sync>;

/// Boundaries for one entry. Small, so that a crash can fall between any two.
const BATCH: u32 = 1000;

/// A run in virtual time.
#[derive(Clone)]
pub struct Simulation {
    machine: Arc<StateMachine>,
    start: ExecutionStart,
    execution: Execution,
    now: Timestamp,
    journal: Vec<JournalEntry>,
    events: Vec<HistoryEvent>,
    changes: Vec<FrameChange>,
    /// Commands that nobody has answered.
    open: BTreeMap<EventId, Command>,
    /// Those of them that the script was not asked about yet.
    fresh: Vec<EventId>,
    script: Script,
}

impl Simulation {
    /// A run whose tasks never answer.
    pub fn new(machine: Arc<StateMachine>, start: ExecutionStart) -> Simulation {
        Simulation::with_script(machine, start, Arc::new(|_, _| Answer::Silence))
    }

    /// A run whose tasks answer at once, as the script says.
    pub fn with_script(machine: Arc<StateMachine>, start: ExecutionStart, script: Script) -> Simulation {
        let execution = Execution::start(machine.clone(), start.clone());
        let mut simulation = Simulation {
            now: start.start,
            machine,
            start,
            execution,
            journal: Vec::new(),
            events: Vec::new(),
            changes: Vec::new(),
            open: BTreeMap::new(),
            fresh: Vec::new(),
            script,
        };
        simulation.collect();
        simulation
    }

    /// The execution as it is.
    pub fn execution(&self) -> &Execution {
        &self.execution
    }

    /// How the execution is.
    pub fn status(&self) -> &ExecutionStatus {
        self.execution.status()
    }

    /// The virtual time.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The journal so far.
    pub fn journal(&self) -> &[JournalEntry] {
        &self.journal
    }

    /// All events so far.
    pub fn events(&self) -> &[HistoryEvent] {
        &self.events
    }

    /// All changes so far.
    pub fn changes(&self) -> &[FrameChange] {
        &self.changes
    }

    /// Commands that nobody has answered, in order.
    pub fn open_commands(&self) -> impl Iterator<Item = &Command> {
        self.open.values()
    }

    /// Makes an entry of an input.
    pub fn input(&mut self, input: Input) {
        if let Input::TaskSucceeded { command, .. }
        | Input::TaskFailed { command, .. }
        | Input::TaskStartFailed { command, .. }
        | Input::TaskSubmitFailed { command, .. } = &input
        {
            self.open.remove(command);
        }
        self.execution.handle(self.now, input.clone());
        self.record(Entry::Input(input));
    }

    /// Makes an entry of a canonical advance.
    pub fn advance_canonical(&mut self, at_most: u32, stops: &Stops) -> Advanced {
        let advanced = self
            .execution
            .advance(self.now, Advance::Canonical { at_most, stops });
        if advanced.changed() {
            self.record(Entry::Canonical {
                passed: advanced.passed,
            });
        }
        advanced
    }

    /// Makes an entry of an advance of one frame alone.
    pub fn advance_only(&mut self, frame: FrameId, at_most: u32) -> Advanced {
        let stops = &Stops::default();
        let advanced = self.execution.advance(
            self.now,
            Advance::Only {
                frame,
                at_most,
                stops,
            },
        );
        if advanced.changed() {
            self.record(Entry::Only {
                frame,
                passed: advanced.passed,
            });
        }
        advanced
    }

    fn record(&mut self, entry: Entry) {
        self.journal.push(JournalEntry { at: self.now, entry });
        self.collect();
    }

    fn collect(&mut self) {
        self.events
            .extend(std::iter::from_fn(|| self.execution.poll_event()));
        self.changes
            .extend(std::iter::from_fn(|| self.execution.poll_change()));
        while let Some(command) = self.execution.poll_command() {
            match command.kind {
                CommandKind::Invoke(_) => {
                    self.fresh.push(command.id);
                    self.open.insert(command.id, command);
                }
                CommandKind::Cancel => drop(self.open.remove(&command.id)),
            }
        }
    }

    /// Answers fresh commands; gives whether there were any.
    fn answer(&mut self) -> bool {
        let fresh = std::mem::take(&mut self.fresh);
        let any = !fresh.is_empty();
        for id in fresh {
            let Some(command) = self.open.get(&id) else {
                continue;
            };
            let CommandKind::Invoke(invoke) = &command.kind else {
                continue;
            };
            let (answer, started) = ((self.script)(command, invoke), invoke.started);
            if !started {
                self.input(Input::TaskStarted {
                    command: id,
                    worker: None,
                });
            }
            self.act(id, answer);
        }
        any
    }

    fn act(&mut self, command: EventId, answer: Answer) {
        let input = match answer {
            Answer::Succeed(output) => Input::TaskSucceeded { command, output },
            Answer::Fail { error, cause } => Input::TaskFailed {
                command,
                error,
                cause,
            },
            Answer::Submit { output, then } => {
                self.input(Input::TaskSubmitted {
                    command,
                    output,
                    handle: None,
                });
                return self.act(command, *then);
            }
            Answer::Silence => return,
        };
        self.input(input);
    }

    /// Runs until nothing can go without time or an answer from outside the script.
    pub fn run_until_blocked(&mut self) {
        loop {
            let outcome = self.advance_canonical(BATCH, &Stops::default()).outcome;
            let answered = self.answer();
            let done = match outcome {
                AdvanceOutcome::Finished => true,
                AdvanceOutcome::Blocked => !answered,
                AdvanceOutcome::Limit | AdvanceOutcome::Stopped { .. } => false,
            };
            if done {
                return;
            }
        }
    }

    /// Lets time pass without looking at the execution: what became due fires at the next advance.
    pub fn pass_time(&mut self, span: Duration) {
        self.now = self.now + span;
    }

    /// Lets time pass, stopping at each timer on the way.
    pub fn advance(&mut self, span: Duration) {
        let target = self.now + span;
        self.run_until_blocked();
        while let Some(due) = self.execution.next_timeout().filter(|due| *due <= target) {
            self.now = self.now.max(due);
            self.run_until_blocked();
        }
        self.now = target;
    }

    /// Runs to the end, time jumping from timer to timer. It stops early where only an answer from outside could go on.
    pub fn run_to_end(&mut self) -> &ExecutionStatus {
        self.run_until_blocked();
        while self.status().is_running() {
            let Some(due) = self.execution.next_timeout() else {
                break;
            };
            self.now = self.now.max(due);
            self.run_until_blocked();
        }
        self.status()
    }

    /// The process dies when only the first `entry` entries are committed, and a new one replays them.
    pub fn crash_after(&mut self, entry: usize) -> Result<(), ReplayError> {
        self.journal.truncate(entry);
        self.now = self.journal.last().map_or(self.start.start, |entry| entry.at);
        self.execution = Execution::replay(self.machine.clone(), self.start.clone(), &self.journal)?;
        self.events.clear();
        self.changes.clear();
        self.open.clear();
        self.fresh.clear();
        self.collect();
        Ok(())
    }

    /// The execution that the journal gives when it is replayed from the start.
    pub fn replayed(&self) -> Result<Execution, ReplayError> {
        Execution::replay(self.machine.clone(), self.start.clone(), &self.journal)
    }
}
