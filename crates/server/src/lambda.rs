//! The Lambda API, as far as clients need it that upload functions and call them: REST with JSON bodies.
//!
//! | request | action |
//! |---|---|
//! | `POST /2015-03-31/functions` | CreateFunction |
//! | `GET /2015-03-31/functions` | ListFunctions |
//! | `GET`, `DELETE /2015-03-31/functions/{name}` | GetFunction, DeleteFunction |
//! | `PUT …/{name}/code` | UpdateFunctionCode |
//! | `GET`, `PUT …/{name}/configuration` | GetFunctionConfiguration, UpdateFunctionConfiguration |
//! | `POST …/{name}/invocations` | Invoke |

mod configuration;
mod create_function;
mod delete_function;
mod fault;
mod get_function;
mod invoke;
mod list_functions;
mod package;
mod target;
mod update_function_code;
mod update_function_configuration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use serde_json::{Map, Value};

use crate::states::Context;
use fault::LambdaFault;

/// What an action answers: a status and a body.
type Answer = Result<(StatusCode, Value), LambdaFault>;

/// Most bytes of a request: a package as Base64 in JSON, with room for the rest.
pub(crate) const REQUEST_BYTES: usize = aws::lambda::MAX_PACKAGE_BYTES / 3 * 4 + (1 << 20);

/// The routes of the API.
pub(crate) fn router(context: Context) -> Router {
    const FUNCTIONS: &str = "/2015-03-31/functions";
    let path = |rest: &str| format!("{FUNCTIONS}{rest}");
    Router::new()
        .route(FUNCTIONS, post(create).get(list))
        .route(&path("/"), post(create).get(list))
        .route(&path("/{name}"), get(get_one).delete(delete_one))
        .route(&path("/{name}/code"), put(put_code))
        .route(
            &path("/{name}/configuration"),
            get(get_configuration).put(put_configuration),
        )
        .route(&path("/{name}/invocations"), post(invoke::answer))
        .fallback(unknown)
        .with_state(context)
}

async fn unknown(method: Method, uri: Uri) -> Response {
    let what = format!("{method} {}", uri.path());
    LambdaFault::unknown(&what).into_response()
}

fn respond(answer: Answer) -> Response {
    match answer {
        Ok((status, Value::Null)) => status.into_response(),
        Ok((status, body)) => (
            status,
            [(header::CONTENT_TYPE, "application/json")],
            body.to_string(),
        )
            .into_response(),
        Err(fault) => fault.into_response(),
    }
}

/// The members of a request's body.
fn members(body: &Bytes) -> Result<Map<String, Value>, LambdaFault> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        _ if body.is_empty() => Ok(Map::new()),
        _ => Err(LambdaFault::invalid_content(
            "Could not parse request body into json",
        )),
    }
}

async fn create(State(context): State<Context>, body: Bytes) -> Response {
    respond(match members(&body) {
        Ok(members) => create_function::perform(&context, members).await,
        Err(fault) => Err(fault),
    })
}

async fn list(State(context): State<Context>, Query(query): Query<Vec<(String, String)>>) -> Response {
    respond(list_functions::perform(&context, &query))
}

/// The parameters behind a request's `?`.
type Parameters = Query<Vec<(String, String)>>;

/// `Qualifier`, if the request has it.
fn qualifier(parameters: Vec<(String, String)>) -> Option<String> {
    let found = parameters.into_iter().find(|(key, _)| key == "Qualifier");
    found.map(|(_, value)| value)
}

async fn get_one(
    State(context): State<Context>,
    Path(name): Path<String>,
    Query(query): Parameters,
) -> Response {
    respond(get_function::perform(&context, &name, qualifier(query)))
}

async fn get_configuration(
    State(context): State<Context>,
    Path(name): Path<String>,
    Query(query): Parameters,
) -> Response {
    respond(get_function::configuration(&context, &name, qualifier(query)))
}

async fn delete_one(
    State(context): State<Context>,
    Path(name): Path<String>,
    Query(query): Parameters,
) -> Response {
    respond(delete_function::perform(&context, &name, qualifier(query)).await)
}

async fn put_code(State(context): State<Context>, Path(name): Path<String>, body: Bytes) -> Response {
    respond(match members(&body) {
        Ok(members) => update_function_code::perform(&context, &name, members).await,
        Err(fault) => Err(fault),
    })
}

async fn put_configuration(
    State(context): State<Context>,
    Path(name): Path<String>,
    body: Bytes,
) -> Response {
    respond(match members(&body) {
        Ok(members) => update_function_configuration::perform(&context, &name, members).await,
        Err(fault) => Err(fault),
    })
}

/// A header's value, if it is text.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
