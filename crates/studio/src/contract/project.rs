//! The folder that is open: what is in it, what was open before, trust and settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Severity;

/// What the page needs to know before anything is open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct AppInfo {
    /// Stepwell's version.
    pub version: String,
    /// Folders opened before, newest first.
    pub recent: Vec<RecentProject>,
    /// Folders to start with: the bundled examples, where they are found.
    pub examples: Vec<RecentProject>,
    /// The user's home folder, where browsing starts.
    pub home: String,
    /// What a new Task can call, apart from the project's functions: what runs on this machine.
    pub actions: Vec<ActionView>,
}

/// A service integration that can be put into a workflow.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ActionView {
    /// Names it in [`Edit::InsertState`], such as `states:startExecution.sync:2`.
    pub id: String,
    /// What it does, in words.
    pub title: String,
    /// The service that does it.
    pub service: String,
    /// An icon's name, as in [`StateView::icon`].
    pub icon: String,
}

/// A folder that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct RecentProject {
    /// The folder's own name.
    pub name: String,
    /// Its absolute path.
    pub path: String,
    /// Whether it is still there.
    pub exists: bool,
}

/// Asks to open a folder or a definition file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct OpenProject {
    /// Absolute path, or relative to where Stepwell was started; `~/` is the home folder.
    pub path: String,
}

/// The open project, if one is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "contract.ts")]
pub struct CurrentProject {
    /// None: show the welcome page.
    pub project: Option<ProjectView>,
}

/// An open project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ProjectView {
    /// The folder's own name.
    pub name: String,
    /// Its absolute path.
    pub root: String,
    /// The template that is the manifest, relative to the root.
    pub manifest: Option<String>,
    /// Whether the user allowed code in this folder to run.
    pub trusted: bool,
    /// Why Stepwell can keep nothing in this folder, if so: neither runs nor text that is not saved.
    pub unwritable: Option<String>,
    /// State machines, in the manifest's order, else by path.
    pub workflows: Vec<WorkflowView>,
    /// Functions, in the manifest's order.
    pub functions: Vec<FunctionView>,
    /// Event files: inputs to run with.
    pub events: Vec<EventFile>,
    /// What is wrong with the project itself (a template that can't be read, a missing definition).
    pub problems: Vec<ProjectProblem>,
}

/// A state machine of the project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct WorkflowView {
    /// Identity: the logical id in the template, else the file's path.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The document that holds the definition, relative to the root.
    pub document: String,
    /// `standard` or `express`.
    pub kind: String,
    /// Its file is gone; what was not saved of it is all there is.
    pub missing: bool,
}

/// A function of the project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct FunctionView {
    /// The function's name.
    pub name: String,
    /// As declared, such as `python3.13`.
    pub runtime: String,
    /// As declared.
    pub handler: String,
    /// Its code's folder, relative to the root.
    pub code: String,
    /// Why it can't run as declared, if so (no such folder; another version of the runtime is used).
    pub problem: Option<String>,
}

/// A file that can be an execution's input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct EventFile {
    /// File name without extension, such as `in-stock`.
    pub name: String,
    /// Relative to the root.
    pub path: String,
    /// The file's text (at most 256 KiB; larger ones are not listed).
    pub text: String,
}

/// Something wrong with the project itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ProjectProblem {
    /// How bad it is.
    pub severity: Severity,
    /// The file, relative to the root.
    pub path: String,
    /// Counted from 1.
    pub line: Option<u32>,
    /// One sentence.
    pub message: String,
}

/// The user's answer to "may code in this folder run?".
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct TrustProject {
    /// Yes or no; kept in the user's configuration.
    pub trusted: bool,
}

/// Asks what is in a folder, to choose one where no native dialog is at hand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Browse {
    /// The folder; empty = home.
    pub path: String,
}

/// What is in a folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Listing {
    /// Absolute path of the folder listed.
    pub path: String,
    /// Absolute path of the folder above.
    pub parent: Option<String>,
    /// Folders and definition files, folders first, hidden ones left out.
    pub entries: Vec<Entry>,
}

/// One thing in a folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its absolute path.
    pub path: String,
    /// A folder, or a file that can be opened.
    pub folder: bool,
    /// Looks like a project: has a template or a definition in it.
    pub project: bool,
}

/// Asks for a setting of the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct GetSetting {
    /// The setting's name.
    pub key: String,
}

/// A setting of the window, such as the sizes of its panels; kept in the user's configuration.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Setting {
    /// The setting's name.
    pub key: String,
    /// JSON text; none = not set.
    pub value: Option<String>,
}
