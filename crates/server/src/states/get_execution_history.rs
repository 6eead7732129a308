//! GetExecutionHistory: the committed events of a Standard execution, a page at a time, from either end.

use runtime::store::{StoredRun, Stream};
use serde_json::{Map, Value, json};

use super::{Answer, Context, date, describe_execution, object};
use crate::fault::Fault;
use crate::members::{Member, Request, Rule, optional, required};
use crate::page::Page;

pub(super) const MEMBERS: &[Member] = &[
    required("executionArn", Rule::Text(1, 256)),
    optional("maxResults", Rule::Integer(0, 1000)),
    optional("reverseOrder", Rule::Flag),
    optional("nextToken", Rule::Text(1, 1024)),
    optional("includeExecutionData", Rule::Flag),
];

/// Members of details that hold an execution's data.
const DATA: &[&str] = &["input", "output", "parameters", "assignedVariables"];

pub(super) fn perform(context: &Context, request: &Request) -> Answer {
    let stored = describe_execution::find(context, request)?;
    let reverse = request.flag("reverseOrder");
    let page = Page::of(request, format!("GetExecutionHistory {} {reverse}", stored.row))?;
    let count = context.runtime.store().count(stored.row, Stream::Events)?;
    let limit = u32::try_from(page.limit).unwrap_or(u32::MAX);
    let begin = page.begin.and_then(|begin| u32::try_from(begin).ok());
    // A token names the event before which the rest lies, counted from the end that is read from.
    let (from, many, next) = if reverse {
        let end = begin.unwrap_or(count).min(count);
        let from = end.saturating_sub(limit);
        (from, end - from, (from > 0).then_some(from))
    } else {
        let from = begin.unwrap_or(0).min(count);
        let end = from.saturating_add(limit).min(count);
        (from, end - from, (end < count).then_some(end))
    };
    let with_data = request.get("includeExecutionData") != Some(&Value::Bool(false));
    let mut events = events(context, &stored, from, many, with_data)?;
    if reverse {
        events.reverse();
    }
    Ok(object(vec![
        ("events", Value::Array(events)),
        ("nextToken", json!(next.map(|next| page.token(i64::from(next))))),
    ]))
}

fn events(
    context: &Context,
    stored: &StoredRun,
    from: u32,
    many: u32,
    with_data: bool,
) -> Result<Vec<Value>, Fault> {
    let store = context.runtime.store();
    let kept =
        runtime::record::events_of(store, stored.row, from, many).map_err(|error| Fault::internal(&error))?;
    kept.iter()
        .map(|kept| {
            let mut event: Map<String, Value> =
                serde_json::from_str(&kept.to_json()).map_err(|error| Fault::internal(&error))?;
            event.insert("timestamp".into(), date(kept.at));
            if !with_data {
                leave_out_data(&mut event);
            }
            Ok(Value::Object(event))
        })
        .collect()
}

fn leave_out_data(event: &mut Map<String, Value>) {
    for details in event.values_mut().filter_map(Value::as_object_mut) {
        details.retain(|name, _| !DATA.contains(&name.as_str()));
    }
}
