//! `stepwell test-state`: the data at each stage of one state, as the endpoint's TestState tells it.

use serde_json::{Value, json};

use crate::scene::Scene;

const FLOW: &str = r#"{
  "StartAt": "Price",
  "States": {
    "Price": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "InputPath": "$.order",
      "Parameters": { "FunctionName": "${Work}", "Payload.$": "$" },
      "ResultSelector": { "total.$": "$.Payload.total" },
      "ResultPath": "$.price",
      "Retry": [{ "ErrorEquals": ["Busy"], "MaxAttempts": 2, "IntervalSeconds": 3 }],
      "Catch": [{ "ErrorEquals": ["Empty"], "Next": "Each" }],
      "Next": "Each"
    },
    "Each": {
      "Type": "Map",
      "ItemsPath": "$.lines",
      "ItemProcessor": {
        "StartAt": "Inner",
        "States": {
          "Inner": { "Type": "Wait", "Seconds": 3600, "Next": "Named" },
          "Named": {
            "Type": "Pass",
            "QueryLanguage": "JSONata",
            "Output": "{% $who & ' at ' & $states.context.State.Name %}",
            "End": true
          }
        }
      },
      "Next": "Rest"
    },
    "Rest": { "Type": "Succeed", "OutputPath": "$.nowhere" }
  }
}
"#;

const HANDLER: &str = "\
class Empty(Exception):
    pass
class Busy(Exception):
    pass
def handler(event, context):
    if event.get('busy'):
        raise Busy('later')
    if not event['lines']:
        raise Empty('no lines')
    return {'total': sum(event['lines'])}
";

fn scene() -> Scene {
    let scene = Scene::with_function(HANDLER, 10);
    scene.write("p/flow.asl.json", FLOW);
    scene
}

/// The state, further arguments, exit code, and what is said.
fn check(scene: &Scene, state: &str, more: &[&str], code: i32, said: &[&str]) {
    let all = [&["test-state", "p", "--state", state], more].concat();
    let ended = scene.run(&all);
    let text = format!("{}{}", ended.out, ended.err);
    assert_eq!(ended.code, Some(code), "{all:?}\n{text}");
    for expected in said {
        assert!(text.contains(expected), "{all:?}: {expected} is not in\n{text}");
    }
}

#[test]
fn a_person_sees_each_stage() {
    let scene = scene();
    let ended = scene.run(&[
        "test-state",
        "p",
        "--state",
        "Price",
        "--input",
        r#"{"order": {"lines": [1.0, 2]}, "n": 1}"#,
    ]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    let lines: Vec<_> = ended.out.lines().collect();
    assert_eq!(lines[0], "Price  Task of Flow");
    assert_eq!(
        lines[1..3],
        [
            r#"input                {"order":{"lines":[1.0,2]},"n":1}"#,
            r#"afterInputPath       {"lines":[1.0,2]}"#,
        ]
    );
    assert!(
        lines.contains(&r#"afterResultSelector  {"total":3.0}"#),
        "{}",
        ended.out
    );
    assert_eq!(
        lines[lines.len() - 2..],
        [
            r#"output               {"order":{"lines":[1.0,2]},"n":1,"price":{"total":3.0}}"#,
            "SUCCEEDED  → Each",
        ]
    );
    scene.nothing_left_behind();
    assert!(!scene.path("p/.stepwell").exists(), "a test leaves no record");
}

#[test]
fn states_of_every_kind_end_in_every_way() {
    let scene = scene();
    let lines = r#"{"order": {"lines": []}}"#;
    let busy = r#"{"order": {"busy": true}}"#;
    for (state, more, code, said) in [
        (
            "Price",
            &["--input", lines][..],
            1,
            &["CAUGHT_ERROR  → Each", "Empty", "\"catchIndex\":0"][..],
        ),
        (
            "Price",
            &["--input", busy, "--retry-count", "1"],
            1,
            &["RETRIABLE", "Busy", "\"retryBackoffIntervalSeconds\":6"],
        ),
        (
            "Price",
            &["--input", busy, "--retry-count", "2"],
            1,
            &["FAILED", "Busy"],
        ),
        (
            "Price",
            &["--input", lines, "--mock", r#"{"Payload": {"total": 7}}"#],
            0,
            &[r#"afterResultSelector  {"total":7}"#],
        ),
        (
            "Price",
            &[
                "--input",
                lines,
                "--mock-error",
                "Empty",
                "--mock-cause",
                "made up",
            ],
            1,
            &["CAUGHT_ERROR", "made up"],
        ),
        (
            "Price",
            &[
                "--mock",
                r#"{"Payload": {}, "StatusCode": "many"}"#,
                "--input",
                lines,
            ],
            2,
            &["Field 'StatusCode' must be a number"],
        ),
        (
            "Price",
            &[
                "--mock",
                r#"{"Payload": {"total": 1}, "StatusCode": "many"}"#,
                "--mock-validation",
                "none",
                "--input",
                lines,
            ],
            0,
            &["SUCCEEDED"],
        ),
        (
            "Each",
            &["--input", r#"{"lines": [1]}"#, "--mock", "[10]"],
            0,
            &["afterItemsPath", "maxConcurrency", "output", "[10]", "→ Rest"],
        ),
        (
            "Each",
            &["--input", r#"{"lines": [1]}"#],
            2,
            &["does not support Map", "--mock RESULT"],
        ),
        ("Inner", &["--input", "[]"], 0, &["SUCCEEDED  → Named"]),
        (
            "Named",
            &["--variables", r#"{"who": "Ada"}"#],
            0,
            &["\"Ada at StateName\"", "variables", "SUCCEEDED"],
        ),
        ("Rest", &[], 1, &["FAILED", "States.", "$.nowhere"]),
        (
            "Rest",
            &["--input", r#"{"nowhere": 1}"#, "--inspection-level", "INFO"],
            0,
            &["output  1"],
        ),
        (
            "Nobody",
            &[],
            2,
            &["no state named Nobody; it has Price, Each, Inner, Named, Rest"],
        ),
        (
            "Rest",
            &["--context", "[1]"],
            2,
            &["Context object must be a JSON object"],
        ),
        (
            "Rest",
            &["--variables", "nowhere.json"],
            2,
            &["--variables nowhere.json: there is no such file"],
        ),
    ] {
        check(&scene, state, more, code, said);
    }
    scene.nothing_left_behind();
}

#[test]
fn programs_get_what_the_endpoint_answers() {
    let scene = scene();
    scene.write("p/input.json", r#"{"order": {"lines": [4]}}"#);
    let ended = scene.run(&[
        "test-state",
        "p/flow.asl.json",
        "--functions",
        "p",
        "--state",
        "Price",
        "--input",
        "p/input.json",
        "--mock",
        r#"{"Payload": {"total": 4}}"#,
        "--json",
    ]);
    let answer: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{}", ended.err));
    assert_eq!(answer["status"], "SUCCEEDED");
    assert_eq!(answer["nextState"], "Each");
    assert_eq!(answer["output"], r#"{"order":{"lines":[4]},"price":{"total":4}}"#);
    let inspected = &answer["inspectionData"];
    assert_eq!(inspected["afterInputPath"], r#"{"lines":[4]}"#);

    #[cfg(unix)]
    {
        let server = crate::endpoint::start(&scene, &["--dir", "p"]);
        let asked = server.call(
            "TestState",
            &json!({
                "definition": FLOW.replace("${Work}", "arn:aws:lambda:us-east-1:123456789012:function:work"),
                "stateName": "Price",
                "roleArn": "arn:aws:iam::123456789012:role/r",
                "inspectionLevel": "DEBUG",
                "input": r#"{"order":{"lines":[4]}}"#,
                "mock": {"result": r#"{"Payload":{"total":4}}"#},
            }),
        );
        assert_eq!(asked.unwrap(), answer);
        server.stop();
    }

    let refused = scene.run(&["test-state", "p", "--state", "Each", "--json"]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
}

#[test]
fn yaml_and_definitions_that_are_wrong() {
    let scene = Scene::with_examples();
    let yaml = scene.run(&["test-state", "hello", "--state", "Done", "--input", "7"]);
    assert_eq!(yaml.code, Some(0), "{}{}", yaml.out, yaml.err);
    for (text, said) in [
        ("{\n  \"StartAt\": }\n", &["error[SW00", "w.asl.json:2"][..]),
        (
            r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": -1, "End": true}}}"#,
            &["w.asl.json:1", "InvalidDefinition", "A"],
        ),
    ] {
        scene.write("w.asl.json", text);
        let ended = scene.run(&["test-state", "w.asl.json", "--state", "A"]);
        assert_eq!(ended.code, Some(2), "{}", ended.out);
        for expected in said {
            assert!(
                ended.err.contains(expected),
                "{expected} is not in\n{}",
                ended.err
            );
        }
    }
}
