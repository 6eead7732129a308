//! The ready queue: which frame goes next, and where an advance stops.
//!
//! Canonical order: first come, first served. A frame comes to the queue when it is made, wakes, or is released; it runs until
//! it waits, ends or is held, and keeps its place at the front when an advance ends in between. The queue holds exactly the
//! frames that can go, so that the order depends on nothing but the entries.

use std::sync::Arc;

use asl::machine::StateId;

use crate::frame::{Frame, Waiting};
use crate::states;
use crate::timers::Timer;
use crate::{
    Advance, AdvanceOutcome, Advanced, Boundary, Execution, FrameId, OnError, StopPoint, Stops, Timestamp,
};

/// How far an advance goes.
struct Reach<'a> {
    at_most: u32,
    stops: &'a Stops,
    goes_on: &'a dyn Fn() -> bool,
}

impl Execution {
    /// Fires the timers that are due, then passes boundaries.
    pub fn advance(&mut self, at: Timestamp, how: Advance<'_>) -> Advanced {
        self.advance_while(at, how, &|| true)
    }

    /// The same, as long as `goes_on` says so: it is asked behind each boundary, so that the caller's clock can end an advance
    /// whose expressions take long. What counts for a replay is only how many boundaries were passed.
    pub fn advance_while(&mut self, at: Timestamp, how: Advance<'_>, goes_on: &dyn Fn() -> bool) -> Advanced {
        self.now = at;
        self.passed = 0;
        let fired = self.fire_due();
        let (passed, outcome) = match how {
            Advance::Canonical { at_most, stops } => self.advance_canonical(&Reach {
                at_most,
                stops,
                goes_on,
            }),
            Advance::Only {
                frame,
                at_most,
                stops,
            } => self.advance_only(
                frame,
                &Reach {
                    at_most,
                    stops,
                    goes_on,
                },
            ),
        };
        Advanced {
            passed,
            fired,
            outcome,
        }
    }

    fn advance_canonical(&mut self, reach: &Reach<'_>) -> (u32, AdvanceOutcome) {
        let mut passed = 0;
        loop {
            if !self.status.is_running() {
                return (passed, AdvanceOutcome::Finished);
            }
            let Some(&front) = self.ready.front() else {
                return (passed, AdvanceOutcome::Blocked);
            };
            if let Some(outcome) = self.run(front, &mut passed, reach) {
                return (passed, outcome);
            }
        }
    }

    fn advance_only(&mut self, frame: FrameId, reach: &Reach<'_>) -> (u32, AdvanceOutcome) {
        let mut passed = 0;
        if !self.status.is_running() {
            return (passed, AdvanceOutcome::Finished);
        }
        if !self.frames.get(frame).is_some_and(Frame::runnable) {
            return (passed, AdvanceOutcome::Blocked);
        }
        let outcome = self.run(frame, &mut passed, reach);
        let ended = if self.status.is_running() {
            AdvanceOutcome::Blocked
        } else {
            AdvanceOutcome::Finished
        };
        (passed, outcome.unwrap_or(ended))
    }

    /// Runs one frame that can go, until it cannot (then `None`) or something stops the advance.
    fn run(&mut self, id: FrameId, passed: &mut u32, reach: &Reach<'_>) -> Option<AdvanceOutcome> {
        let machine = Arc::clone(&self.machine);
        // Whatever is in the queue has a frame.
        let Some(mut frame) = self.frames.take(id) else {
            self.unqueue(id);
            return None;
        };
        let stops = (!reach.stops.is_empty()).then_some(reach.stops);
        let outcome = loop {
            if *passed == reach.at_most {
                break Some(AdvanceOutcome::Limit);
            }
            if stops.is_some_and(|stops| self.stops_at(stops, &frame)) {
                break Some(AdvanceOutcome::Stopped {
                    frame: id,
                    boundary: frame.at,
                });
            }
            states::pass(self, &machine, &mut frame);
            *passed += 1;
            self.passed = *passed;
            let ends_here = self.status.is_running() && !(reach.goes_on)();
            if !frame.runnable() || !self.status.is_running() {
                self.unqueue(id);
                break ends_here.then_some(AdvanceOutcome::Limit);
            }
            if ends_here {
                break Some(AdvanceOutcome::Limit);
            }
        };
        if frame.ended.is_none() || id == super::ROOT {
            self.frames.put(frame);
        }
        outcome
    }

    fn stops_at(&self, stops: &Stops, frame: &Frame) -> bool {
        let here = frame.at.kind();
        let point = |point: &StopPoint| {
            point.boundary == here
                && point.frame.is_none_or(|id| id == frame.id)
                && point.state.is_none_or(|state| state == frame.state)
        };
        stops.points.iter().any(point) || self.stops_on_error(stops.on_error, frame)
    }

    fn stops_on_error(&self, on_error: OnError, frame: &Frame) -> bool {
        let Some(failure) = frame.failure.as_deref().filter(|_| frame.at == Boundary::Catch) else {
            return false;
        };
        match on_error {
            OnError::Never => false,
            OnError::Always => true,
            OnError::Uncaught => !crate::catch::is_handled(self, frame, failure),
        }
    }

    /// Fires what is due, in order; gives how many timers that were.
    fn fire_due(&mut self) -> u32 {
        let mut fired = 0;
        while let Some((id, timer)) = self.timers.pop_due(self.now) {
            fired += 1;
            if timer == Timer::Execution {
                self.time_out();
                break;
            }
            let Some(mut frame) = self.frames.take(id) else {
                continue;
            };
            match timer {
                Timer::Wait | Timer::Retry => {}
                Timer::Task | Timer::Heartbeat => states::task::time_out(self, &mut frame, timer),
                Timer::Execution => {}
            }
            self.wake(&mut frame);
            self.frames.put(frame);
        }
        fired
    }

    /// The frame waits no longer. To be called while the frame is taken out or about to be put back.
    pub(crate) fn wake(&mut self, frame: &mut Frame) {
        if frame.waiting != Waiting::None {
            frame.waiting = Waiting::None;
            self.queue(frame);
        }
    }

    /// Puts a frame that has become runnable at the end of the queue.
    pub(crate) fn queue(&mut self, frame: &Frame) {
        if frame.runnable() && self.status.is_running() {
            self.ready.push_back(frame.id);
        }
    }

    /// Takes a frame that can go no more out of the queue. It mostly is at the front.
    pub(crate) fn unqueue(&mut self, id: FrameId) {
        if self.ready.front() == Some(&id) {
            self.ready.pop_front();
        } else {
            self.ready.retain(|other| *other != id);
        }
    }

    /// The state that a frame is in, or is about to enter.
    pub(crate) fn state_of(&self, frame: FrameId) -> Option<StateId> {
        self.frames.get(frame).map(|frame| frame.state)
    }
}
