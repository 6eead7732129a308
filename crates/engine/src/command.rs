//! Commands: what the outside must do, to be acted on only after the entry that gave rise to them is committed.

use asl::machine::{Resource, StateId};
use asl::value::{Text, Value};

use crate::{EventId, FrameId};

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The id of the event that scheduled the task: what inputs about the task name.
    pub id: EventId,
    /// The frame that waits for it.
    pub frame: FrameId,
    /// The Task state.
    pub state: StateId,
    /// What to do.
    pub kind: CommandKind,
}

/// What a command asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum CommandKind {
    /// Run the task, and tell how it went.
    Invoke(Invoke),
    /// Nobody waits for the task of this id any more.
    Cancel,
}

/// A task to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Invoke {
    /// What to call.
    pub resource: Resource,
    /// The parameters, evaluated.
    pub parameters: Value,
    /// `TimeoutSeconds`, if the state has it. The engine keeps the time; this is for workers that want to know.
    pub timeout_seconds: Option<u64>,
    /// `HeartbeatSeconds`, if the state has it.
    pub heartbeat_seconds: Option<u64>,
    /// The task token, for `.waitForTaskToken` and activities.
    pub token: Option<Text>,
    /// `Credentials.RoleArn`, if the state has it.
    pub role_arn: Option<Text>,
    /// 1 for the first try.
    pub attempt: u32,
    /// Whether `TaskStarted` was recorded already (after a replay).
    pub started: bool,
    /// What names the job outside, if `TaskSubmitted` recorded it (after a replay).
    pub handle: Option<Text>,
    /// The command came out before, and the journal has no input that closes it: the process died in between.
    pub reissued: bool,
}
