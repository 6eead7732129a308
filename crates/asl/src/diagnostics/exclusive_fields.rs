//! SW0022: two fields of which an object may have only one.

use super::check::Check;
use super::{Diagnostic, Severity, fixes, said};
use crate::fields::Owner;

const CODE: &str = "SW0022";

/// Fields that exclude each other, by object, in the order in which the service names them.
const GROUPS: &[(Owner, &[&str])] = &[
    (Owner::Task, &["TimeoutSeconds", "TimeoutSecondsPath"]),
    (Owner::Task, &["HeartbeatSeconds", "HeartbeatSecondsPath"]),
    (Owner::Credentials, &["RoleArn", "RoleArn.$"]),
    (
        Owner::Wait,
        &["SecondsPath", "Seconds", "TimestampPath", "Timestamp"],
    ),
    (Owner::Fail, &["Error", "ErrorPath"]),
    (Owner::Fail, &["Cause", "CausePath"]),
    (Owner::Map, &["ItemProcessor", "Iterator"]),
    (Owner::Map, &["ItemSelector", "Parameters"]),
    (Owner::Map, &["MaxConcurrency", "MaxConcurrencyPath"]),
    (
        Owner::Map,
        &["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
    ),
    (
        Owner::Map,
        &["ToleratedFailureCount", "ToleratedFailureCountPath"],
    ),
    (Owner::ReaderConfig, &["MaxItems", "MaxItemsPath"]),
    (Owner::ItemBatcher, &["MaxItemsPerBatch", "MaxItemsPerBatchPath"]),
    (
        Owner::ItemBatcher,
        &["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"],
    ),
];

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        for (_, names) in GROUPS.iter().filter(|(owner, _)| *owner == object.owner) {
            let mut there = names.iter().filter_map(|name| object.given(name));
            let Some(first) = there.next() else { continue };
            for second in there {
                let (earlier, later) = if first.key.range().start < second.key.range().start {
                    (first, second)
                } else {
                    (second, first)
                };
                let message = format!(
                    "\"{}\" is there beside \"{}\"; keep one",
                    later.name, earlier.name
                );
                let mut diagnostic = check.about(CODE, Severity::Error, later.key, message);
                diagnostic.fix = fixes::remove_field(check, later);
                found.push(diagnostic.said(said::SCHEMA, object.node, said::only_one(names)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, state};

    #[test]
    fn table() {
        let both = state(r#""Type": "Fail", "Error": "A", "ErrorPath": "$.a""#);
        check(
            CODE,
            &both,
            &["/States/A: \"ErrorPath\" is there beside \"Error\"; keep one"],
        );
        marks(CODE, &both, "\"ErrorPath\"");
        check(
            CODE,
            &state(r#""Type": "Fail", "Error": "A", "CausePath": "$.a""#),
            &[],
        );
        check(
            CODE,
            &state(r#""Type": "Wait", "TimestampPath": "$.a", "Seconds": 1, "End": true"#),
            &["/States/A: \"Seconds\" is there beside \"TimestampPath\"; keep one"],
        );
    }
}
