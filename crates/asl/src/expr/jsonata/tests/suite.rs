//! The official test suite as a gate: `../shared/conformance/jsonata/cases.jsonl`, skipped where it is absent. The suite is the one
//! of JSONata 2.2.2; the service speaks 2.0.6, and this language has no `$eval`.

use std::path::Path;

use jsonata_core::evaluator::Context;
use jsonata_core::value::JValue;
use serde_json::Value as Json;

use super::super::Scope;
use super::super::program::Program;
use super::super::session::Session;
use super::super::values::{Unsupported, from_evaluator, to_evaluator};
use crate::expr::TestHost;
use crate::value::Value;

/// Groups and cases that do not apply, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("coalescing-operator", "newer than 2.0.6"),
    ("default-operator", "newer than 2.0.6"),
    ("function-eval", "the service has no $eval"),
    (
        "range-operator/case021.json#0",
        "sequences end at 1,000,000 items",
    ),
    (
        "range-operator/case024.json#0",
        "sequences end at 1,000,000 items",
    ),
    (
        "tail-recursion/case002.json#0",
        "the suite's own limit of 302 levels; here there are more",
    ),
    (
        "tail-recursion/case005.json#0",
        "the suite's test bed has an error code of its own for too deep recursion",
    ),
];

#[test]
fn the_official_suite_agrees() {
    let path = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/conformance/jsonata/cases.jsonl"
    ));
    let Ok(cases) = std::fs::read_to_string(path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    let (mut agree, mut unreadable, mut differ) = (0, 0, Vec::new());
    for line in cases.lines() {
        // A few cases are about halves of surrogate pairs, which no text here can hold.
        let Ok(case) = serde_json::from_str::<Json>(line) else {
            unreadable += 1;
            continue;
        };
        let name = case["name"].as_str().unwrap_or_default();
        let group = case["group"].as_str().unwrap_or_default();
        let excepted = EXCEPTIONS
            .iter()
            .any(|(what, _)| *what == group || *what == format!("{group}/{name}"));
        let (expected, found) = (expected(&case), found(&case));
        match agrees(&expected, &found) {
            true => agree += 1,
            false if excepted => {}
            false => differ.push(format!(
                "{group}/{name}: {} gives {found}, not {expected}",
                case["expr"]
            )),
        }
    }
    println!("{agree} cases agree, {unreadable} cannot be read");
    assert!(
        differ.is_empty(),
        "{} differ:\n{}",
        differ.len(),
        differ.join("\n")
    );
}

fn expected(case: &Json) -> String {
    match case["exp"]["k"].as_str() {
        Some("r") => format!("={}", case["exp"]["v"]),
        Some("e") => format!(
            "!{}",
            case["exp"]["c"]
                .as_str()
                .or(case["exp"]["code"].as_str())
                .unwrap_or_default()
        ),
        _ => "undefined".to_owned(),
    }
}

fn agrees(expected: &str, found: &str) -> bool {
    match (expected.strip_prefix('='), found.strip_prefix('=')) {
        (Some(expected), Some(found)) => {
            let read = |text: &str| serde_json::from_str::<Json>(text).unwrap_or_default();
            same(&read(expected), &read(found))
        }
        _ => expected == found,
    }
}

/// Equal, where numbers are compared by value.
fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left.as_f64() == right.as_f64(),
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        (left, right) => left == right,
    }
}

/// What the evaluator gives: a value, `undefined`, or the code of the error.
fn found(case: &Json) -> String {
    let convert = |value: &Json| to_evaluator(&Value::parse(&value.to_string()).unwrap());
    let program = match Program::parse(case["expr"].as_str().unwrap_or_default()) {
        Ok(program) => program,
        Err(error) => return format!("!{}", error.message.get(..5).unwrap_or_default()),
    };
    let mut context = Context::new();
    for (name, value) in case["bindings"].as_object().into_iter().flatten() {
        context.bind(name.clone(), convert(value));
    }
    let data = case.get("data").map_or(JValue::Undefined, convert);
    let (host, input) = (TestHost::bare(), Value::Null);
    let scope = Scope {
        input: &input,
        result: None,
        error_output: None,
        host: &host,
    };
    match Session::new(scope).evaluate(&program, context, &data) {
        Ok(result) => match from_evaluator(&result) {
            Ok(value) => format!("={value}"),
            Err(Unsupported::Undefined) => "undefined".to_owned(),
            Err(why) => format!("{why:?}"),
        },
        Err(problem) => {
            let text = problem
                .strip_prefix("threw an error during evaluation. ")
                .unwrap_or(&problem);
            format!("!{}", text.get(..5).unwrap_or_default())
        }
    }
}
