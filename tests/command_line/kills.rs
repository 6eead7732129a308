//! Processes that are killed, stopped, or share a project.

use nix::sys::signal::Signal;
use serde_json::Value;

use crate::scene::{Ended, Scene, Started};

/// Waits for a file before it answers, so that a test can catch it at work.
const PATIENT: &str = "\
import os, time
def handler(event, context):
    while not os.path.exists(os.path.join(os.path.dirname(__file__), 'go')):
        time.sleep(0.01)
    return {'done': event}
";

const RUN: [&str; 5] = ["run", "p", "--input", "{\"n\": 1}", "--json"];

fn types(events: &[Value]) -> Vec<String> {
    events
        .iter()
        .filter_map(|event| event["type"].as_str().map(str::to_owned))
        .collect()
}

/// Kills a run without warning; the answer is the execution's name.
fn kill(run: Started) -> String {
    run.signal(Signal::SIGKILL);
    Scene::execution(&run.wait().err)
}

fn undisturbed() -> Ended {
    let scene = Scene::with_function(PATIENT, 30);
    scene.write("p/work/go", "");
    scene.run(&RUN)
}

#[test]
fn a_killed_run_goes_on_with_the_same_history() {
    let expected = undisturbed();
    assert_eq!(expected.code, Some(0), "{}", expected.err);
    for killed_at in [
        "PassStateEntered",
        "TaskScheduled",
        "TaskStarted",
        "WaitStateEntered",
    ] {
        let scene = Scene::with_function(PATIENT, 30);
        if killed_at == "WaitStateEntered" {
            scene.write("p/work/go", "");
        }
        let mut run = scene.start(&RUN);
        run.until(killed_at);
        let name = kill(run);
        scene.nothing_left_behind();
        scene.write("p/work/go", "");
        let resumed = scene.run(&["run", "p", "--resume", &name, "--json"]);
        assert_eq!(resumed.code, Some(0), "{killed_at}: {}", resumed.err);
        assert_eq!(types(&resumed.json()), types(&expected.json()), "{killed_at}");
        assert_eq!(resumed.output(), expected.output());
        let ids: Vec<_> = resumed
            .json()
            .iter()
            .filter_map(|event| event["id"].as_u64())
            .collect();
        assert_eq!(ids, (1..=ids.len() as u64).collect::<Vec<_>>());
        scene.nothing_left_behind();
        // It has ended, and says so.
        let again = scene.run(&["run", "p", "--resume", &name]);
        assert_eq!(again.code, Some(2));
        assert!(again.err.contains("has ended"), "{}", again.err);
    }
}

#[test]
fn two_processes_share_a_project_and_both_survive_a_kill() {
    let expected = undisturbed();
    let scene = Scene::with_function(PATIENT, 30);
    let (mut one, mut two) = (scene.start(&RUN), scene.start(&RUN));
    one.until("TaskStarted");
    two.until("TaskStarted");
    let one = kill(one);

    // The other one goes on, and its run is its own.
    let mut three = scene.start(&["run", "p", "--resume", &one, "--json"]);
    three.until("TaskStarted");
    let foreign = scene.run(&["run", "p", "--resume", &one]);
    assert_eq!(foreign.code, Some(2), "{}", foreign.out);
    assert!(
        foreign.err.contains("driven by another process"),
        "{}",
        foreign.err
    );

    let (two, three) = (kill(two), kill(three));
    assert_eq!(three, one);
    assert_ne!(two, one);
    scene.nothing_left_behind();
    scene.write("p/work/go", "");
    for name in [one, two] {
        let resumed = scene.run(&["run", "p", "--resume", &name, "--json"]);
        assert_eq!(types(&resumed.json()), types(&expected.json()), "{}", resumed.err);
    }
    scene.nothing_left_behind();
}

#[test]
fn ctrl_c_aborts_the_execution() {
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let scene = Scene::with_function(PATIENT, 30);
        let mut run = scene.start(&RUN);
        run.until("TaskStarted");
        run.signal(signal);
        let ended = run.wait();
        assert_eq!(ended.code, Some(1), "{}", ended.err);
        assert_eq!(ended.summary()["status"], "ABORTED");
        let before_last = &ended.json()[ended.json().len() - 2];
        assert_eq!(before_last["type"], "ExecutionAborted");
        scene.nothing_left_behind();
    }
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let scene = Scene::with_function(PATIENT, 30);
    let mut run = scene.start(&RUN);
    run.until("TaskStarted");
    scene.write("p/work/go", "");
    let ended = run.close_and_wait();
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert_eq!(
        ended.err.lines().count(),
        1,
        "only the execution's name: {}",
        ended.err
    );
    scene.nothing_left_behind();

    // And one that never read.
    let mut help = scene.start(&["completions", "zsh"]);
    help.line();
    assert!(!help.close_and_wait().err.contains("panicked"));
}
