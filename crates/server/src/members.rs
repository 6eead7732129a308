//! What a request may hold. Each action has a table of its members, taken from the service's API model; the first
//! look at a request finds everything that breaks it, as the service counts and words it:
//! `2 validation errors detected: Value null at 'name' failed to satisfy constraint: …; Value …`.

use serde_json::{Map, Value};

use crate::fault::Fault;

/// One member of a request.
pub(crate) struct Member {
    name: &'static str,
    required: bool,
    rule: Rule,
}

/// What a member may be.
pub(crate) enum Rule {
    /// A text with so many characters, at least and at most.
    Text(usize, usize),
    /// An integer, at least and at most.
    Integer(i64, i64),
    /// One of these texts, in the order in which the service lists them.
    OneOf(&'static [&'static str]),
    /// true or false.
    Flag,
    /// A list of at least and at most so many items.
    List(usize, usize),
    /// An object.
    Object,
}

/// A member that must be there.
pub(crate) const fn required(name: &'static str, rule: Rule) -> Member {
    Member {
        name,
        required: true,
        rule,
    }
}

/// A member that may be absent.
pub(crate) const fn optional(name: &'static str, rule: Rule) -> Member {
    Member {
        name,
        required: false,
        rule,
    }
}

/// A request that keeps to its action's table.
pub(crate) struct Request {
    members: Map<String, Value>,
}

impl Request {
    /// Looks at a request.
    pub(crate) fn check(members: Map<String, Value>, table: &[Member]) -> Result<Self, Fault> {
        let mut broken = Vec::new();
        for member in table {
            let value = members.get(member.name).filter(|value| !value.is_null());
            match value {
                Some(value) => broken.extend(member.rule.broken(member.name, value)?),
                None if member.required => {
                    broken.push(constraint("null", member.name, "Member must not be null"));
                }
                None => {}
            }
        }
        refuse(&broken)?;
        Ok(Self { members })
    }

    /// The members as they came.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// A text that the table demands.
    pub(crate) fn needed(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }
}

/// Says that constraints are broken, if any are.
pub(crate) fn refuse(broken: &[String]) -> Result<(), Fault> {
    let count = broken.len();
    let errors = if count == 1 { "error" } else { "errors" };
    match count {
        0 => Ok(()),
        _ => Err(Fault::validation(format!(
            "{count} validation {errors} detected: {}",
            broken.join("; ")
        ))),
    }
}

/// One broken constraint.
pub(crate) fn constraint(value: &str, place: &str, rule: &str) -> String {
    format!("Value {value} at '{place}' failed to satisfy constraint: {rule}")
}

impl Rule {
    fn broken(&self, name: &str, value: &Value) -> Result<Option<String>, Fault> {
        let wrong_type = |expected: &str| {
            Fault::serialization(format!("{} can not be converted to {expected}", kind(value)))
        };
        let broken = match self {
            Self::Text(least, most) => {
                let text = value.as_str().ok_or_else(|| wrong_type("a String"))?;
                length(text.chars().count(), *least, *most)
                    .map(|rule| constraint(&format!("'{text}'"), name, &rule))
            }
            Self::Integer(least, most) => {
                let number = value.as_i64().ok_or_else(|| wrong_type("an Integer"))?;
                range(number, *least, *most).map(|rule| constraint(&format!("'{number}'"), name, &rule))
            }
            Self::OneOf(words) => {
                let text = value.as_str().ok_or_else(|| wrong_type("a String"))?;
                (!words.contains(&text)).then(|| {
                    let rule = format!("Member must satisfy enum value set: [{}]", words.join(", "));
                    constraint(&format!("'{text}'"), name, &rule)
                })
            }
            Self::Flag => {
                value.as_bool().ok_or_else(|| wrong_type("a Boolean"))?;
                None
            }
            Self::List(least, most) => {
                let items = value.as_array().ok_or_else(|| wrong_type("a List"))?;
                length(items.len(), *least, *most).map(|rule| constraint(&printed(value, name), name, &rule))
            }
            Self::Object => {
                value.as_object().ok_or_else(|| wrong_type("a Structure"))?;
                None
            }
        };
        Ok(broken)
    }
}

/// The rule about lengths that a length breaks.
pub(crate) fn length(length: usize, least: usize, most: usize) -> Option<String> {
    if length < least {
        Some(format!(
            "Member must have length greater than or equal to {least}"
        ))
    } else if length > most {
        Some(format!("Member must have length less than or equal to {most}"))
    } else {
        None
    }
}

/// The rule about values that a number breaks.
pub(crate) fn range(number: i64, least: i64, most: i64) -> Option<String> {
    if number < least {
        Some(format!("Member must have value greater than or equal to {least}"))
    } else if number > most {
        Some(format!("Member must have value less than or equal to {most}"))
    } else {
        None
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL_VALUE",
        Value::Bool(_) => "BOOLEAN_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Array(_) => "LIST_VALUE",
        Value::Object(_) => "STRUCTURE_VALUE",
    }
}

/// A list as the service prints it: structures are called `<Member>ListItem`.
fn printed(value: &Value, name: &str) -> String {
    let mut title = name.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let item = |item: &Value| match item {
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(key, value)| {
                    format!(
                        "{key}={}",
                        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
                    )
                })
                .collect();
            format!("{title}ListItem({})", members.join(", "))
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let items: Vec<_> = value.as_array().into_iter().flatten().map(item).collect();
    format!("'[{}]'", items.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TABLE: &[Member] = &[
        required("name", Rule::Text(1, 3)),
        optional("maxResults", Rule::Integer(0, 1000)),
        optional("statusFilter", Rule::OneOf(&["SUCCEEDED", "RUNNING"])),
        optional("publish", Rule::Flag),
    ];

    fn check(request: &Value, expected: Result<(), &str>) {
        let members = request.as_object().cloned().unwrap();
        let answer = Request::check(members, TABLE).map(|_| ());
        assert_eq!(
            answer.map_err(|fault| fault.message),
            expected.map_err(str::to_owned),
            "{request}"
        );
    }

    #[test]
    fn constraints() {
        check(&json!({"name": "abc", "maxResults": 0, "unknown": 1}), Ok(()));
        check(
            &json!({"name": "abc", "maxResults": 1001}),
            Err(
                "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
            ),
        );
        check(
            &json!({"statusFilter": "succeeded"}),
            Err(
                "2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, RUNNING]",
            ),
        );
        check(
            &json!({"name": 5}),
            Err("NUMBER_VALUE can not be converted to a String"),
        );
        check(
            &json!({"name": ""}),
            Err(
                "1 validation error detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
            ),
        );
    }
}
