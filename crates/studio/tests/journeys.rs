//! What a user does, through the contract: open, edit, run, debug, fork, export.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use runtime::clock::Clock;
use serde_json::{Value, json};
use stepwell_studio::Studio;
use workspace::Configuration;

struct Journey {
    studio: Arc<Studio>,
    folder: tempfile::TempDir,
}

impl Journey {
    /// The example, copied and opened.
    async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/order-fulfilment");
        copy(&example, &folder.path().join("order-fulfilment"));
        let configuration = Configuration::at(&folder.path().join("configuration"));
        let studio = Arc::new(Studio::new(configuration, Clock::system(), Vec::new()));
        let journey = Self { studio, folder };
        journey
            .call("project.open", json!({"path": journey.root()}))
            .await;
        journey
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("order-fulfilment")
    }

    async fn try_call(&self, method: &str, params: Value) -> Result<Value, Value> {
        match self.studio.call(method, params).await {
            Ok(text) => Ok(serde_json::from_str(&text).unwrap()),
            Err(error) => Err(serde_json::to_value(error).unwrap()),
        }
    }

    #[track_caller]
    fn call(&self, method: &str, params: Value) -> impl Future<Output = Value> {
        let place = std::panic::Location::caller();
        async move {
            let shown = params.to_string();
            self.try_call(method, params)
                .await
                .unwrap_or_else(|error| panic!("{place}: {method} {shown}: {error}"))
        }
    }

    fn event(&self, name: &str) -> String {
        std::fs::read_to_string(self.root().join(format!("events/{name}.json"))).unwrap()
    }

    async fn start(&self, event: &str, debug: bool) -> String {
        self.call("project.trust", json!({"trusted": true})).await;
        let started = self
            .call(
                "run.start",
                json!({"workflow": "OrderFulfilment", "input": self.event(event), "debug": debug, "stopOnEntry": false, "virtualTime": true}),
            )
            .await;
        started["run"]["execution"]
            .as_str()
            .unwrap_or_else(|| panic!("{started}"))
            .to_owned()
    }

    async fn until(&self, execution: &str, wanted: &[&str]) -> Value {
        for _ in 0..600 {
            let run = self.call("run.get", json!({"execution": execution})).await;
            if wanted.contains(&run["status"].as_str().unwrap()) {
                return run;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let run = self.call("run.get", json!({"execution": execution})).await;
        panic!("never {wanted:?}: {run}");
    }

    async fn step(&self, execution: &str, step: &str) -> Value {
        self.call("debug.step", json!({"execution": execution, "step": step}))
            .await;
        self.until(execution, &["paused", "succeeded", "failed"]).await
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.file_name() == ".stepwell" {
        } else if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_shows_its_states_and_their_data() {
    let journey = Journey::begin().await;
    let refused = journey
        .call("run.start", json!({"workflow": "OrderFulfilment", "input": "{}", "debug": false, "stopOnEntry": false, "virtualTime": true}))
        .await;
    assert_eq!(refused["kind"], "needsTrust");
    assert_eq!(refused["willRun"].as_array().unwrap().len(), 4);
    let execution = journey.start("in-stock", false).await;
    let run = journey.until(&execution, &["succeeded", "failed"]).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    let data = journey
        .call(
            "run.data",
            json!({"execution": execution, "state": "Price order"}),
        )
        .await["data"]
        .clone();
    assert_eq!(data["status"], "succeeded");
    let stages: Vec<_> = data["stages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stage| stage["progress"].as_str().unwrap())
        .collect();
    assert!(
        stages.contains(&"passed") && !stages.contains(&"here"),
        "{data:#}"
    );
    assert!(
        data["stages"][0]["value"]["text"]
            .as_str()
            .unwrap()
            .contains("order"),
        "{data:#}"
    );
    let timeline = journey
        .call(
            "run.timeline",
            json!({"execution": execution, "from": 0, "limit": 100}),
        )
        .await;
    assert!(timeline["total"].as_u64().unwrap() >= 8, "{timeline:#}");
    let log = journey
        .call(
            "run.log",
            json!({"execution": execution, "from": 0, "limit": 100}),
        )
        .await;
    assert!(log["total"].as_u64().unwrap() > 0);
    assert!(
        run["taken"]
            .as_array()
            .unwrap()
            .iter()
            .any(|taken| taken["from"] == "" && taken["to"] == "Price order")
    );
    journey.studio.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_told_to_its_end_without_being_asked() {
    let journey = Journey::begin().await;
    let mut listener = journey.studio.bus().listen();
    let execution = journey.start("in-stock", false).await;
    let told = async {
        loop {
            for event in listener.next().await {
                let event = serde_json::to_value(event).unwrap();
                if event["event"] == "runChanged" && event["status"] == "succeeded" {
                    return event["execution"].clone();
                }
            }
        }
    };
    let told = tokio::time::timeout(Duration::from_secs(60), told).await;
    assert_eq!(told.expect("the end was never told"), json!(execution));
    journey.studio.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breakpoint_holds_and_an_edit_of_the_past_forks() {
    let journey = Journey::begin().await;
    let breakpoint = json!([{"state": "In stock?", "on": "enter", "enabled": true}]);
    journey
        .call(
            "debug.breakpoints",
            json!({"workflow": "OrderFulfilment", "breakpoints": breakpoint}),
        )
        .await;
    let execution = journey.start("in-stock", true).await;
    let held = journey
        .until(&execution, &["paused", "succeeded", "failed"])
        .await;
    assert_eq!(
        (&held["status"], &held["paused"]["state"]),
        (&json!("paused"), &json!("In stock?")),
        "{held:#}"
    );
    let over = journey.step(&execution, "over").await;
    assert_ne!(over["paused"]["state"], json!("In stock?"), "{over:#}");
    let back = journey.step(&execution, "back").await;
    assert_eq!(
        (&back["paused"]["state"], &back["past"]),
        (&json!("In stock?"), &json!(true)),
        "{back:#}"
    );
    let data = journey
        .call("run.data", json!({"execution": execution, "state": "In stock?"}))
        .await["data"]
        .clone();
    assert_eq!(data["stages"][0]["editable"], json!(true), "{data:#}");
    let input = data["stages"][0]["value"]["text"].as_str().unwrap();
    let mut changed: Value = serde_json::from_str(input).unwrap();
    empty_the_shelves(&mut changed);
    let edit = json!({"kind": "stage", "stage": "input", "value": changed.to_string()});
    let forked = journey
        .call(
            "debug.edit",
            json!({"execution": execution, "frame": back["paused"]["frame"], "edit": edit}),
        )
        .await;
    assert_eq!(forked["forked"], json!(true));
    let fork = forked["run"]["execution"].as_str().unwrap().to_owned();
    assert_ne!(fork, execution);
    journey
        .call(
            "debug.breakpoints",
            json!({"workflow": "OrderFulfilment", "breakpoints": []}),
        )
        .await;
    let end = journey.step(&fork, "continue").await;
    let keys: Vec<_> = end["states"]
        .as_array()
        .unwrap()
        .iter()
        .map(|state| state["key"].as_str().unwrap())
        .collect();
    assert!(keys.contains(&"Back order"), "{keys:?} {end:#}");
    let parent = journey.call("run.get", json!({"execution": execution})).await;
    assert_eq!(parent["status"], "paused", "the parent stands where it stood");
    journey.studio.shut_down().await;
}

/// Sets every number called `inStock`, `stock` or `available` to 0, and what says that all is there to false.
fn empty_the_shelves(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                let name = name.to_lowercase();
                if member.is_number() && (name.contains("stock") || name.contains("available")) {
                    *member = json!(0);
                } else if member.is_boolean() && name.contains("stock") {
                    *member = json!(false);
                } else {
                    empty_the_shelves(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(empty_the_shelves),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_a_gesture_and_a_change_on_disk_share_one_undo() {
    let journey = Journey::begin().await;
    let document = "workflows/order-fulfilment.asl.json";
    let path = journey.root().join(document);
    let original = std::fs::read_to_string(&path).unwrap();
    let view = journey.call("document.open", json!({"document": document})).await;
    let start = original.find("\"Comment\"").unwrap();
    let at = original[..start].encode_utf16().count();
    journey
        .call("document.change", json!({"document": document, "baseVersion": view["version"], "view": "editor", "changes": [{"from": at, "to": at, "insert": "\"Version\": \"1.0\",\n  "}]}))
        .await;
    std::fs::write(&path, original.trim_end().to_owned() + "\n\n").unwrap();
    tokio::time::sleep(Duration::from_millis(600)).await;
    let renamed = journey
        .call("document.edit", json!({"document": document, "edit": {"kind": "renameState", "state": "Price order", "to": "Price it"}}))
        .await;
    assert_eq!(renamed["status"]["undo"], "Rename Price order");
    for _ in 0..2 {
        journey.call("document.undo", json!({"document": document})).await;
    }
    let text = journey.call("document.open", json!({"document": document})).await;
    assert_eq!(text["text"], json!(original.trim_end().to_owned() + "\n\n"));
    journey.call("document.redo", json!({"document": document})).await;
    journey.call("document.save", json!({"document": document})).await;
    let saved = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        saved,
        original
            .trim_end()
            .replacen("\"Comment\"", "\"Version\": \"1.0\",\n  \"Comment\"", 1)
            + "\n\n"
    );
    journey.studio.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_what_runs() {
    let journey = Journey::begin().await;
    let target = journey.folder.path().join("out.asl.json");
    let params = json!({"workflow": "OrderFulfilment", "format": "asl-json", "keepSubstitutions": false, "path": target, "overwrite": false});
    let exported = journey.call("workflow.export", params.clone()).await;
    assert!(!exported["text"].as_str().unwrap().contains("${"), "{exported}");
    assert_eq!(
        std::fs::read_to_string(&target).unwrap(),
        exported["text"].as_str().unwrap()
    );
    let again = journey.try_call("workflow.export", params).await.unwrap_err();
    assert_eq!(again["code"], "file.exists");
    let svg = journey.call("workflow.export", json!({"workflow": "OrderFulfilment", "format": "svg", "keepSubstitutions": false, "overwrite": false})).await;
    assert!(svg["text"].as_str().unwrap().contains("Price order"));
    journey.studio.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_calls_are_refused_in_sentences() {
    let journey = Journey::begin().await;
    for (method, params, code) in [
        ("no.method", json!({}), "call.unknown"),
        ("document.open", json!({"document": 1}), "call.params"),
        (
            "document.open",
            json!({"document": "../../etc/passwd"}),
            "document.outside",
        ),
        (
            "document.open",
            json!({"document": "nope.asl.json"}),
            "document.file",
        ),
        ("run.get", json!({"execution": "nope"}), "run.unknown"),
        ("project.open", json!({"path": "/does/not/exist"}), "project.open"),
        ("json.check", Value::Null, "call.params"),
    ] {
        let error = journey.try_call(method, params).await.unwrap_err();
        assert_eq!(error["code"], code, "{error}");
        assert!(error["message"].as_str().unwrap().len() > 10, "{error}");
    }
    journey.studio.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_to_trust_a_folder_in_which_nothing_would_run() {
    let journey = Journey::begin().await;
    let folder = journey.folder.path().join("plain");
    std::fs::create_dir(&folder).unwrap();
    let definition = r#"{"StartAt": "Only", "States": {"Only": {"Type": "Pass", "End": true}}}"#;
    std::fs::write(folder.join("plain.asl.json"), definition).unwrap();
    let listed = journey
        .call("files.browse", json!({"path": journey.folder.path()}))
        .await;
    let plain = listed["entries"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["name"] == "plain");
    assert_eq!(plain.unwrap()["project"], json!(true), "{listed}");
    let beside = journey
        .call("files.browse", json!({"path": folder.join("plain.asl.json")}))
        .await;
    assert_eq!(beside["entries"][0]["name"], "plain.asl.json", "{beside}");
    let project = journey.call("project.open", json!({"path": folder})).await;
    assert_eq!(project["trusted"], json!(false));
    let workflow = &project["workflows"][0]["id"];
    let started = journey
        .call("run.start", json!({"workflow": workflow, "input": "{}", "debug": false, "stopOnEntry": false, "virtualTime": false}))
        .await;
    assert_eq!(started["kind"], "running", "{started}");
    journey.studio.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packages_are_installed_only_after_asking() {
    let journey = Journey::begin().await;
    journey.call("project.trust", json!({"trusted": true})).await;
    let functions = journey.root().join("functions");
    let folder = std::fs::read_dir(&functions)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let folder = folder
        .into_iter()
        .find(|folder| folder.join("app.py").exists())
        .unwrap();
    std::fs::write(folder.join("requirements.txt"), "./nowhere.whl\n").unwrap();
    let wish = json!({"workflow": "OrderFulfilment", "input": journey.event("in-stock"), "debug": false, "stopOnEntry": false, "virtualTime": true});
    // A look at a folder is good for ten times as long as it took.
    let asked = loop {
        let asked = journey.call("run.start", wish.clone()).await;
        if asked["kind"] == "needsBuild" {
            break asked;
        }
    };
    let build = &asked["builds"][0];
    let name = folder.file_name().unwrap().to_str().unwrap();
    assert_eq!(build["manifest"], format!("functions/{name}/requirements.txt"));
    let command = build["command"].as_str().unwrap();
    assert!(
        command.contains("-m pip install") && command.contains("--target .stepwell/build/"),
        "{command}"
    );
    let error = journey
        .try_call("functions.build", json!({"allow": true}))
        .await
        .unwrap_err();
    assert_eq!(error["code"], "build.failed");
    assert!(
        error["message"].as_str().unwrap().contains("nowhere.whl"),
        "{error}"
    );
    journey.call("functions.build", json!({"allow": false})).await;
    assert_eq!(journey.call("run.start", wish).await["kind"], "running");
    journey.studio.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_another_process_is_told_of_and_a_running_workflow_stays_when_its_file_goes() {
    let journey = Journey::begin().await;
    let configuration = Configuration::at(&journey.folder.path().join("other"));
    let other = Studio::new(configuration, Clock::system(), Vec::new());
    other
        .call("project.open", json!({"path": journey.root()}))
        .await
        .unwrap();
    let mut listener = other.bus().listen();
    let document = "workflows/order-fulfilment.asl.json";
    journey.call("document.open", json!({"document": document})).await;
    let breakpoints = json!([{"state": "In stock?", "on": "enter", "enabled": true}]);
    journey
        .call(
            "debug.breakpoints",
            json!({"workflow": "OrderFulfilment", "breakpoints": breakpoints}),
        )
        .await;
    let execution = journey.start("in-stock", true).await;
    let told = async {
        let is_told = |event| serde_json::to_value(event).unwrap()["event"] == "runsChanged";
        while !listener.next().await.into_iter().any(is_told) {}
    };
    let told = tokio::time::timeout(Duration::from_secs(20), told).await;
    told.expect("the run of the other one was never told of");
    journey.until(&execution, &["paused"]).await;
    std::fs::remove_file(journey.root().join("template.yaml")).unwrap();
    std::fs::remove_dir_all(journey.root().join("workflows")).unwrap();
    let mut known = Value::Null;
    for _ in 0..100 {
        known = journey.call("project.current", json!({})).await["project"].clone();
        if known["manifest"].is_null() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(known["workflows"][0]["id"], "OrderFulfilment", "{known:#}");
    journey.call("run.stop", json!({"execution": execution})).await;
    journey.until(&execution, &["aborted"]).await;
    journey.studio.shut_down().await;
    other.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_answered_and_not_refused() {
    let journey = Journey::begin().await;
    let document = "workflows/order-fulfilment.asl.json";
    let opened = journey.call("document.open", json!({"document": document})).await;
    for direction in ["document.undo", "document.redo"] {
        let edited = journey.call(direction, json!({"document": document})).await;
        assert_eq!(
            (&edited["version"], &edited["status"]["dirty"]),
            (&opened["version"], &json!(false)),
            "{direction}"
        );
    }
    let gone = json!({"document": document, "state": "Nowhere"});
    assert_eq!(journey.call("document.state", gone).await["form"], Value::Null);
    let execution = journey.start("back-order", false).await;
    journey.until(&execution, &["succeeded", "failed"]).await;
    let of = json!({"execution": execution, "state": "Fulfil"});
    assert_eq!(journey.call("run.data", of.clone()).await["data"], Value::Null);
    let asked = journey
        .call("debug.evaluate", json!({"of": of, "expressions": ["$.a"]}))
        .await;
    let problem = asked["results"][0]["problem"].as_str().unwrap();
    assert!(problem.contains("has not reached"), "{problem}");
    journey.studio.shut_down().await;
}

/// The folder of a file that must be a folder: as good as one that nobody may write, and for every user.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_can_keep_nothing_says_so() {
    let journey = Journey::begin().await;
    journey.studio.shut_down().await;
    std::fs::remove_dir_all(journey.root().join(".stepwell")).unwrap();
    std::fs::write(journey.root().join(".stepwell"), "").unwrap();
    let project = journey
        .call("project.open", json!({"path": journey.root()}))
        .await;
    assert!(
        project["unwritable"]
            .as_str()
            .is_some_and(|why| why.contains(".stepwell")),
        "{project:#}"
    );
    let mut listener = journey.studio.bus().listen();
    let document = "workflows/order-fulfilment.asl.json";
    journey.call("document.open", json!({"document": document})).await;
    let edit = json!({"kind": "renameState", "state": "Back order", "to": "Later"});
    journey
        .call("document.edit", json!({"document": document, "edit": edit}))
        .await;
    let told = async {
        let says = |event| {
            let event = serde_json::to_value(event).unwrap();
            event["event"] == "documentStatus" && event["unprotected"].is_string()
        };
        while !listener.next().await.into_iter().any(says) {}
    };
    let told = tokio::time::timeout(Duration::from_secs(20), told).await;
    told.expect("nobody was told that the text is not protected");
    let copy = journey.folder.path().join("copy.asl.json");
    let wish = json!({"document": document, "path": copy, "overwrite": false});
    journey.call("document.copy", wish.clone()).await;
    assert!(std::fs::read_to_string(&copy).unwrap().contains("Later"));
    let again = journey.try_call("document.copy", wish).await.unwrap_err();
    assert_eq!(again["code"], "file.exists");
    journey.studio.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definition_is_checked_against_what_its_tasks_answered_last() {
    let journey = Journey::begin().await;
    let document = "workflows/order-fulfilment.asl.json";
    let nowhere = |view: &Value| -> Vec<String> {
        let problems = view["analysis"]["diagnostics"].as_array().unwrap();
        let told = problems.iter().filter(|problem| problem["code"] == "SW0038");
        told.map(|problem| problem["message"].as_str().unwrap().to_owned())
            .collect()
    };
    // A name that only the function's answer can show to be wrong.
    let path = journey.root().join(document);
    let original = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, original.replace("$.Payload.qty", "$.Payload.quantity")).unwrap();
    let view = journey.call("document.open", json!({"document": document})).await;
    assert_eq!(nowhere(&view), [""; 0]);
    let execution = journey.start("in-stock", false).await;
    journey.until(&execution, &["failed"]).await;
    // The run's end is told a moment later.
    let mut told = Vec::new();
    for _ in 0..200 {
        let view = journey.call("document.open", json!({"document": document})).await;
        told = nowhere(&view);
        if !told.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let problem = "$.Payload.quantity leads nowhere: \"Price order\" puts out no \"quantity\"; there is available, lines, qty, stock, total";
    assert_eq!(told, [problem]);
    journey.studio.shut_down().await;
    // The record tells the next process the same, and with the name put right nothing is wrong.
    let configuration = Configuration::at(&journey.folder.path().join("configuration"));
    let next = Journey {
        studio: Arc::new(Studio::new(configuration, Clock::system(), Vec::new())),
        folder: journey.folder,
    };
    next.call("project.open", json!({"path": next.root()})).await;
    let view = next.call("document.open", json!({"document": document})).await;
    assert_eq!(nowhere(&view), [problem]);
    next.studio.shut_down().await;
    std::fs::write(&path, original).unwrap();
    next.call("project.open", json!({"path": next.root()})).await;
    let view = next.call("document.open", json!({"document": document})).await;
    assert_eq!(nowhere(&view), [""; 0]);
    next.studio.shut_down().await;
}
