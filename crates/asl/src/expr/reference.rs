//! Reference paths: where a `ResultPath` puts a result.

use std::fmt;
use std::sync::Arc;

use super::limits::check_size;
use super::path::{Path, Root, Step};
use super::{EvalError, SyntaxError};
use crate::value::{MAX_DEPTH, Text, Value};

/// A path that names one place: names and indices from 0 only, as in `$.a.b[0]`.
#[derive(Clone, PartialEq)]
pub struct ReferencePath {
    text: Text,
    places: Box<[Place]>,
}

#[derive(Debug, Clone, PartialEq)]
enum Place {
    Member(Text),
    Item(usize),
}

impl ReferencePath {
    /// Reads a reference path. It starts at `$`; wildcards, filters, slices and negative indices are refused.
    pub fn parse(text: &str) -> Result<ReferencePath, SyntaxError> {
        let path = Path::parse(text)?;
        let refuse = |message: String| SyntaxError { offset: 0, message };
        if *path.root() != Root::Input {
            return Err(refuse(
                "a reference path starts at $: it cannot write to the context object or a variable".into(),
            ));
        }
        let place = |step: &Step| match step {
            Step::Property(name) => Ok(Place::Member(name.clone())),
            Step::Index(index @ 0..) => Ok(Place::Item(*index as usize)),
            other => Err(refuse(format!(
                "a reference path names one place: {other} may name several or none"
            ))),
        };
        let places = path
            .steps()
            .iter()
            .map(place)
            .collect::<Result<Box<[Place]>, _>>()?;
        Ok(ReferencePath {
            text: text.into(),
            places,
        })
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of the fields that it goes through; none where it goes through an item of a list.
    pub fn names(&self) -> Option<Vec<&Text>> {
        self.places
            .iter()
            .map(|place| match place {
                Place::Member(name) => Some(name),
                Place::Item(_) => None,
            })
            .collect()
    }

    /// Whether it is `$`: the value replaces everything.
    pub fn is_whole(&self) -> bool {
        self.places.is_empty()
    }

    /// Puts `value` into `into`, and makes missing objects on the way. What nobody else holds is changed in place.
    ///
    /// Error `States.ResultPathMatchFailure` where something that is not an object is in the way, or an array lacks the item.
    pub fn put(&self, into: Value, value: Value) -> Result<Value, EvalError> {
        if !self.fits(&into) {
            return Err(EvalError {
                error: "States.ResultPathMatchFailure",
                cause: format!("Unable to apply ReferencePath {} to input {into}", self.text),
                location: None,
            });
        }
        let result = place(into, &self.places, value);
        if result.depth() > MAX_DEPTH {
            check_size(&result).map_err(|limit| limit.of(&self.text))?;
        }
        Ok(result)
    }

    fn fits(&self, into: &Value) -> bool {
        let mut value = into;
        for place in &self.places {
            value = match (place, value) {
                (Place::Member(name), Value::Object(object)) => match object.get(name) {
                    Some(member) => member,
                    // From here on everything is new: only names can be made.
                    None => {
                        let made = self
                            .places
                            .iter()
                            .skip_while(|other| !std::ptr::eq(*other, place))
                            .skip(1);
                        return made.into_iter().all(|place| matches!(place, Place::Member(_)));
                    }
                },
                (Place::Item(index), Value::Array(array)) => match array.get(*index) {
                    Some(item) => item,
                    None => return false,
                },
                _ => return false,
            };
        }
        true
    }
}

/// Puts the value at a place that is known to fit.
fn place(into: Value, places: &[Place], value: Value) -> Value {
    let Some((first, rest)) = places.split_first() else {
        return value;
    };
    match (first, into) {
        (Place::Member(name), Value::Object(mut object)) => {
            let changed = Arc::make_mut(&mut object);
            let inner = match rest {
                [] => value,
                rest => place(
                    changed.take(name).unwrap_or_else(Value::empty_object),
                    rest,
                    value,
                ),
            };
            changed.insert(name.clone(), inner);
            Value::Object(object)
        }
        (Place::Item(index), Value::Array(mut array)) => {
            let changed = Arc::make_mut(&mut array);
            let inner = match (rest, changed.take(*index)) {
                ([], _) | (_, None) => value,
                (rest, Some(old)) => place(old, rest, value),
            };
            changed.replace(*index, inner);
            Value::Array(array)
        }
        (_, other) => other, // never reached: `fits` has looked
    }
}

impl fmt::Debug for ReferencePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReferencePath({})", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, into: &str, expected: &str) {
        let path = ReferencePath::parse(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let input = Value::parse(into).unwrap();
        let kept = input.clone();
        let result = path.put(input, Value::from("v"));
        let shown = match &result {
            Ok(value) => value.to_json(),
            Err(error) => format!("{}: {}", error.error, error.cause),
        };
        assert_eq!(shown, expected, "{path:?} into {into}");
        assert_eq!(kept.to_json(), into, "what others hold stays as it was");
        if let Ok(value) = result {
            assert_eq!(
                Value::parse(&value.to_json()).unwrap().measure(),
                value.measure(),
                "{path:?} into {into}"
            );
        }
    }

    #[test]
    fn putting() {
        for (path, into, expected) in [
            ("$", r#"{"a":1}"#, r#""v""#),
            ("$.a", r#"{"a":1,"b":2}"#, r#"{"a":"v","b":2}"#),
            ("$.c", r#"{"a":[[1]]}"#, r#"{"a":[[1]],"c":"v"}"#),
            ("$.a.b.c", r#"{"x":1}"#, r#"{"x":1,"a":{"b":{"c":"v"}}}"#),
            (
                "$.a.b.c",
                r#"{"a":{"b":{"d":1}}}"#,
                r#"{"a":{"b":{"d":1,"c":"v"}}}"#,
            ),
            ("$['a b'].c", "{}", r#"{"a b":{"c":"v"}}"#),
            ("$.a[1]", r#"{"a":[1,[2],3]}"#, r#"{"a":[1,"v",3]}"#),
            ("$.a[0].b", r#"{"a":[{"c":1}]}"#, r#"{"a":[{"c":1,"b":"v"}]}"#),
            ("$[0]", "[1]", r#"["v"]"#),
            (
                "$.a[3]",
                r#"{"a":[1]}"#,
                r#"States.ResultPathMatchFailure: Unable to apply ReferencePath $.a[3] to input {"a":[1]}"#,
            ),
            (
                "$.a[0]",
                "{}",
                "States.ResultPathMatchFailure: Unable to apply ReferencePath $.a[0] to input {}",
            ),
            (
                "$.a.b",
                r#"{"a":1}"#,
                r#"States.ResultPathMatchFailure: Unable to apply ReferencePath $.a.b to input {"a":1}"#,
            ),
            (
                "$.a.b",
                r#"{"a":null}"#,
                r#"States.ResultPathMatchFailure: Unable to apply ReferencePath $.a.b to input {"a":null}"#,
            ),
            (
                "$.a",
                "[]",
                "States.ResultPathMatchFailure: Unable to apply ReferencePath $.a to input []",
            ),
            (
                "$.a",
                "null",
                "States.ResultPathMatchFailure: Unable to apply ReferencePath $.a to input null",
            ),
        ] {
            check(path, into, expected);
        }
    }

    #[test]
    fn what_names_no_single_place_is_refused() {
        for (path, message) in [
            (
                "$.a[*]",
                "a reference path names one place: [*] may name several or none",
            ),
            (
                "$.a[-1]",
                "a reference path names one place: [-1] may name several or none",
            ),
            (
                "$..a",
                "a reference path names one place: .. may name several or none",
            ),
            (
                "$.a[?(@.b)]",
                "a reference path names one place: [?] may name several or none",
            ),
            (
                "$.a[1:2]",
                "a reference path names one place: [1:2] may name several or none",
            ),
            (
                "$['a','b']",
                "a reference path names one place: ['a','b'] may name several or none",
            ),
            (
                "$.a.length()",
                "a reference path names one place: .length() may name several or none",
            ),
            (
                "$$.a",
                "a reference path starts at $: it cannot write to the context object or a variable",
            ),
            (
                "$x.a",
                "a reference path starts at $: it cannot write to the context object or a variable",
            ),
        ] {
            assert_eq!(
                ReferencePath::parse(path).map_err(|error| error.message),
                Err(message.to_owned()),
                "{path}"
            );
        }
    }

    #[test]
    fn depth_is_bounded() {
        let path = ReferencePath::parse(&format!("${}", ".a".repeat(1000))).unwrap();
        assert!(path.put(Value::empty_object(), Value::Null).is_ok());
        let error = path
            .put(Value::empty_object(), Value::empty_object())
            .expect_err("1001 levels");
        assert!(
            error.cause.contains("nested more than 1000 deep"),
            "{}",
            error.cause
        );
    }

    #[test]
    fn what_nobody_holds_is_changed_in_place() {
        let path = ReferencePath::parse("$.a.b").unwrap();
        let into = Value::parse(r#"{"a":{"c":1}}"#).unwrap();
        let Value::Object(before) = &into else {
            panic!("an object")
        };
        let before = Arc::as_ptr(before);
        let Ok(Value::Object(after)) = path.put(into, Value::Null) else {
            panic!("an object")
        };
        assert_eq!(Arc::as_ptr(&after), before);
    }
}
