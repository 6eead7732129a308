//! Real definitions: those of the corpus, and those that the service itself has accepted, have no error; what linters
//! call wrong mostly has one. The data lies beside the checkout; where it is absent the tests say so.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test may

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use stepwell_asl::definition::Definition;
use stepwell_asl::diagnostics::{Diagnostic, Severity, diagnose};
use stepwell_asl::graph::FlowGraph;
use stepwell_asl::text::{Format, Tree};

/// Corpus documents that are wrong, with the codes of what is wrong with them.
const WRONG_DOCUMENTS: &[(&str, &[&str])] = &[
    // `"Messages": "Messages.$": "$.Messages"`: not JSON.
    (
        "sfn-iot-data-analytics-dataset__statemachine__statemachine.asl.json",
        &["SW0001"],
    ),
    // `QueryLanguage` stands among the states, so that JSONata fields stand in JSONPath states.
    (
        "shared-fallback-state-jsonata__statemachine__statemachine.asl.json",
        &["SW0019", "SW0020", "SW0012"],
    ),
];

fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path);
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return None;
    }
    Some(path)
}

fn errors(text: &str, format: Format) -> Vec<Diagnostic> {
    let tree = Tree::parse(text, format);
    let definition = Definition::read(&tree);
    let graph = FlowGraph::of(&definition);
    let mut found = diagnose(&tree, &definition, &graph);
    found.retain(|one| one.severity == Severity::Error);
    found
}

/// The corpus: file name, text, format.
fn corpus() -> Vec<(String, String, Format)> {
    let Some(folder) = shared("corpus") else {
        return Vec::new();
    };
    let index: Value = serde_json::from_str(&fs::read_to_string(folder.join("index.json")).unwrap()).unwrap();
    let files = index["files"].as_array().unwrap();
    files
        .iter()
        .map(|entry| {
            let name = entry["file"].as_str().unwrap().to_owned();
            let format = if name.ends_with(".json") {
                Format::Json
            } else {
                Format::Yaml
            };
            (
                name.clone(),
                fs::read_to_string(folder.join(&name)).unwrap(),
                format,
            )
        })
        .collect()
}

fn cases(file: &str) -> Vec<Value> {
    let Some(path) = shared(file) else {
        return Vec::new();
    };
    let mut file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    match file["cases"].take() {
        Value::Array(cases) => cases,
        other => panic!("cases is {other}"),
    }
}

fn definition_of(case: &Value) -> Option<String> {
    let text = match (&case["definition"], &case["definition_text"]) {
        (_, Value::String(text)) => text.clone(),
        (Value::Null, _) => return None,
        (definition, _) => definition.to_string(),
    };
    // Parts of names that the recording left open are written `<<uid:1>>`.
    let mut pieces = text.split("<<");
    let first = pieces.next()?.to_owned();
    Some(pieces.fold(first, |text, piece| {
        text + "x" + piece.split_once(">>").map_or(piece, |(_, rest)| rest)
    }))
}

#[test]
fn the_corpus_has_no_false_errors() {
    let mut failures = Vec::new();
    for (name, text, format) in corpus() {
        let expected = WRONG_DOCUMENTS
            .iter()
            .find(|(wrong, _)| *wrong == name)
            .map_or(&[][..], |(_, codes)| *codes);
        let found = errors(&text, format);
        failures.extend(
            found
                .iter()
                .filter(|one| !expected.contains(&one.code))
                .map(|one| format!("{name}: {} {one}", one.code)),
        );
        for code in expected
            .iter()
            .filter(|code| !found.iter().any(|one| one.code == **code))
        {
            failures.push(format!("{name}: {code} is not found"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_the_service_accepted_has_no_errors() {
    let Some(folder) = shared("conformance/sfn") else {
        return;
    };
    let mut failures = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        for case in cases(&format!("conformance/sfn/{name}")) {
            if case["kind"] != "execution" {
                continue;
            }
            let Some(text) = definition_of(&case) else {
                continue;
            };
            failures.extend(
                errors(&text, Format::Json)
                    .iter()
                    .map(|one| format!("{}: {} {one}", case["id"], one.code)),
            );
        }
    }
    assert!(
        failures.is_empty(),
        "{} errors\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn every_state_is_in_the_graph() {
    for (name, text, format) in corpus() {
        let definition = Definition::read(&Tree::parse(text, format));
        let graph = FlowGraph::of(&definition);
        assert_eq!(graph.graph.node_count(), definition.states.len(), "{name}");
        assert!(!definition.states.is_empty(), "{name}");
        for (state, reachable) in definition.states.iter().zip(graph.reachable()) {
            assert_eq!(
                definition.state(&state.key).map(|found| &found.pointer),
                Some(&state.pointer),
                "{name}"
            );
            assert!(
                reachable || WRONG_DOCUMENTS.iter().any(|(wrong, _)| *wrong == name),
                "{name}: {}",
                state.key
            );
        }
    }
}

/// Where we differ from the linters, and why.
const OTHER_OPINIONS: &[(&str, &str)] = &[
    ("jsonata", "JSONata expressions are not parsed yet"),
    ("json-surround-syntax", "JSONata expressions are not parsed yet"),
    ("invalid-assign", "JSONata expressions are not parsed yet"),
    (
        "invalid-math-add",
        "the arguments of a call are checked when it runs",
    ),
    (
        "valid-task-credentials.json",
        "the service demands RoleArn and a Resource that it knows",
    ),
];

#[test]
fn linters_agree() {
    let mut failures = Vec::new();
    for file in ["asl-validator", "statelint"] {
        for case in cases(&format!("conformance/validation/{file}.json")) {
            let id = case["id"].as_str().unwrap();
            let Some(text) = definition_of(&case) else {
                continue;
            };
            // statelint takes any URI for a Resource; the service does not.
            let text = text.replace("\"foo:bar\"", "\"arn:aws:states:::lambda:invoke\"");
            let found = errors(&text, Format::Json);
            let differs = found.is_empty() != (case["valid"] == true);
            if differs && !OTHER_OPINIONS.iter().any(|(part, _)| id.contains(part)) {
                let found: Vec<_> = found.iter().map(ToString::to_string).collect();
                failures.push(format!("{id} is valid: {}; found {found:?}", case["valid"]));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
