//! Texts, damaged and sound, and what the reader makes of them.

use proptest::prelude::*;

use crate::text::{Format, Kind, Node, Tree};

/// The tree as a line: `{a: 1, b: [x!, _]}`; `!` an error node, `_` a missing value.
pub(in crate::text) fn sketch(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Object => format!("{{{}}}", list(node)),
        Kind::Array => format!("[{}]", list(node)),
        Kind::Member => {
            let member = node.as_member().unwrap();
            format!("{}: {}", member.name, member.value.map_or("_".to_owned(), sketch))
        }
        Kind::String => format!("'{}'", node.text()),
        Kind::Number | Kind::Bool => node.text().into_owned(),
        Kind::Null => "null".to_owned(),
        Kind::Error if node.children().next().is_some() => format!("!({})", list(node)),
        Kind::Error => format!("{}!", node.source()),
    }
}

fn list(node: Node<'_>) -> String {
    node.children().map(sketch).collect::<Vec<_>>().join(", ")
}

fn check(text: &str, tree: &str, faults: &[(usize, &str)]) {
    let parsed = Tree::parse(text, Format::Json);
    assert_eq!(
        parsed.root().map(sketch).unwrap_or_default(),
        tree,
        "tree of {text:?}"
    );
    let found: Vec<_> = parsed
        .faults()
        .iter()
        .map(|fault| (fault.range.start, fault.code))
        .collect();
    assert_eq!(found, faults, "faults of {text:?}: {:?}", parsed.faults());
    for fault in parsed.faults().iter().filter(|_| faults.len() == 1) {
        let Some(fix) = &fault.fix else { continue };
        let mended = crate::text::Changes::one(fix.change.clone()).apply(text);
        let again = Tree::parse(mended.as_str(), Format::Json);
        assert_eq!(again.faults(), [], "{:?} makes {mended:?} of {text:?}", fix.label);
    }
}

#[test]
fn sound_texts() {
    for (text, tree) in [
        ("{}", "{}"),
        ("[]", "[]"),
        (" [1, -2.50, 1e9, 0] ", "[1, -2.50, 1e9, 0]"),
        (
            r#"{"a": {"b": [true, false, null]}}"#,
            "{a: {b: [true, false, null]}}",
        ),
        (r#""\u0041\n\ud83d\ude00\/\"""#, "'A\n😀/\"'"),
        (r#"{"": "", "x": "\\"}"#, r"{: '', x: '\'}"),
        ("\u{feff}{\"a\":1}", "{a: 1}"),
        (r#"{"n": ${Count}, "m": ${A}}"#, "{n: '${Count}', m: '${A}'}"),
    ] {
        check(text, tree, &[]);
    }
}

#[test]
fn what_is_missing() {
    check("", "", &[(0, "SW0001")]);
    check(r#"{"a": 1 "b": 2}"#, "{a: 1, b: 2}", &[(7, "SW0001")]);
    check(r#"{"a" 1, "b": 2}"#, "{a: 1, b: 2}", &[(4, "SW0001")]);
    check(r#"{"a": , "b": 2}"#, "{a: _, b: 2}", &[(5, "SW0001")]);
    check("{\"a\":\n \"b\": 2}", "{a: _, b: 2}", &[(5, "SW0001")]);
    check("{\"a\"\n, \"b\": 2}", "{a: _, b: 2}", &[(4, "SW0001")]);
    check(r#"{"a": {"b": [1, 2"#, "{a: {b: [1, 2]}}", &[(17, "SW0001")]);
    check(r#""a": 1}"#, "{a: 1}", &[(0, "SW0001")]);
    check(
        r#"{"a": [{"b": 1], "c": 2}"#,
        "{a: [{b: 1}], c: 2}",
        &[(14, "SW0001")],
    );
    check(r#"{"a": [1, 2}"#, "{a: [1, 2]}", &[(11, "SW0001")]);
    check(r#"{"a": 1, {"b": 2}}"#, "{a: 1, !({b: 2})}", &[(9, "SW0001")]);
}

#[test]
fn what_is_too_much() {
    check(r#"{"a": 1,}"#, "{a: 1}", &[(7, "SW0002")]);
    check("[1,,2]", "[1, 2]", &[(3, "SW0001")]);
    check("{} {}", "{}", &[(3, "SW0001")]);
    check("} {\"a\": 1}", "{a: 1}", &[(0, "SW0001")]);
    check(
        "]}\n\"a\": 1}",
        "{a: 1}",
        &[(0, "SW0001"), (1, "SW0001"), (3, "SW0001")],
    );
    check(
        "{\n  \"a\": [\n  ]\n  ]\n, \"b\": 1}",
        "{a: [], b: 1}",
        &[(17, "SW0001")],
    );
    check(r#"["a": 1]"#, "['a', 1]", &[(4, "SW0001")]);
    // One bracket too many, and all behind it fits.
    check(r#", {"a": 1}"#, "{a: 1}", &[(0, "SW0001")]);
    check(r#"{} "a": 1, "b": 2}"#, "{a: 1, b: 2}", &[(1, "SW0001")]);
    check(
        "{\n  \"a\": 1\n},\n  \"b\": 2\n}",
        "{a: 1, b: 2}",
        &[(11, "SW0001")],
    );
    check(r#"{"a": 1}}"#, "{a: 1}", &[(8, "SW0001")]);
    check("{\"a\": 1} some words\nand more", "{a: 1}", &[(9, "SW0001")]);
}

/// A long line is read again for its brackets, in which looking for its start at each of them would take for ever.
#[test]
fn a_long_line_is_read_in_time() {
    let text = format!("{{\"a\": [{}", "{\"b\": [1, 2]}, ".repeat(100_000));
    let tree = Tree::parse(text.as_str(), Format::Json);
    assert_eq!(tree.faults().len(), 1, "{:?}", tree.faults());
}

#[test]
fn javascript() {
    check("{\"a\": 1 // one\n}", "{a: 1}", &[(8, "SW0002")]);
    check("/* x */ {\"a\": 1}", "{a: 1}", &[(0, "SW0002")]);
    check("{a: 1}", "{a: 1}", &[(1, "SW0002")]);
    check("{'a': 'it\"s'}", "{a: 'it\"s'}", &[(1, "SW0002"), (6, "SW0002")]);
    check(r#"{"a": True}"#, "{a: True!}", &[(6, "SW0001")]);
    check(
        r#"[01, +1, .5, 1., NaN]"#,
        "[01!, +1!, .5!, 1.!, NaN!]",
        &[
            (1, "SW0001"),
            (5, "SW0001"),
            (9, "SW0001"),
            (13, "SW0001"),
            (17, "SW0001"),
        ],
    );
}

#[test]
fn strings() {
    check("{\"a\": \"x,\n \"b\": 2}", "{a: 'x', b: 2}", &[(6, "SW0003")]);
    check("{\"a\": x y\",\n \"b\": 2}", "{a: 'x y', b: 2}", &[(6, "SW0003")]);
    check("{a\": 1}", "{a: 1}", &[(1, "SW0003")]);
    check(r#"["\q"]"#, r"['\q']", &[(2, "SW0003")]);
    check(r#"["\u12"]"#, r"['\u12']", &[(2, "SW0003")]);
    check(r#"["\ud800"]"#, "['\u{fffd}']", &[(2, "SW0003")]);
    check("[\"a\tb\"]", "['a\tb']", &[(3, "SW0003")]);
}

#[test]
fn depth_has_an_end() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let tree = Tree::parse(deep.as_str(), Format::Json);
    assert_eq!(
        tree.faults().iter().map(|fault| fault.code).collect::<Vec<_>>(),
        ["SW0004"]
    );
    let just = format!("{}1{}", "[".repeat(512), "]".repeat(512));
    assert_eq!(Tree::parse(just, Format::Json).faults(), []);
}

#[test]
fn nodes_know_their_place() {
    let text = r#"{"States": {"a/b~": {"Next": "x"}, "c": [1, {"d": 2}]}, "c": 1, "c": 2}"#;
    let tree = Tree::parse(text, Format::Json);
    let pointer = |needle: &str| tree.node_at(text.find(needle).unwrap() + 1).unwrap().pointer();
    assert_eq!(pointer("\"x\""), "/States/a~1b~0/Next");
    assert_eq!(pointer("\"Next\""), "/States/a~1b~0/Next");
    assert_eq!(pointer("\"d\""), "/States/c/1/d");
    assert_eq!(pointer("[1"), "/States/c/0");
    assert_eq!(pointer("{"), "/States");
    assert_eq!(tree.root().unwrap().get("c").unwrap().text(), "2");
    assert!(tree.node_at(text.len() + 1).is_none());
}

/// Pieces of which texts are made that look like definitions, for better or worse.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just(",".to_owned()),
        Just(":".to_owned()),
        Just("\"".to_owned()),
        Just("\n  ".to_owned()),
        Just("\\".to_owned()),
        Just("// ".to_owned()),
        Just("${A}".to_owned()),
        "\"[a-c\\\\n]{0,3}\"",
        "-?[0-9.e+]{1,4}",
        "true|false|null|nul|é|😀|'",
        ".",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_byte_is_kept_and_nothing_panics(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        let tree = Tree::parse(text.as_str(), Format::Json);
        crate::text::token::tests::check_whole(&tree);
        for fault in tree.faults() {
            prop_assert!(text.get(fault.range.clone()).is_some(), "{fault:?}");
        }
    }
}
