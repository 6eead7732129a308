//! State transitions a second, in memory: events and changes are made and dropped, nothing is serialised.
//!
//! Prints the median and the best of several rounds (other work on the machine only ever makes them slower) for a loop of our own and for the definitions under `../shared/bench`, which are skipped
//! where that folder is absent. Run it with `cargo bench -p stepwell-engine`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark measures with the clock, and prints"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use asl::machine::StateMachine;
use asl::text::Format;
use asl::value::Value;
use stepwell_engine::{
    Advance, AdvanceOutcome, ChangeKind, Execution, ExecutionKind, ExecutionStart, ExecutionStatus, Stops,
    Timestamp,
};

/// Four thousand turns of a Choice and a Pass.
const LOOP: &str = r#"{
    "StartAt": "More",
    "States": {
        "More": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.i", "NumericLessThan": 4000, "Next": "Add"}],
            "Default": "Done"
        },
        "Add": {"Type": "Pass", "Parameters": {"i.$": "States.MathAdd($.i, 1)"}, "Next": "More"},
        "Done": {"Type": "Succeed"}
    }
}"#;

/// A thousand lines filtered, mapped and reduced, twenty times over.
const WORKLOAD: &str = r#"{
    "QueryLanguage": "JSONata",
    "StartAt": "Init",
    "States": {
        "Init": {"Type": "Pass", "Assign": {"i": 0, "lines": "{% [1..1000].{'qty': $, 'price': $ * 2} %}"}, "Next": "Work"},
        "Work": {
            "Type": "Pass",
            "Assign": {
                "i": "{% $i + 1 %}",
                "total": "{% $reduce($map($filter($lines, function($l){$l.qty > 10}), function($l){$l.qty * $l.price}), function($a, $b){$a + $b}) %}"
            },
            "Next": "More"
        },
        "More": {"Type": "Choice", "Choices": [{"Condition": "{% $i < 20 %}", "Next": "Work"}], "Default": "Done"},
        "Done": {"Type": "Succeed"}
    }
}"#;

const ROUNDS: usize = 101;

fn main() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/bench"));
    report("loop (built in)", LOOP, r#"{"i": 0}"#);
    report("1,000 lines (JSONata)", WORKLOAD, "{}");
    for (name, input) in [
        ("loop-jsonpath", Some("loop.input.json")),
        ("loop-jsonata", Some("loop.input.json")),
        ("map-inline", Some("map-inline.input.json")),
        ("parallel-nested", None),
    ] {
        let definition = std::fs::read_to_string(shared.join(format!("{name}.asl.json")));
        let input = input.map_or(Ok("{}".to_owned()), |file| {
            std::fs::read_to_string(shared.join(file))
        });
        match (definition, input) {
            (Ok(definition), Ok(input)) => report(name, &definition, &input),
            _ => println!("{name:<22} skipped: {} is absent", shared.display()),
        }
    }
}

fn report(name: &str, definition: &str, input: &str) {
    let machine = match StateMachine::parse(definition, Format::Json) {
        Ok(machine) => Arc::new(machine),
        Err(faults) => return println!("{name:<22} does not compile: {faults:?}"),
    };
    let input = match Value::parse(input) {
        Ok(input) => input,
        Err(error) => return println!("{name:<22} input is not JSON: {error}"),
    };
    let mut rounds: Vec<(Duration, u64)> = (0..ROUNDS).map(|_| round(&machine, &input)).collect();
    rounds.sort();
    let (time, transitions) = rounds[ROUNDS / 2];
    let rate = |time: Duration| transitions as f64 / time.as_secs_f64();
    println!(
        "{name:<22} {transitions:>7} transitions in {time:>10.3?}  {:>9.0} transitions/s, at best {:>9.0}",
        rate(time),
        rate(rounds[0].0)
    );
}

/// One execution from start to end: how long it took, and how many states it entered.
fn round(machine: &Arc<StateMachine>, input: &Value) -> (Duration, u64) {
    let mut start = ExecutionStart::new("bench", "round", input.clone(), Timestamp(0));
    start.kind = ExecutionKind::Express;
    let stops = Stops::default();
    let (began, mut transitions) = (Instant::now(), 0);
    let mut execution = Execution::start(machine.clone(), start);
    loop {
        let outcome = execution
            .advance(
                Timestamp(1),
                Advance::Canonical {
                    at_most: 1000,
                    stops: &stops,
                },
            )
            .outcome;
        while execution.poll_event().is_some() {}
        while let Some(change) = execution.poll_change() {
            transitions += u64::from(change.kind == ChangeKind::Entered);
        }
        if outcome == AdvanceOutcome::Finished || outcome == AdvanceOutcome::Blocked {
            break;
        }
    }
    let time = began.elapsed();
    assert!(
        matches!(execution.status(), ExecutionStatus::Succeeded { .. }),
        "{:?}",
        execution.status()
    );
    (time, transitions)
}
