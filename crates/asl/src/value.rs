//! JSON values as executions pass them along: cheap to clone, order kept, sizes remembered.
//!
//! | part | holds |
//! |---|---|
//! | [`Value`] | one JSON value; a clone shares what is below it |
//! | [`Array`], [`Object`] (`value/containers.rs`) | the two containers, with depth and length remembered |
//! | `value/parse.rs` | text → value, without recursion |
//! | `value/write.rs` | value → text, and the length of that text |
//! | `value/serde.rs` | conversions to and from serde and `serde_json` |
//!
//! Numbers keep their kind: `1` stays `1` and `1.0` stays `1.0`, as the service keeps them.

mod containers;
mod parse;
mod serde;
mod write;

use std::fmt;
use std::sync::Arc;

pub use ::serde_json::Number;
pub use containers::{Array, Map, Object};
pub use parse::ParseError;

/// Shared text: names, keys, string values.
pub type Text = Arc<str>;

/// The deepest nesting of arrays and objects that a document or a result may have.
/// It is the limit of the JSON library behind the service (Jackson), and keeps every
/// recursive walk over a value within a small stack.
pub const MAX_DEPTH: u32 = 1000;

/// A JSON value. Cloning is O(1): text, arrays and objects are shared.
///
/// Equality is JSON's, except that numbers of different kinds differ (`1` is not `1.0`);
/// the order of an object's members does not matter.
#[derive(Clone, PartialEq, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer or a floating-point number; never NaN or infinite.
    Number(Number),
    /// Text.
    String(Text),
    /// A list of values.
    Array(Arc<Array>),
    /// Members in the order in which they were added.
    Object(Arc<Object>),
}

/// How large a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Length of the compact JSON text in UTF-8, as the service counts payloads.
    pub bytes: u64,
    /// Levels of arrays and objects: 0 for a scalar, 1 for `[]` and `{}`.
    pub depth: u32,
}

impl Value {
    /// Reads JSON text. Containers may nest [`MAX_DEPTH`] deep; of two members with one name the last wins.
    pub fn parse(text: &str) -> Result<Value, ParseError> {
        parse::parse(text)
    }

    /// Text as a value.
    pub fn string(text: impl Into<Text>) -> Value {
        Value::String(text.into())
    }

    /// An array of these items.
    pub fn array(items: impl IntoIterator<Item = Value>) -> Value {
        Value::Array(Arc::new(items.into_iter().collect()))
    }

    /// An object of these members; a repeated key keeps its first place and its last value.
    pub fn object<K: Into<Text>>(members: impl IntoIterator<Item = (K, Value)>) -> Value {
        Value::Object(Arc::new(
            members
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        ))
    }

    /// `{}`
    pub fn empty_object() -> Value {
        Value::Object(Arc::default())
    }

    /// A floating-point number; `None` for NaN and the infinities, which JSON cannot say.
    pub fn from_f64(number: f64) -> Option<Value> {
        Number::from_f64(number).map(Value::Number)
    }

    /// The member of that name, if this is an object that has one.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    /// The item at that place, if this is an array that long.
    pub fn item(&self, index: usize) -> Option<&Value> {
        self.as_array()?.get(index)
    }

    /// What an RFC 6901 pointer such as `/a/0` names.
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer
            .strip_prefix('/')?
            .split('/')
            .try_fold(self, |value, token| {
                let name = token.replace("~1", "/").replace("~0", "~");
                match value {
                    Value::Object(object) => object.get(name.as_str()),
                    Value::Array(array) if name == "0" || !name.starts_with(['0', '+']) => {
                        array.get(name.parse::<usize>().ok()?)
                    }
                    _ => None,
                }
            })
    }

    /// `true` for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self {
            Some(*value)
        } else {
            None
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> {
        if let Value::Number(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// The number as a signed integer, if it is an integer in range (`1.0` is not one).
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number as an unsigned integer, if it is one in range.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The number as a floating-point number, rounded where it is a large integer.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// The text, shared, if it is text.
    pub fn as_text(&self) -> Option<&Text> {
        if let Value::String(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&Array> {
        if let Value::Array(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&Object> {
        if let Value::Object(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// What kind of value it is, in the words of an error message: `null`, `a boolean`, `a number`, …
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// Levels of nesting: 0 for a scalar. Known without looking below.
    pub fn depth(&self) -> u32 {
        match self {
            Value::Array(array) => array.depth(),
            Value::Object(object) => object.depth(),
            _ => 0,
        }
    }

    /// Whether every number in it is one that JSONata writes as it stands: no `1.0`, no `-0.0`. Known without looking below.
    pub fn is_plain(&self) -> bool {
        match self {
            Value::Number(number) => {
                !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() != 0.0)
            }
            Value::Array(array) => array.is_plain(),
            Value::Object(object) => object.is_plain(),
            _ => true,
        }
    }

    /// Size and depth. What was measured once is remembered, so that only new containers cost.
    pub fn measure(&self) -> Measure {
        Measure {
            bytes: write::length(self),
            depth: self.depth(),
        }
    }

    /// Compact JSON text.
    pub fn to_json(&self) -> String {
        write::compact(self)
    }

    /// Appends compact JSON text. `instead` is asked first about each value below this one, from the outside in; where
    /// it answers `true`, it has appended something in that value's place.
    pub fn write_json(&self, out: &mut String, instead: &mut impl FnMut(&Value, &mut String) -> bool) {
        write::write(self, None, out, instead);
    }

    /// JSON text with two-space indentation.
    pub fn to_json_pretty(&self) -> String {
        write::pretty(self)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

macro_rules! from_scalar {
    ($($type:ty => |$value:ident| $make:expr;)*) => {
        $(impl From<$type> for Value { fn from($value: $type) -> Value { $make } })*
    };
}

from_scalar! {
    bool => |value| Value::Bool(value);
    i64 => |value| Value::Number(value.into());
    i32 => |value| Value::Number(value.into());
    u64 => |value| Value::Number(value.into());
    u32 => |value| Value::Number(value.into());
    usize => |value| Value::Number(value.into());
    Number => |value| Value::Number(value);
    &str => |value| Value::String(value.into());
    String => |value| Value::String(value.into());
    Text => |value| Value::String(value);
    Array => |value| Value::Array(Arc::new(value));
    Object => |value| Value::Object(Arc::new(value));
    Vec<Value> => |value| Value::Array(Arc::new(value.into()));
}

#[cfg(test)]
mod tests;
