//! What can be written on the command line, and what it says to what can't.

use crate::scene::{FLOW, Scene};

/// Arguments, exit code, and what is said on stdout or stderr.
fn check(scene: &Scene, arguments: &[&str], code: i32, said: &[&str]) {
    let ended = scene.run(arguments);
    assert_eq!(
        ended.code,
        Some(code),
        "{arguments:?}\n{}{}",
        ended.out,
        ended.err
    );
    for expected in said {
        let all = format!("{}{}", ended.out, ended.err);
        assert!(
            all.contains(expected),
            "{arguments:?}: {expected} is not in\n{all}"
        );
    }
}

fn scene() -> Scene {
    let scene = Scene::with_examples();
    scene.write(
        "broken.asl.json",
        "{\n  \"StartAt\": \"A\",\n  \"States\": { \"A\": { \"Type\": }\n}\n",
    );
    scene.write(
        "broken.asl.yaml",
        "StartAt: A\nStates:\n  A: {Type: Succeed\n  B: [\n",
    );
    scene.write(
        "unreachable.asl.json",
        r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Succeed"}}}"#,
    );
    scene.write("notes.txt", "nothing");
    scene.write("half.json", "{\"a\": 1,\n \"b\": }");
    scene.write("two/a.asl.json", FLOW);
    scene.write("two/b.asl.json", FLOW);
    std::fs::create_dir(scene.path("empty")).unwrap();
    scene
}

#[test]
fn wrong_use_says_where_what_and_what_to_do() {
    let scene = scene();
    for (arguments, said) in [
        (
            &["run", "nowhere"][..],
            &["nowhere does not exist", "check the path"][..],
        ),
        (&["run", "notes.txt"], &["neither a folder nor a definition"]),
        (&["run", "empty"], &["empty has no workflow", "*.asl.json"]),
        (
            &["run", "two"],
            &["several workflows: a.asl.json, b.asl.json", "--workflow"],
        ),
        (
            &["run", "two", "--workflow", "c"],
            &["no workflow named c", "a.asl.json, b.asl.json"],
        ),
        (
            &["run", "hello", "--input", "{\"a\": }"],
            &["--input, line 1, column 7", "is not JSON"],
        ),
        (
            &["run", "hello", "--input", "half.json"],
            &["half.json, line 2, column 7", "is not JSON"],
        ),
        (
            &["run", "hello", "--input", "missing.json"],
            &["missing.json: there is no such file", "help:"],
        ),
        (&["run", "hello", "--input", "two"], &["two is a folder"]),
        (
            &["run", "hello", "--resume", "nobody"],
            &["no execution nobody in this project"],
        ),
        (
            &["run", "broken.asl.json"],
            &["error[SW00", "broken.asl.json:3", "nothing was run"],
        ),
        (
            &["run", "broken.asl.yaml"],
            &["error[SW00", "broken.asl.yaml:", "nothing was run"],
        ),
        (
            &["run", "unreachable.asl.json"],
            &["error[SW0012]", "nothing was run"],
        ),
        (
            &["validate", "broken.asl.json", "hello"],
            &["broken.asl.json:3", "2 definitions: "],
        ),
        (&["validate", "nowhere"], &["nowhere does not exist"]),
        (
            &["export", "broken.asl.json"],
            &["error[SW00", "broken.asl.json:3"],
        ),
        (
            &["export", "hello", "-o", "notes.txt/x.json"],
            &["notes.txt/x.json can't be written", "-o"],
        ),
        (&["run"], &["PATH", "Usage:"]),
        (&["fly"], &["fly"]),
        (&["studio", "nowhere"], &["nowhere"]),
    ] {
        check(&scene, arguments, 2, said);
    }
    scene.nothing_left_behind();
}

#[test]
fn right_use() {
    let scene = scene();
    for (arguments, said) in [
        (&["--help"][..], &["run", "validate", "export", "studio"][..]),
        (&["run", "--help"], &["Examples:", "Exit codes:"]),
        (&["--version"], &["stepwell 0."]),
        (
            &["validate", "hello", "order-fulfilment"],
            &["2 definitions: nothing is wrong"],
        ),
        (&["validate", "two/a.asl.json"], &["1 definition: "]),
        (
            &["run", "hello/hello.asl.yaml", "--virtual-time"],
            &["Hello, world!"],
        ),
        (
            &[
                "run",
                "order-fulfilment/template.yaml",
                "--input",
                "order-fulfilment/events/empty-order.json",
                "--help",
            ],
            &["Usage"],
        ),
        (&["completions", "bash"], &["_stepwell()"]),
    ] {
        check(&scene, arguments, 0, said);
    }
}

#[test]
fn the_input_may_come_from_stdin() {
    let scene = scene();
    let arguments = ["run", "hello", "--input", "-", "--virtual-time", "--json"];
    let ended = scene.run_with(&arguments, r#"{"name": "Grace"}"#);
    assert_eq!(ended.output()["greeting"], "Hello, Grace!");
    let ended = scene.run_with(&arguments, "name: Grace");
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("stdin, line 1, column 1"), "{}", ended.err);
}

#[test]
fn problems_as_json_lines() {
    let scene = scene();
    let ended = scene.run(&["validate", "unreachable.asl.json", "nowhere", "--json"]);
    assert_eq!(ended.code, Some(2));
    let lines = ended.json();
    let [unreachable, missing, summary] = lines.as_slice() else {
        panic!("{lines:?}")
    };
    assert_eq!(
        (&unreachable["code"], &unreachable["state"]),
        (&"SW0012".into(), &"B".into())
    );
    assert_eq!(
        (&unreachable["line"], &unreachable["severity"]),
        (&1.into(), &"error".into())
    );
    assert_eq!(missing["path"], "nowhere");
    assert_eq!(
        summary,
        &serde_json::json!({"definitions": 1, "errors": 2, "warnings": 0})
    );
}
