//! SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat: whoever has a task's token says how it went.

use runtime::TaskOutcome;
use serde_json::json;

use super::{Answer, Context};
use crate::fault::Fault;
use crate::json_fault;
use crate::members::{Member, Request, Rule, optional, required};

const TOKEN: Member = required("taskToken", Rule::Text(1, 2048));
pub(super) const SUCCESS: &[Member] = &[TOKEN, required("output", Rule::Text(0, 262_144))];
pub(super) const FAILURE: &[Member] = &[
    TOKEN,
    optional("error", Rule::Text(0, 256)),
    optional("cause", Rule::Text(0, 32_768)),
];
pub(super) const HEARTBEAT: &[Member] = &[TOKEN];

pub(super) async fn success(context: &Context, request: &Request) -> Answer {
    let output = json_fault::parse(request.needed("output"))
        .map_err(|fault| Fault::new("InvalidOutput", format!("Invalid Output: '{}'", fault.message)))?;
    tell(context, request, TaskOutcome::Succeeded(output)).await
}

pub(super) async fn failure(context: &Context, request: &Request) -> Answer {
    let text = |name| request.text(name).map(str::to_owned);
    let outcome = TaskOutcome::Failed {
        error: text("error"),
        cause: text("cause"),
    };
    tell(context, request, outcome).await
}

pub(super) async fn heartbeat(context: &Context, request: &Request) -> Answer {
    tell(context, request, TaskOutcome::Alive).await
}

async fn tell(context: &Context, request: &Request, outcome: TaskOutcome) -> Answer {
    let token = request.needed("taskToken");
    context.runtime.task_outcome(token, outcome).await?;
    Ok(json!({}))
}
