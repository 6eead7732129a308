//! GetFunction and GetFunctionConfiguration, of uploaded functions and of the project's.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Answer;
use super::configuration::{Phase, shown, shown_of_project};
use super::fault::LambdaFault;
use super::target::Target;
use crate::states::{Context, object};

pub(super) fn perform(context: &Context, name: &str, qualifier: Option<String>) -> Answer {
    let (configuration, location, tags) = find(context, name, qualifier)?;
    let function = object(vec![
        ("Configuration", configuration),
        ("Code", json!({"RepositoryType": "S3", "Location": location})),
        ("Tags", tags),
    ]);
    Ok((StatusCode::OK, function))
}

pub(super) fn configuration(context: &Context, name: &str, qualifier: Option<String>) -> Answer {
    let (configuration, ..) = find(context, name, qualifier)?;
    Ok((StatusCode::OK, configuration))
}

/// Configuration, where the code is, and tags; no tags where there are none.
fn find(
    context: &Context,
    name: &str,
    qualifier: Option<String>,
) -> Result<(Value, String, Value), LambdaFault> {
    let target = Target::qualified(context, name, qualifier)?;
    let not_found = || LambdaFault::not_found(&target.asked_for(context));
    if !target.is_latest() {
        return Err(not_found());
    }
    let registry = context.runtime.registry();
    let declared = registry.declared_functions();
    if let Some(spec) = declared.iter().find(|spec| spec.name == target.name) {
        let location = format!("file://{}", spec.code.display());
        return Ok((shown_of_project(context, spec), location, Value::Null));
    }
    let function = registry.uploaded_function(&target.arn(context))?;
    let function = function.ok_or_else(not_found)?;
    let location = format!("file://{}", registry.code_folder(&function.code).display());
    let tags = if function.tags.is_empty() {
        Value::Null
    } else {
        json!(function.tags)
    };
    Ok((shown(context, &function, Phase::Settled), location, tags))
}
