//! The changes that rules offer.

use std::ops::Range;

use super::Fix;
use super::check::{Check, Given};
use crate::definition::StateOutline;
use crate::text::rewrite::Rewrite;
use crate::text::{Changes, Format, Node, NodeId, TextChange, Tree};

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
        removes: false,
    }
}

/// Puts the right word in the place of some bytes of a text, where neither needs an escape.
pub(super) fn respell_part(text: Node<'_>, part: Range<usize>, right: &str) -> Option<Fix> {
    let fits = text.range().start <= part.start && part.end <= text.range().end;
    let plain = right
        .chars()
        .all(|character| character == '_' || character.is_alphanumeric());
    (fits && plain).then(|| Fix {
        label: format!("Change to \"{right}\""),
        changes: Changes::one(TextChange::replacement(part, right.to_owned())),
        removes: false,
    })
}

/// Puts a text in the place of some bytes of a scalar, written as the scalar's style wants it.
pub(super) fn rewrite_part(scalar: Node<'_>, part: Range<usize>, right: &str, label: String) -> Option<Fix> {
    // All of it is marked where the part's place cannot be told.
    let is_inside = scalar.range().start < part.start && part.end < scalar.range().end;
    let written = scalar.written_inside(right)?;
    is_inside.then(|| Fix {
        label,
        changes: Changes::one(TextChange::replacement(part, written)),
        removes: right.is_empty(),
    })
}

/// Takes a field out.
pub(super) fn remove_field(check: &Check<'_>, field: &Given<'_>) -> Option<Fix> {
    remove(check, field.member, format!("Remove \"{}\"", field.name))
}

/// Takes a state out that nothing leads to.
pub(super) fn remove_state(check: &Check<'_>, state: &StateOutline) -> Option<Fix> {
    let member = check.tree.node(state.key_node).parent()?;
    remove(check, member.id(), format!("Remove \"{}\"", state.name))
}

/// Takes an item out of its list.
pub(super) fn remove_item(check: &Check<'_>, item: Node<'_>, label: String) -> Option<Fix> {
    remove(check, item.id(), label)
}

fn remove(check: &Check<'_>, member: NodeId, label: String) -> Option<Fix> {
    check.may_rewrite().then_some(())?;
    let container = check.tree.node(member).parent()?;
    let mut rewrite = Rewrite::new(check.tree);
    rewrite.remove(container, &[member]);
    Some(Fix {
        label,
        changes: rewrite.finish().ok()?,
        removes: true,
    })
}

/// Lets a state end its scope.
pub(super) fn end_here(check: &Check<'_>, state: Node<'_>) -> Option<Fix> {
    check.may_rewrite().then_some(())?;
    let value = Tree::parse("true", Format::Json);
    let mut rewrite = Rewrite::new(check.tree);
    rewrite.set_member(check.tree.node(state.id()), "End", value.root()?);
    Some(Fix {
        label: "Add \"End\": true".to_owned(),
        changes: rewrite.finish().ok()?,
        removes: false,
    })
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
