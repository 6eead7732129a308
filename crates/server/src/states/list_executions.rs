//! ListExecutions of a Standard machine, newest first.

use engine::ExecutionStart;
use runtime::registry::Kind;
use runtime::store::{MachineQuery, StoredRun};
use serde_json::{Value, json};

use super::{Answer, Context, date, object};
use crate::fault::Fault;
use crate::members::{Member, Request, Rule, optional};
use crate::names;
use crate::page::Page;

pub(super) const MEMBERS: &[Member] = &[
    optional("stateMachineArn", Rule::Text(1, 256)),
    optional(
        "statusFilter",
        Rule::OneOf(&[
            "SUCCEEDED",
            "TIMED_OUT",
            "PENDING_REDRIVE",
            "ABORTED",
            "FAILED",
            "RUNNING",
        ]),
    ),
    optional("maxResults", Rule::Integer(0, 1000)),
    optional("nextToken", Rule::Text(1, 3096)),
    optional("mapRunArn", Rule::Text(1, 2000)),
    optional("redriveFilter", Rule::OneOf(&["REDRIVEN", "NOT_REDRIVEN"])),
];

pub(super) fn perform(context: &Context, request: &Request) -> Answer {
    let Some(arn) = request.text("stateMachineArn") else {
        return match request.text("mapRunArn") {
            Some(_) => Err(Fault::not_supported("ListExecutions of a Map Run")),
            None => Err(Fault::validation(
                "Either stateMachineArn or mapRunArn must be specified",
            )),
        };
    };
    names::arn(arn, &["stateMachine"])?;
    let (plain, _) = names::machine_and_qualifier(arn);
    let machine = context.runtime.registry().machine(plain)?;
    if machine.ok_or_else(|| Fault::no_machine(arn))?.kind == Kind::Express {
        return Err(Fault::wrong_type_of_machine());
    }
    let status = request.text("statusFilter").map(str::to_owned);
    let page = Page::of(request, format!("ListExecutions {arn} {status:?}"))?;
    if request.text("redriveFilter") == Some("REDRIVEN") {
        return Ok(json!({"executions": []}));
    }
    let query = MachineQuery {
        machine: plain.to_owned(),
        status,
        before: page.begin,
        limit: u32::try_from(page.limit + 1).unwrap_or(u32::MAX),
    };
    let mut found = context.runtime.store().list_of_machine(&query)?;
    let more = found.len() > page.limit;
    found.truncate(page.limit);
    let next = found.last().filter(|_| more).map(|last| page.token(last.row));
    let executions: Vec<_> = found.iter().filter_map(item).collect();
    Ok(object(vec![
        ("executions", json!(executions)),
        ("nextToken", json!(next)),
    ]))
}

/// An execution in the list; none where its record is damaged.
fn item(stored: &StoredRun) -> Option<Value> {
    let start: ExecutionStart = serde_json::from_str(&stored.start).ok()?;
    Some(object(vec![
        ("executionArn", json!(start.execution_arn)),
        ("stateMachineArn", json!(start.state_machine_arn)),
        (
            "stateMachineVersionArn",
            json!(start.started_as.as_ref().map(|by| &by.version_arn)),
        ),
        (
            "stateMachineAliasArn",
            json!(start.started_as.as_ref().and_then(|by| by.alias_arn.as_ref())),
        ),
        ("name", json!(start.name)),
        ("status", json!(stored.standing.status)),
        ("startDate", date(stored.started)),
        ("stopDate", stored.standing.ended.map_or(Value::Null, date)),
        ("redriveCount", json!(0)),
    ]))
}
