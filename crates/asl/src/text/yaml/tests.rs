//! Texts, damaged and sound, and what the reader makes of them.

use proptest::prelude::*;

use crate::text::json::tests::sketch;
use crate::text::token::tests::check_whole;
use crate::text::{Format, Kind, Node, Style, Tree};

fn check(text: &str, tree: &str, faults: &[(usize, &str)]) {
    let parsed = Tree::parse(text, Format::Yaml);
    check_whole(&parsed);
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
}

#[test]
fn blocks() {
    check(
        "a: b  # c\nc:\n  d: 1\n  e: [x, 'y']\n",
        "{a: 'b', c: {d: 1, e: ['x', 'y']}}",
        &[],
    );
    check(
        "a:\n- 1\n- b: 2\n  c:\n-\nd: ~\n",
        "{a: [1, {b: 2, c: null}, null], d: null}",
        &[],
    );
    check("- - 1\n  - 2\n- 3\n", "[[1, 2], 3]", &[]);
    check("--- \na: 1\n...\n", "{a: 1}", &[]);
    check(
        "a: |\n  x\n   y\n\nb: >-\n  z\n  w\n",
        "{a: 'x\n y\n', b: 'z w'}",
        &[],
    );
    check("? a\n: b\n", "{a: 'b'}", &[]);
    check("\u{feff}ä: é\r\nb: \"\\u00e9\"\r\n", "{ä: 'é', b: 'é'}", &[]);
}

#[test]
fn flow() {
    check(
        "{a: {b: c, d: [1, 2,], e}}\n",
        "{a: {b: 'c', d: [1, 2], e: null}}",
        &[],
    );
    check("{\"a\":1, 'b':\"x\"}", "{a: 1, b: 'x'}", &[]);
    check("[a: 1, b]", "[{a: 1}, 'b']", &[]);
    check(
        "x:\n  a: {\n    b: [\n      1\n],\n}\n  c: 2\n",
        "{x: {a: {b: [1]}, c: 2}}",
        &[],
    );
    check("a: {\n  b: 1\n  }\nc: []\n", "{a: {b: 1}, c: []}", &[]);
}

#[test]
fn kinds() {
    check(
        "[1, -2.5, .5, 1e3, 0x1f, 0o7, 012, +1]",
        "[1, -2.5, .5, 1e3, 0x1f, 0o7, 012, +1]",
        &[],
    );
    check(
        "[true, False, null, ~, '1']",
        "[true, False, null, null, '1']",
        &[],
    );
    check(
        "[yes, on, 2010-09-09, .inf, 1.2.3, 0x]",
        "['yes', 'on', '2010-09-09', '.inf', '1.2.3', '0x']",
        &[],
    );
    check("[!!str 1, !!int 1, !Sub 1, ! 1]", "['1', 1, '1', '1']", &[]);
    check("1: x\nnull: y\n", "{1: 'x', null: 'y'}", &[]);
    check("Seconds: ${Timeout}\n", "{Seconds: '${Timeout}'}", &[]);
}

/// The node that the pointer's parts lead to.
fn find<'t>(tree: &'t Tree, path: &str) -> Node<'t> {
    path.split('/').fold(tree.root().unwrap(), |node, part| {
        let item = part.parse::<usize>().ok().and_then(|at| node.items().nth(at));
        item.or_else(|| node.get(part)).unwrap()
    })
}

#[test]
fn places() {
    let text =
        "a: !Sub |  # head\n  x\n\n  y\n\nb: &b\n  c: !GetAtt A.B\n\nd: !Join\n- '-'\n- [x]\ne: !T\nf: *b\n";
    let tree = Tree::parse(text, Format::Yaml);
    check_whole(&tree);
    for (path, source, tag, style) in [
        ("a", "|  # head\n  x\n\n  y", Some("!Sub"), Style::Literal),
        ("b", "c: !GetAtt A.B", None, Style::Block),
        ("b/c", "A.B", Some("!GetAtt"), Style::Plain),
        ("d", "- '-'\n- [x]", Some("!Join"), Style::Block),
        ("d/0", "'-'", None, Style::SingleQuoted),
        ("d/1", "[x]", None, Style::Flow),
        ("e", "", Some("!T"), Style::Plain),
        ("f", "*b", None, Style::Plain),
    ] {
        let node = find(&tree, path);
        assert_eq!(
            (node.source(), node.tag(), node.style()),
            (source, tag, style),
            "{path}"
        );
    }
    assert_eq!(&text[find(&tree, "b").full_range()], "&b\n  c: !GetAtt A.B");
    assert_eq!(find(&tree, "f/c").text(), "A.B");
    assert_eq!(find(&tree, "f/c").pointer(), "/b/c");
    assert!(find(&tree, "f").is_alias());
    assert_eq!(find(&tree, "a").text(), "x\n\ny\n");
}

#[test]
fn what_workflows_cannot_use() {
    check(
        "a: &x {b: 1}\nc:\n  <<: *x\n",
        "{a: {b: 1}, c: {<<: {b: 1}}}",
        &[(18, "SW0006")],
    );
    check("a: 1\n---\nb: 2\n", "{a: 1}", &[(5, "SW0006")]);
    check("&x [*x]", "[*x!]", &[(4, "SW0006")]);
    check("? [a]\n: b\n", "{[a]: 'b'}", &[(2, "SW0006")]);
    check("", "", &[(0, "SW0005")]);
    check("# nothing\n", "", &[(0, "SW0005")]);
}

#[test]
fn going_on_after_damage() {
    check(
        "a: \"abc\nb: c\nd: \"x\"\n",
        "{a: \"abc!, b: 'c', d: 'x'}",
        &[(3, "SW0005")],
    );
    check(
        "a: [1, 2\nb: c\nd: e\n",
        "{a: [1, 2!], b: 'c', d: 'e'}",
        &[(10, "SW0005")],
    );
    check("a: b: c\nd: e\n", "{a: 'b', : c!, d: 'e'}", &[(4, "SW0005")]);
    check("a: 1\nfoo\nb: 2\n", "{a: 1, foo!, b: 2}", &[(9, "SW0005")]);
    check(
        "a:\n  b: 1\n c: 2\nd: 3\n",
        "{a: {b: 1}, c: 2!, d: 3}",
        &[(11, "SW0005")],
    );
    check(
        "a:\n  b: 'x' y\n  c: 1\nd: 2\n",
        "{a: {b: 'x' y!, c: 1}, d: 2}",
        &[(12, "SW0005")],
    );
    check(
        "a:\n- b: 1\n- c: [\n- d: 2\ne: 3\n",
        "{a: [{b: 1}, {c: []}, {d: 2}], e: 3}",
        &[(17, "SW0005")],
    );
    check(
        "a:\n  - b: 1\n    c: ]\n    d: 2\n  - e: 1\n",
        "{a: [{b: 1, c: ]!, d: 2}, {e: 1}]}",
        &[(19, "SW0005")],
    );
    check("x: *nope\nb: 2\n", "{x: *nope!, b: 2}", &[(3, "SW0005")]);
    check(
        "a: {b: 1\nc: 2\nd: {e: f}\n",
        "{a: {b: '1 c', : 2!}, d: {e: 'f'}}",
        &[(10, "SW0005")],
    );
    check("    a: 1\n  b: 2\n", "{a: 1, b: 2!}", &[(11, "SW0005")]);
    check("\"a\nb: 2\nc: 3\n", "{b: 2, c: 3}", &[(0, "SW0005")]);
}

#[test]
fn what_was_held_back_before_damage() {
    check(
        "a:\n  b: c\n    x: y\nd: e\n",
        "{a: {b: 'c x', : y!}, d: 'e'}",
        &[(15, "SW0005")],
    );
    let cut_inside_a_character = Tree::parse("a:\né", Format::Yaml);
    assert_eq!(sketch(cut_inside_a_character.root().unwrap()), "{a: é!}");
}

#[test]
fn depth_and_aliases_have_an_end() {
    for deep in ["- ".repeat(3000), "[".repeat(10_000), "? ".repeat(3000)] {
        let tree = Tree::parse(deep.as_str(), Format::Yaml);
        assert!(!tree.faults().is_empty());
        check_whole(&tree);
    }
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        laughs.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let tree = Tree::parse(laughs.as_str(), Format::Yaml);
    assert!(tree.faults().iter().any(|fault| fault.code == "SW0006"));
    assert!(tree.root().unwrap().to_value_lossy().to_json().len() < 1_000_000);
    assert_eq!(tree.root().unwrap().kind(), Kind::Object);
}

/// Pieces of which texts are made that look like definitions, for better or worse.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "\n {0,6}",
        3 => "[a-c]: ?",
        2 => "- ",
        1 => "[\\[\\]{},:?&*!|>%@`\"'#\\\\]",
        1 => "[a-c0-9é😀]{1,3}",
        1 => Just("!Sub ".to_owned()),
        1 => Just("&a ".to_owned()),
        1 => Just("*a ".to_owned()),
        1 => Just("|-\n".to_owned()),
        1 => Just("'x'".to_owned()),
        1 => Just("---\n".to_owned()),
        1 => Just("# c\n".to_owned()),
        1 => Just("\t".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => ".",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_byte_is_kept_and_nothing_panics(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        let tree = Tree::parse(text.as_str(), Format::Yaml);
        check_whole(&tree);
        for fault in tree.faults() {
            prop_assert!(text.get(fault.range.clone()).is_some(), "{fault:?}");
        }
    }
}

#[test]
fn a_quoted_scalar_ends_with_its_quote() {
    for (text, source) in [
        ("a: 'x*'  # how\n", "'x*'"),
        ("a: \"x*\"  # how\n", "\"x*\""),
        ("- a: 'it''s'  # how\n  b: 1\n", "'it''s'"),
        ("a: \"\\\"\" # how \"\n", "\"\\\"\""),
        (
            "a:\n  - And:\n      - V: x\n        S: 'x*'  # how\n    N: B\n",
            "'x*'",
        ),
    ] {
        let tree = Tree::parse(text, Format::Yaml);
        let mut nodes = (0..tree.len()).map(|at| tree.node(crate::text::NodeId(at as u32)));
        assert!(nodes.any(|node| node.source() == source), "{text}");
    }
}
