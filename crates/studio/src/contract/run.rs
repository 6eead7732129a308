//! Runs: start and stop, the live picture, data at each stage.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LogLine;

/// Names a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct RunRef {
    /// The run's id (the execution's name).
    pub execution: String,
}

/// Starts a run. The open text is run, saved or not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct StartRun {
    /// The workflow.
    pub workflow: String,
    /// JSON text.
    pub input: String,
    /// Stop at breakpoints.
    pub debug: bool,
    /// Stand before the first state (debug only).
    pub stop_on_entry: bool,
    /// Waits and retry delays pass at once.
    pub virtual_time: bool,
}

/// What became of a wish to run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum Started {
    /// It runs.
    Running {
        /// The run.
        run: Box<RunView>,
    },
    /// The user has to allow code in this folder to run first (`project.trust`, then again).
    NeedsTrust {
        /// What would run: functions with their folders and runtimes.
        will_run: Vec<String>,
    },
    /// Functions need packages that nobody has installed: may they be (`functions.build`, then again)?
    NeedsBuild {
        /// What would be installed.
        builds: Vec<BuildView>,
    },
}

/// Packages that functions need and nobody has installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct BuildView {
    /// The functions.
    pub functions: Vec<String>,
    /// The file that asks for the packages, relative to the root.
    pub manifest: String,
    /// The packages, as that file names them.
    pub packages: Vec<String>,
    /// The command that would be run; it may use the network.
    pub command: String,
}

/// The user's answer to "may these packages be installed?". Answered when it is done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct BuildFunctions {
    /// Yes: install them now. No: run without them; it is not asked again while the project is open.
    pub allow: bool,
}

/// Stops a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct StopRun {
    /// The run.
    pub execution: String,
}

/// Lists runs, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ListRuns {
    /// Only this workflow's.
    pub workflow: Option<String>,
    /// At most so many.
    pub limit: u32,
}

/// Runs, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Runs {
    /// The runs.
    pub runs: Vec<RunSummary>,
}

/// A run in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct RunSummary {
    /// Identity.
    pub execution: String,
    /// The workflow.
    pub workflow: String,
    /// How it stands.
    pub status: RunStatus,
    /// When it was made, by the wall clock: milliseconds since the Unix epoch.
    pub created: f64,
    /// When it started, by its own clock; a fork started when its parent did. Milliseconds since the Unix epoch.
    pub started: f64,
    /// When it ended, by its own clock. Milliseconds since the Unix epoch.
    pub ended: Option<f64>,
    /// The run it was forked from.
    pub parent: Option<String>,
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum RunStatus {
    /// In progress here.
    Running,
    /// A debugger holds it.
    Paused,
    /// In progress in another process of the user's (read-only here).
    Elsewhere,
    /// Its process ended in the middle; it can be resumed.
    Interrupted,
    /// Done.
    Succeeded,
    /// Ended with an error.
    Failed,
    /// Ended by its own time limit.
    TimedOut,
    /// Stopped by the user.
    Aborted,
}

/// How a state stands in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum StateStatus {
    /// Not reached.
    Idle,
    /// Working.
    Running,
    /// A Wait state, until a time.
    Waiting,
    /// Failed, and will be tried again at a time.
    Retrying,
    /// A debugger stands here.
    Paused,
    /// Left by its normal way.
    Succeeded,
    /// Left by a Catch.
    Caught,
    /// Its error ended the scope.
    Failed,
    /// The run was stopped while it worked.
    Aborted,
}

/// A value at hand: text where small, else the beginning of it and a handle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ValueView {
    /// Indented JSON text, at most 64 KiB of it.
    pub text: String,
    /// Size of the whole in bytes, compact, as the service counts it.
    pub bytes: u32,
    /// Present when `text` is cut: ask `run.value` for the rest.
    pub handle: Option<String>,
}

/// A run as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct RunView {
    /// Identity.
    pub execution: String,
    /// ARN, as on the service.
    pub arn: String,
    /// The workflow.
    pub workflow: String,
    /// Its document, relative to the root.
    pub document: String,
    /// The definition that runs differs from the open text.
    pub stale: bool,
    /// How it stands.
    pub status: RunStatus,
    /// Started by Debug.
    pub debug: bool,
    /// Waits pass at once.
    pub virtual_time: bool,
    /// Milliseconds since the Unix epoch.
    pub started: f64,
    /// Milliseconds since the Unix epoch.
    pub ended: Option<f64>,
    /// The execution's own clock now, milliseconds since the Unix epoch; it stands while the run is paused.
    pub now: f64,
    /// What it was started with.
    pub input: ValueView,
    /// What it answered.
    pub output: Option<ValueView>,
    /// Error name.
    pub error: Option<String>,
    /// Cause.
    pub cause: Option<CauseView>,
    /// States that were reached.
    pub states: Vec<StateRun>,
    /// Transitions that were taken.
    pub taken: Vec<Taken>,
    /// History events so far.
    pub events: u32,
    /// State transitions so far.
    pub transitions: u32,
    /// Where the debugger stands, if it does.
    pub paused: Option<Paused>,
    /// The moment shown is in the past.
    pub past: bool,
    /// The run it was forked from.
    pub parent: Option<String>,
}

/// How a state stands, over all its visits (or, from `run.states`, within one iteration or branch).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct StateRun {
    /// The state's key.
    pub key: String,
    /// The latest.
    pub status: StateStatus,
    /// How often it was entered.
    pub visits: u32,
    /// When it was entered last (ms since the epoch, execution's clock).
    pub entered: f64,
    /// How long the last visit took, in ms.
    pub duration: Option<f64>,
    /// Until when it waits or when it is tried again (ms since the epoch, execution's clock).
    pub until: Option<f64>,
    /// Attempt in progress or last made, from 1.
    pub attempt: u32,
    /// Error name, when it failed, is retried or was caught.
    pub error: Option<String>,
    /// Iterations of a Map or branches of a Parallel.
    pub counts: Option<Counts>,
}

/// Iterations or branches by status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Counts {
    /// All.
    pub total: u32,
    /// In progress.
    pub running: u32,
    /// Done.
    pub succeeded: u32,
    /// Failed.
    pub failed: u32,
    /// Ended by something around them: another one's error, a stop.
    pub aborted: u32,
}

/// A transition that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Taken {
    /// The state it left; empty = the start.
    pub from: String,
    /// Its number among the state's transitions, as in the drawing's edges; none from the start.
    pub transition: Option<u32>,
    /// Where it led.
    pub to: String,
    /// How often.
    pub count: u32,
}

/// Where a debugger stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Paused {
    /// The frame that stands in front.
    pub frame: u32,
    /// Its state.
    pub state: Option<String>,
    /// In words: `before entering`, `before attempt 2 of 4`, `after the result`.
    pub place: String,
    /// `breakpoint`, `step`, `pause`, `error`, `entry`.
    pub reason: String,
    /// Which branch or iteration, in words: `branch 0 of Fulfil`; none in the root.
    pub scope: Option<String>,
    /// Stands at the end of the record: forward commands really run. Else they walk the record.
    pub live: bool,
    /// There is something to step back to.
    pub can_step_back: bool,
}

/// What changed in a run since the last such event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct RunDelta {
    /// The run.
    pub execution: String,
    /// How it stands.
    pub status: RunStatus,
    /// The execution's clock.
    pub now: f64,
    /// States that changed: their latest.
    pub states: Vec<StateRun>,
    /// Transitions whose count changed.
    pub taken: Vec<Taken>,
    /// History events so far.
    pub events: u32,
    /// State transitions so far.
    pub transitions: u32,
    /// Where the debugger stands, if it does.
    pub paused: Option<Paused>,
    /// It ended, or jumped to another moment: ask `run.get` for the whole.
    pub refresh: bool,
}

/// Asks for the states as one frame sees them (an iteration, a branch).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct GetFrameStates {
    /// The run.
    pub execution: String,
    /// The frame.
    pub frame: u32,
}

/// The states of one frame and what runs inside it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct FrameStates {
    /// The states.
    pub states: Vec<StateRun>,
}

/// Asks for the iterations of a Map state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct GetIterations {
    /// The run.
    pub execution: String,
    /// The Map state's key.
    pub state: String,
    /// Those of its last visit in this frame; none = of its last visit anywhere.
    #[serde(default)]
    pub frame: Option<u32>,
    /// First to list, from 0.
    pub from: u32,
    /// At most so many.
    pub limit: u32,
}

/// Iterations of a Map state's last visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Iterations {
    /// All there are.
    pub total: u32,
    /// Those asked for.
    pub iterations: Vec<Iteration>,
}

/// An iteration of a Map state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Iteration {
    /// From 0.
    pub index: u32,
    /// Its frame.
    pub frame: u32,
    /// How it stands.
    pub status: StateStatus,
    /// In ms.
    pub duration: Option<f64>,
}

/// Asks for the data of a state at each stage.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct GetStateData {
    /// The run.
    pub execution: String,
    /// The state's key.
    pub state: String,
    /// In this frame (an iteration); none = wherever it was visited last.
    pub frame: Option<u32>,
    /// Which visit, from 0; none = the last.
    pub visit: Option<u32>,
    /// As it stood when this attempt (from 1) had failed; none = the last attempt.
    #[serde(default)]
    pub attempt: Option<u32>,
}

/// What a run knows of a visit's data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export_to = "contract.ts")]
pub struct FoundData {
    /// None: the run has not reached the state, at the moment shown.
    pub data: Option<StateData>,
}

/// Why something failed, to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "contract.ts")]
pub struct CauseView {
    /// As it is; laid out in lines where it is a JSON object or list, as a failed function's is.
    pub text: String,
    /// Whether it is such JSON.
    pub json: bool,
}

/// The data of one visit of a state, as it flows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct StateData {
    /// The state's key.
    pub state: String,
    /// The frame of this visit.
    pub frame: u32,
    /// This visit, from 0.
    pub visit: u32,
    /// All visits (in the frame, if one was named).
    pub visits: u32,
    /// The attempt shown, from 1; 0 before the first.
    pub attempt: u32,
    /// All attempts so far, where there is more than one.
    pub attempts: Vec<AttemptView>,
    /// In words: `Paused before attempt 2 of 4 · branch 0 of Fulfil`.
    pub place: String,
    /// How the visit stands.
    pub status: StateStatus,
    /// From Input to Output.
    pub stages: Vec<StageView>,
    /// Error name.
    pub error: Option<String>,
    /// Cause.
    pub cause: Option<CauseView>,
    /// The last lines that its function printed in this visit.
    pub log: Vec<LogLine>,
    /// Variables in scope.
    pub variables: Vec<VariableView>,
    /// The context object.
    pub context: Option<ValueView>,
    /// The Map states around it, outermost first, and which iteration of each this visit lies in.
    pub iterations: Vec<InIteration>,
}

/// An attempt of a visit's work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct AttemptView {
    /// From 1.
    pub attempt: u32,
    /// The error's name, if it failed and another attempt was made.
    pub error: Option<String>,
}

/// An iteration around a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct InIteration {
    /// The Map state's key.
    pub state: String,
    /// Which iteration, from 0.
    pub index: u32,
    /// How many there are.
    pub total: u32,
    /// The frame of the Map state: iterations are those of its visit there.
    pub frame: u32,
}

/// One stage of the data of a state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct StageView {
    /// TestState's name: `input`, `afterInputPath`, `afterParameters`, `result`, `afterResultSelector`, `afterResultPath`, `output`.
    pub stage: String,
    /// To show: `Input`, `InputPath`, `Parameters`, `Task result`, …
    pub title: String,
    /// A few words at the right: what the definition says (`$.payment`), or a size.
    pub note: String,
    /// What is there, if it happened.
    pub value: Option<ValueView>,
    /// `passed`, `here`, `ahead`, `unused` (the definition says nothing here; the value is that of the stage before).
    pub progress: String,
    /// Can be edited now (the debugger stands where this decides what happens next).
    pub editable: bool,
    /// Was edited.
    pub edited: bool,
}

/// A variable in scope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct VariableView {
    /// Without the dollar sign.
    pub name: String,
    /// Its value.
    pub value: ValueView,
}

/// Asks for a piece of a large value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct GetValue {
    /// The run.
    pub execution: String,
    /// From a [`ValueView`].
    pub handle: String,
}

/// A value's whole text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ValueText {
    /// Indented JSON text.
    pub text: String,
}
