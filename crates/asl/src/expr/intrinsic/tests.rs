//! Every function with what it takes and refuses. Results marked (AWS) were seen in recordings of the service.

use super::*;
use crate::expr::TestHost;

/// Evaluates a call on `{"a": [1, 2, 3], "o": {"x": 1, "l": []}, "s": "text", "n": null}`.
#[track_caller]
fn check(call: &str, expected: &str) {
    let input = Value::parse(r#"{"a": [1, 2, 3], "o": {"x": 1, "l": []}, "s": "text", "n": null}"#).unwrap();
    let found = match Call::parse(call) {
        Err(error) => format!("?{}: {}", error.offset, error.message),
        Ok(call) => match call.evaluate("v.$", &input, &TestHost::bare()) {
            Ok(value) => value.to_json(),
            Err(error) => format!("!{}", error.cause.rsplit("error: ").next().unwrap_or_default()),
        },
    };
    assert_eq!(found, expected, "{call}");
}

#[test]
fn lists() {
    check("States.Array()", "[]"); // AWS
    check(
        "States.Array($.n, 'a', 1, true, $.a)",
        r#"[null,"a",1,true,[1,2,3]]"#,
    );
    check("States.ArrayPartition($.a, 2)", "[[1,2],[3]]");
    check("States.ArrayPartition(States.Array(), 3)", "[]"); // AWS
    check(
        "States.ArrayPartition($.a, 0)",
        "!the size of the parts is 0; it must be 1 or more",
    );
    check("States.ArrayContains($.a, 2.0)", "true");
    check("States.ArrayContains($.a, '2')", "false");
    check(
        "States.ArrayContains($.s, 't')",
        "!the first argument must be an array, but it is a string",
    );
    check("States.ArrayRange(1, 9, 2)", "[1,3,5,7,9]"); // AWS
    check("States.ArrayRange(1, 9, 9)", "[1]"); // AWS
    check("States.ArrayRange(3, 1, -1)", "[3,2,1]");
    check("States.ArrayRange(3, 1, 1)", "[]");
    check(
        "States.ArrayRange(1, 9, 0)",
        "!the step is 0; it must be another number",
    );
    check(
        "States.ArrayRange(0, 1000, 1)",
        "!the range has 1001 items; it may have 1000 at most",
    );
    check(
        "States.ArrayRange(-9223372036854775808, 9223372036854775807, 9223372036854775807)",
        "[-9223372036854775808,-1,9223372036854775806]",
    );
    check("States.ArrayGetItem($.a, 2)", "3");
    check(
        "States.ArrayGetItem($.a, 3)",
        "!there is no item 3: the array has 3 items, counted from 0",
    );
    check(
        "States.ArrayGetItem($.a, -1)",
        "!there is no item -1: the array has 3 items, counted from 0",
    );
    check("States.ArrayLength($.a)", "3");
    check(
        "States.ArrayUnique(States.Array(1, 1, '1', $.o, $.o, null, null))",
        r#"[1,"1",{"x":1,"l":[]},null]"#,
    );
}

#[test]
fn texts() {
    check("States.Format('{} and {}', $.s, $.n)", r#""text and null""#); // AWS
    check("States.Format('snd={}.', $.o)", r#""snd={x=1, l=[]}.""#); // AWS
    check("States.Format('\\{\\} {}', 1.10)", r#""{} 1.1""#);
    check("States.Format('it\\'s {}', $.a)", r#""it's [1, 2, 3]""#);
    check("States.Format('{}')", "!there are more {} than arguments");
    check("States.Format('x', 1)", "!there are fewer {} than arguments");
    check("States.Format('{x', 1)", "!{ must be written as \\{");
    check("States.StringSplit(',,,,', ',')", "[]"); // AWS
    check("States.StringSplit(', , ,', ',')", r#"[" "," "]"#); // AWS
    check("States.StringSplit('a.b+c', '.+')", r#"["a","b","c"]"#);
    check(
        "States.Base64Encode('Data to encode')",
        r#""RGF0YSB0byBlbmNvZGU=""#,
    );
    check(
        "States.Base64Decode('RGF0YSB0byBlbmNvZGU=')",
        r#""Data to encode""#,
    ); // AWS
    check("States.Base64Decode('')", r#""""#); // AWS
    check(
        "States.Hash('input data', 'SHA-1')",
        r#""aaff4a450a104cd177d28d18d74485e8cae074b7""#,
    ); // AWS
    check(
        "States.Hash('input data', 'SHA')",
        "!there is no algorithm SHA; use MD5, SHA-1, SHA-256, SHA-384 or SHA-512",
    );
    check("States.UUID()", r#""e220a839-7b1d-4daf-ae78-9af4a7c2a38e""#.replace("e220a839-7b1d-4daf-ae78-9af4a7c2a38e", &uuid_of_test_host()).as_str());
}

/// What the test host's first two numbers make; its shape is checked here.
fn uuid_of_test_host() -> String {
    let call = Call::parse("States.UUID()").unwrap();
    let value = call.evaluate("v.$", &Value::Null, &TestHost::bare()).unwrap();
    let text = value.as_str().unwrap().to_owned();
    assert_eq!((text.len(), &text[14..15]), (36, "4"));
    assert!(matches!(&text[19..20], "8" | "9" | "a" | "b"), "{text}");
    text
}

#[test]
fn json() {
    for (text, expected) in [
        ("", "null"),
        (" ", "null"),
        ("-0", "0"),
        ("1.1", "1.1"),
        (r#"{"a": [1, 2]}"#, r#"{"a":[1,2]}"#),
    ] {
        check(&format!("States.StringToJson('{text}')"), expected);
    }
    check("States.JsonToString($.o)", r#""{\"x\":1,\"l\":[]}""#);
    check(
        r#"States.JsonMerge(States.StringToJson('{"a": {"b": 1}, "c": 2}'), States.StringToJson('{"a": 3}'), false)"#,
        r#"{"a":3,"c":2}"#,
    );
    check(
        "States.JsonMerge($.o, $.o, true)",
        "!deep merging is not supported; the third argument must be false",
    );
    check(
        "States.JsonMerge($.o, $.s, false)",
        "!the first two arguments must be objects",
    );
}

#[test]
fn numbers() {
    for (left, right, sum) in [
        ("1.49", "1.5", "3"),
        ("-1.5", "0", "-1"),
        ("-0.5", "0.5", "1"),
        ("-1.51", "0", "-2"),
        ("2.5", "0", "3"),
    ] {
        check(&format!("States.MathAdd({left}, {right})"), sum); // AWS
    }
    check(
        "States.MathAdd(9223372036854775807, 1)",
        "!9223372036854775807 + 1 is out of range",
    );
    check(
        "States.MathAdd('1', 1)",
        "!the first number must be a number, but it is a string",
    );
    check("States.MathRandom(7, 7)", "7");
    check(
        "States.MathRandom(2, 1)",
        "!the first number, 2, is greater than the last one, 1",
    );
    let seeded = |seed: u32| {
        let call = Call::parse(&format!("States.MathRandom(1, 1000000, {seed})")).unwrap();
        call.evaluate("v.$", &Value::Null, &TestHost::bare()).unwrap()
    };
    assert_eq!(seeded(5), seeded(5));
    assert_ne!(seeded(5), seeded(6));
}

#[test]
fn nesting_paths_and_errors() {
    check(
        "States.ArrayGetItem(States.StringSplit('a-b-c', '-'), States.MathAdd(States.ArrayLength($.a), -1))",
        r#""c""#,
    );
    check("States.Array($.a[?(@ > 1)], $['s'])", r#"[[2,3],"text"]"#);
    check("States.Array( 1 , 2 )", "[1,2]");
    check("States.Nope(1)", "?0: there is no intrinsic function States.Nope");
    check(
        "Format('x')",
        "?0: this must be a path, which begins with $, or an intrinsic function, which begins with States.",
    );
    check("States.Array(1", "?14: the call does not end: ) is missing");
    check(
        "States.Array(1) x",
        "?16: the call ends before this; take it away",
    );
    check("States.Array('x", "?13: the text does not end: ' is missing");
    check(
        "States.MathAdd(1)",
        "?0: States.MathAdd takes 2 arguments, but 1 are given",
    );
    check(
        r#"States.Array('\"')"#,
        "?15: a double quote is not escaped here; take the backslash away",
    );
    let deep = format!("{}{}", "States.Array(".repeat(11), ")".repeat(11));
    assert!(Call::parse(&deep).unwrap_err().message.contains("10 deep"));
    assert!(Call::parse(&deep[13..deep.len() - 1]).is_ok());
}
