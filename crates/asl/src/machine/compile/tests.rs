//! Compiling: the corpus, and what each type keeps of its fields.

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

/// A Resource that is one placeholder becomes a function's ARN, as a template would make it.
fn substituted(text: &str) -> String {
    let pattern = regex_lite::Regex::new(r#"("?Resource"?: *"?)\$\{\w+\}"#).unwrap();
    pattern
        .replace_all(text, "${1}arn:aws:lambda:us-east-1:123456789012:function:f")
        .into_owned()
}

/// Every workflow of the corpus that is sound compiles, with plausible text for its placeholders.
#[test]
fn the_corpus_compiles() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is absent", folder.display());
        return;
    };
    let mut compiled = 0;
    let mut refused = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let format = match name.rsplit('.').next() {
            _ if name.contains("template.yaml") || name == "index.json" => continue,
            Some("json") => Format::Json,
            Some("yaml") => Format::Yaml,
            _ => continue,
        };
        let text = std::fs::read_to_string(entry.path()).unwrap();
        match StateMachine::parse(&substituted(&text), format) {
            Ok(_) => compiled += 1,
            Err(found) => refused.push((
                name,
                found.into_iter().find(|one| one.severity == Severity::Error),
            )),
        }
    }
    println!("{compiled} compiled");
    assert!(refused.len() <= 3, "{refused:#?}");
}
