//! Which states a reading of a text draws, as positions: how two readings of one damaged text are compared.
//!
//! The plain reading goes from left to right and never looks back, so it draws every state that ends before the
//! damage, wherever that is and however the text is indented. Another reading may only add to that.

use crate::text::arena::{Arena, NONE};
use crate::text::tree::Kind;

/// A state: where its scope, its key and its type stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Landmark {
    scope: u32,
    key: u32,
    state_type: u32,
}

/// The states of a reading, sorted. As `definition/read.rs` has it, of two fields with one name the first counts.
pub(super) fn landmarks(arena: &Arena, text: &str) -> Vec<Landmark> {
    let walk = Walk { arena, text };
    let mut found = Vec::new();
    let mut scopes = vec![0];
    while let Some(scope) = scopes.pop() {
        let Some(states) = walk.member(scope, &["States"], Kind::Object) else {
            continue;
        };
        for member in walk.children(states).filter(|&id| walk.kind(id) == Kind::Member) {
            let Some(body) = walk.value(member).filter(|&id| walk.kind(id) == Kind::Object) else {
                continue;
            };
            let state_type = walk.member(body, &["Type"], Kind::String);
            found.push(Landmark {
                scope: walk.start(scope),
                key: walk.start(member),
                state_type: state_type.map_or(NONE, |id| walk.start(id)),
            });
            let branches = walk.member(body, &["Branches"], Kind::Array);
            scopes.extend(branches.into_iter().flat_map(|array| walk.children(array)));
            scopes.extend(walk.member(body, &["ItemProcessor", "Iterator"], Kind::Object));
        }
    }
    found.sort_unstable();
    found
}

/// Whether all of `some` are among `all`; both are sorted.
pub(super) fn includes(all: &[Landmark], some: &[Landmark]) -> bool {
    let mut all = all.iter();
    some.iter().all(|one| all.any(|other| other == one))
}

struct Walk<'a> {
    arena: &'a Arena,
    text: &'a str,
}

impl<'a> Walk<'a> {
    fn kind(&self, id: u32) -> Kind {
        self.arena.nodes[id as usize].kind
    }

    fn start(&self, id: u32) -> u32 {
        self.arena.nodes[id as usize].start
    }

    fn children(&self, id: u32) -> impl Iterator<Item = u32> + use<'a> {
        let nodes = &self.arena.nodes;
        let end = nodes.get(id as usize).map_or(0, |node| node.subtree_end);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = nodes[child as usize].subtree_end;
            Some(child)
        })
    }

    fn value(&self, member: u32) -> Option<u32> {
        self.children(member).nth(1)
    }

    /// The value of an object's first member that has one of these names and this kind.
    fn member(&self, object: u32, names: &[&str], kind: Kind) -> Option<u32> {
        self.children(object)
            .filter(|&id| self.kind(id) == Kind::Member && names.contains(&self.name(id)))
            .filter_map(|id| self.value(id))
            .find(|&id| self.kind(id) == kind)
    }

    fn name(&self, member: u32) -> &'a str {
        let key = &self.arena.nodes[member as usize + 1];
        self.text[key.start as usize..key.end as usize].trim_matches(['"', '\''])
    }
}
