//! Real definitions: those of the corpus, and those that the service itself has accepted, have no error; what linters
//! call wrong mostly has one. The data lies beside the checkout; where it is absent the tests say so.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test may

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use stepwell_asl::definition::{Definition, LABEL_CHARS};
use stepwell_asl::diagnostics::{Diagnostic, Severity, diagnose};
use stepwell_asl::graph::FlowGraph;
use stepwell_asl::machine::StateMachine;
use stepwell_asl::machine::states::{StateKind, Test};
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

/// What a template would put in, by the field where the placeholder is all there is.
fn substituted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((_, behind)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        let line = before.rsplit('\n').next().unwrap_or(before);
        let squeezed = line.replace([' ', '"'], "");
        let whole_resource = squeezed.ends_with("Resource:");
        out.push_str(if whole_resource {
            "arn:aws:lambda:eu-west-1:123456789012:function:f"
        } else {
            "1"
        });
        rest = behind;
    }
    out + rest
}

#[test]
fn the_corpus_compiles() {
    let mut failures = Vec::new();
    for (name, text, format) in corpus() {
        let is_wrong = WRONG_DOCUMENTS.iter().any(|(wrong, _)| *wrong == name);
        match StateMachine::parse(&substituted(&text), format) {
            Ok(machine) => {
                let definition = Definition::read(&Tree::parse(text, format));
                assert_eq!(machine.states.len(), definition.states.len(), "{name}");
                assert!(!is_wrong, "{name} is wrong and compiles");
            }
            Err(found) if !is_wrong => {
                failures.extend(found.iter().map(|one| format!("{name}: {} {one}", one.code)))
            }
            Err(_) => {}
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_the_service_accepted_compiles() {
    let Some(folder) = shared("conformance/sfn") else {
        return;
    };
    let mut failures = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        for case in cases(&format!("conformance/sfn/{name}"))
            .iter()
            .filter(|case| case["kind"] == "execution")
        {
            let Some(text) = definition_of(case) else { continue };
            if let Err(found) = StateMachine::parse(&text, Format::Json) {
                failures.push(format!("{}: {found:?}", case["id"]));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// An edge's label, read tolerantly, and the compiled rule say the same of it.
#[test]
fn labels_are_what_rules_say_of_themselves() {
    let mut seen = 0;
    for (name, text, format) in corpus() {
        let text = substituted(&text);
        let definition = Definition::read(&Tree::parse(text.as_str(), format));
        let Ok(machine) = StateMachine::parse(&text, format) else {
            continue;
        };
        for (state, outline) in machine.states.iter().zip(&definition.states) {
            let StateKind::Choice(choice) = &state.kind else {
                continue;
            };
            for (rule, way) in choice.rules.iter().zip(&outline.transitions) {
                let Test::JsonPath(condition) = &rule.test else {
                    continue;
                };
                let said: String = condition.describe();
                let label = way.label.strip_suffix('…').unwrap_or(&way.label);
                assert!(said.starts_with(label), "{name}: {said} is labelled {label}");
                assert_eq!(
                    said.chars().count() > LABEL_CHARS,
                    label != way.label,
                    "{name}: {said}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 50 || corpus().is_empty(), "only {seen} rules");
}

/// What the page of the diagnostics says of two linters: how many of their definitions are judged alike, and each that is
/// not.
#[test]
fn linters_agree_as_the_page_says() {
    let page = include_str!("../../../docs/diagnostics/README.md");
    let mut failures = Vec::new();
    for file in ["asl-validator", "statelint"] {
        let cases = cases(&format!("conformance/validation/{file}.json"));
        if cases.is_empty() {
            return;
        }
        let (mut alike, mut differing) = (0, Vec::new());
        for case in &cases {
            let id = case["id"]
                .as_str()
                .unwrap()
                .trim_start_matches(file)
                .trim_start_matches("::");
            let Some(text) = definition_of(case) else {
                continue;
            };
            // statelint takes any URI for a Resource; the service does not.
            let text = text.replace("\"foo:bar\"", "\"arn:aws:states:::lambda:invoke\"");
            let found = errors(&text, Format::Json);
            match found.is_empty() == (case["valid"] == true) {
                true => alike += 1,
                false => differing.push((id, found.iter().map(ToString::to_string).collect::<Vec<_>>())),
            }
        }
        let row = format!(
            "| {file} | {} | {alike} | {} |",
            alike + differing.len(),
            differing.len()
        );
        if !page.contains(&row) {
            failures.push(format!("the page should have the row {row}"));
        }
        for (id, found) in differing {
            if !page.contains(&format!("`{id}`")) {
                failures.push(format!("the page should explain {id}, of which we say {found:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
