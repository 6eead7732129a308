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
                return describe(value, label, depth + 1);
            }
            "Condition" => return label.push_str(expression(&value.text())),
            _ => {}
        }
    }
    comparison(rule, label);
}

fn join(rules: Node<'_>, word: &str, label: &mut String, depth: usize) {
    for (index, rule) in rules.items().enumerate() {
        if index > 0 {
            label.push_str(word);
        }
        describe(rule, label, depth + 1);
    }
}

fn comparison(rule: Node<'_>, label: &mut String) {
    let Some(variable) = rule.get("Variable") else {
        return;
    };
    label.push_str(&variable.text());
    let operator = rule
        .members()
        .find_map(|member| Some((phrase(&member.name)?, member.value?)));
    let Some((phrase, operand)) = operator else { return };
    let word = match phrase {
        Phrase::Sign(sign) => {
            label.push(' ');
            label.push_str(sign);
            label.push(' ');
            return push_operand(operand, label);
        }
        Phrase::State(holds, fails) => {
            if operand.text() == "false" {
                fails
            } else {
                holds
            }
        }
    };
    label.push(' ');
    label.push_str(word);
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
    /// Takes the operand's place: one phrase for true, one for false.
    State(&'static str, &'static str),
}

fn phrase(field: &str) -> Option<Phrase> {
    let plain = field.strip_suffix("Path").unwrap_or(field);
    Some(match plain {
        "StringMatches" => Phrase::Sign("matches"),
        "BooleanEquals" if plain == field => Phrase::State("is true", "is false"),
        "IsNull" => Phrase::State("is null", "is not null"),
        "IsPresent" => Phrase::State("is present", "is absent"),
        "IsNumeric" => Phrase::State("is a number", "is no number"),
        "IsString" => Phrase::State("is a string", "is no string"),
        "IsBoolean" => Phrase::State("is a boolean", "is no boolean"),
        "IsTimestamp" => Phrase::State("is a timestamp", "is no timestamp"),
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
