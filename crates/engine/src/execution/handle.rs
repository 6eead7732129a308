//! Inputs: facts about tasks, stop, holds. A fact about a task that is not open any more changes nothing.

use asl::value::{Text, Value};
use aws::errors;

use crate::failure::{Failure, Origin};
use crate::frame::Frame;
use crate::states::task;
use crate::timers::Timer;
use crate::{ChangeKind, EventId, EventType, Execution, FrameId, Frames, Input, Timestamp};

impl Execution {
    /// A fact, or a debugger's edit. One that does not apply any more is ignored; an edit then says so in a change.
    pub fn handle(&mut self, at: Timestamp, input: Input) {
        if !self.status.is_running() {
            return;
        }
        self.now = at;
        self.passed = 0;
        match input {
            Input::TaskStarted { command, worker } => {
                self.with_task(command, |run, frame| task::started(run, frame, worker));
            }
            Input::TaskSubmitted {
                command,
                output,
                handle,
            } => {
                self.with_task(command, |run, frame| task::submitted(run, frame, output, handle));
            }
            Input::TaskSucceeded { command, output } => self.task_succeeded(command, output),
            Input::TaskFailed {
                command,
                error,
                cause,
            } => {
                self.task_failed(command, task::Failed::Task, error, cause);
            }
            Input::TaskStartFailed {
                command,
                error,
                cause,
            } => {
                self.task_failed(command, task::Failed::Start, error, cause);
            }
            Input::TaskSubmitFailed {
                command,
                error,
                cause,
            } => {
                self.task_failed(command, task::Failed::Submit, error, cause);
            }
            Input::TaskHeartbeat { command } => self.with_task(command, task::heartbeat),
            Input::Stop { error, cause } => self.abort(error, cause),
            Input::Hold { frames } => self.each(frames, Execution::hold),
            Input::Release { frames } => self.each(frames, Execution::release),
            Input::SetData { frame, stage, value } => self.set_data(frame, stage, value),
            Input::SetVariable { frame, name, value } => self.set_variable(frame, name, value),
            Input::Throw { frame, error, cause } => self.throw(frame, error, cause),
            Input::MockResult { frame, value } => self.mock_result(frame, value),
            Input::SkipDelay { frame } => self.skip_delay(frame),
        }
    }

    /// Works on the frame that waits for this task, if any does.
    fn with_task(&mut self, command: EventId, work: impl FnOnce(&mut Execution, &mut Frame)) {
        let Some(mut frame) = self.tasks.get(&command).and_then(|id| self.frames.take(*id)) else {
            return;
        };
        work(self, &mut frame);
        self.frames.put(frame);
    }

    fn task_succeeded(&mut self, command: EventId, output: Value) {
        self.with_task(command, |run, frame| {
            task::succeeded(run, frame, output);
            run.wake(frame);
        });
    }

    fn task_failed(
        &mut self,
        command: EventId,
        what: task::Failed,
        error: Option<Text>,
        cause: Option<Text>,
    ) {
        // A task that could not begin for a reason of the machine's own never came to a service.
        let is_own = what == task::Failed::Start && error.as_deref() == Some(errors::RUNTIME);
        let origin = if is_own { Origin::State } else { Origin::Task };
        self.with_task(command, |run, frame| {
            let failure = Failure {
                error,
                cause,
                origin,
                location: None,
            };
            task::failed(run, frame, what, failure);
            run.wake(frame);
        });
    }

    fn each(&mut self, frames: Frames, work: fn(&mut Execution, FrameId)) {
        match frames {
            Frames::One(id) => work(self, id),
            Frames::All => {
                let all: Vec<FrameId> = self.frames.iter().map(|frame| frame.id).collect();
                all.into_iter().for_each(|id| work(self, id));
            }
        }
    }

    fn hold(&mut self, id: FrameId) {
        let Some(frame) = self.frames.get_mut(id) else {
            return;
        };
        if !frame.held {
            frame.held = true;
            let boundary = frame.at;
            self.unqueue(id);
            self.tell(id, ChangeKind::Held { boundary });
        }
    }

    fn release(&mut self, id: FrameId) {
        let Some(mut frame) = self.frames.take(id) else {
            return;
        };
        if frame.held {
            frame.held = false;
            self.queue(&frame);
            self.change(&frame, ChangeKind::Released);
        }
        self.frames.put(frame);
    }

    /// Tells what happened to a frame that is in its place.
    pub(crate) fn tell(&mut self, id: FrameId, kind: ChangeKind) {
        if let Some(frame) = self.frames.take(id) {
            self.change(&frame, kind);
            self.frames.put(frame);
        }
    }

    /// `…Aborted` of a state that something around it ends; types that never last have no such event.
    pub(crate) fn emit_aborted(&mut self, frame: &mut Frame) {
        let state_type = self.machine.state(frame.state).kind.state_type();
        if let Some(event) = EventType::aborted(state_type).filter(|_| frame.is_inside()) {
            self.emit(frame, event, crate::EventDetails::None);
        }
        for timer in [Timer::Wait, Timer::Retry] {
            self.timers.cancel(frame.id, timer);
        }
    }
}
