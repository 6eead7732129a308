//! What a state does, in the few words of its card's second line.
//!
//! | type | words |
//! |---|---|
//! | Task | `Lambda · price-order`, `DynamoDB · putItem`, `Activity · sign` |
//! | Choice | `3 rules` |
//! | Wait | `wait 30 s`, `until $.pickupAt` |
//! | Parallel | `2 branches` |
//! | Map | `inline · each of $.lines`, `distributed · each of S3 listObjectsV2` |
//! | Pass | `fixed result`, `sets total, count`, `new output`, or nothing |
//! | Fail | its error |
//! | Succeed | nothing |

use aws::arn::{self, Arn};
use aws::services;

use super::label::expression;
use super::read::Fields;
use crate::substitution;
use crate::text::{Kind, Node};
use crate::words::StateType;

pub(super) fn summary(fields: &Fields<'_>) -> String {
    match fields.state_type {
        Some(StateType::Task) => task(fields),
        Some(StateType::Choice) => count(fields.get("Choices"), "rule", "rules"),
        Some(StateType::Wait) => wait(fields),
        Some(StateType::Parallel) => count(fields.get("Branches"), "branch", "branches"),
        Some(StateType::Map) => map(fields),
        Some(StateType::Pass) => pass(fields),
        Some(StateType::Fail) => fail(fields),
        Some(StateType::Succeed) | None => String::new(),
    }
}

fn text(node: Node<'_>) -> String {
    expression(&node.text()).to_owned()
}

fn count(list: Option<Node<'_>>, one: &str, many: &str) -> String {
    match list.into_iter().flat_map(Node::items).count() {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

fn task(fields: &Fields<'_>) -> String {
    let Some(resource) = fields.get("Resource") else {
        return String::new();
    };
    let resource = resource.text();
    match Called::of(&resource) {
        Called::Function(name) => format!("Lambda · {}", shown(&name)),
        Called::Activity(name) => format!("Activity · {}", shown(name)),
        Called::Action {
            service: "lambda",
            action: "invoke",
        } => match argument(fields, "FunctionName") {
            Some(function) => format!("Lambda · {}", shown(arn::function_name(&function))),
            None => "Lambda · invoke".to_owned(),
        },
        Called::Action { service, action } => format!("{} · {action}", services::display_name(service)),
        Called::Unknown(name) => name.to_owned(),
    }
}

/// What a `Resource` calls, as far as it shows.
enum Called<'a> {
    Function(std::borrow::Cow<'a, str>),
    Activity(&'a str),
    Action { service: &'a str, action: &'a str },
    Unknown(&'a str),
}

impl<'a> Called<'a> {
    fn of(resource: &'a str) -> Called<'a> {
        if let Some(name) = substitution::whole_name(resource) {
            return if names_function(name) {
                Called::Function(name.into())
            } else {
                Called::Unknown(name)
            };
        }
        let Some(arn) = Arn::parse(resource) else {
            return Called::Unknown(substitution::first_name(resource).unwrap_or(resource));
        };
        if let Some((name, _)) = arn.function() {
            return Called::Function(name.into());
        }
        if let Some(name) = arn.activity() {
            return Called::Activity(name);
        }
        let pieces = arn.resource.rsplit_once(':').filter(|_| arn.service == "states");
        // `startExecution.sync:2` has a colon of its own.
        let pieces = match pieces {
            Some((before, "2")) => before.rsplit_once(':'),
            other => other,
        };
        match pieces {
            Some((service, action)) => {
                let service = service.strip_prefix("aws-sdk:").unwrap_or(service);
                Called::Action {
                    service,
                    action: action.split('.').next().unwrap_or(action),
                }
            }
            None => Called::Unknown(arn.resource),
        }
    }
}

/// A placeholder for a whole `Resource` is mostly a function's ARN, and then mostly says so.
fn names_function(placeholder: &str) -> bool {
    let lower = placeholder.to_ascii_lowercase();
    ["function", "lambda", "fn", "handler"]
        .iter()
        .any(|word| lower.contains(word))
}

/// A name, or the placeholder's name in it.
fn shown(name: &str) -> &str {
    substitution::first_name(name).unwrap_or(name)
}

/// An argument of the call in either language, also where a path gives it.
fn argument(fields: &Fields<'_>, name: &str) -> Option<String> {
    let arguments = fields.get("Parameters").or_else(|| fields.get("Arguments"))?;
    arguments.members().find_map(|member| {
        let key = member.name.strip_suffix(".$").unwrap_or(&member.name);
        (key == name).then_some(member.value).flatten().map(text)
    })
}

fn wait(fields: &Fields<'_>) -> String {
    let found = ["Seconds", "SecondsPath"]
        .iter()
        .find_map(|name| fields.get(name));
    if let Some(seconds) = found {
        return format!("wait {} s", text(seconds));
    }
    let found = ["Timestamp", "TimestampPath"]
        .iter()
        .find_map(|name| fields.get(name));
    found.map_or_else(String::new, |moment| format!("until {}", text(moment)))
}

fn map(fields: &Fields<'_>) -> String {
    let processor = fields.get("ItemProcessor").or_else(|| fields.get("Iterator"));
    let mode = processor
        .and_then(|node| node.get("ProcessorConfig"))
        .and_then(|config| config.get("Mode"));
    let distributed = mode.is_some_and(|mode| mode.text() == "DISTRIBUTED");
    format!(
        "{} · each of {}",
        if distributed { "distributed" } else { "inline" },
        items(fields)
    )
}

fn items(fields: &Fields<'_>) -> String {
    let reader = fields.get("ItemReader").and_then(|reader| reader.get("Resource"));
    if let Some(resource) = reader
        && let Called::Action { service, action } = Called::of(&resource.text())
    {
        return format!("{} {action}", services::display_name(service));
    }
    match fields.get("ItemsPath").or_else(|| fields.get("Items")) {
        Some(items) => match items.kind() {
            Kind::Array => count(Some(items), "item", "items"),
            Kind::Object => match items.members().count() {
                1 => "1 item".to_owned(),
                number => format!("{number} items"),
            },
            _ => text(items),
        },
        None => "$".to_owned(),
    }
}

fn pass(fields: &Fields<'_>) -> String {
    if fields.get("Result").is_some() {
        return "fixed result".to_owned();
    }
    if fields
        .get("Parameters")
        .or_else(|| fields.get("Output"))
        .is_some()
    {
        return "new output".to_owned();
    }
    let assigned: Vec<_> = fields
        .get("Assign")
        .into_iter()
        .flat_map(Node::members)
        .map(|member| member.name)
        .collect();
    let names: Vec<_> = assigned
        .iter()
        .map(|name| name.strip_suffix(".$").unwrap_or(name))
        .collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("sets {}", names.join(", "))
    }
}

fn fail(fields: &Fields<'_>) -> String {
    ["Error", "ErrorPath"]
        .iter()
        .find_map(|name| fields.get(name))
        .map_or_else(String::new, text)
}
