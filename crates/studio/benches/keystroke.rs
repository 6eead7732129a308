//! From a key in the code view to what the page hears of it, through the contract: medians over a hundred keys.
//!
//! | column | from `document.change` until |
//! |---|---|
//! | answer | the call is answered |
//! | analysed | the stream hands over `documentAnalysed`; it gathers events for 16 ms, which are in it |
//! | bytes | the size of that event as JSON |
//! | packing | how long it takes to write that JSON |
//!
//! `cargo bench -p stepwell-studio --bench keystroke`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends at the first surprise, and prints"
)]

#[path = "../../asl/benches/text/definition.rs"]
mod definition;

use std::path::Path;
use std::time::Duration;

use runtime::clock::Clock;
use serde_json::json;
use stepwell_studio::Studio;
use stepwell_studio::bus::{FRAME, Listener};
use stepwell_studio::contract::{DocumentAnalysed, StudioEvent};
use workspace::Configuration;

const KEYS: u32 = 101;
const DOCUMENT: &str = "long.asl.json";

#[tokio::main]
async fn main() {
    println!(
        "{:>7} {:>10} {:>10} {:>9} {:>10}   (a frame of {} ms included)",
        "states",
        "answer",
        "analysed",
        "bytes",
        "packing",
        FRAME.as_millis()
    );
    for states in [100, 1_000, 10_000] {
        measure(states).await;
    }
}

async fn measure(states: usize) {
    let folder = tempfile::tempdir().unwrap();
    let text = definition::definition(states);
    // Inside the first text of the last third: what comes behind it moves with every key.
    let place = text.len() * 2 / 3 + text[text.len() * 2 / 3..].find("\"done\"").unwrap() + 2;
    std::fs::write(folder.path().join(DOCUMENT), &text).unwrap();
    let clock = Clock::system();
    let studio = open(folder.path(), clock.clone()).await;
    let mut listener = studio.bus().listen();
    let (mut answers, mut analyses, mut packings, mut bytes) = (vec![], vec![], vec![], 0);
    for key in 0..KEYS {
        let change = json!({
            "document": DOCUMENT, "baseVersion": 1 + key, "view": "bench",
            "changes": [{"from": place, "to": place, "insert": "x"}],
        });
        let began = clock.elapsed();
        studio.call("document.change", change).await.unwrap();
        answers.push(clock.elapsed() - began);
        let analysis = analysed(&mut listener, 2 + key).await;
        analyses.push(clock.elapsed() - began);
        let began = clock.elapsed();
        bytes = serde_json::to_string(&analysis).unwrap().len();
        packings.push(clock.elapsed() - began);
    }
    studio.shut_down().await;
    println!(
        "{states:>7} {:>7.2} ms {:>7.2} ms {bytes:>9} {:>7.2} ms",
        median(answers),
        median(analyses),
        median(packings)
    );
}

async fn open(folder: &Path, clock: Clock) -> Studio {
    let configuration = Configuration::at(&folder.join(".configuration"));
    let studio = Studio::new(configuration, clock, Vec::new());
    let params = json!({"path": folder});
    studio.call("project.open", params).await.unwrap();
    let params = json!({"document": DOCUMENT});
    studio.call("document.open", params).await.unwrap();
    studio
}

async fn analysed(listener: &mut Listener, version: u32) -> DocumentAnalysed {
    loop {
        for event in listener.next().await {
            match event {
                StudioEvent::DocumentAnalysed(analysis) if analysis.version == version => return analysis,
                _ => {}
            }
        }
    }
}

/// In milliseconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1_000.0
}
