//! Values with JSONata expressions in them → shapes. Of expressions only plain paths are followed.

use super::{MAX_DEPTH, Shape, list};
use crate::definition::StateIx;
use crate::expr::jsonata::{Expression, Outline};
use crate::substitution::is_open_value as is_open;
use crate::text::{Kind, Node};

/// What `$states` holds where a value is evaluated.
pub(super) struct Seen<'s> {
    pub(super) input: &'s Shape,
    /// `$states.result`, and where that is none.
    pub(super) result: Option<&'s Shape>,
    /// `$states.errorOutput`, in a catcher.
    pub(super) error_output: Option<&'s Shape>,
}

impl Seen<'_> {
    /// The shape of a member of `$states`.
    pub(super) fn member(&self, name: &str) -> Option<&Shape> {
        match name {
            "input" => Some(self.input),
            "result" => self.result,
            "errorOutput" => self.error_output,
            _ => None,
        }
    }

    /// The shape of a value with expressions in it.
    pub(super) fn value(&self, node: Node<'_>, from: Option<StateIx>) -> Shape {
        self.part(node, from, MAX_DEPTH)
    }

    fn part(&self, node: Node<'_>, from: Option<StateIx>, depth: usize) -> Shape {
        if depth == 0 || is_open(node) {
            return Shape::Any;
        }
        match node.kind() {
            Kind::Array => list(node.items().map(|item| self.part(item, from, depth - 1))),
            Kind::Object => Shape::object(
                node.members().map(|member| {
                    let shape = member.value.map(|value| self.part(value, from, depth - 1));
                    (member.name.as_ref().into(), shape.unwrap_or(Shape::Any))
                }),
                from,
            ),
            Kind::Error => Shape::Any,
            Kind::String => self.text(&node.text()),
            _ => Shape::Scalar,
        }
    }

    fn text(&self, text: &str) -> Shape {
        let Some(inside) = Expression::inside(text) else {
            return Shape::Scalar;
        };
        let path = Outline::plain_path(inside).unwrap_or_default();
        let [root, member, fields @ ..] = path.as_slice() else {
            return Shape::Any;
        };
        match self.member(&member.name).filter(|_| &*root.name == "states") {
            Some(shape) => shape
                .follow(fields.iter().map(|field| &*field.name))
                .unwrap_or(Shape::Any),
            None => Shape::Any,
        }
    }
}
