//! The words of the language that every reading of it shares: state types, query languages, roles of scopes.

use std::fmt;

/// The eight state types of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StateType {
    /// Hands its input, or a fixed result, to its output.
    Pass,
    /// One unit of work: a function, an activity or a call of a service.
    Task,
    /// Decides where to go by the first rule that holds.
    Choice,
    /// Waits for a time or until a moment.
    Wait,
    /// Ends its scope well.
    Succeed,
    /// Ends the execution with an error.
    Fail,
    /// Runs branches side by side.
    Parallel,
    /// Runs one processor for each item.
    Map,
}

impl StateType {
    /// All types in the order of the specification.
    pub const ALL: [StateType; 8] = [
        StateType::Pass,
        StateType::Task,
        StateType::Choice,
        StateType::Wait,
        StateType::Succeed,
        StateType::Fail,
        StateType::Parallel,
        StateType::Map,
    ];

    /// The word as it stands behind `"Type"`.
    pub fn name(self) -> &'static str {
        match self {
            StateType::Pass => "Pass",
            StateType::Task => "Task",
            StateType::Choice => "Choice",
            StateType::Wait => "Wait",
            StateType::Succeed => "Succeed",
            StateType::Fail => "Fail",
            StateType::Parallel => "Parallel",
            StateType::Map => "Map",
        }
    }

    /// The type that this word names; the spelling counts, as on the service.
    pub fn from_name(name: &str) -> Option<StateType> {
        StateType::ALL.into_iter().find(|known| known.name() == name)
    }

    /// Whether a state of this type goes on with `Next` or `End` (Choice, Succeed and Fail do not).
    pub fn has_next(self) -> bool {
        !matches!(self, StateType::Choice | StateType::Succeed | StateType::Fail)
    }
}

impl fmt::Display for StateType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The type of a state machine, `type` of CreateStateMachine: the definition does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MachineType {
    /// Up to a year, with a history of events.
    Standard,
    /// Up to five minutes, without.
    Express,
}

/// The language in which a state selects and shapes data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum QueryLanguage {
    /// The default.
    #[default]
    JsonPath,
    /// Expressions between `{%` and `%}`.
    Jsonata,
}

impl QueryLanguage {
    /// The word as it stands behind `"QueryLanguage"`.
    pub fn name(self) -> &'static str {
        match self {
            QueryLanguage::JsonPath => "JSONPath",
            QueryLanguage::Jsonata => "JSONata",
        }
    }

    /// The language that this word names.
    pub fn from_name(name: &str) -> Option<QueryLanguage> {
        [QueryLanguage::JsonPath, QueryLanguage::Jsonata]
            .into_iter()
            .find(|known| known.name() == name)
    }
}

impl fmt::Display for QueryLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a scope (a `StartAt` with its `States`) is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScopeRole {
    /// The whole machine.
    Root,
    /// A branch of a Parallel state, with its index.
    Branch(usize),
    /// The processor of a Map state (`ItemProcessor`, or the older `Iterator`).
    Processor,
}
