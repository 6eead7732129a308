//! Prints how long one evaluation takes, for each kind of expression that a transition may need.
//!
//! The first rows are one turn of the loop that the engine's budget is about: a Choice rule, and a Pass state whose
//! Parameters count up and hand a payload on. Together they may take about a microsecond.

use std::hint::black_box;
use std::time::Instant;

use stepwell_asl::expr::{Condition, Host, Path, ReferencePath, Template};
use stepwell_asl::value::Value;

struct Still(Value);

impl Host for Still {
    fn context(&self) -> Value {
        self.0.clone()
    }

    fn variable(&self, _: &str) -> Option<Value> {
        Some(self.0.clone())
    }

    fn random(&self) -> u64 {
        4
    }

    fn now(&self) -> i64 {
        0
    }
}

/// Nanoseconds for one run: the median of 21 batches.
#[allow(clippy::disallowed_methods, reason = "a benchmark reads a clock")]
fn median(mut run: impl FnMut()) -> f64 {
    const BATCH: u32 = 20_000;
    let mut times: Vec<f64> = (0..21)
        .map(|_| {
            let start = Instant::now();
            (0..BATCH).for_each(|_| run());
            start.elapsed().as_secs_f64() * 1e9 / f64::from(BATCH)
        })
        .collect();
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

#[allow(clippy::print_stdout, reason = "it is a program")]
fn report(what: &str, run: impl FnMut()) {
    println!("{what:<44} {:>9.1} ns", median(run));
}

fn parse(text: &str) -> Value {
    Value::parse(text).expect("the benchmark's own JSON")
}

fn main() {
    let input = parse(
        r#"{"i":17,"limit":4000,"payload":{"order":{"id":"o-1","lines":[1,2,3]},"status":"open"},"items":[{"p":1},{"p":20},{"p":3}]}"#,
    );
    let host = Still(parse(r#"{"Execution":{"Id":"e"}}"#));

    let rule = |text: &str| Condition::compile(&parse(text)).expect("a rule");
    let template = |text: &str| Template::compile(&parse(text)).expect("a template");
    let path = |text: &str| Path::parse(text).expect("a path");

    let conditions = [
        (
            "Choice: $.i < 4000",
            rule(r#"{"Variable":"$.i","NumericLessThan":4000}"#),
        ),
        (
            "Choice: $.i < $.limit",
            rule(r#"{"Variable":"$.i","NumericLessThanPath":"$.limit"}"#),
        ),
        (
            "Choice: text equals",
            rule(r#"{"Variable":"$.payload.status","StringEquals":"open"}"#),
        ),
        (
            "Choice: $.nope is present",
            rule(r#"{"Variable":"$.nope","IsPresent":true}"#),
        ),
    ];
    let templates = [
        (
            "Pass: MathAdd and a payload",
            r#"{"i.$":"States.MathAdd($.i, 1)","payload.$":"$.payload"}"#,
        ),
        (
            "Pass: the same with a constant part",
            r#"{"i.$":"States.MathAdd($.i, 1)","k":{"a":[1,2,3],"b":{"c":"d"}}}"#,
        ),
        (
            "Format of three",
            r#"{"t.$":"States.Format('{}/{}/{}', $.i, $.payload.status, $$.Execution.Id)"}"#,
        ),
    ];
    for (what, condition) in &conditions {
        report(what, || {
            black_box(condition.evaluate(black_box(&input), &host).is_ok());
        });
    }
    for (what, text) in templates {
        let template = template(text);
        report(what, || {
            black_box(template.evaluate(black_box(&input), &host).is_ok());
        });
    }
    for text in [
        "$.payload.order.id",
        "$$.Execution.Id",
        "$.items[*].p",
        "$.items[?(@.p > 2)].p",
        "$..p",
    ] {
        let path = path(text);
        report(text, || {
            black_box(path.evaluate(black_box(&input), &host).is_ok());
        });
    }
    let place = ReferencePath::parse("$.payload.result").expect("a reference path");
    report("put $.payload.result", || {
        black_box(place.put(input.clone(), Value::Null).is_ok());
    });
    let text = input.to_json();
    report("parse 150 bytes", || {
        black_box(Value::parse(black_box(&text)).is_ok());
    });
}
