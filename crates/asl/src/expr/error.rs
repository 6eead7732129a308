//! What can go wrong with an expression: in its text, in the template around it, and when it is evaluated.

use crate::value::Text;

/// A text is not an expression of the kind that was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {offset})")]
pub struct SyntaxError {
    /// UTF-8 byte offset in the expression's text.
    pub offset: usize,
    /// What is wrong there.
    pub message: String,
}

/// A template or a Choice rule that cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {message}")]
pub struct CompileError {
    /// Where in the value that was compiled, as an RFC 6901 pointer.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

/// An expression that could not be evaluated, as the service names and words it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}: {cause}")]
pub struct EvalError {
    /// The error's name: `States.Runtime`, `States.IntrinsicFailure`, `States.QueryEvaluationError`, …
    pub error: &'static str,
    /// The service's text, without the words about the state that it begins with.
    pub cause: String,
    /// The place of a JSONata expression in its state, such as `Output/total`; none in JSONPath.
    pub location: Option<Text>,
}
