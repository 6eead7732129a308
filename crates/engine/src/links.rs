//! Which event an event follows from: the one table of causal links (`previousEventId`).
//!
//! Every frame has a chain: the id of its last event. An event either links to its frame's chain or to nothing, and
//! then either becomes the chain's end or stays beside it. What the recordings of the service show:
//!
//! | event | previous | becomes the chain's end |
//! |---|---|---|
//! | `ExecutionStarted`, `ExecutionAborted`, `ExecutionTimedOut` | 0 | no: the first state's Entered has previous 0 |
//! | `MapIteration{Succeeded,Failed,Aborted}` | the iteration's last state event | no: the next iteration begins from that too |
//! | `{Map,Parallel}StateSucceeded` | the last inner event | no: `…StateExited` links to the same |
//! | `…StateAborted` | the state's last event | no |
//! | all others | the frame's last event | yes |
//!
//! When a scope ends, its parent's chain moves: to `MapIterationSucceeded` for an iteration, to the last state event for a
//! branch, and to the failing event where it failed (so that `MapStateFailed`, or `MapStateStarted` of a retry, links to that).
//! An iteration begins from `MapStateStarted`, or from the last state event of the iteration whose end made room for it.

use crate::{EventId, EventType};

/// How an event is tied into its frame's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    /// Whether it follows from the frame's last event; else from nothing.
    pub(crate) follows: bool,
    /// Whether it is the frame's last event now.
    pub(crate) extends: bool,
}

/// The row of the table for a type.
pub(crate) fn link(event: EventType) -> Link {
    use EventType::*;
    let (follows, extends) = match event {
        ExecutionStarted | ExecutionAborted | ExecutionTimedOut => (false, false),
        MapIterationSucceeded | MapIterationFailed | MapIterationAborted => (true, false),
        MapStateSucceeded | ParallelStateSucceeded => (true, false),
        TaskStateAborted | WaitStateAborted | MapStateAborted | ParallelStateAborted => (true, false),
        _ => (true, true),
    };
    Link { follows, extends }
}

/// Ties event `id` into a chain: moves the chain, and gives the event's `previousEventId`.
pub(crate) fn tie(chain: &mut EventId, event: EventType, id: EventId) -> EventId {
    let link = link(event);
    let previous = if link.follows { *chain } else { 0 };
    if link.extends {
        *chain = id;
    }
    previous
}
