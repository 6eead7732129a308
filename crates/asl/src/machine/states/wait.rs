//! Wait: for a number of seconds, or until a moment.

use crate::expr::{Path, Timestamp};
use crate::value::Text;

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
    /// `Seconds` of a JSONata state, as an expression with its `{%` and `%}`.
    SecondsJsonata(Text),
    /// `Timestamp` of a JSONata state, as an expression with its `{%` and `%}`.
    TimestampJsonata(Text),
}
