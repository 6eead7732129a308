//! `stepwell serve` by plain HTTP: its doors, its errors, and that what it was told survives its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use nix::sys::signal::Signal;
use serde_json::{Value, json};

use crate::endpoint::start;
use crate::scene::{Scene, Started};

/// A folder whose data folder is its own.
fn data(scene: &Scene) -> String {
    scene.path("p").to_string_lossy().into_owned()
}

#[test]
fn every_door() {
    let scene = Scene::with_examples();
    let server = start(&scene, &["--dir", "hello"]);
    let port = server.address.rsplit(':').next().unwrap();
    let localhost = format!("localhost:{port}");
    let sync = format!("sync-{localhost}");
    let target = ("X-Amz-Target", "AWSStepFunctions.ListStateMachines");
    let huge = (64 << 20).to_string();
    for (what, headers, expected) in [
        ("an SDK", vec![target], 200),
        ("by its other name", vec![target, ("Host", &localhost)], 200),
        ("with the prefix of SDKs", vec![target, ("Host", &sync)], 200),
        (
            "an address that was typed",
            vec![target, ("Sec-Fetch-Site", "none")],
            200,
        ),
        ("a page", vec![target, ("Origin", "https://example.com")], 403),
        (
            "a page of ours",
            vec![target, ("Origin", "http://127.0.0.1:1")],
            403,
        ),
        (
            "a page without an origin",
            vec![target, ("Sec-Fetch-Site", "same-origin")],
            403,
        ),
        (
            "a name that was rebound to us",
            vec![target, ("Host", "example.com")],
            421,
        ),
        ("a body without end", vec![target, ("Content-Length", &huge)], 413),
        ("no target", vec![], 400),
    ] {
        let (status, head, body) = server.send("POST /", &headers, "{}");
        assert_eq!(status, expected, "{what}: {body}");
        assert!(!head.contains("access-control"), "{what}: {head}");
    }
    for (line, expected) in [
        ("GET /health", 200),
        ("GET /ready", 200),
        ("GET /", 405),
        ("GET /x", 404),
    ] {
        assert_eq!(server.send(line, &[], "").0, expected, "{line}");
    }
    server.stop();
}

#[test]
fn errors_have_the_shape_of_the_service() {
    let scene = Scene::with_examples();
    let server = start(&scene, &["--dir", "hello"]);
    for (action, request, kind, message) in [
        (
            "MakeCoffee",
            json!({}),
            "com.amazon.coral.service#UnknownOperationException",
            "MakeCoffee",
        ),
        (
            "RedriveExecution",
            json!({}),
            "com.amazon.coral.service#UnknownOperationException",
            "RedriveExecution",
        ),
        (
            "CreateActivity",
            json!({}),
            "com.amazon.coral.validate#ValidationException",
            "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
        ),
        (
            "DescribeExecution",
            json!({"executionArn": "nonsense"}),
            "com.amazonaws.swf.service.v2.model#InvalidArn",
            "Invalid Arn: 'Invalid ARN prefix: nonsense'",
        ),
        (
            "SendTaskSuccess",
            json!({"taskToken": "made-up", "output": "{}"}),
            "com.amazonaws.swf.service.v2.model#InvalidToken",
            "Invalid Token: 'Invalid token'",
        ),
    ] {
        let fault = server.call(action, &request).unwrap_err();
        assert_eq!(fault["__type"], kind, "{fault}");
        assert!(fault["message"].as_str().unwrap().contains(message), "{fault}");
    }
    let (status, _, body) = server.send(
        "POST /",
        &[("X-Amz-Target", "AWSStepFunctions.ListActivities")],
        "{",
    );
    assert_eq!(status, 400);
    assert!(body.contains("SerializationException"), "{body}");
    server.stop();
}

#[test]
fn what_runs_goes_on_after_a_restart() {
    let scene = Scene::new();
    scene.write(
        "p/flow.asl.json",
        r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#,
    );
    let folder = data(&scene);
    let server = start(&scene, &["--dir", &folder]);
    let activity = server.call("CreateActivity", &json!({"name": "work"})).unwrap();
    let activity = activity["activityArn"].as_str().unwrap().to_owned();
    let machine = server.create(
        "outer",
        &json!({"StartAt": "Work", "States": {
            "Work": {"Type": "Task", "Resource": activity, "Next": "Rest"},
            "Rest": {"Type": "Wait", "Seconds": 1, "Next": "Done"},
            "Done": {"Type": "Succeed"},
        }}),
    );
    let tag = json!({"resourceArn": machine, "tags": [{"key": "k", "value": "v"}]});
    server.call("TagResource", &tag).unwrap();
    let execution = server.begin(&machine, &json!({"n": 1}));
    let task = server
        .call(
            "GetActivityTask",
            &json!({"activityArn": activity, "workerName": "w"}),
        )
        .unwrap();
    assert_eq!(task["input"], r#"{"n":1}"#);
    server.stop();

    let server = start(&scene, &["--dir", &folder]);
    let listed = server.call("ListStateMachines", &json!({})).unwrap();
    assert_eq!(listed["stateMachines"].as_array().unwrap().len(), 2, "{listed}");
    let tags = server
        .call("ListTagsForResource", &json!({"resourceArn": machine}))
        .unwrap();
    assert_eq!(tags["tags"], json!([{"key": "k", "value": "v"}]));
    let outcome = json!({"taskToken": task["taskToken"], "output": "{\"done\":true}"});
    server.call("SendTaskSuccess", &outcome).unwrap();
    let late = server.call("SendTaskSuccess", &outcome).unwrap_err();
    assert!(
        late["__type"].as_str().unwrap().ends_with("#TaskTimedOut"),
        "{late}"
    );
    let ended = server.after(&execution, "RUNNING");
    assert_eq!(
        (&ended["status"], &ended["output"]),
        (&json!("SUCCEEDED"), &json!("{\"done\":true}"))
    );
    assert_eq!(
        server.history(&execution),
        [
            "ExecutionStarted",
            "TaskStateEntered",
            "ActivityScheduled",
            "ActivityStarted",
            "ActivitySucceeded",
            "TaskStateExited",
            "WaitStateEntered",
            "WaitStateExited",
            "SucceedStateEntered",
            "SucceedStateExited",
            "ExecutionSucceeded",
        ]
    );
    server.stop();
    scene.nothing_left_behind();
}

#[test]
fn a_project_is_served_with_its_functions() {
    let scene = Scene::with_function("def handler(event, context):\n    return {'got': event}\n", 5);
    let folder = data(&scene);
    let server = start(
        &scene,
        &[
            "--dir",
            &folder,
            "--account",
            "111122223333",
            "--region",
            "eu-west-1",
        ],
    );
    let machine = "arn:aws:states:eu-west-1:111122223333:stateMachine:flow";
    let execution = server.begin(machine, &json!({"n": 1}));
    let ended = server.after(&execution, "RUNNING");
    assert_eq!(ended["output"], r#"{"got":{"n":1}}"#, "{ended}");
    let refused = server
        .call("DeleteStateMachine", &json!({"stateMachineArn": machine}))
        .unwrap_err();
    assert!(
        refused["message"].as_str().unwrap().contains("flow.asl.json"),
        "{refused}"
    );
    server.stop();
    scene.nothing_left_behind();
}

#[test]
fn executions_inside_executions() {
    let scene = Scene::with_examples();
    let server = start(&scene, &["--dir", "hello"]);
    let inner = server.create(
        "inner",
        &json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"n": 1.0}, "End": true}}}),
    );
    for (pattern, output) in [(".sync", json!("{\"n\":1.0}")), (".sync:2", json!({"n": 1.0}))] {
        let resource = format!("arn:aws:states:::states:startExecution{pattern}");
        let outer = server.create(
            &format!("outer{}", pattern.replace(['.', ':'], "-")),
            &json!({"StartAt": "B", "States": {"B": {
                "Type": "Task", "Resource": resource, "End": true,
                "Parameters": {"StateMachineArn": inner, "Input": {"a": 1}},
                "ResultSelector": {"status.$": "$.Status", "output.$": "$.Output"},
            }}}),
        );
        let ended = server.after(&server.begin(&outer, &json!({})), "RUNNING");
        let got: Value = serde_json::from_str(ended["output"].as_str().unwrap()).unwrap();
        assert_eq!(got, json!({"status": "SUCCEEDED", "output": output}));
    }
    server.stop();
}

/// A studio on the same folder, asked as its page asks.
struct Studio {
    process: Started,
    address: String,
    token: String,
}

impl Studio {
    fn open(scene: &Scene, folder: &str) -> Self {
        let mut process = scene.start(&["studio", folder]);
        let line = process.line();
        let (address, token) = line.trim().split_once("/#token=").unwrap();
        Self {
            address: address.strip_prefix("http://").unwrap().to_owned(),
            token: token.to_owned(),
            process,
        }
    }

    fn request(&self, line: &str, body: &str) -> String {
        let (address, token, length) = (&self.address, &self.token, body.len());
        format!(
            "{line} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )
    }

    fn call(&self, method: &str, params: &Value) -> Value {
        let body = json!({"method": method, "params": params}).to_string();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .write_all(self.request("POST /api/call", &body).as_bytes())
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let body = if head.to_lowercase().contains("chunked") {
            body.split_once("\r\n")
                .unwrap()
                .1
                .rsplit_once("\r\n0\r\n")
                .unwrap()
                .0
        } else {
            body
        };
        let body: Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{method}: {answer}"));
        assert!(body.get("error").is_none(), "{method}: {body}");
        body["result"].clone()
    }

    /// The studio's events, as the page hears them.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .write_all(self.request("GET /api/events", "").as_bytes())
            .unwrap();
        BufReader::new(stream)
    }

    /// Waits until the studio's list has a run with this status.
    fn lists(&self, name: &str, status: &str) {
        for _ in 0..500 {
            let runs = self.call("run.list", &json!({"limit": 10}));
            let found = runs["runs"].as_array().unwrap().iter().any(|run| {
                run["execution"] == name
                    && run["status"]
                        .as_str()
                        .is_some_and(|it| it.eq_ignore_ascii_case(status))
            });
            if found {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!(
            "{name} is not {status}: {}",
            self.call("run.list", &json!({"limit": 10}))
        );
    }
}

#[test]
fn the_studio_and_the_endpoint_see_the_same_executions() {
    let scene = Scene::with_function("def handler(event, context):\n    return event\n", 5);
    let folder = data(&scene);
    let server = start(&scene, &["--dir", &folder]);
    let studio = Studio::open(&scene, &folder);
    let machine = "arn:aws:states:us-east-1:123456789012:stateMachine:flow";

    let mut events = studio.events();
    let request = json!({"stateMachineArn": machine, "name": "from-outside", "input": "{\"n\":1}"});
    server.call("StartExecution", &request).unwrap();
    let mut heard = String::new();
    while !heard.contains("runsChanged") {
        assert!(
            events.read_line(&mut heard).unwrap() > 0,
            "the page hears nothing of it: {heard}"
        );
    }
    studio.lists("from-outside", "succeeded");
    let shown = studio.call("run.get", &json!({"execution": "from-outside"}));
    assert_eq!(
        shown["arn"],
        "arn:aws:states:us-east-1:123456789012:execution:flow:from-outside"
    );

    studio.call("project.trust", &json!({"trusted": true}));
    let started = studio.call(
        "run.start",
        &json!({
            "workflow": "Flow", "input": "{}", "debug": false, "stopOnEntry": false, "virtualTime": false,
        }),
    );
    let name = started["run"]["execution"]
        .as_str()
        .unwrap_or_else(|| panic!("{started}"));
    let execution = format!("arn:aws:states:us-east-1:123456789012:execution:flow:{name}");
    let ended = server.after(&execution, "RUNNING");
    assert_eq!(ended["status"], "SUCCEEDED", "{ended}");
    let listed = server
        .call("ListExecutions", &json!({"stateMachineArn": machine}))
        .unwrap();
    assert_eq!(listed["executions"].as_array().unwrap().len(), 2, "{listed}");

    studio.process.signal(Signal::SIGTERM);
    studio.process.wait();
    server.stop();
    scene.nothing_left_behind();
}

#[test]
fn a_killed_endpoint_goes_on_as_if_nothing_had_happened() {
    let scene = Scene::new();
    scene.write(
        "p/flow.asl.json",
        r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#,
    );
    let folder = data(&scene);
    let mut server = start(&scene, &["--dir", &folder]);
    let inner = server.create(
        "inner",
        &json!({"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 1, "End": true}}}),
    );
    let outer = server.create(
        "outer",
        &json!({"StartAt": "All", "States": {"All": {"Type": "Map", "End": true, "ItemProcessor": {
            "StartAt": "Call", "States": {"Call": {
                "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true,
                "Parameters": {"StateMachineArn": inner, "Input.$": "$"},
                "ResultSelector": {"output.$": "$.Output"},
            }},
        }}}}),
    );
    let execution = server.begin(&outer, &json!([{"n": 1}, {"n": 2}, {"n": 3}]));
    for _ in 0..4 {
        std::thread::sleep(std::time::Duration::from_millis(230));
        server.process.signal(Signal::SIGKILL);
        server.process.wait();
        server = start(&scene, &["--dir", &folder]);
    }
    let ended = server.after(&execution, "RUNNING");
    assert_eq!(ended["status"], "SUCCEEDED", "{ended}");
    let output: Value = serde_json::from_str(ended["output"].as_str().unwrap()).unwrap();
    assert_eq!(
        output,
        json!([{"output": {"n": 1}}, {"output": {"n": 2}}, {"output": {"n": 3}}])
    );
    let history = server.history(&execution);
    let count = |wanted: &str| history.iter().filter(|event| *event == wanted).count();
    assert_eq!(
        (
            count("TaskSubmitted"),
            count("TaskSucceeded"),
            count("MapIterationSucceeded")
        ),
        (3, 3, 3)
    );
    let children = server
        .call("ListExecutions", &json!({"stateMachineArn": inner}))
        .unwrap();
    assert_eq!(
        children["executions"].as_array().unwrap().len(),
        3,
        "each child ran once: {children}"
    );
    server.stop();
}

#[test]
fn a_client_that_hangs_up_leaves_executions_that_end() {
    let scene = Scene::new();
    scene.write("p/README.md", "");
    let server = start(&scene, &["--dir", &data(&scene)]);
    let machine = server.create(
        "Pass",
        &json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}),
    );
    let body = json!({"stateMachineArn": machine, "input": "{}"}).to_string();
    for round in 0..60 {
        let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
        let request = format!(
            "POST / HTTP/1.1\r\nHost: {}\r\nX-Amz-Target: AWSStepFunctions.StartExecution\r\nContent-Length: {}\r\n\r\n{body}",
            server.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        std::thread::sleep(std::time::Duration::from_micros(200 * (round % 20)));
    }
    let last = server.begin(&machine, &json!({}));
    server.after(&last, "RUNNING");
    let running = json!({"stateMachineArn": machine, "statusFilter": "RUNNING"});
    for _ in 0..500 {
        let list = server.call("ListExecutions", &running).unwrap();
        if list["executions"].as_array().unwrap().is_empty() {
            return server.stop();
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("executions that nobody drives");
}

#[test]
fn executions_of_an_express_machine_may_share_a_name() {
    let scene = Scene::new();
    scene.write("p/README.md", "");
    let server = start(&scene, &["--dir", &data(&scene)]);
    let definition = json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}});
    let request = json!({
        "name": "Quick", "type": "EXPRESS", "definition": definition.to_string(),
        "roleArn": "arn:aws:iam::123456789012:role/r",
    });
    let made = server.call("CreateStateMachine", &request).unwrap();
    let wish = json!({"stateMachineArn": made["stateMachineArn"], "name": "same", "input": "{}"});
    let mut arns: Vec<String> = ["StartExecution", "StartSyncExecution", "StartSyncExecution"]
        .map(|action| server.call(action, &wish).unwrap())
        .iter()
        .map(|started| started["executionArn"].as_str().unwrap().to_owned())
        .collect();
    assert!(arns.iter().all(|arn| arn.contains(":Quick:same:")), "{arns:?}");
    arns.dedup();
    assert_eq!(arns.len(), 3, "each is one of its own");
    server.stop();
}

#[test]
fn input_of_any_depth_is_taken_or_refused() {
    let scene = Scene::new();
    scene.write("p/README.md", "");
    let server = start(&scene, &["--dir", &data(&scene)]);
    let machine = server.create(
        "Pass",
        &json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}),
    );
    for depth in [60, 130, 1000, 1001, 100_000] {
        let input = "[".repeat(depth) + &"]".repeat(depth);
        let started = server.call(
            "StartExecution",
            &json!({"stateMachineArn": machine, "input": input}),
        );
        match started {
            Ok(started) => {
                let ended = server.after(started["executionArn"].as_str().unwrap(), "RUNNING");
                assert_eq!(ended["output"], input, "{depth}");
                assert!(depth <= 1000);
            }
            Err(fault) => {
                assert!(depth > 1000, "{fault}");
                assert!(
                    fault["__type"]
                        .as_str()
                        .unwrap()
                        .ends_with("#InvalidExecutionInput"),
                    "{fault}"
                );
            }
        }
        let nested = r#"{"a":"#.repeat(depth) + "1" + &"}".repeat(depth);
        let judged = server
            .call("ValidateStateMachineDefinition", &json!({"definition": nested}))
            .unwrap();
        assert_eq!(judged["result"], "FAIL", "{depth}");
    }
    server.stop();
}
