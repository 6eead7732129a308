//! The form of a state: the fields it has and could have, read from the language's table.

use ::workspace::document::Analysis;
use asl::definition::{ScopeOutline, StateOutline, TransitionKind};
use asl::fields::{self, Owner, ValueType};
use asl::text::Node;
use asl::words::StateType;

use super::document::problem;
use crate::contract::*;

/// The form of a state; none where there is no such state.
pub(crate) fn form(analysis: &Analysis, key: &str) -> Option<StateForm> {
    let state = analysis.definition.state(key)?;
    let node = state.node.map(|node| analysis.tree.node(node));
    let text = analysis
        .tree
        .text()
        .get(state.range.clone())
        .unwrap_or_default()
        .to_owned();
    Some(StateForm {
        key: state.key.clone(),
        name: state.name.to_string(),
        state_type: state.state_type.map(|kind| kind.name().to_owned()),
        sentence: sentence(state),
        version: analysis.version,
        fields: state_fields(analysis, state, node),
        text,
    })
}

fn sentence(state: &StateOutline) -> String {
    let kind = state.state_type.map_or("Unknown type", StateType::name);
    let does = match state.state_type {
        Some(StateType::Task) => "calls something and goes on with its result",
        Some(StateType::Choice) => "decides by the first rule that matches",
        Some(StateType::Parallel) => "runs its branches at the same time",
        Some(StateType::Map) => "runs its inside once for each item",
        Some(StateType::Pass) => "passes data on, as it is or changed",
        Some(StateType::Wait) => "waits until a time",
        Some(StateType::Succeed) => "ends with success",
        Some(StateType::Fail) => "ends with an error",
        None => "give it a Type",
    };
    format!("{kind} · {} · {does}", state.query_language.name())
}

fn state_fields(analysis: &Analysis, state: &StateOutline, node: Option<Node<'_>>) -> Vec<FieldForm> {
    let Some(kind) = state.state_type else {
        return Vec::new();
    };
    let known: Vec<_> = fields::of(Owner::of(kind), state.query_language).collect();
    let mut forms: Vec<_> = known
        .iter()
        .filter(|(name, _)| !matches!(*name, "Type" | "Branches" | "ItemProcessor" | "Iterator"))
        .map(|(name, field)| field_form(analysis, state, node, name, field.value))
        .collect();
    // What the language does not know is shown all the same: it is in the file.
    for member in node.into_iter().flat_map(Node::members) {
        let is_known = known.iter().any(|(name, _)| *name == member.name.as_ref());
        if !is_known {
            forms.push(field_form(analysis, state, node, &member.name, ValueType::Any));
        }
    }
    forms.sort_by_key(|form| (group_order(&form.group), order_in_group(&form.name)));
    forms
}

fn field_form(
    analysis: &Analysis,
    state: &StateOutline,
    node: Option<Node<'_>>,
    name: &str,
    value_type: ValueType,
) -> FieldForm {
    let value = node.and_then(|node| node.get(name));
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    let whole = format!("{}{pointer}", state.pointer);
    let problems = analysis
        .diagnostics
        .iter()
        .filter(|diagnostic| {
            diagnostic
                .pointer
                .strip_prefix(&whole)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .map(|diagnostic| problem(analysis, diagnostic))
        .collect();
    FieldForm {
        name: name.to_owned(),
        control: control(analysis, state, name, value_type, value),
        value: value.map(|value| match value.to_value() {
            Some(value) => value.to_json_pretty(),
            None => value.source().to_owned(),
        }),
        absent: absent(name).map(str::to_owned),
        group: group(name).to_owned(),
        pointer,
        problems,
    }
}

fn control(
    analysis: &Analysis,
    state: &StateOutline,
    name: &str,
    value_type: ValueType,
    value: Option<Node<'_>>,
) -> FieldControl {
    // A value of another shape than the language wants can only be shown as it is.
    let is_plain =
        value.is_none_or(|value| !matches!(value.kind(), asl::text::Kind::Object | asl::text::Kind::Array));
    match (name, value_type) {
        ("Choices", _) => FieldControl::Rules {
            rules: rules(analysis, state),
        },
        ("Retry", _) => FieldControl::Handlers {
            sentences: retriers(value),
        },
        ("Catch", _) => FieldControl::Handlers {
            sentences: catchers(analysis, state),
        },
        (_, ValueType::StateName) if is_plain => FieldControl::State {
            options: siblings(analysis, state),
        },
        (_, ValueType::Text | ValueType::ShortText(_) | ValueType::Timestamp) if is_plain => {
            FieldControl::Text {}
        }
        (_, ValueType::Flag) if is_plain => FieldControl::Toggle {},
        (_, ValueType::Integer(..) | ValueType::Number(..)) if is_plain => {
            let is_expression = value.is_some_and(|value| value.kind() == asl::text::Kind::String);
            if is_expression {
                FieldControl::Path {}
            } else {
                FieldControl::Number {}
            }
        }
        (_, ValueType::Word(words)) if is_plain => FieldControl::Select {
            options: words.iter().map(|word| (*word).to_owned()).collect(),
        },
        (_, ValueType::Path | ValueType::PathOrNull | ValueType::ReferencePath | ValueType::PathOrCall)
            if is_plain =>
        {
            FieldControl::Path {}
        }
        _ => FieldControl::Json {},
    }
}

fn siblings(analysis: &Analysis, state: &StateOutline) -> Vec<String> {
    let scope: &ScopeOutline = analysis.definition.scope(state.scope);
    scope
        .states
        .iter()
        .map(|sibling| analysis.definition.at(*sibling).name.to_string())
        .collect()
}

fn rules(analysis: &Analysis, state: &StateOutline) -> Vec<RuleView> {
    let node = state.node.map(|node| analysis.tree.node(node));
    let choices = node.and_then(|node| node.get("Choices"));
    let mut rules = Vec::new();
    for (index, rule) in choices.into_iter().flat_map(Node::items).enumerate() {
        let label = state
            .transitions
            .iter()
            .find(|transition| transition.kind == TransitionKind::Rule(index));
        let whole = rule
            .to_value()
            .and_then(|rule| asl::expr::Condition::compile(&rule).ok())
            .map(|rule| rule.describe());
        let text = rule
            .get("Condition")
            .map(|condition| condition.text().into_owned());
        rules.push(RuleView {
            condition: whole
                .or(text)
                .or_else(|| label.map(|label| label.label.clone()))
                .unwrap_or_default(),
            next: label.map(|label| label.target.to_string()).unwrap_or_default(),
        });
    }
    rules
}

fn names(node: Option<Node<'_>>) -> String {
    let names: Vec<_> = node
        .into_iter()
        .flat_map(Node::items)
        .map(|name| name.text().into_owned())
        .collect();
    names.join(", ")
}

fn retriers(value: Option<Node<'_>>) -> Vec<String> {
    let number = |retrier: Node<'_>, name: &str, absent: &str| {
        retrier
            .get(name)
            .map_or_else(|| absent.to_owned(), |node| node.text().into_owned())
    };
    value
        .into_iter()
        .flat_map(Node::items)
        .map(|retrier| {
            format!(
                "On {}: up to {} more times, first after {} s, each wait {} times the one before",
                names(retrier.get("ErrorEquals")),
                number(retrier, "MaxAttempts", "3"),
                number(retrier, "IntervalSeconds", "1"),
                number(retrier, "BackoffRate", "2.0"),
            )
        })
        .collect()
}

fn catchers(analysis: &Analysis, state: &StateOutline) -> Vec<String> {
    let node = state.node.map(|node| analysis.tree.node(node));
    let catch = node.and_then(|node| node.get("Catch"));
    let target = |index: usize| {
        let transition = state
            .transitions
            .iter()
            .find(|transition| transition.kind == TransitionKind::Catch(index));
        transition
            .map(|transition| transition.target.to_string())
            .unwrap_or_default()
    };
    let entries = catch.into_iter().flat_map(Node::items).enumerate();
    entries
        .map(|(index, entry)| format!("On {}: go to {}", names(entry.get("ErrorEquals")), target(index)))
        .collect()
}

fn group(name: &str) -> &'static str {
    match name {
        "Comment" | "QueryLanguage" | "Label" => "Notes",
        "Retry"
        | "Catch"
        | "ToleratedFailureCount"
        | "ToleratedFailureCountPath"
        | "ToleratedFailurePercentage"
        | "ToleratedFailurePercentagePath" => "Errors",
        "InputPath" | "OutputPath" | "Parameters" | "Arguments" | "ResultSelector" | "ResultPath"
        | "Result" | "Output" | "Assign" | "ItemsPath" | "Items" | "ItemSelector" => "Data",
        _ => "Behaviour",
    }
}

fn group_order(group: &str) -> usize {
    ["Behaviour", "Data", "Errors", "Notes"]
        .iter()
        .position(|other| *other == group)
        .unwrap_or(usize::MAX)
}

/// Fields in the order in which they take effect.
fn order_in_group(name: &str) -> usize {
    const ORDER: [&str; 24] = [
        "Resource",
        "Choices",
        "Default",
        "Seconds",
        "SecondsPath",
        "Timestamp",
        "TimestampPath",
        "Error",
        "ErrorPath",
        "Cause",
        "CausePath",
        "MaxConcurrency",
        "TimeoutSeconds",
        "HeartbeatSeconds",
        "Next",
        "End",
        "InputPath",
        "ItemsPath",
        "Items",
        "ItemSelector",
        "Parameters",
        "Result",
        "ResultSelector",
        "ResultPath",
    ];
    ORDER
        .iter()
        .position(|other| *other == name)
        .unwrap_or(ORDER.len())
}

/// What holds when a field is absent. (States Language specification.)
fn absent(name: &str) -> Option<&'static str> {
    Some(match name {
        "InputPath" | "OutputPath" | "ItemsPath" => "$, everything",
        "ResultPath" => "$, the result replaces the input",
        "Parameters" => "the input as it is",
        "ResultSelector" => "the result as it is",
        "MaxConcurrency" => "0, no limit",
        "TimeoutSeconds" => "no limit",
        "HeartbeatSeconds" => "none expected",
        "Default" => "no match is an error",
        "Retry" => "never tried again",
        "Catch" => "an error ends the scope",
        "ToleratedFailureCount" | "ToleratedFailurePercentage" => "0, the first failure counts",
        "QueryLanguage" => "the state machine's",
        _ => return None,
    })
}
