//! A debugger's edits. Each applies to a frame that stands before a boundary; where it does not fit, nothing changes and a
//! change says why.

use asl::machine::StateKind;
use asl::value::{Text, Value};

use crate::failure::Failure;
use crate::frame::{Frame, Waiting};
use crate::states::{self, task};
use crate::timers::Timer;
use crate::{Boundary, ChangeKind, Execution, FrameId, Stage};

/// Why an edit was refused.
type Refusal = &'static str;

const NO_FRAME: Refusal = "there is no such frame any more";
const WAITING: Refusal = "the frame waits; an edit needs a frame that stands before a boundary";

impl Execution {
    /// Makes an edit on a frame, or says why not.
    fn edit(&mut self, id: FrameId, work: impl FnOnce(&mut Execution, &mut Frame) -> Result<(), Refusal>) {
        let Some(mut frame) = self.frames.take(id) else {
            return self.refuse(id, NO_FRAME);
        };
        let done = work(self, &mut frame);
        let kind = match done {
            Ok(()) => ChangeKind::Edited,
            Err(why) => ChangeKind::Refused { why: why.into() },
        };
        self.change(&frame, kind);
        self.frames.put(frame);
    }

    pub(super) fn set_data(&mut self, id: FrameId, stage: Stage, value: Value) {
        self.edit(id, |_, frame| {
            if frame.waiting != Waiting::None {
                return Err(WAITING);
            }
            if frame.at.stage() != Some(stage) {
                return Err("only the value at the boundary before which the frame stands can be changed");
            }
            frame.data.set(stage, value);
            Ok(())
        });
    }

    pub(super) fn set_variable(&mut self, id: FrameId, name: Text, value: Option<Value>) {
        self.edit(id, |run, frame| {
            match value {
                Some(value) => run.variables_bytes.set(frame, name, value),
                None => run.variables_bytes.remove(frame, &name),
            }
            Ok(())
        });
    }

    pub(super) fn throw(&mut self, id: FrameId, error: Text, cause: Option<Text>) {
        self.edit(id, |run, frame| {
            if !frame.is_inside() {
                return Err("the frame is between states; an error needs a state that was entered");
            }
            if frame.waiting == Waiting::Children {
                return Err("the frame's branches or iterations run; throw the error in one of them");
            }
            run.stop_waiting(frame);
            states::raise(run, frame, Failure::thrown(Some(error), cause));
            run.wake(frame);
            Ok(())
        });
    }

    pub(super) fn mock_result(&mut self, id: FrameId, value: Value) {
        self.edit(id, |run, frame| {
            let works = match &run.machine.state(frame.state).kind {
                StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) => true,
                StateKind::Pass(_) | StateKind::Choice(_) | StateKind::Wait(_) => false,
                StateKind::Succeed(_) | StateKind::Fail(_) => false,
            };
            if !works {
                return Err("only a Task, Parallel or Map state has a result to replace");
            }
            match (frame.waiting, frame.at) {
                (Waiting::Task, _) => task::mocked(run, frame, value),
                (Waiting::None, Boundary::AfterParameters | Boundary::Attempt(_)) => {
                    frame.data.result = Some(value);
                    frame.at = Boundary::Result;
                }
                _ => return Err("the frame does not stand before its work, nor waits for a task"),
            }
            run.wake(frame);
            Ok(())
        });
    }

    pub(super) fn skip_delay(&mut self, id: FrameId) {
        self.edit(id, |run, frame| {
            if !matches!(frame.waiting, Waiting::Until(_) | Waiting::RetryAt(_)) {
                return Err("the frame does not wait for a moment");
            }
            run.stop_waiting(frame);
            run.wake(frame);
            Ok(())
        });
    }

    /// Takes away what the frame waits for: its timers, and the task in flight.
    fn stop_waiting(&mut self, frame: &mut Frame) {
        self.timers.cancel(frame.id, Timer::Wait);
        self.timers.cancel(frame.id, Timer::Retry);
        self.close_task(frame, true);
    }
}
