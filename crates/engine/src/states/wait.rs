//! Wait: for a number of seconds, or until a moment.

use asl::expr::{Path, Timestamp as Moment};
use asl::machine::states::Wait;
use asl::value::Value;

use super::{Done, Step};
use crate::failure::Failure;
use crate::frame::Waiting;
use crate::timers::Timer;
use crate::{Boundary, ChangeKind, Timestamp};

/// Finds out whether there is something to wait for, so that errors come before the boundary `Wait`.
pub(super) fn prepare(step: &mut Step<'_>, own: &Wait) -> Done {
    until(step, own)?;
    if !step.is_jsonata() {
        step.finish_with_input()?;
    }
    step.frame.at = Boundary::Wait;
    Ok(())
}

/// Begins to wait; what is over already is not waited for. In JSONata `Output` is evaluated when the time is over.
pub(super) fn begin(step: &mut Step<'_>) {
    step.frame.at = if step.is_jsonata() {
        Boundary::Result
    } else {
        Boundary::Exit
    };
    let asl::machine::StateKind::Wait(own) = &step.state.kind else {
        return;
    };
    // `prepare` found a moment; only an edited variable could make it fail now, and then nothing is waited for.
    let Ok(until) = until(step, own) else { return };
    if until > step.run.now {
        step.run.timers.set(step.frame.id, Timer::Wait, until);
        step.wait(Waiting::Until(until));
        step.run
            .change(step.frame, ChangeKind::WaitingUntil { at: until });
    }
}

/// The moment at which the waiting ends, if it begins now.
fn until(step: &Step<'_>, own: &Wait) -> Result<Timestamp, Failure> {
    match own {
        Wait::Seconds(seconds) => Ok(step.run.now.plus_seconds(*seconds)),
        Wait::Timestamp(moment) => Ok(Timestamp(moment.millis())),
        Wait::SecondsPath(path) => Ok(step.run.now.plus_seconds(seconds(step, path)?)),
        Wait::TimestampPath(path) => moment(step, path),
        Wait::SecondsJsonata(expression) => {
            let seconds = step.expression(&step.view(), expression, "Seconds", "integer", whole_seconds)?;
            Ok(step.run.now.plus_seconds(seconds))
        }
        Wait::TimestampJsonata(expression) => {
            let text = |value: &Value| value.as_text().cloned();
            let text = step.expression(&step.view(), expression, "Timestamp", "string", text)?;
            let moment = Moment::parse(&text).map(|moment| Timestamp(moment.millis()));
            moment.ok_or_else(|| {
                let cause = format!(
                    "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {text}"
                );
                Failure::query(step.frame, &step.state.name, &cause, Some("Timestamp"))
            })
        }
    }
}

/// From 0 up to what the service lets a state wait.
fn whole_seconds(value: &Value) -> Option<u64> {
    value
        .as_u64()
        .filter(|seconds| *seconds <= aws::quotas::MAX_SECONDS)
}

fn seconds(step: &Step<'_>, path: &Path) -> Result<u64, Failure> {
    let value = find(step, "SecondsPath", path)?;
    let (text, shown) = (path.text(), plain(&value));
    if let Some(seconds) = value.as_u64() {
        return Ok(seconds);
    }
    Err(step.runtime(&match value.as_i64() {
        Some(_) => format!("The SecondsPath parameter references a negative value: {text} == {shown}"),
        None => format!("The SecondsPath parameter cannot be parsed as a long value: {text} == {shown}"),
    }))
}

fn moment(step: &Step<'_>, path: &Path) -> Result<Timestamp, Failure> {
    let value = find(step, "TimestampPath", path)?;
    let moment = value.as_str().and_then(Moment::parse);
    moment.map(|moment| Timestamp(moment.millis())).ok_or_else(|| {
        step.runtime(&format!(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {} == {}",
            path.text(),
            plain(&value)
        ))
    })
}

fn find(step: &Step<'_>, field: &str, path: &Path) -> Result<Value, Failure> {
    let found = path
        .find(step.frame.data.effective(), &step.view())
        .map_err(|error| step.evaluation(&error))?;
    found.ok_or_else(|| {
        step.runtime(&format!(
            "The {field} parameter does not reference an input value: {}",
            path.text()
        ))
    })
}

/// A value as the service shows it in such texts: text without quotes, all else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_json(), str::to_owned)
}
