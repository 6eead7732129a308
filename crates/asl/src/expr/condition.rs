//! Conditions of Choice rules: compiled once, compared without cloning what they look at.
//!
//! | file | does |
//! |---|---|
//! | `condition/compile.rs` | a rule's JSON → [`Condition`] |
//! | `condition/describe.rs` | [`Condition`] → words and signs for labels |
//!
//! A value of another type than the operator's never holds: `NumericEquals` on text is false, not an error.
//! A path that leads nowhere is an error, except for `IsPresent`.

mod compile;
mod describe;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use super::limits::{Budget, Exhausted};
use super::timestamp::Timestamp;
use super::{CompileError, EvalError, Host, Path, number};
use crate::value::Value;

/// A compiled condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All hold.
    And(Vec<Condition>),
    /// At least one holds.
    Or(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// One comparison.
    Test {
        /// What is tested.
        variable: Path,
        /// How.
        operator: Operator,
        /// Against what.
        operand: Operand,
    },
}

/// What a test compares with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A value written in the rule, of the type that the operator wants.
    Literal(Value),
    /// The value at a path, for operators whose name ends in `Path`.
    Path(Path),
}

/// A comparison operator. With a path as operand it is spelled with `Path` at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `StringEquals`, `StringLessThan`, …: text in UTF-16 order, as Java has it.
    String(Relation),
    /// `NumericEquals`, …: by value, so that `0` equals `0.0`.
    Numeric(Relation),
    /// `TimestampEquals`, …: by moment, whatever the offset.
    Timestamp(Relation),
    /// `StringMatches`: `*` stands for any text, `\\*` for a star.
    StringMatches,
    /// `BooleanEquals`
    BooleanEquals,
    /// `IsNull`
    IsNull,
    /// `IsPresent`
    IsPresent,
    /// `IsNumeric`
    IsNumeric,
    /// `IsString`
    IsString,
    /// `IsBoolean`
    IsBoolean,
    /// `IsTimestamp`
    IsTimestamp,
}

/// How two values relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equals,
    /// `<`
    LessThan,
    /// `>`
    GreaterThan,
    /// `≤`
    LessThanEquals,
    /// `≥`
    GreaterThanEquals,
}

impl Relation {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Relation::Equals => ordering.is_eq(),
            Relation::LessThan => ordering.is_lt(),
            Relation::GreaterThan => ordering.is_gt(),
            Relation::LessThanEquals => ordering.is_le(),
            Relation::GreaterThanEquals => ordering.is_ge(),
        }
    }
}

impl Condition {
    /// Compiles a Choice rule, or a condition inside `And`, `Or`, `Not`. `Next`, `Assign`, `Output` and `Comment` beside
    /// the condition are ignored. The error's pointer is relative to the rule.
    pub fn compile(rule: &Value) -> Result<Condition, CompileError> {
        compile::condition(rule, "", 0)
    }

    /// Whether it holds.
    ///
    /// Error `States.Runtime` where a path leads nowhere:
    /// `Invalid path '$.x': The choice state's condition path references an invalid value.`
    pub fn evaluate(&self, input: &Value, host: &dyn Host) -> Result<bool, EvalError> {
        self.holds(input, host, &Budget::new())
    }

    fn holds(&self, input: &Value, host: &dyn Host, budget: &Budget) -> Result<bool, EvalError> {
        match self {
            Condition::And(all) => {
                for part in all {
                    if !part.holds(input, host, budget)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Or(any) => {
                for part in any {
                    if part.holds(input, host, budget)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::Not(part) => Ok(!part.holds(input, host, budget)?),
            Condition::Test {
                variable,
                operator: Operator::IsPresent,
                operand,
            } => {
                let present = variable.with(input, host, budget, |found| found.is_some())?;
                Ok(*operand == Operand::Literal(Value::Bool(present)))
            }
            Condition::Test {
                variable,
                operator,
                operand,
            } => present(variable, input, host, budget, |value| match operand {
                Operand::Literal(literal) => Ok(operator.test(value, literal, budget)),
                Operand::Path(path) => present(path, input, host, budget, |other| {
                    Ok(operator.test(value, other, budget))
                }),
            })?
            .map_err(|limit| limit.of(variable.text())),
        }
    }

    /// In words and signs, for labels: `$.stock ≥ $.qty`, `$.status = "shipped"`, `$.x is present`.
    pub fn describe(&self) -> String {
        describe::condition(self)
    }
}

/// Looks at the value at a path, which must be there.
fn present<R>(
    path: &Path,
    input: &Value,
    host: &dyn Host,
    budget: &Budget,
    see: impl FnOnce(&Value) -> Result<R, EvalError>,
) -> Result<R, EvalError> {
    path.with(input, host, budget, |found| match found {
        Some(value) => see(value),
        None => Err(EvalError {
            error: "States.Runtime",
            cause: format!(
                "Invalid path '{}': The choice state's condition path references an invalid value.",
                path.text()
            ),
            location: None,
        }),
    })?
}

impl Operator {
    /// Whether the operator holds between a value and its operand. What is of another type never does.
    fn test(self, value: &Value, operand: &Value, budget: &Budget) -> Result<bool, Exhausted> {
        let is = |holds: bool| operand.as_bool() == Some(holds);
        Ok(match (self, value, operand) {
            (Operator::String(relation), Value::String(left), Value::String(right)) => match relation {
                Relation::Equals => left == right,
                _ => relation.holds(left.encode_utf16().cmp(right.encode_utf16())),
            },
            (Operator::Numeric(relation), Value::Number(left), Value::Number(right)) => {
                relation.holds(number::compare(left, right))
            }
            (Operator::Timestamp(relation), Value::String(left), Value::String(right)) => {
                match (Timestamp::parse(left), Timestamp::parse(right)) {
                    (Some(left), Some(right)) => relation.holds(left.cmp(&right)),
                    _ => false,
                }
            }
            (Operator::StringMatches, Value::String(text), Value::String(pattern)) => {
                matches(pattern, text, budget)?
            }
            (Operator::BooleanEquals, Value::Bool(left), Value::Bool(right)) => left == right,
            (Operator::IsNull, value, _) => is(value.is_null()),
            (Operator::IsPresent, _, _) => is(true),
            (Operator::IsNumeric, value, _) => is(matches!(value, Value::Number(_))),
            (Operator::IsString, value, _) => is(matches!(value, Value::String(_))),
            (Operator::IsBoolean, value, _) => is(matches!(value, Value::Bool(_))),
            (Operator::IsTimestamp, value, _) => is(value
                .as_str()
                .is_some_and(|text| Timestamp::parse(text).is_some())),
            _ => false,
        })
    }
}

/// Whether the text matches a pattern: `*` any text, `\*` a star, `\\` a backslash.
fn matches(pattern: &str, text: &str, budget: &Budget) -> Result<bool, Exhausted> {
    // Both signs are ASCII, so that bytes will do.
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut seen) = (0, 0);
    // Where the last star left off: the pattern after it, and the text it has taken up to.
    let mut star = None;
    loop {
        budget.spend(1)?;
        let (wanted, width) = match pattern.get(at..) {
            Some([b'*', ..]) => {
                at += 1;
                star = Some((at, seen));
                continue;
            }
            Some([b'\\', escaped @ (b'*' | b'\\'), ..]) => (Some(escaped), 2),
            Some([plain, ..]) => (Some(plain), 1),
            _ => (None, 0),
        };
        match (wanted, text.get(seen)) {
            (None, None) => return Ok(true),
            (Some(wanted), Some(byte)) if wanted == byte => {
                at += width;
                seen += 1;
            }
            _ => match star {
                Some((after, taken)) if taken < text.len() => {
                    star = Some((after, taken + 1));
                    (at, seen) = (after, taken + 1);
                }
                _ => return Ok(false),
            },
        }
    }
}
