//! GetActivityTask: a worker asks for work and is kept waiting for up to a minute.

use std::time::Duration;

use serde_json::json;

use super::{Answer, Context, activities};
use crate::members::{Member, Request, Rule, optional, required};

pub(super) const MEMBERS: &[Member] = &[
    required("activityArn", Rule::Text(1, 256)),
    optional("workerName", Rule::Text(1, 80)),
];

const PATIENCE: Duration = Duration::from_secs(aws::quotas::ACTIVITY_POLL_SECONDS);

pub(super) async fn perform(context: &Context, request: &Request) -> Answer {
    let activity = activities::find(context, request)?;
    let worker = request.text("workerName").map(str::to_owned);
    let task = context
        .runtime
        .next_activity_task(&activity.arn, worker, PATIENCE)
        .await?;
    Ok(match task {
        Some(task) => json!({"taskToken": task.token, "input": task.input}),
        None => json!({"taskToken": null}),
    })
}
