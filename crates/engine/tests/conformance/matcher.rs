//! Comparing what was recorded with what happened: JSON with placeholders, as `run_sfn_cases.py` compares it.
//!
//! `<<any>>` stands for anything, `<<any:NAME>>` for a non-empty text that is the same wherever the name occurs in a case.
//! JSON texts inside strings are parsed on both sides, members that are null are left out, and 1 equals 1.0.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Members that the service added after some recordings were made: never wrong where they are extra.
const LATER: [&str; 7] = [
    "encryptionConfiguration",
    "variableReferences",
    "revisionId",
    "redriveCount",
    "redriveStatus",
    "redriveStatusReason",
    "RedriveCount",
];
/// HTTP details of a service's answer, which are not compared.
const DROPPED: [&str; 3] = ["ResponseMetadata", "SdkHttpMetadata", "SdkResponseMetadata"];

/// What the placeholders of a case stand for.
pub(crate) type Bound = BTreeMap<String, String>;

/// The value with JSON texts parsed and null members left out.
pub(crate) fn norm(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with(['{', '[']) => match serde_json::from_str(text) {
            Ok(inner) => norm(&inner),
            Err(_) => value.clone(),
        },
        Value::Object(members) => Value::Object(
            members
                .iter()
                .filter(|(key, member)| !DROPPED.contains(&key.as_str()) && !member.is_null())
                .map(|(key, member)| (key.clone(), norm(member)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(norm).collect()),
        other => other.clone(),
    }
}

/// Differences between what is expected and what is there; without any, `bound` has what placeholders stand for.
pub(crate) fn diff(expected: &Value, actual: &Value, path: &str, bound: &mut Bound) -> Vec<String> {
    let (mut tried, mut out) = (bound.clone(), Vec::new());
    compare(expected, actual, path, &mut tried, &mut out);
    if out.is_empty() {
        *bound = tried;
    }
    out
}

fn compare(expected: &Value, actual: &Value, path: &str, bound: &mut Bound, out: &mut Vec<String>) {
    match (expected, actual) {
        // What a task answered comes out of the recording, placeholders and all; what preparations would have answered is unknown.
        _ if expected == actual => {}
        (_, Value::String(text)) if text.starts_with("<<ref:") => {}
        (Value::String(pattern), _) if pattern.contains("<<any") => {
            let shown = match actual {
                Value::String(text) => Some(text.clone()),
                Value::Object(_) | Value::Array(_) => Some(actual.to_string()),
                _ => None,
            };
            let matches = match shown {
                Some(text) => matches(pattern, &text, bound),
                None => pattern == "<<any>>" || !actual.is_null() && is_one_name(pattern),
            };
            if !matches {
                out.push(format!("{path}: expected {pattern:?}, got {}", short(actual)));
            }
        }
        (Value::Object(expected), Value::Object(actual)) => objects(expected, actual, path, bound, out),
        (Value::Array(expected), Value::Array(actual)) => {
            if expected.len() != actual.len() {
                out.push(format!(
                    "{path}: expected {} items, got {}",
                    expected.len(),
                    actual.len()
                ));
                return;
            }
            for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(expected, actual, &format!("{path}[{index}]"), bound, out);
            }
        }
        (Value::Number(_) | Value::Bool(_), Value::String(text)) if is_data(path) => {
            // A few recordings show numbers in JSON texts parsed.
            let parsed = serde_json::from_str(text).unwrap_or_else(|_| actual.clone());
            if !equal(expected, &parsed) {
                out.push(format!(
                    "{path}: expected {}, got {}",
                    short(expected),
                    short(actual)
                ));
            }
        }
        _ if equal(expected, actual) => {}
        _ => out.push(format!(
            "{path}: expected {}, got {}",
            short(expected),
            short(actual)
        )),
    }
}

fn is_data(path: &str) -> bool {
    path.ends_with("EventDetails.input") || path.ends_with("EventDetails.output")
}

fn is_one_name(pattern: &str) -> bool {
    pattern.starts_with("<<any:") && pattern.find(">>") == Some(pattern.len() - 2)
}

fn equal(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::Number(expected), Value::Number(actual)) => expected.as_f64() == actual.as_f64(),
        _ => expected == actual,
    }
}

fn objects(
    expected: &Map<String, Value>,
    actual: &Map<String, Value>,
    path: &str,
    bound: &mut Bound,
    out: &mut Vec<String>,
) {
    let mut rest: Vec<&String> = actual.keys().filter(|key| !expected.contains_key(*key)).collect();
    for (key, member) in expected.iter().filter(|(key, _)| !key.contains("<<any")) {
        match actual.get(key) {
            Some(found) => compare(member, found, &format!("{path}.{key}"), bound, out),
            None if member.is_null() => {}
            None => out.push(format!("{path}.{key}: missing, expected {}", short(member))),
        }
    }
    for (key, member) in expected.iter().filter(|(key, _)| key.contains("<<any")) {
        match rest.iter().position(|found| matches(key, found, bound)) {
            Some(place) => {
                let found = rest.remove(place);
                compare(member, &actual[found], &format!("{path}.{found}"), bound, out);
            }
            None => out.push(format!("{path}.{key}: missing")),
        }
    }
    for key in rest {
        if !actual[key].is_null() && !LATER.contains(&key.as_str()) {
            out.push(format!("{path}.{key}: unexpected {}", short(&actual[key])));
        }
    }
}

/// A value for a message.
pub(crate) fn short(value: &Value) -> String {
    value.to_string().chars().take(200).collect()
}

/// Whether the text fits the pattern; if it does, names are bound.
fn matches(pattern: &str, text: &str, bound: &mut Bound) -> bool {
    let mut tried = bound.clone();
    let fits = fits(pattern, text, &mut tried);
    if fits {
        *bound = tried;
    }
    fits
}

fn fits(pattern: &str, text: &str, bound: &mut Bound) -> bool {
    let Some(start) = pattern.find("<<any") else {
        return pattern == text;
    };
    let Some(length) = pattern[start..].find(">>") else {
        return pattern == text;
    };
    let (literal, rest) = (&pattern[..start], &pattern[start + length + 2..]);
    let name = pattern[start + 5..start + length].strip_prefix(':');
    let Some(text) = text.strip_prefix(literal) else {
        return false;
    };
    if let Some(known) = name.and_then(|name| bound.get(name)).cloned() {
        return text
            .strip_prefix(known.as_str())
            .is_some_and(|text| fits(rest, text, bound));
    }
    let ends = text.char_indices().map(|(index, _)| index).chain([text.len()]);
    for end in ends.filter(|end| name.is_none() || *end > 0) {
        let mut tried = bound.clone();
        if let Some(name) = name {
            tried.insert(name.to_owned(), text[..end].to_owned());
        }
        if fits(rest, &text[end..], &mut tried) {
            *bound = tried;
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn placeholders_stand_for_texts() {
        for (expected, actual, agrees) in [
            (json!({"a": "<<any>>"}), json!({"a": "x"}), true),
            (json!({"a": "<<any:N>>-<<any:N>>"}), json!({"a": "x-x"}), true),
            (json!({"a": "<<any:N>>-<<any:N>>"}), json!({"a": "x-y"}), false),
            (json!({"a": "<<any:N>>"}), json!({"a": ""}), false),
            (json!({"a": 1}), json!({"a": 1.0}), true),
            (json!({"a": 1}), json!({"a": true}), false),
            (json!({"a": {"b": 1}}), json!({"a": "{\"b\": 1}"}), true),
            (json!({"a": 1}), json!({"a": 1, "b": 2}), false),
            (json!({"a": 1}), json!({"a": 1, "redriveCount": 2}), true),
        ] {
            let differences = diff(&norm(&expected), &norm(&actual), "", &mut Bound::new());
            assert_eq!(
                differences.is_empty(),
                agrees,
                "{expected} {actual}: {differences:?}"
            );
        }
    }
}
