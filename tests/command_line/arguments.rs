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
    scene.write("large.json", &format!("\"{}\"", "x".repeat(300_000)));
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
        (
            &["run", "hello", "--input", ""],
            &["--input is empty", "Leave it out"],
        ),
        (
            &["run", "hello", "--input", "large.json"],
            &["300002 bytes", "262144"],
        ),
        (
            &["validate", "empty"],
            &["empty has no workflow", "nothing to check"],
        ),
        (
            &["export", "two/a.asl.json", "-o", "two/b.asl.json"],
            &["two/b.asl.json is there already", "--force"],
        ),
        (
            &["export", "two/a.asl.json", "-o", "two/a.asl.json", "--force"],
            &["is what the workflow is made of", "-o"],
        ),
        (
            &[
                "export",
                "order-fulfilment",
                "-o",
                "order-fulfilment/template.yaml",
                "--force",
            ],
            &["is what the workflow is made of"],
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

#[test]
fn a_read_only_file_is_not_mended() {
    let scene = Scene::new();
    let wrong = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succed\"}}}";
    scene.write("a.asl.json", wrong);
    let path = scene.path("a.asl.json");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let ended = scene.run(&["validate", "a.asl.json", "--fix"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wrong);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.err.contains("a.asl.json can't be written: it is read-only"),
        "{}",
        ended.err
    );
}

#[test]
fn fixes_are_made_in_the_file_and_nothing_is_taken_out() {
    let scene = Scene::new();
    // A trailing comma and a slip of the pen are mended; the state that nothing leads to is the user's to remove.
    let wrong = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": { \"Type\": \"Pass\", \"Next\": \"Dnoe\", },\n    \"Done\": { \"Type\": \"Succeed\" },\n    \"B\": { \"Type\": \"Succeed\" }\n  }\n}\n";
    let right = wrong.replace("Dnoe\", }", "Done\" }");
    scene.write("a.asl.json", wrong);
    let ended = scene.run(&["validate", "a.asl.json", "--fix"]);
    assert_eq!(
        std::fs::read_to_string(scene.path("a.asl.json")).unwrap(),
        right,
        "{}",
        ended.err
    );
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("2 fixes made in a.asl.json"), "{}", ended.err);
    assert!(
        ended.out.contains("SW0012") && ended.out.contains("1 error"),
        "{}",
        ended.out
    );
}

#[test]
fn problems_as_sarif() {
    let scene = scene();
    let ended = scene.run(&["validate", "unreachable.asl.json", "nowhere", "--format", "sarif"]);
    assert_eq!(ended.code, Some(2));
    let sarif: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let [unreachable, missing] = results.as_slice() else {
        panic!("{results:?}")
    };
    assert_eq!(
        (&unreachable["ruleId"], &unreachable["level"]),
        (&"SW0012".into(), &"error".into())
    );
    let place = &unreachable["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "unreachable.asl.json");
    // The key `"B"` of the only line, and the fix that removes the state.
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 1, "startColumn": 55, "endLine": 1, "endColumn": 58})
    );
    assert!(unreachable["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"].is_object());
    assert_eq!(missing["ruleId"], "unreadable");
}
