//! Wait: for a number of seconds, or until a moment.

use crate::expr::{Path, Timestamp, jsonata};

/// What a Wait state waits for.
#[derive(Debug)]
pub enum Wait {
    /// `Seconds`.
    Seconds(u64),
    /// `Timestamp`.
    Timestamp(Timestamp),
    /// `SecondsPath`.
    SecondsPath(Path),
    /// `TimestampPath`.
    TimestampPath(Path),
    /// `Seconds` of a JSONata state, as an expression.
    SecondsJsonata(jsonata::Expression),
    /// `Timestamp` of a JSONata state, as an expression.
    TimestampJsonata(jsonata::Expression),
}
