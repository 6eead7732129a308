//! A Choice rule's JSON → [`Condition`].

use super::{Condition, Operand, Operator, Relation};
use crate::expr::limits::MAX_SYNTAX_DEPTH;
use crate::expr::{CompileError, Path, Timestamp};
use crate::value::{Object, Value};

/// The members of a rule that are not its operator.
const BESIDE: [&str; 6] = ["Variable", "Next", "Assign", "Output", "Comment", "Condition"];

impl Operator {
    /// Every operator by the name that it has with a literal operand.
    pub const ALL: [(&'static str, Operator); 23] = [
        ("StringEquals", Operator::String(Relation::Equals)),
        ("StringLessThan", Operator::String(Relation::LessThan)),
        ("StringGreaterThan", Operator::String(Relation::GreaterThan)),
        ("StringLessThanEquals", Operator::String(Relation::LessThanEquals)),
        (
            "StringGreaterThanEquals",
            Operator::String(Relation::GreaterThanEquals),
        ),
        ("StringMatches", Operator::StringMatches),
        ("NumericEquals", Operator::Numeric(Relation::Equals)),
        ("NumericLessThan", Operator::Numeric(Relation::LessThan)),
        ("NumericGreaterThan", Operator::Numeric(Relation::GreaterThan)),
        (
            "NumericLessThanEquals",
            Operator::Numeric(Relation::LessThanEquals),
        ),
        (
            "NumericGreaterThanEquals",
            Operator::Numeric(Relation::GreaterThanEquals),
        ),
        ("BooleanEquals", Operator::BooleanEquals),
        ("TimestampEquals", Operator::Timestamp(Relation::Equals)),
        ("TimestampLessThan", Operator::Timestamp(Relation::LessThan)),
        ("TimestampGreaterThan", Operator::Timestamp(Relation::GreaterThan)),
        (
            "TimestampLessThanEquals",
            Operator::Timestamp(Relation::LessThanEquals),
        ),
        (
            "TimestampGreaterThanEquals",
            Operator::Timestamp(Relation::GreaterThanEquals),
        ),
        ("IsNull", Operator::IsNull),
        ("IsPresent", Operator::IsPresent),
        ("IsNumeric", Operator::IsNumeric),
        ("IsString", Operator::IsString),
        ("IsBoolean", Operator::IsBoolean),
        ("IsTimestamp", Operator::IsTimestamp),
    ];

    /// The operator of that name, and whether the name ends in `Path` and so wants a path as operand.
    pub fn by_name(name: &str) -> Option<(Operator, bool)> {
        let find = |name: &str| {
            Operator::ALL
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, operator)| *operator)
        };
        if let Some(operator) = find(name) {
            return Some((operator, false));
        }
        let operator = find(name.strip_suffix("Path")?)?;
        operator.takes_path().then_some((operator, true))
    }

    /// Its name with a literal operand.
    pub fn name(self) -> &'static str {
        Operator::ALL
            .iter()
            .find(|(_, operator)| *operator == self)
            .map_or("", |(name, _)| name)
    }

    /// Whether there is a variant of it that takes a path.
    pub fn takes_path(self) -> bool {
        matches!(
            self,
            Operator::String(_) | Operator::Numeric(_) | Operator::Timestamp(_) | Operator::BooleanEquals
        )
    }

    /// Whether a literal operand is of the type it wants; else what it wants.
    fn check(self, literal: &Value) -> Result<(), &'static str> {
        let (suits, wanted) = match self {
            Operator::String(_) | Operator::StringMatches => (literal.as_str().is_some(), "a string"),
            Operator::Numeric(_) => (literal.as_number().is_some(), "a number"),
            Operator::Timestamp(_) => (
                literal
                    .as_str()
                    .is_some_and(|text| Timestamp::parse(text).is_some()),
                "a timestamp such as 2016-08-18T17:33:00Z",
            ),
            _ => (literal.as_bool().is_some(), "true or false"),
        };
        if suits { Ok(()) } else { Err(wanted) }
    }
}

/// Compiles the condition in `rule`, which stands at `pointer`.
pub(super) fn condition(rule: &Value, pointer: &str, depth: u32) -> Result<Condition, CompileError> {
    let fault = |pointer: String, message: String| Err(CompileError { pointer, message });
    if depth > MAX_SYNTAX_DEPTH {
        return fault(
            pointer.into(),
            format!("conditions are nested more than {MAX_SYNTAX_DEPTH} deep"),
        );
    }
    let Value::Object(rule) = rule else {
        return fault(
            pointer.into(),
            format!("a condition is an object, not {}", rule.kind()),
        );
    };
    let mut parts = rule.iter().filter(|(name, _)| !BESIDE.contains(&name.as_ref()));
    let Some((name, operand)) = parts.next() else {
        return fault(
            pointer.into(),
            "a condition needs a comparison operator, And, Or or Not".into(),
        );
    };
    if let Some((second, _)) = parts.next() {
        return fault(
            format!("{pointer}/{second}"),
            format!("a condition has one operator, and {name} is there already"),
        );
    }
    let here = format!("{pointer}/{name}");
    match &**name {
        "And" => list(operand, &here, depth).map(Condition::And),
        "Or" => list(operand, &here, depth).map(Condition::Or),
        "Not" => condition(operand, &here, depth + 1).map(|inner| Condition::Not(Box::new(inner))),
        _ => match Operator::by_name(name) {
            Some((operator, with_path)) => test(rule, pointer, here, operator, with_path, operand),
            None => fault(here, format!("{name} is not a comparison operator")),
        },
    }
}

fn list(conditions: &Value, pointer: &str, depth: u32) -> Result<Vec<Condition>, CompileError> {
    match conditions.as_array() {
        Some(list) if !list.is_empty() => {
            let each = list.iter().enumerate();
            each.map(|(index, part)| condition(part, &format!("{pointer}/{index}"), depth + 1))
                .collect()
        }
        _ => Err(CompileError {
            pointer: pointer.into(),
            message: "a list of at least one condition is expected".into(),
        }),
    }
}

fn test(
    rule: &Object,
    pointer: &str,
    here: String,
    operator: Operator,
    with_path: bool,
    operand: &Value,
) -> Result<Condition, CompileError> {
    let Some(variable) = rule.get("Variable") else {
        return Err(CompileError {
            pointer: pointer.into(),
            message: format!("{} needs a Variable", operator.name()),
        });
    };
    let variable = path(variable, format!("{pointer}/Variable"))?;
    let operand = if with_path {
        Operand::Path(path(operand, here)?)
    } else {
        if let Err(wanted) = operator.check(operand) {
            let message = format!("{} wants {wanted}, not {operand}", operator.name());
            return Err(CompileError {
                pointer: here,
                message,
            });
        }
        Operand::Literal(operand.clone())
    };
    Ok(Condition::Test {
        variable,
        operator,
        operand,
    })
}

fn path(text: &Value, pointer: String) -> Result<Path, CompileError> {
    let Some(text) = text.as_str() else {
        return Err(CompileError {
            pointer,
            message: format!("a path is a string, not {}", text.kind()),
        });
    };
    Path::parse(text).map_err(|error| CompileError {
        pointer,
        message: format!("{text}: {error}"),
    })
}
