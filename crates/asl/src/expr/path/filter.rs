//! Filters of a path, `[?(@.price < 10)]`: what they are, and whether they accept an item.
//!
//! | operator | holds when |
//! |---|---|
//! | none | the path leads somewhere (`!@.x`: nowhere) |
//! | `==` `!=` `===` `!==` | equal; a number equals the text that spells it; `===` wants the same kind |
//! | `<` `<=` `>` `>=` | both are numbers, or both are text, in that order |
//! | `=~` | the text matches the whole pattern |
//! | `in` `nin` `subsetof` `anyof` `noneof` `all` `contains` | membership in lists; `contains` also in text |
//! | `size` `empty` `type` | length of text or containers; kind of value |

use std::borrow::Cow;
use std::cmp::Ordering;

use super::steps::Steps;
use super::walk::{Miss, walk};
use crate::expr::limits::{Budget, Exhausted};
use crate::expr::number;
use crate::value::{Number, Value};

/// A compiled filter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
    /// A path that must lead somewhere, or (`false`) nowhere.
    Exists(Term, bool),
    Compare(Term, Comparison, Term),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    /// `@…`: from the item at hand.
    Item(Steps),
    /// `$…`: from the whole document.
    Document(Steps),
    Literal(Value),
    Pattern(Pattern),
}

/// `/…/i`
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub(super) source: String,
    /// Anchored at both ends: a pattern must match the whole text.
    pub(super) regex: regex_lite::Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.source == other.source
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Same,
    NotSame,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    SubsetOf,
    AnyOf,
    NoneOf,
    All,
    Contains,
    Size,
    Empty,
    Type,
}

impl Comparison {
    /// How operators are spelled. Words may be in any case.
    pub(super) const NAMES: [(&'static str, Comparison); 19] = [
        ("==", Comparison::Equal),
        ("!=", Comparison::NotEqual),
        ("===", Comparison::Same),
        ("!==", Comparison::NotSame),
        ("<", Comparison::Less),
        ("<=", Comparison::LessOrEqual),
        (">", Comparison::Greater),
        (">=", Comparison::GreaterOrEqual),
        ("=~", Comparison::Matches),
        ("in", Comparison::In),
        ("nin", Comparison::NotIn),
        ("subsetof", Comparison::SubsetOf),
        ("anyof", Comparison::AnyOf),
        ("noneof", Comparison::NoneOf),
        ("all", Comparison::All),
        ("contains", Comparison::Contains),
        ("size", Comparison::Size),
        ("empty", Comparison::Empty),
        ("type", Comparison::Type),
    ];
}

/// What a filter looks at.
#[derive(Clone, Copy)]
pub(super) struct Scene<'v> {
    pub(super) document: &'v Value,
    pub(super) item: &'v Value,
    pub(super) budget: &'v Budget,
}

/// What a side of a comparison stands for.
enum Side<'v> {
    /// The path leads nowhere.
    Undefined,
    Value(Cow<'v, Value>),
    Pattern(&'v Pattern),
}

impl Filter {
    /// Whether the filter accepts the item.
    pub(super) fn accepts(&self, scene: Scene<'_>) -> Result<bool, Exhausted> {
        scene.budget.spend(1)?;
        match self {
            Filter::And(all) => {
                for part in all {
                    if !part.accepts(scene)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Filter::Or(any) => {
                for part in any {
                    if part.accepts(scene)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Filter::Not(part) => Ok(!part.accepts(scene)?),
            Filter::Exists(term, expected) => Ok(matches!(term.look(scene)?, Side::Undefined) != *expected),
            Filter::Compare(left, comparison, right) => {
                compare(&left.look(scene)?, *comparison, &right.look(scene)?, scene.budget)
            }
        }
    }
}

impl Term {
    fn look<'v>(&'v self, scene: Scene<'v>) -> Result<Side<'v>, Exhausted> {
        let (steps, from) = match self {
            Term::Item(steps) => (steps, scene.item),
            Term::Document(steps) => (steps, scene.document),
            Term::Literal(value) => return Ok(Side::Value(Cow::Borrowed(value))),
            Term::Pattern(pattern) => return Ok(Side::Pattern(pattern)),
        };
        // `$` inside a nested filter still means the whole document.
        match walk(steps, from, scene.document, scene.budget) {
            Ok(value) => Ok(Side::Value(value)),
            Err(Miss::Exhausted(limit)) => Err(limit),
            Err(_) => Ok(Side::Undefined),
        }
    }
}

fn compare(left: &Side, comparison: Comparison, right: &Side, budget: &Budget) -> Result<bool, Exhausted> {
    Ok(match comparison {
        Comparison::Equal => sides_equal(left, right, budget)?,
        Comparison::NotEqual => !sides_equal(left, right, budget)?,
        Comparison::Same => same_kind(left, right) && sides_equal(left, right, budget)?,
        Comparison::NotSame => !(same_kind(left, right) && sides_equal(left, right, budget)?),
        Comparison::Less => order(left, right) == Some(Ordering::Less),
        Comparison::LessOrEqual => matches!(order(left, right), Some(Ordering::Less | Ordering::Equal)),
        Comparison::Greater => order(left, right) == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => matches!(order(left, right), Some(Ordering::Greater | Ordering::Equal)),
        Comparison::Matches => matches(left, right, budget)?,
        Comparison::In => is_in(left, right, budget)?,
        Comparison::NotIn => !is_in(left, right, budget)?,
        Comparison::SubsetOf => lists(left, right, budget, |left, right| {
            left.iter().all(|item| has(right, item))
        })?,
        Comparison::AnyOf => lists(left, right, budget, |left, right| {
            left.iter().any(|item| has(right, item))
        })?,
        Comparison::NoneOf => lists(left, right, budget, |left, right| {
            !left.iter().any(|item| has(right, item))
        })?,
        Comparison::All => lists(left, right, budget, |left, right| {
            right.iter().all(|item| has(left, item))
        })?,
        Comparison::Contains => contains(left, right, budget)?,
        Comparison::Size => match (left, right) {
            (Side::Value(left), Side::Value(right)) => {
                length(left).is_some() && length(left) == right.as_u64()
            }
            _ => false,
        },
        Comparison::Empty => match (left, right) {
            (Side::Value(left), Side::Value(right)) => {
                length(left).is_some() && length(left).map(|length| length == 0) == right.as_bool()
            }
            _ => false,
        },
        Comparison::Type => match (left, right) {
            (Side::Value(left), Side::Value(right)) => right.as_str().is_some_and(|name| kind(left) == name),
            _ => false,
        },
    })
}

fn sides_equal(left: &Side, right: &Side, budget: &Budget) -> Result<bool, Exhausted> {
    let (Side::Value(left), Side::Value(right)) = (left, right) else {
        return Ok(false);
    };
    budget.spend(nodes(left).min(nodes(right)))?;
    Ok(equal(left, right))
}

/// Equality with numbers by value, and between a number and the text that spells it.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => number::compare(left, right).is_eq(),
        (Value::Number(left), Value::String(right)) => right
            .parse::<Number>()
            .is_ok_and(|right| number::compare(left, &right).is_eq()),
        (Value::String(left), Value::Number(right)) => **left == right.to_string(),
        _ => left == right,
    }
}

/// The work of comparing a value: its text's length stands for the number of values in it.
fn nodes(value: &Value) -> u64 {
    match value {
        Value::Array(_) | Value::Object(_) => value.measure().bytes / 2,
        _ => 1,
    }
}

fn same_kind(left: &Side, right: &Side) -> bool {
    match (left, right) {
        (Side::Value(left), Side::Value(right)) => left.kind() == right.kind(),
        _ => false,
    }
}

fn order(left: &Side, right: &Side) -> Option<Ordering> {
    let (Side::Value(left), Side::Value(right)) = (left, right) else {
        return None;
    };
    match (left.as_ref(), right.as_ref()) {
        (Value::Number(left), Value::Number(right)) => Some(number::compare(left, right)),
        (Value::String(left), Value::String(right)) => Some(left.encode_utf16().cmp(right.encode_utf16())),
        _ => None,
    }
}

fn matches(left: &Side, right: &Side, budget: &Budget) -> Result<bool, Exhausted> {
    let (pattern, value) = match (left, right) {
        (Side::Pattern(pattern), Side::Value(value)) | (Side::Value(value), Side::Pattern(pattern)) => {
            (pattern, value)
        }
        _ => return Ok(false),
    };
    let matches_one = |value: &Value| {
        let text: Cow<str> = match value {
            Value::String(text) => Cow::Borrowed(text),
            Value::Number(_) | Value::Bool(_) => Cow::Owned(value.to_json()),
            _ => Cow::Borrowed(""),
        };
        budget.spend(text.len() as u64 + 1)?;
        Ok(pattern.regex.is_match(&text))
    };
    match value.as_ref() {
        Value::Array(items) => {
            for item in items.iter() {
                if matches_one(item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        value => matches_one(value),
    }
}

/// What is undefined can be in no list, so `nin` holds for it.
fn is_in(left: &Side, right: &Side, budget: &Budget) -> Result<bool, Exhausted> {
    let (Side::Value(left), Side::Value(right)) = (left, right) else {
        return Ok(false);
    };
    let Some(list) = right.as_array() else {
        return Ok(false);
    };
    budget.spend(list.len() as u64 * nodes(left))?;
    Ok(has(list, left))
}

fn has(list: &[Value], wanted: &Value) -> bool {
    list.iter().any(|item| equal(wanted, item))
}

fn lists(
    left: &Side,
    right: &Side,
    budget: &Budget,
    holds: impl Fn(&[Value], &[Value]) -> bool,
) -> Result<bool, Exhausted> {
    let (Side::Value(left), Side::Value(right)) = (left, right) else {
        return Ok(false);
    };
    let (Some(left), Some(right)) = (left.as_array(), right.as_array()) else {
        return Ok(false);
    };
    // Every item may meet every other.
    let work = left
        .iter()
        .map(nodes)
        .sum::<u64>()
        .saturating_mul(right.len() as u64);
    budget.spend(work)?;
    Ok(holds(left, right))
}

fn contains(left: &Side, right: &Side, budget: &Budget) -> Result<bool, Exhausted> {
    let (Side::Value(left), Side::Value(right)) = (left, right) else {
        return Ok(false);
    };
    match (left.as_ref(), right.as_ref()) {
        (Value::Array(items), wanted) => {
            budget.spend(items.len() as u64 * nodes(wanted))?;
            Ok(has(items, wanted))
        }
        (Value::String(text), Value::String(part)) => {
            budget.spend(text.len() as u64)?;
            Ok(text.contains(&**part))
        }
        _ => Ok(false),
    }
}

/// Characters as Java counts them (UTF-16), items, or members.
fn length(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => Some(text.encode_utf16().count() as u64),
        Value::Array(items) => Some(items.len() as u64),
        Value::Object(members) => Some(members.len() as u64),
        _ => None,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
