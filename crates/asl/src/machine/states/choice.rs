//! Choice: the first rule that holds decides where to go.

use crate::expr::{Condition, jsonata};
use crate::machine::{Payload, StateId};

/// A Choice state's own fields.
#[derive(Debug)]
pub struct Choice {
    /// `Choices`, in order.
    pub rules: Vec<Rule>,
    /// `Default`; without it, no match is the error `States.NoChoiceMatched`.
    pub default: Option<StateId>,
}

/// One choice rule.
#[derive(Debug)]
pub struct Rule {
    /// When the rule holds.
    pub test: Test,
    /// `Next`.
    pub next: StateId,
    /// `Assign`.
    pub assign: Option<Payload>,
    /// `Output` in a JSONata state; without it the input goes on. The state's own is for `Default`.
    pub output: Option<jsonata::Template>,
}

/// When a rule holds.
#[derive(Debug)]
pub enum Test {
    /// `Variable` with an operator, or `And`, `Or`, `Not`.
    JsonPath(Condition),
    /// `Condition`.
    Jsonata(jsonata::Expression),
    /// `Condition` given as a plain boolean.
    Always(bool),
}
