//! The compiled machine, ready to run: names are indices, every path and expression is parsed, values are shared.
//!
//! A [`StateMachine`] is made once by [`StateMachine::compile`] and then only read, by any number of executions.
//! Definitions are compiled after substitution: a `${Placeholder}` that is still there is ordinary text here.

mod compile;
pub mod data_flow;
pub mod errors;
pub mod resource;
pub mod states;

use std::sync::Arc;

pub use data_flow::{DataFlow, PathField, Payload, ResultPath, Setting};
pub use errors::{Catcher, Jitter, Retrier};
pub use resource::{Pattern, Resource};
pub use states::StateKind;

use crate::value::Text;
pub use crate::words::{QueryLanguage, ScopeRole, StateType};

/// Index of a state in [`StateMachine::states`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct StateId(pub u32);

/// Index of a scope in [`StateMachine::scopes`]; the root is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ScopeId(pub u32);

/// A definition that can run.
#[derive(Debug)]
pub struct StateMachine {
    /// The machine's `Comment`.
    pub comment: Option<Text>,
    /// The machine's `TimeoutSeconds`.
    pub timeout_seconds: Option<u64>,
    /// The machine's `QueryLanguage`; a state may have its own.
    pub query_language: QueryLanguage,
    /// All scopes; the root first, an owner before what it owns.
    pub scopes: Vec<Scope>,
    /// All states of all scopes, in the order of the document.
    pub states: Vec<State>,
    /// The definition's text as it was compiled.
    pub text: Text,
}

/// A set of states with a start: the machine itself, a branch, or a Map's processor.
#[derive(Debug)]
pub struct Scope {
    /// The Parallel or Map state that has this scope inside; none for the root.
    pub owner: Option<StateId>,
    /// What the scope is for.
    pub role: ScopeRole,
    /// Where it starts.
    pub start: StateId,
    /// Its own states (not those of scopes within).
    pub states: Vec<StateId>,
}

/// One state.
#[derive(Debug)]
pub struct State {
    /// Its own index.
    pub id: StateId,
    /// Its name: the key in `States`.
    pub name: Text,
    /// The scope that it belongs to; transitions never leave it.
    pub scope: ScopeId,
    /// The language of its data fields.
    pub query_language: QueryLanguage,
    /// What it does.
    pub kind: StateKind,
    /// How data flows through it.
    pub flow: DataFlow,
    /// `Retry`, in order; empty where there is none.
    pub retry: Vec<Retrier>,
    /// `Catch`, in order; empty where there is none.
    pub catch: Vec<Catcher>,
    /// Where it goes after success.
    pub transition: Transition,
}

/// Where a state goes after success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// To this state.
    Next(StateId),
    /// The scope ends with this state's output.
    End,
    /// The state's type decides: Choice by its rules, Succeed and Fail end.
    None,
}

impl StateMachine {
    /// The root scope.
    pub fn root(&self) -> ScopeId {
        ScopeId(0)
    }

    /// The state with this index. Indices come from this machine, so they are always within.
    pub fn state(&self, id: StateId) -> &State {
        &self.states[id.0 as usize]
    }

    /// The scope with this index. Indices come from this machine, so they are always within.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    /// The first state with this name, in the order of the document.
    pub fn state_named(&self, name: &str) -> Option<StateId> {
        self.states
            .iter()
            .find(|state| &*state.name == name)
            .map(|state| state.id)
    }

    /// Whether any state speaks JSONata.
    pub fn uses_jsonata(&self) -> bool {
        self.states
            .iter()
            .any(|state| state.query_language == QueryLanguage::Jsonata)
    }
}

// Shared by executions on many threads.
const _: fn() = || {
    fn assert<T: Send + Sync>() {}
    assert::<Arc<StateMachine>>();
};
