//! JSONPath in the dialect of Jayway JsonPath, which Step Functions follows.
#![allow(clippy::todo, unused_variables, missing_docs)]
use super::{EvalError, Host, SyntaxError};
use crate::value::{Text, Value};

/// A path: `$.a`, `$$.Execution.Id`, `$name.b`.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    text: Text,
    root: Root,
}

/// What a path starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// `$`: the input.
    Input,
    /// `$$`: the context object.
    Context,
    /// `$name`: a variable.
    Variable(Text),
}

impl Path {
    pub fn parse(text: &str) -> Result<Path, SyntaxError> {
        todo!()
    }
    pub fn text(&self) -> &str {
        &self.text
    }
    pub fn root(&self) -> &Root {
        &self.root
    }
    /// Whether it names one value (else the result is a list).
    pub fn is_definite(&self) -> bool {
        todo!()
    }
    /// Error text: `Invalid path '$.x' : No results for path: $['x']`.
    pub fn evaluate(&self, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        todo!()
    }
    /// Error text: `The JSONPath '$.x' specified for the field 'value.$' could not be found in the input '…'`.
    pub fn evaluate_for(&self, field: &str, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        todo!()
    }
    /// The value, or `None` where the path leads nowhere.
    pub fn find(&self, input: &Value, host: &dyn Host) -> Result<Option<Value>, EvalError> {
        todo!()
    }
}
