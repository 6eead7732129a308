//! What goes out: events, changes, commands; and how an execution ends.

use asl::value::Text;

use crate::frame::Frame;
use crate::links;
use crate::{
    ChangeKind, Command, CommandKind, EventDetails, EventId, EventType, Execution, ExecutionKind,
    ExecutionStatus, FrameChange, FrameId, FrameOutcome, HistoryEvent,
};

impl Execution {
    /// Emits an event of the frame and ties it into its causal chain. Gives its number.
    /// At the limit of a Standard history the execution fails instead; behind its end nothing is emitted.
    pub(crate) fn emit(
        &mut self,
        frame: &mut Frame,
        event_type: EventType,
        details: EventDetails,
    ) -> EventId {
        if !self.status.is_running() {
            return self.last_event;
        }
        let limit = self.start.limits.events;
        if self.start.kind == ExecutionKind::Standard
            && self.last_event + 1 >= limit
            && !event_type.ends_execution()
        {
            let cause = format!("The execution reached the maximum number of history events ({limit}).");
            let (error, cause) = (Some(aws::errors::RUNTIME.into()), Some(cause.into()));
            self.fail_in_state(frame, error, cause);
            return self.last_event;
        }
        self.push_event(frame, event_type, details)
    }

    fn push_event(&mut self, frame: &mut Frame, event_type: EventType, details: EventDetails) -> EventId {
        let id = self.last_event + 1;
        self.last_event = id;
        let previous = links::tie(&mut frame.chain, event_type, id);
        let state = (previous > 0 || frame.entered_event > 0 || id > 1).then_some(frame.state);
        self.outbox.events.push_back(HistoryEvent {
            id,
            previous,
            timestamp: self.now,
            frame: frame.id,
            state,
            event_type,
            details,
        });
        id
    }

    /// Tells what happened to a frame.
    pub(crate) fn change(&mut self, frame: &Frame, kind: ChangeKind) {
        self.outbox.changes.push_back(FrameChange {
            at: self.now,
            frame: frame.id,
            state: Some(frame.state),
            event: self.last_event,
            passed: self.passed,
            kind,
        });
    }

    /// Tells what happened to something that is no frame any more.
    pub(crate) fn refuse(&mut self, frame: crate::FrameId, why: &'static str) {
        let state = self.state_of(frame);
        let kind = ChangeKind::Refused { why: why.into() };
        self.outbox.changes.push_back(FrameChange {
            at: self.now,
            frame,
            state,
            event: self.last_event,
            passed: self.passed,
            kind,
        });
    }

    /// Asks the outside to do something.
    pub(crate) fn command(&mut self, command: Command) {
        if self.status.is_running() {
            self.outbox.commands.push_back(command);
        }
    }

    /// The frame's task has ended, or nobody waits for it any more (then the outside is told to cancel it).
    pub(crate) fn close_task(&mut self, frame: &mut Frame, cancel: bool) {
        use crate::timers::Timer;
        let Some(task) = frame.task.take() else { return };
        self.tasks.remove(&task.command.id);
        self.timers.cancel(frame.id, Timer::Task);
        self.timers.cancel(frame.id, Timer::Heartbeat);
        if cancel {
            let Command { id, frame, state, .. } = task.command;
            self.command(Command {
                id,
                frame,
                state,
                kind: CommandKind::Cancel,
            });
        }
    }

    /// The execution succeeds with the root frame's output.
    pub(crate) fn succeed(&mut self, frame: &mut Frame, output: asl::value::Value) {
        self.emit(
            frame,
            EventType::ExecutionSucceeded,
            EventDetails::Output {
                output: output.clone(),
            },
        );
        self.end(
            frame,
            FrameOutcome::Succeeded,
            ExecutionStatus::Succeeded { output },
        );
    }

    /// The execution fails with an error of the frame's state that nobody may handle.
    pub(crate) fn fail_in_state(&mut self, frame: &mut Frame, error: Option<Text>, cause: Option<Text>) {
        if frame.is_inside() {
            let kind = ChangeKind::StateFailed {
                error: error.clone(),
                cause: cause.clone(),
            };
            self.change(frame, kind);
        }
        self.fail(frame, error, cause);
    }

    /// The execution fails with an error that happened in this frame.
    pub(crate) fn fail(&mut self, frame: &mut Frame, error: Option<Text>, cause: Option<Text>) {
        if self.status.is_running() {
            let details = EventDetails::Error {
                error: error.clone(),
                cause: cause.clone(),
            };
            self.push_event(frame, EventType::ExecutionFailed, details);
            self.end(
                frame,
                FrameOutcome::Failed,
                ExecutionStatus::Failed { error, cause },
            );
        }
    }

    /// Its time is over.
    pub(crate) fn time_out(&mut self) {
        let details = EventDetails::Error {
            error: None,
            cause: None,
        };
        self.end_from_outside(
            EventType::ExecutionTimedOut,
            details,
            FrameOutcome::TimedOut,
            ExecutionStatus::TimedOut,
        );
    }

    /// Somebody stopped it.
    pub(crate) fn abort(&mut self, error: Option<Text>, cause: Option<Text>) {
        let details = EventDetails::Error {
            error: error.clone(),
            cause: cause.clone(),
        };
        let status = ExecutionStatus::Aborted { error, cause };
        self.end_from_outside(
            EventType::ExecutionAborted,
            details,
            FrameOutcome::Aborted,
            status,
        );
    }

    /// Ends without a cause within: the event links to nothing, and states that run leave no event (as recorded).
    fn end_from_outside(
        &mut self,
        event_type: EventType,
        details: EventDetails,
        outcome: FrameOutcome,
        status: ExecutionStatus,
    ) {
        // The root frame stays as long as the execution runs.
        let Some(mut root) = self.frames.take(super::ROOT) else {
            return;
        };
        if self.status.is_running() {
            self.push_event(&mut root, event_type, details);
            self.end(&mut root, outcome, status);
        }
        self.frames.put(root);
    }

    /// The end. Frames stay as they are, so that they can still be looked at; tasks in flight are cancelled.
    fn end(&mut self, frame: &mut Frame, outcome: FrameOutcome, status: ExecutionStatus) {
        if !self.status.is_running() {
            return;
        }
        self.close_task(frame, true);
        for (_, id) in std::mem::take(&mut self.tasks) {
            if let Some(mut other) = self.frames.take(id) {
                self.close_task(&mut other, true);
                self.frames.put(other);
            }
        }
        self.timers.clear();
        self.ready.clear();
        self.status = status;
        self.end_frames(frame, outcome);
        if frame.id == super::ROOT {
            frame.ended = Some(outcome);
        } else if let Some(root) = self.frames.get_mut(super::ROOT) {
            root.ended = Some(outcome);
        }
        self.change(frame, ChangeKind::ExecutionEnded { outcome });
    }

    /// States that are still open leave no event, but who watches must see that they run no more. The innermost first.
    fn end_frames(&mut self, frame: &Frame, outcome: FrameOutcome) {
        let others = self.frames.iter().filter(|other| other.ended.is_none());
        let mut open: Vec<FrameId> = others.map(|other| other.id).chain([frame.id]).collect();
        open.sort_unstable();
        open.dedup();
        for id in open.into_iter().rev() {
            if id == frame.id {
                self.change(frame, ChangeKind::FrameEnded { outcome });
            } else if let Some(other) = self.frames.take(id) {
                let outcome = match id == super::ROOT {
                    true => outcome,
                    false => FrameOutcome::Aborted,
                };
                self.change(&other, ChangeKind::FrameEnded { outcome });
                self.frames.put(other);
            }
        }
    }
}
