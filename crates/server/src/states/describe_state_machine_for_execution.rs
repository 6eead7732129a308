//! DescribeStateMachineForExecution: the machine as the execution runs it.

use engine::ExecutionStart;
use serde_json::{Value, json};

use super::{Answer, Context, date, describe_execution, object};
use crate::definition;
use crate::fault::Fault;
use crate::members::Request;

pub(super) fn perform(context: &Context, request: &Request) -> Answer {
    let stored = describe_execution::find(context, request)?;
    let start: ExecutionStart =
        serde_json::from_str(&stored.start).map_err(|error| Fault::internal(&error))?;
    let text = context
        .runtime
        .store()
        .definition(&stored.digest)?
        .unwrap_or_default();
    // Of a machine that was deleted since, only what its execution knows is left.
    let machine = context.runtime.registry().machine(&start.state_machine_arn)?;
    let logging = machine.as_ref().map_or_else(
        || json!({"level": "OFF", "includeExecutionData": false}),
        |machine| machine.logging.clone(),
    );
    let tracing = machine.as_ref().is_some_and(|machine| machine.tracing);
    let updated = machine.as_ref().map_or(stored.started, |machine| machine.updated);
    let with_data = request.text("includedData") != Some("METADATA_ONLY");
    Ok(object(vec![
        ("stateMachineArn", json!(start.state_machine_arn)),
        ("name", json!(start.state_machine_name)),
        ("definition", if with_data { json!(text) } else { Value::Null }),
        ("roleArn", json!(start.role_arn)),
        ("updateDate", date(updated)),
        ("loggingConfiguration", logging),
        ("tracingConfiguration", json!({"enabled": tracing})),
        ("revisionId", json!(machine.and_then(|machine| machine.revision))),
        ("encryptionConfiguration", json!({"type": "AWS_OWNED_KEY"})),
        ("variableReferences", definition::variable_references(&text)),
    ]))
}
