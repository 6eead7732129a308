//! Reference paths: where a `ResultPath` puts a result.
#![allow(clippy::todo, unused_variables, missing_docs, dead_code)]
use super::{EvalError, SyntaxError};
use crate::value::{Text, Value};

/// `$.a.b[0]`: names one place.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferencePath {
    text: Text,
}

impl ReferencePath {
    pub fn parse(text: &str) -> Result<ReferencePath, SyntaxError> {
        todo!()
    }
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Whether it is `$`: the value replaces everything.
    pub fn is_whole(&self) -> bool {
        todo!()
    }
    /// Puts `value` into `into`, creating missing objects on the way; else `States.ResultPathMatchFailure`.
    pub fn put(&self, into: Value, value: Value) -> Result<Value, EvalError> {
        todo!()
    }
}
