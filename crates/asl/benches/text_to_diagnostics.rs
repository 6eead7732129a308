//! From a text to its diagnostics, as after every key: medians for definitions of 100, 1,000 and 10,000 states.
//! Budget: 5 ms at 1,000 states, 50 ms at 10,000 (the sum). `cargo bench -p stepwell-asl --bench text_to_diagnostics`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, missing_docs)] // a measurement reads the clock and prints

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use stepwell_asl::definition::Definition;
use stepwell_asl::diagnostics::diagnose;
use stepwell_asl::graph::FlowGraph;
use stepwell_asl::machine::StateMachine;
use stepwell_asl::text::{Format, Tree};

fn main() {
    println!(
        "{:>7} {:>9} {:>9} {:>11} {:>9} {:>12} {:>9} {:>9}",
        "states", "bytes", "parse", "definition", "graph", "diagnostics", "sum", "compile"
    );
    for states in [100, 1_000, 10_000] {
        measure(states, if states > 1_000 { 15 } else { 51 });
    }
}

fn measure(states: usize, times: usize) {
    let text = definition(states);
    let parse = median(times, || Tree::parse(text.as_str(), Format::Json));
    let tree = Tree::parse(text.as_str(), Format::Json);
    let read = median(times, || Definition::read(&tree));
    let outline = Definition::read(&tree);
    let build = median(times, || FlowGraph::of(&outline));
    let graph = FlowGraph::of(&outline);
    let check = median(times, || diagnose(&tree, &outline, &graph));
    let compile = median(times, || StateMachine::compile(&tree, &outline));
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

fn median<T>(times: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut taken: Vec<_> = (0..times)
        .map(|_| {
            let start = Instant::now();
            let result = black_box(work());
            let taken = start.elapsed();
            drop(result);
            taken
        })
        .collect();
    taken.sort_unstable();
    taken[times / 2]
}

/// Groups of ten states: tasks with retries and catchers, choices, waits, a Map with a state inside, and passes.
fn definition(states: usize) -> String {
    let groups = states / 10;
    let mut text = "{\n  \"StartAt\": \"Price 0\",\n  \"States\": {\n".to_owned();
    for group in 0..groups {
        let next = if group + 1 < groups {
            format!("Price {}", group + 1)
        } else {
            "Failed".to_owned()
        };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{}",
            GROUP.replace("#N", &next).replace('#', &group.to_string())
        );
    }
    text.push_str("    \"Failed\": { \"Type\": \"Fail\", \"Error\": \"Failed\" }\n  }\n}\n");
    text
}

const GROUP: &str = r##"    "Price #": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": {
        "FunctionName": "${PriceOrderFunctionArn}",
        "Payload": { "order.$": "$.order", "id.$": "States.Format('order-{}', $.order.id)" }
      },
      "ResultSelector": { "total.$": "$.Payload.total" },
      "ResultPath": "$.price",
      "Retry": [{ "ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 2, "MaxAttempts": 4, "BackoffRate": 2 }],
      "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed" }],
      "Next": "In stock? #"
    },
    "In stock? #": {
      "Type": "Choice",
      "Choices": [
        { "Variable": "$.stock", "NumericGreaterThanEqualsPath": "$.qty", "Next": "Reserve #" },
        { "And": [{ "Variable": "$.express", "BooleanEquals": true }, { "Variable": "$.total", "NumericLessThan": 100 }], "Next": "Wait #" }
      ],
      "Default": "Note #"
    },
    "Wait #": { "Type": "Wait", "Seconds": 30, "Next": "Reserve #" },
    "Reserve #": {
      "Type": "Map",
      "ItemsPath": "$.lines",
      "ItemSelector": { "line.$": "$$.Map.Item.Value" },
      "MaxConcurrency": 5,
      "ItemProcessor": {
        "ProcessorConfig": { "Mode": "INLINE" },
        "StartAt": "Reserve line #",
        "States": {
          "Reserve line #": { "Type": "Task", "Resource": "arn:aws:states:::dynamodb:updateItem", "Parameters": { "TableName": "Stock" }, "End": true }
        }
      },
      "ResultPath": null,
      "Next": "Note #"
    },
    "Note #": { "Type": "Pass", "Parameters": { "text": "done", "at.$": "$$.State.EnteredTime" }, "ResultPath": "$.note", "Next": "Send #" },
    "Send #": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": { "QueueUrl": "${Queue}", "MessageBody.$": "$.note" }, "Next": "Tidy #" },
    "Tidy #": { "Type": "Pass", "Next": "Count #" },
    "Count #": { "Type": "Pass", "Assign": { "count.$": "States.MathAdd($count, 1)" }, "Next": "Check #" },
    "Check #": { "Type": "Choice", "Choices": [{ "Variable": "$count", "NumericGreaterThan": 1000, "Next": "Failed" }], "Default": "#N" },
"##;
