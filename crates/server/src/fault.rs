//! Errors as AWS answers them: a code, a sentence, and the shape of the protocol.
//!
//! | kind | namespace of `__type` |
//! |---|---|
//! | an error that the action's model declares | `com.amazonaws.swf.service.v2.model` |
//! | a request that breaks the model's constraints | `com.amazon.coral.validate` |
//! | a request that can't be read, an unknown action | `com.amazon.coral.service` |

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use runtime::integrations::sdk::Refused;
use runtime::store::StoreError;
use runtime::{RunError, StartMachineError, TokenError};
use serde_json::json;

use crate::protocol::CONTENT_TYPE;

/// Why an action was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code,
            message: message.into(),
        }
    }

    /// The request breaks a rule that no constraint of the model states.
    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationException", message)
    }

    pub(crate) fn serialization(message: impl Into<String>) -> Self {
        Self::new("SerializationException", message)
    }

    pub(crate) fn unknown_operation(action: &str) -> Self {
        Self::new(
            "UnknownOperationException",
            format!("Stepwell does not know the action {action}"),
        )
    }

    /// An action of the service that is not there yet.
    pub(crate) fn not_supported(action: &str) -> Self {
        Self::new(
            "UnknownOperationException",
            format!("Stepwell does not support the action {action} yet"),
        )
    }

    pub(crate) fn invalid_arn(detail: impl std::fmt::Display) -> Self {
        Self::new("InvalidArn", format!("Invalid Arn: '{detail}'"))
    }

    pub(crate) fn invalid_name(name: &str) -> Self {
        Self::new("InvalidName", format!("Invalid Name: '{name}'"))
    }

    pub(crate) fn invalid_token() -> Self {
        Self::new("InvalidToken", "Invalid Token: 'Invalid token'")
    }

    pub(crate) fn no_machine(arn: &str) -> Self {
        Self::new(
            "StateMachineDoesNotExist",
            format!("State Machine Does Not Exist: '{arn}'"),
        )
    }

    pub(crate) fn no_execution(arn: &str) -> Self {
        Self::new(
            "ExecutionDoesNotExist",
            format!("Execution Does Not Exist: '{arn}'"),
        )
    }

    pub(crate) fn no_activity(arn: &str) -> Self {
        Self::new(
            "ActivityDoesNotExist",
            format!("Activity Does Not Exist: '{arn}'"),
        )
    }

    pub(crate) fn no_resource(arn: &str) -> Self {
        Self::new("ResourceNotFound", format!("Resource not found: '{arn}'"))
    }

    pub(crate) fn wrong_type_of_machine() -> Self {
        Self::new(
            "StateMachineTypeNotSupported",
            "This operation is not supported by this type of state machine",
        )
    }

    pub(crate) fn invalid_definition(detail: &str) -> Self {
        Self::new(
            "InvalidDefinition",
            format!("Invalid State Machine Definition: '{detail}'"),
        )
    }

    pub(crate) fn invalid_input(detail: &str) -> Self {
        Self::new(
            "InvalidExecutionInput",
            format!("Invalid State Machine Execution Input: '{detail}'"),
        )
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new("ConflictException", message)
    }

    /// A state machine that the project's files declare can't be changed over the endpoint.
    pub(crate) fn declared_by_project(name: &str, document: &str) -> Self {
        Self::conflict(format!(
            "State machine {name} is declared by the project; change it in {document}"
        ))
    }

    /// Our own trouble: the disk, a damaged record.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "an action failed");
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "InternalServerException",
            message: error.to_string(),
        }
    }

    fn namespace(&self) -> &'static str {
        match self.code {
            "ValidationException" => "com.amazon.coral.validate",
            "SerializationException" | "UnknownOperationException" | "InternalServerException" => {
                "com.amazon.coral.service"
            }
            _ => "com.amazonaws.swf.service.v2.model",
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let body = json!({
            "__type": format!("{}#{}", self.namespace(), self.code),
            "message": self.message,
        });
        (
            self.status,
            [(header::CONTENT_TYPE, CONTENT_TYPE)],
            body.to_string(),
        )
            .into_response()
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self {
            code: fault.code.to_owned(),
            message: fault.message,
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

impl From<RunError> for Fault {
    fn from(error: RunError) -> Self {
        Self::internal(&error)
    }
}

impl From<StartMachineError> for Fault {
    fn from(error: StartMachineError) -> Self {
        match error {
            StartMachineError::Unknown(arn) => Self::no_machine(&arn),
            StartMachineError::AlreadyExists(_) => Self::new("ExecutionAlreadyExists", error.to_string()),
            StartMachineError::NotRunnable(detail) => Self::invalid_definition(&detail),
            StartMachineError::Run(error) => error.into(),
        }
    }
}

impl From<TokenError> for Fault {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Invalid => Self::invalid_token(),
            TokenError::TimedOut => Self::new("TaskTimedOut", error.to_string()),
            TokenError::Run(error) => error.into(),
        }
    }
}
