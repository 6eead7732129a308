//! Parallel: runs its branches side by side; the result is the array of their outputs.

use crate::machine::ScopeId;

/// A Parallel state's own fields.
#[derive(Debug)]
pub struct Parallel {
    /// `Branches`, in order.
    pub branches: Vec<ScopeId>,
}
