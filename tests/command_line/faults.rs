//! Faults of functions and of the machine: each says where, what, and what to do, and nothing is left behind.

use crate::scene::Scene;

/// A handler, what a person is told, and the error that programs see.
fn check(handler: &str, error: &str, said: &[&str]) {
    let scene = Scene::with_function(handler, 1);
    let ended = scene.run(&["run", "p", "--input", "{\"n\": 1}"]);
    let all = format!("{}{}", ended.out, ended.err);
    assert_eq!(ended.code, Some(1), "{all}");
    assert!(
        ended.out.contains(&format!("FAILED  {error}")),
        "{error} is not in\n{all}"
    );
    for expected in said.iter().chain(&["Work"]) {
        assert!(all.contains(expected), "{expected} is not in\n{all}");
    }
    scene.nothing_left_behind();
}

#[test]
fn handlers_that_fail() {
    for (handler, error, said) in [
        (
            "def handler(event, context):\n    print('about to')\n    raise ValueError('no stock')\n",
            "ValueError",
            &["no stock", "about to", "app.py"][..],
        ),
        (
            "import os\ndef handler(event, context):\n    os._exit(3)\n",
            "Runtime.ExitError",
            &["exit status 3"],
        ),
        (
            "import time\ndef handler(event, context):\n    time.sleep(600)\n",
            "Sandbox.Timedout",
            &["timed out after 1.00 seconds"],
        ),
        (
            "def handler(event, context):\n    return object()\n",
            "Runtime.MarshalError",
            &["JSON serializable"],
        ),
        (
            "def other(event, context):\n    return 1\n",
            "Runtime.HandlerNotFound",
            &["handler"],
        ),
        (
            "def handler(event, context)\n    return 1\n",
            "Runtime.UserCodeSyntaxError",
            &["app.py"],
        ),
    ] {
        check(handler, error, said);
    }
}

#[test]
fn a_function_that_the_template_lacks() {
    let scene = Scene::with_function("def handler(event, context):\n    return event\n", 3);
    let flow = std::fs::read_to_string(scene.path("p/flow.asl.json")).unwrap();
    scene.write("p/flow.asl.json", &flow.replace("${Work}", "wrok"));
    let ended = scene.run(&["run", "p"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.out.contains("FAILED  Lambda.ResourceNotFoundException"),
        "{}",
        ended.out
    );
    for expected in ["the functions here are work", "Correct the name"] {
        assert!(
            ended.err.contains(expected),
            "{expected} is not in\n{}",
            ended.err
        );
    }
}

#[test]
fn code_that_is_not_there() {
    let scene = Scene::with_function("", 3);
    std::fs::remove_dir_all(scene.path("p/work")).unwrap();
    let ended = scene.run(&["run", "p"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.contains("Stepwell.CodeMissing"), "{}", ended.out);
    assert!(ended.out.contains("correct its CodeUri"), "{}", ended.out);
}

#[test]
fn a_handler_whose_file_is_not_there() {
    let scene = Scene::with_function("", 3);
    std::fs::remove_file(scene.path("p/work/app.py")).unwrap();
    scene.write("p/work/other.py", "");
    let ended = scene.run(&["run", "p"]);
    assert_eq!(ended.code, Some(1));
    let said = format!("{}{}", ended.out, ended.err);
    for expected in ["work/app.py does not exist", "correct the function's Handler"] {
        assert!(said.contains(expected), "{expected} is not in\n{said}");
    }
}

#[test]
fn functions_that_cannot_run_are_told_of_before_the_run() {
    for (from, to, expected) in [
        ("python3.13", "python2.7", "Lambda knows no Runtime python2.7"),
        (
            "app.handler",
            "main.handler",
            "work/main.py, which its Handler names, does not exist",
        ),
        (
            "CodeUri: work",
            "CodeUri: wrok",
            "its CodeUri wrok/ does not exist",
        ),
    ] {
        let scene = Scene::with_function("def handler(event, context):\n    return event\n", 3);
        let template = std::fs::read_to_string(scene.path("p/template.yaml")).unwrap();
        assert!(template.contains(from), "{template}");
        scene.write("p/template.yaml", &template.replace(from, to));
        let ended = scene.run(&["validate", "p"]);
        assert_eq!(ended.code, Some(0), "a warning: {}{}", ended.out, ended.err);
        let said = format!("{}{}", ended.out, ended.err);
        for part in [expected, "template.yaml", "correct"] {
            assert!(said.contains(part), "{part} is not in\n{said}");
        }
    }
}

#[test]
fn a_runtime_that_cannot_run_here() {
    let scene = Scene::with_function("", 3);
    let template = std::fs::read_to_string(scene.path("p/template.yaml")).unwrap();
    scene.write("p/template.yaml", &template.replace("python3.13", "ruby3.3"));
    let ended = scene.run(&["run", "p"]);
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    for expected in ["Stepwell.RuntimeUnsupported", "ruby3.3", "python3.*"] {
        assert!(
            ended.out.contains(expected),
            "{expected} is not in\n{}",
            ended.out
        );
    }
}

#[test]
fn a_folder_that_cannot_be_written() {
    let scene = Scene::with_examples();
    // As good as read-only, and holds for every user: what must be a folder is a file.
    scene.write("hello/.stepwell", "");
    let ended = scene.run(&["run", "hello", "--virtual-time", "--json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(ended.output()["greeting"], "Hello, world!");
    assert!(
        ended.err.contains("recorded in a temporary folder"),
        "{}",
        ended.err
    );
}

#[test]
fn a_record_of_a_newer_version_is_left_alone() {
    let scene = Scene::with_examples();
    scene.run(&["run", "hello", "--virtual-time"]);
    let path = scene.path("hello/.stepwell/runs.sqlite");
    let mut bytes = std::fs::read(&path).unwrap();
    // SQLite's `user_version`: four bytes, big-endian, at offset 60 of the file.
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    let _ = std::fs::remove_file(path.with_extension("sqlite-wal"));
    std::fs::write(&path, &bytes).unwrap();
    let ended = scene.run(&["run", "hello", "--virtual-time"]);
    assert_eq!(ended.code, Some(2), "{}", ended.out);
    assert!(
        ended.err.contains("newer Stepwell") && ended.err.contains("update"),
        "{}",
        ended.err
    );
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

/// What a function needs is never fetched unasked; without it the function fails and says what to do.
#[test]
fn packages_that_are_not_installed() {
    let handler = "import tiny\ndef handler(event, context):\n    return tiny.same(event)\n";
    let scene = Scene::with_function(handler, 10);
    scene.write("p/work/requirements.txt", "../tiny-1.0-py3-none-any.whl\n");
    let script = "import sys, zipfile\nw = zipfile.ZipFile(sys.argv[1], 'w')\nw.writestr('tiny.py', 'def same(x): return x\\n')\nfor name, text in [('METADATA', 'Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n'), ('WHEEL', 'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'), ('RECORD', '')]:\n    w.writestr('tiny-1.0.dist-info/' + name, text)\nw.close()\n";
    let made = std::process::Command::new("python3")
        .args(["-c", script])
        .arg(scene.path("p/tiny-1.0-py3-none-any.whl"))
        .status();
    assert!(made.unwrap().success());
    let run = |option: &[&str]| scene.run(&[&["run", "p", "--input", "{\"n\": 1}"], option].concat());

    let unasked = run(&[]);
    let all = format!("{}{}", unasked.out, unasked.err);
    assert_eq!(unasked.code, Some(1), "{all}");
    for expected in [
        "requirements.txt asks for ../tiny-1.0-py3-none-any.whl, which is not installed for work.",
        "running without them; --build installs them",
        "FAILED  Runtime.ImportModuleError",
        "Run `sam build`, or let Stepwell install it",
    ] {
        assert!(all.contains(expected), "{expected} is not in\n{all}");
    }
    let refused = run(&["--no-build"]);
    assert_eq!(refused.code, Some(1));
    assert!(!refused.err.contains("--build installs them"), "{}", refused.err);
    let built = run(&["--build"]);
    assert_eq!(built.code, Some(0), "{}{}", built.out, built.err);
    assert!(
        built
            .err
            .contains("-m pip install --requirement requirements.txt"),
        "{}",
        built.err
    );
    // It is there from now on.
    let again = run(&[]);
    assert_eq!(
        (again.code, again.err.contains("requirements.txt")),
        (Some(0), false),
        "{}",
        again.err
    );
    scene.nothing_left_behind();
}
