//! PublishStateMachineVersion, ListStateMachineVersions, DeleteStateMachineVersion. A revision is published once:
//! publishing it again gives the same version.

use runtime::registry::Machine;
use serde_json::{Value, json};

use super::{Answer, Context, date, object};
use crate::fault::Fault;
use crate::members::{Member, Request, Rule, optional, required};
use crate::names;
use crate::page::Page;

pub(super) const PUBLISH: &[Member] = &[
    required("stateMachineArn", Rule::Text(1, 256)),
    optional("revisionId", Rule::Text(0, 256)),
    optional("description", Rule::Text(0, 256)),
];
pub(super) const LIST: &[Member] = &[
    required("stateMachineArn", Rule::Text(1, 256)),
    optional("nextToken", Rule::Text(1, 1024)),
    optional("maxResults", Rule::Integer(0, 1000)),
];
pub(super) const DELETE: &[Member] = &[required("stateMachineVersionArn", Rule::Text(1, 2000))];

/// What the first revision is called where a revision has to be named.
const FIRST_REVISION: &str = "INITIAL";

pub(super) async fn publish(context: &Context, request: &Request) -> Answer {
    let arn = names::arn(request.needed("stateMachineArn"), &["stateMachine"])?;
    let text = |name| request.text(name).map(str::to_owned);
    let (revision, description) = (text("revisionId"), text("description"));
    let now = context.runtime.time();
    let published = change(context, arn, move |machine| {
        let current = machine.revision.as_deref().unwrap_or(FIRST_REVISION);
        if let Some(revision) = revision.filter(|revision| revision != current) {
            return Err(Fault::conflict(format!(
                "Failed to publish the State Machine version for revision {revision}. The current State Machine revision is {current}."
            )));
        }
        let version = machine.publish(description, now);
        if machine.versions.len() > aws::quotas::VERSIONS {
            return Err(Fault::new(
                "ServiceQuotaExceededException",
                format!(
                    "A state machine may have at most {} versions",
                    aws::quotas::VERSIONS
                ),
            ));
        }
        Ok((machine.qualified_arn(version.number), version.created))
    });
    let (version, created) = published.await?.ok_or_else(|| Fault::no_machine(arn))?;
    Ok(json!({"stateMachineVersionArn": version, "creationDate": date(created)}))
}

pub(super) fn list(context: &Context, request: &Request) -> Answer {
    let arn = names::arn(request.needed("stateMachineArn"), &["stateMachine"])?;
    let page = Page::of(request, format!("ListStateMachineVersions {arn}"))?;
    let machine = context.runtime.registry().machine(arn)?;
    let versions = machine.iter().flat_map(|machine| {
        let newest_first = machine.versions.iter().rev();
        newest_first.map(|version| {
            json!({
                "stateMachineVersionArn": machine.qualified_arn(version.number),
                "creationDate": date(version.created),
            })
        })
    });
    let (versions, next) = page.cut(versions.collect());
    Ok(object(vec![
        ("stateMachineVersions", Value::Array(versions)),
        ("nextToken", json!(next)),
    ]))
}

pub(super) async fn delete(context: &Context, request: &Request) -> Answer {
    let arn = names::arn(request.needed("stateMachineVersionArn"), &["stateMachine"])?.to_owned();
    let (plain, qualifier) = names::machine_and_qualifier(&arn);
    let number: Option<u32> = qualifier.and_then(|qualifier| qualifier.parse().ok());
    let plain = plain.to_owned();
    let deleted = change(context, &plain, move |machine| {
        let leads_here =
            |alias: &&runtime::registry::Alias| alias.routes.iter().any(|route| route.version_arn == arn);
        let aliases: Vec<_> = machine
            .aliases
            .iter()
            .filter(leads_here)
            .map(|alias| alias.name.as_str())
            .collect();
        if !aliases.is_empty() {
            return Err(Fault::conflict(format!(
                "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [{}]",
                aliases.join(", ")
            )));
        }
        machine.versions.retain(|version| Some(version.number) != number);
        Ok(())
    });
    // A machine that is gone has no version left to delete.
    deleted.await?;
    Ok(json!({}))
}

/// Changes a machine that was made over the endpoint; none where there is none.
pub(super) async fn change<T: Send + 'static>(
    context: &Context,
    arn: &str,
    change: impl FnOnce(&mut Machine) -> Result<T, Fault> + Send + 'static,
) -> Result<Option<T>, Fault> {
    let registry = context.runtime.registry();
    if let Some(declared) = registry.declared(arn) {
        return Err(Fault::declared_by_project(&declared.name, &declared.document));
    }
    registry.change_machine(arn, change).await?.transpose()
}
