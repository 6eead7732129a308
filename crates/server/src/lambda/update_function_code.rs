//! UpdateFunctionCode: another package. What runs goes on with the old one; the next invocation takes the new one.

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::configuration::{Phase, shown};
use super::fault::LambdaFault;
use super::target::Target;
use super::{Answer, package};
use crate::states::Context;

pub(super) async fn perform(context: &Context, name: &str, members: Map<String, Value>) -> Answer {
    let target = Target::read(context, name)?;
    let arn = changeable(context, &target)?;
    let revision = members
        .get("RevisionId")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let package = package::take(context, &members).await?;
    let now = context.runtime.time();
    let changed = context.runtime.registry().change_function(&arn, move |function| {
        if revision.is_some_and(|revision| revision != function.revision) {
            return Err(LambdaFault::stale_revision());
        }
        (function.code, function.code_size) = (package.digest, package.bytes);
        function.modified = now;
        function.revision = runtime::clock::random_uuid();
        Ok(())
    });
    let function = changed.await?.ok_or_else(|| LambdaFault::not_found(&arn))??;
    context.runtime.functions_changed()?;
    Ok((StatusCode::OK, shown(context, &function, Phase::Updated)))
}

/// The ARN of a function that may be changed over the endpoint.
pub(super) fn changeable(context: &Context, target: &Target) -> Result<String, LambdaFault> {
    let registry = context.runtime.registry();
    if registry
        .declared_functions()
        .iter()
        .any(|spec| spec.name == target.name)
    {
        return Err(LambdaFault::declared_by_project(&target.name));
    }
    let arn = target.arn(context);
    match registry.uploaded_function(&arn)? {
        Some(_) => Ok(arn),
        None => Err(LambdaFault::not_found(&arn)),
    }
}
