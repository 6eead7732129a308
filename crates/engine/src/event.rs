//! History events: AWS's own record of an execution, 62 types, written as GetExecutionHistory returns them.
//!
//! Making an event is cheap (values and names are shared); writing it as JSON is somebody else's time.

mod details;
mod json;
mod types;

use asl::machine::StateId;
use asl::value::Value;

pub use details::{
    ActivityScheduled, Assignments, EvaluationFailed, EventDetails, FunctionScheduled, TaskName,
    TaskScheduled,
};
pub use json::WithPayloads;
pub use types::EventType;

use crate::{FrameId, Timestamp};

/// Number of an event in its execution's history, from 1. 0 stands for "no event".
pub type EventId = u32;

/// One event. Serialises as AWS spells it; `frame` and `state` are ours and stay out of that.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEvent {
    /// Its number.
    pub id: EventId,
    /// The event that it follows from; 0 for none.
    pub previous: EventId,
    /// When it happened.
    pub timestamp: Timestamp,
    /// The frame that it happened in.
    pub frame: FrameId,
    /// The state that the frame was in.
    pub state: Option<StateId>,
    /// Which of the 62 types.
    pub event_type: EventType,
    /// What is said about it; the type decides the shape.
    pub details: EventDetails,
}

impl HistoryEvent {
    /// The event as GetExecutionHistory returns it, with the timestamp as ISO text.
    pub fn to_json(&self) -> String {
        // An event consists of texts and numbers, which always can be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// To be serialised as the service spells it, with `text` to write its inputs, outputs, parameters and variables.
    /// Whoever stores events uses it to store large values apart.
    pub fn with_payloads<F: Fn(&Value) -> String>(&self, text: F) -> WithPayloads<'_, F> {
        WithPayloads { event: self, text }
    }
}
