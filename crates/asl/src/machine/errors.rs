//! What a state does with errors: `Retry` and `Catch`.

use super::{Payload, ResultPath, StateId};
use crate::expr::jsonata;
use crate::value::Text;

/// One entry of `Retry`. The defaults are those of the specification.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrier {
    /// `ErrorEquals`.
    pub error_equals: Vec<Text>,
    /// `IntervalSeconds`, default 1.
    pub interval_seconds: u64,
    /// `MaxAttempts`, default 3; 0 means never.
    pub max_attempts: u64,
    /// `BackoffRate`, default 2.0; at least 1.
    pub backoff_rate: f64,
    /// `MaxDelaySeconds`.
    pub max_delay_seconds: Option<u64>,
    /// `JitterStrategy`.
    pub jitter: Jitter,
}

/// `JitterStrategy` of a retrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Jitter {
    /// Wait as long as computed.
    #[default]
    None,
    /// Wait a random part of it.
    Full,
}

/// One entry of `Catch`.
#[derive(Debug)]
pub struct Catcher {
    /// `ErrorEquals`.
    pub error_equals: Vec<Text>,
    /// `Next`.
    pub next: StateId,
    /// `ResultPath`: where the error output goes.
    pub result_path: ResultPath,
    /// `Assign`.
    pub assign: Option<Payload>,
    /// `Output` in a JSONata state.
    pub output: Option<jsonata::Template>,
}
