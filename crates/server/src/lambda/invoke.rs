//! Invoke: synchronously, asynchronously, or not at all.
//!
//! | `X-Amz-Invocation-Type` | answer |
//! |---|---|
//! | `RequestResponse` | 200 with what the function returned; a function's own error too, named in `X-Amz-Function-Error` |
//! | `Event` | 202 at once; the function runs, and is tried again twice if it fails |
//! | `DryRun` | 204: it could be called |

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use runtime::functions::{Invocation, InvocationContext};

use super::fault::LambdaFault;
use super::target::Target;
use super::{qualifier, text};
use crate::json_fault;
use crate::members::{Member, Request, Rule, optional};
use crate::states::Context;

const MEMBERS: &[Member] = &[
    optional(
        "invocationType",
        Rule::OneOf(&["Event", "RequestResponse", "DryRun"]),
    ),
    optional("logType", Rule::OneOf(&["None", "Tail"])),
];

pub(super) async fn answer(
    State(context): State<Context>,
    Path(name): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    perform(&context, &name, qualifier(query), &headers, body)
        .await
        .unwrap_or_else(IntoResponse::into_response)
}

async fn perform(
    context: &Context,
    name: &str,
    qualifier: Option<String>,
    headers: &HeaderMap,
    payload: Bytes,
) -> Result<Response, LambdaFault> {
    let kind = text(headers, "x-amz-invocation-type");
    let log = text(headers, "x-amz-log-type");
    let members = serde_json::json!({"invocationType": kind, "logType": log});
    Request::check(members.as_object().cloned().unwrap_or_default(), MEMBERS)?;
    let target = function(context, name, qualifier)?;
    check_payload(&payload)?;
    let client = text(headers, "x-amz-client-context");
    let call = InvocationContext {
        client_context: client.and_then(decoded),
        trace_id: text(headers, "x-amzn-trace-id").map(str::to_owned),
        ..InvocationContext::default()
    };
    match kind {
        Some("DryRun") => Ok(StatusCode::NO_CONTENT.into_response()),
        Some("Event") => {
            let context = context.clone();
            tokio::spawn(async move { run_later(&context, &target, payload, call).await });
            Ok(StatusCode::ACCEPTED.into_response())
        }
        _ => {
            let invocation = context.runtime.invoke(&target, payload, call).await?;
            Ok(respond(&invocation, log == Some("Tail")))
        }
    }
}

/// What to call, if there is such a function: its name, with the qualifier that the caller named.
fn function(context: &Context, name: &str, qualifier: Option<String>) -> Result<String, LambdaFault> {
    let target = Target::qualified(context, name, qualifier)?;
    let registry = context.runtime.registry();
    let declared = registry.declared_functions();
    let known = declared.iter().any(|spec| spec.name == target.name)
        || registry.uploaded_function(&target.arn(context))?.is_some();
    if !known || !target.is_latest() {
        return Err(LambdaFault::not_found(&target.asked_for(context)));
    }
    Ok(match target.qualifier {
        Some(qualifier) => format!("{}:{qualifier}", target.name),
        None => target.name,
    })
}

fn check_payload(payload: &Bytes) -> Result<(), LambdaFault> {
    if payload.is_empty() {
        return Ok(());
    }
    let wrong = |detail: &str| {
        LambdaFault::invalid_content(format!(
            "Could not parse request body into json: Could not parse payload into json: {detail}"
        ))
    };
    let redacted = |line: usize, column: usize| {
        format!(
            "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {line}, column: {column}]"
        )
    };
    match std::str::from_utf8(payload) {
        Ok(text) => json_fault::parse(text).map(|_| ()).map_err(|fault| {
            wrong(&format!(
                "{}{}",
                fault.message,
                redacted(fault.line, fault.column)
            ))
        }),
        Err(error) => {
            let at = error.valid_up_to();
            let byte = payload.get(at).copied().unwrap_or_default();
            Err(wrong(&format!(
                "Invalid UTF-8 start byte 0x{byte:x}{}",
                redacted(1, at + 1)
            )))
        }
    }
}

fn decoded(client_context: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(client_context).ok()?).ok()
}

/// Runs an asynchronous invocation, again if it fails. What waits for its next try is lost when the process ends.
async fn run_later(context: &Context, target: &str, payload: Bytes, call: InvocationContext) {
    let mut delays = aws::lambda::RETRY_SECONDS.into_iter();
    loop {
        let outcome = context
            .runtime
            .invoke(target, payload.clone(), call.clone())
            .await;
        let failed = match &outcome {
            Ok(invocation) => invocation.result.is_err(),
            Err(error) => {
                tracing::warn!(%error, target, "an asynchronous invocation failed");
                true
            }
        };
        match delays.next().filter(|_| failed) {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
            None => return,
        }
    }
}

fn respond(invocation: &Invocation, tail: bool) -> Response {
    let (payload, failed) = match &invocation.result {
        Ok(payload) => (payload, false),
        Err(error) => (&error.payload, true),
    };
    let content = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let mut response = (StatusCode::OK, content, payload.clone()).into_response();
    let log = STANDARD.encode(invocation.log_tail.join("\n"));
    for (name, value) in [
        ("x-amzn-requestid", Some(invocation.request_id.as_str())),
        (
            "x-amz-executed-version",
            Some(invocation.executed_version.as_str()),
        ),
        ("x-amz-function-error", failed.then_some("Unhandled")),
        ("x-amz-log-result", tail.then_some(log.as_str())),
    ] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
