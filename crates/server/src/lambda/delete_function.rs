//! DeleteFunction. Versions are not there, so there is nothing to delete of one.

use axum::http::StatusCode;
use serde_json::Value;

use super::Answer;
use super::fault::LambdaFault;
use super::target::Target;
use super::update_function_code::changeable;
use crate::states::Context;

pub(super) async fn perform(context: &Context, name: &str, qualifier: Option<String>) -> Answer {
    let target = Target::qualified(context, name, qualifier)?;
    if target.qualifier.is_some() && target.is_latest() {
        return Err(LambdaFault::invalid_value(
            "$LATEST version cannot be deleted without deleting the function.",
        ));
    }
    let arn = changeable(context, &target)?;
    // A version that is not there is deleted already (recorded).
    if target.is_latest() {
        context.runtime.registry().delete_function(&arn).await?;
        context.runtime.functions_changed()?;
    }
    Ok((StatusCode::NO_CONTENT, Value::Null))
}
