//! Retriers and catchers as forms.

use std::collections::BTreeSet;

use asl::definition::TransitionKind;
use asl::fields::{self, Owner};
use asl::text::{Kind, Node};
use asl::words::StateType;

use super::{Context, json_text, plain_control, words};
use crate::contract::*;

/// Names that Lambda's integration raises, which the service's guide advises to retry.
const LAMBDA: [&str; 4] = [
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
];

pub(super) fn control(context: &Context<'_>, name: &str) -> FieldControl {
    let value = context.get(name);
    let is_list = value.is_none_or(|value| value.kind() == Kind::Array && !value.is_alias());
    let entries: Vec<Node<'_>> = value.into_iter().flat_map(Node::items).collect();
    if !is_list || entries.iter().any(|entry| entry.kind() != Kind::Object) {
        return FieldControl::Json {};
    }
    let handlers = entries.into_iter().enumerate();
    FieldControl::Handlers {
        handlers: handlers
            .map(|(index, entry)| handler(context, name, index, entry))
            .collect(),
        errors: known_errors(context),
    }
}

fn handler(context: &Context<'_>, list: &str, index: usize, entry: Node<'_>) -> HandlerForm {
    let pointer = format!("/{list}/{index}");
    let is_retrier = list == "Retry";
    let owner = if is_retrier {
        Owner::Retrier
    } else {
        Owner::Catcher
    };
    let known = fields::of(owner, context.state.query_language);
    let mut forms: Vec<FieldForm> = known
        .filter(|(name, _)| *name != "ErrorEquals")
        .map(|(name, field)| {
            let value = entry.get(name);
            FieldForm {
                name: name.to_owned(),
                title: words::title_in_handler(name).to_owned(),
                pointer: format!("{pointer}/{name}"),
                control: plain_control(field.value, value, || context.siblings()),
                value: value.map(json_text),
                absent: words::absent_in_handler(name).map(str::to_owned),
                usual: !matches!(name, "Comment" | "Assign" | "Output"),
                group: words::group(name).to_owned(),
                alternatives: Vec::new(),
            }
        })
        .collect();
    forms.sort_by_key(|form| words::order_in_handler(&form.name));
    HandlerForm {
        sentence: match is_retrier {
            true => retrier(entry),
            false => catcher(context, index),
        },
        errors: errors(entry),
        fields: forms,
        text: json_text(entry),
        pointer,
    }
}

fn errors(entry: Node<'_>) -> Vec<String> {
    let names = entry.get("ErrorEquals").into_iter().flat_map(Node::items);
    names.map(|name| name.text().into_owned()).collect()
}

fn retrier(entry: Node<'_>) -> String {
    let number = |name: &str, absent: &str| {
        entry
            .get(name)
            .map_or_else(|| absent.to_owned(), |node| node.text().into_owned())
    };
    let times = match number("MaxAttempts", "3").as_str() {
        "0" => return "not tried again".to_owned(),
        "1" => "once more".to_owned(),
        times => format!("up to {times} more times"),
    };
    format!(
        "{times}, first after {} s, then {} times as long",
        number("IntervalSeconds", "1"),
        number("BackoffRate", "2"),
    )
}

fn catcher(context: &Context<'_>, index: usize) -> String {
    let transitions = &context.state.transitions;
    let found = transitions
        .iter()
        .find(|transition| transition.kind == TransitionKind::Catch(index));
    found.map_or_else(String::new, |transition| format!("go to {}", transition.target))
}

/// The service's names, those of Lambda, and those that this definition raises or handles somewhere.
fn known_errors(context: &Context<'_>) -> Vec<String> {
    let mut own = BTreeSet::new();
    for state in &context.analysis.definition.states {
        let Some(node) = state.node.map(|node| context.analysis.tree.node(node)) else {
            continue;
        };
        if state.state_type == Some(StateType::Fail) {
            own.extend(node.get("Error").map(|error| error.text().into_owned()));
        }
        for list in ["Retry", "Catch"] {
            let entries = node.get(list).into_iter().flat_map(Node::items);
            own.extend(entries.flat_map(errors));
        }
    }
    own.retain(|name| {
        !name.is_empty() && !name.starts_with("{%") && !aws::errors::NAMES.contains(&name.as_str())
    });
    own.extend(LAMBDA.map(str::to_owned));
    let service = aws::errors::NAMES.into_iter().map(str::to_owned);
    service.chain(own).collect()
}
