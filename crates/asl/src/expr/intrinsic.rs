//! The 18 intrinsic functions. (States Language specification, "Intrinsic Functions"; AWS Step Functions developer
//! guide, "Intrinsic functions".)
//!
//! | function | arguments | file |
//! |---|---|---|
//! | Format, StringSplit, Base64Encode, Base64Decode, Hash, UUID | text | `intrinsic/text.rs` |
//! | StringToJson, JsonToString, JsonMerge | JSON | `intrinsic/json.rs` |
//! | Array, ArrayPartition, ArrayContains, ArrayRange, ArrayGetItem, ArrayLength, ArrayUnique | lists | `intrinsic/array.rs` |
//! | MathRandom, MathAdd | numbers | `intrinsic/math.rs` |

mod array;
mod json;
mod math;
mod parse;
#[cfg(test)]
mod tests;
mod text;

use super::limits::{Budget, Exhausted, check_size};
use super::{EvalError, Host, Path, SyntaxError};
use crate::value::{Text, Value};
pub(super) use text::{digest, uuid_of};

/// A call of an intrinsic function: `States.Format('{}', $.a)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    text: Text,
    function: Function,
    arguments: Vec<Argument>,
}

#[derive(Debug, Clone, PartialEq)]
enum Argument {
    Literal(Value),
    Path(Path),
    Call(Box<Call>),
}

macro_rules! functions {
    ($($name:ident $fewest:literal..=$most:literal $body:path;)*) => {
        /// An intrinsic function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum Function { $($name,)* }

        impl Function {
            const ALL: &[Function] = &[$(Function::$name,)*];

            fn name(self) -> &'static str {
                match self {
                    // Rust's spelling of names would not let it be called UUID.
                    Function::Uuid => "States.UUID",
                    $(#[allow(unreachable_patterns, reason = "Uuid is above")] Function::$name => concat!("States.", stringify!($name)),)*
                }
            }

            /// How many arguments it takes: fewest and most.
            fn arity(self) -> (usize, usize) {
                match self { $(Function::$name => ($fewest, $most),)* }
            }

            fn apply(self, arguments: &[Value], tools: &Tools<'_>) -> Outcome {
                match self { $(Function::$name => $body(arguments, tools),)* }
            }
        }
    };
}

functions! {
    Format 1..=1_000 text::format;
    StringToJson 1..=1 json::string_to_json;
    JsonToString 1..=1 json::json_to_string;
    JsonMerge 3..=3 json::merge;
    Array 0..=1_000 array::array;
    ArrayPartition 2..=2 array::partition;
    ArrayContains 2..=2 array::contains;
    ArrayRange 3..=3 array::range;
    ArrayGetItem 2..=2 array::get_item;
    ArrayLength 1..=1 array::length;
    ArrayUnique 1..=1 array::unique;
    Base64Encode 1..=1 text::base64_encode;
    Base64Decode 1..=1 text::base64_decode;
    Hash 2..=2 text::hash;
    StringSplit 2..=2 text::split;
    Uuid 0..=0 text::uuid;
    MathRandom 2..=3 math::random;
    MathAdd 2..=2 math::add;
}

/// What a function may use besides its arguments.
struct Tools<'a> {
    host: &'a dyn Host,
    /// Shared by all calls of a template.
    budget: &'a Budget,
    /// Whether Format's template is written in the call, and so has escapes.
    literal_template: bool,
}

/// Why a function gives no result.
enum Refusal {
    /// Its arguments do not suit it.
    Arguments(String),
    /// A limit was reached.
    Limit(Exhausted),
}

type Outcome = Result<Value, Refusal>;

impl From<Exhausted> for Refusal {
    fn from(limit: Exhausted) -> Refusal {
        Refusal::Limit(limit)
    }
}

fn refuse<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Arguments(message.into()))
}

impl Call {
    /// Reads a call.
    ///
    /// Errors: a function that does not exist, a wrong number of arguments, a literal that is none.
    pub fn parse(text: &str) -> Result<Call, SyntaxError> {
        parse::call(text)
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paths among its arguments, in the order in which they stand.
    pub(super) fn paths(&self) -> Vec<&Path> {
        self.arguments
            .iter()
            .flat_map(|argument| match argument {
                Argument::Literal(_) => Vec::new(),
                Argument::Path(path) => vec![path],
                Argument::Call(call) => call.paths(),
            })
            .collect()
    }

    /// The path that a call of MathAdd adds a fixed number to, and the number.
    pub fn addition(&self) -> Option<(&Path, f64)> {
        match (self.function, self.arguments.as_slice()) {
            (
                Function::MathAdd,
                [Argument::Path(path), Argument::Literal(step)]
                | [Argument::Literal(step), Argument::Path(path)],
            ) => Some((path, step.as_f64()?)),
            _ => None,
        }
    }

    /// The result. `field` is the key in whose name an error speaks.
    ///
    /// Errors: `States.Runtime` where a path leads nowhere, `States.IntrinsicFailure` where the function refuses its
    /// arguments.
    pub fn evaluate(&self, field: &str, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        self.evaluate_within(field, input, host, &Budget::new())
    }

    /// As [`evaluate`](Self::evaluate), out of a budget that a whole template shares.
    pub(super) fn evaluate_within(
        &self,
        field: &str,
        input: &Value,
        host: &dyn Host,
        budget: &Budget,
    ) -> Result<Value, EvalError> {
        let mut values = Vec::with_capacity(self.arguments.len());
        for argument in &self.arguments {
            values.push(match argument {
                Argument::Literal(value) => value.clone(),
                Argument::Path(path) => path.evaluate_within(field, input, host, budget)?,
                Argument::Call(call) => call.evaluate_within(field, input, host, budget)?,
            });
        }
        let literal_template = matches!(self.arguments.first(), Some(Argument::Literal(_)));
        let tools = Tools {
            host,
            budget,
            literal_template,
        };
        let result = self.function.apply(&values, &tools).and_then(|value| {
            check_size(&value)?;
            Ok(value)
        });
        result.map_err(|refusal| match refusal {
            Refusal::Limit(limit) => limit.of(&self.text),
            Refusal::Arguments(message) => EvalError {
                error: "States.IntrinsicFailure",
                cause: format!("The function '{}' had the following error: {message}", self.text),
                location: None,
            },
        })
    }
}

/// The argument as a list.
fn list<'v>(arguments: &'v [Value], index: usize, what: &str) -> Result<&'v [Value], Refusal> {
    match arguments.get(index) {
        Some(Value::Array(items)) => Ok(items),
        other => refuse(format!("{what} must be an array, but it is {}", kind(other))),
    }
}

/// The argument as a text.
fn string<'v>(arguments: &'v [Value], index: usize, what: &str) -> Result<&'v Text, Refusal> {
    match arguments.get(index) {
        Some(Value::String(text)) => Ok(text),
        other => refuse(format!("{what} must be a string, but it is {}", kind(other))),
    }
}

/// The argument as a whole number, rounded half up.
fn whole(arguments: &[Value], index: usize, what: &str) -> Result<i64, Refusal> {
    let number = match arguments.get(index) {
        Some(Value::Number(number)) => number,
        other => return refuse(format!("{what} must be a number, but it is {}", kind(other))),
    };
    match super::number::round_half_up(number) {
        Some(number) => Ok(number),
        None => refuse(format!("{what} is {number}, which is out of range")),
    }
}

fn kind(value: Option<&Value>) -> &'static str {
    value.map_or("missing", Value::kind)
}
