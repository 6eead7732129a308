//! `stepwell run`, killed at random points, and gone on with by `--resume`.

use std::fs::File;
use std::io::Read;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Chance, assert_same, crashes, fixed, flow};
use crate::endpoint;
use crate::scene::Scene;

const PAUSE: Duration = Duration::from_millis(2);

/// A command whose output goes to files: nobody has to read it for the command to go on.
struct Running {
    child: Child,
    started: Instant,
}

fn begin(scene: &Scene, arguments: &[&str]) -> Running {
    let file = |name: &str| Stdio::from(File::create(scene.path(name)).unwrap());
    let child = scene
        .command(&[&["run", "p", "--json"], arguments].concat())
        .stdout(file("out"))
        .stderr(file("err"))
        .spawn()
        .unwrap();
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a run takes sets how late it is killed"
    )]
    let started = Instant::now();
    Running { child, started }
}

fn read(scene: &Scene, name: &str) -> String {
    let mut text = String::new();
    File::open(scene.path(name))
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

impl Running {
    fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits until the execution is made; its name.
    fn name(&mut self, scene: &Scene) -> String {
        loop {
            let said = read(scene, "err");
            if said.contains(';') {
                return Scene::execution(&said);
            }
            assert!(!self.has_ended(), "{said}");
            std::thread::sleep(PAUSE);
        }
    }

    /// Lets it go on for a time; whether it has ended by itself.
    fn ends_within(&mut self, time: Duration) -> bool {
        let until = self.started.elapsed() + time;
        while self.started.elapsed() < until {
            if self.has_ended() {
                return true;
            }
            std::thread::sleep(PAUSE.min(time));
        }
        self.has_ended()
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end: the exit code, and how long it took.
    fn end(mut self) -> (Option<i32>, Duration) {
        let code = self.child.wait().unwrap().code();
        (code, self.started.elapsed())
    }
}

/// The events and the summary that a command printed.
fn printed(scene: &Scene) -> (Vec<Value>, Value) {
    let out = read(scene, "out");
    let mut lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let summary = lines.pop().unwrap_or_default();
    (lines, summary)
}

/// The record of an execution that had ended when its process was killed: `--resume` has nothing to go on with.
fn recorded(scene: &Scene, name: &str) -> (Vec<Value>, Value) {
    let server = endpoint::start(scene, &["--dir", "p"]);
    let arn = format!("arn:aws:states:us-east-1:123456789012:execution:flow:{name}");
    let asked = json!({"executionArn": arn});
    let described = server.call("DescribeExecution", &asked).unwrap();
    let asked = json!({"executionArn": arn, "maxResults": 1000});
    let history = server.call("GetExecutionHistory", &asked).unwrap();
    server.stop();
    (history["events"].as_array().unwrap().clone(), described)
}

#[test]
fn a_run_that_is_killed_at_random_points_has_the_history_of_one_that_is_not() {
    let scene = flow::scene(json!({}));
    let whole = begin(&scene, &[]);
    let (code, time) = whole.end();
    assert_eq!(code, Some(0), "{}", read(&scene, "err"));
    let (expected, summary) = printed(&scene);
    let mut chance = Chance::new();
    let (mut kills, mut executions) = (0, 0);
    while kills < crashes() {
        executions += 1;
        let mut running = begin(&scene, &[]);
        let name = running.name(&scene);
        while !running.ends_within(chance.part(time)) {
            running.kill();
            kills += 1;
            running = begin(&scene, &["--resume", &name]);
        }
        let (code, _) = running.end();
        let said = read(&scene, "err");
        let (events, ended) = match code {
            Some(2) if said.contains("has ended") => recorded(&scene, &name),
            _ => printed(&scene),
        };
        let what = format!("{name} after {kills} kills");
        assert_eq!(ended["status"], summary["status"], "{what}: {said}");
        assert_eq!(fixed(&ended["output"]), fixed(&summary["output"]), "{what}");
        assert_same(&events, &expected, &what);
    }
    println!(
        "run: {kills} kills in {executions} executions of {} events each",
        expected.len()
    );
    scene.nothing_left_behind();
}
