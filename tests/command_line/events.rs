//! Every event of the example takes the way that its name promises.

use serde_json::{Value, json};

use crate::scene::{Ended, Scene};

/// States of the machine itself, in the order of entering; those inside Parallel and Map are left out.
fn way(ended: &Ended) -> String {
    const INSIDE: [&str; 5] = [
        "Charge card",
        "Record payment",
        "Reserve each line",
        "Reserve line",
        "Wait for courier",
    ];
    let names: Vec<String> = ended
        .json()
        .iter()
        .filter_map(|event| {
            event["stateEnteredEventDetails"]["name"]
                .as_str()
                .map(str::to_owned)
        })
        .filter(|name| !INSIDE.contains(&name.as_str()))
        .collect();
    names.join(" → ")
}

fn charges(ended: &Ended) -> usize {
    let is_charge = |event: &&Value| {
        let parameters = event["taskScheduledEventDetails"]["parameters"].as_str();
        parameters.is_some_and(|parameters| parameters.contains("charge-card"))
    };
    ended.json().iter().filter(is_charge).count()
}

/// Event file, way, charges tried, and `status` of the output or the error.
const WAYS: [(&str, &str, usize, Result<&str, &str>); 10] = [
    (
        "in-stock",
        "Price order → In stock? → Fulfil → Done",
        1,
        Ok("FULFILLED"),
    ),
    (
        "partly-in-stock",
        "Price order → In stock? → Ship what is there → Fulfil → Done",
        1,
        Ok("FULFILLED"),
    ),
    (
        "back-order",
        "Price order → In stock? → Back order → Done",
        0,
        Ok("BACK_ORDERED"),
    ),
    (
        "payment-timeout",
        "Price order → In stock? → Fulfil → Done",
        2,
        Ok("FULFILLED"),
    ),
    (
        "payment-down",
        "Price order → In stock? → Fulfil → Refund → Order failed",
        4,
        Err("OrderFailed"),
    ),
    (
        "card-declined",
        "Price order → In stock? → Fulfil → Order rejected",
        1,
        Err("CardDeclined"),
    ),
    (
        "card-limit",
        "Price order → In stock? → Fulfil → Order rejected",
        1,
        Err("CardDeclined"),
    ),
    (
        "shelf-empty",
        "Price order → In stock? → Fulfil → Refund → Order failed",
        1,
        Err("OrderFailed"),
    ),
    (
        "unknown-product",
        "Price order → Order rejected",
        0,
        Err("UnknownProduct"),
    ),
    (
        "empty-order",
        "Price order → Order rejected",
        0,
        Err("InvalidOrder"),
    ),
];

fn check(
    scene: &Scene,
    (event, expected, tried, result): (&str, &str, usize, Result<&str, &str>),
    virtual_time: bool,
) {
    let input = format!("order-fulfilment/events/{event}.json");
    let mut arguments = vec!["run", "order-fulfilment", "--input", &input, "--json"];
    if virtual_time {
        arguments.push("--virtual-time");
    }
    let ended = scene.run(&arguments);
    assert_eq!(way(&ended), expected, "{event}: {}", ended.err);
    assert_eq!(charges(&ended), tried, "{event}");
    let summary = ended.summary();
    let members: Vec<&str> = summary.as_object().unwrap().keys().map(String::as_str).collect();
    assert!(
        summary["executionArn"]
            .as_str()
            .unwrap()
            .starts_with("arn:aws:states:"),
        "{summary}"
    );
    match result {
        Ok(status) => {
            assert_eq!(
                (ended.code, &summary["status"]),
                (Some(0), &json!("SUCCEEDED")),
                "{event}"
            );
            assert_eq!(members, ["executionArn", "status", "output"]);
            assert_eq!(ended.output()["status"], status, "{event}");
        }
        Err(error) => {
            assert_eq!(
                (ended.code, &summary["status"]),
                (Some(1), &json!("FAILED")),
                "{event}"
            );
            assert_eq!(members, ["executionArn", "status", "error", "cause"]);
            assert_eq!(summary["error"], error, "{event}");
        }
    }
}

#[test]
fn every_event_takes_its_way() {
    let scene = Scene::with_examples();
    let files = std::fs::read_dir(scene.path("order-fulfilment/events"))
        .unwrap()
        .count();
    assert_eq!(files, WAYS.len(), "an event has no row here");
    for row in WAYS {
        check(&scene, row, true);
    }
    scene.nothing_left_behind();
}

#[test]
fn real_time_leads_to_the_same() {
    let scene = Scene::with_examples();
    check(&scene, WAYS[3], false);
    scene.nothing_left_behind();
}

#[test]
fn a_person_sees_a_line_for_each_transition_and_the_result() {
    let scene = Scene::with_examples();
    let input = "order-fulfilment/events/payment-timeout.json";
    let ended = scene.run(&["run", "order-fulfilment", "--input", input, "--virtual-time"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    for expected in [
        "Price order            → In stock?",
        "In stock?              rule 1 → Fulfil",
        "again in 1 s (attempt 2 of 4)",
        "Reserve line [3]",
        "SUCCEEDED\n{\n  \"status\": \"FULFILLED\"",
    ] {
        assert!(
            ended.out.contains(expected),
            "{expected} is not in\n{}",
            ended.out
        );
    }
    assert!(!ended.out.contains('\x1b'), "colour belongs on a terminal");
}

#[test]
fn a_definition_in_yaml_runs_too() {
    let scene = Scene::with_examples();
    let ended = scene.run(&[
        "run",
        "hello",
        "--input",
        r#"{"name": "Ada"}"#,
        "--virtual-time",
        "--json",
    ]);
    assert_eq!(
        ended.output(),
        json!({"greeting": "Hello, Ada!"}),
        "{}",
        ended.err
    );
    // Nothing of ours is left among the user's files but the folder that ignores itself.
    let ignored = std::fs::read_to_string(scene.path("hello/.stepwell/.gitignore")).unwrap();
    assert_eq!(ignored, "*\n");
}
