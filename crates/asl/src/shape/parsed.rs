//! The expressions of a text, each parsed once, whoever asks for it: several rules read the same paths at every key.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::{Found, Shape};
use crate::expr::{Expression, Path, ReferencePath, Root, SyntaxError};
use crate::text::{Node, NodeId};

type Memory<T> = RefCell<HashMap<NodeId, Rc<Result<T, SyntaxError>>, foldhash::fast::RandomState>>;

/// What was parsed so far, by node. All nodes must be of one tree.
#[derive(Debug, Default)]
pub struct Parsed {
    expressions: Memory<Expression>,
    references: Memory<ReferencePath>,
}

impl Parsed {
    /// What the path in a node leads to in a shape; none if it leads nowhere, or is no path into the input.
    pub fn find(&self, node: Node<'_>, shape: &Shape) -> Option<Shape> {
        // Most paths are of the simplest kind.
        if let Some(names) = Path::simple_names(&node.text()) {
            return shape.follow(names).ok();
        }
        match &*self.expression(node) {
            Ok(Expression::Path(path)) if *path.root() == Root::Input => match shape.find(path) {
                Found::Maybe(found) => Some(found),
                Found::Never { .. } => None,
            },
            _ => None,
        }
    }

    /// The text of a node as a path or a call.
    pub fn expression(&self, node: Node<'_>) -> Rc<Result<Expression, SyntaxError>> {
        once(&self.expressions, node, Expression::parse)
    }

    /// The text of a node as a reference path.
    pub fn reference(&self, node: Node<'_>) -> Rc<Result<ReferencePath, SyntaxError>> {
        once(&self.references, node, ReferencePath::parse)
    }
}

fn once<T>(
    memory: &Memory<T>,
    node: Node<'_>,
    parse: impl FnOnce(&str) -> Result<T, SyntaxError>,
) -> Rc<Result<T, SyntaxError>> {
    let mut memory = memory.borrow_mut();
    let parsed = memory
        .entry(node.id())
        .or_insert_with(|| Rc::new(parse(&node.text())));
    Rc::clone(parsed)
}
