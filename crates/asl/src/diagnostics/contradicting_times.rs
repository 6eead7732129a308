//! SW0036: times that contradict each other, so that one of them has no effect.
//! A heartbeat must be shorter than the timeout (specification, "Task State"); the other cases are ours.

use super::check::{Check, Object, is_open};
use super::{Diagnostic, Severity};
use crate::fields::Owner;
use crate::text::{Kind, Node};
use crate::words::MachineType;

const CODE: &str = "SW0036";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let machine = check
        .objects
        .iter()
        .find(|object| object.owner == Owner::Machine)
        .and_then(|object| seconds(object, "TimeoutSeconds"))
        .map(|(_, limit)| limit);
    let express = check.known.machine_type == Some(MachineType::Express);
    let machine = match express {
        true => Some(
            machine
                .unwrap_or(f64::MAX)
                .min(aws::quotas::EXPRESS_SECONDS as f64),
        ),
        false => machine,
    };
    for object in &check.objects {
        match object.owner {
            Owner::Task => task(check, object, machine, found),
            Owner::Wait => wait(check, object, machine, found),
            Owner::Retrier => retrier(check, object, found),
            _ => {}
        }
    }
}

fn task(check: &Check<'_>, object: &Object<'_>, machine: Option<f64>, found: &mut Vec<Diagnostic>) {
    let timeout = seconds(object, "TimeoutSeconds");
    if let (Some((node, heartbeat)), Some((_, timeout))) = (seconds(object, "HeartbeatSeconds"), timeout)
        && heartbeat >= timeout
    {
        let message = format!(
            "\"HeartbeatSeconds\" is {heartbeat}; it must be less than \"TimeoutSeconds\", which is {timeout}"
        );
        found.push(check.about(CODE, Severity::Error, node, message));
    }
    if let (Some((node, timeout)), Some(machine)) = (timeout, machine)
        && timeout >= machine
    {
        let message = format!(
            "\"TimeoutSeconds\" is {timeout} and never strikes: the execution ends after {machine} seconds"
        );
        found.push(check.about(CODE, Severity::Warning, node, message));
    }
}

fn wait(check: &Check<'_>, object: &Object<'_>, machine: Option<f64>, found: &mut Vec<Diagnostic>) {
    if let (Some((node, wait)), Some(machine)) = (seconds(object, "Seconds"), machine)
        && wait >= machine
    {
        let message = format!("\"Seconds\" is {wait}, but the execution times out after {machine} seconds");
        found.push(check.about(CODE, Severity::Warning, node, message));
    }
}

fn retrier(check: &Check<'_>, object: &Object<'_>, found: &mut Vec<Diagnostic>) {
    let Some((node, most)) = seconds(object, "MaxDelaySeconds") else {
        return;
    };
    let interval = seconds(object, "IntervalSeconds").map_or(1.0, |(_, interval)| interval);
    if most <= interval
        && object
            .given("IntervalSeconds")
            .is_none_or(|given| given.value.is_some())
    {
        let message = format!(
            "\"MaxDelaySeconds\" is {most}; it must be more than \"IntervalSeconds\", which is {interval}"
        );
        found.push(check.about(CODE, Severity::Warning, node, message));
    }
}

/// A number that is written out.
fn seconds<'a>(object: &Object<'a>, field: &str) -> Option<(Node<'a>, f64)> {
    let node = object.get(field)?;
    if node.kind() != Kind::Number || is_open(node) {
        return None;
    }
    Some((node, node.text().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::Known;
    use crate::diagnostics::tests::{check, check_known};
    use crate::words::MachineType;

    fn machine(members: &str, timeout: &str) -> String {
        format!(r#"{{"StartAt": "A", {timeout} "States": {{"A": {{{members}, "End": true}}}}}}"#)
    }

    #[test]
    fn table() {
        let task = r#""Type": "Task", "Resource": "${R}""#;
        for (members, timeout, expected) in [
            (
                format!(r#"{task}, "TimeoutSeconds": 10, "HeartbeatSeconds": 10"#),
                "",
                Some(
                    "/States/A: \"HeartbeatSeconds\" is 10; it must be less than \"TimeoutSeconds\", which is 10",
                ),
            ),
            (
                format!(r#"{task}, "TimeoutSeconds": 60"#),
                r#""TimeoutSeconds": 30,"#,
                Some(
                    "/States/A: \"TimeoutSeconds\" is 60 and never strikes: the execution ends after 30 seconds",
                ),
            ),
            (
                r#""Type": "Wait", "Seconds": 30"#.to_owned(),
                r#""TimeoutSeconds": 30,"#,
                Some("/States/A: \"Seconds\" is 30, but the execution times out after 30 seconds"),
            ),
            (
                format!(
                    r#"{task}, "Retry": [{{"ErrorEquals": ["E"], "IntervalSeconds": 5, "MaxDelaySeconds": 3}}]"#
                ),
                "",
                Some(
                    "/States/A/Retry/0: \"MaxDelaySeconds\" is 3; it must be more than \"IntervalSeconds\", which is 5",
                ),
            ),
            (
                format!(r#"{task}, "TimeoutSeconds": 10, "HeartbeatSeconds": 5"#),
                "",
                None,
            ),
            (
                format!(r#"{task}, "TimeoutSeconds": "${{T}}", "HeartbeatSeconds": 5"#),
                "",
                None,
            ),
            (
                format!(r#"{task}, "TimeoutSeconds": 10"#),
                r#""TimeoutSeconds": 30,"#,
                None,
            ),
            (
                format!(r#"{task}, "Retry": [{{"ErrorEquals": ["E"], "MaxDelaySeconds": 3}}]"#),
                "",
                None,
            ),
        ] {
            let expected: Vec<_> = expected.into_iter().collect();
            check(CODE, &machine(&members, timeout), &expected);
        }
        let express = Known {
            machine_type: Some(MachineType::Express),
            ..Known::default()
        };
        check_known(
            CODE,
            &machine(r#""Type": "Wait", "Seconds": 300"#, ""),
            &express,
            &["/States/A: \"Seconds\" is 300, but the execution times out after 300 seconds"],
        );
    }
}
