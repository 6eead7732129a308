//! Expressions of the States Language. In JSONPath mode: what stands in `…Path` fields, behind `.$` keys and in Choice rules.
//!
//! | type | stands in | module |
//! |---|---|---|
//! | [`Path`] | `InputPath`, `ItemsPath`, `Variable`, … | `expr/path.rs` |
//! | [`ReferencePath`] | `ResultPath` | `expr/reference.rs` |
//! | [`Expression`] | behind a key that ends in `.$`, in `ErrorPath` and `CausePath` | here |
//! | [`Call`] | `States.Format('{}', $.a)` | `expr/intrinsic.rs` |
//! | [`Template`] | `Parameters`, `ResultSelector`, `ItemSelector`, `Assign` | `expr/template.rs` |
//! | [`Condition`] | a Choice rule | `expr/condition.rs` |
//! | [`Timestamp`] | what timestamp operators and Wait states read | `expr/timestamp.rs` |
//!
//! The second query language, JSONata, is in [`jsonata`].
//!
//! Everything is parsed once and evaluated often, without recursion beyond fixed limits (`expr/limits.rs`),
//! and sees nothing but its input and a [`Host`].

mod condition;
mod error;
mod intrinsic;
pub mod jsonata;
mod limits;
mod number;
mod path;
mod reference;
mod template;
mod timestamp;

pub use condition::{Condition, Operand, Operator, Relation};
pub use error::{CompileError, EvalError, SyntaxError};
pub use intrinsic::Call;
use limits::Budget;
pub use path::{Path, Root};
pub use reference::ReferencePath;
pub use template::Template;
pub use timestamp::Timestamp;

use crate::value::{Text, Value};

/// What an expression may see besides its input.
pub trait Host {
    /// The context object, `$$`.
    fn context(&self) -> Value;
    /// The variable of that name (without `$`), if it is assigned.
    fn variable(&self, name: &str) -> Option<Value>;
    /// The next number of the execution's own deterministic sequence: each call gives another one.
    fn random(&self) -> u64;
    /// The execution's time, in milliseconds since 1970 (UTC). It stands still while a field is evaluated.
    fn now(&self) -> i64;
}

/// What stands behind a key that ends in `.$`: a path or a call of an intrinsic function.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// `$.a`, `$$.Execution.Id`, `$name.a`
    Path(Path),
    /// `States.Format('{}', $.a)`
    Call(Call),
}

impl Expression {
    /// Reads a path, if the text begins with `$`, or a call.
    pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
        if text.starts_with('$') {
            Path::parse(text).map(Expression::Path)
        } else {
            Call::parse(text).map(Expression::Call)
        }
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        match self {
            Expression::Path(path) => path.text(),
            Expression::Call(call) => call.text(),
        }
    }

    /// The paths in it, in the order in which they stand.
    pub fn paths(&self) -> Vec<&Path> {
        match self {
            Expression::Path(path) => vec![path],
            Expression::Call(call) => call.paths(),
        }
    }

    /// The variables that it reads, without `$`, in the order in which they stand.
    pub fn variables(&self) -> Vec<Text> {
        self.paths()
            .into_iter()
            .filter_map(Path::variable)
            .cloned()
            .collect()
    }

    /// The value. `field` is the key in whose name an error speaks, such as `value.$` or `ErrorPath`.
    ///
    /// Errors: `States.Runtime` where a path leads nowhere, `States.IntrinsicFailure` where a function refuses its arguments.
    pub fn evaluate(&self, field: &str, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        self.evaluate_within(field, input, host, &Budget::new())
    }

    /// As [`evaluate`](Self::evaluate), out of a budget that a whole template shares.
    fn evaluate_within(
        &self,
        field: &str,
        input: &Value,
        host: &dyn Host,
        budget: &Budget,
    ) -> Result<Value, EvalError> {
        match self {
            Expression::Path(path) => path.evaluate_within(field, input, host, budget),
            Expression::Call(call) => call.evaluate_within(field, input, host, budget),
        }
    }
}

/// A host for tests: a fixed context object, variables by name, and numbers that count.
#[cfg(test)]
pub(crate) struct TestHost {
    pub(crate) context: Value,
    pub(crate) variables: Value,
    pub(crate) drawn: std::cell::Cell<u64>,
}

#[cfg(test)]
impl TestHost {
    pub(crate) fn new(context: &str, variables: &str) -> TestHost {
        let parse = |text| Value::parse(text).unwrap();
        TestHost {
            context: parse(context),
            variables: parse(variables),
            drawn: Default::default(),
        }
    }

    pub(crate) fn bare() -> TestHost {
        TestHost::new("{}", "{}")
    }
}

#[cfg(test)]
impl Host for TestHost {
    fn context(&self) -> Value {
        self.context.clone()
    }

    fn variable(&self, name: &str) -> Option<Value> {
        self.variables.get(name).cloned()
    }

    fn now(&self) -> i64 {
        1_772_366_400_000
    }

    fn random(&self) -> u64 {
        // Splitmix64, so that all bits move.
        self.drawn
            .set(self.drawn.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
        let mut z = self.drawn.get();
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}
