//! StartSyncExecution: runs an Express machine and answers with how it ended; a failed execution is no fault.

use runtime::registry::Kind;
use serde_json::{Value, json};

use super::{Answer, Context, date, describe_execution, object, start_execution};
use crate::fault::Fault;
use crate::members::Request;
use crate::names;

/// Billed memory is counted in steps of so many megabytes.
const MEMORY_STEP: i64 = 64;
/// Billed duration is counted in steps of so many milliseconds.
const DURATION_STEP: i64 = 100;

pub(super) async fn perform(context: &Context, request: &Request) -> Answer {
    let wish = start_execution::wish(request)?;
    let (plain, _) = names::machine_and_qualifier(&wish.arn);
    let machine = context.runtime.registry().machine(plain)?;
    if machine.is_some_and(|machine| machine.kind == Kind::Standard) {
        return Err(Fault::wrong_type_of_machine());
    }
    let started = context.runtime.start_machine(wish).await?;
    if let Some(run) = &started.run {
        run.ended().await;
    }
    let stored = context.runtime.execution(&started.arn)?;
    let stored = stored.ok_or_else(|| Fault::no_execution(&started.arn))?;
    let end = stored.standing.ended.unwrap_or(stored.started);
    let duration = (end - stored.started).max(1);
    let billed = duration.div_euclid(DURATION_STEP) + i64::from(duration.rem_euclid(DURATION_STEP) > 0);
    let with_data = request.text("includedData") != Some("METADATA_ONLY");
    let view = describe_execution::View::of(&stored)?;
    Ok(object(vec![
        ("executionArn", json!(started.arn)),
        ("stateMachineArn", view.machine_arn()),
        ("name", view.name()),
        ("startDate", date(stored.started)),
        ("stopDate", date(end)),
        ("status", view.status()),
        ("error", view.error()),
        ("cause", view.cause()),
        ("input", if with_data { view.input() } else { Value::Null }),
        ("inputDetails", json!({"included": with_data})),
        ("output", if with_data { view.output() } else { Value::Null }),
        ("outputDetails", json!({"included": with_data})),
        (
            "billingDetails",
            json!({"billedMemoryUsedInMB": MEMORY_STEP, "billedDurationInMilliseconds": billed * DURATION_STEP}),
        ),
    ]))
}
