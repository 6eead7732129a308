//! Every function with what it takes and refuses. Results marked (AWS) were seen in recordings of the service.

use super::*;
use crate::expr::TestHost;

/// Evaluates a call on `{"a": [1, 2, 3], "o": {"x": 1, "l": []}, "s": "text", "n": null}`.
#[track_caller]
fn check(call: &str, expected: &str) {
    let input =
        Value::parse(r#"{"a": [1, 2, 3], "o": {"x": 1, "l": []}, "s": "text", "n": null, "t": "\\\\{{}}"}"#)
            .unwrap();
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
        r#"States.ArrayUnique(States.StringToJson('[{"a":1,"b":[2]},{"b":[2],"a":1},1,1.0,{"a":1,"b":[3]}]'))"#,
        r#"[{"a":1,"b":[2]},1,1.0,{"a":1,"b":[3]}]"#,
    );
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
    check("States.Format('{\"a\": {}}', 1)", r#""{\"a\": 1}""#);
    check(r"States.Format('\\{} \{}\}', 1)", r#""\\1 {}}""#);
    check(
        r"States.StringToJson('\{}\}')",
        "!the text is not JSON: unexpected text after the end of the value at line 1, column 3",
    );
    check(r"States.StringToJson('\{\}')", "{}");
    check(
        r"States.Format(States.Array($.s), 1)",
        "!the template must be a string, but it is an array",
    );
    check(r"States.Format($.t, 1)", r#""\\\\{1}""#);
    check(
        "States.Format('{} {} {} {}', 1e10, 0.0001, -1234567.5, 1.25e-7)",
        r#""1.0E10 1.0E-4 -1234567.5 1.25E-7""#,
    );
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

/// Each of these must end in a refusal or a result of bounded size, whatever it is.
#[test]
fn hostile_calls_end() {
    let input = Value::object([
        ("text", Value::from("x".repeat(250_000))),
        ("list", Value::array((0..60_000_u32).map(Value::from))),
        (
            "deep",
            Value::parse(&("[".repeat(999) + &"]".repeat(999))).unwrap(),
        ),
    ]);
    let steps_gone = "needs more than 2000000 steps";
    let times = |count: usize, text: &str| vec![text; count].join(", ");
    for (call, expected) in [
        (
            format!("States.Format('{}', {})", "{}".repeat(900), times(900, "$.text")),
            steps_gone,
        ),
        (
            format!("States.Array({})", times(900, "$.text")),
            "yields more than 16777216 bytes",
        ),
        (
            format!("States.Array({})", times(1_001, "1")),
            "takes 0 to 1000 arguments",
        ),
        (
            format!("States.Array({})", times(900, "$.list[?(@ > 1)]")),
            steps_gone,
        ),
        (
            "States.Array(States.Array($.deep))".to_owned(),
            "nested more than 1000 deep",
        ),
        (
            "States.ArrayRange(0, 9223372036854775807, 1)".to_owned(),
            "it may have 1000 at most",
        ),
        (
            "States.Base64Encode($.text)".to_owned(),
            "more than 10000 characters",
        ),
        (
            "States.Hash($.text, 'MD5')".to_owned(),
            "more than 10000 characters",
        ),
        (
            "States.ArrayLength(States.ArrayUnique($.list))".to_owned(),
            "60000",
        ),
        (
            "States.ArrayLength(States.ArrayPartition($.list, 1))".to_owned(),
            "60000",
        ),
        (
            format!(
                "States.ArrayLength(States.StringSplit($.text, '{}'))",
                "y".repeat(200_000)
            ),
            "1",
        ),
        ("States.Array(".repeat(100_000), "10 deep"),
        (
            format!("States.Array({}", "[".repeat(100_000)),
            "this must be a path",
        ),
    ] {
        let shown: String = call.chars().take(60).collect();
        let result = match Call::parse(&call) {
            Err(error) => error.message,
            Ok(call) => match call.evaluate("v.$", &input, &TestHost::bare()) {
                Ok(value) => value.to_json(),
                Err(error) => error.cause,
            },
        };
        assert!(result.len() < 100_000, "{shown}: {} bytes", result.len());
        assert!(result.contains(expected), "{shown}: {result}");
    }
}

/// Every JSONPath case of the recorded intrinsic functions whose result does not depend on chance or on the run.
#[test]
fn answers_as_the_service_answered() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/conformance/sfn/intrinsic_functions.json"
    );
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: {file} is not there");
        return;
    };
    let recorded = Value::parse(&text).unwrap();
    let mut agree = 0;
    for case in recorded.get("cases").and_then(Value::as_array).unwrap().iter() {
        let states = case
            .pointer("/definition/States")
            .and_then(Value::as_object)
            .unwrap();
        let [template] = states
            .values()
            .filter_map(|state| state.get("Parameters"))
            .collect::<Vec<_>>()[..]
        else {
            continue; // JSONata
        };
        let expected = case.pointer("/expected/output").unwrap();
        let input = case.get("input").cloned().unwrap_or_default();
        let context = Value::object([("Execution", Value::object([("Input", input.clone())]))]);
        let host = TestHost::new(&context.to_json(), "{}");
        if template.to_json().contains("$$.StateMachine") || expected.to_json().contains("<<any") {
            continue;
        }
        let result = crate::expr::Template::compile(template)
            .unwrap()
            .evaluate(&input, &host)
            .unwrap();
        // A Pass state without ResultPath and OutputPath puts out what its Parameters make; `merged` is taken out of it.
        let result = match template.get("merged.$") {
            Some(_) => result.get("merged").unwrap().clone(),
            None => result,
        };
        assert_eq!(&result, expected, "{template} on {input}");
        agree += 1;
    }
    println!("{agree} recorded calls agree");
    assert!(agree > 70, "only {agree} cases were found");
}

proptest::proptest! {
    #[test]
    fn no_call_panics(arguments in "[$.a'\\\\{}(),\\[\\]0-9 -]{0,30}", function in 0..Function::ALL.len()) {
        let input = Value::parse(r#"{"a": [1, "2", {"a": null}]}"#).unwrap();
        if let Ok(call) = Call::parse(&format!("{}({arguments})", Function::ALL[function].name())) {
            let _ = call.evaluate("v.$", &input, &TestHost::bare());
        }
    }
}
