//! UpdateFunctionConfiguration. What runs goes on as it was; the next invocation gets a fresh environment.

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::Answer;
use super::configuration::{self, Phase};
use super::fault::LambdaFault;
use super::target::Target;
use super::update_function_code::changeable;
use crate::members::Request;
use crate::states::Context;

pub(super) async fn perform(context: &Context, name: &str, members: Map<String, Value>) -> Answer {
    let target = Target::read(context, name)?;
    Request::check(members.clone(), configuration::SHARED)?;
    let arn = changeable(context, &target)?;
    let now = context.runtime.time();
    let changed = context.runtime.registry().change_function(&arn, move |function| {
        let revision = members.get("RevisionId").and_then(Value::as_str);
        if revision.is_some_and(|revision| revision != function.revision) {
            return Err(LambdaFault::stale_revision());
        }
        configuration::apply(&members, function)?;
        function.modified = now;
        function.revision = runtime::clock::random_uuid();
        Ok(())
    });
    let function = changed.await?.ok_or_else(|| LambdaFault::not_found(&arn))??;
    context.runtime.functions_changed()?;
    Ok((
        StatusCode::OK,
        configuration::shown(context, &function, Phase::Updated),
    ))
}
