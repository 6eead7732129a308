//! Functions of lists.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::HashMap;
use foldhash::fast::{FixedState, FoldHasher};

use super::{Outcome, Refusal, Tools, list, refuse, whole};
use crate::expr::number::compare;
use crate::value::{Number, Text, Value};

/// Seeds the fingerprints of one call; nothing outside sees them.
const SEED: FixedState = FixedState::with_seed(0);

/// Items that `ArrayRange` makes at most, as on the service.
const LONGEST_RANGE: i64 = 1_000;

pub(super) fn array(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    Ok(Value::array(arguments.iter().cloned()))
}

pub(super) fn partition(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    let items = list(arguments, 0, "the first argument")?;
    let size = whole(arguments, 1, "the size of the parts")?;
    match usize::try_from(size) {
        Ok(size) if size > 0 => Ok(Value::array(
            items.chunks(size).map(|part| Value::array(part.iter().cloned())),
        )),
        _ => refuse(format!("the size of the parts is {size}; it must be 1 or more")),
    }
}

pub(super) fn contains(arguments: &[Value], tools: &Tools<'_>) -> Outcome {
    let items = list(arguments, 0, "the first argument")?;
    let wanted = &arguments[1];
    for item in items {
        tools.budget.spend(1)?;
        if same(item, wanted) {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

pub(super) fn range(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    let first = whole(arguments, 0, "the first number")?;
    let last = whole(arguments, 1, "the last number")?;
    let step = whole(arguments, 2, "the step")?;
    if step == 0 {
        return refuse("the step is 0; it must be another number");
    }
    let span = i128::from(last) - i128::from(first);
    let count = if span == 0 || (span > 0) == (step > 0) {
        span / i128::from(step) + 1
    } else {
        0
    };
    if count > i128::from(LONGEST_RANGE) {
        return refuse(format!(
            "the range has {count} items; it may have {LONGEST_RANGE} at most"
        ));
    }
    // Each lies between `first` and `last`, which are i64.
    let item = |index: i128| Number::from((i128::from(first) + index * i128::from(step)) as i64);
    Ok(Value::array((0..count).map(|index| Value::Number(item(index)))))
}

pub(super) fn get_item(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    let items = list(arguments, 0, "the first argument")?;
    let index = whole(arguments, 1, "the index")?;
    let item = usize::try_from(index).ok().and_then(|index| items.get(index));
    item.cloned().ok_or_else(|| {
        Refusal::Arguments(format!(
            "there is no item {index}: the array has {} items, counted from 0",
            items.len()
        ))
    })
}

pub(super) fn length(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    let items = list(arguments, 0, "the argument")?;
    Ok(Value::Number(Number::from(items.len())))
}

/// Keeps the first of each. Numbers of different kinds differ here (`1` is not `1.0`), as they do in JSON text.
pub(super) fn unique(arguments: &[Value], tools: &Tools<'_>) -> Outcome {
    let items = list(arguments, 0, "the argument")?;
    let mut seen: HashMap<u64, Vec<&Value>> = HashMap::default();
    let mut kept = Vec::new();
    for item in items {
        tools.budget.spend(item.measure().bytes)?;
        let alike = seen.entry(fingerprint(item)).or_default();
        tools.budget.spend(alike.len() as u64)?;
        if !alike.contains(&item) {
            alike.push(item);
            kept.push(item.clone());
        }
    }
    Ok(Value::array(kept))
}

/// A number that is the same for equal values, whatever the order of their members.
fn fingerprint(value: &Value) -> u64 {
    let hash = |tag: u8, content: &dyn Fn(&mut FoldHasher<'_>)| {
        let mut hasher = SEED.build_hasher();
        tag.hash(&mut hasher);
        content(&mut hasher);
        hasher.finish()
    };
    match value {
        Value::Null => 0,
        Value::Bool(value) => hash(1, &|hasher| value.hash(hasher)),
        Value::Number(value) => hash(2, &|hasher| value.hash(hasher)),
        Value::String(value) => hash(3, &|hasher| value.hash(hasher)),
        Value::Array(items) => hash(4, &|hasher| {
            items.iter().for_each(|item| fingerprint(item).hash(hasher))
        }),
        Value::Object(members) => {
            let member = |(key, item): (&Text, &Value)| {
                hash(5, &|hasher| {
                    key.hash(hasher);
                    fingerprint(item).hash(hasher);
                })
            };
            members.iter().map(member).fold(6, u64::wrapping_add)
        }
    }
}

/// Equal as JSON; numbers by value.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => compare(left, right).is_eq(),
        _ => left == right,
    }
}
