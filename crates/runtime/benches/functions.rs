//! What running a function costs: cold beside the bare interpreter's start, warm beside nothing.
//!
//! `cargo bench -p stepwell-runtime --bench functions`. Both kinds of start are measured in turn, so that whatever
//! else the machine does falls on both.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends at the first surprise, and prints"
)]

use std::{path::Path, process::Stdio, time::Duration};
use stepwell_runtime::{
    clock::Clock,
    functions::{FunctionSpec, Functions, FunctionsConfig, InvocationContext},
};
use tokio::io::AsyncReadExt;

struct Case {
    runtime: &'static str,
    file: (&'static str, &'static str),
    handler: &'static str,
    /// What the bare interpreter is given: to say that it is there.
    nothing: [&'static str; 2],
}

const CASES: [Case; 2] = [
    Case {
        runtime: "python3.12",
        file: ("app.py", "def handler(event, context):\n    return event\n"),
        handler: "app.handler",
        nothing: ["-c", "print(1)"],
    },
    Case {
        runtime: "nodejs20.x",
        file: ("index.js", "exports.handler = async (event) => event\n"),
        handler: "index.handler",
        nothing: ["-e", "console.log(1)"],
    },
];

const COLD: usize = 40;
const WARM: usize = 3000;

#[tokio::main]
async fn main() {
    for case in CASES {
        let clock = Clock::system();
        let functions = Functions::start(clock.clone(), FunctionsConfig::default()).unwrap();
        let Ok(Some(interpreter)) = functions.interpreter(case.runtime).await else {
            println!("{}: not installed", case.runtime);
            continue;
        };
        println!("{} on {}", case.runtime, interpreter.path.display());
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(case.file.0), case.file.1).unwrap();
        cold(&case, &functions, &clock, &interpreter.path, folder.path()).await;
        warm(&functions, &clock).await;
        functions.shutdown().await;
    }
}

async fn cold(case: &Case, functions: &Functions, clock: &Clock, interpreter: &Path, code: &Path) {
    let (mut bare, mut cold) = (Vec::new(), Vec::new());
    for round in 0..COLD {
        let began = clock.elapsed();
        let mut command = tokio::process::Command::new(interpreter);
        // As bare as a function: variables of the user may slow an interpreter down.
        let mut child = command
            .args(case.nothing)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Not its end: what an interpreter tidies up at the end is no part of a cold start.
        child.stdout.as_mut().unwrap().read_u8().await.unwrap();
        bare.push(clock.elapsed() - began);
        child.wait().await.unwrap();

        // Another setting each time: no environment can be used again.
        functions.configure(vec![FunctionSpec {
            name: "f".into(),
            runtime: case.runtime.into(),
            handler: case.handler.into(),
            code: code.to_owned(),
            project: None,
            environment: [("ROUND".to_owned(), round.to_string())].into(),
            timeout: Duration::from_secs(10),
            memory_mb: 128,
            region: "us-east-1".into(),
            account: "123456789012".into(),
        }]);
        cold.push(invoke(functions, clock).await);
    }
    print("  bare start", &mut bare);
    print("  cold invoke", &mut cold);
    let added = |at: usize| (cold[at].as_secs_f64() - bare[at].as_secs_f64()) * 1000.0;
    println!(
        "  added         min {:8.2} ms   median {:8.2} ms",
        added(0),
        added(COLD / 2)
    );
}

async fn warm(functions: &Functions, clock: &Clock) {
    let mut times = Vec::new();
    for _ in 0..WARM {
        times.push(invoke(functions, clock).await);
    }
    print("  warm invoke", &mut times);
}

async fn invoke(functions: &Functions, clock: &Clock) -> Duration {
    let began = clock.elapsed();
    let invocation = functions
        .invoke("f", r#"{"n":1}"#, InvocationContext::default())
        .await
        .unwrap();
    assert!(invocation.result.is_ok());
    clock.elapsed() - began
}

/// Sorts them, too.
fn print(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let milliseconds = |at: usize| times[at].as_secs_f64() * 1000.0;
    let (median, late) = (times.len() / 2, times.len() * 99 / 100);
    println!(
        "{what:<15} min {:8.2} ms   median {:8.2} ms   p99 {:8.2} ms",
        milliseconds(0),
        milliseconds(median),
        milliseconds(late)
    );
}
