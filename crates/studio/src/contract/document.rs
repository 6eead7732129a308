//! Documents: their text and its versions, gestures as edits, export.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DocumentAnalysis;

/// Names a document.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DocumentRef {
    /// Path relative to the project's root.
    pub document: String,
}

/// Asks for a document's text; its analysis follows in the answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct OpenDocument {
    /// Path relative to the project's root.
    pub document: String,
}

/// A document as it stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DocumentView {
    /// Path relative to the project's root.
    pub document: String,
    /// Counts every change of the text from any side.
    pub version: u32,
    /// The whole text.
    pub text: String,
    /// `json` or `yaml`.
    pub format: String,
    /// Dirty, undo and so on.
    pub status: DocumentStatus,
    /// What the core understands of it.
    pub analysis: DocumentAnalysis,
}

/// Everything about a document but its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DocumentStatus {
    /// Path relative to the project's root.
    pub document: String,
    /// Differs from the file.
    pub dirty: bool,
    /// What undo would take back, such as `Rename Charge card`.
    pub undo: Option<String>,
    /// What redo would bring back.
    pub redo: Option<String>,
    /// The file changed on disk in a way that can't be merged: ask the user.
    pub conflict: Option<DiskConflict>,
    /// The file is gone from disk; saving makes it again.
    pub missing: bool,
    /// Text of an earlier session that was never saved has been brought back.
    pub recovered: bool,
    /// Put together from pieces of a template (`Fn::Join`): it can be read and run, not edited.
    pub read_only: bool,
    /// Why what is not saved can't be kept where a crash would not take it, if so.
    pub unprotected: Option<String>,
}

/// Writes the text of a document, saved or not, into another file. The document stays as it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct CopyDocument {
    /// Path relative to the project's root.
    pub document: String,
    /// The file to write; relative to the project's root, `~/` = the home folder.
    pub path: String,
    /// Whether it may take the place of a file that is there.
    pub overwrite: bool,
}

/// A copy that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "contract.ts")]
pub struct Copied {
    /// The absolute path of the file.
    pub path: String,
}

/// The file on disk and the open text both changed the same lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DiskConflict {
    /// The text on disk.
    pub disk: String,
    /// Lines (counted from 1) of the open text that are concerned.
    pub lines: Vec<u32>,
}

/// One replaced range. Offsets are UTF-16 code units, as in JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Change {
    /// Start, in the text before the change.
    pub from: u32,
    /// End (exclusive), in the text before the change.
    pub to: u32,
    /// What stands there afterwards.
    pub insert: String,
}

/// Typing. One in flight for each view; the core rebases over what came since.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ChangeDocument {
    /// Path relative to the project's root.
    pub document: String,
    /// The version that the changes were made against.
    pub base_version: u32,
    /// Sorted, not overlapping, all in the text at `baseVersion`.
    pub changes: Vec<Change>,
    /// Who types: comes back as `origin`.
    pub view: String,
}

/// What became of typing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Changed {
    /// The version after the changes.
    pub version: u32,
}

/// A change of the text, for every view. A view that has changes of its own in flight rebases them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DocumentChanged {
    /// Path relative to the project's root.
    pub document: String,
    /// The version before; a view that is not there yet waits for what comes in between.
    pub base_version: u32,
    /// The version after.
    pub version: u32,
    /// As applied, in the text at `baseVersion`.
    pub changes: Vec<Change>,
    /// The view that typed it, or `edit`, `undo`, `redo`, `disk`.
    pub origin: String,
    /// The state to select after a gesture.
    pub select: Option<String>,
}

/// A gesture: computed by the core against its current text, one step of undo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct EditDocument {
    /// Path relative to the project's root.
    pub document: String,
    /// What to do.
    pub edit: Edit,
}

/// Gestures.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum Edit {
    /// Rename a state with every reference to it.
    RenameState {
        /// The state's key.
        state: String,
        /// Its new name.
        to: String,
    },
    /// Set, replace or remove a field.
    SetField {
        /// The state's key; none = the state machine itself.
        state: Option<String>,
        /// JSON pointer inside the state, such as `/TimeoutSeconds`.
        pointer: String,
        /// JSON text; none removes the field.
        value: Option<String>,
    },
    /// Insert a state.
    InsertState {
        /// Where.
        place: Place,
        /// `Task`, `Pass`, `Choice`, …
        state_type: String,
        /// A name, which gets a number where it is taken; none = one is made up.
        name: Option<String>,
        /// For a Task: the function of the project that it calls, by its name.
        function: Option<String>,
        /// For a Task that calls none of those: what it calls, by [`ActionView::id`].
        action: Option<String>,
    },
    /// Delete a state and connect what was before it with what comes after it.
    DeleteState {
        /// The state's key.
        state: String,
    },
    /// Put a copy of a state behind it.
    DuplicateState {
        /// The state's key.
        state: String,
    },
    /// Put in a state that comes as text.
    PasteState {
        /// Where. Behind a state that ends the flow it stands alone.
        place: Place,
        /// JSON: `{"name": {"Type": …}}`, or the body alone.
        text: String,
    },
    /// Put a state into a Parallel or Map that takes its place.
    WrapState {
        /// The state's key.
        state: String,
        /// `Parallel` or `Map`.
        in_type: String,
    },
    /// Give a state another type.
    ChangeType {
        /// The state's key.
        state: String,
        /// `Task`, `Pass`, …
        to: String,
    },
    /// Let a state lead to another one of its scope.
    Connect {
        /// The key of the state to lead from.
        from: String,
        /// The key of the state to lead to.
        to: String,
    },
    /// Let a transition lead elsewhere, or take it away.
    Reconnect {
        /// The key of the state it leaves.
        from: String,
        /// Its number among that state's transitions ([`EdgeView::transition`]).
        transition: u32,
        /// The key of a state of the same scope; none takes the transition away.
        to: Option<String>,
    },
    /// Make a state the first of its scope.
    SetStart {
        /// The state's key.
        state: String,
    },
    /// Put a field in the place of another that excludes it ([`FieldForm::alternatives`]).
    ExchangeField {
        /// The state's key.
        state: String,
        /// The name of the field that goes.
        from: String,
        /// The name of the one that comes.
        to: String,
        /// Its value as JSON text.
        value: String,
    },
    /// Add a rule, retrier, catcher or branch.
    AddEntry {
        /// The state's key.
        state: String,
        /// `Choices`, `Retry`, `Catch` or `Branches`.
        field: String,
    },
    /// Take a rule, retrier, catcher or branch away.
    RemoveEntry {
        /// The state's key.
        state: String,
        /// `Choices`, `Retry`, `Catch` or `Branches`.
        field: String,
        /// Counted from 0.
        index: u32,
    },
    /// Put a rule, retrier, catcher or branch elsewhere in its list.
    MoveEntry {
        /// The state's key.
        state: String,
        /// `Choices`, `Retry`, `Catch` or `Branches`.
        field: String,
        /// Where it is, counted from 0.
        from: u32,
        /// Where it shall be.
        to: u32,
    },
    /// Change what a Choice rule tests.
    ChangeRule {
        /// The state's key.
        state: String,
        /// The pointer of the rule, or of a condition in it ([`ConditionForm`]).
        pointer: String,
        /// What becomes of it.
        change: RuleChange,
    },
}

/// What becomes of a condition.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum RuleChange {
    /// It tests something else.
    Test {
        /// The path to look at.
        variable: String,
        /// [`OperatorForm::literal`] or [`OperatorForm::by_path`].
        operator: String,
        /// What it is compared with, as JSON text.
        operand: String,
    },
    /// Another condition joins it.
    AddCondition {
        /// A group of one.
        group: bool,
    },
    /// All of its parts have to hold, or one of them.
    JoinBy {
        /// All.
        all: bool,
    },
    /// It becomes its opposite.
    Negate {},
    /// It goes.
    Remove {},
}

/// Where a state can be inserted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum Place {
    /// In the middle of a transition.
    OnTransition {
        /// The state it leaves.
        from: String,
        /// Its number among that state's transitions ([`EdgeView::transition`]).
        transition: u32,
    },
    /// Before the first state.
    BeforeStart {
        /// JSON pointer of the scope; empty = the state machine.
        scope: String,
    },
    /// After a state, before its `Next` or as the new end.
    After {
        /// The state's key.
        state: String,
    },
}

/// What became of a gesture.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Edited {
    /// The version after it.
    pub version: u32,
    /// The state to select afterwards.
    pub select: Option<String>,
    /// The status afterwards (undo, dirty).
    pub status: DocumentStatus,
}

/// Applies a diagnostic's fix.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct FixDocument {
    /// Path relative to the project's root.
    pub document: String,
    /// The version of the analysis that showed it.
    pub version: u32,
    /// The diagnostic's number in that analysis.
    pub diagnostic: u32,
}

/// Saves a document.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct SaveDocument {
    /// Path relative to the project's root.
    pub document: String,
}

/// The user's answer to a conflict with the file on disk.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ResolveConflict {
    /// Path relative to the project's root.
    pub document: String,
    /// `mine` keeps the open text (saving will overwrite), `disk` takes the file's; both can be undone.
    pub keep: Keep,
}

/// Which side of a conflict to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum Keep {
    /// The open text.
    Mine,
    /// The file's text.
    Disk,
}

/// Exports a workflow.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ExportWorkflow {
    /// The workflow.
    pub workflow: String,
    /// `asl-json` or `svg`.
    pub format: String,
    /// Leave `${…}` as they are.
    pub keep_substitutions: bool,
    /// Write to this file; none = only answer with the text.
    pub path: Option<String>,
    /// Replace the file if it exists.
    pub overwrite: bool,
    /// `light` or `dark`, for SVG.
    pub theme: Option<String>,
}

/// What was exported.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Exported {
    /// The text.
    pub text: String,
    /// Where it was written (absolute).
    pub path: Option<String>,
    /// A name to offer in a dialog.
    pub suggested_name: String,
    /// `${…}` without a known value, left as they are.
    pub unresolved: Vec<String>,
}

/// Asks whether a text is JSON: inputs and edited data are checked as they are typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct CheckJson {
    /// The text.
    pub text: String,
}

/// Whether a text is JSON.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct JsonChecked {
    /// What is wrong; none = it is JSON.
    pub problem: Option<String>,
    /// Where (UTF-16 offset).
    pub offset: Option<u32>,
    /// Size in bytes as the service counts it.
    pub bytes: u32,
}
