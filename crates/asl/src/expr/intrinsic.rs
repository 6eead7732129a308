//! The 18 intrinsic functions.
#![allow(clippy::todo, unused_variables, missing_docs, dead_code)]
use super::{EvalError, Host, SyntaxError};
use crate::value::{Text, Value};

/// A call of an intrinsic function.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    text: Text,
}

impl Call {
    pub fn parse(text: &str) -> Result<Call, SyntaxError> {
        todo!()
    }
    pub fn text(&self) -> &str {
        &self.text
    }
    pub fn evaluate(&self, field: &str, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        todo!()
    }
}
