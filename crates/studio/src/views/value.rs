//! Values on their way to the page: text, cut where it is long, with a handle for the rest.
//!
//! A handle says how to find the value again: `input`, `output`, `data/frame/visit/attempt/stage/state` (a stage of a
//! visit; attempt 0 is the last), `context/…`, `variable/…/name/state`.

use ::runtime::run::{Run, RunState};
use ::runtime::visit::Which;
use asl::value::Value;
use engine::{ExecutionStatus, FrameId};

use crate::contract::{JsonChecked, ValueView};

/// Text sent without being asked for.
const PREVIEW: usize = 64 << 10;

/// The value, whole where it is short.
pub(super) fn view(value: &Value, handle: impl FnOnce() -> String) -> ValueView {
    let bytes = value.measure().bytes;
    let mut text = value.to_json_pretty();
    let is_cut = text.len() > PREVIEW;
    if is_cut {
        text.truncate(text.floor_char_boundary(PREVIEW));
    }
    ValueView {
        text,
        bytes: u32::try_from(bytes).unwrap_or(u32::MAX),
        handle: is_cut.then(handle),
    }
}

/// The whole text of the value that a handle names.
pub(crate) fn value_of_handle(run: &Run, handle: &str) -> Option<String> {
    let state = run.state();
    let value = match handle {
        "input" => state.input().clone(),
        "output" => match state.status() {
            ExecutionStatus::Succeeded { output } => output.clone(),
            _ => return None,
        },
        _ => of_visit(&state, handle)?,
    };
    Some(value.to_json_pretty())
}

fn of_visit(state: &RunState, handle: &str) -> Option<Value> {
    let mut parts = handle.splitn(6, '/');
    let kind = parts.next()?;
    let frame = FrameId(parts.next()?.parse().ok()?);
    let visit = parts.next()?.parse().ok()?;
    let attempt: u32 = parts.next()?.parse().ok()?;
    let what = parts.next()?;
    let id = state.machine().state_named(parts.next()?)?;
    let which = Which {
        frame: Some(frame),
        visit: Some(visit),
        attempt: (attempt > 0).then_some(attempt),
    };
    let data = state.visit_data(id, which).ok()??;
    match kind {
        "data" => {
            let mut stages = data.stages.into_iter();
            stages.find(|data| data.stage.name() == what)?.value
        }
        "context" => Some(data.inspection?.context),
        "variable" => {
            let variables = data.inspection?.variables;
            variables
                .into_iter()
                .find(|(name, _)| &**name == what)
                .map(|(_, value)| value)
        }
        _ => None,
    }
}

pub(crate) fn json_checked(text: &str) -> JsonChecked {
    match Value::parse(text) {
        Ok(value) => JsonChecked {
            problem: None,
            offset: None,
            bytes: u32::try_from(value.measure().bytes).unwrap_or(u32::MAX),
        },
        Err(error) => {
            let before = text.get(..error.offset).unwrap_or(text);
            JsonChecked {
                problem: Some(format!(
                    "Line {}, column {}: {}.",
                    error.line, error.column, error.message
                )),
                offset: Some(u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)),
                bytes: u32::try_from(text.len()).unwrap_or(u32::MAX),
            }
        }
    }
}
