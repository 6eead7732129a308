//! Text in, change, text out; and what holds for every change.

use proptest::prelude::*;

use super::{Rewrite, Slot};
use crate::text::token::tests::check_whole;
use crate::text::{Format, Kind, Node, Tree};

/// What is done to the node at a pointer.
enum Do<'d> {
    /// Makes it say this JSON.
    Replace(&'d str),
    /// Sets a member of it.
    Set(&'d str, &'d str),
    /// Puts a member first in it.
    PutFirst(&'d str, &'d str),
    /// Takes these members or items out of it.
    Remove(&'d [usize]),
    /// Gives the key of this member another name.
    Rename(&'d str, &'d str),
}

fn json(text: &str) -> Tree {
    let tree = Tree::parse(text, Format::Json);
    assert_eq!(tree.faults(), []);
    tree
}

fn change(tree: &Tree, pointer: &str, what: &Do<'_>) -> String {
    let node = tree.root().unwrap().at(pointer).unwrap();
    let mut rewrite = Rewrite::new(tree);
    match *what {
        Do::Replace(value) => rewrite.replace(node, json(value).root().unwrap()),
        Do::Set(name, value) => rewrite.set_member(node, name, json(value).root().unwrap()),
        Do::PutFirst(name, value) => {
            rewrite.insert_member(node, Slot::First, name, json(value).root().unwrap())
        }
        Do::Remove(at) => {
            let ids: Vec<_> = at
                .iter()
                .map(|&at| node.children().nth(at).unwrap().id())
                .collect();
            rewrite.remove(node, &ids);
        }
        Do::Rename(name, to) => {
            rewrite.rename_key(node.members().find(|member| member.name == name).unwrap().key, to);
        }
    }
    let changes = rewrite.finish().unwrap();
    let after = changes.apply(tree.text());
    assert_eq!(changes.invert(tree.text()).apply(&after), tree.text());
    after
}

fn check(format: Format, before: &str, pointer: &str, what: Do<'_>, after: &str) {
    let tree = Tree::parse(before, format);
    let done = change(&tree, pointer, &what);
    assert_eq!(done, after, "\n{pointer} of\n{before}\nbecame\n{done}\n");
    let again = Tree::parse(done.as_str(), format);
    check_whole(&again);
    assert_eq!(
        again.faults().len(),
        tree.faults().len(),
        "{:?} in\n{done}",
        again.faults()
    );
}

fn check_json(before: &str, pointer: &str, what: Do<'_>, after: &str) {
    check(Format::Json, before, pointer, what, after);
}

fn check_yaml(before: &str, pointer: &str, what: Do<'_>, after: &str) {
    check(Format::Yaml, before, pointer, what, after);
}

#[test]
fn json_scalars() {
    check_json(
        r#"{"a" : 1 , "b":2}"#,
        "/a",
        Do::Replace("\"x\""),
        r#"{"a" : "x" , "b":2}"#,
    );
    check_json(r#"{"a": 1}"#, "/a", Do::Replace("1.0"), r#"{"a": 1.0}"#);
    check_json(
        r#"{"a": [1, 2]}"#,
        "/a/1",
        Do::Replace("{\"x\":1}"),
        r#"{"a": [1, {"x": 1}]}"#,
    );
    check_json(r#"{"a": {"b": 1}}"#, "/a", Do::Replace("null"), r#"{"a": null}"#);
    check_json(r#"{"a": 1}"#, "", Do::Rename("a", "b\"c"), r#"{"b\"c": 1}"#);
}

#[test]
fn json_members() {
    let lines = "{\n    \"a\": 1,\n    \"b\": {}\n}\n";
    check_json(
        lines,
        "",
        Do::Set("c", "[]"),
        "{\n    \"a\": 1,\n    \"b\": {},\n    \"c\": []\n}\n",
    );
    check_json(
        lines,
        "/b",
        Do::Set("x", "{\"y\": 1}"),
        "{\n    \"a\": 1,\n    \"b\": {\n        \"x\": {\n            \"y\": 1\n        }\n    }\n}\n",
    );
    check_json(
        lines,
        "",
        Do::PutFirst("z", "0"),
        "{\n    \"z\": 0,\n    \"a\": 1,\n    \"b\": {}\n}\n",
    );
    check_json(lines, "", Do::Remove(&[0]), "{\n    \"b\": {}\n}\n");
    check_json(lines, "", Do::Remove(&[1]), "{\n    \"a\": 1\n}\n");
    check_json(lines, "", Do::Remove(&[0, 1]), "{}\n");
    check_json(
        r#"{"a": 1, "b": 2, "c": 3}"#,
        "",
        Do::Remove(&[1, 2]),
        r#"{"a": 1}"#,
    );
    check_json(
        r#"{"a":1,"b":2}"#,
        "",
        Do::Set("c", "{\"d\": 1}"),
        r#"{"a":1,"b":2, "c":{"d": 1}}"#,
    );
    check_json("{\"a\": 1,}", "", Do::Set("b", "2"), "{\"a\": 1, \"b\": 2,}");
    check_json(
        "{\r\n\t\"a\": {}\r\n}",
        "/a",
        Do::Set("b", "2"),
        "{\r\n\t\"a\": {\r\n\t\t\"b\": 2\r\n\t}\r\n}",
    );
    check_json("{ }", "", Do::Set("a", "1"), "{\n  \"a\": 1\n}");
    check_json(
        "[]",
        "",
        Do::Replace("[1, {\"a\": 1}]"),
        "[\n  1,\n  {\n    \"a\": 1\n  }\n]",
    );
}

#[test]
fn json_only_what_differs() {
    let before = "{\n  \"p\": { \"a\": 1,   \"b\": [1,2, 3], \"c\": 0 }\n}";
    let replace = |value| Do::Replace(value);
    check_json(
        before,
        "/p",
        replace(r#"{"c": 0, "b": [1, 2, 3], "a": 1}"#),
        before,
    );
    check_json(
        before,
        "/p",
        replace(r#"{"a": 1, "b": [1, 3], "c": 0}"#),
        &before.replace("1,2, 3", "1,3"),
    );
    check_json(
        before,
        "/p",
        replace(r#"{"a": 1, "b": [1, 2, 3, 4]}"#),
        "{\n  \"p\": { \"a\": 1,   \"b\": [1,2, 3, 4] }\n}",
    );
    check_json(
        before,
        "/p",
        replace(r#"{"x": 0, "b": [0, 2, 3], "y": 1, "c": 0}"#),
        "{\n  \"p\": { \"x\": 0, \"b\": [0,2, 3], \"y\": 1, \"c\": 0 }\n}",
    );
}

#[test]
fn yaml_scalars() {
    check_yaml("a: x  # why\n", "/a", Do::Replace("\"z\""), "a: z  # why\n");
    check_yaml("a: 'x'\n", "/a", Do::Replace("\"it's\""), "a: 'it''s'\n");
    check_yaml(
        "a: \"x\"\n",
        "/a",
        Do::Replace("\"y\\n\""),
        "a: |\n  y\n".replace("|\n  y", "\"y\\n\"").as_str(),
    );
    check_yaml("a: x\n", "/a", Do::Replace("\"true\""), "a: 'true'\n");
    check_yaml("a: x\n", "/a", Do::Replace("true"), "a: true\n");
    check_yaml("a: x\n", "/a", Do::Replace("\"b: c\""), "a: 'b: c'\n");
    check_yaml("a:\nb: 1\n", "/a", Do::Replace("\"$.x\""), "a: $.x\nb: 1\n");
    check_yaml(
        "a: x\nb: 1\n",
        "/a",
        Do::Replace("\"one\\ntwo\""),
        "a: |-\n  one\n  two\nb: 1\n",
    );
    check_yaml(
        "a: |\n  one\n  two\nb: 1\n",
        "/a",
        Do::Replace("\"three\""),
        "a: three\nb: 1\n",
    );
    check_yaml("a: !Sub x\n", "/a", Do::Replace("\"z\""), "a: !Sub z\n");
    check_yaml("a: !Sub x\n", "/a", Do::Replace("1"), "a: 1\n");
    check_yaml("- 1\n-\n", "/1", Do::Replace("2"), "- 1\n- 2\n");
    check_yaml("a: 1\n", "", Do::Rename("a", "yes"), "'yes': 1\n");
    check_yaml("'a': 1\n", "", Do::Rename("a", "b c"), "'b c': 1\n");
}

#[test]
fn yaml_members() {
    let text = "a: 1\nb:\n  c: 2  # two\n  # about d\n  d: [x]\n\n# end\n";
    check_yaml(
        text,
        "/b",
        Do::Set("e", "{\"f\": [1, {\"g\": 2, \"h\": {}}]}"),
        "a: 1\nb:\n  c: 2  # two\n  # about d\n  d: [x]\n  e:\n    f:\n      - 1\n      - g: 2\n        h: {}\n\n# end\n",
    );
    check_yaml(text, "/b", Do::Remove(&[1]), "a: 1\nb:\n  c: 2  # two\n\n# end\n");
    check_yaml(
        text,
        "/b",
        Do::Remove(&[0]),
        "a: 1\nb:\n  # about d\n  d: [x]\n\n# end\n",
    );
    check_yaml(text, "/b", Do::Remove(&[0, 1]), "a: 1\nb: {}\n\n# end\n");
    check_yaml(text, "", Do::Remove(&[1]), "a: 1\n\n# end\n");
    check_yaml(text, "", Do::PutFirst("z", "\"\""), &format!("z: ''\n{text}"));
    check_yaml(
        text,
        "/b/d",
        Do::Replace("[\"x\", {\"z\": 1}]"),
        &text.replace("[x]", "[x, {z: 1}]"),
    );
    check_yaml("a: {}\nb: 1\n", "/a", Do::Set("c", "1"), "a:\n  c: 1\nb: 1\n");
    check_yaml("a: {b: 1, c: 2}\n", "/a", Do::Remove(&[0]), "a: {c: 2}\n");
    check_yaml(
        "a: {b: 1}\n",
        "/a",
        Do::Set("c", "[\"x, y\"]"),
        "a: {b: 1, c: ['x, y']}\n",
    );
    check_yaml("a: 1", "", Do::Set("b", "{\"c\": 1}"), "a: 1\nb:\n  c: 1");
    check_yaml("a: 1\nb: 2", "", Do::Remove(&[1]), "a: 1");
    check_yaml("a:\n  b: 1\n", "/a", Do::Replace("[1]"), "a:\n  - 1\n");
    check_yaml("a:\n  b: 1\n", "/a", Do::Replace("5"), "a: 5\n");
    check_yaml("a: 5 # c\n", "/a", Do::Replace("{\"b\": 1}"), "a:\n  b: 1 # c\n");
    check_yaml("a: 1\n\nb: 2\n\nc: 3\n", "", Do::Remove(&[1]), "a: 1\n\nc: 3\n");
    check_yaml(
        "a:\r\n    b: 1\r\n",
        "/a",
        Do::Set("c", "{\"d\": 1}"),
        "a:\r\n    b: 1\r\n    c:\r\n        d: 1\r\n",
    );
}

#[test]
fn yaml_items() {
    let text = "a:\n- b: 1\n  c: 2\n- d\n";
    check_yaml(text, "/a", Do::Remove(&[0]), "a:\n- d\n");
    check_yaml(text, "/a", Do::Remove(&[1]), "a:\n- b: 1\n  c: 2\n");
    check_yaml(text, "/a", Do::Remove(&[0, 1]), "a: []\n");
    check_yaml(text, "/a/0", Do::Remove(&[0]), "a:\n- c: 2\n- d\n");
    check_yaml(text, "/a/0", Do::Remove(&[0, 1]), "a:\n- {}\n- d\n");
    check_yaml(
        text,
        "/a/0",
        Do::Set("e", "{\"f\": [1]}"),
        "a:\n- b: 1\n  c: 2\n  e:\n    f:\n    - 1\n- d\n",
    );
    check_yaml(
        text,
        "/a",
        Do::Replace("[{\"b\": 1, \"c\": 2}, \"x\", \"d\"]"),
        "a:\n- b: 1\n  c: 2\n- x\n- d\n",
    );
    check_yaml("- - 1\n  - 2\n", "/0", Do::Remove(&[0]), "- - 2\n");
    check_yaml(
        "a: []\n",
        "/a",
        Do::Replace("[{\"b\": 1, \"c\": [2]}]"),
        "a:\n  - b: 1\n    c:\n      - 2\n",
    );
}

/// JSON values, as text.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?[1-9][0-9]{0,2}(\\.5)?",
        "[a-z0-9:#,\\[\\]{}'\" $.\n\t&*!|>%@`~é<=-]{0,6}"
            .prop_map(|text| serde_json::Value::String(text).to_string()),
        "(yes|no|null|~|0x1|1e3|\\.5|- a|a: b|x #y|\\$\\{A\\}|12:30|2010-09-09)"
            .prop_map(|text| format!("\"{text}\"")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::btree_map("[a-d]{1}|x y|1|true", inner, 0..4).prop_map(|members| {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| format!("\"{name}\": {value}"))
                    .collect();
                format!("{{{}}}", members.join(", "))
            }),
        ]
    })
}

/// A text in block style, or JSON over lines, that says a value.
fn written(format: Format, value: &str) -> String {
    let start = match format {
        Format::Json => "{\n  \"v\": 0\n}\n",
        Format::Yaml => "v: 0\n",
    };
    change(&Tree::parse(start, format), "/v", &Do::Replace(value))
}

fn nodes<'t>(node: Node<'t>, list: &mut Vec<Node<'t>>) {
    list.push(node);
    for child in node.children() {
        let inner = if child.kind() == Kind::Member {
            child.as_member().and_then(|member| member.value)
        } else {
            Some(child)
        };
        if let Some(inner) = inner {
            nodes(inner, list);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_was_written_reads_back(old in value(), new in value(), yaml in any::<bool>()) {
        let format = if yaml { Format::Yaml } else { Format::Json };
        let text = written(format, &old);
        let tree = Tree::parse(text.as_str(), format);
        prop_assert_eq!(tree.faults(), &[], "{}", text);
        prop_assert_eq!(tree.root().unwrap().get("v").unwrap().to_value(), json(&old).root().unwrap().to_value(), "{}", text);
        let done = change(&tree, "/v", &Do::Replace(&new));
        let again = Tree::parse(done.as_str(), format);
        prop_assert_eq!(again.faults(), &[], "{}\nbecame\n{}", text, done);
        prop_assert_eq!(again.root().unwrap().get("v").unwrap().to_value(), json(&new).root().unwrap().to_value(), "{}\nbecame\n{}", text, done);
    }

    #[test]
    fn what_is_removed_is_all_that_goes(old in value(), yaml in any::<bool>(), at in any::<prop::sample::Index>(), mask in any::<u8>()) {
        let format = if yaml { Format::Yaml } else { Format::Json };
        let text = written(format, &old);
        let tree = Tree::parse(text.as_str(), format);
        let mut all = Vec::new();
        nodes(tree.root().unwrap(), &mut all);
        let containers: Vec<_> = all.iter().filter(|node| node.children().next().is_some()).collect();
        let container = containers[at.index(containers.len())];
        let gone: Vec<usize> = (0..container.children().count()).filter(|at| mask & (1 << (at % 8)) != 0).collect();
        let pointer = container.pointer();
        let done = change(&tree, &pointer, &Do::Remove(&gone));
        let again = Tree::parse(done.as_str(), format);
        prop_assert_eq!(again.faults(), &[], "{:?} of {}\n{}\nbecame\n{}", gone, pointer, text, done);
        let left = again.root().unwrap().at(&pointer).unwrap();
        let kept = |node: &Node<'_>, skip: &[usize]| -> Vec<_> {
            node.children().enumerate().filter(|(at, _)| !skip.contains(at)).map(|(_, child)| {
                (child.as_member().map(|member| member.name.into_owned()), child.to_value())
            }).collect()
        };
        prop_assert_eq!(kept(&left, &[]), kept(container, &gone), "{:?} of {}\n{}\nbecame\n{}", gone, pointer, text, done);
        let all_after = again.root().unwrap().to_value().map(|value| value.to_json().len());
        prop_assert!(all_after.is_some());
    }
}
