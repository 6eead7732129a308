//! The tree of a text: every node knows its bytes; what cannot be understood is an error node or a fault.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::arena::{Arena, Extra, NONE, NodeData};
use super::token::{self, Token};
use super::{Fault, Format, fault, json, yaml};

/// How many containers may stand inside one another. Deeper ones are faults and error nodes.
pub const MAX_DEPTH: usize = 512;

/// What an id of another tree names here.
const NOWHERE: NodeData = NodeData {
    start: 0,
    end: 0,
    parent: NONE,
    subtree_end: 0,
    extra: NONE,
    kind: Kind::Error,
    style: Style::Plain,
    verbatim: false,
};

/// A text and what was understood of it.
#[derive(Debug, Clone)]
pub struct Tree {
    text: Arc<str>,
    format: Format,
    nodes: Vec<NodeData>,
    extras: Vec<Extra>,
    faults: Vec<Fault>,
}

/// A node's name within its tree. Ids follow the document's order: a node comes before its descendants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The id as an index, for tables beside the tree.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is. YAML's mappings are objects and its sequences arrays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Members, in order.
    Object,
    /// Items, in order.
    Array,
    /// A key and, unless it is missing, a value.
    Member,
    /// Text; every key is one.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`, and in YAML an absent value.
    Null,
    /// Something that is none of these.
    Error,
}

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// A container that goes by indentation (YAML).
    Block,
    /// A container in brackets, as in JSON.
    Flow,
    /// A bare scalar.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// YAML's `|` block.
    Literal,
    /// YAML's `>` block.
    Folded,
}

impl Tree {
    /// Reads a text. Never fails: what is wrong is in [`Tree::faults`].
    pub fn parse(text: impl Into<Arc<str>>, format: Format) -> Tree {
        let text = text.into();
        // Offsets are u32 inside; half of that leaves room for every sum.
        let (arena, mut faults) = if text.len() > (u32::MAX / 2) as usize {
            let message = "the text is over 2 GB; split it".to_owned();
            (
                Arena::default(),
                vec![Fault {
                    range: 0..0,
                    message,
                    code: fault::TOO_DEEP,
                    fix: None,
                }],
            )
        } else {
            match format {
                Format::Json => json::parse(&text),
                Format::Yaml => yaml::parse(&text),
            }
        };
        faults.sort_by_key(|fault| (fault.range.start, fault.range.end));
        let (nodes, extras) = (arena.nodes, arena.extras);
        Tree {
            text,
            format,
            nodes,
            extras,
            faults,
        }
    }

    /// The text, every byte of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The notation it was read in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The outermost node; none in an empty text.
    pub fn root(&self) -> Option<Node<'_>> {
        self.nodes.first().map(|_| Node {
            tree: self,
            id: NodeId(0),
        })
    }

    /// What is wrong with the text, by position.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// How many nodes there are; ids count from 0.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The node of this id, which must be one of this tree's: of another's, some node may come back.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// The innermost node at a byte offset. Between two nodes that touch, the one that starts there.
    pub fn node_at(&self, offset: usize) -> Option<Node<'_>> {
        let mut node = self.root().filter(|root| root.holds(offset))?;
        loop {
            let mut inner = None;
            for child in node.own_children() {
                if child.range().start > offset {
                    break;
                }
                if child.holds(offset) {
                    inner = Some(child);
                }
            }
            match inner {
                Some(child) => node = child,
                None => return Some(node),
            }
        }
    }

    /// The nodes that have no children, in order.
    pub(super) fn leaves(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.nodes.len() as u32)
            .filter(|&id| self.nodes[id as usize].subtree_end == id + 1)
            .map(|id| Node {
                tree: self,
                id: NodeId(id),
            })
            .filter(|node| !matches!(node.data().kind, Kind::Object | Kind::Array | Kind::Member))
    }

    /// The text as tokens: in order, without a gap, together the whole text.
    pub fn tokens(&self) -> impl Iterator<Item = Token> + '_ {
        token::tokens(self)
    }
}

/// A node of a tree: cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}@{:?}", self.kind(), self.range())
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

/// A member of an object.
#[derive(Debug, Clone)]
pub struct Member<'t> {
    /// The member's own node.
    pub id: NodeId,
    /// The key as it stands in the text.
    pub key: Node<'t>,
    /// The key's text, without quotes and escapes.
    pub name: Cow<'t, str>,
    /// The value; none where it is missing.
    pub value: Option<Node<'t>>,
}

impl<'t> Node<'t> {
    fn data(self) -> &'t NodeData {
        self.tree.nodes.get(self.id.index()).unwrap_or(&NOWHERE)
    }

    fn extra(self) -> Option<&'t Extra> {
        let at = self.data().extra;
        if at == NONE {
            None
        } else {
            self.tree.extras.get(at as usize)
        }
    }

    fn holds(self, offset: usize) -> bool {
        let range = self.full_range();
        range.start <= offset && offset <= range.end
    }

    /// The tree it belongs to.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Its name within the tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What it is. A YAML alias is what it stands for.
    pub fn kind(self) -> Kind {
        self.resolved().data().kind
    }

    /// How it is written.
    pub fn style(self) -> Style {
        self.data().style
    }

    /// Its bytes, without YAML's tag and anchor.
    pub fn range(self) -> Range<usize> {
        let data = self.data();
        data.start as usize..data.end as usize
    }

    /// Its bytes with YAML's tag and anchor.
    pub fn full_range(self) -> Range<usize> {
        let range = self.range();
        let start = self
            .extra()
            .and_then(|extra| extra.properties)
            .map_or(range.start, |at| at as usize);
        start..range.end
    }

    /// Its bytes as text.
    pub fn source(self) -> &'t str {
        &self.tree.text[self.range()]
    }

    /// The node around it: a value's is its member.
    pub fn parent(self) -> Option<Node<'t>> {
        let parent = self.data().parent;
        if parent == NONE {
            None
        } else {
            Some(Node {
                tree: self.tree,
                id: NodeId(parent),
            })
        }
    }

    /// YAML's tag as it was written (`!Sub`), or a core tag in full (`tag:yaml.org,2002:str`).
    pub fn tag(self) -> Option<&'t str> {
        self.extra().and_then(|extra| extra.tag.as_deref())
    }

    /// Whether it is a YAML alias, that is, written elsewhere.
    pub fn is_alias(self) -> bool {
        self.extra().is_some_and(|extra| extra.target.is_some())
    }

    /// The node itself, or what a YAML alias stands for.
    pub fn resolved(self) -> Node<'t> {
        match self.extra().and_then(|extra| extra.target) {
            Some(id) => Node { tree: self.tree, id },
            None => self,
        }
    }

    /// The nodes directly inside it: members, items, or a member's key and value.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        self.resolved().own_children()
    }

    fn own_children(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let (tree, end) = (self.tree, self.data().subtree_end);
        let mut next = self.id.0 + 1;
        std::iter::from_fn(move || {
            let id = NodeId(next);
            let node = (next < end).then_some(Node { tree, id })?;
            next = node.data().subtree_end;
            Some(node)
        })
    }

    /// An object's members in order; of other nodes none.
    pub fn members(self) -> impl Iterator<Item = Member<'t>> + use<'t> {
        let is_object = self.kind() == Kind::Object;
        self.children()
            .filter(move |_| is_object)
            .filter_map(Node::as_member)
    }

    /// Whether it is the key of a member.
    pub fn is_key(self) -> bool {
        self.parent()
            .is_some_and(|parent| parent.data().kind == Kind::Member && parent.id.0 + 1 == self.id.0)
    }

    /// The node as a member of its object.
    pub fn as_member(self) -> Option<Member<'t>> {
        if self.data().kind != Kind::Member {
            return None;
        }
        let mut children = self.own_children();
        let key = children.next()?;
        Some(Member {
            id: self.id,
            key,
            name: key.text(),
            value: children.next(),
        })
    }

    /// The value of an object's member. Of two with the same name the last counts, as it does on AWS.
    // Asked at every key of nearly every object, so it goes over the nodes themselves: a member's key stands right behind it,
    // and its value behind the key.
    pub fn get(self, name: &str) -> Option<Node<'t>> {
        let object = self.resolved();
        let (tree, data) = (object.tree, object.data());
        if data.kind != Kind::Object {
            return None;
        }
        let mut found = None;
        let mut next = object.id.0 + 1;
        while next < data.subtree_end {
            let member = Node {
                tree,
                id: NodeId(next),
            };
            let end = member.data().subtree_end;
            if member.data().kind == Kind::Member && member.is_called(name) {
                found = Some((next + 1, end));
            }
            next = end;
        }
        let (key, end) = found?;
        let key = Node {
            tree,
            id: NodeId(key),
        };
        let value = NodeId(key.data().subtree_end);
        (value.0 < end).then_some(Node { tree, id: value })
    }

    /// Whether the key of this member is a name. Most are told apart by their length, without a look at the text.
    fn is_called(self, name: &str) -> bool {
        let key = Node {
            tree: self.tree,
            id: NodeId(self.id.0 + 1),
        };
        let data = key.data();
        let differs = data.verbatim && (data.end - data.start) as usize != name.len() + 2;
        !differs && key.text() == name
    }

    /// An array's items in order; of other nodes none.
    pub fn items(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let is_array = self.kind() == Kind::Array;
        self.children().filter(move |_| is_array)
    }

    /// A scalar's text without quotes and escapes; of other nodes their source.
    pub fn text(self) -> Cow<'t, str> {
        let node = self.resolved();
        let data = node.data();
        if data.verbatim {
            return Cow::Borrowed(&self.tree.text[data.start as usize + 1..data.end as usize - 1]);
        }
        if let Some(cooked) = node.extra().and_then(|extra| extra.cooked.as_deref()) {
            return Cow::Borrowed(cooked);
        }
        match (self.tree.format, data.kind) {
            (Format::Json, Kind::String) => json::unescape(node.source()),
            _ => Cow::Borrowed(node.source()),
        }
    }

    /// What an RFC 6901 pointer leads to from here.
    pub fn at(self, pointer: &str) -> Option<Node<'t>> {
        let parts = match pointer.strip_prefix('/') {
            Some(rest) => rest.split('/'),
            None if pointer.is_empty() => return Some(self),
            None => return None,
        };
        parts
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
            .try_fold(self, |node, part| match node.kind() {
                Kind::Object => node.get(&part),
                Kind::Array => node.items().nth(part.parse().ok()?),
                _ => None,
            })
    }

    /// Where it is, as RFC 6901 writes it: `/States/Pay/Next`. A key's and a member's pointer is its value's.
    pub fn pointer(self) -> String {
        let mut parts = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            match parent.data().kind {
                Kind::Array => {
                    let at = parent
                        .own_children()
                        .take_while(|item| item.id != node.id)
                        .count();
                    parts.push(at.to_string());
                }
                Kind::Object => {
                    let name = node.as_member().map(|member| member.name).unwrap_or_default();
                    parts.push(name.replace('~', "~0").replace('/', "~1"));
                }
                _ => {}
            }
            node = parent;
        }
        let mut pointer = String::new();
        for part in parts.iter().rev() {
            pointer.push('/');
            pointer.push_str(part);
        }
        pointer
    }
}
