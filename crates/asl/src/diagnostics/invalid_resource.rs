//! SW0028: a Task's `Resource` is not the ARN of a function, an activity or a service integration.

use super::check::{Check, is_open, shown};
use super::{Diagnostic, Severity};
use crate::fields::Owner;
use crate::machine::Resource;
use crate::text::Kind;

const CODE: &str = "SW0028";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in check.objects.iter().filter(|object| object.owner == Owner::Task) {
        let Some(value) = object.get("Resource") else {
            continue;
        };
        if value.kind() != Kind::String || is_open(value) || Resource::parse(&value.text()).is_some() {
            continue;
        }
        let message = format!(
            "\"Resource\" is {}; it must be the ARN of a Lambda function, an activity or a service integration",
            shown(value)
        );
        found.push(check.about(CODE, Severity::Error, value, message));
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
        for right in [
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
