//! What a scope is to the layout: boxes with sizes, and ways between them. It is also the key of the cache, since a
//! scope's layout depends on nothing else. Lengths inside the layout are whole pixels.

use crate::model::EdgeKind;

/// One scope: a root, a branch, or a processor.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Flow {
    /// In the order of the document, the start pill first where there is one.
    pub(crate) nodes: Vec<FlowNode>,
    /// Sorted by `from`, then in the order of the state's transitions.
    pub(crate) edges: Vec<FlowEdge>,
    /// Where the scope begins.
    pub(crate) start: Option<usize>,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FlowNode {
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// Whether it is a Fail state: never where the main line goes on, if there is another way.
    pub(crate) fails: bool,
}

/// A way from a box to a box of the same scope.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FlowEdge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: EdgeKind,
    /// Width of its label; 0 where it has none.
    pub(crate) label: i32,
}

/// Where everything of one scope lies, seen from the scope's top left corner.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Placed {
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// Top left corners of the nodes.
    pub(crate) boxes: Vec<(i32, i32)>,
    /// Ways of the edges.
    pub(crate) routes: Vec<Route>,
}

/// The way of one edge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Route {
    pub(crate) points: Vec<(i32, i32)>,
    /// Centre of the label.
    pub(crate) label: Option<(i32, i32)>,
}

impl Flow {
    /// The edges that leave each node, as a range of `edges`.
    pub(crate) fn outgoing(&self) -> Vec<std::ops::Range<usize>> {
        let mut ranges = vec![0..0; self.nodes.len()];
        for (index, edge) in self.edges.iter().enumerate() {
            let range = &mut ranges[edge.from];
            if range.start == range.end {
                *range = index..index + 1;
            } else {
                range.end = index + 1;
            }
        }
        ranges
    }
}
