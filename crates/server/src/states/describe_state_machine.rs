//! DescribeStateMachine: the machine as it is now, or as one of its versions was.

use runtime::registry::Machine;
use serde_json::{Value, json};

use super::{Answer, Context, date, object};
use crate::definition;
use crate::fault::Fault;
use crate::members::Request;
use crate::names;

pub(super) fn perform(context: &Context, request: &Request) -> Answer {
    let arn = names::arn(request.needed("stateMachineArn"), &["stateMachine"])?;
    let (plain, qualifier) = names::machine_and_qualifier(arn);
    let no_machine = || Fault::no_machine(arn);
    let machine = context
        .runtime
        .registry()
        .machine(plain)?
        .ok_or_else(no_machine)?;
    let version = match qualifier {
        None => None,
        Some(qualifier) => {
            let number = qualifier.parse().map_err(|_| no_machine())?;
            Some(machine.version(number).ok_or_else(no_machine)?.clone())
        }
    };
    let shown = match &version {
        None => machine.clone(),
        Some(version) => Machine {
            definition: version.definition.clone(),
            role_arn: version.role_arn.clone(),
            revision: version.revision.clone(),
            created: version.created,
            ..machine.clone()
        },
    };
    let with_data = request.text("includedData") != Some("METADATA_ONLY");
    Ok(object(vec![
        ("stateMachineArn", json!(arn)),
        ("name", json!(shown.name)),
        ("status", json!("ACTIVE")),
        (
            "definition",
            if with_data {
                json!(shown.definition)
            } else {
                Value::Null
            },
        ),
        ("roleArn", json!(shown.role_arn)),
        ("type", json!(shown.kind)),
        ("creationDate", date(shown.created)),
        ("loggingConfiguration", shown.logging.clone()),
        ("tracingConfiguration", json!({"enabled": shown.tracing})),
        ("revisionId", json!(shown.revision)),
        (
            "description",
            json!(version.and_then(|version| version.description)),
        ),
        ("encryptionConfiguration", json!({"type": "AWS_OWNED_KEY"})),
        (
            "variableReferences",
            definition::variable_references(&shown.definition),
        ),
    ]))
}
