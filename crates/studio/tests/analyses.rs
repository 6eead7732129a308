//! What the stream tells of a document as it is edited, beside the whole that it stands for. It is kept as a file of the
//! page's tests, which put the one together from the other: what differs is made here and applied there.
//! `STEPWELL_BLESS=1` writes it.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::path::Path;

use runtime::clock::Clock;
use serde_json::{Value, json};
use stepwell_studio::Studio;
use stepwell_studio::bus::Listener;
use workspace::Configuration;

const DOCUMENT: &str = "told.asl.json";
const TEXT: &str = r#"{
  "Comment": "Ünder way",
  "StartAt": "First",
  "States": {
    "First": { "Type": "Pass", "Comment": "Begins", "Next": "Both" },
    "Both": {
      "Type": "Parallel",
      "Branches": [
        { "StartAt": "Left", "States": { "Left": { "Type": "Pass", "End": true } } },
        { "StartAt": "Right", "States": { "Right": { "Type": "Wait", "Seconds": 1, "End": true } } }
      ],
      "Next": "Last"
    },
    "Last": { "Type": "Succeed" }
  }
}
"#;

/// A replaced text: its first occurrence, and what comes in its place.
const TYPED: &[(&str, &str, &str)] = &[
    ("a first key, to who has heard nothing", "Begins", "Begins."),
    ("a key in a comment", "Ünder", "Üunder"),
    (
        "lines, and a letter of two code units",
        "Begins.",
        "Begins.\", \"InputPath\": \"$\",\n\n \"OutputPath\": \"$.𝔸",
    ),
    ("inside a room", "\"Seconds\": 1,", "\"Seconds\": 10,\n"),
    (
        "another type, which is drawn otherwise",
        "\"Type\": \"Wait\"",
        "\"Type\": \"Pass\"",
    ),
    (
        "a state less",
        "\"Left\": { \"Type\": \"Pass\", \"End\": true }",
        "",
    ),
    (
        "the state again",
        "\"States\": {  }",
        "\"States\": { \"Left\": { \"Type\": \"Pass\", \"End\": true } }",
    ),
    ("another name", "\"Last\": {", "\"Late\": {"),
    ("damage in the middle", "\"Branches\": [", "\"Branches\": [["),
    ("the damage mended", "[[", "["),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_what_the_pages_tests_expect() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(DOCUMENT), TEXT).unwrap();
    let configuration = Configuration::at(&folder.path().join(".configuration"));
    let studio = Studio::new(configuration, Clock::system(), Vec::new());
    studio
        .call("project.open", json!({ "path": folder.path() }))
        .await
        .unwrap();
    let opened = whole(&studio).await;
    let mut listener = studio.bus().listen();
    let mut text = TEXT.to_owned();
    let mut steps = Vec::new();
    for (version, (what, from, to)) in (1_u32..).zip(TYPED) {
        let at = text
            .find(from)
            .unwrap_or_else(|| panic!("{what}: {from} is not in {text}"));
        let unit = |at: usize| text[..at].encode_utf16().count();
        let change = json!({ "from": unit(at), "to": unit(at + from.len()), "insert": to });
        text.replace_range(at..at + from.len(), to);
        let params =
            json!({ "document": DOCUMENT, "baseVersion": version, "view": "test", "changes": [change] });
        studio.call("document.change", params).await.unwrap();
        let event = analysed(&mut listener, version + 1).await;
        steps.push(json!({ "what": what, "event": event, "whole": whole(&studio).await["analysis"] }));
    }
    studio.shut_down().await;
    let kinds: Vec<_> = steps
        .iter()
        .map(|step| step["event"]["states"]["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds[..6],
        ["whole", "differ", "differ", "differ", "differ", "whole"]
    );
    compare(&json!({ "opened": opened, "steps": steps }));
}

async fn whole(studio: &Studio) -> Value {
    let text = studio
        .call("document.open", json!({ "document": DOCUMENT }))
        .await
        .unwrap();
    serde_json::from_str(&text).unwrap()
}

async fn analysed(listener: &mut Listener, version: u32) -> Value {
    loop {
        for event in listener.next().await {
            let mut event = serde_json::to_value(event).unwrap();
            if event["event"] == "documentAnalysed" && event["version"] == version {
                event.as_object_mut().unwrap().remove("event");
                return event;
            }
        }
    }
}

fn compare(found: &Value) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/tests/fixtures/analyses.json");
    let text = format!("{}\n", serde_json::to_string(found).unwrap());
    if std::env::var_os("STEPWELL_BLESS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let current = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        current == text,
        "{} is not what the core tells; write it with STEPWELL_BLESS=1 cargo test -p stepwell-studio --test analyses",
        file.display()
    );
}
