//! Real workflows through the reader of texts: nothing is lost, nothing sound is called wrong, and JSON is
//! judged as `jsonc-parser` judges it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "the whole file is tests")]

use std::path::Path;

use proptest::prelude::*;
use stepwell_asl::text::{Format, Kind, Node, Tree};

/// The real workflows beside the checkout, and their templates: name, text, format. None where they are absent.
fn documents() -> Vec<(String, String, Format)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: {} is absent", folder.display());
        return Vec::new();
    };
    let mut documents = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let format = match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") if name != "index.json" => Format::Json,
            Some("yaml" | "yml") => Format::Yaml,
            _ => continue,
        };
        documents.push((name, std::fs::read_to_string(&path).unwrap(), format));
    }
    documents.sort_by(|a, b| a.0.cmp(&b.0));
    documents
}

/// Corpus documents that are really wrong: a folded text that is not indented, and a key with two values.
const KNOWN_FAULTS: &[(&str, &str)] = &[
    ("event-sourcing__template.yaml", "SW0005"),
    (
        "sfn-iot-data-analytics-dataset__statemachine__statemachine.asl.json",
        "SW0001",
    ),
];

#[test]
fn every_document_is_kept_whole_and_only_the_wrong_have_faults() {
    let mut faulty = Vec::new();
    for (name, text, format) in documents() {
        let tree = Tree::parse(text.as_str(), format);
        let again: String = tree.tokens().map(|token| &text[token.range]).collect();
        assert_eq!(again, text, "{name}");
        assert!(
            tree.root().is_some_and(|root| root.kind() == Kind::Object),
            "{name}"
        );
        for fault in tree.faults() {
            faulty.push((name.clone(), fault.code));
        }
    }
    let known: Vec<_> = KNOWN_FAULTS
        .iter()
        .map(|&(name, code)| (name.to_owned(), code))
        .collect();
    assert!(faulty == known || documents().is_empty(), "{faulty:#?}");
}

/// The tree as `jsonc-parser` would have it, with every range; none where it finds an error.
fn oracle(text: &str) -> Option<String> {
    let strict = jsonc_parser::ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = jsonc_parser::parse_to_ast(text, &Default::default(), &strict).ok()?;
    let mut out = String::new();
    describe_oracle(&parsed.value?, &mut out);
    Some(out)
}

fn describe_oracle(value: &jsonc_parser::ast::Value<'_>, out: &mut String) {
    use jsonc_parser::ast::Value;
    use jsonc_parser::common::Ranged;
    let range = value.range();
    out.push_str(&format!("{}..{} ", range.start, range.end));
    match value {
        Value::Object(object) => {
            for property in &object.properties {
                out.push_str(&format!("{:?}: ", property.name.as_str()));
                describe_oracle(&property.value, out);
            }
        }
        Value::Array(array) => array.elements.iter().for_each(|item| describe_oracle(item, out)),
        Value::StringLit(text) => out.push_str(&format!("{:?} ", text.value)),
        Value::NumberLit(number) => out.push_str(number.value),
        Value::BooleanLit(literal) => out.push_str(&literal.value.to_string()),
        Value::NullKeyword(_) => out.push_str("null"),
    }
}

fn describe(node: Node<'_>, out: &mut String) {
    let range = node.range();
    out.push_str(&format!("{}..{} ", range.start, range.end));
    match node.kind() {
        Kind::Object => {
            for member in node.members() {
                out.push_str(&format!("{:?}: ", member.name));
                describe(member.value.expect("a sound text has every value"), out);
            }
        }
        Kind::Array => node.items().for_each(|item| describe(item, out)),
        Kind::String => out.push_str(&format!("{:?} ", node.text())),
        _ => out.push_str(&node.text()),
    }
}

/// Where the oracle is laxer or stricter than RFC 8259, it is no judge.
fn is_judged(text: &str) -> bool {
    !text.contains("\\u")
        && !text.contains("${")
        && !text
            .chars()
            .any(|c| c.is_control() && c != '\n' || c == '\u{feff}')
}

fn compare(text: &str) {
    if !is_judged(text) {
        return;
    }
    let tree = Tree::parse(text, Format::Json);
    let ours = tree.root().filter(|_| tree.faults().is_empty()).map(|root| {
        let mut out = String::new();
        describe(root, &mut out);
        out
    });
    assert_eq!(ours, oracle(text), "faults: {:?}\n{text}", tree.faults());
}

#[test]
fn sound_json_is_what_the_oracle_says() {
    for (_, text, _) in documents()
        .iter()
        .filter(|(_, _, format)| *format == Format::Json)
    {
        compare(text);
    }
}

/// A small sound document to damage.
const SMALL: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1.5e1, "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "A"}, [], {}, null, -1]}}}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn damaged_json_is_wrong_when_the_oracle_says_so(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, "[\\[\\]{},:\"0-9a-e.+ \\\\/*'-]{0,3}"), 1..4)
    ) {
        let mut text = SMALL.to_owned();
        for (at, deleted, inserted) in edits {
            let start = at.index(text.len());
            let end = (start + deleted).min(text.len());
            text.replace_range(start..end, &inserted);
        }
        compare(&text);
    }
}
