//! Fail: raises an error with the name and cause that it gives.

use asl::expr::Expression;
use asl::machine::Setting;
use asl::machine::states::Fail;
use asl::value::{Text, Value};

use super::{JSONATA, Step};
use crate::failure::{Failure, Origin};

/// The error of the state; or the one that finding its name or cause gave.
pub(super) fn failure(step: &Step<'_>, own: &Fail) -> Failure {
    let found = text(step, "ErrorPath", &own.error)
        .and_then(|error| Ok((error, text(step, "CausePath", &own.cause)?)));
    match found {
        Ok((error, cause)) => Failure {
            error,
            cause,
            origin: Origin::Thrown,
        },
        Err(failure) => failure,
    }
}

fn text(step: &Step<'_>, field: &str, setting: &Setting<Text, Expression>) -> Result<Option<Text>, Failure> {
    let path = match setting {
        Setting::Unset => return Ok(None),
        Setting::Literal(text) => return Ok(Some(text.clone())),
        Setting::Path(path) => path,
        Setting::Jsonata(_) => return Err(step.runtime(JSONATA)),
    };
    let input = &step.frame.data.input;
    match path
        .evaluate(field, input, &step.view())
        .map_err(|error| step.evaluation(&error))?
    {
        Value::String(text) => Ok(Some(text)),
        other => Err(step.runtime(&format!(
            "The {field} field refers to value {other} which is not a string: {}",
            path.text()
        ))),
    }
}
