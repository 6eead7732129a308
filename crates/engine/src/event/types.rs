//! The 62 types of event, and the member that carries each one's details (the service's API model, `HistoryEvent`).

use serde::{Deserialize, Serialize};

macro_rules! event_types {
    ($($name:ident $member:expr;)*) => {
        /// `type` of an event. The names are AWS's, and say it all.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum EventType { $($name,)* }

        impl EventType {
            /// All types, sorted by name.
            pub const ALL: &'static [EventType] = &[$(EventType::$name,)*];

            /// The word that stands behind `"type"`.
            pub fn name(self) -> &'static str {
                match self { $(EventType::$name => stringify!($name),)* }
            }

            /// The member that carries the details; some types have none.
            pub fn details_member(self) -> Option<&'static str> {
                match self { $(EventType::$name => $member,)* }
            }
        }
    };
}

event_types! {
    ActivityFailed Some("activityFailedEventDetails");
    ActivityScheduleFailed Some("activityScheduleFailedEventDetails");
    ActivityScheduled Some("activityScheduledEventDetails");
    ActivityStarted Some("activityStartedEventDetails");
    ActivitySucceeded Some("activitySucceededEventDetails");
    ActivityTimedOut Some("activityTimedOutEventDetails");
    ChoiceStateEntered Some("stateEnteredEventDetails");
    ChoiceStateExited Some("stateExitedEventDetails");
    EvaluationFailed Some("evaluationFailedEventDetails");
    ExecutionAborted Some("executionAbortedEventDetails");
    ExecutionFailed Some("executionFailedEventDetails");
    ExecutionRedriven Some("executionRedrivenEventDetails");
    ExecutionStarted Some("executionStartedEventDetails");
    ExecutionSucceeded Some("executionSucceededEventDetails");
    ExecutionTimedOut Some("executionTimedOutEventDetails");
    FailStateEntered Some("stateEnteredEventDetails");
    LambdaFunctionFailed Some("lambdaFunctionFailedEventDetails");
    LambdaFunctionScheduleFailed Some("lambdaFunctionScheduleFailedEventDetails");
    LambdaFunctionScheduled Some("lambdaFunctionScheduledEventDetails");
    LambdaFunctionStartFailed Some("lambdaFunctionStartFailedEventDetails");
    LambdaFunctionStarted None;
    LambdaFunctionSucceeded Some("lambdaFunctionSucceededEventDetails");
    LambdaFunctionTimedOut Some("lambdaFunctionTimedOutEventDetails");
    MapIterationAborted Some("mapIterationAbortedEventDetails");
    MapIterationFailed Some("mapIterationFailedEventDetails");
    MapIterationStarted Some("mapIterationStartedEventDetails");
    MapIterationSucceeded Some("mapIterationSucceededEventDetails");
    MapRunAborted None;
    MapRunFailed Some("mapRunFailedEventDetails");
    MapRunRedriven Some("mapRunRedrivenEventDetails");
    MapRunStarted Some("mapRunStartedEventDetails");
    MapRunSucceeded None;
    MapStateAborted None;
    MapStateEntered Some("stateEnteredEventDetails");
    MapStateExited Some("stateExitedEventDetails");
    MapStateFailed None;
    MapStateStarted Some("mapStateStartedEventDetails");
    MapStateSucceeded None;
    ParallelStateAborted None;
    ParallelStateEntered Some("stateEnteredEventDetails");
    ParallelStateExited Some("stateExitedEventDetails");
    ParallelStateFailed None;
    ParallelStateStarted None;
    ParallelStateSucceeded None;
    PassStateEntered Some("stateEnteredEventDetails");
    PassStateExited Some("stateExitedEventDetails");
    SucceedStateEntered Some("stateEnteredEventDetails");
    SucceedStateExited Some("stateExitedEventDetails");
    TaskFailed Some("taskFailedEventDetails");
    TaskScheduled Some("taskScheduledEventDetails");
    TaskStartFailed Some("taskStartFailedEventDetails");
    TaskStarted Some("taskStartedEventDetails");
    TaskStateAborted None;
    TaskStateEntered Some("stateEnteredEventDetails");
    TaskStateExited Some("stateExitedEventDetails");
    TaskSubmitFailed Some("taskSubmitFailedEventDetails");
    TaskSubmitted Some("taskSubmittedEventDetails");
    TaskSucceeded Some("taskSucceededEventDetails");
    TaskTimedOut Some("taskTimedOutEventDetails");
    WaitStateAborted None;
    WaitStateEntered Some("stateEnteredEventDetails");
    WaitStateExited Some("stateExitedEventDetails");
}

impl EventType {
    /// `…StateEntered` of a state type.
    pub fn entered(state_type: asl::machine::StateType) -> EventType {
        use asl::machine::StateType;
        match state_type {
            StateType::Pass => EventType::PassStateEntered,
            StateType::Task => EventType::TaskStateEntered,
            StateType::Choice => EventType::ChoiceStateEntered,
            StateType::Wait => EventType::WaitStateEntered,
            StateType::Succeed => EventType::SucceedStateEntered,
            StateType::Fail => EventType::FailStateEntered,
            StateType::Parallel => EventType::ParallelStateEntered,
            StateType::Map => EventType::MapStateEntered,
        }
    }

    /// `…StateExited` of a state type; a Fail state has none.
    pub fn exited(state_type: asl::machine::StateType) -> Option<EventType> {
        use asl::machine::StateType;
        Some(match state_type {
            StateType::Pass => EventType::PassStateExited,
            StateType::Task => EventType::TaskStateExited,
            StateType::Choice => EventType::ChoiceStateExited,
            StateType::Wait => EventType::WaitStateExited,
            StateType::Succeed => EventType::SucceedStateExited,
            StateType::Fail => return None,
            StateType::Parallel => EventType::ParallelStateExited,
            StateType::Map => EventType::MapStateExited,
        })
    }

    /// `…StateAborted` of a state type; types that never last have none.
    pub fn aborted(state_type: asl::machine::StateType) -> Option<EventType> {
        use asl::machine::StateType;
        Some(match state_type {
            StateType::Task => EventType::TaskStateAborted,
            StateType::Wait => EventType::WaitStateAborted,
            StateType::Parallel => EventType::ParallelStateAborted,
            StateType::Map => EventType::MapStateAborted,
            StateType::Pass | StateType::Choice | StateType::Succeed | StateType::Fail => return None,
        })
    }

    /// Whether it is the last event of a history.
    pub fn ends_execution(self) -> bool {
        matches!(
            self,
            EventType::ExecutionSucceeded
                | EventType::ExecutionFailed
                | EventType::ExecutionTimedOut
                | EventType::ExecutionAborted
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_sixty_two_and_their_names_are_sorted() {
        assert_eq!(EventType::ALL.len(), 62);
        assert!(EventType::ALL.is_sorted_by_key(|event| event.name()));
    }
}
