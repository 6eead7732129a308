//! Expressions and templates as states use them.

mod faults;
mod suite;

use super::{Expression, Scope, Template};
use crate::expr::TestHost;
use crate::value::Value;

fn host() -> TestHost {
    TestHost::new(
        r#"{"Execution": {"Name": "run"}}"#,
        r#"{"x": 2, "list": [1], "none": [], "price": 1.0}"#,
    )
}

/// The value as JSON; `!` and the cause, `?` and the syntax error.
fn shown(text: &str, input: &str) -> String {
    let (input, host) = (Value::parse(input).unwrap(), host());
    let scope = Scope {
        input: &input,
        result: None,
        error_output: None,
        host: &host,
    };
    match Expression::parse(text) {
        Err(error) => format!("?{}", error.message),
        Ok(expression) => match expression.evaluate("Output", &scope) {
            Ok(value) => value.to_json(),
            Err(error) => {
                assert_eq!(
                    (error.error, error.location.as_deref()),
                    ("States.QueryEvaluationError", Some("Output"))
                );
                let head = format!("The JSONata expression '{text}' specified for the field 'Output' ");
                format!("!{}", error.cause.strip_prefix(&head).unwrap_or(&error.cause))
            }
        },
    }
}

#[test]
fn expressions() {
    let input = r#"{"a": {"b": [1, 2, 3]}, "one": [0], "empty": [], "f": 1.0, "deep": [{"n": 1.0}], "big": 9007199254740993}"#;
    for (text, expected) in [
        ("$states.input.a.b", "[1,2,3]"),
        ("$sum($states.input.a.b) + $x", "8"),
        ("$states.input.one", "[0]"),
        ("$states.input.empty", "[]"),
        ("$none", "[]"),
        ("$list", "[1]"),
        ("$states.input.a.b[$ > 1]", "[2,3]"),
        ("$states.input.a.b[$ > 2]", "3"),
        ("$states.context.Execution.Name", r#""run""#),
        ("$states.result", "!returned nothing (undefined)."),
        ("$nope", "!returned nothing (undefined)."),
        ("$states.input.nope.further", "!returned nothing (undefined)."),
        ("{'k': $nope, 'l': 1}", r#"{"l":1}"#),
        ("a.b", "!returned nothing (undefined)."),
        ("$", "!returned nothing (undefined)."),
        ("function($x){$x}", "!returned an unsupported result type."),
        ("[$sum]", "!returned an unsupported result type."),
        ("$fn := function($x){$x}", "!returned an unsupported result type."),
        ("$variable := 1", "1"),
        ("1 + 0.5 + 0.5", "2"),
        ("-0", "0"),
        ("0 * -1", "0"),
        ("1e21", "1e+21"),
        ("9007199254740992", "9007199254740992"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("$states.input.f", "1"),
        ("$states.input.deep", r#"[{"n":1}]"#),
        ("$price", "1"),
        ("$states.input.big", "9007199254740993"),
        ("'a' & 1 & true & null", r#""a1truenull""#),
        (
            "1 + 'a'",
            "!threw an error during evaluation. T2002: The right side of the + operator must evaluate to a number",
        ),
        (
            "$nothing()",
            "!threw an error during evaluation. T1006: Attempted to invoke a non-function",
        ),
        (
            "$number('x')",
            "!threw an error during evaluation. D3030: Unable to cast value to a number: \"x\"",
        ),
        ("$error('mine')", "!threw an error during evaluation. D3137: mine"),
        (
            "1 ?? 2",
            "?S0211: The symbol \"?\" cannot be used as a unary operator",
        ),
        (
            "0 ?: 2",
            "?S0211: The symbol \":\" cannot be used as a unary operator",
        ),
        (
            "$eval('1')",
            "?T1006: Attempted to invoke a non-function: $eval is not supported",
        ),
        ("1 +", "?S0207: Unexpected end of expression"),
        ("/* open", "?S0106: Comment has no closing tag"),
    ] {
        assert_eq!(shown(text, input), expected, "{text}");
    }
}

#[test]
fn functions_of_the_service() {
    for (text, expected) in [
        ("$partition([1, 2, 3], 2)", "[[1,2],[3]]"),
        ("$partition([0], 1)", "[[0]]"),
        ("$partition([], 2)", "[]"),
        ("$range(1, 9, 9)", "1"),
        ("$range(0, 6, 2)", "[0,2,4,6]"),
        ("$range(3, 1, -1)", "[3,2,1]"),
        ("$hash('a', 'MD5')", r#""0cc175b9c0f1b6a831c399e269772661""#),
        ("$length($hash('a', 'SHA-512'))", "128"),
        ("$parse('{\"a\": [1, -0]}')", r#"{"a":[1,0]}"#),
        ("$parse('-0')", "0"),
        (
            "$uuid() ~> /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/ ~> $exists",
            "true",
        ),
        ("$random(7) = $random(7) and $random(7) != $random(8)", "true"),
        ("$random() != $random()", "true"),
        ("$now()", r#""2026-03-01T12:00:00.000Z""#),
        ("$now('[Y]-[M01]')", r#""2026-03""#),
        ("$now() = $now() and $millis() = $toMillis($now())", "true"),
        (
            "$toMillis('13:45', '[H]:[m]') ~> $fromMillis()",
            r#""2026-03-01T13:45:00.000Z""#,
        ),
        (
            "'13:45' ~> $toMillis('[H]:[m]') ~> $fromMillis()",
            r#""2026-03-01T13:45:00.000Z""#,
        ),
        ("$count($shuffle([1..10]))", "10"),
        ("$sort($shuffle([3, 1, 2]))", "[1,2,3]"),
        ("$pad('a', 3, '-') & $pad('b', -3)", r#""a--  b""#),
        (
            "$distinct([1, '1', 1.0, -0, 0, null, true, null])",
            r#"[1,"1",0,null,true]"#,
        ),
        (
            "$distinct([{'a': 1, 'b': [2]}, {'b': [2], 'a': 1}, {'a': 1}, [1], [[1]], [1]])",
            r#"[{"a":1,"b":[2]},{"a":1},[1],[[1]]]"#,
        ),
        (
            "[$distinct('x'), $distinct([7, 7]), $distinct([7])]",
            r#"["x",7,7]"#,
        ),
        (
            "$count($distinct([$sum, $sum])) & $exists($distinct($nope))",
            r#""2false""#,
        ),
        (
            "$keys([{'b': 1, 'a': 2}, 3, {'a': 4, 'c': 5}])",
            r#"["b","a","c"]"#,
        ),
        ("[$keys({'a': 1}), $keys({}), $keys(1), $keys($nope)]", r#"["a"]"#),
        ("$keys({'a': 1})", r#""a""#),
        (
            "[{'a': 1}, {'b': 1, 'c': 2}] ~> $map($keys)",
            r#"[["a"],["b","c"]]"#,
        ),
        ("[[1, 1], [2]] ~> $map($distinct)", "[[1],[2]]"),
    ] {
        assert_eq!(shown(text, "{}"), expected, "{text}");
    }
}

#[test]
fn templates_evaluate_texts_at_any_depth() {
    let input = Value::parse(r#"{"n": 3}"#).unwrap();
    let host = host();
    let scope = Scope {
        input: &input,
        result: None,
        error_output: None,
        host: &host,
    };
    for (template, expected) in [
        (
            r#"{"a": "{% $x %}", "b.$": "$.n", "c": [1, "{% $states.input.n %}"]}"#,
            r#"{"a":2,"b.$":"$.n","c":[1,3]}"#,
        ),
        (r#"" {% $x %} ""#, r#"" {% $x %} ""#),
        (r#""{%$x%}""#, "2"),
        (r#"[null, 0.10, {"k": {}}]"#, r#"[null,0.1,{"k":{}}]"#),
        (
            r#"{"list": [{"deep": "{% $nope %}"}]}"#,
            "!Output/list[0]/deep: The JSONata expression '$nope' specified for the field 'Output/list[0]/deep' returned nothing (undefined).",
        ),
        (
            r#"{"a/b": ["{% 1 + %}"]}"#,
            "?/a~1b/0: S0207: Unexpected end of expression",
        ),
    ] {
        let found = match Template::compile(&Value::parse(template).unwrap()) {
            Err(error) => format!("?{error}"),
            Ok(compiled) => match compiled.evaluate("Output", &scope) {
                Ok(value) => value.to_json(),
                Err(error) => format!(
                    "!{}: {}",
                    error.location.as_deref().unwrap_or_default(),
                    error.cause
                ),
            },
        };
        assert_eq!(found, expected, "{template}");
    }
}

#[test]
fn what_an_expression_depends_on_is_known() {
    for (text, variables, constant) in [
        ("1 + 2", &[][..], true),
        ("$states.input.a", &[], false),
        ("$x + $y.z", &["x", "y"], false),
        ("$now()", &[], false),
        ("'2026'", &[], true),
    ] {
        let expression = Expression::parse(text).unwrap();
        let mut names: Vec<&str> = expression.variables().iter().map(|name| &**name).collect();
        names.sort_unstable();
        assert_eq!(
            (names.as_slice(), expression.is_constant()),
            (variables, constant),
            "{text}"
        );
    }
}
