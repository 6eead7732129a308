//! DeleteFunction.

use axum::http::StatusCode;
use serde_json::Value;

use super::Answer;
use super::target::Target;
use super::update_function_code::changeable;
use crate::states::Context;

pub(super) async fn perform(context: &Context, name: &str) -> Answer {
    let target = Target::read(context, name)?;
    let arn = changeable(context, &target)?;
    context.runtime.registry().delete_function(&arn).await?;
    context.runtime.functions_changed()?;
    Ok((StatusCode::NO_CONTENT, Value::Null))
}
