//! Payload templates → shapes.

use super::parsed::Parsed;
use super::{MAX_DEPTH, Shape, list};
use crate::definition::StateIx;
use crate::substitution::{self, is_open_value as is_open};
use crate::text::{Kind, Node};

/// The shape of what a JSONPath payload template makes of an input.
pub(super) fn template(node: Node<'_>, input: &Shape, from: Option<StateIx>, parsed: &Parsed) -> Shape {
    part(node, &Source { input, from, parsed }, MAX_DEPTH)
}

/// What a template is filled from.
struct Source<'s> {
    input: &'s Shape,
    from: Option<StateIx>,
    parsed: &'s Parsed,
}

fn part(node: Node<'_>, source: &Source<'_>, depth: usize) -> Shape {
    if depth == 0 || is_open(node) {
        return Shape::Any;
    }
    match node.kind() {
        Kind::Array => list(node.items().map(|item| part(item, source, depth - 1))),
        Kind::Object => Shape::object(
            node.members().map(|member| {
                let name = member.name.strip_suffix(".$");
                let shape = match (name, member.value) {
                    (Some(_), Some(value)) => expression(value, source),
                    (None, Some(value)) => part(value, source, depth - 1),
                    (_, None) => Shape::Any,
                };
                (name.unwrap_or(&member.name).into(), shape)
            }),
            source.from,
        ),
        Kind::Error => Shape::Any,
        _ => Shape::Scalar,
    }
}

/// The shape behind a key that ends in `.$`.
fn expression(node: Node<'_>, source: &Source<'_>) -> Shape {
    // Of what nothing is known, every part may be anything.
    if *source.input == Shape::Any || node.kind() != Kind::String || substitution::is_open(&node.text()) {
        return Shape::Any;
    }
    source.parsed.find(node, source.input).unwrap_or(Shape::Any)
}
