//! Aliases of state machines: names that lead to one version, or to two with a share each.

use runtime::registry::{Alias, Route};
use serde_json::{Value, json};

use super::{Answer, Context, date, object, versions};
use crate::fault::Fault;
use crate::members::{Member, Request, Rule, constraint, optional, range, refuse, required};
use crate::names;
use crate::page::Page;

const ALIAS: Member = required("stateMachineAliasArn", Rule::Text(1, 256));
const DESCRIPTION: Member = optional("description", Rule::Text(0, 256));
pub(super) const CREATE: &[Member] = &[
    DESCRIPTION,
    required("name", Rule::Text(1, 80)),
    required("routingConfiguration", Rule::List(1, 2)),
];
pub(super) const UPDATE: &[Member] = &[
    ALIAS,
    DESCRIPTION,
    optional("routingConfiguration", Rule::List(1, 2)),
];
pub(super) const ONE: &[Member] = &[ALIAS];
pub(super) const LIST: &[Member] = versions::LIST;

pub(super) async fn create(context: &Context, request: &Request) -> Answer {
    let name = request.needed("name").to_owned();
    if !aws::names::is_alias(&name) {
        return Err(Fault::invalid_name(&name));
    }
    let routes = routes(request)?;
    let plain = machine_of(&routes)?;
    let now = context.runtime.time();
    let alias = Alias {
        name,
        description: request.text("description").map(str::to_owned),
        created: now,
        updated: now,
        routes,
    };
    let made = versions::change(context, &plain, move |machine| {
        check_versions(machine, &alias.routes)?;
        if let Some(there) = machine.alias(&alias.name) {
            if there.routes == alias.routes && there.description == alias.description {
                return Ok((machine.qualified_arn(&there.name), there.created));
            }
            return Err(Fault::conflict(
                "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
            ));
        }
        if machine.aliases.len() >= aws::quotas::ALIASES {
            return Err(Fault::new(
                "ServiceQuotaExceededException",
                format!(
                    "A state machine may have at most {} aliases",
                    aws::quotas::ALIASES
                ),
            ));
        }
        let made = (machine.qualified_arn(&alias.name), alias.created);
        machine.aliases.push(alias);
        Ok(made)
    });
    let (arn, created) = made.await?.ok_or_else(|| Fault::no_resource(&plain))?;
    Ok(json!({"stateMachineAliasArn": arn, "creationDate": date(created)}))
}

pub(super) async fn update(context: &Context, request: &Request) -> Answer {
    let (plain, name) = alias_of(request)?;
    let description = request.text("description").map(str::to_owned);
    let routes = match request.get("routingConfiguration") {
        Some(_) => Some(routes(request)?),
        None => None,
    };
    let now = context.runtime.time();
    let arn = request.needed("stateMachineAliasArn").to_owned();
    let updated = versions::change(context, &plain, move |machine| {
        if let Some(routes) = &routes {
            check_versions(machine, routes)?;
        }
        let alias = machine.aliases.iter_mut().find(|alias| alias.name == name);
        let alias = alias.ok_or_else(|| Fault::no_resource(&arn))?;
        alias.description = description.or(alias.description.take());
        alias.routes = routes.unwrap_or_else(|| alias.routes.clone());
        alias.updated = now;
        Ok(())
    });
    updated
        .await?
        .ok_or_else(|| Fault::no_resource(request.needed("stateMachineAliasArn")))?;
    Ok(json!({"updateDate": date(now)}))
}

pub(super) fn describe(context: &Context, request: &Request) -> Answer {
    let arn = request.needed("stateMachineAliasArn");
    let (plain, name) = alias_of(request)?;
    let machine = context.runtime.registry().machine(&plain)?;
    let alias = machine.as_ref().and_then(|machine| machine.alias(&name));
    let alias = alias.ok_or_else(|| Fault::no_resource(arn))?;
    let routes = alias
        .routes
        .iter()
        .map(|route| json!({"stateMachineVersionArn": route.version_arn, "weight": route.weight}));
    Ok(object(vec![
        ("stateMachineAliasArn", json!(arn)),
        ("name", json!(alias.name)),
        ("description", json!(alias.description)),
        ("routingConfiguration", Value::Array(routes.collect())),
        ("creationDate", date(alias.created)),
        ("updateDate", date(alias.updated)),
    ]))
}

pub(super) fn list(context: &Context, request: &Request) -> Answer {
    let arn = names::arn(request.needed("stateMachineArn"), &["stateMachine"])?;
    let (plain, version) = names::machine_and_qualifier(arn);
    let page = Page::of(request, format!("ListStateMachineAliases {arn}"))?;
    let machine = context.runtime.registry().machine(plain)?;
    let machine = machine.ok_or_else(|| Fault::no_machine(arn))?;
    let wanted =
        |alias: &&Alias| version.is_none() || alias.routes.iter().any(|route| route.version_arn == arn);
    let aliases = machine.aliases.iter().filter(wanted).map(|alias| {
        json!({
            "stateMachineAliasArn": machine.qualified_arn(&alias.name),
            "creationDate": date(alias.created),
        })
    });
    let (aliases, next) = page.cut(aliases.collect());
    Ok(object(vec![
        ("stateMachineAliases", Value::Array(aliases)),
        ("nextToken", json!(next)),
    ]))
}

pub(super) async fn delete(context: &Context, request: &Request) -> Answer {
    let (plain, name) = alias_of(request)?;
    let arn = request.needed("stateMachineAliasArn").to_owned();
    let deleted = versions::change(context, &plain, move |machine| {
        let before = machine.aliases.len();
        machine.aliases.retain(|alias| alias.name != name);
        if machine.aliases.len() == before {
            return Err(Fault::no_resource(&arn));
        }
        Ok(())
    });
    deleted
        .await?
        .ok_or_else(|| Fault::no_resource(request.needed("stateMachineAliasArn")))?;
    Ok(json!({}))
}

/// The machine's ARN and the alias's name in an alias's ARN.
fn alias_of(request: &Request) -> Result<(String, String), Fault> {
    let arn = names::arn(request.needed("stateMachineAliasArn"), &["stateMachine"])?;
    match names::machine_and_qualifier(arn) {
        (plain, Some(name)) => Ok((plain.to_owned(), name.to_owned())),
        (_, None) => Err(Fault::no_resource(arn)),
    }
}

/// `routingConfiguration`, checked as far as it can be without the machine.
fn routes(request: &Request) -> Result<Vec<Route>, Fault> {
    let given = request.get("routingConfiguration").and_then(Value::as_array);
    let mut broken = Vec::new();
    let mut routes = Vec::new();
    for (number, route) in (1..).zip(given.into_iter().flatten()) {
        let weight = route.get("weight").and_then(Value::as_i64).unwrap_or_default();
        if let Some(rule) = range(weight, 0, 100) {
            let place = format!("routingConfiguration.{number}.member.weight");
            broken.push(constraint(&format!("'{weight}'"), &place, &rule));
        }
        let arn = route.get("stateMachineVersionArn").and_then(Value::as_str);
        routes.push(Route {
            version_arn: arn.unwrap_or_default().to_owned(),
            weight: u32::try_from(weight).unwrap_or_default(),
        });
    }
    refuse(&broken)?;
    let arns: Vec<_> = routes.iter().map(|route| route.version_arn.as_str()).collect();
    let received = |rule: &str, what: String| Err(Fault::validation(format!("{rule} Received: [{what}]")));
    let is_version = |arn: &&str| {
        names::machine_and_qualifier(arn)
            .1
            .is_some_and(|q| q.parse::<u32>().is_ok())
    };
    if !arns.iter().all(is_version) {
        return received(
            "Routing configuration must contain state machine version ARNs.",
            arns.join(", "),
        );
    }
    if arns.len() == 2 && arns[0] == arns[1] {
        return received(
            "Routing configuration must contain distinct state machine version ARNs.",
            arns.join(", "),
        );
    }
    let weights: Vec<_> = routes.iter().map(|route| route.weight.to_string()).collect();
    if routes.iter().map(|route| route.weight).sum::<u32>() != 100 {
        return received(
            "Sum of routing configuration weights must equal 100.",
            weights.join(", "),
        );
    }
    Ok(routes)
}

/// The machine that all routes lead to.
fn machine_of(routes: &[Route]) -> Result<String, Fault> {
    let machine = |route: &Route| names::machine_and_qualifier(&route.version_arn).0.to_owned();
    let first = routes.first().map(machine).unwrap_or_default();
    if routes.iter().any(|route| machine(route) != first) {
        return Err(Fault::validation(
            "Routing configuration must contain versions of the same state machine.",
        ));
    }
    Ok(first)
}

fn check_versions(machine: &runtime::registry::Machine, routes: &[Route]) -> Result<(), Fault> {
    let known = |arn: &str| {
        let number = names::machine_and_qualifier(arn)
            .1
            .and_then(|number| number.parse().ok());
        number.is_some_and(|number| machine.version(number).is_some())
    };
    match routes.iter().find(|route| !known(&route.version_arn)) {
        None => Ok(()),
        Some(route) => Err(Fault::no_resource(&route.version_arn)),
    }
}
