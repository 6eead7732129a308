//! Whether two definitions are drawn alike. It looks at what the layout looks at and at nothing else, and is many times
//! quicker than even a layout from the cache: most keys change a value that no drawing shows.

use asl::definition::{Definition, ScopeOutline, StateOutline, TransitionOutline};

/// Whether the layout of both, with the same options, gives the same drawing. It may say no where that is so, never yes
/// where it is not.
pub fn is_drawn_alike(a: &Definition, b: &Definition) -> bool {
    all(&a.states, &b.states, same_state) && all(&a.scopes, &b.scopes, same_scope)
}

fn all<T>(a: &[T], b: &[T], same: fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn same_state(a: &StateOutline, b: &StateOutline) -> bool {
    a.key == b.key
        && a.state_type == b.state_type
        && a.scope == b.scope
        && a.scopes == b.scopes
        && all(&a.transitions, &b.transitions, same_transition)
}

fn same_transition(a: &TransitionOutline, b: &TransitionOutline) -> bool {
    a.kind == b.kind && a.target_ix == b.target_ix && a.label == b.label
}

fn same_scope(a: &ScopeOutline, b: &ScopeOutline) -> bool {
    a.owner == b.owner
        && a.role == b.role
        && a.start == b.start
        && a.states == b.states
        && a.pointer == b.pointer
}
