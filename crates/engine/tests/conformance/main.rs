//! Recorded behaviour of the real service: cases under `../shared/conformance/sfn` (recorded on AWS by the LocalStack project,
//! see the README there), run in a simulation and compared with status, output, error, cause and the complete history.
//!
//! Where a case needs services, the tasks answer what the recording says they answered; the engine must do the rest.
//! Prints the agreement by category, and demands at least what was reached before.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "what stands behind a test is a test, and the agreement is printed"
)]

mod history;
mod matcher;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use asl::machine::StateMachine;
use asl::text::Format;
use asl::value::{Text, Value};
use matcher::{Bound, diff, norm};
use serde_json::Value as Json;
use stepwell_engine::simulation::{Answer, Script, Simulation};
use stepwell_engine::{Command, ExecutionKind, ExecutionStart, ExecutionStatus, Invoke, Timestamp};

/// Cases whose whole record must agree, and cases whose outcome must.
const FLOOR: (usize, usize) = (551, 554);

#[test]
fn recorded_executions_agree() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/conformance/sfn"
    ));
    let Ok(files) = std::fs::read_dir(folder) else {
        println!("skipped: {} is absent", folder.display());
        return;
    };
    let mut paths: Vec<_> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.sort();
    let mut tally = Tally::default();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: Json = serde_json::from_str(&text).unwrap();
        let cases = file["cases"].as_array().unwrap();
        for case in cases.iter().filter(|case| applies(case)) {
            tally.add(file["category"].as_str().unwrap(), case, &run(case));
        }
    }
    tally.print();
    let (whole, outcome) = (tally.sum(|count| count.whole), tally.sum(|count| count.outcome));
    assert!(
        whole >= FLOOR.0 && outcome >= FLOOR.1,
        "{whole} histories and {outcome} outcomes agree; it was {FLOOR:?} before"
    );
}

/// Executions in JSONPath that did not begin by being one of several in a script of calls.
fn applies(case: &Json) -> bool {
    case["kind"] == "execution" && !definition(case).contains("JSONata") && !definition(case).contains("{%")
}

fn definition(case: &Json) -> String {
    text_of(case, "definition").unwrap_or_default()
}

/// A member that is JSON, or text where it is not an object; placeholders for fresh names become names.
fn text_of(case: &Json, member: &str) -> Option<String> {
    let text = match &case[format!("{member}_text")] {
        Json::String(text) => text.clone(),
        _ => case.get(member)?.to_string(),
    };
    Some((0..10).fold(text, |text, number| {
        text.replace(&format!("<<uid:{number}>>"), &format!("uid{number}"))
    }))
}

/// What came out of a case: differences in the outcome, and in the history.
struct Verdict {
    outcome: Vec<String>,
    history: Vec<String>,
}

fn run(case: &Json) -> Verdict {
    let refused = |why: String| Verdict {
        outcome: vec![why.clone()],
        history: vec![why],
    };
    let machine = match StateMachine::parse(&definition(case), Format::Json) {
        Ok(machine) => machine,
        Err(faults) => return refused(format!("does not compile: {faults:?}")),
    };
    let input = Value::parse(&text_of(case, "input").unwrap_or_else(|| "{}".to_owned()));
    let mut start = match input {
        Ok(input) => ExecutionStart::new("recorded", "case", input, Timestamp(1_772_366_400_000)),
        Err(error) => return refused(format!("the input is not JSON: {error}")),
    };
    if case["type"] == "EXPRESS" {
        start.kind = ExecutionKind::Express;
    }
    let expected = &case["expected"];
    let script = script(expected);
    let mut simulation = Simulation::with_script(Arc::new(machine), start, script);
    simulation.run_to_end();
    assert_eq!(
        simulation.replayed().unwrap().fingerprint(),
        simulation.execution().fingerprint(),
        "{}: the replay is another execution",
        case["id"]
    );
    let mut bound = Bound::new();
    let history = match expected["events"].as_array() {
        Some(events) => {
            let actual: Vec<Json> = simulation
                .events()
                .iter()
                .map(|event| serde_json::to_value(event).unwrap())
                .collect();
            history::compare(events, &actual, &mut bound)
        }
        None => Vec::new(),
    };
    let outcome = diff(
        &outcome_of(expected),
        &actual_outcome(simulation.status()),
        "result",
        &mut Bound::new(),
    );
    Verdict { outcome, history }
}

fn outcome_of(expected: &Json) -> Json {
    let members = ["status", "output", "error", "cause"]
        .into_iter()
        .filter(|member| !expected[member].is_null());
    Json::Object(
        members
            .map(|member| (member.to_owned(), norm(&expected[member])))
            .collect(),
    )
}

fn actual_outcome(status: &ExecutionStatus) -> Json {
    let (output, error, cause) = match status {
        ExecutionStatus::Succeeded { output } => (Some(output.to_json()), None, None),
        ExecutionStatus::Failed { error, cause } | ExecutionStatus::Aborted { error, cause } => {
            (None, error.as_deref(), cause.as_deref())
        }
        ExecutionStatus::Running | ExecutionStatus::TimedOut => (None, None, None),
    };
    norm(&serde_json::json!({"status": status.name(), "output": output, "error": error, "cause": cause}))
}

/// Tasks answer what the recording says: the nth task that is scheduled has the nth recorded outcome.
fn script(expected: &Json) -> Script {
    let events: Vec<Json> = expected["events"].as_array().cloned().unwrap_or_default();
    let mut answers = BTreeMap::new();
    for scheduled in events.iter().filter(|event| {
        event["type"]
            .as_str()
            .is_some_and(|kind| kind.ends_with("Scheduled"))
    }) {
        answers.insert(scheduled["id"].as_u64().unwrap_or(0), answer(&events, scheduled));
    }
    Arc::new(move |command: &Command, _: &Invoke| {
        answers
            .get(&u64::from(command.id))
            .cloned()
            .unwrap_or(Answer::Silence)
    })
}

/// What a scheduled task did: the events that follow from it, to the end of their chain.
fn answer(events: &[Json], last: &Json) -> Answer {
    // A recording that lost its ids (they are 0) does not say what follows from what.
    let follows = |event: &&Json| {
        last["id"].as_u64().is_some_and(|id| id > 0)
            && event["previousEventId"] == last["id"]
            && is_of_task(event)
    };
    let Some(event) = events.iter().find(follows) else {
        return Answer::Silence;
    };
    let details = event
        .as_object()
        .into_iter()
        .flatten()
        .find(|(key, _)| key.ends_with("EventDetails"));
    let details = details.map_or(&Json::Null, |(_, details)| details);
    let text = |member: &str| -> Option<Text> {
        match &details[member] {
            Json::Null => None,
            Json::String(text) => Some(text.as_str().into()),
            other => Some(other.to_string().into()),
        }
    };
    let output = || {
        let output = text("output").unwrap_or_else(|| "null".into());
        Value::parse(&output).unwrap_or(Value::String(output))
    };
    match event["type"].as_str().unwrap_or_default() {
        kind if kind.ends_with("Succeeded") => Answer::Succeed(output()),
        kind if kind.ends_with("Failed") => Answer::Fail {
            error: text("error"),
            cause: text("cause"),
        },
        kind if kind.ends_with("Submitted") => Answer::Submit {
            output: output(),
            then: Box::new(answer(events, event)),
        },
        _ => answer(events, event),
    }
}

fn is_of_task(event: &Json) -> bool {
    let kind = event["type"].as_str().unwrap_or_default();
    !kind.contains("State") && (kind.starts_with("Task") || kind.starts_with("LambdaFunction"))
}

#[derive(Default, Clone)]
struct Count {
    cases: usize,
    whole: usize,
    outcome: usize,
    differing: Vec<String>,
}

/// Agreement by category; cases that need services apart.
#[derive(Default)]
struct Tally(BTreeMap<String, Count>);

impl Tally {
    fn add(&mut self, category: &str, case: &Json, verdict: &Verdict) {
        let needs = case["needs"].as_array().is_some_and(|needs| !needs.is_empty());
        let count = self
            .0
            .entry(format!(
                "{category}{}",
                if needs { " (scripted tasks)" } else { "" }
            ))
            .or_default();
        count.cases += 1;
        count.outcome += usize::from(verdict.outcome.is_empty());
        count.whole += usize::from(verdict.outcome.is_empty() && verdict.history.is_empty());
        if let Some(first) = verdict.history.first().or(verdict.outcome.first()) {
            let name = case["id"]
                .as_str()
                .and_then(|id| id.rsplit("::").next())
                .unwrap_or_default();
            count.differing.push(format!("{name}: {first}"));
        }
    }

    fn sum(&self, of: fn(&Count) -> usize) -> usize {
        self.0.values().map(of).sum()
    }

    fn print(&self) {
        for (category, count) in &self.0 {
            println!(
                "{category:<40} {:>4} cases  outcome {:>4}  whole {:>4}",
                count.cases, count.outcome, count.whole
            );
            for differing in &count.differing {
                println!("      {differing}");
            }
        }
        let (cases, outcome) = (self.sum(|count| count.cases), self.sum(|count| count.outcome));
        println!(
            "{:<40} {cases:>4} cases  outcome {outcome:>4}  whole {:>4}",
            "all",
            self.sum(|count| count.whole)
        );
    }
}
