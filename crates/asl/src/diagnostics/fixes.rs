//! The changes that rules offer.

use super::Fix;
use super::check::{Check, Given};
use crate::definition::StateOutline;
use crate::text::{Changes, Node, TextChange};

/// Puts the right word in the place of a misspelt one, in the quotes that stand there.
pub(super) fn respell(word: Node<'_>, right: &str) -> Fix {
    let source = word.source();
    let quoted = match source.chars().next() {
        Some('\'') => format!("'{}'", right.replace('\'', "''")),
        // A plain YAML scalar stays one where nothing in the new word could mean something else.
        Some(first) if first != '"' && is_plain(right) => right.to_owned(),
        _ => serde_json::Value::from(right).to_string(),
    };
    let change = TextChange::replacement(word.range(), quoted);
    Fix {
        label: format!("Change to \"{right}\""),
        changes: Changes::one(change),
    }
}

/// Takes a field out.
pub(super) fn remove_field(_field: &Given<'_>) -> Option<Fix> {
    None
}

/// Takes a state out that nothing leads to.
pub(super) fn remove_state(_check: &Check<'_>, _state: &StateOutline) -> Option<Fix> {
    None
}

/// Lets a state end its scope.
pub(super) fn end_here(_state: Node<'_>) -> Option<Fix> {
    None
}

fn is_plain(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "._-".contains(character))
        && !matches!(
            word.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        )
}
