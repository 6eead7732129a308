//! Errors of states: what they are called, and which `ErrorEquals` they match.
//!
//! | name in `ErrorEquals` | matches |
//! |---|---|
//! | the error's own name | it |
//! | `States.ALL` | every error but `States.Runtime` and a `States.DataLimitExceeded` that no task raised |
//! | `States.TaskFailed` | every error that a task raised but timeouts |
//! | `States.Timeout` | a missing heartbeat too |
//! | `States.HeartbeatTimeout` | a missing heartbeat, which the service reports as `States.Timeout` |
//!
//! `States.Runtime` matches nothing: it ends the execution (the service's guide, "Error names").

use asl::expr::EvalError;
use asl::value::{Text, Value};
use aws::errors;

use crate::frame::Frame;

/// An error on its way to whoever handles it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    /// The error's name; a Fail state or a worker may give none.
    pub(crate) error: Option<Text>,
    /// Its cause.
    pub(crate) cause: Option<Text>,
    /// Who raised it.
    pub(crate) origin: Origin,
    /// The field whose JSONata expression failed.
    pub(crate) location: Option<Text>,
}

/// Who raised an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The state's own data flow.
    State,
    /// A task.
    Task,
    /// The engine, for want of a task's heartbeat.
    Heartbeat,
    /// A Fail state, or a debugger.
    Thrown,
}

impl Failure {
    /// `States.Runtime`: the definition does not fit its data. The text that names the state comes before the cause.
    pub(crate) fn runtime(frame: &Frame, state: &str, cause: &str) -> Failure {
        Failure::of_state(frame, state, errors::RUNTIME, cause)
    }

    /// An expression of the frame's state failed.
    pub(crate) fn evaluation(frame: &Frame, state: &str, error: &EvalError) -> Failure {
        Failure {
            location: error.location.as_deref().map(Text::from),
            ..Failure::of_state(frame, state, error.error, &error.cause)
        }
    }

    /// A value of the frame's state is not one that a JSONata state can work with.
    pub(crate) fn query(frame: &Frame, state: &str, cause: &str, location: Option<&str>) -> Failure {
        Failure {
            location: location.map(Text::from),
            ..Failure::of_state(frame, state, errors::QUERY_EVALUATION_ERROR, cause)
        }
    }

    /// Whether it comes from the state's own JSONata, so that the history says so with an event of its own.
    pub(crate) fn is_of_query(&self) -> bool {
        self.origin == Origin::State && self.is(errors::QUERY_EVALUATION_ERROR)
    }

    /// What a Fail state or a debugger raises.
    pub(crate) fn thrown(error: Option<Text>, cause: Option<Text>) -> Failure {
        Failure {
            error,
            cause,
            origin: Origin::Thrown,
            location: None,
        }
    }

    fn of_state(frame: &Frame, state: &str, error: &str, cause: &str) -> Failure {
        let entered = frame.entered_event;
        let cause = format!(
            "An error occurred while executing the state '{state}' (entered at the event id #{entered}). {cause}"
        );
        Failure {
            error: Some(error.into()),
            cause: Some(cause.into()),
            origin: Origin::State,
            location: None,
        }
    }

    /// A result is larger than the limit. `of` is the state's name, or what a task is called.
    pub(crate) fn data_limit(of: &str, origin: Origin) -> Failure {
        let cause = format!(
            "The state/task '{of}' returned a result with a size exceeding the maximum number of bytes service limit."
        );
        Failure {
            error: Some(errors::DATA_LIMIT_EXCEEDED.into()),
            cause: Some(cause.into()),
            origin,
            location: None,
        }
    }

    /// The variables would take up more than an execution's may.
    pub(crate) fn variables_limit(state: &str) -> Failure {
        let cause = format!(
            "The state '{state}' assigned variables whose total size exceeds the maximum number of bytes service limit."
        );
        Failure {
            error: Some(errors::DATA_LIMIT_EXCEEDED.into()),
            cause: Some(cause.into()),
            origin: Origin::State,
            location: None,
        }
    }

    /// A task ran out of time, or a heartbeat did not come.
    pub(crate) fn timeout(origin: Origin) -> Failure {
        Failure {
            error: Some(errors::TIMEOUT.into()),
            cause: None,
            origin,
            location: None,
        }
    }

    /// Whether it ends the execution without asking anybody.
    pub(crate) fn is_fatal(&self) -> bool {
        self.origin == Origin::State && self.is(errors::RUNTIME)
    }

    fn is(&self, name: &str) -> bool {
        self.error.as_deref() == Some(name)
    }

    /// Whether one of the names stands for this error.
    pub(crate) fn matches(&self, error_equals: &[Text]) -> bool {
        !self.is_fatal() && error_equals.iter().any(|name| self.matches_name(name))
    }

    fn matches_name(&self, name: &str) -> bool {
        let by_task = matches!(self.origin, Origin::Task | Origin::Heartbeat);
        self.is(name)
            || match name {
                errors::ALL => by_task || !self.is(errors::DATA_LIMIT_EXCEEDED),
                errors::TASK_FAILED => by_task && !self.is(errors::TIMEOUT),
                errors::HEARTBEAT_TIMEOUT => self.origin == Origin::Heartbeat,
                _ => false,
            }
    }

    /// What a catcher gives to the next state.
    pub(crate) fn output(&self) -> Value {
        let text = |text: &Option<Text>| text.clone().map_or(Value::Null, Value::String);
        Value::object([("Error", text(&self.error)), ("Cause", text(&self.cause))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: &str, origin: Origin, name: &str, expected: bool) {
        let failure = Failure {
            error: Some(error.into()),
            cause: None,
            origin,
            location: None,
        };
        assert_eq!(
            failure.matches(&[name.into()]),
            expected,
            "{error} of {origin:?} against {name}"
        );
    }

    #[test]
    fn errors_match_names() {
        for (error, origin, name, expected) in [
            ("E", Origin::Task, "E", true),
            ("E", Origin::Task, "F", false),
            ("E", Origin::Task, "States.ALL", true),
            ("E", Origin::Task, "States.TaskFailed", true),
            ("E", Origin::Thrown, "States.TaskFailed", false),
            ("E", Origin::Thrown, "States.ALL", true),
            ("States.Timeout", Origin::Task, "States.TaskFailed", false),
            ("States.Timeout", Origin::Task, "States.HeartbeatTimeout", false),
            ("States.Timeout", Origin::Task, "States.Timeout", true),
            (
                "States.Timeout",
                Origin::Heartbeat,
                "States.HeartbeatTimeout",
                true,
            ),
            ("States.Timeout", Origin::Heartbeat, "States.Timeout", true),
            ("States.DataLimitExceeded", Origin::State, "States.ALL", false),
            (
                "States.DataLimitExceeded",
                Origin::State,
                "States.DataLimitExceeded",
                true,
            ),
            ("States.DataLimitExceeded", Origin::Task, "States.ALL", true),
            ("States.Runtime", Origin::State, "States.ALL", false),
            ("States.Runtime", Origin::State, "States.Runtime", false),
            ("States.NoChoiceMatched", Origin::State, "States.ALL", true),
        ] {
            check(error, origin, name, expected);
        }
    }
}
