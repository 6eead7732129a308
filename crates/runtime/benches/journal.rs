//! State transitions a second with the journal on disk: everything that a run of the desktop or the command line keeps.
//!
//! `cargo bench -p stepwell-runtime --bench journal`. Runs `../shared/bench/loop-jsonpath` (skipped where that folder is absent) as
//! an Express workflow, from the start to the commit of its last event, with a payload that travels through every state.
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
use stepwell_runtime::store::Store;
use stepwell_runtime::{Runtime, StartRun};

/// Kilobytes of payload, and rounds: an odd number, so that one of them is the median.
const CASES: [(usize, usize); 2] = [(1, 15), (64, 3)];

#[tokio::main]
async fn main() {
    let file = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/bench/loop-jsonpath.asl.json"
    ));
    let Ok(definition) = std::fs::read_to_string(file) else {
        println!("skipped: {} is absent", file.display());
        return;
    };
    let machine = Arc::new(StateMachine::parse(&definition, Format::Json).unwrap());
    for (kilobytes, count) in CASES {
        let mut rounds = Vec::new();
        for _ in 0..count {
            rounds.push(round(&machine, kilobytes).await);
        }
        rounds.sort_unstable();
        let (time, transitions) = rounds[count / 2];
        let rate = |time: Duration| f64::from(transitions) / time.as_secs_f64();
        println!(
            "journal, {kilobytes:>2} KB   {transitions:>7} transitions in {time:>10.3?}  {:>9.0} transitions/s, at best {:>9.0}",
            rate(time),
            rate(rounds[0].0)
        );
    }
}

/// One run in a store of its own: how long it took, and its transitions.
async fn round(machine: &Arc<StateMachine>, kilobytes: usize) -> (Duration, u32) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::system();
    let store = Arc::new(Store::open(folder.path()).unwrap());
    let functions = Arc::new(Functions::start(clock.clone(), FunctionsConfig::default()).unwrap());
    let runtime = Runtime::new(store.clone(), clock.clone(), functions.clone());
    let input = format!(r#"{{"i": 0, "payload": "{}"}}"#, text(kilobytes * 1024));
    let wish = StartRun {
        workflow: "loop".into(),
        machine_name: "loop".into(),
        document: "loop.asl.json".into(),
        machine: machine.clone(),
        substitutions: Default::default(),
        express: true,
        place: Default::default(),
        name: None,
        input: Value::parse(&input).unwrap(),
        breakpoints: None,
        stop_on_entry: false,
        virtual_time: false,
    };
    let began = clock.elapsed();
    let run = runtime.start(wish).await.unwrap();
    loop {
        // The next change is news again only after this; what was new is looked at below.
        let _ = run.take_news();
        if run.state().is_settled() {
            break;
        }
        runtime.news().await;
    }
    let time = clock.elapsed() - began;
    let kept = store.find(run.name()).unwrap().unwrap().standing;
    assert_eq!(kept.status, "SUCCEEDED");
    functions.shutdown().await;
    (time, kept.transitions)
}

/// Letters that repeat only far apart: a payload of one letter would flatter the packing.
fn text(length: usize) -> String {
    let mut seed = 1_u32;
    let letter = |_| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (seed >> 24) as u8 % 26)
    };
    (0..length).map(letter).collect()
}
