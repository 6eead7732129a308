//! Map, inline: the processor runs once for each item, so many at a time as `MaxConcurrency` allows; the result is the array of
//! the outputs in the order of the items.

use asl::expr::Path;
use asl::machine::states::{Items, Map, Mode};
use asl::machine::{PathField, Setting};
use asl::value::Value;

use super::scope::{self, Spawn};
use super::{Done, Step};
use crate::context::View;
use crate::failure::Failure;
use crate::frame::{Children, MapItem};
use crate::{EventDetails, EventId, EventType, MapPlan};

/// What the service says of a Map that runs its items as executions of their own is for a later version.
const DISTRIBUTED: &str = "Distributed Map is not supported yet; set ItemProcessor.ProcessorConfig.Mode to INLINE to run the items within this execution.";

pub(super) fn begin(step: &mut Step<'_>, own: &Map) -> Done {
    let begun = iterate(step, own);
    // Recorded: where JSONata fails, the Map counts as begun, and ends with `MapStateFailed`.
    if begun.as_ref().is_err_and(Failure::is_of_query) && step.frame.children.is_none() {
        step.frame.children = Some(Box::new(Children::of(0, 0)));
    }
    begun
}

fn iterate(step: &mut Step<'_>, own: &Map) -> Done {
    if own.item_reader.is_some() {
        return Err(step.runtime(DISTRIBUTED));
    }
    let view = step.view();
    let items = items(step, &view, own)?;
    let concurrency = concurrency(step, &view, own)?;
    let results = vec![None; items.as_array().map_or(0, |items| items.len())];
    let length = u32::try_from(results.len()).unwrap_or(u32::MAX);
    let after = step.emit(EventType::MapStateStarted, EventDetails::MapStarted { length });
    let tolerated = tolerated(step, &step.view(), own, length)?;
    if let Mode::Distributed { .. } = own.mode {
        return Err(step.runtime(DISTRIBUTED));
    }
    step.frame.children = Some(Box::new(Children {
        results,
        items: Some(items),
        tolerated,
        ..Children::of(0, concurrency)
    }));
    scope::go_on(step, after);
    scope::await_children(step);
    Ok(())
}

/// What a Map would do with its input, without doing it.
pub(crate) fn plan(step: &Step<'_>, own: &Map) -> Result<MapPlan, Failure> {
    let view = step.view();
    let items = match &own.item_reader {
        Some(_) => None,
        None => Some(items(step, &view, own)?),
    };
    Ok(MapPlan {
        items,
        max_concurrency: concurrency_asked_for(step, &view, own)?,
        tolerated_count: tolerated_count(step, &view, own)?.map(u64::from),
        tolerated_percentage: tolerated_percentage(step, &view, own)?,
    })
}

/// Begins as many iterations as there is room for. They follow from `after`.
pub(super) fn start_iterations(step: &mut Step<'_>, own: &Map, after: EventId) -> Done {
    while let Some(item) = next_item(step) {
        let input = match &own.item_selector {
            Some(selector) => {
                let view = View::of_item(step.run, step.frame, &item);
                step.payload(&view, selector, "ItemSelector", step.frame.data.parameters())?
            }
            None => item.value.clone(),
        };
        scope::spawn(
            step,
            Spawn {
                scope: own.processor,
                index: item.index,
                input,
                item: Some(item),
                after,
            },
        );
    }
    Ok(())
}

/// The next item, if there is one and room for it.
fn next_item(step: &mut Step<'_>) -> Option<MapItem> {
    let children = step.frame.children.as_deref_mut()?;
    if children.running() >= children.concurrency {
        return None;
    }
    let index = children.next;
    let value = children.items.as_ref()?.item(index as usize)?.clone();
    children.next += 1;
    Some(MapItem { index, value })
}

/// The items: an array.
fn items(step: &Step<'_>, view: &View<'_>, own: &Map) -> Result<Value, Failure> {
    let effective = step.frame.data.parameters();
    let (value, path) = match &own.items {
        Items::Path(PathField::Whole) => (effective.clone(), "$"),
        Items::Path(PathField::Nothing) => (Value::empty_object(), "null"),
        Items::Path(PathField::Path(path)) => (evaluate(step, view, path)?, path.text()),
        Items::Input => return array(step, effective),
        Items::Jsonata(template) => {
            let list = |value: &Value| value.as_array().map(|_| value.clone());
            return match template.expression() {
                Some(expression) => step.expression(view, expression, "Items", "array", list),
                None => {
                    let items = template.evaluate("Items", &step.scope(view));
                    array(step, &items.map_err(|error| step.evaluation(&error))?)
                }
            };
        }
    };
    match value {
        Value::Array(_) => Ok(value),
        _ => {
            // Recorded: a path into the context object is shown as it is evaluated there, with one `$`.
            let path = path
                .strip_prefix('$')
                .filter(|path| path.starts_with('$'))
                .unwrap_or(path);
            Err(step.runtime(&format!("Reference path \"{path}\" must point to array.")))
        }
    }
}

/// The items of a JSONata state, if they are an array.
fn array(step: &Step<'_>, items: &Value) -> Result<Value, Failure> {
    if items.as_array().is_some() {
        return Ok(items.clone());
    }
    let cause = format!("Map state input must be an array but was: {items}");
    Err(Failure::query(step.frame, &step.state.name, &cause, None))
}

fn concurrency(step: &Step<'_>, view: &View<'_>, own: &Map) -> Result<u32, Failure> {
    let most = step.run.start.limits.map_concurrency.max(1);
    Ok(match concurrency_asked_for(step, view, own)? {
        0 => most,
        asked => u32::try_from(asked).unwrap_or(u32::MAX).min(most),
    })
}

/// `MaxConcurrency`; 0 for no limit.
fn concurrency_asked_for(step: &Step<'_>, view: &View<'_>, own: &Map) -> Result<u64, Failure> {
    Ok(match &own.max_concurrency {
        Setting::Unset => 0,
        Setting::Literal(number) => *number,
        Setting::Path(path) => {
            let value = evaluate(step, view, path)?;
            // Recorded: the text "1" is taken for the number.
            let text = || value.as_str().and_then(|text| text.parse().ok());
            value
                .as_u64()
                .or_else(text)
                .ok_or_else(|| step.runtime(&refers("MaxConcurrencyPath", &value, "a valid integer", path)))?
        }
        Setting::Jsonata(expression) => step.expression(
            view,
            expression,
            "MaxConcurrency",
            "non-negative integer",
            Value::as_u64,
        )?,
    })
}

/// How many iterations may fail: the smaller of the count and of the percentage's share of all, 0 where neither is given.
fn tolerated(step: &Step<'_>, view: &View<'_>, own: &Map, length: u32) -> Result<u32, Failure> {
    let count = tolerated_count(step, view, own)?;
    let percentage = tolerated_percentage(step, view, own)?;
    // A share of a u32 is one; the conversion rounds down.
    let share = percentage.map(|percentage| (f64::from(length) * percentage / 100.0) as u32);
    Ok(match (count, share) {
        (Some(count), Some(share)) => count.min(share),
        (count, share) => count.or(share).unwrap_or(0),
    })
}

fn tolerated_count(step: &Step<'_>, view: &View<'_>, own: &Map) -> Result<Option<u32>, Failure> {
    let number = match &own.tolerated_failure_count {
        Setting::Unset => return Ok(None),
        Setting::Literal(number) => *number,
        Setting::Path(path) => {
            let value = evaluate(step, view, path)?;
            match value.as_i64() {
                Some(number) => u64::try_from(number)
                    .map_err(|_| step.runtime("ToleratedFailureCount cannot be negative."))?,
                None => {
                    let what = refers("ToleratedFailureCountPath", &value, "a valid integer", path);
                    return Err(step.runtime(&what));
                }
            }
        }
        Setting::Jsonata(expression) => {
            let field = "ToleratedFailureCount";
            step.expression(view, expression, field, "non-negative integer", Value::as_u64)?
        }
    };
    Ok(Some(u32::try_from(number).unwrap_or(u32::MAX)))
}

fn tolerated_percentage(step: &Step<'_>, view: &View<'_>, own: &Map) -> Result<Option<f64>, Failure> {
    let percentage = match &own.tolerated_failure_percentage {
        Setting::Unset => return Ok(None),
        Setting::Literal(percentage) => *percentage,
        Setting::Path(path) => {
            let value = evaluate(step, view, path)?;
            value.as_f64().ok_or_else(|| {
                step.runtime(&refers(
                    "ToleratedFailurePercentagePath",
                    &value,
                    "a valid float",
                    path,
                ))
            })?
        }
        Setting::Jsonata(expression) => {
            let (field, share) = ("ToleratedFailurePercentage", |number: &f64| {
                (0.0..=100.0).contains(number)
            });
            step.expression(view, expression, field, "number from 0 to 100", |value| {
                value.as_f64().filter(share)
            })?
        }
    };
    match (0.0..=100.0).contains(&percentage) {
        true => Ok(Some(percentage)),
        false => Err(step.runtime("ToleratedFailurePercentage must be between 0 and 100.")),
    }
}

fn evaluate(step: &Step<'_>, view: &View<'_>, path: &Path) -> Result<Value, Failure> {
    path.evaluate(step.frame.data.parameters(), view)
        .map_err(|error| step.evaluation(&error))
}

/// The service's text for a `…Path` field that leads to something of the wrong type.
fn refers(field: &str, value: &Value, expected: &str, path: &Path) -> String {
    let shown = value.as_str().map_or_else(|| value.to_json(), str::to_owned);
    format!(
        "The {field} field refers to value \"{shown}\" which is not {expected}: {}",
        path.text()
    )
}
