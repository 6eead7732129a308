//! Functions between JSON and its text.

use super::{Outcome, Refusal, Tools, refuse, string};
use crate::value::Value;

/// An empty or blank text is `null`, as on the service.
pub(super) fn string_to_json(arguments: &[Value], tools: &Tools<'_>) -> Outcome {
    let text = string(arguments, 0, "the argument")?;
    tools.budget.spend(text.len() as u64)?;
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    Value::parse(text).map_err(|error| Refusal::Arguments(format!("the text is not JSON: {error}")))
}

pub(super) fn json_to_string(arguments: &[Value], tools: &Tools<'_>) -> Outcome {
    tools.budget.spend(arguments[0].measure().bytes)?;
    Ok(Value::string(arguments[0].to_json()))
}

/// Shallow only: the service refuses a deep merge.
pub(super) fn merge(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    let (Some(first), Some(second)) = (arguments[0].as_object(), arguments[1].as_object()) else {
        return refuse("the first two arguments must be objects");
    };
    match &arguments[2] {
        Value::Bool(false) => {}
        Value::Bool(true) => {
            return refuse("deep merging is not supported; the third argument must be false");
        }
        other => {
            return refuse(format!(
                "the third argument must be false, but it is {}",
                other.kind()
            ));
        }
    }
    let mut merged = first.clone();
    for (key, value) in second.iter() {
        merged.insert(key.clone(), value.clone());
    }
    Ok(Value::Object(merged.into()))
}
