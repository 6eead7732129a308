//! The wire contract: every user-visible operation as one request and one response, and one event stream.
//!
//! | area | file |
//! |---|---|
//! | the folder that is open, recent ones, trust, settings | `contract/project.rs` |
//! | documents: text, changes, edits, undo | `contract/document.rs` |
//! | what is understood of them: states, diagnostics, the drawing | `contract/analysis.rs` |
//! | forms: a state's fields, rules, retriers and catchers | `contract/form.rs` |
//! | runs: start, watch, data of each state | `contract/run.rs` |
//! | what a run has left: timeline, events, log | `contract/record.rs` |
//! | debugging: breakpoints, steps, edits of data, forks | `contract/debug.rs` |
//!
//! `ui/src/transport/contract.ts` is generated from these types (`cargo test -p stepwell-studio` says when it is
//! out of date; `STEPWELL_BLESS=1` writes it). Payloads of executions cross as JSON *text*, never as JSON: JavaScript
//! would reorder keys and round numbers. There are no 64-bit integers on the wire.

pub mod analysis;
pub mod debug;
pub mod document;
pub mod form;
pub mod project;
pub mod record;
pub mod run;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use analysis::*;
pub use debug::*;
pub use document::*;
pub use form::*;
pub use project::*;
pub use record::*;
pub use run::*;

/// Why a call was refused: where, what, and what to do.
#[derive(Debug, Clone, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
#[ts(export_to = "contract.ts")]
pub struct CallError {
    /// A stable code, as in `document.stale`; never match the text.
    pub code: String,
    /// One sentence for the user.
    pub message: String,
    /// What to do about it, if more can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hint: Option<String>,
}

impl CallError {
    /// An error with a code and one sentence.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            hint: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The answer to a request that has nothing to say but that it was done.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "contract.ts")]
pub struct Done {}

/// A request without parameters.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "contract.ts")]
pub struct Nothing {}

/// What the core says of its own accord. Delivered in batches, at most one each 16 ms.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum StudioEvent {
    /// The open project, or what is known of it, changed (also: none is open any more).
    Project {
        /// The project as it is now.
        project: Option<ProjectView>,
    },
    /// A document's text changed; views other than `origin` apply `changes` to their copy at `baseVersion`.
    DocumentChanged(DocumentChanged),
    /// What the core understands of a document at a version.
    DocumentAnalysed(DocumentAnalysed),
    /// A document was saved, became dirty, or met a change on disk.
    DocumentStatus(DocumentStatus),
    /// A run moved on. Coalesced: the latest status of each state that changed, plus counters.
    RunChanged(RunDelta),
    /// Lines that functions printed. At most the newest few hundred a batch; the rest by `run.log`.
    RunLog {
        /// The run.
        execution: String,
        /// The lines, in order.
        lines: Vec<LogLine>,
    },
    /// The list of runs changed.
    RunsChanged {},
    /// What a package manager printed while packages of functions are installed.
    BuildProgress {
        /// The file that asks for the packages, relative to the root.
        manifest: String,
        /// One line.
        line: String,
    },
    /// The breakpoints of a workflow changed.
    BreakpointsChanged {
        /// The workflow.
        workflow: String,
        /// All of them.
        breakpoints: Vec<Breakpoint>,
    },
    /// Something that the user should know and that belongs to no call.
    Notice {
        /// How bad it is.
        severity: Severity,
        /// One sentence.
        message: String,
    },
}

/// How bad a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum Severity {
    /// It will not run, or AWS will not accept it.
    Error,
    /// It will run, but probably not as meant.
    Warning,
    /// Good to know.
    Info,
}

/// Lists every method once: its name on the wire, its handler, its request and its response.
/// Expands `$callback!` with the list, so that dispatch and the TypeScript index cannot disagree.
#[macro_export]
macro_rules! with_methods {
    ($callback:ident) => {
        $callback! {
            "app.info" app_info(Nothing) -> AppInfo;
            "project.open" project_open(OpenProject) -> ProjectView;
            "project.current" project_current(Nothing) -> CurrentProject;
            "project.close" project_close(Nothing) -> Done;
            "project.trust" project_trust(TrustProject) -> ProjectView;
            "files.browse" files_browse(Browse) -> Listing;
            "settings.get" settings_get(GetSetting) -> Setting;
            "settings.set" settings_set(Setting) -> Done;
            "document.open" document_open(OpenDocument) -> DocumentView;
            "document.change" document_change(ChangeDocument) -> Changed;
            "document.edit" document_edit(EditDocument) -> Edited;
            "document.fix" document_fix(FixDocument) -> Edited;
            "document.undo" document_undo(DocumentRef) -> Edited;
            "document.redo" document_redo(DocumentRef) -> Edited;
            "document.save" document_save(SaveDocument) -> DocumentStatus;
            "document.copy" document_copy(CopyDocument) -> Copied;
            "document.discard" document_discard(DocumentRef) -> Done;
            "document.resolve" document_resolve(ResolveConflict) -> DocumentStatus;
            "document.state" document_state(GetState) -> FoundForm;
            "workflow.export" workflow_export(ExportWorkflow) -> Exported;
            "json.check" json_check(CheckJson) -> JsonChecked;
            "functions.build" functions_build(BuildFunctions) -> Done;
            "functions.cancelBuild" functions_cancel_build(Nothing) -> Done;
            "run.start" run_start(StartRun) -> Started;
            "run.stop" run_stop(StopRun) -> Done;
            "run.resume" run_resume(RunRef) -> RunView;
            "run.remove" run_remove(RunRef) -> Done;
            "run.list" run_list(ListRuns) -> Runs;
            "run.get" run_get(RunRef) -> RunView;
            "run.states" run_states(GetFrameStates) -> FrameStates;
            "run.iterations" run_iterations(GetIterations) -> Iterations;
            "run.data" run_data(GetStateData) -> FoundData;
            "run.value" run_value(GetValue) -> ValueText;
            "run.timeline" run_timeline(GetRange) -> Timeline;
            "run.events" run_events(GetRange) -> Events;
            "run.event" run_event(GetEvent) -> EventDetail;
            "run.log" run_log(GetRange) -> Log;
            "debug.breakpoints" debug_breakpoints(SetBreakpoints) -> Breakpoints;
            "debug.step" debug_step(Step) -> RunView;
            "debug.seek" debug_seek(Seek) -> RunView;
            "debug.stack" debug_stack(RunRef) -> Stack;
            "debug.evaluate" debug_evaluate(Evaluate) -> Evaluated;
            "debug.edit" debug_edit(EditData) -> Forked;
            "debug.fork" debug_fork(Fork) -> Forked;
        }
    };
}
