//! What can be seen of an execution from outside.

use std::fmt::{self, Write};
use std::sync::Arc;

use asl::machine::{StateKind, StateMachine};

use crate::context::{self, View};
use crate::frame::{Frame, Waiting};
use crate::states::{Step, map};
use crate::{
    Execution, ExecutionStart, ExecutionStatus, FrameId, FrameView, InspectionData, MapPlan, WaitingFor,
};

impl Execution {
    /// The data of a frame; none if there is no such frame (any more).
    pub fn inspect(&self, frame: FrameId) -> Option<InspectionData> {
        use asl::expr::Host;
        use asl::value::Value;
        let frame = self.frames.get(frame)?;
        let failure = frame.failure.as_deref();
        let data = frame.data.clone();
        Some(InspectionData {
            input: Some(data.input),
            after_input_path: data.after_input_path,
            after_parameters: data.after_parameters,
            result: data.result,
            after_result_selector: data.after_result_selector,
            after_result_path: data.after_result_path,
            output: data.output,
            assigned: frame
                .assigned
                .as_deref()
                .map(|assigned| Value::object(assigned.iter().cloned())),
            variables: context::variables(self, frame),
            context: View::of(self, frame).context(),
            attempt: frame.attempt(),
            error: failure.and_then(|failure| failure.error.clone()),
            cause: failure.and_then(|failure| failure.cause.clone()),
            boundary: frame.at,
        })
    }

    /// What the Map state in front of a frame would do; none where there is no Map, or where it would fail.
    pub fn plan_map(&self, frame: FrameId) -> Option<MapPlan> {
        let mut scratch = self.clone();
        let mut frame = scratch.frames.take(frame)?;
        let machine = scratch.machine.clone();
        let state = machine.state(frame.state);
        let StateKind::Map(own) = &state.kind else {
            return None;
        };
        let step = Step {
            run: &mut scratch,
            frame: &mut frame,
            machine: &machine,
            state,
        };
        map::plan(&step, own).ok()
    }

    /// All frames, in the order in which they began.
    pub fn frames(&self) -> impl Iterator<Item = FrameView> + '_ {
        self.frames.iter().map(view)
    }

    /// One frame.
    pub fn frame(&self, id: FrameId) -> Option<FrameView> {
        self.frames.get(id).map(view)
    }

    /// How it is.
    pub fn status(&self) -> &ExecutionStatus {
        &self.status
    }

    /// What it was started with.
    pub fn start_of(&self) -> &Arc<ExecutionStart> {
        &self.start
    }

    /// The machine that it runs.
    pub fn machine(&self) -> &Arc<StateMachine> {
        &self.machine
    }

    /// A digest of everything that determines what happens next: equal for a live execution and its replay.
    pub fn fingerprint(&self) -> u64 {
        let mut digest = Digest(0xcbf2_9ce4_8422_2325);
        let whole = (
            &self.frames,
            &self.ready,
            &self.timers,
            &self.tasks,
            &self.status,
            self.last_event,
        );
        // A digest takes every text.
        let _ = write!(digest, "{whole:?}");
        digest.0
    }
}

fn view(frame: &Frame) -> FrameView {
    FrameView {
        id: frame.id,
        parent: frame.parent,
        state: Some(frame.state),
        boundary: frame.at,
        scope: frame.scope,
        index: frame.index,
        held: frame.held,
        waiting: waiting(frame),
        ended: frame.ended,
    }
}

fn waiting(frame: &Frame) -> WaitingFor {
    match (frame.waiting, frame.task.as_deref(), frame.children.as_deref()) {
        (Waiting::Task, Some(task), _) => WaitingFor::Task {
            command: task.command.id,
        },
        (Waiting::Children, _, Some(children)) => WaitingFor::Children {
            total: children.total(),
            running: children.running(),
            succeeded: children.succeeded,
            failed: children.failed,
        },
        (Waiting::Until(at), ..) => WaitingFor::Until(at),
        (Waiting::RetryAt(at), ..) => WaitingFor::RetryAt {
            at,
            attempt: frame.attempt(),
        },
        _ => WaitingFor::None,
    }
}

/// FNV-1a over text.
struct Digest(u64);

impl Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}
