//! `stepwell serve`, killed at random points and started again, while a client, a worker and whoever has a task token go
//! on asking until they are answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use serde_json::{Value, json};

use super::{Chance, assert_same, crashes, fixed, flow};
use crate::endpoint::{self, Server};
use crate::scene::Scene;

const PAUSE: Duration = Duration::from_millis(10);
const ARN: &str = "arn:aws:states:us-east-1:123456789012";

/// What only the endpoint knows: a token that comes back, a worker, executions inside.
fn more() -> Value {
    let nested = |pattern: &str, next: &str| {
        json!({
            "Type": "Task",
            "Resource": format!("arn:aws:states:::states:startExecution{pattern}"),
            "Parameters": {"StateMachineArn": format!("{ARN}:stateMachine:inner"), "Input": {"for.$": "$.lines[0].n"}},
            "ResultPath": "$.child",
            "Next": next,
        })
    };
    let mut ask = flow::call(&json!({"token.$": "$$.Task.Token"}), "Hire");
    ask["Resource"] = "arn:aws:states:::lambda:invoke.waitForTaskToken".into();
    ask["ResultSelector"] = json!({"said.$": "$.said"});
    json!({
        "Ask": ask,
        "Hire": {"Type": "Task", "Resource": format!("{ARN}:activity:labour"), "HeartbeatSeconds": 600, "ResultPath": "$.hired", "Next": "Child"},
        "Child": nested(".sync:2", "Stray"),
        "Stray": nested("", "Done"),
    })
}

/// Whoever asks the endpoint, wherever it is now.
#[derive(Clone)]
struct Client {
    address: Arc<Mutex<String>>,
    over: Arc<AtomicBool>,
}

impl Client {
    /// Asks until there is an answer; none once the test is over.
    fn call(&self, action: &str, request: &Value) -> Option<Result<Value, Value>> {
        while !self.over.load(Ordering::Relaxed) {
            let address = self.address.lock().unwrap().clone();
            if let Ok(answer) = endpoint::call(&address, action, request) {
                return Some(answer);
            }
            std::thread::sleep(PAUSE);
        }
        None
    }

    /// Fetches tasks of the activity and does them.
    fn work(&self) {
        let activity = json!({"activityArn": format!("{ARN}:activity:labour"), "workerName": "w"});
        while let Some(answer) = self.call("GetActivityTask", &activity) {
            let task = answer.unwrap();
            if let Some(token) = task["taskToken"].as_str() {
                self.send(token, &json!({"worked": true}));
            }
        }
    }

    /// Sends back each token that the function leaves, once its task waits for it.
    fn send_tokens_back(&self, scene: &Scene, execution: &dyn Fn() -> String) {
        let mut last = String::new();
        while !self.over.load(Ordering::Relaxed) {
            std::thread::sleep(PAUSE);
            if !self.waits(&execution()) {
                continue;
            }
            let token = std::fs::read_to_string(scene.path("p/work/token")).unwrap();
            if token == last {
                continue;
            }
            self.send(&token, &json!({"said": "yes"}));
            last = token;
        }
    }

    fn waits(&self, execution: &str) -> bool {
        let request = json!({"executionArn": execution, "reverseOrder": true, "maxResults": 1});
        match self.call("GetExecutionHistory", &request) {
            Some(Ok(history)) => {
                let event = &history["events"][0];
                event["type"] == "TaskSubmitted"
                    && event["taskSubmittedEventDetails"]["resource"] == "invoke.waitForTaskToken"
            }
            _ => false,
        }
    }

    fn send(&self, token: &str, output: &Value) {
        let outcome = json!({"taskToken": token, "output": output.to_string()});
        if let Some(Err(refused)) = self.call("SendTaskSuccess", &outcome) {
            // The answer to the first time was lost with the process.
            assert!(refused.to_string().contains("TaskTimedOut"), "{refused}");
        }
    }

    /// How an execution stands, once it has ended or `time` is over.
    fn after(&self, execution: &str, time: Duration) -> Option<Value> {
        #[expect(clippy::disallowed_methods, reason = "the kill comes at a random time")]
        let began = Instant::now();
        loop {
            let now = self
                .call("DescribeExecution", &json!({"executionArn": execution}))?
                .unwrap();
            if now["status"] != "RUNNING" {
                return Some(now);
            }
            if began.elapsed() >= time {
                return None;
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn history(&self, execution: &str) -> Vec<Value> {
        let asked = json!({"executionArn": execution, "maxResults": 1000});
        let history = self.call("GetExecutionHistory", &asked).unwrap().unwrap();
        history["events"].as_array().unwrap().clone()
    }

    fn begin(&self, name: &str) -> String {
        let request =
            json!({"stateMachineArn": format!("{ARN}:stateMachine:flow"), "name": name, "input": "{}"});
        let started = self.call("StartExecution", &request).unwrap().unwrap();
        started["executionArn"].as_str().unwrap().to_owned()
    }
}

/// Kills the endpoint and starts it again.
fn restart(scene: &Scene, server: Server, client: &Client) -> Server {
    server.process.signal(Signal::SIGKILL);
    server.process.wait();
    let server = endpoint::start(scene, &["--dir", "p"]);
    client.address.lock().unwrap().clone_from(&server.address);
    server
}

/// Executions one after the other, each killed wherever it happens to be; the answer is how many kills there were.
fn torment(scene: &Scene, mut server: Server, client: &Client, current: &Mutex<String>) {
    let execute = |name: &str| {
        let _ = std::fs::remove_file(scene.path("p/work/token"));
        let execution = client.begin(name);
        current.lock().unwrap().clone_from(&execution);
        execution
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a run takes sets how late it is killed"
    )]
    let began = Instant::now();
    let first = execute("crash-none");
    let expected = client.after(&first, Duration::MAX).unwrap();
    assert_eq!(expected["status"], "SUCCEEDED", "{expected}");
    let (time, history) = (began.elapsed(), client.history(&first));
    let mut chance = Chance::new();
    let (mut kills, mut executions) = (0, 0);
    while kills < crashes() {
        executions += 1;
        let execution = execute(&format!("crash-{executions}"));
        let ended = loop {
            if let Some(ended) = client.after(&execution, chance.part(time)) {
                break ended;
            }
            assert!(!client.over.load(Ordering::Relaxed), "a worker has given up");
            server = restart(scene, server, client);
            kills += 1;
        };
        let what = format!("{execution} after {kills} kills");
        assert_same(&client.history(&execution), &history, &what);
        assert_eq!(fixed(&ended["output"]), fixed(&expected["output"]), "{what}");
    }
    let inner = json!({"stateMachineArn": format!("{ARN}:stateMachine:inner"), "maxResults": 1000});
    let children = client.call("ListExecutions", &inner).unwrap().unwrap();
    let children = children["executions"].as_array().unwrap().len();
    assert_eq!(children, 2 * (executions + 1), "each child is started once");
    println!(
        "serve: {kills} kills in {executions} executions of {} events each",
        history.len()
    );
    client.over.store(true, Ordering::Relaxed);
    server.stop();
}

#[test]
fn an_endpoint_that_is_killed_at_random_points_takes_back_nothing() {
    let scene = flow::scene(more());
    let server = endpoint::start(&scene, &["--dir", "p"]);
    let client = Client {
        address: Arc::new(Mutex::new(server.address.clone())),
        over: Arc::default(),
    };
    server.call("CreateActivity", &json!({"name": "labour"})).unwrap();
    server.create(
        "inner",
        &json!({"StartAt": "Think", "States": {
            "Think": {"Type": "Pass", "Parameters": {"thought.$": "$.for"}, "Next": "Sleep"},
            "Sleep": {"Type": "Wait", "Seconds": 1, "End": true},
        }}),
    );
    let current = Mutex::new(String::new());
    std::thread::scope(|threads| {
        threads.spawn(|| {
            let _over = Over(&client.over);
            client.work();
        });
        threads.spawn(|| {
            let _over = Over(&client.over);
            client.send_tokens_back(&scene, &|| current.lock().unwrap().clone());
        });
        let _over = Over(&client.over);
        torment(&scene, server, &client, &current);
    });
    scene.nothing_left_behind();
}

/// Ends everybody when one of them ends, whatever the reason.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
