//! JSONata and variables in executions, where no recording says it: what sees what, what is caught, and the limits.

#![allow(clippy::unwrap_used)] // a test may fail by panicking

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use asl::machine::StateMachine;
use asl::text::Format;
use asl::value::Value;
use stepwell_engine::simulation::{Answer, Script, Simulation};
use stepwell_engine::{
    Advance, Entry, Execution, ExecutionStart, ExecutionStatus, JournalEntry, Stops, Timestamp,
};

/// What a machine comes to: its output as JSON, or `!`, the error and the end of its cause. Tasks answer with their parameters.
/// Variables may take up 500 bytes, a payload 300.
fn outcome(states: &str) -> String {
    let text = format!(r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{{states}}}}}"#);
    let machine =
        StateMachine::parse(&text, Format::Json).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let noon = Timestamp(1_772_366_400_000);
    let mut start = ExecutionStart::new(
        "jsonata",
        "run",
        Value::parse(r#"{"n": 3, "list": [1, 2]}"#).unwrap(),
        noon,
    );
    (start.limits.variables_bytes, start.limits.payload_bytes) = (500, 300);
    let script: Script = Arc::new(|_, invoke| match invoke.parameters.get("fail") {
        Some(_) => Answer::Fail {
            error: Some("Failed".into()),
            cause: Some("why".into()),
        },
        None => Answer::Succeed(invoke.parameters.clone()),
    });
    let mut run = Simulation::with_script(Arc::new(machine), start, script);
    run.run_to_end();
    assert_eq!(
        run.replayed().unwrap().fingerprint(),
        run.execution().fingerprint(),
        "{states}"
    );
    match run.status() {
        ExecutionStatus::Succeeded { output } => output.to_json(),
        ExecutionStatus::Failed { error, cause } => {
            let cause = cause.as_deref().unwrap_or_default();
            let tail = cause.rsplit("). ").next().unwrap_or_default();
            format!("!{}: {tail}", error.as_deref().unwrap_or_default())
        }
        other => format!("{other:?}"),
    }
}

const TASK: &str = r#""Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f""#;

#[test]
fn states_in_jsonata() {
    let done = r#""Z": {"Type": "Succeed", "Output": "{% $x %}"}"#;
    let failing = format!(r#""A": {{{TASK}, "Arguments": {{"fail": true}}, "#);
    for (states, expected) in [
        // Variables are set together, from the values before.
        (
            r#""A": {"Type": "Pass", "Assign": {"x": 1, "y": 2}, "Next": "B"},
                "B": {"Type": "Pass", "Assign": {"x": "{% $y %}", "y": "{% $x %}"}, "Output": "{% $x %}", "Next": "C"},
                "C": {"Type": "Succeed", "Output": "{% [$states.input, $x, $y] %}"}"#.to_owned(),
            "[1,2,1]",
        ),
        // Output sees the result; without it the result is the output.
        (format!(r#""A": {{{TASK}, "Arguments": {{"k": "{{% $states.input.n %}}"}}, "End": true}}"#), r#"{"k":3}"#),
        (
            format!(r#""A": {{{TASK}, "Arguments": [7], "Output": "{{% [$states.input.n, $states.result] %}}", "End": true}}"#),
            "[3,7]",
        ),
        // A catcher's Output and Assign see the error; without Output it is the output.
        (format!(r#"{failing}"Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "B"}}], "End": true}}, "B": {{"Type": "Pass", "End": true}}"#), r#"{"Error":"Failed","Cause":"why"}"#),
        (
            format!(r#"{failing}"Catch": [{{"ErrorEquals": ["Failed"], "Next": "Z", "Assign": {{"x": "{{% $states.errorOutput.Error & $states.input.n %}}"}}}}], "End": true}}, {done}"#),
            r#""Failed3""#,
        ),
        // An expression that fails can be caught, but not what is too large.
        (
            format!(r#""A": {{{TASK}, "Arguments": "{{% $nope %}}", "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "Z", "Assign": {{"x": "{{% $states.errorOutput.Error %}}"}}}}], "End": true}}, {done}"#),
            r#""States.QueryEvaluationError""#,
        ),
        (
            format!(r#""A": {{{TASK}, "Arguments": 1, "Output": "{{% $pad('', 320) %}}", "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "Z"}}], "End": true}}, {done}"#),
            "!States.DataLimitExceeded: The state/task 'A' returned a result with a size exceeding the maximum number of bytes service limit.",
        ),
        // One Assign, and all variables together.
        (
            r#""A": {"Type": "Pass", "Assign": {"x": "{% $pad('', 320) %}"}, "End": true}"#.to_owned(),
            "!States.DataLimitExceeded: The state/task 'A' returned a result with a size exceeding the maximum number of bytes service limit.",
        ),
        (
            format!(r#""A": {{"Type": "Pass", "Assign": {{"x": "{{% $pad('', 250) %}}"}}, "Next": "B"}},
                "B": {{"Type": "Pass", "Assign": {{"x": "{{% $pad('', 280) %}}"}}, "Next": "C"}},
                "C": {{"Type": "Pass", "Assign": {{"y": "{{% $pad('', 280) %}}"}}, "Next": "Z"}}, {done}"#),
            "!States.DataLimitExceeded: The state 'C' assigned variables whose total size exceeds the maximum number of bytes service limit.",
        ),
        // Iterations read the variables around them; their own end with them.
        (
            format!(r#""A": {{"Type": "Pass", "Assign": {{"x": 10}}, "Next": "M"}},
                "M": {{"Type": "Map", "Items": "{{% $states.input.list %}}", "ItemSelector": {{"v": "{{% $states.context.Map.Item.Value + $x %}}"}}, "Next": "Z",
                    "Output": "{{% $states.result %}}", "Assign": {{"x": "{{% [$states.result, $exists($inner)] %}}"}},
                    "ItemProcessor": {{"StartAt": "I", "States": {{"I": {{"Type": "Pass", "Assign": {{"inner": 1}}, "Output": "{{% $states.input.v %}}", "End": true}}}}}}}}, {done}"#),
            "[11,12,false]",
        ),
        // Wait evaluates its output when the time is over.
        (
            r#""A": {"Type": "Wait", "Seconds": "{% $states.input.n %}", "Output": "{% $now() %}", "End": true}"#.to_owned(),
            r#""2026-03-01T12:00:03.000Z""#,
        ),
        (
            r#""A": {"Type": "Wait", "Seconds": "{% -1 %}", "End": true}"#.to_owned(),
            "!States.QueryEvaluationError: The JSONata expression '-1' specified for the field 'Seconds' returned an unexpected result type. Expected 'integer', but was 'number' for value: -1",
        ),
        (
            r#""A": {"Type": "Choice", "Choices": [{"Condition": "{% 1 %}", "Next": "B"}]}, "B": {"Type": "Succeed"}"#.to_owned(),
            "!States.QueryEvaluationError: The JSONata expression '1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
        ),
    ] {
        assert_eq!(outcome(&states), expected, "{states}");
    }
}

/// The caller's clock ends an advance behind the boundary at which it strikes; the number of boundaries is all that a replay
/// needs, and it needs no clock.
#[test]
fn a_clock_may_end_an_advance() {
    let text = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
        "A": {"Type": "Map", "Items": "{% [1..3] %}", "End": true, "ItemProcessor": {"StartAt": "B", "States": {
            "B": {"Type": "Pass", "Output": "{% [$now(), $random(), $uuid(), $shuffle([1..9])] %}", "End": true}}}}}}"#;
    let machine = Arc::new(StateMachine::parse(text, Format::Json).unwrap());
    let start = ExecutionStart::new("clock", "run", Value::Null, Timestamp(1_772_366_400_000));
    let (stops, mut at) = (Stops::default(), start.start);
    let mut live = Execution::start(machine.clone(), start.clone());
    let mut journal = Vec::new();
    while live.status().is_running() {
        let left = Cell::new(2);
        let goes_on = || {
            left.set(left.get() - 1);
            left.get() > 0
        };
        let how = Advance::Canonical {
            at_most: 100,
            stops: &stops,
        };
        let advanced = live.advance_while(at, how, &goes_on);
        assert!((1..=2).contains(&advanced.passed), "{advanced:?}");
        let entry = Entry::Canonical {
            passed: advanced.passed,
        };
        journal.push(JournalEntry { at, entry });
        at = at + Duration::from_millis(7);
    }
    assert!(journal.len() > 8, "{}", journal.len());
    let replayed = Execution::replay(machine, start, &journal).unwrap();
    assert_eq!(replayed.fingerprint(), live.fingerprint());
}
