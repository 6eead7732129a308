//! Errors as Lambda answers them: a status, `x-amzn-ErrorType`, and `{"Type": "User", "message": …}`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use runtime::functions::{InvokeError, PackageError};
use runtime::store::StoreError;
use serde_json::json;

use crate::fault::Fault;

/// Why an action was refused.
#[derive(Debug)]
pub(super) struct LambdaFault {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// `User` or `Service`; constraints of the model are refused without it.
    kind: Option<&'static str>,
}

impl LambdaFault {
    fn user(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            kind: Some("User"),
        }
    }

    pub(super) fn invalid_value(message: impl Into<String>) -> Self {
        Self::user(StatusCode::BAD_REQUEST, "InvalidParameterValueException", message)
    }

    pub(super) fn invalid_content(message: impl Into<String>) -> Self {
        Self::user(StatusCode::BAD_REQUEST, "InvalidRequestContentException", message)
    }

    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self {
            kind: None,
            ..Self::user(StatusCode::BAD_REQUEST, "ValidationException", message)
        }
    }

    pub(super) fn not_found(arn: &str) -> Self {
        Self::user(
            StatusCode::NOT_FOUND,
            "ResourceNotFoundException",
            format!("Function not found: {arn}"),
        )
    }

    pub(super) fn wrong_region(asked: &str, here: &str) -> Self {
        Self::user(
            StatusCode::NOT_FOUND,
            "ResourceNotFoundException",
            format!("Functions from '{asked}' are not reachable in this region ('{here}')"),
        )
    }

    pub(super) fn exists(name: &str) -> Self {
        Self::user(
            StatusCode::CONFLICT,
            "ResourceConflictException",
            format!("Function already exist: {name}"),
        )
    }

    /// A function that the project's files declare can't be changed over the endpoint.
    pub(super) fn declared_by_project(name: &str) -> Self {
        Self::user(
            StatusCode::CONFLICT,
            "ResourceConflictException",
            format!("Function {name} is declared by the project; change it in its template"),
        )
    }

    pub(super) fn stale_revision() -> Self {
        Self::user(
            StatusCode::PRECONDITION_FAILED,
            "PreconditionFailedException",
            "The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId",
        )
    }

    pub(super) fn unknown(what: &str) -> Self {
        Self::user(
            StatusCode::NOT_FOUND,
            "UnknownOperationException",
            format!("Stepwell does not support {what} of Lambda's API"),
        )
    }

    fn service(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "an action failed");
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "ServiceException",
            message: error.to_string(),
            kind: Some("Service"),
        }
    }
}

impl IntoResponse for LambdaFault {
    fn into_response(self) -> Response {
        let mut body = json!({"message": self.message});
        if let (Some(kind), Some(members)) = (self.kind, body.as_object_mut()) {
            members.insert("Type".into(), kind.into());
        }
        let content = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        let mut response = (self.status, content, body.to_string()).into_response();
        response
            .headers_mut()
            .insert("x-amzn-errortype", HeaderValue::from_static(self.code));
        response
    }
}

impl From<StoreError> for LambdaFault {
    fn from(error: StoreError) -> Self {
        Self::service(&error)
    }
}

impl From<PackageError> for LambdaFault {
    fn from(error: PackageError) -> Self {
        match error {
            PackageError::Folder { .. } => Self::service(&error),
            PackageError::TooLarge(_) => Self::user(
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestEntityTooLargeException",
                error.to_string(),
            ),
            _ => Self::invalid_value(error.to_string()),
        }
    }
}

/// A request that breaks the constraints of the model.
impl From<Fault> for LambdaFault {
    fn from(fault: Fault) -> Self {
        match fault.code {
            "SerializationException" => Self::user(StatusCode::BAD_REQUEST, fault.code, fault.message),
            _ => Self::validation(fault.message),
        }
    }
}

impl From<InvokeError> for LambdaFault {
    fn from(error: InvokeError) -> Self {
        match &error {
            InvokeError::NotFound { arn, .. } => Self::not_found(arn),
            InvokeError::InvalidPayload { .. } => Self::invalid_content(error.to_string()),
            InvokeError::PayloadTooLarge { .. } => Self::user(
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestTooLargeException",
                error.to_string(),
            ),
            _ => Self::service(&error),
        }
    }
}
