//! UpdateStateMachine: replaces definition, role, logging or tracing. A change makes a new revision.

use runtime::registry::Machine;
use serde_json::json;

use super::create_state_machine::{logging, tracing};
use super::{Answer, Context, date, object};
use crate::definition;
use crate::fault::Fault;
use crate::members::{Member, Request, Rule, optional, required};
use crate::names;

pub(super) const MEMBERS: &[Member] = &[
    required("stateMachineArn", Rule::Text(1, 256)),
    optional("definition", Rule::Text(1, 1_048_576)),
    optional("roleArn", Rule::Text(1, 256)),
    optional("loggingConfiguration", Rule::Object),
    optional("tracingConfiguration", Rule::Object),
    optional("publish", Rule::Flag),
    optional("versionDescription", Rule::Text(0, 256)),
    optional("encryptionConfiguration", Rule::Object),
];

/// What is to be replaced.
struct Change {
    definition: Option<String>,
    role_arn: Option<String>,
    logging: Option<serde_json::Value>,
    tracing: Option<bool>,
}

pub(super) async fn perform(context: &Context, request: &Request) -> Answer {
    let arn = names::arn(request.needed("stateMachineArn"), &["stateMachine"])?;
    let publish = request.flag("publish");
    let description = request.text("versionDescription").map(str::to_owned);
    if description.is_some() && !publish {
        return Err(Fault::validation(
            "Version description can only be set when publish is true",
        ));
    }
    let registry = context.runtime.registry();
    if let Some(declared) = registry.declared(arn) {
        return Err(Fault::declared_by_project(&declared.name, &declared.document));
    }
    let machine = registry.machine(arn)?.ok_or_else(|| Fault::no_machine(arn))?;
    let change = read(request, &machine)?;
    let now = context.runtime.time();
    let changed = registry
        .change_machine(arn, move |machine| {
            change.apply(machine, now);
            let version = publish.then(|| machine.publish(description, now).number);
            Ok::<_, Fault>((machine.clone(), version))
        })
        .await?;
    let (machine, version) = changed.ok_or_else(|| Fault::no_machine(arn))??;
    Ok(object(vec![
        ("updateDate", date(now)),
        ("revisionId", json!(machine.revision)),
        (
            "stateMachineVersionArn",
            json!(version.map(|number| machine.qualified_arn(number))),
        ),
    ]))
}

fn read(request: &Request, machine: &Machine) -> Result<Change, Fault> {
    let definition = request.text("definition").map(str::to_owned);
    if let Some(definition) = &definition {
        definition::accept(definition, machine.kind)?;
    }
    let change = Change {
        definition,
        role_arn: request.text("roleArn").map(str::to_owned),
        logging: match request.get("loggingConfiguration") {
            Some(given) => Some(logging(Some(given))?),
            None => None,
        },
        tracing: request
            .get("tracingConfiguration")
            .map(|given| tracing(Some(given))),
    };
    let nothing = change.definition.is_none()
        && change.role_arn.is_none()
        && change.logging.is_none()
        && change.tracing.is_none()
        && request.get("encryptionConfiguration").is_none();
    if nothing {
        return Err(Fault::new(
            "MissingRequiredParameter",
            "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
        ));
    }
    Ok(change)
}

impl Change {
    fn apply(self, machine: &mut Machine, now: i64) {
        let before = (machine.definition.clone(), machine.role_arn.clone());
        let settings = (machine.logging.clone(), machine.tracing);
        machine.definition = self.definition.unwrap_or_else(|| before.0.clone());
        machine.role_arn = self.role_arn.unwrap_or_else(|| before.1.clone());
        machine.logging = self.logging.unwrap_or_else(|| settings.0.clone());
        machine.tracing = self.tracing.unwrap_or(settings.1);
        let same = before == (machine.definition.clone(), machine.role_arn.clone())
            && settings == (machine.logging.clone(), machine.tracing);
        if !same {
            machine.updated = now;
            machine.revision = Some(runtime::clock::random_uuid());
        }
    }
}
