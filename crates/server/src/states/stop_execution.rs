//! StopExecution: aborts a Standard execution, wherever it runs. One that has ended stays as it ended.

use std::time::Duration;

use runtime::RunError;
use serde_json::json;

use super::{Answer, Context, date, describe_execution};
use crate::members::{Member, Request, Rule, optional, required};

pub(super) const MEMBERS: &[Member] = &[
    required("executionArn", Rule::Text(1, 256)),
    optional("error", Rule::Text(0, 256)),
    optional("cause", Rule::Text(0, 32_768)),
];

/// How long the answer waits for the end to be recorded.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn perform(context: &Context, request: &Request) -> Answer {
    let stored = describe_execution::find(context, request)?;
    if let Some(ended) = stored.standing.ended {
        return Ok(json!({"stopDate": date(ended)}));
    }
    let text = |name| request.text(name).map(str::to_owned);
    let stopped = context
        .runtime
        .stop(&stored.name, text("error"), text("cause"))
        .await;
    match stopped {
        Ok(()) | Err(RunError::Ended(_)) => {}
        Err(error) => return Err(error.into()),
    }
    if let Ok(run) = context.runtime.run(&stored.name) {
        // Where another process drives it, the end is recorded there, a little later.
        let _ = tokio::time::timeout(PATIENCE, run.ended()).await;
    }
    let now = context.runtime.execution(request.needed("executionArn"))?;
    let ended = now.and_then(|now| now.standing.ended);
    Ok(json!({"stopDate": date(ended.unwrap_or_else(|| context.runtime.time()))}))
}
