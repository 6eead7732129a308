//! Recorded behaviour of the real service: cases under `../shared/conformance/sfn` (recorded on AWS by the LocalStack project,
//! see the README there), run in a simulation and compared with status, output, error, cause and the complete history.
//!
//! Where a case needs services, the tasks answer what the recording says they answered; the engine must do the rest.
//! Prints the agreement by category, and demands at least what was reached before. Left out, and counted, are cases that need a
//! Distributed Map, and those whose recording does not say what the tasks answered.
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
///
/// The histories that differ: three recordings of a Parallel state that is caught lost `ParallelStateFailed` (the gap in their
/// ids shows it), one lost which answer belongs to which of two branches, and in one a placeholder is damaged.
const FLOOR: (usize, usize) = (630, 635);

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
        for case in cases.iter().filter(|case| is_execution(case)) {
            match left_out(case) {
                Some(why) => *tally.left_out.entry(why).or_default() += 1,
                None => tally.add(file["category"].as_str().unwrap(), case, &run(case)),
            }
        }
    }
    tally.print();
    let (whole, outcome) = (tally.sum(|count| count.whole), tally.sum(|count| count.outcome));
    assert!(
        whole >= FLOOR.0 && outcome >= FLOOR.1,
        "{whole} histories and {outcome} outcomes agree; it was {FLOOR:?} before"
    );
}

/// Executions that did not begin by being one of several in a script of calls.
fn is_execution(case: &Json) -> bool {
    case["kind"] == "execution"
}

/// Why a case cannot be run here.
fn left_out(case: &Json) -> Option<&'static str> {
    let definition = definition(case);
    let unsaid = needs(case) && case["expected"]["events"].as_array().is_none_or(Vec::is_empty);
    if definition.contains("\"DISTRIBUTED\"") || definition.contains("\"ItemReader\"") {
        Some("Distributed Map")
    } else {
        unsaid.then_some("unrecorded tasks")
    }
}

fn needs(case: &Json) -> bool {
    case["needs"].as_array().is_some_and(|needs| !needs.is_empty())
}

fn definition(case: &Json) -> String {
    text_of(case, "definition").unwrap_or_default()
}

/// A member that is JSON, or text where it is not an object; placeholders for fresh names become names, and the account is the
/// one of the execution.
fn text_of(case: &Json, member: &str) -> Option<String> {
    let text = match &case[format!("{member}_text")] {
        Json::String(text) => text.clone(),
        _ => case.get(member)?.to_string(),
    };
    let text = text.replace("111111111111", "123456789012");
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
    let is = |event: &Json, end: &str| event["type"].as_str().is_some_and(|kind| kind.ends_with(end));
    let mut answers = BTreeMap::new();
    for scheduled in events.iter().filter(|event| is(event, "Scheduled")) {
        answers.insert(scheduled["id"].as_u64().unwrap_or(0), answer(&events, scheduled));
    }
    // Within a Parallel some recordings lost their ids: there the nth attempt is answered by the nth answer.
    let lost: Vec<Answer> = events
        .iter()
        .filter(|event| event["id"] == 0 && is_of_task(event))
        .filter_map(final_answer)
        .collect();
    Arc::new(move |command: &Command, invoke: &Invoke| {
        let known = answers.get(&u64::from(command.id));
        let attempt = usize::try_from(invoke.attempt).unwrap() - 1;
        known
            .or_else(|| lost.get(attempt))
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
    match event["type"].as_str().unwrap_or_default() {
        kind if kind.ends_with("Submitted") => Answer::Submit {
            output: output(event),
            then: Box::new(answer(events, event)),
        },
        _ => final_answer(event).unwrap_or_else(|| answer(events, event)),
    }
}

fn details(event: &Json) -> &Json {
    let members = event.as_object().into_iter().flatten();
    let mut details = members.filter(|(key, _)| key.ends_with("EventDetails"));
    details.next().map_or(&Json::Null, |(_, details)| details)
}

fn text(event: &Json, member: &str) -> Option<Text> {
    match &details(event)[member] {
        Json::Null => None,
        Json::String(text) => Some(text.as_str().into()),
        other => Some(other.to_string().into()),
    }
}

fn output(event: &Json) -> Value {
    let output = text(event, "output").unwrap_or_else(|| "null".into());
    Value::parse(&output).unwrap_or(Value::String(output))
}

/// What an event says that ends a task.
fn final_answer(event: &Json) -> Option<Answer> {
    match event["type"].as_str().unwrap_or_default() {
        kind if kind.ends_with("Succeeded") => Some(Answer::Succeed(output(event))),
        kind if kind.ends_with("Failed") => Some(Answer::Fail {
            error: text(event, "error"),
            cause: text(event, "cause"),
        }),
        _ => None,
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
struct Tally {
    by_category: BTreeMap<String, Count>,
    left_out: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn add(&mut self, category: &str, case: &Json, verdict: &Verdict) {
        let scripted = if needs(case) { " (scripted tasks)" } else { "" };
        let count = self
            .by_category
            .entry(format!("{category}{scripted}"))
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
        self.by_category.values().map(of).sum()
    }

    fn print(&self) {
        let row = |name: &str, cases: usize, outcome: usize, whole: usize| {
            println!("{name:<40} {cases:>4} cases  outcome (a) {outcome:>4}  whole (b) {whole:>4}");
        };
        for (category, count) in &self.by_category {
            row(category, count.cases, count.outcome, count.whole);
            for differing in &count.differing {
                println!("      {differing}");
            }
        }
        let (cases, outcome) = (self.sum(|count| count.cases), self.sum(|count| count.outcome));
        row("all", cases, outcome, self.sum(|count| count.whole));
        for (why, count) in &self.left_out {
            println!("left out: {count} ({why})");
        }
    }
}
