//! GetFunction and GetFunctionConfiguration, of uploaded functions and of the project's.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Answer;
use super::configuration::{Phase, shown, shown_of_project};
use super::fault::LambdaFault;
use super::target::Target;
use crate::states::{Context, object};

pub(super) fn perform(context: &Context, name: &str) -> Answer {
    let (configuration, location, tags) = find(context, name)?;
    let function = object(vec![
        ("Configuration", configuration),
        ("Code", json!({"RepositoryType": "S3", "Location": location})),
        ("Tags", tags),
    ]);
    Ok((StatusCode::OK, function))
}

pub(super) fn configuration(context: &Context, name: &str) -> Answer {
    let (configuration, ..) = find(context, name)?;
    Ok((StatusCode::OK, configuration))
}

/// Configuration, where the code is, and tags; no tags where there are none.
fn find(context: &Context, name: &str) -> Result<(Value, String, Value), LambdaFault> {
    let target = Target::read(context, name)?;
    let arn = target.arn(context);
    let registry = context.runtime.registry();
    let qualified = |qualifier: &str| LambdaFault::not_found(&format!("{arn}:{qualifier}"));
    if let Some(qualifier) = target.qualifier.as_deref().filter(|q| *q != aws::lambda::LATEST) {
        return Err(qualified(qualifier));
    }
    let declared = registry.declared_functions();
    if let Some(spec) = declared.iter().find(|spec| spec.name == target.name) {
        let location = format!("file://{}", spec.code.display());
        return Ok((shown_of_project(context, spec), location, Value::Null));
    }
    let function = registry.uploaded_function(&arn)?;
    let function = function.ok_or_else(|| LambdaFault::not_found(&arn))?;
    let location = format!("file://{}", registry.code_folder(&function.code).display());
    let tags = if function.tags.is_empty() {
        Value::Null
    } else {
        json!(function.tags)
    };
    Ok((shown(context, &function, Phase::Settled), location, tags))
}
