//! What the core understands of a document: its states, what is wrong, and the drawing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Severity;

/// What the core understands of a document at a version, whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DocumentAnalysis {
    /// Path relative to the project's root.
    pub document: String,
    /// The version analysed.
    pub version: u32,
    /// `JSONPath` or `JSONata`.
    pub query_language: String,
    /// Every state that could be read, in the order of the text.
    pub states: Vec<StateView>,
    /// The drawing.
    pub diagram: DiagramView,
    /// What is wrong, by position.
    pub diagnostics: Vec<DiagnosticView>,
}

/// What the core understands of a document at a version, as it differs from what was said before on this stream.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DocumentAnalysed {
    /// Path relative to the project's root.
    pub document: String,
    /// The version analysed.
    pub version: u32,
    /// `JSONPath` or `JSONata`.
    pub query_language: String,
    /// Every state that could be read, or what became of them.
    pub states: StatesNews,
    /// The drawing; absent when it is the same as before.
    pub diagram: Option<DiagramView>,
    /// What is wrong, by position.
    pub diagnostics: Vec<DiagnosticView>,
}

/// The states of an analysis. A key in a long text moves hundreds of states and changes one, or none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum StatesNews {
    /// All of them, in the order of the text.
    Whole {
        /// The states.
        states: Vec<StateView>,
    },
    /// As many as before, in the same order.
    Differ {
        /// The version of the analysis that they differ from. Who has another one asks for the whole.
        base: u32,
        /// Those that stand elsewhere in the text and are otherwise the same.
        moved: Vec<Moved>,
        /// Those that are otherwise different.
        changed: Vec<ChangedState>,
    },
}

/// Neighbouring states that moved by the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Moved {
    /// The first of them, counted from 0 in the order of the text.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// What is added to each one's [`StateView::from`].
    pub from: i32,
    /// To its [`StateView::to`].
    pub to: i32,
    /// To its [`StateView::line`].
    pub line: i32,
}

/// A state that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct ChangedState {
    /// Which, counted from 0 in the order of the text.
    pub at: u32,
    /// What it is now.
    pub state: StateView,
}

/// A state of a definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct StateView {
    /// Identity: the name, or the JSON pointer of a later state with the same name.
    pub key: String,
    /// The name.
    pub name: String,
    /// `Task`, `Pass`, …; none if it can't be read.
    pub state_type: Option<String>,
    /// What it does, in a few words: `Lambda · price-order`, `3 rules`.
    pub summary: String,
    /// An icon's name for what it does: `function`, `choice`, `parallel`, `map`, `pass`, `wait`, `succeed`, `fail`, `activity`, `service`, `unknown`.
    pub icon: String,
    /// JSON pointer.
    pub pointer: String,
    /// Whole member in the text (UTF-16).
    pub from: u32,
    /// End of the member.
    pub to: u32,
    /// Line of the name, counted from 1, for the gutter.
    pub line: u32,
    /// The worst diagnostic on it.
    pub severity: Option<Severity>,
    /// States it leads to, in the order of the drawing (arrow keys follow them).
    pub next: Vec<String>,
}

/// Something wrong in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DiagnosticView {
    /// Such as `SW0003`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in words.
    pub message: String,
    /// Start (UTF-16).
    pub from: u32,
    /// End.
    pub to: u32,
    /// Line, counted from 1.
    pub line: u32,
    /// Column, counted from 1.
    pub column: u32,
    /// The state concerned.
    pub state: Option<String>,
    /// The field concerned, as a JSON pointer inside the state.
    pub field: Option<String>,
    /// What the fix would do, if there is one.
    pub fix: Option<String>,
}

/// The drawing of a definition. Coordinates are CSS pixels at zoom 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct DiagramView {
    /// Of the whole drawing.
    pub width: f32,
    /// Of the whole drawing.
    pub height: f32,
    /// Cards, rooms and pills; a room comes before what lies in it.
    pub nodes: Vec<NodeView>,
    /// Transitions.
    pub edges: Vec<EdgeView>,
}

/// A card, room or pill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct NodeView {
    /// The state's key; for the start pill of the state machine: empty.
    pub key: String,
    /// `start`, `card`, `stack` (Map), `room` (Parallel or Map with its inside), `pill` (Succeed, Fail).
    pub shape: String,
    /// Left edge, absolute.
    pub x: f32,
    /// Top edge, absolute.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// The room it lies in.
    pub parent: Option<String>,
}

/// A transition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct EdgeView {
    /// Stable as long as its two ends are.
    pub id: String,
    /// The state it leaves; empty = the start pill.
    pub from: String,
    /// The state it leads to.
    pub to: String,
    /// `start`, `next`, `rule`, `default`, `catch`.
    pub kind: String,
    /// Its number among the transitions of `from`; none for `start`.
    pub transition: Option<u32>,
    /// x, y, x, y, …; straight pieces, corners to be rounded by 8 px.
    pub points: Vec<f32>,
    /// What stands on it.
    pub label: Option<EdgeLabel>,
}

/// A label on a transition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct EdgeLabel {
    /// At most 28 characters.
    pub text: String,
    /// Centre.
    pub x: f32,
    /// Centre.
    pub y: f32,
    /// Room kept for it.
    pub width: f32,
    /// Room kept for it.
    pub height: f32,
}
