//! The form of a state: what it has, what it could have, and how each of it is edited.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the form of a state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct GetState {
    /// Path relative to the project's root.
    pub document: String,
    /// The state's key.
    pub state: String,
}

/// What a definition says of a state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export_to = "contract.ts")]
pub struct FoundForm {
    /// None: the text as it is now has no such state.
    pub form: Option<StateForm>,
}

/// The form of a state: what it has, and what it could have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct StateForm {
    /// The state's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// `Task`, …
    pub state_type: Option<String>,
    /// Type and query language in a sentence: `Choice · JSONPath · decides by the first rule that matches`.
    pub sentence: String,
    /// The document's version.
    pub version: u32,
    /// Fields, in the order in which they are used; those the state lacks have no value.
    pub fields: Vec<FieldForm>,
    /// The state's own text, as in the file.
    pub text: String,
    /// The state alone as JSON text, `{"name": {…}}`: what the clipboard gets. None where it is too damaged.
    pub json: Option<String>,
}

/// A field of a state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct FieldForm {
    /// Its name in the definition.
    pub name: String,
    /// What its label says.
    pub title: String,
    /// Its pointer inside the state.
    pub pointer: String,
    /// How to edit it.
    pub control: FieldControl,
    /// Its value as JSON text; none = absent.
    pub value: Option<String>,
    /// What holds when it is absent, in a few words.
    pub absent: Option<String>,
    /// It is in the form also while it is absent.
    pub usual: bool,
    /// One of the group headings `Behaviour`, `Data`, `Errors`, `Notes`.
    pub group: String,
    /// Fields that exclude each other, this one among them, where there are several: one can take another's place.
    pub alternatives: Vec<AlternativeForm>,
}

/// One of several fields that exclude each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct AlternativeForm {
    /// Its name in the definition.
    pub name: String,
    /// In words: `a number of seconds`.
    pub title: String,
    /// What it begins with, as JSON text.
    pub start: String,
}

/// How a field is edited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum FieldControl {
    /// One line of text.
    Text {},
    /// A number.
    Number {},
    /// A path or expression, in code type.
    Path {},
    /// Yes or no.
    Toggle {},
    /// One of some.
    Select {
        /// The choices.
        options: Vec<String>,
    },
    /// Another state of the same scope.
    State {
        /// The states to choose from.
        options: Vec<String>,
    },
    /// Any JSON, in an editor.
    Json {},
    /// The rules of a Choice.
    Rules {
        /// In the order in which they are tried.
        rules: Vec<RuleForm>,
        /// Every way to test something.
        operators: Vec<OperatorForm>,
        /// The states to which a rule can lead.
        options: Vec<String>,
    },
    /// Retriers or catchers.
    Handlers {
        /// In the order in which they are tried.
        handlers: Vec<HandlerForm>,
        /// Error names to choose from: the service's, and those of this definition.
        errors: Vec<String>,
    },
    /// What a Task calls.
    Resource {
        /// In words, such as `Lambda · invoke`.
        title: String,
        /// The function that it calls, if it calls one.
        function: Option<FunctionUse>,
        /// The project's functions.
        functions: Vec<FunctionOption>,
        /// How it can be called.
        patterns: Vec<PatternForm>,
        /// The number of the pattern in use.
        pattern: Option<u32>,
    },
    /// The branches of a Parallel state.
    Branches {
        /// In the order of the text.
        branches: Vec<BranchForm>,
    },
}

/// A function named by a Task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct FunctionUse {
    /// The pointer, inside the state, of the text that names it.
    pub pointer: String,
    /// Its name in the project; none = it is none of the project's, or computed.
    pub name: Option<String>,
    /// As it stands in the file.
    pub reference: String,
}

/// A function that a Task could call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct FunctionOption {
    /// Its name.
    pub name: String,
    /// As declared, such as `python3.13`.
    pub runtime: String,
    /// How this definition names it: `${PriceOrderFunctionArn}` where the template says so, else the name.
    pub reference: String,
}

/// A way to call a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct PatternForm {
    /// In words: `go on as soon as it answers`.
    pub title: String,
    /// The `Resource` that says so.
    pub resource: String,
}

/// A branch of a Parallel state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct BranchForm {
    /// The key of its first state.
    pub start: Option<String>,
    /// How many states it has.
    pub states: u32,
}

/// A rule of a Choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct RuleForm {
    /// Its pointer inside the state.
    pub pointer: String,
    /// In words and signs: `$.stock ≥ $.qty`.
    pub sentence: String,
    /// What is tested.
    pub condition: ConditionForm,
    /// Where it leads.
    pub next: Option<String>,
    /// Its JSON text.
    pub text: String,
}

/// A condition of a rule. Pointers lead from the state to the object that holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "contract.ts")]
pub enum ConditionForm {
    /// One comparison.
    Test {
        /// Where it stands.
        pointer: String,
        /// The path that is looked at.
        variable: String,
        /// The number of its operator in [`FieldControl::Rules`].
        operator: u32,
        /// It is compared with what stands at a path.
        by_path: bool,
        /// What it is compared with, as JSON text.
        operand: String,
    },
    /// Several, joined.
    Group {
        /// Where it stands.
        pointer: String,
        /// All have to hold, else one.
        all: bool,
        /// What is joined.
        parts: Vec<ConditionForm>,
    },
    /// The opposite of another.
    Not {
        /// Where it stands.
        pointer: String,
        /// The other.
        part: Box<ConditionForm>,
    },
    /// A JSONata expression.
    Expression {
        /// Where its text stands.
        pointer: String,
        /// As it stands in the file.
        text: String,
    },
    /// What no form can show: it is edited as JSON.
    Other {
        /// Where it stands.
        pointer: String,
        /// Its JSON text.
        text: String,
    },
}

/// A way to test something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct OperatorForm {
    /// Over which heading it stands: `Number`, `Text`, `Time`, `True or false`, `Kind`.
    pub group: String,
    /// In words: `is at least`.
    pub words: String,
    /// The language's name of it with a value; none = only with a path.
    pub literal: Option<String>,
    /// The language's name of it with a path; none = only with a value.
    pub by_path: Option<String>,
    /// The value that goes without saying, as JSON text: `is present` compares with `true`.
    pub fixed: Option<String>,
    /// What is typed: `number`, `text`, `timestamp` or `none`.
    pub operand: String,
}

/// A retrier or catcher.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct HandlerForm {
    /// Its pointer inside the state.
    pub pointer: String,
    /// In words: `up to 3 more times, first after 1 s`.
    pub sentence: String,
    /// The errors that it is for.
    pub errors: Vec<String>,
    /// Its other fields; their pointers, too, lead from the state.
    pub fields: Vec<FieldForm>,
    /// Its JSON text.
    pub text: String,
}
