//! JSONata, the second query language: `{% … %}` in any field of a JSONata state.
//!
//! | part | does |
//! |---|---|
//! | [`Expression`] | one expression: parsed once, evaluated often |
//! | [`Template`] (`jsonata/template.rs`) | a value whose texts may be expressions: `Arguments`, `Output`, `Assign`, … |
//! | [`Outline`] (`jsonata/outline.rs`) | what an expression reads, with places: variables, functions, members of `$states` |
//! | [`Fault`] (`jsonata/fault.rs`) | what is wrong with a text, and where; [`Repair`] (`jsonata/repair.rs`): what mends it |
//! | `jsonata/lexer.rs` | the text as tokens with their places, which the evaluator's parser does not tell |
//! | `jsonata/program.rs` | text → checked syntax tree, and what it needs of its surroundings |
//! | `jsonata/guard.rs` | puts the counting of work into the tree, so that no expression hangs or exhausts the machine |
//! | `jsonata/direct.rs` | plain paths such as `$states.input.a.b`, read without an evaluator |
//! | `jsonata/session.rs` | one evaluation: bindings, functions, limits |
//! | `jsonata/functions.rs` | `$partition`, `$range`, `$hash`, `$random`, `$uuid`, `$parse`; the clock and chance of the execution; checked built-ins |
//! | `jsonata/unique.rs` | `$distinct` and `$keys` in the time that sorting takes |
//! | `jsonata/moment.rs` | the parts of `$now` and `$toMillis` that would look at a clock |
//! | `jsonata/values.rs` | values to and from the evaluator's own |
//! | `jsonata/messages.rs` | the texts of errors, as the service has them from the reference implementation |
//!
//! The service speaks JSONata 2.0.6. The evaluator knows newer syntax (`??`, `?:`), which is refused here, and so is `$eval`.
//! What `$` and bare names mean outside a path is nothing: an expression has no input of its own, only `$states` and variables.

mod direct;
mod fault;
mod functions;
mod guard;
mod lexer;
mod messages;
mod moment;
mod outline;
mod program;
mod repair;
mod session;
mod template;
#[cfg(test)]
mod tests;
mod unique;
mod values;

use std::ops::Range;
use std::sync::Arc;

use super::{EvalError, Host, SyntaxError};
use crate::value::{Text, Value};
use program::Program;
use session::Session;

pub use fault::Fault;
pub use outline::{FUNCTIONS, Name, Outline};
pub use repair::Repair;
pub use template::Template;

/// The error of every expression that gives no value.
const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";

/// What stands in `{% … %}`, parsed.
#[derive(Debug, Clone)]
pub struct Expression {
    text: Text,
    program: Arc<Program>,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Expression) -> bool {
        self.text == other.text
    }
}

/// What an expression sees: `$states`, and through the host the context object and the variables.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// `$states.input`
    pub input: &'a Value,
    /// `$states.result`, once the state's work has given one.
    pub result: Option<&'a Value>,
    /// `$states.errorOutput`, in a catcher.
    pub error_output: Option<&'a Value>,
    /// The context object, variables, the time and random numbers.
    pub host: &'a dyn Host,
}

impl Expression {
    /// The expression in a text that is `{% … %}` from its first character to its last; `None` for any other text.
    pub fn inside(text: &str) -> Option<&str> {
        Some(text[Expression::inside_range(text)?].trim())
    }

    /// The bytes between `{%` and `%}` in a text that [`inside`](Self::inside) finds an expression in.
    pub fn inside_range(text: &str) -> Option<Range<usize>> {
        (text.len() >= 4 && text.starts_with("{%") && text.ends_with("%}")).then(|| 2..text.len() - 2)
    }

    /// Reads an expression, without its `{%` and `%}`.
    ///
    /// Errors: what the service's version of the language does not know, in the words of the reference implementation.
    /// [`Outline::of`] says more.
    pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
        let text = text.trim();
        Ok(Expression {
            text: text.into(),
            program: Arc::new(Program::parse(text)?),
        })
    }

    /// The text without `{%` and `%}`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of the variables that it reads or that it binds itself; `states` and the built-in functions are not among
    /// them.
    pub fn variables(&self) -> &[Text] {
        self.program.variables()
    }

    /// Whether its value depends on nothing but its text.
    pub fn is_constant(&self) -> bool {
        self.program.is_constant()
    }

    /// The value. `field` is the place in the state in whose name an error speaks, such as `Output/total`.
    ///
    /// Errors: `States.QueryEvaluationError`, with `field` as its location, where the expression fails, gives nothing, or gives
    /// a function.
    pub fn evaluate(&self, field: &str, scope: &Scope<'_>) -> Result<Value, EvalError> {
        self.evaluate_in(field, &Session::new(*scope))
    }

    /// As [`evaluate`](Self::evaluate), in a session that a whole template shares.
    fn evaluate_in(&self, field: &str, session: &Session<'_>) -> Result<Value, EvalError> {
        session
            .run(&self.program)
            .map_err(|problem| self.error(field, &problem))
    }

    /// As [`evaluate`](Self::evaluate), for a field that takes values of one type only.
    ///
    /// Errors: also where `accept` finds nothing in the value; `expected` is the type's name in JSON's words.
    pub fn evaluate_as<T>(
        &self,
        field: &str,
        scope: &Scope<'_>,
        expected: &str,
        accept: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<T, EvalError> {
        let value = self.evaluate(field, scope)?;
        accept(&value).ok_or_else(|| {
            let was = type_name(&value);
            let problem = format!(
                "returned an unexpected result type. Expected '{expected}', but was '{was}' for value: {value}"
            );
            self.error(field, &problem)
        })
    }

    fn program(&self) -> &Program {
        &self.program
    }

    fn error(&self, field: &str, problem: &str) -> EvalError {
        EvalError {
            error: QUERY_EVALUATION_ERROR,
            cause: format!(
                "The JSONata expression '{}' specified for the field '{field}' {problem}",
                self.text
            ),
            location: Some(field.into()),
        }
    }
}

/// The type of a value in JSON's words.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
