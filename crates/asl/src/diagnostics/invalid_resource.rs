//! SW0028: a Task's `Resource` is not the ARN of a function, an activity or a service integration.

use aws::integrations::{Known, actions, optimised, patterns};

use super::check::{Check, is_open, shown};
use super::{Diagnostic, Severity, said};
use crate::fields::Owner;
use crate::machine::{Pattern, Resource};
use crate::substitution::is_open as is_open_text;
use crate::text::Kind;

const CODE: &str = "SW0028";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in check.objects.iter().filter(|object| object.owner == Owner::Task) {
        let Some(value) = object.get("Resource") else {
            continue;
        };
        if value.kind() != Kind::String || is_open(value) {
            continue;
        }
        let text = value.text();
        let should = match Resource::parse(&text) {
            None => {
                "it must be the ARN of a Lambda function, an activity or a service integration".to_owned()
            }
            Some(resource) => match unknown_integration(&resource) {
                Some(should) => should,
                None => continue,
            },
        };
        let said = match text.starts_with("arn:") {
            true => format!(
                "The resource provided {text} is not recognized. The value is not a valid resource ARN, or the resource \
                 is not available in this region."
            ),
            false => "Value is not a valid resource ARN".to_owned(),
        };
        let message = format!("\"Resource\" is {}; {should}", shown(value));
        found.push(
            check
                .about(CODE, Severity::Error, value, message)
                .said(said::SCHEMA, value, said),
        );
    }
}

/// What should stand there instead of an integration that the service does not have.
fn unknown_integration(resource: &Resource) -> Option<String> {
    let Resource::Integration {
        service,
        action,
        pattern,
        ..
    } = resource
    else {
        return None;
    };
    if service.starts_with("aws-sdk:") || is_open_text(service) || is_open_text(action) {
        return None;
    }
    match optimised(service, action) {
        Known::Yes if *pattern == Pattern::RequestResponse => None,
        Known::NoSuchService => Some(format!(
            "{service} has no integration of its own; call it as arn:aws:states:::aws-sdk:{service}:{action}"
        )),
        Known::NoSuchAction => Some(format!(
            "the integration of {service} has {}; call others as arn:aws:states:::aws-sdk:{service}:{action}",
            actions(service).join(", ")
        )),
        Known::Yes => {
            let integration = format!("{service}:{action}");
            let known = patterns(&integration);
            let others: Vec<_> = known
                .iter()
                .map(|known| known.suffix())
                .filter(|suffix| !suffix.is_empty())
                .collect();
            let instead = match others.as_slice() {
                [] => String::new(),
                others => format!(", or put {} there", others.join(" or ")),
            };
            (!known.contains(pattern)).then(|| {
                format!(
                    "{integration} can't be waited for like that; leave {} out{instead}",
                    pattern.suffix()
                )
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, state};

    #[test]
    fn table() {
        let task = |resource: &str| {
            state(&format!(
                r#""Type": "Task", "Resource": "{resource}", "End": true"#
            ))
        };
        for wrong in [
            "",
            "price-order",
            "foo:bar",
            "arn:aws:s3:::bucket",
            "arn:aws:lambda:eu-west-1:1:function:f:",
        ] {
            check(
                CODE,
                &task(wrong),
                &[&format!(
                    "/States/A: \"Resource\" is \"{wrong}\"; it must be the ARN of a Lambda function, an activity or a service integration"
                )],
            );
        }
        for (wrong, should) in [
            (
                "arn:aws:states:::dynamodb:query",
                "the integration of dynamodb has deleteItem, getItem, putItem, updateItem; call others as arn:aws:states:::aws-sdk:dynamodb:query",
            ),
            (
                "arn:aws:states:::s3:getObject",
                "s3 has no integration of its own; call it as arn:aws:states:::aws-sdk:s3:getObject",
            ),
            (
                "arn:aws:states:::lambda:invoke.sync",
                "lambda:invoke can't be waited for like that; leave .sync out, or put .waitForTaskToken there",
            ),
            (
                "arn:aws:states:::athena:getQueryResults.sync",
                "athena:getQueryResults can't be waited for like that; leave .sync out",
            ),
        ] {
            check(
                CODE,
                &task(wrong),
                &[&format!("/States/A: \"Resource\" is \"{wrong}\"; {should}")],
            );
        }
        for right in [
            "arn:aws:states:::${Service}:go",
            "arn:aws:states:::states:startExecution.sync:2",
            "arn:aws:states:::lambda:invoke",
            "arn:aws-cn:states:::aws-sdk:s3:getObject",
            "arn:aws:lambda:eu-west-1:123456789012:function:f:$LATEST",
            "arn:aws:states:eu-west-1:123456789012:activity:sign",
            "${FunctionArn}",
        ] {
            check(CODE, &task(right), &[]);
        }
    }
}
