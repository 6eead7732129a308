//! StartExecution. The same name and input, while the first execution runs, gives the first execution.

use asl::value::Value;
use runtime::StartMachine;
use serde_json::json;

use super::{Answer, Context, date};
use crate::fault::Fault;
use crate::json_fault;
use crate::members::{Member, Request, Rule, optional, required};
use crate::names;

pub(super) const MEMBERS: &[Member] = &[
    required("stateMachineArn", Rule::Text(1, 256)),
    optional("name", Rule::Text(1, 80)),
    optional("input", Rule::Text(0, 262_144)),
    optional("traceHeader", Rule::Text(0, 256)),
    optional("includedData", Rule::OneOf(&["ALL_DATA", "METADATA_ONLY"])),
];

pub(super) async fn perform(context: &Context, request: &Request) -> Answer {
    let started = context.runtime.start_machine(wish(request)?).await?;
    Ok(json!({"executionArn": started.arn, "startDate": date(started.started)}))
}

/// What is to be started.
pub(super) fn wish(request: &Request) -> Result<StartMachine, Fault> {
    let arn = names::arn(request.needed("stateMachineArn"), &["stateMachine"])?;
    let name = request.text("name").map(names::name).transpose()?;
    Ok(StartMachine {
        arn: arn.to_owned(),
        name: name.map(str::to_owned),
        input: input(request.text("input"))?,
        by: None,
    })
}

/// An execution's input; absent is `{}`.
pub(super) fn input(text: Option<&str>) -> Result<Value, Fault> {
    match text {
        None => Ok(Value::empty_object()),
        Some("") => Err(Fault::invalid_input("Invalid execution input.")),
        Some(text) => json_fault::parse(text).map_err(|fault| Fault::invalid_input(&fault.message)),
    }
}
