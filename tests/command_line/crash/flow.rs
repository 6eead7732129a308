//! A workflow of everything: all eight types of states, both query languages, variables, retries and catches, functions;
//! over the endpoint also a task token, an activity and nested executions. Where two things happen at once their order
//! is fixed: of what runs beside a function nothing waits.

use serde_json::{Value, json};

use crate::scene::Scene;

/// Fails as often as it is told to, and leaves the token that it is given beside its code.
const HANDLER: &str = "\
import os
class Busy(Exception):
    pass
class Broken(Exception):
    pass
def handler(event, context):
    if event.get('broken'):
        raise Broken('for good')
    if event.get('attempt', 9) < event.get('fails', 0):
        raise Busy('attempt %d' % event['attempt'])
    token = event.get('token')
    if token:
        path = os.path.join(os.path.dirname(__file__), 'token')
        with open(path + '.new', 'w') as file:
            file.write(token)
        os.replace(path + '.new', path)
    return {'n': event.get('n', 0) * 2}
";

/// A project whose workflow is all of it; `more` states come after the ones that every command knows.
pub(super) fn scene(more: Value) -> Scene {
    let scene = Scene::with_function(HANDLER, 30);
    let mut states = states();
    let first = more
        .as_object()
        .and_then(|more| more.keys().next())
        .map_or("Done", String::as_str);
    states["Hand on"]["Next"] = first.into();
    for (name, state) in more.as_object().into_iter().flatten() {
        states[name] = state.clone();
    }
    let flow = json!({"Comment": "Everything", "StartAt": "Begin", "States": states});
    scene.write("p/flow.asl.json", &flow.to_string());
    scene
}

/// A call of the function; `payload` is what it is given.
pub(super) fn call(payload: &Value, next: &str) -> Value {
    json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "${Work}", "Payload": payload},
        "ResultSelector": {"n.$": "$.Payload.n"},
        "ResultPath": "$.called",
        "Next": next,
    })
}

fn states() -> Value {
    let mut item = call(
        &json!({"n.$": "$.line.n", "fails.$": "$.line.fails", "attempt.$": "$$.State.RetryCount"}),
        "Note",
    );
    item["Retry"] =
        json!([{"ErrorEquals": ["Busy"], "IntervalSeconds": 1, "BackoffRate": 1, "MaxAttempts": 2}]);
    let mut broken = call(&json!({"broken": true}), "Missed");
    broken["Catch"] = json!([{"ErrorEquals": ["Broken"], "ResultPath": null, "Next": "Forgiven"}]);
    json!({
        "Begin": {"Type": "Pass", "Result": [{"n": 1, "fails": 1}, {"n": 2.5, "fails": 0}], "ResultPath": "$.lines", "Next": "Count"},
        "Count": {
            "Type": "Pass", "QueryLanguage": "JSONata", "Next": "Enough?",
            "Assign": {"turns": "{% $exists($turns) ? $turns + 1 : 1 %}", "sum": "{% $sum($states.input.lines.n) %}"},
        },
        "Enough?": {
            "Type": "Choice", "QueryLanguage": "JSONata", "Default": "Each",
            "Choices": [{"Condition": "{% $turns < 12 %}", "Next": "Count"}],
        },
        "Each": {
            "Type": "Map", "ItemsPath": "$.lines", "ItemSelector": {"line.$": "$$.Map.Item.Value", "at.$": "$$.Map.Item.Index"},
            "MaxConcurrency": 1, "ResultPath": "$.each", "Next": "Squares",
            "ItemProcessor": {"StartAt": "Work", "States": {
                "Work": item,
                "Note": {"Type": "Pass", "Parameters": {"got.$": "$.called.n", "sum.$": "$sum"}, "End": true},
            }},
        },
        "Squares": {
            "Type": "Map", "QueryLanguage": "JSONata", "Items": "{% [1..9] %}", "Output": "{% $merge([$states.input, {'squares': $states.result}]) %}",
            "ItemProcessor": {"StartAt": "Square", "States": {
                "Square": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.input * $states.input %}", "End": true},
            }},
            "Next": "Both",
        },
        "Both": {
            "Type": "Parallel", "ResultPath": "$.both", "Next": "Risk",
            "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "Next": "Left end"}, "Left end": {"Type": "Succeed"}}},
                {"StartAt": "Right", "States": {
                    "Right": broken,
                    "Missed": {"Type": "Fail"},
                    "Forgiven": {"Type": "Pass", "Result": "forgiven", "End": true},
                }},
            ],
        },
        "Risk": {
            "Type": "Parallel", "ResultPath": "$.risk", "Next": "Never",
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.risk", "Next": "Rest"}],
            "Branches": [{"StartAt": "Lose", "States": {"Lose": {"Type": "Fail", "Error": "Lost", "Cause": "as it was meant"}}}],
        },
        "Never": {"Type": "Fail", "Error": "Never"},
        "Rest": {"Type": "Wait", "Seconds": 1, "Next": "Hand on"},
        "Hand on": {"Type": "Pass"},
        "Done": {"Type": "Succeed"},
    })
}
