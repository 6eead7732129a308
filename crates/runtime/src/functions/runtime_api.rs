//! The Lambda Runtime API, served to one execution environment on a port of its own.
//!
//! | request | meaning |
//! |---|---|
//! | `GET /2018-06-01/runtime/invocation/next` | waits for an invocation |
//! | `POST /2018-06-01/runtime/invocation/{id}/response` | the handler returned |
//! | `POST /2018-06-01/runtime/invocation/{id}/error` | the handler raised |
//! | `POST /2018-06-01/runtime/init/error` | the code could not be loaded |
//!
//! Nothing is decided here: each request becomes a [`Call`] to the environment, which answers it.

use crate::doors::{Browsers, Doors, Limits, Token, serve};
use aws::lambda::MAX_PAYLOAD_BYTES;
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::json;
use std::time::Duration;
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
};
use tokio_util::sync::CancellationToken;

/// Over the largest payload, so that one byte too many reaches us and is answered as the service does.
const BODY_BYTES: usize = MAX_PAYLOAD_BYTES * 16;
/// The official runtimes send up to 1 MB of X-Ray cause in a header.
const HEAD_BYTES: usize = (1 << 20) + 64 * 1024;

/// One request of a runtime, and where its answer goes.
#[derive(Debug)]
pub(super) enum Call {
    /// Ready for an invocation.
    Next(oneshot::Sender<Result<Event, Rejection>>),
    /// The result of an invocation.
    Response { id: String, body: Bytes, done: Done },
    /// The error of an invocation.
    Error {
        id: String,
        body: Bytes,
        error_type: Option<String>,
        done: Done,
    },
    /// Initialisation failed.
    InitError {
        body: Bytes,
        error_type: Option<String>,
        done: Done,
    },
}

pub(super) type Done = oneshot::Sender<Result<(), Rejection>>;

/// An invocation, on its way to the runtime.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) payload: Bytes,
    pub(super) request_id: String,
    pub(super) arn: String,
    pub(super) trace_id: String,
    pub(super) client_context: Option<String>,
    /// Milliseconds since 1970.
    pub(super) deadline_ms: i64,
}

/// Why a runtime's request was not taken.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rejection {
    /// There is no such invocation now.
    UnknownRequest,
    /// Asked out of turn.
    OutOfTurn,
    /// The result is over the limit.
    TooLarge,
}

/// Serves until the future is dropped.
pub(super) async fn serve_api(
    listener: TcpListener,
    token: Option<Token>,
    calls: mpsc::Sender<Call>,
) -> std::io::Result<()> {
    let mut doors = Doors::new(listener.local_addr()?, Browsers::Refused);
    doors = doors.with_body(BODY_BYTES, Duration::from_secs(60));
    if let Some(token) = token {
        doors = doors.with_token(token);
    }
    let router = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
        .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
        .route("/2018-06-01/runtime/init/error", post(init_error))
        .with_state(calls);
    // A connection idles for as long as a handler runs.
    let limits = Limits {
        head_bytes: HEAD_BYTES,
        head_time: None,
        connections: 64,
    };
    serve(listener, doors.guard(router), limits, CancellationToken::new()).await;
    Ok(())
}

type Calls = State<mpsc::Sender<Call>>;

async fn next(State(calls): Calls) -> Response {
    let (answer, event) = oneshot::channel();
    match ask(&calls, Call::Next(answer), event).await {
        Ok(event) => event.into_response(),
        Err(refused) => refused,
    }
}

async fn response(State(calls): Calls, Path(id): Path<String>, body: Bytes) -> Response {
    let (done, answer) = oneshot::channel();
    accepted(ask(&calls, Call::Response { id, body, done }, answer).await)
}

async fn error(State(calls): Calls, Path(id): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let (done, answer) = oneshot::channel();
    let error_type = error_type(&headers);
    accepted(
        ask(
            &calls,
            Call::Error {
                id,
                body,
                error_type,
                done,
            },
            answer,
        )
        .await,
    )
}

async fn init_error(State(calls): Calls, headers: HeaderMap, body: Bytes) -> Response {
    let (done, answer) = oneshot::channel();
    let error_type = error_type(&headers);
    accepted(
        ask(
            &calls,
            Call::InitError {
                body,
                error_type,
                done,
            },
            answer,
        )
        .await,
    )
}

async fn ask<T>(
    calls: &mpsc::Sender<Call>,
    call: Call,
    answer: oneshot::Receiver<Result<T, Rejection>>,
) -> Result<T, Response> {
    // Either fails when the environment has ended, and then the caller is about to be killed.
    let gone = || StatusCode::SERVICE_UNAVAILABLE.into_response();
    calls.send(call).await.map_err(|_| gone())?;
    answer
        .await
        .map_err(|_| gone())?
        .map_err(IntoResponse::into_response)
}

fn accepted(result: Result<(), Response>) -> Response {
    match result {
        Ok(()) => (StatusCode::ACCEPTED, axum::Json(json!({"status": "OK"}))).into_response(),
        Err(refused) => refused,
    }
}

fn error_type(headers: &HeaderMap) -> Option<String> {
    headers
        .get("lambda-runtime-function-error-type")?
        .to_str()
        .ok()
        .map(str::to_owned)
}

impl IntoResponse for Event {
    fn into_response(self) -> Response {
        let named = [
            ("lambda-runtime-aws-request-id", Some(self.request_id)),
            ("lambda-runtime-deadline-ms", Some(self.deadline_ms.to_string())),
            ("lambda-runtime-invoked-function-arn", Some(self.arn)),
            ("lambda-runtime-trace-id", Some(self.trace_id)),
            ("lambda-runtime-client-context", self.client_context),
        ];
        let mut response = self.payload.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in named {
            // What cannot stand in a header is left out, as the caller's alone to answer for.
            if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

impl IntoResponse for Rejection {
    /// Bodies as the Runtime API's specification names them.
    fn into_response(self) -> Response {
        let (status, error_type, message) = match self {
            Self::UnknownRequest => (
                StatusCode::BAD_REQUEST,
                "InvalidRequestID",
                "Invalid request ID".to_owned(),
            ),
            Self::OutOfTurn => (
                StatusCode::FORBIDDEN,
                "InvalidStateTransition",
                "The runtime is not in a state for this request".to_owned(),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestEntityTooLarge",
                format!("Exceeded maximum allowed payload size ({MAX_PAYLOAD_BYTES} bytes)."),
            ),
        };
        (
            status,
            axum::Json(json!({"errorMessage": message, "errorType": error_type})),
        )
            .into_response()
    }
}
