//! Debugging: breakpoints, steps forward and back, edits of data, forks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::RunView;

/// A place where a debugged run stops.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Breakpoint {
    /// The state's key; none = any state (for `error`).
    pub state: Option<String>,
    /// When.
    pub on: BreakOn,
    /// Kept, but not stopped at, when false.
    pub enabled: bool,
}

/// All breakpoints of a workflow.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Breakpoints {
    /// The breakpoints.
    pub breakpoints: Vec<Breakpoint>,
}

/// When a breakpoint stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum BreakOn {
    /// Before the state is entered.
    Enter,
    /// Before the state is left.
    Exit,
    /// When it has failed, before it is retried or caught.
    Error,
}

/// Replaces the breakpoints of a workflow (or asks for them).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct SetBreakpoints {
    /// The workflow.
    pub workflow: String,
    /// All of them; none = only answer with those that are set.
    pub breakpoints: Option<Vec<Breakpoint>>,
}

/// Moves a debugged run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Step {
    /// The run.
    pub execution: String,
    /// How.
    pub step: StepKind,
}

/// The moves, as in the Debug Adapter Protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum StepKind {
    /// On to the next breakpoint or the end. In the past: along the record, and at its end live.
    Continue,
    /// Hold as soon as possible.
    Pause,
    /// To the next state of the same scope; Parallel and Map are run as a whole.
    Over,
    /// To the next stage of the data, or into a branch or iteration.
    Into,
    /// To the end of the branch or iteration.
    Out,
    /// One step back in the record; invokes nothing.
    Back,
    /// Back to the breakpoint before, or the start.
    ReverseContinue,
}

/// Shows another moment of a run: the timeline's handle. Invokes nothing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Seek {
    /// The run.
    pub execution: String,
    /// Just before this event; none = the newest moment.
    pub event: Option<u32>,
}

/// Changes data where the debugger stands. In the past this makes a fork.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct EditData {
    /// The run.
    pub execution: String,
    /// The frame.
    pub frame: u32,
    /// What to change.
    pub edit: DataEdit,
}

/// Changes of data.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum DataEdit {
    /// Replace the data at a stage.
    Stage {
        /// TestState's name, as in [`super::StageView::stage`].
        stage: String,
        /// JSON text.
        value: String,
    },
    /// Set or remove a variable.
    Variable {
        /// Without the dollar sign.
        name: String,
        /// JSON text; none removes it.
        value: Option<String>,
    },
    /// Do not call: take this as the task's result.
    MockResult {
        /// JSON text.
        value: String,
    },
    /// Fail the state here.
    Throw {
        /// Error name.
        error: String,
        /// Cause.
        cause: String,
    },
    /// Do not wait.
    SkipDelay {},
}

/// Goes on from the moment shown as a new run; the parent stays as it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Fork {
    /// The run.
    pub execution: String,
    /// Use recorded task results while the path agrees, instead of calling again.
    pub reuse_results: bool,
    /// Go on at once; else the fork stands where it was made.
    pub go: bool,
}

/// The run to look at after an edit or a fork: the same one, or the fork.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Forked {
    /// The run.
    pub run: RunView,
    /// Whether it is a new one.
    pub forked: bool,
}
