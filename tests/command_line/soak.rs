//! `stepwell serve` under mixed load for as long as `STEPWELL_SOAK_MINUTES` says (`cargo xtask soak serve`), a few seconds
//! in the ordinary tests: starts, looks, stops, activities, tokens, functions, and clients that go away in the middle.
//! Everything that was started ends, and the process gives back what it took.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::endpoint::{self, Server};
use crate::scene::Scene;

const ARN: &str = "arn:aws:states:us-east-1:123456789012";

/// Load without `STEPWELL_SOAK_MINUTES`.
const MOMENT: Duration = Duration::from_secs(4);

/// A function that leaves the token that it is given in a file, and gives back its input.
const HANDLER: &str = "\
import os, uuid
def handler(event, context):
    if 'token' in event:
        folder = os.path.join(os.path.dirname(__file__), 'tokens')
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, str(uuid.uuid4()))
        with open(path + '.new', 'w') as file:
            file.write(event['token'])
        os.replace(path + '.new', path)
    return event
";

/// The machines that are started, by name.
fn machines() -> [(&'static str, Value); 5] {
    let call = |resource: &str, payload: Value| {
        json!({"Type": "Task", "Resource": resource, "End": true, "TimeoutSeconds": 120,
            "Parameters": {"FunctionName": "work", "Payload": payload}})
    };
    let one = |state: Value| json!({"StartAt": "One", "States": {"One": state}});
    [
        (
            "quick",
            json!({"StartAt": "Squares", "QueryLanguage": "JSONata", "States": {
                "Squares": {"Type": "Map", "Items": "{% [1..20] %}", "Next": "Done", "ItemProcessor": {
                    "StartAt": "Square", "States": {"Square": {"Type": "Pass", "Output": "{% $states.input * $states.input %}", "End": true}},
                }},
                "Done": {"Type": "Succeed"},
            }}),
        ),
        (
            "function",
            one(call("arn:aws:states:::lambda:invoke", json!({"n": 1}))),
        ),
        (
            "token",
            one(call(
                "arn:aws:states:::lambda:invoke.waitForTaskToken",
                json!({"token.$": "$$.Task.Token"}),
            )),
        ),
        (
            "hired",
            one(
                json!({"Type": "Task", "Resource": format!("{ARN}:activity:labour"), "HeartbeatSeconds": 3600, "End": true}),
            ),
        ),
        (
            "patient",
            one(json!({"Type": "Wait", "Seconds": 99_999, "End": true})),
        ),
    ]
}

/// What all clients share.
struct Load<'a> {
    address: &'a str,
    over: AtomicBool,
    requests: AtomicU64,
    executions: AtomicU64,
}

impl Load<'_> {
    fn goes_on(&self) -> bool {
        !self.over.load(Ordering::Relaxed)
    }

    fn call(&self, action: &str, request: &Value) -> Result<Value, Value> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        endpoint::call(self.address, action, request).unwrap()
    }

    fn begin(&self, machine: &str) -> String {
        self.executions.fetch_add(1, Ordering::Relaxed);
        let request =
            json!({"stateMachineArn": format!("{ARN}:stateMachine:{machine}"), "input": "{\"n\":1}"});
        let started = self.call("StartExecution", &request).unwrap();
        started["executionArn"].as_str().unwrap().to_owned()
    }

    /// Starts executions of a machine and looks at them.
    fn start_and_look(&self, machine: &str, pause: Duration) {
        while self.goes_on() {
            let execution = json!({"executionArn": self.begin(machine)});
            self.call("DescribeExecution", &execution).unwrap();
            self.call("GetExecutionHistory", &execution).unwrap();
            std::thread::sleep(pause);
        }
    }

    /// Starts executions that wait for a day, and stops them.
    fn start_and_stop(&self) {
        while self.goes_on() {
            let execution = json!({"executionArn": self.begin("patient")});
            self.call("StopExecution", &execution).unwrap();
            let listed = json!({"stateMachineArn": format!("{ARN}:stateMachine:patient"), "statusFilter": "ABORTED", "maxResults": 5});
            self.call("ListExecutions", &listed).unwrap();
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Fetches tasks and does them, until no more are to come.
    fn work(&self) {
        let activity = json!({"activityArn": format!("{ARN}:activity:labour"), "workerName": "w"});
        loop {
            let task = self.call("GetActivityTask", &activity).unwrap();
            let Some(token) = task["taskToken"].as_str() else {
                return;
            };
            self.call("SendTaskHeartbeat", &json!({"taskToken": token}))
                .unwrap();
            self.send(token);
            if task["input"] == "\"the last\"" {
                return;
            }
        }
    }

    fn send(&self, token: &str) {
        self.call("SendTaskSuccess", &json!({"taskToken": token, "output": "{}"}))
            .unwrap();
    }

    /// Sends back the tokens that functions leave, until none is left.
    fn send_tokens_back(&self, folder: &Path) {
        let mut quiet = 0;
        while self.goes_on() || quiet < 20 {
            let files = fs::read_dir(folder).into_iter().flatten().flatten();
            let files: Vec<_> = files
                .map(|file| file.path())
                .filter(|path| path.extension().is_none())
                .collect();
            quiet = if files.is_empty() { quiet + 1 } else { 0 };
            for file in files {
                self.send(&fs::read_to_string(&file).unwrap());
                fs::remove_file(file).unwrap();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Makes and deletes what there is to make, and goes away in the middle of requests.
    fn come_and_go(&self) {
        let mut number = 0;
        while self.goes_on() {
            number += 1;
            let name = format!("passing-{}", number % 10);
            let definition =
                json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": number, "End": true}}});
            let made = self.call(
                "CreateStateMachine",
                &json!({"name": name, "definition": definition.to_string(), "roleArn": "arn:aws:iam::123456789012:role/r"}),
            );
            let arn = json!({"stateMachineArn": made.unwrap()["stateMachineArn"]});
            self.begin(&name);
            self.call("DeleteStateMachine", &arn).unwrap();
            let mut stream = TcpStream::connect(self.address).unwrap();
            let half = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{\"half\":";
            stream.write_all(&half[..half.len() - number % 40]).unwrap();
            drop(stream);
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// What the process has taken.
#[derive(Debug, Clone, Copy)]
struct Taken {
    megabytes: f64,
    descriptors: usize,
    threads: usize,
    children: usize,
    record: f64,
}

impl Taken {
    fn look(process: u32, home: &Path) -> Self {
        let read = |path: String| fs::read_to_string(path).unwrap_or_default();
        let count = |path: String| fs::read_dir(path).map_or(0, Iterator::count);
        let memory = read(format!("/proc/{process}/smaps_rollup"));
        let kibibytes = memory.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kibibytes: f64 = kibibytes
            .and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok())
            .unwrap_or_default();
        let files = fs::read_dir(home).into_iter().flatten().flatten();
        let record: u64 = files
            .filter_map(|file| file.metadata().ok())
            .map(|file| file.len())
            .sum();
        let tasks = fs::read_dir(format!("/proc/{process}/task"))
            .into_iter()
            .flatten()
            .flatten();
        let children = tasks.map(|task| {
            read(format!("{}/children", task.path().display()))
                .split_whitespace()
                .count()
        });
        Self {
            megabytes: kibibytes * 1024.0 / 1e6,
            descriptors: count(format!("/proc/{process}/fd")),
            threads: count(format!("/proc/{process}/task")),
            children: children.sum(),
            record: record as f64 / 1e6,
        }
    }

    fn print(&self, at: Duration, load: &Load<'_>) {
        println!(
            "{:>6.0} s  {:>9} requests  {:>8} executions  {:>6.1} MB  {:>4} descriptors  {:>3} threads  {:>3} children  {:>7.1} MB of record",
            at.as_secs_f64(),
            load.requests.load(Ordering::Relaxed),
            load.executions.load(Ordering::Relaxed),
            self.megabytes,
            self.descriptors,
            self.threads,
            self.children,
            self.record
        );
    }
}

/// Looks at the process until the time is over; gives what it had taken after a fifth of it.
fn watch(load: &Load<'_>, look: &dyn Fn() -> Taken, time: Duration) -> Taken {
    #[expect(clippy::disallowed_methods, reason = "the load lasts for a time")]
    let began = Instant::now();
    let step = (time / 10).min(Duration::from_secs(30));
    let mut warm = None;
    while began.elapsed() < time {
        std::thread::sleep(step);
        let now = look();
        now.print(began.elapsed(), load);
        if warm.is_none() && began.elapsed() >= time / 5 {
            warm = Some(now);
        }
    }
    load.over.store(true, Ordering::Relaxed);
    warm.unwrap_or_else(look)
}

/// Waits until no execution runs.
fn all_end(server: &Server) {
    let machines = server.call("ListStateMachines", &json!({})).unwrap();
    for machine in machines["stateMachines"].as_array().unwrap() {
        let running = json!({"stateMachineArn": machine["stateMachineArn"], "statusFilter": "RUNNING"});
        while server.call("ListExecutions", &running).unwrap()["executions"] != json!([]) {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn an_endpoint_under_load_gives_back_what_it_takes() {
    let minutes = std::env::var("STEPWELL_SOAK_MINUTES")
        .ok()
        .and_then(|minutes| minutes.parse().ok());
    let time = minutes.map_or(MOMENT, |minutes: u64| Duration::from_secs(60 * minutes));
    let scene = Scene::with_function(HANDLER, 30);
    let server = endpoint::start(&scene, &["--dir", "p"]);
    server.call("CreateActivity", &json!({"name": "labour"})).unwrap();
    for (name, definition) in machines() {
        server.create(name, &definition);
    }
    let load = Load {
        address: &server.address,
        over: AtomicBool::new(false),
        requests: AtomicU64::new(0),
        executions: AtomicU64::new(0),
    };
    let process = server.process.child.id();
    let look = || Taken::look(process, &scene.path("p/.stepwell"));
    let tokens = scene.path("p/work/tokens");
    let warm = std::thread::scope(|threads| {
        let starters = [
            ("quick", 0),
            ("quick", 5),
            ("function", 30),
            ("token", 40),
            ("hired", 100),
        ];
        let mut clients: Vec<_> = starters
            .into_iter()
            .map(|(machine, pause)| {
                let load = &load;
                threads.spawn(move || load.start_and_look(machine, Duration::from_millis(pause)))
            })
            .collect();
        clients.push(threads.spawn(|| load.start_and_stop()));
        clients.push(threads.spawn(|| load.come_and_go()));
        threads.spawn(|| load.work());
        threads.spawn(|| load.send_tokens_back(&tokens));
        let warm = watch(&load, &look, time);
        clients.into_iter().for_each(|client| client.join().unwrap());
        // The worker waits for one more.
        let last = json!({"stateMachineArn": format!("{ARN}:stateMachine:hired"), "input": "\"the last\""});
        load.call("StartExecution", &last).unwrap();
        warm
    });
    all_end(&server);
    let end = look();
    end.print(time, &load);
    assert!(end.descriptors <= warm.descriptors + 8, "{warm:?} {end:?}");
    assert!(end.threads <= warm.threads + 8, "{warm:?} {end:?}");
    assert!(end.children <= warm.children + 2, "{warm:?} {end:?}");
    server.stop();
    scene.nothing_left_behind();
}
