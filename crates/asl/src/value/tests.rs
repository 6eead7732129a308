//! Values: text in, text out; what is refused and where; sizes; depth without stack.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

/// Parses and prints again.
fn check(text: &str, expected: &str) {
    let value = Value::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(value.to_json(), expected, "{text}");
    assert_eq!(
        value.measure().bytes,
        expected.len() as u64,
        "length of {expected}"
    );
    let through_serde: Value = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
    assert_eq!(through_serde, value, "{text} through serde");
    assert_eq!(
        Value::from(serde_json::Value::from(&value)),
        value,
        "{text} through serde_json"
    );
}

#[test]
fn text_to_value_and_back() {
    for (text, expected) in [
        (" null ", "null"),
        ("[true,false]", "[true,false]"),
        ("[]", "[]"),
        ("{ }", "{}"),
        ("[1, 1.0, -0.5, 1e2, 0]", "[1,1.0,-0.5,100.0,0]"),
        (
            "[9223372036854775807,18446744073709551615,-9223372036854775808]",
            "[9223372036854775807,18446744073709551615,-9223372036854775808]",
        ),
        ("0.1", "0.1"),
        (r#"{"b":1,"a":{"10":[],"9":2}}"#, r#"{"b":1,"a":{"10":[],"9":2}}"#),
        (r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
        (
            r#""\u00fc \ud83d\ude00 \/ \n\u0001\b\f\"\\""#,
            "\"ü 😀 / \\n\\u0001\\b\\f\\\"\\\\\"",
        ),
        (r#""\ud83d!""#, "\"\u{fffd}!\""),
    ] {
        check(text, expected);
    }
}

#[test]
fn some_values_are_written_in_another_way() {
    let value = Value::parse(r#"{"a":[1,"x",[1]],"b":"x","c":{"x":2}}"#).unwrap();
    for (what, expected) in [
        (r#""x""#, r#"{"a":[1,?,[1]],"b":?,"c":{"x":2}}"#),
        ("[1]", r#"{"a":[1,"x",?],"b":"x","c":{"x":2}}"#),
        (r#"{"x":2}"#, r#"{"a":[1,"x",[1]],"b":"x","c":?}"#),
        ("3", r#"{"a":[1,"x",[1]],"b":"x","c":{"x":2}}"#),
    ] {
        let what = Value::parse(what).unwrap();
        let mut text = String::new();
        value.write_json(&mut text, &mut |below, out| {
            let found = *below == what;
            out.push_str(if found { "?" } else { "" });
            found
        });
        assert_eq!(text, expected, "{what}");
    }
}

#[test]
fn what_is_not_json() {
    for (text, offset, message) in [
        ("", 0, "unexpected end: a value is missing"),
        ("{\"a\":1", 6, "expected , or } after a member"),
        ("{\"a\" 1}", 5, "expected : after a member's name"),
        ("{a:1}", 1, "expected a member's name in double quotes"),
        ("{\"a\":1,}", 7, "expected a member's name in double quotes"),
        ("[1,]", 3, "unexpected character ']': a value is missing"),
        ("[1 2]", 3, "expected , or ] after an item"),
        ("01", 1, "unexpected text after the end of the value"),
        ("1.", 2, "expected a digit"),
        ("-", 1, "expected a digit"),
        ("1e999", 5, "the number is too large for a double"),
        ("nul", 0, "unexpected character 'n': a value is missing"),
        ("\"a\nb\"", 2, "a control character in a string must be escaped"),
        ("\"a", 2, "unexpected end: the string is not closed"),
        ("\"\\u12g4\"", 1, "expected four hexadecimal digits after \\u"),
        ("\"\\u+123\"", 1, "expected four hexadecimal digits after \\u"),
        ("1 €", 2, "unexpected text after the end of the value"),
    ] {
        let error = Value::parse(text).expect_err(text);
        assert_eq!(
            (error.offset, error.message.as_str()),
            (offset, message),
            "{text}"
        );
    }
    let error = Value::parse("{\n  \"ä\": x }").expect_err("x is not a value");
    assert_eq!((error.line, error.column), (2, 8));
}

#[test]
fn pretty_text() {
    let value = Value::parse(r#"{"a":[1,{}],"b":[]}"#).unwrap();
    assert_eq!(
        value.to_json_pretty(),
        "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}"
    );
}

#[test]
fn equality_ignores_the_order_of_members() {
    let one = Value::parse(r#"{"a":1,"b":[2]}"#).unwrap();
    assert_eq!(one, Value::parse(r#"{"b":[2],"a":1}"#).unwrap());
    assert_ne!(one, Value::parse(r#"{"b":[2.0],"a":1}"#).unwrap());
}

#[test]
fn pointers() {
    let value = Value::parse(r#"{"a":[{"b/c":1}],"~":2}"#).unwrap();
    for (pointer, expected) in [
        ("/a/0/b~1c", Some("1")),
        ("/~0", Some("2")),
        ("/a/00", None),
        ("/a/1", None),
        ("a", None),
        ("/a/0/x", None),
    ] {
        assert_eq!(
            value.pointer(pointer).map(Value::to_json).as_deref(),
            expected,
            "{pointer}"
        );
    }
}

#[test]
fn depth_has_a_limit_when_parsed() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(Value::parse(&nested(1000)).unwrap().depth(), MAX_DEPTH);
    assert!(Value::parse(&nested(1001)).is_err());
    assert!(Value::parse(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn deep_values_are_written_and_read() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    for text in [
        nested(64),
        nested(65),
        nested(1000),
        format!(r#"{{"a":[1.0,{}],"b":2}}"#, nested(200)),
        r#"{"\u001a":"[1]"}"#.to_owned(),
        r#"[{"\u001a":1},{"\u001a":"x","y":2}]"#.to_owned(),
    ] {
        let value = Value::parse(&text).unwrap();
        let written = serde_json::to_string(&value).unwrap();
        let read: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(read.to_json(), value.to_json());
        let depth = serde_json::from_str::<serde_json::Value>(&written);
        assert!(depth.is_ok(), "other readers take it, too");
    }
}

#[test]
fn a_deep_value_drops_without_overflowing_the_stack() {
    let mut value = Value::Null;
    for level in 0..200_000 {
        value = if level % 2 == 0 {
            Value::array([value])
        } else {
            Value::object([("a", value)])
        };
    }
    assert_eq!(value.depth(), 200_000);
    drop(value);
}

#[test]
fn sizes_follow_changes() {
    let mut object = Object::default();
    let mut check = |key: &str, value: &str| {
        object.insert(key.into(), Value::parse(value).unwrap());
        let value = Value::from(object.clone());
        let fresh = Value::parse(&value.to_json()).unwrap();
        assert_eq!(value.measure(), fresh.measure(), "{value}");
    };
    check("a", "[[1]]");
    check("b", "\"two\"");
    check("a", "1");
    let mut array = Array::new(vec![Value::Null, Value::empty_object()]);
    assert_eq!(
        Value::from(array.clone()).measure(),
        Measure { bytes: 9, depth: 2 }
    );
    assert!(array.replace(1, Value::Bool(true)));
    assert!(!array.replace(2, Value::Null));
    assert_eq!(Value::from(array).measure(), Measure { bytes: 11, depth: 1 });
}

#[test]
fn clones_share() {
    let value = Value::parse(r#"{"a":[1]}"#).unwrap();
    let (Value::Object(one), Value::Object(two)) = (&value.clone(), &value) else {
        panic!("an object")
    };
    assert!(Arc::ptr_eq(one, two));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", Value::from_f64),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((".*", inner), 0..6).prop_map(Value::object),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_survives_its_text(value in any_value()) {
        let text = value.to_json();
        prop_assert_eq!(value.measure().bytes, text.len() as u64);
        prop_assert_eq!(&Value::parse(&text).unwrap(), &value);
        prop_assert_eq!(&Value::parse(&value.to_json_pretty()).unwrap(), &value);
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn no_text_panics(text in "[\\[\\]{}\",:0-9a-z\\\\.\u{e4} -]{0,40}") {
        // serde_json is stricter about lone surrogates only, which these texts rarely hold.
        if let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) {
            prop_assert_eq!(Value::parse(&text).unwrap(), Value::from(value));
        } else if let Ok(value) = Value::parse(&text) {
            prop_assert!(text.contains("\\u"), "{} was taken as {}", text, value);
        }
    }
}
