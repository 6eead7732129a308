//! Values to and from the evaluator's own. Numbers are doubles there; on the way back whole ones become integers, and `-0` is
//! `0`, as JSON written by the reference implementation has them.

use std::rc::Rc;

use indexmap::IndexMap;
use jsonata_core::value::{JValue, with_stack};

use crate::value::{MAX_DEPTH, Map, Number, Object, Value};

/// The most values that a result may consist of; one that is shared counts each time.
const MAX_VALUES: usize = 2_000_000;

/// Whole doubles below this are exact, and are written as integers.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The evaluator's form of a value.
pub(super) fn to_evaluator(value: &Value) -> JValue {
    match value {
        Value::Null => JValue::Null,
        Value::Bool(value) => JValue::Bool(*value),
        Value::Number(number) => JValue::Number(number.as_f64().unwrap_or_default()),
        Value::String(text) => JValue::String(Rc::from(&**text)),
        Value::Array(items) => {
            let flat = !items.iter().any(|item| matches!(item, Value::Array(_)));
            let items = with_stack(|| items.iter().map(to_evaluator).collect());
            JValue::Array(jsonata_core::value::JArray::new_flat(items, flat))
        }
        Value::Object(members) => {
            let mut map = IndexMap::with_capacity(members.len());
            with_stack(|| {
                for (key, value) in members.iter() {
                    map.insert(key.to_string(), to_evaluator(value));
                }
            });
            JValue::object(map)
        }
    }
}

/// Why a result is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsupported {
    /// There is none.
    Undefined,
    /// It is a function or holds one, or a number that JSON cannot say.
    Type,
    /// It is too deep or consists of too many values.
    Size,
}

/// The value that a result is.
pub(super) fn from_evaluator(result: &JValue) -> Result<Value, Unsupported> {
    match result {
        JValue::Undefined => Err(Unsupported::Undefined),
        result => convert(result, 0, &mut MAX_VALUES.clone()),
    }
}

fn convert(result: &JValue, depth: u32, left: &mut usize) -> Result<Value, Unsupported> {
    *left = left.checked_sub(1).ok_or(Unsupported::Size)?;
    if depth > MAX_DEPTH {
        return Err(Unsupported::Size);
    }
    Ok(match result {
        JValue::Null => Value::Null,
        JValue::Bool(value) => Value::Bool(*value),
        JValue::Number(number) => self::number(*number)?,
        JValue::String(text) => Value::String((&**text).into()),
        JValue::Array(items) => {
            let items: Result<Vec<Value>, Unsupported> =
                with_stack(|| items.iter().map(|item| convert(item, depth + 1, left)).collect());
            items?.into()
        }
        JValue::Object(members) => {
            let mut map = Map::with_capacity_and_hasher(members.len(), Default::default());
            for (key, value) in members.iter() {
                // What is undefined is not there, as where JavaScript writes JSON.
                if !value.is_undefined() {
                    let value = with_stack(|| convert(value, depth + 1, left))?;
                    map.insert(key.as_str().into(), value);
                }
            }
            Object::new(map).into()
        }
        _ => return Err(Unsupported::Type),
    })
}

/// A number as JSON has it.
pub(super) fn number(number: f64) -> Result<Value, Unsupported> {
    if number.fract() == 0.0 && number.abs() <= WHOLE {
        // In range, and -0 becomes 0.
        return Ok(Value::from(number as i64));
    }
    Number::from_f64(number)
        .map(Value::Number)
        .ok_or(Unsupported::Type)
}
