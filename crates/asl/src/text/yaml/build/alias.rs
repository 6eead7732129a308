//! Anchors and aliases. An alias stands for the anchor's node, read-only, as long as that stays within bounds:
//! a few lines of YAML can stand for a billion nodes.

use std::collections::HashMap;
use std::ops::Range;

use super::{Builder, Place};
use crate::text::fault;
use crate::text::tree::{Kind, MAX_DEPTH, NodeId, Style};

/// How many nodes aliases may stand for, all together.
const MAX_ALIASED_NODES: usize = 100_000;

/// A node with an anchor.
#[derive(Clone, Copy)]
struct Anchor {
    node: NodeId,
    /// How many nodes it has, with all that aliases inside it stand for.
    nodes: usize,
    /// How many levels of containers it has, likewise.
    height: usize,
}

/// A container with an anchor whose end has not come.
struct OpenAnchor {
    id: usize,
    node: NodeId,
    depth: usize,
    aliased_before: usize,
    deepest_outside: usize,
}

/// The anchors of one run over the text; saphyr numbers them.
#[derive(Default)]
pub(super) struct Anchors {
    known: HashMap<usize, Anchor>,
    open: Vec<OpenAnchor>,
    /// How many nodes the aliases so far stand for.
    aliased: usize,
    /// The deepest level since the innermost open anchor.
    deepest: usize,
}

impl Anchors {
    pub(super) fn forget(&mut self) {
        self.known.clear();
        self.open.clear();
    }

    pub(super) fn scalar(&mut self, anchor: usize, node: NodeId) {
        if anchor > 0 {
            self.known.insert(
                anchor,
                Anchor {
                    node,
                    nodes: 1,
                    height: 0,
                },
            );
        }
    }

    /// A container started; `depth` is how many are open, with it.
    pub(super) fn start(&mut self, anchor: usize, node: NodeId, depth: usize) {
        if anchor > 0 {
            let (aliased_before, deepest_outside) = (self.aliased, self.deepest);
            self.open.push(OpenAnchor {
                id: anchor,
                node,
                depth,
                aliased_before,
                deepest_outside,
            });
            self.deepest = depth;
        }
        self.deepest = self.deepest.max(depth);
    }

    /// A container ended; `depth` is how many were open, with it; `nodes` how many nodes there are by now.
    pub(super) fn end(&mut self, depth: usize, nodes: usize) {
        if let Some(open) = self.open.pop_if(|open| open.depth == depth) {
            let height = self.deepest + 1 - depth;
            let nodes = nodes - open.node.index() + self.aliased - open.aliased_before;
            self.known.insert(
                open.id,
                Anchor {
                    node: open.node,
                    nodes,
                    height,
                },
            );
            self.deepest = self.deepest.max(open.deepest_outside);
        }
    }

    /// The node that an alias at this depth stands for, if its anchor is known, closed and small enough.
    fn resolve(&mut self, anchor: usize, depth: usize) -> Option<NodeId> {
        let found = *self.known.get(&anchor)?;
        if self.aliased + found.nodes > MAX_ALIASED_NODES || depth + found.height > MAX_DEPTH {
            return None;
        }
        self.aliased += found.nodes;
        self.deepest = self.deepest.max(depth + found.height);
        Some(found.node)
    }
}

impl Builder<'_> {
    pub(super) fn alias(&mut self, anchor: usize, span: Range<usize>) {
        let start = span.start.max(self.introduce());
        let range = start..span.end.max(start);
        let is_key = self.open_member(start);
        let target = self.anchors.resolve(anchor, self.frames.len());
        let target = target.filter(|&node| !is_key || self.arena.nodes[node.index()].kind == Kind::String);
        let place = Place {
            full_start: start,
            range: range.clone(),
        };
        match target {
            Some(node) => {
                let id = self.leaf(Kind::String, Style::Plain, place, is_key);
                self.arena.extra(id).target = Some(node);
            }
            None => {
                let message =
                    "this alias cannot be followed: it stands inside its own anchor, or for too much";
                self.fault(range, fault::UNSUPPORTED_YAML, message);
                self.leaf(Kind::Error, Style::Plain, place, is_key);
            }
        }
    }
}
