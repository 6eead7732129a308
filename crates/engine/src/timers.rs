//! Timers: moments that the execution waits for. Setting and cancelling are exact, so `next` is always a moment that counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::{FrameId, Timestamp};

/// What is due. At one moment, timers fire by frame and then in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// `TimeoutSeconds` of the machine, or the five minutes of Express (frame 0).
    Execution,
    /// `TimeoutSeconds` of a task.
    Task,
    /// `HeartbeatSeconds` of a task.
    Heartbeat,
    /// A retry.
    Retry,
    /// A Wait state.
    Wait,
}

/// All timers that are set. A frame has at most one of each kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timers {
    due: BTreeSet<(Timestamp, FrameId, Timer)>,
    set: BTreeMap<(FrameId, Timer), Timestamp>,
}

impl Timers {
    /// Sets a timer, in the place of an earlier one of the same kind.
    pub(crate) fn set(&mut self, frame: FrameId, timer: Timer, at: Timestamp) {
        self.cancel(frame, timer);
        self.due.insert((at, frame, timer));
        self.set.insert((frame, timer), at);
    }

    /// Cancels a timer, if it is set.
    pub(crate) fn cancel(&mut self, frame: FrameId, timer: Timer) {
        if let Some(at) = self.set.remove(&(frame, timer)) {
            self.due.remove(&(at, frame, timer));
        }
    }

    /// Cancels all timers.
    pub(crate) fn clear(&mut self) {
        *self = Timers::default();
    }

    /// The earliest moment.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.due.first().map(|(at, _, _)| *at)
    }

    /// Takes the earliest timer out, if it is due.
    pub(crate) fn pop_due(&mut self, now: Timestamp) -> Option<(FrameId, Timer)> {
        let (at, frame, timer) = *self.due.first().filter(|(at, _, _)| *at <= now)?;
        self.due.remove(&(at, frame, timer));
        self.set.remove(&(frame, timer));
        Some((frame, timer))
    }
}
