//! What is asked of a runtime, and why it may refuse.

use std::collections::BTreeMap;
use std::sync::Arc;

use asl::diagnostics::Diagnostic;
use asl::machine::StateMachine;
use asl::text::Format;
use asl::value::Value;
use engine::{FrameId, Input, ReplayError};
use project::export::{ExportError, Placeholders, asl_json};
use project::{Place, Workflow};

use crate::debugger::Breakpoint;
use crate::run::LoadError;
use crate::store::StoreError;

/// A wish to run.
#[derive(Clone)]
pub struct StartRun {
    /// The workflow's id in the project.
    pub workflow: String,
    /// The state machine's name on the service.
    pub machine_name: String,
    /// The document with the definition.
    pub document: String,
    /// The definition as it runs, JSON.
    pub machine: Arc<StateMachine>,
    /// What `${…}` stood for.
    pub substitutions: BTreeMap<String, String>,
    /// Express instead of Standard.
    pub express: bool,
    /// The account and region it pretends to be in.
    pub place: Place,
    /// The execution's name; none = one is made up.
    pub name: Option<String>,
    /// The input.
    pub input: Value,
    /// Stop at these; none = not debugged.
    pub breakpoints: Option<Vec<Breakpoint>>,
    /// Stand before the first state.
    pub stop_on_entry: bool,
    /// Waits and retry delays pass at once.
    pub virtual_time: bool,
}

/// Why a workflow can't run as it stands.
#[derive(Debug, thiserror::Error)]
pub enum NotRunnable {
    /// Its text is not JSON or YAML.
    #[error(transparent)]
    Malformed(#[from] ExportError),
    /// What it comes to has errors.
    #[error("{} errors", problems.len())]
    Invalid {
        /// The definition with its substitutions.
        json: String,
        /// The errors in it, at least one.
        problems: Vec<Diagnostic>,
    },
}

impl StartRun {
    /// A workflow with the input `null`, its definition as it is exported.
    ///
    /// # Errors
    /// [`NotRunnable`].
    pub fn of(workflow: &Workflow, text: &str, format: Format, place: Place) -> Result<Self, NotRunnable> {
        let json = asl_json(text, format, workflow, Placeholders::Resolve)?.text;
        let machine = StateMachine::parse(&json, Format::Json)
            .map_err(|problems| NotRunnable::Invalid { json, problems })?;
        Ok(Self {
            workflow: workflow.id.clone(),
            machine_name: workflow.name.clone(),
            document: workflow.document.to_string(),
            machine: Arc::new(machine),
            substitutions: workflow.substitutions.clone(),
            express: workflow.express,
            place,
            name: None,
            input: Value::Null,
            breakpoints: None,
            stop_on_entry: false,
            virtual_time: false,
        })
    }
}

/// What a state machine of the service is called beyond its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Its role; none = one is made up.
    pub role_arn: Option<String>,
    /// The version or alias that the caller named.
    pub started_as: Option<engine::StartedAs>,
    /// The task that started it.
    pub started_by: Option<engine::StartedBy>,
    /// Whether it belongs to the AWS endpoint, which goes on with it after a restart.
    pub served: bool,
}

/// Where a new execution comes from, for its row.
pub(super) struct Origin {
    pub(super) workflow: String,
    pub(super) document: String,
    /// The execution that it was forked from.
    pub(super) parent: Option<String>,
    pub(super) served: bool,
}

/// Why a run can't be had, moved or changed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no such execution.
    #[error(
        "there is no execution {0} in this project; `stepwell run` prints the name of each one it starts"
    )]
    Unknown(String),
    /// It has ended.
    #[error("the execution {0} has ended; start another one, or step back in it and go on from there")]
    Ended(String),
    /// Another process drives it.
    #[error("the execution {0} is driven by another process; do it there")]
    Elsewhere(String),
    /// It is not held.
    #[error("the execution {0} is not paused; pause it first")]
    NotPaused(String),
    /// It has not ended.
    #[error("the execution {0} has not ended; stop it first")]
    Open(String),
    /// The journal does not fit.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// It can't be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// It can't be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A change of data where a debugger stands.
#[derive(Debug, Clone)]
pub enum DataEdit {
    /// Replace the data at a stage.
    Stage(engine::Stage, Value),
    /// Set or remove a variable.
    Variable(String, Option<Value>),
    /// Take this as the task's result.
    MockResult(Value),
    /// Fail the state.
    Throw {
        /// Error name.
        error: String,
        /// Cause.
        cause: String,
    },
    /// Do not wait.
    SkipDelay,
}

impl DataEdit {
    pub(super) fn into_input(self, frame: FrameId) -> Input {
        match self {
            Self::Stage(stage, value) => Input::SetData { frame, stage, value },
            Self::Variable(name, value) => Input::SetVariable {
                frame,
                name: name.into(),
                value,
            },
            Self::MockResult(value) => Input::MockResult { frame, value },
            Self::Throw { error, cause } => Input::Throw {
                frame,
                error: error.into(),
                cause: Some(cause.into()),
            },
            Self::SkipDelay => Input::SkipDelay { frame },
        }
    }
}
