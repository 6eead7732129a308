//! Compiling: what each type keeps of its fields, and what cannot run. `tests/real_definitions.rs` compiles the corpus.

use super::*;
use crate::machine::{PathField, Resource, ResultPath, Setting, StateKind, states::Wait};

fn compile(states: &str) -> StateMachine {
    let text = format!(r#"{{"StartAt": "A", "States": {{{states}}}}}"#);
    StateMachine::parse(&text, Format::Json).unwrap_or_else(|found| panic!("{text}: {found:?}"))
}

#[test]
fn fields_are_kept() {
    let machine = compile(
        r#""A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "InputPath": null, "ResultPath": "$.r",
            "TimeoutSeconds": 5, "HeartbeatSecondsPath": "$.h", "OutputPath": "$",
            "Retry": [{"ErrorEquals": ["States.ALL"]}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B", "ResultPath": null}], "Next": "B"},
           "B": {"Type": "Wait", "Seconds": 3.0, "Next": "C"}, "C": {"Type": "Succeed"}"#,
    );
    let state = machine.state(StateId(0));
    assert!(
        matches!(state.flow.input_path, PathField::Nothing)
            && matches!(state.flow.output_path, PathField::Whole)
    );
    assert!(matches!(state.flow.result_path, ResultPath::At(_)));
    let StateKind::Task(task) = &state.kind else {
        panic!("{:?}", state.kind)
    };
    assert!(matches!(&task.resource, Resource::Integration { service, .. } if &**service == "lambda"));
    assert!(matches!(
        (&task.timeout, &task.heartbeat),
        (Setting::Literal(5), Setting::Path(_))
    ));
    assert_eq!(
        (state.retry[0].max_attempts, state.retry[0].backoff_rate),
        (3, 2.0)
    );
    assert_eq!(state.catch[0].next, StateId(1));
    assert!(matches!(state.catch[0].result_path, ResultPath::Discard));
    assert_eq!(state.transition, Transition::Next(StateId(1)));
    assert!(matches!(
        machine.state(StateId(1)).kind,
        StateKind::Wait(Wait::Seconds(3))
    ));
    assert_eq!(machine.state(StateId(2)).transition, Transition::None);
}

#[test]
fn a_definition_with_errors_is_not_compiled() {
    let found = StateMachine::parse(
        r#"{"StartAt": "X", "States": {"A": {"Type": "Succeed"}}}"#,
        Format::Json,
    );
    assert!(found.is_err_and(|found| found.iter().any(|one| one.severity == Severity::Error)));
    assert!(StateMachine::parse("", Format::Json).is_err());
    assert!(StateMachine::parse("[]", Format::Yaml).is_err());
}

#[test]
fn what_is_still_open_cannot_run() {
    let check = |state: &str, expected: &[(&str, &str)]| {
        let text = format!(r#"{{"StartAt": "A", "States": {{"A": {{{state}, "End": true}}}}}}"#);
        let found = StateMachine::parse(&text, Format::Json).err().unwrap_or_default();
        let seen: Vec<_> = found.iter().map(|one| (one.code, one.to_string())).collect();
        let seen: Vec<_> = seen.iter().map(|(code, text)| (*code, text.as_str())).collect();
        assert_eq!(seen, expected, "{state}");
    };
    check(
        r#""Type": "Wait", "Seconds": "${Pause}""#,
        &[(
            "SW0033",
            "/States/A: \"Seconds\" is still \"${Pause}\"; say what to put there before running it",
        )],
    );
    check(
        r#""Type": "Task", "Resource": "${Fn}""#,
        &[(
            "SW0033",
            "/States/A: \"Resource\" is still \"${Fn}\"; say what to put there before running it",
        )],
    );
    check(r#""Type": "Pass", "Parameters": {"text": "costs ${Price}"}"#, &[]);
}
