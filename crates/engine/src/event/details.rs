//! The shapes of event details. Rare and large ones are boxed, so that a common event stays small.

use asl::value::{Text, Value};

/// Variables that `Assign` sets, in order.
pub type Assignments = Box<[(Text, Value)]>;

/// What is said about an event. Several types share a shape; [`super::EventType`] says which member carries it.
#[derive(Debug, Clone, PartialEq)]
pub enum EventDetails {
    /// Nothing.
    None,
    /// `ExecutionStarted`
    Started {
        /// The execution's input.
        input: Value,
        /// Its role.
        role_arn: Text,
    },
    /// `ExecutionSucceeded`, `LambdaFunctionSucceeded`, `ActivitySucceeded`
    Output {
        /// The result.
        output: Value,
    },
    /// Whatever fails, times out or is aborted without naming a resource.
    Error {
        /// The error's name.
        error: Option<Text>,
        /// Its cause.
        cause: Option<Text>,
    },
    /// `…StateEntered`
    StateEntered {
        /// The state's name.
        name: Text,
        /// Its input.
        input: Value,
    },
    /// `…StateExited`
    StateExited {
        /// The state's name.
        name: Text,
        /// Its output.
        output: Value,
        /// Variables that `Assign` set; none where the state has no `Assign`.
        assigned: Option<Assignments>,
    },
    /// `TaskScheduled`
    TaskScheduled(Box<TaskScheduled>),
    /// `LambdaFunctionScheduled`
    FunctionScheduled(Box<FunctionScheduled>),
    /// `ActivityScheduled`
    ActivityScheduled(Box<ActivityScheduled>),
    /// `ActivityStarted`
    ActivityStarted {
        /// Who took it.
        worker: Option<Text>,
    },
    /// `TaskStarted`
    Task(TaskName),
    /// `TaskSubmitted`, `TaskSucceeded`
    TaskOutput(Box<(TaskName, Value)>),
    /// `TaskFailed`, `TaskTimedOut`, `TaskStartFailed`, `TaskSubmitFailed`
    TaskError(Box<(TaskName, Option<Text>, Option<Text>)>),
    /// `MapStateStarted`
    MapStarted {
        /// Number of items.
        length: u32,
    },
    /// `MapIteration…`
    Iteration {
        /// The Map state's name.
        name: Text,
        /// Which iteration, from 0.
        index: u32,
    },
    /// `MapRunStarted`
    MapRunStarted {
        /// The Map Run's ARN.
        map_run_arn: Text,
    },
    /// `MapRunRedriven`
    MapRunRedriven {
        /// The Map Run's ARN.
        map_run_arn: Text,
        /// How often it was.
        redrive_count: u32,
    },
    /// `ExecutionRedriven`
    Redriven {
        /// How often it was.
        redrive_count: u32,
    },
    /// `EvaluationFailed`
    EvaluationFailed(Box<EvaluationFailed>),
}

/// What a service integration is called in events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskName {
    /// `lambda`, `sqs`, `aws-sdk:s3`
    pub resource_type: Text,
    /// `invoke`, `startExecution.sync:2`
    pub resource: Text,
}

/// Details of `TaskScheduled`.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskScheduled {
    /// What is called.
    pub task: TaskName,
    /// Where.
    pub region: Text,
    /// With what.
    pub parameters: Value,
    /// `TimeoutSeconds`, if the state has it.
    pub timeout_seconds: Option<u64>,
    /// `HeartbeatSeconds`, if the state has it.
    pub heartbeat_seconds: Option<u64>,
    /// `Credentials.RoleArn`, if the state has it.
    pub role_arn: Option<Text>,
}

/// Details of `LambdaFunctionScheduled`.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionScheduled {
    /// The function's ARN.
    pub resource: Text,
    /// The event for it.
    pub input: Value,
    /// `TimeoutSeconds`, if the state has it.
    pub timeout_seconds: Option<u64>,
    /// `Credentials.RoleArn`, if the state has it.
    pub role_arn: Option<Text>,
}

/// Details of `ActivityScheduled`.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityScheduled {
    /// The activity's ARN.
    pub resource: Text,
    /// The input for the worker.
    pub input: Value,
    /// `TimeoutSeconds`, if the state has it.
    pub timeout_seconds: Option<u64>,
    /// `HeartbeatSeconds`, if the state has it.
    pub heartbeat_seconds: Option<u64>,
}

/// Details of `EvaluationFailed`.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluationFailed {
    /// `States.QueryEvaluationError`
    pub error: Option<Text>,
    /// What went wrong.
    pub cause: Option<Text>,
    /// The field that the expression stands in.
    pub location: Option<Text>,
    /// The state's name.
    pub state: Text,
}
