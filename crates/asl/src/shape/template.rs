//! Payload templates → shapes.

use super::{Found, MAX_DEPTH, Shape, list};
use crate::definition::StateIx;
use crate::expr::{Expression, Root};
use crate::substitution::{self, is_open_value as is_open};
use crate::text::{Kind, Node};

/// The shape of what a JSONPath payload template makes of an input.
pub(super) fn template(node: Node<'_>, input: &Shape, from: Option<StateIx>) -> Shape {
    part(node, input, from, MAX_DEPTH)
}

fn part(node: Node<'_>, input: &Shape, from: Option<StateIx>, depth: usize) -> Shape {
    if depth == 0 || is_open(node) {
        return Shape::Any;
    }
    match node.kind() {
        Kind::Array => list(node.items().map(|item| part(item, input, from, depth - 1))),
        Kind::Object => Shape::object(
            node.members().map(|member| {
                let name = member.name.strip_suffix(".$");
                let shape = match (name, member.value) {
                    (Some(_), Some(value)) => expression(value, input),
                    (None, Some(value)) => part(value, input, from, depth - 1),
                    (_, None) => Shape::Any,
                };
                (name.unwrap_or(&member.name).into(), shape)
            }),
            from,
        ),
        Kind::Error => Shape::Any,
        _ => Shape::Scalar,
    }
}

/// The shape behind a key that ends in `.$`.
fn expression(node: Node<'_>, input: &Shape) -> Shape {
    let text = node.text();
    if node.kind() != Kind::String || substitution::is_open(&text) {
        return Shape::Any;
    }
    match Expression::parse(&text) {
        Ok(Expression::Path(path)) if *path.root() == Root::Input => match input.find(&path) {
            Found::Maybe(shape) => shape,
            Found::Never { .. } => Shape::Any,
        },
        _ => Shape::Any,
    }
}
