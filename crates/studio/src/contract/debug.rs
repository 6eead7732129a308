//! Debugging: breakpoints, steps forward and back, edits of data, forks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{GetStateData, RunView, StateStatus};

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
    /// When any state has failed and nobody will retry or catch it.
    Uncaught,
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

/// The call stack at the moment shown.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Stack {
    /// All frames there are.
    pub total: u32,
    /// Outermost first, each before those that run inside it; at most 500, but always those on the way to the front.
    pub frames: Vec<FrameView>,
}

/// A frame: one running scope of an execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct FrameView {
    /// Its number.
    pub frame: u32,
    /// How deep: 0 for the execution itself.
    pub depth: u32,
    /// `branch 0 of Fulfil`, `iteration 2 of Reserve each line`; empty for the execution itself.
    pub scope: String,
    /// The state's key: the one it is in, or is about to enter.
    pub state: Option<String>,
    /// In words: `before entering`, `calls its function`, `2 of 4 done`.
    pub place: String,
    /// How its state stands.
    pub status: StateStatus,
    /// A debugger holds it.
    pub held: bool,
    /// The debugger stands here.
    pub front: bool,
}

/// Evaluates expressions over the data of a visit, at the moment shown. Changes nothing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Evaluate {
    /// Which data: `$` is the value at the stage where the visit stands, or at the last one reached.
    pub of: GetStateData,
    /// Paths (`$.total`, `$$.State.RetryCount`, `$name`) or calls of intrinsic functions; at most 64.
    pub expressions: Vec<String>,
}

/// What came of expressions, in their order.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Evaluated {
    /// One for each.
    pub results: Vec<Evaluation>,
}

/// What came of an expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Evaluation {
    /// Its value as indented JSON text; of a long one the first 64 KiB.
    pub value: Option<String>,
    /// Why it has none.
    pub problem: Option<String>,
}
