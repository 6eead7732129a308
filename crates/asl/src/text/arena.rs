//! How a tree's nodes are stored, and how both parsers build them.
//!
//! Nodes lie in document order, each before its descendants: the first child of node *n* is *n* + 1, and a
//! node's next sibling stands where its subtree ends. So a node is a few numbers, and a subtree is a range.

use std::ops::Range;

use super::tree::{Kind, NodeId, Style};

/// Stands where there is no node and no extra.
pub(super) const NONE: u32 = u32::MAX;

/// One node: its place in the text and in the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeData {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) parent: u32,
    /// One past the last descendant.
    pub(super) subtree_end: u32,
    /// Index into the tree's extras, or [`NONE`].
    pub(super) extra: u32,
    pub(super) kind: Kind,
    pub(super) style: Style,
    /// A string in quotes whose text is just what stands between them; always false in YAML.
    pub(super) verbatim: bool,
}

/// What only few nodes have.
#[derive(Debug, Clone, Default)]
pub(super) struct Extra {
    /// The scalar's text where it is not simply the source's (YAML).
    pub(super) cooked: Option<Box<str>>,
    /// YAML's tag as written or meant: `!Sub`, `tag:yaml.org,2002:str`.
    pub(super) tag: Option<Box<str>>,
    /// Where the node's tag and anchor start, if it has them.
    pub(super) properties: Option<u32>,
    /// The node that a YAML alias stands for.
    pub(super) target: Option<NodeId>,
}

/// Builds nodes in document order.
#[derive(Debug, Default)]
pub(super) struct Arena {
    pub(super) nodes: Vec<NodeData>,
    pub(super) extras: Vec<Extra>,
    open: Vec<u32>,
}

impl Arena {
    /// Room for the nodes that a text of this many bytes is likely to have.
    pub(super) fn for_text(bytes: usize) -> Arena {
        Arena {
            nodes: Vec::with_capacity(bytes / 12),
            extras: Vec::new(),
            open: Vec::new(),
        }
    }

    /// Adds a node that has no children.
    pub(super) fn leaf(&mut self, kind: Kind, style: Style, range: Range<usize>) -> NodeId {
        let id = self.push(kind, style, range);
        self.nodes[id.index()].subtree_end = id.0 + 1;
        id
    }

    /// Adds a node; what comes until its [`Arena::close`] is inside it.
    pub(super) fn open(&mut self, kind: Kind, style: Style, start: usize) -> NodeId {
        let id = self.push(kind, style, start..start);
        self.open.push(id.0);
        id
    }

    fn push(&mut self, kind: Kind, style: Style, range: Range<usize>) -> NodeId {
        let id = self.nodes.len() as u32;
        self.nodes.push(NodeData {
            start: range.start as u32,
            end: range.end as u32,
            parent: self.open.last().copied().unwrap_or(NONE),
            subtree_end: id + 1,
            extra: NONE,
            kind,
            style,
            verbatim: false,
        });
        NodeId(id)
    }

    /// Ends the innermost open node at `end`.
    pub(super) fn close(&mut self, end: usize) {
        let nodes = self.nodes.len() as u32;
        if let Some(id) = self.open.pop() {
            let node = &mut self.nodes[id as usize];
            node.end = (end as u32).max(node.start);
            node.subtree_end = nodes;
        }
    }

    /// The innermost open node's kind.
    pub(super) fn top(&self) -> Option<Kind> {
        self.open.last().map(|&id| self.nodes[id as usize].kind)
    }

    /// The innermost open node.
    pub(super) fn top_id(&self) -> Option<NodeId> {
        self.open.last().map(|&id| NodeId(id))
    }

    /// The open nodes, outermost first.
    pub(super) fn open_nodes(&self) -> impl DoubleEndedIterator<Item = NodeId> + '_ {
        self.open.iter().map(|&id| NodeId(id))
    }

    /// How many nodes are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The node's extra, made if it has none yet.
    pub(super) fn extra(&mut self, id: NodeId) -> &mut Extra {
        let node = &mut self.nodes[id.index()];
        if node.extra == NONE {
            node.extra = self.extras.len() as u32;
            self.extras.push(Extra::default());
        }
        let at = node.extra as usize;
        &mut self.extras[at]
    }
}
