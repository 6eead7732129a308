//! `mock`: what takes the place of a state's work, and whether it can.

use asl::machine::{Pattern, Resource};
use asl::value::{Object, Value as Payload};
use aws::models::{Member, Model, Scalar, Shape};
use runtime::state_test::{Alone, Mock};
use serde_json::Value;

use crate::fault::Fault;
use crate::json_fault;
use crate::members::Request;

/// Reads `mock`.
pub(super) fn read(request: &Request) -> Result<Option<Mock>, Fault> {
    let Some(mock) = request.get("mock") else {
        return Ok(None);
    };
    let there = |name: &str| mock.get(name).filter(|member| !member.is_null());
    match (there("result"), there("errorOutput")) {
        (Some(result), None) => {
            let text = result.as_str().unwrap_or_default();
            let result =
                json_fault::parse(text).map_err(|_| Fault::validation("Mocked result must be valid JSON"))?;
            Ok(Some(Mock::Result(result)))
        }
        (None, Some(output)) => {
            let text = |name: &str| output.get(name).and_then(Value::as_str).map(str::to_owned);
            Ok(Some(Mock::Error {
                error: text("error"),
                cause: text("cause"),
            }))
        }
        _ => Err(Fault::validation(
            "A test mock should have only one of the following fields: [result, errorOutput].",
        )),
    }
}

/// Whether the mock can be what such a state's work gives.
pub(super) fn check(
    request: &Request,
    alone: &Alone,
    mock: &Mock,
    failed_iterations: Option<u64>,
) -> Result<(), Fault> {
    let Mock::Result(result) = mock else {
        return Ok(());
    };
    if alone.kind == "Map" {
        check_of_map(alone, result, failed_iterations)?;
    }
    let mode = request
        .get("mock")
        .and_then(|mock| mock.get("fieldValidationMode"));
    let mode = mode.and_then(Value::as_str).unwrap_or("STRICT");
    match super::resource(alone) {
        Some(Resource::Integration {
            service,
            action,
            pattern,
            ..
        }) if mode != "NONE" && pattern == Pattern::RequestResponse => {
            let strict = mode == "STRICT";
            check_answer(&service, &action, result, strict)
        }
        _ => Ok(()),
    }
}

fn check_of_map(alone: &Alone, result: &Payload, failed_iterations: Option<u64>) -> Result<(), Fault> {
    let written = alone.state.get("ResultWriter").is_some();
    match (written, result.as_array(), result.as_object()) {
        (true, _, None) => return Err(Fault::validation("Mocked result must be a JSON object.")),
        (false, None, _) => return Err(Fault::validation("Mocked result must be an array.")),
        _ => {}
    }
    let iterations = result.as_array().map(|items| items.len() as u64);
    if let (Some(failed), Some(iterations)) = (failed_iterations, iterations)
        && failed > iterations
    {
        return Err(Fault::validation(
            "Map iteration failure count must be less than or equal to the number of Map iterations",
        ));
    }
    Ok(())
}

/// Checks a mocked answer against the service's own model, if it is known.
fn check_answer(service: &str, action: &str, result: &Payload, strict: bool) -> Result<(), Fault> {
    let Some(model) = Model::of(service) else {
        return Ok(());
    };
    let Some(shape) = model.answer(action) else {
        return Ok(());
    };
    let handed_on = HANDED_ON.iter().find(|(id, _)| *id == service);
    let answer = Answer {
        model,
        strict,
        handed_on: handed_on.map(|(_, member)| *member),
    };
    answer
        .check(action, shape, result)
        .map_err(|problem| Fault::validation(format!("Mock result schema validation error: {problem}")))
}

/// Members that optimised integrations hand on as JSON, whatever the service's model says of them.
const HANDED_ON: &[(&str, &str)] = &[("lambda", "Payload"), ("bedrock", "Body")];

/// An answer that is checked.
struct Answer {
    model: Model,
    /// Whether what is always there has to be.
    strict: bool,
    handed_on: Option<&'static str>,
}

impl Answer {
    /// Whether a value has the shape that its field has. Members that the model does not know are no fault.
    fn check(&self, field: &str, shape: &str, value: &Payload) -> Result<(), String> {
        let must_be = |what: &str| Err(format!("Field '{field}' must be {what}"));
        match self.model.shape(shape) {
            None => Ok(()),
            Some(Shape::Structure(members)) => match value.as_object() {
                Some(object) => members
                    .iter()
                    .try_for_each(|member| self.check_member(member, object)),
                None => must_be("an object"),
            },
            Some(Shape::List(item)) => match value.as_array() {
                Some(items) => items.iter().try_for_each(|value| self.check(field, item, value)),
                None => must_be("an array"),
            },
            Some(Shape::Map(inner)) => match value.as_object() {
                Some(object) => object
                    .iter()
                    .try_for_each(|(_, value)| self.check(field, inner, value)),
                None => must_be("an object"),
            },
            Some(Shape::Scalar {
                kind,
                least,
                most,
                words,
            }) => check_scalar(field, kind, (least, most), &words, value),
        }
    }

    fn check_member(&self, member: &Member, object: &Object) -> Result<(), String> {
        let value = object.get(member.name).filter(|value| !value.is_null());
        match value {
            None if self.strict && member.required => {
                Err(format!("Required field '{}' is missing", member.name))
            }
            Some(value) if self.handed_on != Some(member.name) => {
                self.check(member.name, member.shape, value)
            }
            _ => Ok(()),
        }
    }
}

fn check_scalar(
    field: &str,
    kind: Scalar,
    (least, most): (Option<f64>, Option<f64>),
    words: &[&str],
    value: &Payload,
) -> Result<(), String> {
    let says = |what: &str| Err(format!("Field '{field}' {what}"));
    let beyond = |size: f64| {
        (
            least.is_some_and(|least| size < least),
            most.is_some_and(|most| size > most),
        )
    };
    match kind {
        Scalar::Number => match value.as_f64().map(beyond) {
            None => says("must be a number"),
            Some((true, _)) => says("is less than the minimum value"),
            Some((_, true)) => says("exceeds the maximum value"),
            Some(_) => Ok(()),
        },
        Scalar::Boolean => match value.as_bool() {
            None => says("must be a boolean"),
            Some(_) => Ok(()),
        },
        Scalar::String | Scalar::Blob | Scalar::Timestamp => {
            let Some(text) = value.as_str() else {
                return says("must be a string");
            };
            match beyond(text.chars().count() as f64) {
                (true, _) => says("is smaller than the minimum length"),
                (_, true) => says("exceeds the maximum length"),
                _ if !words.is_empty() && !words.contains(&text) => says("is not an expected value"),
                _ => Ok(()),
            }
        }
    }
}
