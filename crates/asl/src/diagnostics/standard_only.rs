//! SW0039: an Express execution can't do this: wait for a job or a token, give work to an activity, or fan out with a
//! Distributed Map. (Developer guide, "Choosing workflow type".)

use super::check::{Check, is_open};
use super::{Diagnostic, Severity, said};
use crate::definition::ScopeIx;
use crate::machine::{Pattern, Resource};
use crate::text::Node;
use crate::words::{MachineType, ScopeRole, StateType};

const CODE: &str = "SW0039";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let express = express_scopes(check);
    if !express.contains(&true) {
        return;
    }
    for state in &check.definition.states {
        let (true, Some(node)) = (express[state.scope.index()], state.node) else {
            continue;
        };
        let node = check.tree.node(node);
        let problem = match state.state_type {
            Some(StateType::Task) => resource(node),
            Some(StateType::Map) => distributed(node),
            _ => None,
        };
        if let Some((node, what)) = problem {
            let message = format!(
                "an Express workflow has no {}; make it Standard, or call without waiting",
                what.name()
            );
            let diagnostic = check.about(CODE, Severity::Error, node, message);
            found.push(diagnostic.said(said::SCHEMA, node, what.said()));
        }
    }
}

/// Which scopes run in an Express execution: all of an Express machine, and the processor of a Distributed Map that
/// asks for it, with what is inside.
fn express_scopes(check: &Check<'_>) -> Vec<bool> {
    let mut express = vec![false; check.definition.scopes.len()];
    for index in 0..express.len() {
        let scope = check.definition.scope(ScopeIx(index as u32));
        // An owner's scope comes before what is inside it.
        let around = match scope.owner {
            Some(owner) => express[check.definition.at(owner).scope.index()],
            None => check.known.machine_type == Some(MachineType::Express),
        };
        let own = scope.node.and_then(|node| execution_type(check.tree.node(node)));
        express[index] = match (scope.role, own) {
            (ScopeRole::Processor, Some(own)) => own == MachineType::Express,
            _ => around,
        };
    }
    express
}

/// The type of the child executions of a Distributed Map; none where the Map is inline.
fn execution_type(processor: Node<'_>) -> Option<MachineType> {
    let config = processor.get("ProcessorConfig")?;
    let word = |field: &str| config.get(field).map(|word| word.text().into_owned());
    (word("Mode")? == "DISTRIBUTED").then(|| match word("ExecutionType").as_deref() {
        Some("EXPRESS") => MachineType::Express,
        _ => MachineType::Standard,
    })
}

/// What only a Standard execution can do.
enum What {
    Activity,
    Waiting(Pattern),
    DistributedMap,
}

impl What {
    fn name(&self) -> String {
        match self {
            What::Activity => "activities".to_owned(),
            What::Waiting(pattern) => format!("\"{}\"", suffix(*pattern)),
            What::DistributedMap => "Distributed Map".to_owned(),
        }
    }

    /// The service's sentence; the blank at the end of the second is its own (recorded).
    fn said(&self) -> String {
        match self {
            What::Activity => "Express state machine does not support Activity ARN".to_owned(),
            What::Waiting(pattern) => format!(
                "Express state machine does not support '{}' service integration ",
                suffix(*pattern)
            ),
            What::DistributedMap => {
                "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines"
                    .to_owned()
            }
        }
    }
}

/// `.sync` for both ways to wait for a job.
fn suffix(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Sync2 => Pattern::Sync.suffix(),
        pattern => pattern.suffix(),
    }
}

fn resource(task: Node<'_>) -> Option<(Node<'_>, What)> {
    let node = task.get("Resource").filter(|node| !is_open(*node))?;
    let what = match Resource::parse(&node.text())? {
        Resource::Activity { .. } => What::Activity,
        Resource::Integration { pattern, .. } if pattern != Pattern::RequestResponse => {
            What::Waiting(pattern)
        }
        Resource::Integration { .. } => return None,
        Resource::Function { .. } => return None,
    };
    Some((node, what))
}

fn distributed(map: Node<'_>) -> Option<(Node<'_>, What)> {
    let processor = map.get("ItemProcessor")?;
    execution_type(processor)?;
    let mode = processor.get("ProcessorConfig")?.get("Mode")?;
    Some((mode, What::DistributedMap))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::Known;
    use crate::diagnostics::tests::{check, check_known, state};
    use crate::words::MachineType;

    fn express(text: &str, expected: &[&str]) {
        let known = Known {
            machine_type: Some(MachineType::Express),
            ..Known::default()
        };
        check_known(CODE, text, &known, expected);
    }

    fn task(resource: &str) -> String {
        state(&format!(
            r#""Type": "Task", "Resource": "{resource}", "End": true"#
        ))
    }

    #[test]
    fn table() {
        for (resource, what) in [
            ("arn:aws:states:::states:startExecution.sync:2", "\".sync\""),
            ("arn:aws:states:::ecs:runTask.sync", "\".sync\""),
            (
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "\".waitForTaskToken\"",
            ),
            (
                "arn:aws:states:eu-west-1:123456789012:activity:sign",
                "activities",
            ),
        ] {
            let message = format!(
                "/States/A/Resource: an Express workflow has no {what}; make it Standard, or call without waiting"
            );
            express(&task(resource), &[&message]);
            check(CODE, &task(resource), &[]);
        }
        express(&task("arn:aws:states:::sqs:sendMessage"), &[]);
        express(&task("${Resource}"), &[]);
    }

    #[test]
    fn children_of_a_distributed_map() {
        let map = |execution_type: &str| {
            state(&format!(
                r#""Type": "Map", "End": true, "ItemProcessor": {{
                "ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "{execution_type}"}}, "StartAt": "T",
                "States": {{"T": {{"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true}}}}}}"#
            ))
        };
        check(
            CODE,
            &map("EXPRESS"),
            &[
                "/States/A/ItemProcessor/States/T/Resource: an Express workflow has no \".sync\"; make it Standard, or call without waiting",
            ],
        );
        check(CODE, &map("STANDARD"), &[]);
        express(
            &map("STANDARD"),
            &[
                "/States/A/ItemProcessor/ProcessorConfig/Mode: an Express workflow has no Distributed Map; make it Standard, or call without waiting",
            ],
        );
    }
}
