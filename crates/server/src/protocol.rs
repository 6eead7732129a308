//! AWS JSON 1.0: `POST /` with `X-Amz-Target: AWSStepFunctions.<Action>` and a JSON object.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::states::{self, Context};

/// What bodies of this protocol are said to be.
pub(crate) const CONTENT_TYPE: &str = "application/x-amz-json-1.0";

const TARGET: &str = "x-amz-target";
const PREFIX: &str = "AWSStepFunctions.";

/// Answers one request.
pub(crate) async fn answer(State(context): State<Context>, headers: HeaderMap, body: Bytes) -> Response {
    let mut response = match perform(&context, &headers, &body).await {
        Ok(answer) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], answer.to_string()).into_response(),
        Err(fault) => fault.into_response(),
    };
    let id = runtime::clock::random_uuid();
    if let Ok(id) = HeaderValue::from_str(&id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    response
}

async fn perform(context: &Context, headers: &HeaderMap, body: &Bytes) -> Result<Value, Fault> {
    let target = headers.get(TARGET).and_then(|target| target.to_str().ok());
    let target = target.unwrap_or_default();
    let action = target
        .strip_prefix(PREFIX)
        .ok_or_else(|| Fault::unknown_operation(target))?;
    states::perform(context, action, members(body)?).await
}

/// The members of a request; an empty body is an empty request.
fn members(body: &Bytes) -> Result<Map<String, Value>, Fault> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Fault::serialization(
            "Start of structure or map found where not expected.",
        )),
        Err(error) => Err(Fault::serialization(format!("The body is not JSON: {error}"))),
    }
}
