//! How data flows through a state: the fields between its input and its output.
//!
//! | stage (JSONPath) | field | absent | null |
//! |---|---|---|---|
//! | 1 | `InputPath` | the whole input | `{}` |
//! | 2 | `Parameters` | stage 1 | |
//! | 3 | `ResultSelector` | the result | |
//! | 4 | `ResultPath` | result replaces the input | the input stays, the result is dropped |
//! | 5 | `OutputPath` | the whole | `{}` |
//! | – | `Assign` | nothing | |
//!
//! | stage (JSONata) | field | absent |
//! |---|---|---|
//! | 1 | `Arguments` | the input |
//! | 2 | `Output` | the result (Task, Parallel, Map), the input (the others) |
//! | – | `Assign` | nothing |
//!
//! A Map's item fields are in [`super::states::map`].

use crate::expr::{Path, ReferencePath, Template, jsonata};

/// The data fields of a state.
#[derive(Debug, Default)]
pub struct DataFlow {
    /// `InputPath`.
    pub input_path: PathField,
    /// `Parameters`, or `Arguments` in a JSONata state. A Map's older `Parameters` count as its `ItemSelector`.
    pub parameters: Option<Payload>,
    /// `ResultSelector`.
    pub result_selector: Option<Template>,
    /// `ResultPath`.
    pub result_path: ResultPath,
    /// `OutputPath`.
    pub output_path: PathField,
    /// `Assign`.
    pub assign: Option<Payload>,
    /// `Output` of a JSONata state.
    pub output: Option<jsonata::Template>,
}

/// A value with expressions in it, in the state's query language.
#[derive(Debug)]
pub enum Payload {
    /// A payload template with `.$` keys.
    Template(Template),
    /// A value whose texts may be `{% … %}`.
    Jsonata(jsonata::Template),
}

/// `InputPath`, `OutputPath`, `ItemsPath`: a path, the whole, or nothing.
#[derive(Debug, Default)]
pub enum PathField {
    /// Absent, or `$`.
    #[default]
    Whole,
    /// `null`: an empty object.
    Nothing,
    /// A path to evaluate.
    Path(Path),
}

/// `ResultPath`.
#[derive(Debug, Default)]
pub enum ResultPath {
    /// Absent, or `$`: the result replaces the input.
    #[default]
    Whole,
    /// `null`: the input stays.
    Discard,
    /// The result is put into the input at this place.
    At(ReferencePath),
}

/// A field that is literal in the definition or found in the data: `TimeoutSeconds` / `TimeoutSecondsPath` and its like.
#[derive(Debug, Default)]
pub enum Setting<T, P = Path> {
    /// Neither is there: the service's default.
    #[default]
    Unset,
    /// The literal.
    Literal(T),
    /// The `…Path` field.
    Path(P),
    /// A JSONata expression.
    Jsonata(jsonata::Expression),
}
