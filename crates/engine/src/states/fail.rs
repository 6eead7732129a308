//! Fail: raises an error with the name and cause that it gives.

use asl::expr::Expression;
use asl::machine::Setting;
use asl::machine::states::Fail;
use asl::value::{Text, Value};

use super::Step;
use crate::context::View;
use crate::failure::Failure;

/// The error of the state; or the one that finding its name or cause gave.
pub(super) fn failure(step: &Step<'_>, own: &Fail) -> Failure {
    let view = step.view();
    let found = text(step, &view, "Error", &own.error)
        .and_then(|error| Ok((error, text(step, &view, "Cause", &own.cause)?)));
    match found {
        Ok((error, cause)) => Failure::thrown(error, cause),
        Err(failure) => failure,
    }
}

fn text(
    step: &Step<'_>,
    view: &View<'_>,
    field: &str,
    setting: &Setting<Text, Expression>,
) -> Result<Option<Text>, Failure> {
    let path = match setting {
        Setting::Unset => return Ok(None),
        Setting::Literal(text) => return Ok(Some(text.clone())),
        Setting::Path(path) => path,
        Setting::Jsonata(expression) => {
            let text = step.expression(view, expression, field, "string", |value| {
                value.as_text().cloned()
            });
            return text.map(Some);
        }
    };
    let (field, input) = (format!("{field}Path"), &step.frame.data.input);
    match path
        .evaluate(&field, input, view)
        .map_err(|error| step.evaluation(&error))?
    {
        Value::String(text) => Ok(Some(text)),
        other => Err(step.runtime(&format!(
            "The {field} field refers to value {other} which is not a string: {}",
            path.text()
        ))),
    }
}
