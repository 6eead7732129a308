//! ListStateMachines, newest first.

use serde_json::json;

use super::{Answer, Context, date, object};
use crate::members::Request;
use crate::page::Page;

pub(super) fn perform(context: &Context, request: &Request) -> Answer {
    let page = Page::of(request, "ListStateMachines")?;
    let (machines, next) = page.cut(context.runtime.registry().machines()?);
    let machines: Vec<_> = machines
        .iter()
        .map(|machine| {
            json!({
                "stateMachineArn": machine.arn,
                "name": machine.name,
                "type": machine.kind,
                "creationDate": date(machine.created),
            })
        })
        .collect();
    Ok(object(vec![
        ("stateMachines", json!(machines)),
        ("nextToken", json!(next)),
    ]))
}
