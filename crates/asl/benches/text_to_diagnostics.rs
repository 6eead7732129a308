//! From a text to its diagnostics, as after every key: the best of many rounds, since other work on the
//! machine only ever makes one slower, for definitions of 100, 1,000 and 10,000 states.
//! Budget: 5 ms at 1,000 states, 50 ms at 10,000 (the sum). `cargo bench -p stepwell-asl --bench text_to_diagnostics`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, missing_docs)] // a measurement reads the clock and prints

#[path = "text/definition.rs"]
mod definition;

use std::hint::black_box;
use std::time::{Duration, Instant};

use stepwell_asl::definition::Definition;
use stepwell_asl::diagnostics::diagnose;
use stepwell_asl::graph::FlowGraph;
use stepwell_asl::machine::StateMachine;
use stepwell_asl::text::{Format, Tree};

use definition::definition;

fn main() {
    println!(
        "{:>7} {:>9} {:>9} {:>11} {:>9} {:>12} {:>9} {:>9}",
        "states", "bytes", "parse", "definition", "graph", "diagnostics", "sum", "compile"
    );
    for states in [100, 1_000, 10_000] {
        measure(states, if states > 1_000 { 51 } else { 201 });
    }
}

fn measure(states: usize, times: usize) {
    let text = definition(states);
    let parse = best(times, || Tree::parse(text.as_str(), Format::Json));
    let tree = Tree::parse(text.as_str(), Format::Json);
    let read = best(times, || Definition::read(&tree));
    let outline = Definition::read(&tree);
    let build = best(times, || FlowGraph::of(&outline));
    let graph = FlowGraph::of(&outline);
    let check = best(times, || diagnose(&tree, &outline, &graph));
    let compile = best(times, || StateMachine::compile(&tree, &outline));
    let found = diagnose(&tree, &outline, &graph);
    assert!(found.is_empty(), "the definition should be sound: {}", found[0]);
    println!(
        "{states:>7} {:>9} {} {:>2}{} {} {:>3}{} {} {}",
        text.len(),
        shown(parse),
        "",
        shown(read),
        shown(build),
        "",
        shown(check),
        shown(parse + read + build + check),
        shown(compile),
    );
}

fn shown(duration: Duration) -> String {
    format!("{:>6.2} ms", duration.as_secs_f64() * 1_000.0)
}

fn best<T>(times: usize, mut work: impl FnMut() -> T) -> Duration {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            let result = black_box(work());
            let taken = start.elapsed();
            drop(result);
            taken
        })
        .min()
        .unwrap_or_default()
}
