//! The smallest sound body of a new state of each type, and names for it.

use serde_json::{Value, json};

use super::{Action, Callee};
use crate::definition::Definition;
use crate::words::{QueryLanguage, StateType};

/// A state's body. It goes to `next`, or ends its scope; a Task calls `callee`. A Choice needs `next`; without, it has no rules.
pub(super) fn body(
    state_type: StateType,
    language: QueryLanguage,
    callee: Option<&Callee>,
    next: Option<&str>,
    inner: &str,
) -> Value {
    let is_jsonata = language == QueryLanguage::Jsonata;
    let mut body = json!({ "Type": state_type.name() });
    let fields = match state_type {
        StateType::Pass | StateType::Succeed => json!({}),
        StateType::Task => called(callee, language),
        StateType::Choice => {
            let rule = match is_jsonata {
                true => json!({ "Condition": "{% true %}", "Next": next }),
                false => json!({ "Variable": "$", "IsPresent": true, "Next": next }),
            };
            json!({ "Choices": [rule], "Default": next })
        }
        StateType::Wait => json!({ "Seconds": 1 }),
        StateType::Fail => json!({ "Error": "Failed", "Cause": "Say here what went wrong" }),
        StateType::Parallel => json!({ "Branches": [scope(inner)] }),
        StateType::Map => {
            let mut processor = json!({ "ProcessorConfig": { "Mode": "INLINE" } });
            extend(&mut processor, scope(inner));
            json!({ "ItemProcessor": processor })
        }
    };
    extend(&mut body, fields);
    if state_type.has_next() {
        extend(
            &mut body,
            next.map_or(json!({ "End": true }), |next| json!({ "Next": next })),
        );
    }
    body
}

fn called(callee: Option<&Callee>, language: QueryLanguage) -> Value {
    let function = match callee {
        Some(Callee::Action(action)) => return action.fields(language),
        Some(Callee::Function(function)) => Some(function),
        None => None,
    };
    let mut fields = Action::Invoke.fields(language);
    for arguments in ["Parameters", "Arguments"] {
        let name = fields.pointer_mut(&format!("/{arguments}/FunctionName"));
        if let (Some(name), Some(function)) = (name, function) {
            *name = function.as_str().into();
        }
    }
    fields
}

/// A scope of one Pass state.
pub(super) fn scope(name: &str) -> Value {
    let mut states = json!({});
    extend(
        &mut states,
        Value::Object(
            [(name.to_owned(), json!({ "Type": "Pass", "End": true }))]
                .into_iter()
                .collect(),
        ),
    );
    json!({ "StartAt": name, "States": states })
}

fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}

/// `wish`, or `wish 2` and so on: the first that neither the machine nor `taken` has.
pub(super) fn unique_name(definition: &Definition, wish: &str, taken: &[&str]) -> String {
    let is_free =
        |name: &str| !taken.contains(&name) && definition.states.iter().all(|state| *state.name != *name);
    let numbered = (2_u32..).map(|number| format!("{wish} {number}"));
    let mut names = std::iter::once(wish.to_owned()).chain(numbered);
    names.find(|name| is_free(name)).unwrap_or_default()
}
