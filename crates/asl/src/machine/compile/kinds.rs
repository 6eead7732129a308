//! What a state does, how data flows through it, and what it does with errors.

use super::fields::{Fields, wrong};
use super::{Compiled, Compiler, is_jsonata, scope_id};
use crate::definition::{StateOutline, TransitionKind};
use crate::expr::{Condition, Timestamp};
use crate::machine::states::{
    Choice, Fail, ItemBatcher, ItemReader, Items, Map, Mode, Parallel, Pass, ResultWriter, Rule, StateKind,
    Succeed, Task, Test, Wait,
};
use crate::machine::{Catcher, DataFlow, Jitter, Resource, Retrier};
use crate::text::Node;
use crate::words::StateType;

pub(super) fn kind<'t>(
    compiler: &Compiler<'t>,
    outline: &StateOutline,
    fields: &Fields<'t>,
) -> Compiled<'t, StateKind> {
    let Some(kind) = outline.state_type else {
        return Err(wrong(fields.node, "the state has no known \"Type\"".into()));
    };
    Ok(match kind {
        StateType::Pass => StateKind::Pass(Pass {
            result: fields.value("Result")?,
        }),
        StateType::Task => StateKind::Task(task(fields)?),
        StateType::Choice => StateKind::Choice(choice(compiler, outline, fields)?),
        StateType::Wait => StateKind::Wait(wait(fields)?),
        StateType::Succeed => StateKind::Succeed(Succeed {}),
        StateType::Fail => StateKind::Fail(Fail {
            error: fields.text_setting("Error")?,
            cause: fields.text_setting("Cause")?,
        }),
        StateType::Parallel => StateKind::Parallel(Parallel {
            branches: outline.scopes.iter().copied().map(scope_id).collect(),
        }),
        StateType::Map => StateKind::Map(Box::new(map(outline, fields)?)),
    })
}

fn task<'t>(fields: &Fields<'t>) -> Compiled<'t, Task> {
    let node = fields.get("Resource").unwrap_or(fields.node);
    let resource = Resource::parse(&node.text()).ok_or_else(|| {
        wrong(
            node,
            format!(
                "\"Resource\" is {}, which names nothing that can be called",
                node.text()
            ),
        )
    })?;
    Ok(Task {
        resource,
        timeout: fields.whole_setting("TimeoutSeconds")?,
        heartbeat: fields.whole_setting("HeartbeatSeconds")?,
        credentials: fields.payload("Credentials")?,
    })
}

fn choice<'t>(compiler: &Compiler<'t>, outline: &StateOutline, fields: &Fields<'t>) -> Compiled<'t, Choice> {
    let mut rules = Vec::new();
    for (index, node) in fields
        .get("Choices")
        .into_iter()
        .flat_map(Node::items)
        .enumerate()
    {
        let rule = fields.inside(node);
        let next = compiler
            .target(outline, TransitionKind::Rule(index))
            .ok_or_else(|| wrong(node, "the rule's \"Next\" names no state".into()))?;
        rules.push(Rule {
            test: test(&rule)?,
            next,
            assign: rule.payload("Assign")?,
            output: match is_jsonata(rule.language) {
                true => rule.jsonata("Output")?,
                false => None,
            },
        });
    }
    Ok(Choice {
        rules,
        default: compiler.target(outline, TransitionKind::Default),
    })
}

fn test<'t>(rule: &Fields<'t>) -> Compiled<'t, Test> {
    if is_jsonata(rule.language) {
        if let Some(expression) = rule.expression("Condition")? {
            return Ok(Test::Jsonata(expression));
        }
        let always = rule.value("Condition")?.and_then(|value| value.as_bool());
        return always.map(Test::Always).ok_or_else(|| {
            wrong(
                rule.node,
                "\"Condition\" must be an expression or a boolean".into(),
            )
        });
    }
    let value = rule
        .node
        .to_value()
        .ok_or_else(|| wrong(rule.node, "the rule can't be read".into()))?;
    Condition::compile(&value)
        .map(Test::JsonPath)
        .map_err(|error| wrong(rule.node, error.to_string()))
}

fn wait<'t>(fields: &Fields<'t>) -> Compiled<'t, Wait> {
    if let Some(expression) = fields.expression("Seconds")? {
        return Ok(Wait::SecondsJsonata(expression));
    }
    if let Some(expression) = fields.expression("Timestamp")? {
        return Ok(Wait::TimestampJsonata(expression));
    }
    if let Some(path) = fields.path("SecondsPath")? {
        return Ok(Wait::SecondsPath(path));
    }
    if let Some(path) = fields.path("TimestampPath")? {
        return Ok(Wait::TimestampPath(path));
    }
    if let Some(text) = fields.text("Timestamp")? {
        let node = fields.get("Timestamp").unwrap_or(fields.node);
        let moment = Timestamp::parse(&text);
        return moment.map(Wait::Timestamp).ok_or_else(|| {
            wrong(
                node,
                format!("\"Timestamp\" is {text}; write it as 2026-03-01T12:00:00Z"),
            )
        });
    }
    let seconds = fields.integer("Seconds")?;
    seconds
        .map(Wait::Seconds)
        .ok_or_else(|| wrong(fields.node, "the state does not say how long to wait".into()))
}

fn map<'t>(outline: &StateOutline, fields: &Fields<'t>) -> Compiled<'t, Map> {
    let processor = outline.scopes.first().copied().map(scope_id);
    let processor =
        processor.ok_or_else(|| wrong(fields.node, "the state has no \"ItemProcessor\"".into()))?;
    // `Iterator` is the processor's older name.
    let config = fields
        .get("ItemProcessor")
        .or_else(|| fields.get("Iterator"))
        .and_then(|node| node.get("ProcessorConfig"));
    let setting = |name: &str| {
        config
            .and_then(|node| node.get(name))
            .map(|node| node.text().into_owned())
    };
    let mode = match setting("Mode").as_deref() {
        Some("DISTRIBUTED") => Mode::Distributed {
            express: setting("ExecutionType").as_deref() == Some("EXPRESS"),
        },
        _ => Mode::Inline,
    };
    let items = match is_jsonata(fields.language) {
        true => fields.jsonata("Items")?.map_or(Items::Input, Items::Jsonata),
        false => Items::Path(fields.path_field("ItemsPath")?),
    };
    Ok(Map {
        processor,
        mode,
        items,
        item_selector: match fields.payload("ItemSelector")? {
            Some(selector) => Some(selector),
            // The older name, from when it had no effective input of its own.
            None => fields.payload("Parameters")?,
        },
        max_concurrency: fields.whole_setting("MaxConcurrency")?,
        tolerated_failure_percentage: fields.number_setting("ToleratedFailurePercentage")?,
        tolerated_failure_count: fields.whole_setting("ToleratedFailureCount")?,
        label: fields.text("Label")?,
        item_reader: fields
            .get("ItemReader")
            .map(|node| reader(&fields.inside(node)))
            .transpose()?,
        item_batcher: fields
            .get("ItemBatcher")
            .map(|node| batcher(&fields.inside(node)))
            .transpose()?,
        result_writer: fields
            .get("ResultWriter")
            .map(|node| writer(&fields.inside(node)))
            .transpose()?,
    })
}

fn reader<'t>(fields: &Fields<'t>) -> Compiled<'t, ItemReader> {
    Ok(ItemReader {
        resource: fields.text("Resource")?.unwrap_or_default(),
        parameters: parameters(fields)?,
        config: fields.value("ReaderConfig")?,
    })
}

fn batcher<'t>(fields: &Fields<'t>) -> Compiled<'t, ItemBatcher> {
    Ok(ItemBatcher {
        max_items: fields.whole_setting("MaxItemsPerBatch")?,
        max_bytes: fields.whole_setting("MaxInputBytesPerBatch")?,
        batch_input: fields.payload("BatchInput")?,
    })
}

fn writer<'t>(fields: &Fields<'t>) -> Compiled<'t, ResultWriter> {
    Ok(ResultWriter {
        resource: fields.text("Resource")?,
        parameters: parameters(fields)?,
        config: fields.value("WriterConfig")?,
    })
}

fn parameters<'t>(fields: &Fields<'t>) -> Compiled<'t, Option<crate::machine::Payload>> {
    match fields.payload("Arguments")? {
        Some(arguments) => Ok(Some(arguments)),
        None => fields.payload("Parameters"),
    }
}

pub(super) fn data_flow<'t>(outline: &StateOutline, fields: &Fields<'t>) -> Compiled<'t, DataFlow> {
    if is_jsonata(fields.language) {
        return Ok(DataFlow {
            parameters: fields.payload("Arguments")?,
            assign: fields.payload("Assign")?,
            output: fields.jsonata("Output")?,
            ..DataFlow::default()
        });
    }
    // A Map's older Parameters are its ItemSelector.
    let is_map = outline.state_type == Some(StateType::Map);
    Ok(DataFlow {
        input_path: fields.path_field("InputPath")?,
        parameters: if is_map {
            None
        } else {
            fields.payload("Parameters")?
        },
        result_selector: fields.template("ResultSelector")?,
        result_path: fields.result_path()?,
        output_path: fields.path_field("OutputPath")?,
        assign: fields.payload("Assign")?,
        output: None,
    })
}

pub(super) fn retriers<'t>(fields: &Fields<'t>) -> Compiled<'t, Vec<Retrier>> {
    let entries = fields.get("Retry").into_iter().flat_map(Node::items);
    entries
        .map(|node| {
            let retrier = fields.inside(node);
            Ok(Retrier {
                error_equals: retrier.texts("ErrorEquals"),
                interval_seconds: retrier.integer("IntervalSeconds")?.unwrap_or(1),
                max_attempts: retrier.integer("MaxAttempts")?.unwrap_or(3),
                backoff_rate: retrier.number("BackoffRate")?.unwrap_or(2.0),
                max_delay_seconds: retrier.integer("MaxDelaySeconds")?,
                jitter: match retrier.text("JitterStrategy")?.as_deref() {
                    Some("FULL") => Jitter::Full,
                    _ => Jitter::None,
                },
            })
        })
        .collect()
}

pub(super) fn catchers<'t>(
    compiler: &Compiler<'t>,
    outline: &StateOutline,
    fields: &Fields<'t>,
) -> Compiled<'t, Vec<Catcher>> {
    let entries = fields.get("Catch").into_iter().flat_map(Node::items).enumerate();
    entries
        .map(|(index, node)| {
            let catcher = fields.inside(node);
            let next = compiler.target(outline, TransitionKind::Catch(index));
            Ok(Catcher {
                error_equals: catcher.texts("ErrorEquals"),
                next: next.ok_or_else(|| wrong(node, "the catcher's \"Next\" names no state".into()))?,
                result_path: catcher.result_path()?,
                assign: catcher.payload("Assign")?,
                output: match is_jsonata(catcher.language) {
                    true => catcher.jsonata("Output")?,
                    false => None,
                },
            })
        })
        .collect()
}
