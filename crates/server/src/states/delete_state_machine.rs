//! DeleteStateMachine. One that is not there is no fault. Its executions go on and stay.

use serde_json::json;

use super::{Answer, Context};
use crate::fault::Fault;
use crate::members::Request;
use crate::names;

pub(super) async fn perform(context: &Context, request: &Request) -> Answer {
    let arn = names::arn(request.needed("stateMachineArn"), &["stateMachine"])?;
    let registry = context.runtime.registry();
    if let Some(declared) = registry.declared(arn) {
        return Err(Fault::declared_by_project(&declared.name, &declared.document));
    }
    registry.delete_machine(arn).await?;
    Ok(json!({}))
}
