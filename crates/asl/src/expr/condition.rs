//! Conditions of Choice rules.
#![allow(clippy::todo, unused_variables, missing_docs, dead_code)]
use super::{CompileError, EvalError, Host, Path};
use crate::value::Value;

/// A compiled condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Test {
        variable: Path,
        operator: Operator,
        operand: Operand,
    },
}

/// What a test compares with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    Literal(Value),
    Path(Path),
}

/// A comparison operator, such as `NumericEquals` (`NumericEqualsPath` is the same operator with a path as operand).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    StringEquals,
}

impl Condition {
    /// Compiles a rule; `Next`, `Assign` and `Comment` beside the condition are ignored.
    pub fn compile(rule: &Value) -> Result<Condition, CompileError> {
        todo!()
    }
    pub fn evaluate(&self, input: &Value, host: &dyn Host) -> Result<bool, EvalError> {
        todo!()
    }
    /// In words and signs: `$.stock ≥ $.qty`.
    pub fn describe(&self) -> String {
        todo!()
    }
}
