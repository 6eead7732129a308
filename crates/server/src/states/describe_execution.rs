//! DescribeExecution: how a Standard execution stands, as committed to the record.

use engine::{ExecutionKind, ExecutionStart};
use runtime::store::StoredRun;
use serde_json::{Value, json};

use super::{Answer, Context, date, object};
use crate::fault::Fault;
use crate::members::Request;
use crate::names;

pub(super) fn perform(context: &Context, request: &Request) -> Answer {
    let stored = find(context, request)?;
    let view = View::of(&stored)?;
    let with_data = request.text("includedData") != Some("METADATA_ONLY");
    let included = json!({"included": with_data});
    let succeeded = stored.standing.output.is_some();
    let (redrivable, reason) = view.redrive();
    let (version, alias) = view.started_as();
    Ok(object(vec![
        ("executionArn", json!(view.start.execution_arn)),
        ("stateMachineArn", view.machine_arn()),
        ("name", view.name()),
        ("status", view.status()),
        ("startDate", date(stored.started)),
        ("stopDate", stored.standing.ended.map_or(Value::Null, date)),
        ("input", if with_data { view.input() } else { Value::Null }),
        ("inputDetails", included.clone()),
        ("output", if with_data { view.output() } else { Value::Null }),
        ("outputDetails", if succeeded { included } else { Value::Null }),
        ("error", view.error()),
        ("cause", view.cause()),
        ("stateMachineVersionArn", version),
        ("stateMachineAliasArn", alias),
        ("redriveCount", json!(0)),
        ("redriveStatus", json!(redrivable)),
        ("redriveStatusReason", json!(reason)),
    ]))
}

/// The Standard execution that a request is about.
pub(super) fn find(context: &Context, request: &Request) -> Result<StoredRun, Fault> {
    let arn = names::arn(request.needed("executionArn"), &["execution"])?;
    context
        .runtime
        .execution(arn)?
        .ok_or_else(|| Fault::no_execution(arn))
}

/// What is shown of an execution.
pub(super) struct View<'a> {
    stored: &'a StoredRun,
    start: ExecutionStart,
}

impl<'a> View<'a> {
    pub(super) fn of(stored: &'a StoredRun) -> Result<Self, Fault> {
        let start = serde_json::from_str(&stored.start).map_err(|error| Fault::internal(&error))?;
        Ok(Self { stored, start })
    }

    pub(super) fn machine_arn(&self) -> Value {
        json!(self.start.state_machine_arn)
    }

    pub(super) fn name(&self) -> Value {
        json!(self.start.name)
    }

    pub(super) fn status(&self) -> Value {
        json!(self.stored.standing.status)
    }

    pub(super) fn input(&self) -> Value {
        json!(self.start.input.to_json())
    }

    pub(super) fn output(&self) -> Value {
        json!(self.stored.standing.output)
    }

    pub(super) fn error(&self) -> Value {
        json!(self.stored.standing.error)
    }

    pub(super) fn cause(&self) -> Value {
        json!(self.stored.standing.cause)
    }

    /// The version and the alias that it was started by.
    fn started_as(&self) -> (Value, Value) {
        self.start
            .started_as
            .as_ref()
            .map_or((Value::Null, Value::Null), |by| {
                (json!(by.version_arn), json!(by.alias_arn))
            })
    }

    /// Whether it could be redriven, and why not.
    fn redrive(&self) -> (&'static str, Option<String>) {
        let status = self.stored.standing.status.as_str();
        let redrivable = self.start.kind == ExecutionKind::Standard
            && matches!(status, "FAILED" | "TIMED_OUT" | "ABORTED");
        if redrivable {
            ("REDRIVABLE", None)
        } else {
            let reason = format!("Execution is {status} and cannot be redriven");
            ("NOT_REDRIVABLE", Some(reason))
        }
    }
}
