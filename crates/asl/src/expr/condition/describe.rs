//! Conditions in words and signs, for the labels on a Choice's edges.

use super::{Condition, Operand, Operator, Relation};
use crate::value::Value;

/// `$.stock ≥ $.qty`, `$.status = "shipped"`, `not ($.a and $.b)`
pub(super) fn condition(condition: &Condition) -> String {
    match condition {
        Condition::And(parts) => joined(parts, " and "),
        Condition::Or(parts) => joined(parts, " or "),
        Condition::Not(part) => format!("not {}", enclosed(part)),
        Condition::Test {
            variable,
            operator,
            operand,
        } => test(variable.text(), *operator, operand),
    }
}

fn joined(parts: &[Condition], word: &str) -> String {
    match parts {
        [only] => condition(only),
        parts => parts.iter().map(enclosed).collect::<Vec<_>>().join(word),
    }
}

/// A condition of several words stands in parentheses inside another.
fn enclosed(part: &Condition) -> String {
    let text = condition(part);
    match part {
        Condition::And(parts) | Condition::Or(parts) if parts.len() > 1 => format!("({text})"),
        Condition::Not(_) => format!("({text})"),
        _ => text,
    }
}

fn test(variable: &str, operator: Operator, operand: &Operand) -> String {
    let is = |what: &str| match operand {
        Operand::Literal(Value::Bool(false)) => format!("{variable} is not {what}"),
        _ => format!("{variable} is {what}"),
    };
    match (operator, operand) {
        (Operator::BooleanEquals, Operand::Literal(Value::Bool(true))) => variable.to_owned(),
        (Operator::BooleanEquals, Operand::Literal(Value::Bool(false))) => format!("not {variable}"),
        (Operator::IsNull, _) => is("null"),
        (Operator::IsPresent, _) => is("present"),
        (Operator::IsNumeric, _) => is("a number"),
        (Operator::IsString, _) => is("a string"),
        (Operator::IsBoolean, _) => is("a boolean"),
        (Operator::IsTimestamp, _) => is("a timestamp"),
        (operator, Operand::Literal(literal)) => format!("{variable} {} {literal}", sign(operator)),
        (operator, Operand::Path(path)) => format!("{variable} {} {path}", sign(operator)),
    }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::String(relation) | Operator::Numeric(relation) | Operator::Timestamp(relation) => {
            match relation {
                Relation::Equals => "=",
                Relation::LessThan => "<",
                Relation::GreaterThan => ">",
                Relation::LessThanEquals => "≤",
                Relation::GreaterThanEquals => "≥",
            }
        }
        Operator::StringMatches => "matches",
        _ => "=",
    }
}
