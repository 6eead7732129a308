//! Walking a path's steps over a document, one step at a time over all values reached so far.

use std::borrow::Cow;

use super::filter::{Filter, Scene};
use super::steps::{Fragment, Step, Steps};
use crate::expr::limits::{Budget, Exhausted};
use crate::value::{Array, Object, Value};

/// Why a path has no result.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Miss {
    /// The last step found nothing, or an index is out of range.
    NoResults,
    /// The name at that step is missing, and more steps follow.
    MissingProperty(usize),
    /// The step wants an object; found a value of that Java class.
    NotAnObject(usize, &'static str),
    /// The step wants an array; found that value.
    NotAnArray(usize, Value),
    /// The step wants an array; found null.
    Null(usize),
    /// A filter on a scalar.
    Primitive(usize, Value),
    /// A limit was reached.
    Exhausted(Exhausted),
}

impl From<Exhausted> for Miss {
    fn from(limit: Exhausted) -> Miss {
        Miss::Exhausted(limit)
    }
}

impl Miss {
    /// Jayway's text. `root` is what the path starts with.
    pub(super) fn text(&self, root: &str, steps: &Steps) -> String {
        let list = &steps.list;
        let before = |at: usize| format!("{root}{}", Fragment(list.get(..at).unwrap_or_default()));
        let from = |at: usize| Fragment(list.get(at..).unwrap_or_default()).to_string();
        let one = |at: usize| list.get(at).map(|step| step.to_string()).unwrap_or_default();
        match self {
            Miss::NoResults => format!("No results for path: {}", before(list.len())),
            Miss::MissingProperty(at) => format!("Missing property in path {}", before(at + 1)),
            Miss::NotAnObject(at, class) => format!(
                "Expected to find an object with property {} in path {} but found '{class}'. This is not a json object \
                 according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
                one(*at),
                before(*at)
            ),
            Miss::NotAnArray(at, found) => {
                format!(
                    "Filter: {} can only be applied to arrays. Current context is: {found}",
                    from(*at)
                )
            }
            Miss::Null(at) => format!("The path {} is null", before(*at)),
            Miss::Primitive(at, found) => {
                format!(
                    "Filter: {} can not be applied to primitives. Current context is: {found}",
                    from(*at)
                )
            }
            Miss::Exhausted(limit) => limit.0.clone(),
        }
    }
}

/// What the steps lead to, starting at `from`; `document` is what `$` means inside filters.
pub(super) fn walk<'v>(
    steps: &Steps,
    from: &'v Value,
    document: &'v Value,
    budget: &'v Budget,
) -> Result<Cow<'v, Value>, Miss> {
    if steps.plain {
        return walk_plain(&steps.list, from).map(Cow::Borrowed);
    }
    let mut walk = Walk {
        steps: &steps.list,
        document,
        budget,
        at: 0,
        alone: true,
    };
    let mut reached = vec![from];
    let mut merged = None;
    while let Some(step) = steps.list.get(walk.at) {
        match step {
            Step::Function(_) => return Err(Miss::NoResults),
            Step::Properties(names) if walk.is_last() => merged = Some(walk.merge(names, &reached)?),
            step => reached = walk.step(step, &reached)?,
        }
        walk.alone &= matches!(step, Step::Property(_) | Step::Index(_));
        walk.at += 1;
    }
    if steps.definite {
        // Where one value is wanted, the last one found is it.
        let last = match merged {
            Some(mut objects) => objects.pop().map(Cow::Owned),
            None => reached.pop().map(Cow::Borrowed),
        };
        return last.ok_or(Miss::NoResults);
    }
    let list = merged.unwrap_or_else(|| reached.into_iter().cloned().collect());
    Ok(Cow::Owned(Array::new(list).into()))
}

/// Names and single indices only: no list is made.
fn walk_plain<'v>(steps: &[Step], from: &'v Value) -> Result<&'v Value, Miss> {
    let mut value = from;
    for (at, step) in steps.iter().enumerate() {
        value = match step {
            Step::Property(name) => match value {
                Value::Object(object) => match object.get(name) {
                    Some(member) => member,
                    None if at + 1 == steps.len() => return Err(Miss::NoResults),
                    None => return Err(Miss::MissingProperty(at)),
                },
                other => return Err(Miss::NotAnObject(at, java_class(other))),
            },
            Step::Index(index) => match value {
                Value::Array(array) => item(array, *index).ok_or(Miss::NoResults)?,
                other => return Err(not_an_array(at, other)),
            },
            _ => return Err(Miss::NoResults), // no other step is plain
        };
    }
    Ok(value)
}

struct Walk<'s, 'v> {
    steps: &'s [Step],
    document: &'v Value,
    budget: &'v Budget,
    at: usize,
    /// Whether every step so far names one value: then a mismatch is an error, else it is passed over.
    alone: bool,
}

impl<'v> Walk<'_, 'v> {
    fn is_last(&self) -> bool {
        self.at + 1 == self.steps.len()
    }

    fn step(&self, step: &Step, reached: &[&'v Value]) -> Result<Vec<&'v Value>, Miss> {
        let mut next = Vec::new();
        for value in reached {
            self.budget.spend(1)?;
            self.take(step, value, &mut next)?;
        }
        Ok(next)
    }

    /// Takes one step from one value.
    fn take(&self, step: &Step, value: &'v Value, next: &mut Vec<&'v Value>) -> Result<(), Miss> {
        match step {
            Step::Property(name) => match self.object(value)?.map(|object| object.get(name)) {
                Some(Some(member)) => next.push(member),
                // A missing name at the end shows itself as a missing result.
                Some(None) if self.alone && !self.is_last() => return Err(Miss::MissingProperty(self.at)),
                _ => {}
            },
            Step::Properties(names) => {
                if let Some(object) = self.object(value)? {
                    next.extend(names.iter().filter_map(|name| object.get(name)));
                }
            }
            Step::Index(index) => next.extend(self.array(value)?.and_then(|array| item(array, *index))),
            Step::Indices(indices) => {
                if let Some(array) = self.array(value)? {
                    next.extend(indices.iter().filter_map(|index| item(array, *index)));
                }
            }
            Step::Slice(from, to) => {
                if let Some(array) = self.array(value)? {
                    self.budget.spend(array.len() as u64)?;
                    next.extend(slice(*from, *to, array.len()).filter_map(|index| item(array, index)));
                }
            }
            Step::Wildcard => {
                self.budget.spend(children(value) as u64)?;
                push_children(value, next);
            }
            Step::Filter(filter) => self.filter(filter, value, next)?,
            Step::Scan => self.scan(value, next)?,
            Step::Function(_) => {}
        }
        Ok(())
    }

    fn filter(&self, filter: &Filter, value: &'v Value, next: &mut Vec<&'v Value>) -> Result<(), Miss> {
        match value {
            Value::Array(array) => {
                for item in array.iter() {
                    if self.accepts(filter, item)? {
                        next.push(item);
                    }
                }
                Ok(())
            }
            Value::Object(_) => {
                let accepted = self.accepts(filter, value)?;
                next.extend(accepted.then_some(value));
                Ok(())
            }
            scalar if self.alone => Err(Miss::Primitive(self.at, scalar.clone())),
            _ => Ok(()),
        }
    }

    fn accepts(&self, filter: &Filter, item: &'v Value) -> Result<bool, Miss> {
        Ok(filter.accepts(Scene {
            document: self.document,
            item,
            budget: self.budget,
        })?)
    }

    /// Every container from here down, outer before inner, that the step after `..` can be taken from.
    fn scan(&self, value: &'v Value, next: &mut Vec<&'v Value>) -> Result<(), Miss> {
        let following = self.steps.get(self.at + 1);
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            self.budget.spend(1)?;
            let suits = match (following, value) {
                (Some(Step::Property(name)), Value::Object(object)) => object.contains_key(name),
                (Some(Step::Properties(names)), Value::Object(object)) => {
                    self.at + 2 < self.steps.len() || names.iter().all(|name| object.contains_key(name))
                }
                (Some(Step::Index(_) | Step::Indices(_) | Step::Slice(..)), Value::Array(_)) => true,
                (Some(Step::Wildcard), Value::Array(_) | Value::Object(_)) => true,
                (Some(Step::Filter(filter)), Value::Array(_) | Value::Object(_)) => {
                    self.accepts(filter, value)?
                }
                _ => false,
            };
            if suits {
                next.push(value);
            }
            // The last one pushed is looked at first.
            let below = waiting.len();
            push_children(value, &mut waiting);
            waiting[below..].reverse();
        }
        Ok(())
    }

    /// `['a','b']` at the end: one object of those that exist, from each object reached.
    fn merge(&self, names: &[crate::value::Text], reached: &[&'v Value]) -> Result<Vec<Value>, Miss> {
        let mut merged = Vec::new();
        for value in reached {
            self.budget.spend(names.len() as u64)?;
            if let Some(object) = self.object(value)? {
                let chosen = names
                    .iter()
                    .filter_map(|name| Some((name.clone(), object.get(name)?.clone())));
                merged.push(chosen.collect::<Object>().into());
            }
        }
        Ok(merged)
    }

    /// The value as an object; else a miss, or nothing where several values were reached.
    fn object(&self, value: &'v Value) -> Result<Option<&'v Object>, Miss> {
        match value {
            Value::Object(object) => Ok(Some(object)),
            other if self.alone => Err(Miss::NotAnObject(self.at, java_class(other))),
            _ => Ok(None),
        }
    }

    fn array(&self, value: &'v Value) -> Result<Option<&'v Array>, Miss> {
        match value {
            Value::Array(array) => Ok(Some(array)),
            other if self.alone => Err(not_an_array(self.at, other)),
            _ => Ok(None),
        }
    }
}

fn not_an_array(at: usize, found: &Value) -> Miss {
    if found.is_null() {
        Miss::Null(at)
    } else {
        Miss::NotAnArray(at, found.clone())
    }
}

/// The item at an index that counts from the end where it is negative.
fn item(array: &Array, index: i64) -> Option<&Value> {
    let index = if index < 0 {
        index.checked_add(array.len() as i64)?
    } else {
        index
    };
    array.get(usize::try_from(index).ok()?)
}

/// The indices of a slice. With both ends given, Jayway takes negative numbers one by one from the array's end.
fn slice(from: Option<i64>, to: Option<i64>, length: usize) -> std::ops::Range<i64> {
    let length = length as i64;
    let from_end = |end: i64| if end < 0 { end.saturating_add(length) } else { end };
    match (from, to) {
        (Some(from), Some(to)) => from.max(-length)..to.min(length),
        (Some(from), None) => from_end(from).max(0)..length,
        (None, to) => 0..to.map_or(length, from_end).min(length),
    }
}

fn children(value: &Value) -> usize {
    match value {
        Value::Array(array) => array.len(),
        Value::Object(object) => object.len(),
        _ => 0,
    }
}

fn push_children<'v>(value: &'v Value, into: &mut Vec<&'v Value>) {
    match value {
        Value::Array(array) => into.extend(array.iter()),
        Value::Object(object) => into.extend(object.values()),
        _ => {}
    }
}

/// What Java calls the value, for messages that name the class.
fn java_class(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "java.lang.Boolean",
        Value::Number(number) if number.is_f64() => "java.lang.Double",
        Value::Number(number) if number.as_i64().is_some_and(|whole| i32::try_from(whole).is_ok()) => {
            "java.lang.Integer"
        }
        Value::Number(_) => "java.lang.Long",
        Value::String(_) => "java.lang.String",
        Value::Array(_) => "net.minidev.json.JSONArray",
        Value::Object(_) => "java.util.LinkedHashMap",
    }
}
