//! Frames: one running scope each (the root, a branch, an iteration), with where it stands and the data on the way.

use asl::machine::{ScopeId, StateId};
use asl::value::{Map, Text, Value};

use crate::event::Assignments;
use crate::failure::Failure;
use crate::{Boundary, Command, EventId, FrameId, FrameOutcome, Stage, Timestamp, Via};

/// One running scope.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) id: FrameId,
    pub(crate) parent: Option<FrameId>,
    pub(crate) scope: ScopeId,
    /// Which branch or iteration.
    pub(crate) index: u32,
    /// The current state; at `Enter` the one that is about to be entered.
    pub(crate) state: StateId,
    /// The boundary before which it stands.
    pub(crate) at: Boundary,
    pub(crate) waiting: Waiting,
    pub(crate) held: bool,
    pub(crate) ended: Option<FrameOutcome>,
    /// The last event of its causal chain; 0 before the first.
    pub(crate) chain: EventId,
    /// The current state's Entered event.
    pub(crate) entered_event: EventId,
    /// The event before that.
    pub(crate) before_entered: EventId,
    /// When the current state was entered.
    pub(crate) entered_at: Timestamp,
    pub(crate) data: Data,
    /// Variables of this scope; those around it are the parents'.
    pub(crate) variables: Map,
    /// How often the current state was retried.
    pub(crate) retry_count: u32,
    /// The same for each retrier; empty before the first retry.
    pub(crate) retries: Vec<u64>,
    /// The error that stands before `Catch`.
    pub(crate) failure: Option<Box<Failure>>,
    /// By what the current state is left.
    pub(crate) via: Via,
    /// Where it is left to; none ends the scope.
    pub(crate) next: Option<StateId>,
    /// What `Assign` sets when the state is left.
    pub(crate) assigned: Option<Assignments>,
    /// The Map item that this frame is the iteration of.
    pub(crate) item: Option<Box<MapItem>>,
    pub(crate) task: Option<Box<OpenTask>>,
    pub(crate) children: Option<Box<Children>>,
}

/// What a frame waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// Nothing.
    None,
    /// Its open task.
    Task,
    /// A moment.
    Until(Timestamp),
    /// A moment, to try again.
    RetryAt(Timestamp),
    /// Its children.
    Children,
}

/// The data of the current state by stage.
#[derive(Debug, Clone, Default)]
pub(crate) struct Data {
    pub(crate) input: Value,
    pub(crate) after_input_path: Option<Value>,
    pub(crate) after_parameters: Option<Value>,
    pub(crate) result: Option<Value>,
    pub(crate) after_result_selector: Option<Value>,
    pub(crate) after_result_path: Option<Value>,
    pub(crate) output: Option<Value>,
}

/// An item of a Map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapItem {
    pub(crate) index: u32,
    pub(crate) value: Value,
}

/// A task that was scheduled and has not ended.
#[derive(Debug, Clone)]
pub(crate) struct OpenTask {
    /// As it was given out.
    pub(crate) command: Command,
    /// Whether its Started event was emitted.
    pub(crate) started: bool,
    /// What names the job outside.
    pub(crate) handle: Option<Text>,
}

/// The branches or iterations of a frame's Parallel or Map state.
#[derive(Debug, Clone)]
pub(crate) struct Children {
    /// A Map's items, an array; none for a Parallel state.
    pub(crate) items: Option<Value>,
    /// Output of each, in order; none where it is not there yet.
    pub(crate) results: Vec<Option<Value>>,
    /// The first that has not begun.
    pub(crate) next: u32,
    /// How many may run at once.
    pub(crate) concurrency: u32,
    /// How many failures are tolerated.
    pub(crate) tolerated: u32,
    pub(crate) succeeded: u32,
    pub(crate) failed: u32,
    /// Those that run.
    pub(crate) live: Vec<FrameId>,
}

impl Children {
    /// So many that are to begin at once.
    pub(crate) fn of(count: u32, concurrency: u32) -> Children {
        Children {
            items: None,
            results: vec![None; count as usize],
            next: count,
            concurrency,
            tolerated: 0,
            succeeded: 0,
            failed: 0,
            live: Vec::new(),
        }
    }

    pub(crate) fn total(&self) -> u32 {
        u32::try_from(self.results.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn running(&self) -> u32 {
        u32::try_from(self.live.len()).unwrap_or(u32::MAX)
    }
}

impl Frame {
    /// A frame that is about to begin its scope at `state`.
    pub(crate) fn new(id: FrameId, scope: ScopeId, state: StateId, input: Value) -> Frame {
        Frame {
            id,
            parent: None,
            scope,
            index: 0,
            state,
            at: Boundary::ScopeStart,
            waiting: Waiting::None,
            held: false,
            ended: None,
            chain: 0,
            entered_event: 0,
            before_entered: 0,
            entered_at: Timestamp(0),
            data: Data {
                input,
                ..Data::default()
            },
            variables: Map::default(),
            retry_count: 0,
            retries: Vec::new(),
            failure: None,
            via: Via::Next,
            next: None,
            assigned: None,
            item: None,
            task: None,
            children: None,
        }
    }

    /// Whether it can go.
    pub(crate) fn runnable(&self) -> bool {
        !self.held && self.waiting == Waiting::None && self.ended.is_none()
    }

    /// Whether its state was entered and not left.
    pub(crate) fn is_inside(&self) -> bool {
        !matches!(
            self.at,
            Boundary::ScopeStart | Boundary::Enter | Boundary::Transition | Boundary::ScopeJoin
        )
    }

    /// The number of the attempt that is made, or comes next.
    pub(crate) fn attempt(&self) -> u32 {
        self.retry_count.saturating_add(1)
    }
}

impl Data {
    /// The value after `InputPath`. It is there behind `Enter`; before, the input stands for it.
    pub(crate) fn effective(&self) -> &Value {
        self.after_input_path.as_ref().unwrap_or(&self.input)
    }

    /// The value after `Parameters`.
    pub(crate) fn parameters(&self) -> &Value {
        self.after_parameters.as_ref().unwrap_or_else(|| self.effective())
    }

    /// The place of a stage's value.
    pub(crate) fn set(&mut self, stage: Stage, value: Value) {
        match stage {
            Stage::Input => self.input = value,
            Stage::AfterInputPath => self.after_input_path = Some(value),
            Stage::AfterParameters => self.after_parameters = Some(value),
            Stage::Result => self.result = Some(value),
            Stage::AfterResultSelector => self.after_result_selector = Some(value),
            Stage::AfterResultPath => self.after_result_path = Some(value),
            Stage::Output => self.output = Some(value),
        }
    }
}

/// All frames by number. A frame that ended leaves an empty place.
#[derive(Debug, Clone, Default)]
pub(crate) struct FrameTable {
    slots: Vec<Option<Box<Frame>>>,
}

impl FrameTable {
    /// The number that the next frame will have.
    pub(crate) fn next_id(&self) -> FrameId {
        FrameId(u32::try_from(self.slots.len()).unwrap_or(u32::MAX))
    }

    /// Adds the frame whose number is [`FrameTable::next_id`].
    pub(crate) fn add(&mut self, frame: Frame) {
        self.slots.push(Some(Box::new(frame)));
    }

    pub(crate) fn get(&self, id: FrameId) -> Option<&Frame> {
        self.slots.get(id.0 as usize)?.as_deref()
    }

    pub(crate) fn get_mut(&mut self, id: FrameId) -> Option<&mut Frame> {
        self.slots.get_mut(id.0 as usize)?.as_deref_mut()
    }

    /// Takes a frame out, to work on it beside the execution; [`FrameTable::put`] brings it back.
    pub(crate) fn take(&mut self, id: FrameId) -> Option<Box<Frame>> {
        self.slots.get_mut(id.0 as usize)?.take()
    }

    /// Puts a frame back in its place.
    pub(crate) fn put(&mut self, frame: Box<Frame>) {
        if let Some(slot) = self.slots.get_mut(frame.id.0 as usize) {
            *slot = Some(frame);
        }
    }

    /// All frames, in the order in which they began.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Frame> {
        self.slots.iter().filter_map(Option::as_deref)
    }
}
