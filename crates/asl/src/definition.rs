//! The tolerant reading of a tree: whatever can be drawn, with positions. It never fails; [`crate::diagnostics`] says
//! what is wrong and [`crate::machine`] is the strict reading.

mod label;
mod read;
mod summary;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

pub use label::LABEL_CHARS;

use crate::text::{NodeId, Tree};
use crate::value::Text;
use crate::words::{QueryLanguage, ScopeRole, StateType};

/// The identity of a state outside this crate: its name; for a later duplicate of a name, its JSON pointer.
pub type StateKey = String;

/// Index of a state in [`Definition::states`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateIx(pub u32);

/// Index of a scope in [`Definition::scopes`]; the root is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopeIx(pub u32);

impl StateIx {
    /// As an index of [`Definition::states`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl ScopeIx {
    /// As an index of [`Definition::scopes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What of a text can be drawn.
#[derive(Debug, Clone)]
pub struct Definition {
    /// All states of all scopes in the order of the document; an owner before what is inside it.
    pub states: Vec<StateOutline>,
    /// All scopes; the root first and always there.
    pub scopes: Vec<ScopeOutline>,
    /// The machine's query language.
    pub query_language: QueryLanguage,
    /// The machine's comment.
    pub comment: Option<Text>,
    /// The machine's object; none where the text holds none.
    pub node: Option<NodeId>,
    by_key: HashMap<StateKey, StateIx, foldhash::fast::RandomState>,
}

/// A state as far as it can be read.
#[derive(Debug, Clone)]
pub struct StateOutline {
    /// Its identity outside this crate.
    pub key: StateKey,
    /// The key in `States`.
    pub name: Text,
    /// The scope it stands in.
    pub scope: ScopeIx,
    /// Its type; none where it is missing or unknown.
    pub state_type: Option<StateType>,
    /// The key's node.
    pub key_node: NodeId,
    /// The value's node, whatever its kind; none where there is no value yet.
    pub node: Option<NodeId>,
    /// Its bytes, from the key to the end of the value.
    pub range: Range<usize>,
    /// RFC 6901 pointer to the value.
    pub pointer: String,
    /// Where it can go: `Next`, or rules and `Default`; then catchers; each in the document's order.
    pub transitions: Vec<TransitionOutline>,
    /// Branches, or the processor.
    pub scopes: Vec<ScopeIx>,
    /// Whether its scope can end here: `End` is true, or the type is Succeed or Fail.
    pub terminal: bool,
    /// The language of its data fields.
    pub query_language: QueryLanguage,
    /// What it does in a few words, for the card's second line: `Lambda · charge-card`, `3 rules`; may be empty.
    pub summary: String,
}

/// One way from a state to another of the same scope.
#[derive(Debug, Clone)]
pub struct TransitionOutline {
    /// Which field it is.
    pub kind: TransitionKind,
    /// The name it goes to.
    pub target: Text,
    /// The state it goes to; none where the scope has no such state.
    pub target_ix: Option<StateIx>,
    /// The node of the target's name.
    pub node: NodeId,
    /// What stands on the edge, at most [`LABEL_CHARS`] characters; empty for `Next`.
    pub label: String,
}

/// The field that makes a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransitionKind {
    /// `Next`.
    Next,
    /// `Next` of the choice rule with this index.
    Rule(usize),
    /// `Default`.
    Default,
    /// `Next` of the catcher with this index.
    Catch(usize),
}

/// A `StartAt` with its `States`.
#[derive(Debug, Clone)]
pub struct ScopeOutline {
    /// The Parallel or Map state around it; none for the root.
    pub owner: Option<StateIx>,
    /// What it is for.
    pub role: ScopeRole,
    /// The name behind `StartAt`.
    pub start_at: Option<Text>,
    /// The node of that name.
    pub start_node: Option<NodeId>,
    /// The state of that name.
    pub start: Option<StateIx>,
    /// Its own states in the document's order.
    pub states: Vec<StateIx>,
    /// Its object; none only for the root of a text that holds no object.
    pub node: Option<NodeId>,
    /// The object behind `States`.
    pub states_node: Option<NodeId>,
    /// RFC 6901 pointer to it; empty for the root.
    pub pointer: String,
}

impl Definition {
    /// Reads what can be read.
    pub fn read(tree: &Tree) -> Definition {
        read::read(tree)
    }

    /// The root scope.
    pub fn root(&self) -> &ScopeOutline {
        &self.scopes[0]
    }

    /// The state with this identity.
    pub fn state(&self, key: &str) -> Option<&StateOutline> {
        self.find(key).map(|ix| &self.states[ix.index()])
    }

    /// The index of the state with this identity.
    pub fn find(&self, key: &str) -> Option<StateIx> {
        self.by_key.get(key).copied()
    }

    /// The state of this index. Indices come from this definition, so they are always within.
    pub fn at(&self, ix: StateIx) -> &StateOutline {
        &self.states[ix.index()]
    }

    /// The scope of this index. Indices come from this definition, so they are always within.
    pub fn scope(&self, ix: ScopeIx) -> &ScopeOutline {
        &self.scopes[ix.index()]
    }

    /// The innermost state whose key or value holds this byte offset.
    pub fn state_at_offset(&self, offset: usize) -> Option<&StateOutline> {
        self.state_ix_at_offset(offset).map(|ix| self.at(ix))
    }

    /// Its index.
    pub fn state_ix_at_offset(&self, offset: usize) -> Option<StateIx> {
        // The last state that starts before the offset holds it, or one of its owners does: states nest.
        let after = self.states.partition_point(|state| state.range.start <= offset);
        let mut candidate = after.checked_sub(1).map(|last| StateIx(last as u32));
        while let Some(ix) = candidate {
            let state = self.at(ix);
            if offset <= state.range.end {
                return Some(ix);
            }
            candidate = self.scope(state.scope).owner;
        }
        None
    }

    /// Whether any state speaks JSONata.
    pub fn uses_jsonata(&self) -> bool {
        self.states
            .iter()
            .any(|state| state.query_language == QueryLanguage::Jsonata)
    }
}
