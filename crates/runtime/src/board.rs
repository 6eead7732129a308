//! The picture of an execution: its visits of states, folded from frame changes as they come.
//!
//! A *visit* is one stay of one frame in one state. Everything a user interface shows is read from visits: how a state
//! stands (its last visit), iterations (frames of a Map's last visit), the timeline (a visit a row), and where a
//! debugger that steps back can stand (the moment before a visit began or ended).

mod summary;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use asl::machine::StateId;
use asl::value::Text;
use engine::{ChangeKind, EventId, FrameChange, FrameId, FrameOutcome, Position, Timestamp, Via};

pub use summary::{Counts, StateStatus, StateSummary};

/// Number of a visit in its execution, from 0, in the order of entering.
pub type VisitId = u32;

/// One stay of one frame in one state.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The frame.
    pub frame: FrameId,
    /// The state.
    pub state: StateId,
    /// When it was entered.
    pub entered: Timestamp,
    /// The event that says so.
    pub entered_event: EventId,
    /// The moment just before it was entered.
    pub before: Position,
    /// When it was left, if it was.
    pub left: Option<Timestamp>,
    /// The moment just before it was left, or failed.
    pub end: Option<Position>,
    /// How it stands.
    pub status: StateStatus,
    /// The attempt in progress or made last, from 1; 0 before the first.
    pub attempt: u32,
    /// How many attempts there can be, once a retrier has said so.
    pub attempts: Option<u64>,
    /// The attempts that failed and were made again.
    pub failed: Vec<FailedAttempt>,
    /// Until when it waits, or when it is tried again.
    pub until: Option<Timestamp>,
    /// Error and cause, when it failed, is retried or was caught.
    pub error: Option<Text>,
    /// The cause.
    pub cause: Option<Text>,
    /// Iterations of a Map.
    pub counts: Option<Counts>,
    /// By what it was left, and where to.
    pub way: Option<(Via, Option<StateId>)>,
}

/// An attempt that failed and was made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedAttempt {
    /// When it failed.
    pub at: Timestamp,
    /// The moment just before.
    pub end: Position,
    /// The error's name.
    pub error: Option<Text>,
    /// Its cause.
    pub cause: Option<Text>,
}

/// The beginning of a visit, or of a further attempt in it: a row of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    /// The visit.
    pub visit: VisitId,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// When.
    pub at: Timestamp,
    /// The last event at that time: for a visit, the one that says so.
    pub event: EventId,
}

/// A frame, also one that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The frame around it.
    pub parent: Option<FrameId>,
    /// The visit of the Parallel or Map state that it belongs to.
    pub visit: Option<VisitId>,
    /// Its scope in the machine.
    pub scope: u32,
    /// Which branch or iteration, from 0.
    pub index: u32,
    /// How deep: 0 for the root.
    pub depth: u32,
    /// When it began.
    pub began: Timestamp,
    /// When it ended, and how.
    pub ended: Option<(Timestamp, FrameOutcome)>,
    /// Its visit in progress, or the last one.
    pub last: Option<VisitId>,
}

/// The way from one state to another; `from` is none at the start of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Step {
    /// The state left.
    pub from: Option<StateId>,
    /// By what.
    pub via: StepVia,
    /// The state reached; none at the end of a scope.
    pub to: Option<StateId>,
}

/// [`Via`], in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StepVia {
    /// From the start of a scope.
    Start,
    /// `Next` or `End`.
    Next,
    /// A choice rule.
    Rule(u32),
    /// `Default`.
    Default,
    /// A catcher.
    Catch(u32),
}

impl From<Via> for StepVia {
    fn from(via: Via) -> Self {
        match via {
            Via::Next => Self::Next,
            Via::Rule(index) => Self::Rule(index),
            Via::Default => Self::Default,
            Via::Catch(index) => Self::Catch(index),
        }
    }
}

/// The picture.
#[derive(Debug, Clone, Default)]
pub struct Board {
    visits: Vec<Visit>,
    beginnings: Vec<Beginning>,
    frames: BTreeMap<FrameId, Frame>,
    of_state: HashMap<StateId, Vec<VisitId>>,
    taken: BTreeMap<Step, u32>,
    transitions: u32,
    changed_states: BTreeSet<StateId>,
    changed_steps: BTreeSet<Step>,
}

impl Board {
    /// Takes a change in. `entry` is the index of the journal entry that brought it about.
    pub fn apply(&mut self, entry: u32, change: &FrameChange) {
        let moment = Position {
            entry,
            passed: change.passed,
        };
        match &change.kind {
            ChangeKind::FrameStarted { parent, scope, index } => {
                self.begin_frame(change, *parent, *scope, *index);
            }
            ChangeKind::Entered => self.enter(change, moment),
            ChangeKind::FrameEnded { outcome } => self.end_frame(change, moment, *outcome),
            ChangeKind::Transition { from, via, to } => self.go(change, *from, *via, *to),
            ChangeKind::ExecutionEnded { .. }
            | ChangeKind::Held { .. }
            | ChangeKind::Released
            | ChangeKind::Edited
            | ChangeKind::Refused { .. } => {}
            _ => self.update_visit(change, moment),
        }
    }

    fn begin_frame(&mut self, change: &FrameChange, parent: Option<FrameId>, scope: u32, index: u32) {
        let around = parent.and_then(|parent| self.frames.get(&parent));
        let frame = Frame {
            parent,
            visit: around.and_then(|frame| frame.last),
            scope,
            index,
            depth: around.map_or(0, |frame| frame.depth + 1),
            began: change.at,
            ended: None,
            last: None,
        };
        if let Some(visit) = frame.visit {
            self.touch(visit);
        }
        self.frames.insert(change.frame, frame);
    }

    fn enter(&mut self, change: &FrameChange, moment: Position) {
        let (Some(state), Some(frame)) = (change.state, self.frames.get_mut(&change.frame)) else {
            return;
        };
        // More visits than fit in 32 bits do not fit in memory either.
        let id = u32::try_from(self.visits.len()).unwrap_or(u32::MAX);
        if frame.last.replace(id).is_none() {
            self.count_step(Step {
                from: None,
                via: StepVia::Start,
                to: Some(state),
            });
        }
        self.visits.push(Visit {
            frame: change.frame,
            state,
            entered: change.at,
            entered_event: change.event,
            before: moment,
            left: None,
            end: None,
            status: StateStatus::Running,
            attempt: 0,
            attempts: None,
            failed: Vec::new(),
            until: None,
            error: None,
            cause: None,
            counts: None,
            way: None,
        });
        self.beginnings.push(Beginning {
            visit: id,
            attempt: 1,
            at: change.at,
            event: change.event,
        });
        self.of_state.entry(state).or_default().push(id);
        self.transitions += 1;
        self.changed_states.insert(state);
    }

    fn update_visit(&mut self, change: &FrameChange, moment: Position) {
        let Some(id) = self.frames.get(&change.frame).and_then(|frame| frame.last) else {
            return;
        };
        let visit = &mut self.visits[id as usize];
        match &change.kind {
            ChangeKind::AttemptStarted { attempt } => {
                visit.attempt = *attempt;
                visit.status = StateStatus::Running;
                visit.until = None;
                if *attempt > 1 {
                    self.beginnings.push(Beginning {
                        visit: id,
                        attempt: *attempt,
                        at: change.at,
                        event: change.event,
                    });
                }
            }
            ChangeKind::RetryDue {
                at,
                attempt,
                of,
                error,
                cause,
            } => {
                visit.status = StateStatus::Retrying;
                visit.until = Some(*at);
                visit.attempt = attempt.saturating_sub(1);
                visit.attempts = Some(*of);
                visit.failed.push(FailedAttempt {
                    at: change.at,
                    end: moment,
                    error: error.clone(),
                    cause: cause.clone(),
                });
                (visit.error, visit.cause) = (error.clone(), cause.clone());
            }
            ChangeKind::WaitingUntil { at } => {
                visit.status = StateStatus::Waiting;
                visit.until = Some(*at);
            }
            ChangeKind::Caught { error, cause, .. } => {
                visit.status = StateStatus::Caught;
                (visit.error, visit.cause) = (error.clone(), cause.clone());
                visit.end = visit.end.or(Some(moment));
            }
            ChangeKind::StateFailed { error, cause } => {
                visit.status = StateStatus::Failed;
                (visit.error, visit.cause) = (error.clone(), cause.clone());
                (visit.left, visit.until) = (Some(change.at), None);
                visit.end = visit.end.or(Some(moment));
            }
            ChangeKind::ItemCounts {
                total,
                running,
                succeeded,
                failed,
            } => {
                visit.counts = Some(Counts {
                    total: *total,
                    running: *running,
                    succeeded: *succeeded,
                    failed: *failed,
                    aborted: 0,
                });
            }
            ChangeKind::Exited => {
                if visit.status != StateStatus::Caught {
                    visit.status = StateStatus::Succeeded;
                    visit.end = Some(moment);
                }
                (visit.left, visit.until) = (Some(change.at), None);
            }
            _ => {}
        }
        self.touch(id);
    }

    fn go(&mut self, change: &FrameChange, from: StateId, via: Via, to: Option<StateId>) {
        self.count_step(Step {
            from: Some(from),
            via: via.into(),
            to,
        });
        if let Some(id) = self.frames.get(&change.frame).and_then(|frame| frame.last) {
            self.visits[id as usize].way = Some((via, to));
        }
    }

    fn end_frame(&mut self, change: &FrameChange, moment: Position, outcome: FrameOutcome) {
        let Some(frame) = self.frames.get_mut(&change.frame) else {
            return;
        };
        frame.ended = Some((change.at, outcome));
        if let Some(id) = frame.last {
            let around = frame.visit;
            let visit = &mut self.visits[id as usize];
            if visit.left.is_none() {
                visit.left = Some(change.at);
                visit.until = None;
                visit.end = visit.end.or(Some(moment));
                // A Fail state, and a state whose error ended the scope, have no exit of their own.
                visit.status = match outcome {
                    FrameOutcome::Succeeded => StateStatus::Succeeded,
                    FrameOutcome::Failed => StateStatus::Failed,
                    FrameOutcome::TimedOut | FrameOutcome::Aborted => StateStatus::Aborted,
                };
            }
            self.touch(id);
            if let Some(around) = around {
                self.touch(around);
            }
        }
    }

    fn count_step(&mut self, step: Step) {
        *self.taken.entry(step).or_default() += 1;
        self.changed_steps.insert(step);
    }

    fn touch(&mut self, visit: VisitId) {
        self.changed_states.insert(self.visits[visit as usize].state);
    }

    /// All visits, in the order of entering.
    #[must_use]
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// Visits and further attempts in them, in the order of time.
    #[must_use]
    pub fn beginnings(&self) -> &[Beginning] {
        &self.beginnings
    }

    /// Which visit of its state this is, from 0.
    #[must_use]
    pub fn number_of(&self, visit: VisitId) -> u32 {
        let state = self.visits.get(visit as usize).map(|visit| visit.state);
        let all = state.and_then(|state| self.of_state.get(&state));
        let number = all.and_then(|all| all.binary_search(&visit).ok()).unwrap_or(0);
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// A frame, also one that is gone.
    #[must_use]
    pub fn frame(&self, id: FrameId) -> Option<&Frame> {
        self.frames.get(&id)
    }

    /// State transitions so far: states entered.
    #[must_use]
    pub fn transitions(&self) -> u32 {
        self.transitions
    }

    /// Ways taken, with how often.
    pub fn taken(&self) -> impl Iterator<Item = (Step, u32)> + '_ {
        self.taken.iter().map(|(step, count)| (*step, *count))
    }

    /// The visits of a state, in the order of entering; within `frame` and what runs inside it, if one is named.
    #[must_use]
    pub fn visits_of(&self, state: StateId, frame: Option<FrameId>) -> Vec<VisitId> {
        let all = self.of_state.get(&state).map(Vec::as_slice).unwrap_or_default();
        match frame {
            None => all.to_vec(),
            Some(frame) => all
                .iter()
                .copied()
                .filter(|id| self.is_inside(self.visits[*id as usize].frame, frame))
                .collect(),
        }
    }

    /// Whether `frame` is `outer` or runs inside it.
    #[must_use]
    pub fn is_inside(&self, frame: FrameId, outer: FrameId) -> bool {
        let mut at = Some(frame);
        while let Some(id) = at {
            if id == outer {
                return true;
            }
            at = self.frames.get(&id).and_then(|frame| frame.parent);
        }
        false
    }

    /// The frames of a visit of a Parallel or Map state: branches or iterations by index.
    #[must_use]
    pub fn children(&self, visit: VisitId) -> Vec<(FrameId, &Frame)> {
        let mut children: Vec<_> = self
            .frames
            .iter()
            .filter(|(_, frame)| frame.visit == Some(visit))
            .map(|(id, frame)| (*id, frame))
            .collect();
        // A retried Map has several frames for an index: the last one counts.
        children.sort_by_key(|(id, frame)| (frame.index, *id));
        children.dedup_by(|later, earlier| {
            let same = later.1.index == earlier.1.index;
            if same {
                *earlier = *later;
            }
            same
        });
        children
    }

    /// What changed since the last call: states and ways.
    pub fn take_changes(&mut self) -> (Vec<StateId>, Vec<(Step, u32)>) {
        let states = std::mem::take(&mut self.changed_states).into_iter().collect();
        let steps = std::mem::take(&mut self.changed_steps);
        (
            states,
            steps
                .into_iter()
                .map(|step| (step, self.taken.get(&step).copied().unwrap_or(0)))
                .collect(),
        )
    }
}
