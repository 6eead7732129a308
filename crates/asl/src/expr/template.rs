//! Payload templates: JSON in which keys that end in `.$` hold expressions.
#![allow(clippy::todo, unused_variables, missing_docs, dead_code)]
use super::{CompileError, EvalError, Host};
use crate::value::Value;

/// A compiled payload template.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {}

impl Template {
    pub fn compile(template: &Value) -> Result<Template, CompileError> {
        todo!()
    }
    pub fn evaluate(&self, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        todo!()
    }
}
