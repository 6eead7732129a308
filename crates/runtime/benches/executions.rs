//! Going on with a long execution after its process is gone, and a thousand executions at once.
//!
//! `cargo bench -p stepwell-runtime --bench executions`. Everything is kept on disk as always.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends at the first surprise, and prints"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use asl::machine::StateMachine;
use asl::text::Format;
use asl::value::Value;
use stepwell_runtime::clock::Clock;
use stepwell_runtime::functions::{Functions, FunctionsConfig};
use stepwell_runtime::run::Run;
use stepwell_runtime::store::Store;
use stepwell_runtime::{Runtime, StartRun};

/// 5,000 turns of two states make 20,000 events; then it waits until it is gone on with.
const LONG: &str = r#"{
    "StartAt": "More",
    "States": {
        "More": {"Type": "Choice", "Choices": [{"Variable": "$.i", "NumericLessThan": 5000, "Next": "Add"}], "Default": "Rest"},
        "Add": {"Type": "Pass", "Parameters": {"i.$": "States.MathAdd($.i, 1)", "payload.$": "$.payload"}, "Next": "More"},
        "Rest": {"Type": "Wait", "Seconds": 99999, "End": true}
    }
}"#;

/// Twenty states, then a rest in which all executions are there at once, then twenty more.
const SHORT: &str = r#"{
    "StartAt": "More",
    "States": {
        "More": {"Type": "Choice", "Choices": [
            {"Variable": "$.i", "NumericEquals": 10, "Next": "Rest"},
            {"Variable": "$.i", "NumericLessThan": 20, "Next": "Add"}
        ], "Default": "Done"},
        "Add": {"Type": "Pass", "Parameters": {"i.$": "States.MathAdd($.i, 1)", "payload.$": "$.payload"}, "Next": "More"},
        "Rest": {"Type": "Wait", "Seconds": 3, "Next": "Add"},
        "Done": {"Type": "Succeed"}
    }
}"#;

const ROUNDS: usize = 11;
const AT_ONCE: usize = 1_000;

#[tokio::main]
async fn main() {
    resume().await;
    at_once().await;
}

/// A runtime as a new process would have it.
fn runtime(folder: &Path, clock: &Clock) -> Runtime {
    let functions = Functions::start(clock.clone(), FunctionsConfig::default()).unwrap();
    let store = Store::open(folder).unwrap();
    Runtime::new(Arc::new(store), clock.clone(), Arc::new(functions))
}

fn wish(machine: &Arc<StateMachine>) -> StartRun {
    let input = format!(r#"{{"i": 0, "payload": "{}"}}"#, "payload ".repeat(128));
    StartRun {
        workflow: "w".into(),
        machine_name: "w".into(),
        document: "w.asl.json".into(),
        machine: machine.clone(),
        substitutions: Default::default(),
        express: false,
        place: Default::default(),
        name: None,
        input: Value::parse(&input).unwrap(),
        breakpoints: None,
        stop_on_entry: false,
        virtual_time: false,
    }
}

async fn resume() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::system();
    let machine = Arc::new(StateMachine::parse(LONG, Format::Json).unwrap());
    let first = runtime(folder.path(), &clock);
    let run = first.start(wish(&machine)).await.unwrap();
    let name = run.name().to_owned();
    while first.store().find(&name).unwrap().unwrap().standing.events < 20_000 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(run);
    first.suspend().await;
    drop(first);
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let next = runtime(folder.path(), &clock);
        let began = clock.elapsed();
        let run = next.resume(&name).await.unwrap();
        times.push(clock.elapsed() - began);
        let events = run.state().events().len();
        assert!(events > 20_000, "{events}");
        drop(run);
        next.suspend().await;
    }
    times.sort_unstable();
    println!(
        "resume, 20,000 events     {:>9.1?}, at best {:>9.1?}",
        times[ROUNDS / 2],
        times[0]
    );
}

async fn at_once() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::system();
    let machine = Arc::new(StateMachine::parse(SHORT, Format::Json).unwrap());
    let runtime = runtime(folder.path(), &clock);
    let began = clock.elapsed();
    let mut runs: Vec<Run> = Vec::new();
    for _ in 0..AT_ONCE {
        runs.push(runtime.start(wish(&machine)).await.unwrap());
    }
    let started = clock.elapsed() - began;
    let mut transitions = 0;
    for run in &runs {
        run.ended().await;
        let standing = run.state().standing();
        assert_eq!(standing.status, "SUCCEEDED");
        transitions += standing.transitions;
    }
    let ended = clock.elapsed() - began;
    println!(
        "1,000 executions at once  {started:>9.1?} until all are started, {ended:>9.1?} until all have ended ({transitions} transitions, 3 s of waiting)",
    );
    runtime.suspend().await;
}
