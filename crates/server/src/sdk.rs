//! Actions asked for by Task states (`aws-sdk:sfn:…`): the same actions, with members spelled as the SDK spells them.
//!
//! | | the API | a Task state |
//! |---|---|---|
//! | members | `stateMachineArn` | `StateMachineArn` |
//! | moments | seconds | ISO 8601 text |
//! | payloads | JSON text | JSON text, or JSON, which is written as text |

use runtime::integrations::sdk::Refused;
use serde_json::{Map, Value};

use crate::states::{self, Context};

/// Members of requests that are JSON text.
const PAYLOADS: &[&str] = &["input", "output", "definition", "variables", "context"];

/// Performs an action for a Task state.
pub(crate) async fn answer(context: Context, action: String, parameters: String) -> Result<String, Refused> {
    // Written by the engine: an object, or the service would have refused the definition.
    let parameters = serde_json::from_str(&parameters).unwrap_or_default();
    let members = match request(parameters) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let answer = states::perform(&context, &action, members).await;
    Ok(response(answer?, "").to_string())
}

fn request(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| {
                    let name = recased(&name, str::make_ascii_lowercase);
                    let value = match value {
                        Value::Null | Value::String(_) => value,
                        value if PAYLOADS.contains(&name.as_str()) => Value::String(value.to_string()),
                        value => request(value),
                    };
                    (name, value)
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(request).collect()),
        other => other,
    }
}

fn response(value: Value, name: &str) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| {
                    let name = recased(&name, str::make_ascii_uppercase);
                    let value = response(value, &name);
                    (name, value)
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(|item| response(item, name)).collect()),
        Value::Number(seconds) if name.ends_with("Date") || name == "Timestamp" => {
            let milliseconds = seconds.as_f64().unwrap_or_default() * 1000.0;
            Value::String(engine::Timestamp(milliseconds.round() as i64).to_string())
        }
        other => other,
    }
}

fn recased(name: &str, change: fn(&mut str)) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        change(first);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spellings() {
        assert_eq!(
            request(json!({"StateMachineArn": "a", "Input": {"Key": 1}, "Name": null})),
            json!({"stateMachineArn": "a", "input": "{\"Key\":1}", "name": null})
        );
        assert_eq!(
            response(
                json!({"executionArn": "a", "startDate": 1.5, "executions": [{"redriveCount": 0}]}),
                ""
            ),
            json!({"ExecutionArn": "a", "StartDate": "1970-01-01T00:00:01.500Z", "Executions": [{"RedriveCount": 0}]})
        );
    }
}
