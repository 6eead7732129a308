//! What stands on the edges: choice rules in words and signs, error names.

use std::fmt::Write as _;

use crate::text::{Kind, Node};

/// Edges carry at most so many characters, so that the layout needs no font metrics.
pub const LABEL_CHARS: usize = 28;

/// Nested rules deeper than this would not be seen on an edge anyway.
const MAX_DEPTH: usize = 8;

/// Cuts a label at [`LABEL_CHARS`] characters; the last becomes `…`.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(LABEL_CHARS) {
        None => text.to_owned(),
        Some(_) => text.chars().take(LABEL_CHARS - 1).chain(['…']).collect(),
    }
}

/// The names in `ErrorEquals`.
pub(super) fn error_names(entry: Node<'_>) -> String {
    let names: Vec<_> = entry
        .get("ErrorEquals")
        .into_iter()
        .flat_map(Node::items)
        .map(Node::text)
        .collect();
    names.join(", ")
}

/// A choice rule in words and signs: `$.stock ≥ $.qty`.
pub(super) fn rule_label(rule: Node<'_>) -> String {
    let mut label = String::new();
    describe(rule, &mut label, 0);
    cut(&label)
}

// The compiled rule says the same of itself (`Condition::describe`); this reads rules that do not compile yet, too.
fn describe(rule: Node<'_>, label: &mut String, depth: usize) {
    // What is cut off anyway need not be written.
    if depth > MAX_DEPTH || label.len() > LABEL_CHARS * 4 {
        return;
    }
    for member in rule.members() {
        let Some(value) = member.value else { continue };
        match &*member.name {
            "And" => return join(value, " and ", label, depth),
            "Or" => return join(value, " or ", label, depth),
            "Not" => {
                label.push_str("not ");
                return enclosed(value, label, depth + 1);
            }
            "Condition" => return label.push_str(expression(&value.text())),
            _ => {}
        }
    }
    comparison(rule, label);
}

fn join(rules: Node<'_>, word: &str, label: &mut String, depth: usize) {
    let mut rules = rules.items().peekable();
    let Some(first) = rules.next() else { return };
    if rules.peek().is_none() {
        return describe(first, label, depth + 1);
    }
    enclosed(first, label, depth + 1);
    for rule in rules {
        label.push_str(word);
        enclosed(rule, label, depth + 1);
    }
}

/// A rule of several words stands in parentheses inside another.
fn enclosed(rule: Node<'_>, label: &mut String, depth: usize) {
    let several = |list: Node<'_>| list.items().nth(1).is_some();
    let compound = ["And", "Or"]
        .iter()
        .any(|name| rule.get(name).is_some_and(several));
    if compound || rule.get("Not").is_some() {
        label.push('(');
        describe(rule, label, depth);
        label.push(')');
    } else {
        describe(rule, label, depth);
    }
}

fn comparison(rule: Node<'_>, label: &mut String) {
    let Some(variable) = rule.get("Variable") else {
        return;
    };
    let operator = rule
        .members()
        .find_map(|member| Some((phrase(&member.name)?, member.value?)));
    let negated = operator
        .as_ref()
        .is_some_and(|(_, operand)| operand.text() == "false");
    match operator {
        Some((Phrase::Holds, _)) if negated => label.push_str("not "),
        _ => {}
    }
    label.push_str(&variable.text());
    match operator {
        Some((Phrase::Sign(sign), operand)) => {
            label.push(' ');
            label.push_str(sign);
            label.push(' ');
            push_operand(operand, label);
        }
        Some((Phrase::Is(what), _)) => {
            label.push_str(if negated { " is not " } else { " is " });
            label.push_str(what);
        }
        Some((Phrase::Holds, _)) | None => {}
    }
}

fn push_operand(operand: Node<'_>, label: &mut String) {
    let text = operand.text();
    let is_path = operand.kind() == Kind::String && text.starts_with('$');
    match operand.kind() {
        // Writing to a String cannot fail.
        Kind::String if !is_path => drop(write!(label, "\"{text}\"")),
        _ => label.push_str(&text),
    }
}

enum Phrase {
    /// Stands between variable and operand.
    Sign(&'static str),
    /// Takes the operand's place.
    Is(&'static str),
    /// The variable says it alone.
    Holds,
}

fn phrase(field: &str) -> Option<Phrase> {
    let plain = field.strip_suffix("Path").unwrap_or(field);
    Some(match plain {
        "StringMatches" => Phrase::Sign("matches"),
        "BooleanEquals" if plain == field => Phrase::Holds,
        "IsNull" => Phrase::Is("null"),
        "IsPresent" => Phrase::Is("present"),
        "IsNumeric" => Phrase::Is("a number"),
        "IsString" => Phrase::Is("a string"),
        "IsBoolean" => Phrase::Is("a boolean"),
        "IsTimestamp" => Phrase::Is("a timestamp"),
        _ => {
            let comparison = ["String", "Numeric", "Timestamp", "Boolean"]
                .iter()
                .find_map(|kind| plain.strip_prefix(kind))?;
            Phrase::Sign(match comparison {
                "Equals" => "=",
                "LessThan" => "<",
                "GreaterThan" => ">",
                "LessThanEquals" => "≤",
                "GreaterThanEquals" => "≥",
                _ => return None,
            })
        }
    })
}

/// A JSONata expression without its `{%` and `%}`.
pub(super) fn expression(text: &str) -> &str {
    text.strip_prefix("{%")
        .and_then(|rest| rest.strip_suffix("%}"))
        .map_or(text, str::trim)
}
