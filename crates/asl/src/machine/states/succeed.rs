//! Succeed: ends its scope well. It has nothing but its data flow.

/// A Succeed state has no fields of its own.
#[derive(Debug)]
pub struct Succeed;
