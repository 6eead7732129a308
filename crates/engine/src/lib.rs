//! The pure interpreter of state machines: inputs and time go in, history events and commands come out.
//!
//! ```text
//! handle(at, Input) ─┐                      ┌─ poll_event   → HistoryEvent (AWS's own)
//!                    ├─→  Execution  ──────┼─ poll_change  → FrameChange (for user interfaces)
//! advance(at, how) ──┘   frames, timers    └─ poll_command → Command (what the outside must do)
//! ```
//!
//! The engine never waits, reads no clock and uses no randomness that it was not given. `handle` and `advance` are the only
//! ways in; each call is one [`JournalEntry`], and replaying the entries gives the same execution.

mod boundary;
mod catch;
mod change;
mod command;
mod context;
pub mod event;
mod execution;
mod failure;
mod frame;
mod input;
mod inspect;
mod journal;
mod limits;
mod links;
mod random;
mod retry;
pub mod simulation;
mod start;
mod states;
mod timers;
mod timestamp;
mod transition;
mod variables;

use serde::{Deserialize, Serialize};

pub use boundary::{Advance, AdvanceOutcome, Advanced, Boundary, BoundaryKind, OnError, StopPoint, Stops};
pub use change::{ChangeKind, FrameChange, FrameOutcome, Via};
pub use command::{Command, CommandKind, Invoke};
pub use event::{EventDetails, EventId, EventType, HistoryEvent, WithPayloads};
pub use execution::Execution;
pub use input::{Frames, Input, Stage};
pub use inspect::{ExecutionStatus, FrameView, InspectionData, MapPlan, WaitingFor};
pub use journal::{Entry, JournalEntry, Position, ReplayError};
pub use limits::Limits;
pub use start::{ExecutionKind, ExecutionStart, Parent, StartedAs, StartedBy};
pub use timestamp::Timestamp;

/// Raised whenever a replay may differ from what an older engine did with the same journal.
pub const ENGINE_REVISION: u32 = 2;

/// Number of a frame in its execution; the root is 0, and no number is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FrameId(pub u32);
