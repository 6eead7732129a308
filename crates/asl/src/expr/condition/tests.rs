//! Choice conditions: by tables, and by what the service answered.

use super::*;
use crate::expr::TestHost;

fn compile(rule: &str) -> Condition {
    Condition::compile(&Value::parse(rule).unwrap()).unwrap_or_else(|error| panic!("{rule}: {error}"))
}

fn check(rule: &str, input: &str, expected: Result<bool, &str>) {
    let host = TestHost::new(r#"{"Execution":{"Name":"n"}}"#, r#"{"max":3}"#);
    let result = compile(rule).evaluate(&Value::parse(input).unwrap(), &host);
    let expected = expected.map_err(|cause| EvalError {
        error: "States.Runtime",
        cause: cause.into(),
        location: None,
    });
    assert_eq!(result, expected, "{rule} on {input}");
}

#[test]
fn operators_on_values() {
    for (operator, operand, holds, fails) in [
        (
            "StringEquals",
            r#""b""#,
            vec![r#""b""#],
            vec![r#""B""#, r#""""#, "1", "null", "[]"],
        ),
        (
            "StringLessThan",
            r#""b""#,
            vec![r#""a""#, r#""B""#],
            vec![r#""b""#, r#""c""#, "0"],
        ),
        // Java compares UTF-16 units: a surrogate pair comes before U+FF61.
        (
            "StringLessThan",
            r#""\uff61""#,
            vec![r#""\ud83d\ude00""#],
            vec![r#""\uff62""#],
        ),
        (
            "StringGreaterThanEquals",
            r#""b""#,
            vec![r#""b""#, r#""ba""#],
            vec![r#""a""#, "true"],
        ),
        (
            "StringMatches",
            r#""log-*.txt""#,
            vec![r#""log-.txt""#, r#""log-a.txt.txt""#],
            vec![r#""log-a""#, "5"],
        ),
        ("StringMatches", r#""*""#, vec![r#""""#, r#""é""#], vec!["null"]),
        (
            "StringMatches",
            r#""a\\*b*""#,
            vec![r#""a*b""#, r#""a*bc""#],
            vec![r#""axb""#],
        ),
        ("StringMatches", r#""a\\\\*""#, vec![r#""a\\x""#], vec![r#""ax""#]),
        (
            "NumericEquals",
            "0",
            vec!["0", "0.0", "-0.0"],
            vec!["1", r#""0""#, "null", "false"],
        ),
        (
            "NumericGreaterThan",
            "9007199254740992",
            vec!["9007199254740993"],
            vec!["9007199254740992.0"],
        ),
        (
            "NumericLessThanEquals",
            "1.5",
            vec!["1.5", "1"],
            vec!["2", r#""1""#],
        ),
        (
            "BooleanEquals",
            "false",
            vec!["false"],
            vec!["true", "null", "0", r#""false""#],
        ),
        (
            "TimestampEquals",
            r#""2020-01-01T00:00:00Z""#,
            vec![r#""2020-01-01T01:00:00+01:00""#, r#""2020-01-01T00:00:00.000Z""#],
            vec![r#""2020-01-01T00:00:01Z""#, r#""2020-01-01""#, "0"],
        ),
        (
            "TimestampLessThan",
            r#""2020-01-01T00:00:00Z""#,
            vec![r#""2019-12-31T23:59:59.999999999Z""#],
            vec![r#""x""#],
        ),
        ("IsNull", "true", vec!["null"], vec!["0", r#""""#]),
        ("IsNull", "false", vec!["0", "[]"], vec!["null"]),
        ("IsNumeric", "true", vec!["0", "1.5"], vec![r#""0""#]),
        ("IsString", "true", vec![r#""""#], vec!["0"]),
        ("IsBoolean", "true", vec!["false"], vec!["0"]),
        (
            "IsTimestamp",
            "true",
            vec![r#""2020-01-01T00:00:00Z""#],
            vec![r#""2020-01-01 00:00:00Z""#, "0"],
        ),
        (
            "IsTimestamp",
            "false",
            vec![r#""2020-01-01T00:00:00""#],
            vec![r#""2020-01-01T00:00:00-08:00""#],
        ),
        ("IsPresent", "true", vec!["null", "0"], vec![]),
    ] {
        let operator_on_path = Operator::by_name(&format!("{operator}Path")).is_some();
        for (value, expected) in holds
            .iter()
            .map(|v| (v, true))
            .chain(fails.iter().map(|v| (v, false)))
        {
            let input = format!(r#"{{"v":{value},"w":{operand}}}"#);
            check(
                &format!(r#"{{"Variable":"$.v","{operator}":{operand},"Next":"N"}}"#),
                &input,
                Ok(expected),
            );
            check(
                &format!(r#"{{"Not":{{"Variable":"$.v","{operator}":{operand}}}}}"#),
                &input,
                Ok(!expected),
            );
            if operator_on_path {
                check(
                    &format!(r#"{{"Variable":"$.v","{operator}Path":"$.w"}}"#),
                    &input,
                    Ok(expected),
                );
            }
        }
    }
}

#[test]
fn paths_and_what_is_missing() {
    let missing = Err("Invalid path '$.x': The choice state's condition path references an invalid value.");
    for (rule, expected) in [
        (r#"{"Variable":"$.x","IsPresent":true}"#, Ok(false)),
        (r#"{"Variable":"$.x","IsPresent":false}"#, Ok(true)),
        (r#"{"Variable":"$.x","IsNull":true}"#, missing),
        (r#"{"Variable":"$.x","NumericEquals":1}"#, missing),
        (r#"{"Variable":"$.a","NumericEqualsPath":"$.x"}"#, missing),
        (
            r#"{"And":[{"Variable":"$.x","IsPresent":true},{"Variable":"$.x","NumericEquals":1}]}"#,
            Ok(false),
        ),
        (
            r#"{"Or":[{"Variable":"$.a","NumericEquals":1},{"Variable":"$.x","NumericEquals":1}]}"#,
            Ok(true),
        ),
        (
            r#"{"And":[{"Variable":"$.a","NumericEquals":1},{"Not":{"Variable":"$.a","NumericEquals":2}}]}"#,
            Ok(true),
        ),
        (r#"{"Variable":"$$.Execution.Name","StringEquals":"n"}"#, Ok(true)),
        (r#"{"Variable":"$max","NumericGreaterThanPath":"$.a"}"#, Ok(true)),
        (r#"{"Variable":"$.l[*]","IsPresent":true}"#, Ok(true)),
        (r#"{"Variable":"$.l","StringEquals":"l"}"#, Ok(false)),
    ] {
        check(rule, r#"{"a":1,"l":[1]}"#, expected);
    }
}

#[test]
fn labels() {
    for (rule, expected) in [
        (
            r#"{"Variable":"$.stock","NumericGreaterThanEqualsPath":"$.qty","Next":"N"}"#,
            "$.stock ≥ $.qty",
        ),
        (
            r#"{"Variable":"$.status","StringEquals":"shipped"}"#,
            r#"$.status = "shipped""#,
        ),
        (r#"{"Variable":"$.x","IsPresent":true}"#, "$.x is present"),
        (r#"{"Variable":"$.x","IsPresent":false}"#, "$.x is not present"),
        (r#"{"Variable":"$.x","IsNumeric":true}"#, "$.x is a number"),
        (r#"{"Variable":"$.n","NumericLessThan":1.0}"#, "$.n < 1.0"),
        (
            r#"{"Variable":"$.f","StringMatches":"*.txt"}"#,
            r#"$.f matches "*.txt""#,
        ),
        (
            r#"{"Not":{"And":[{"Variable":"$.a","BooleanEquals":true},{"Variable":"$.b","BooleanEquals":true}]}}"#,
            "not ($.a and $.b)",
        ),
        (r#"{"Not":{"Variable":"$.a","BooleanEquals":true}}"#, "not $.a"),
        (r#"{"Variable":"$.a","BooleanEquals":false}"#, "not $.a"),
        (r#"{"Variable":"$.a","BooleanEqualsPath":"$.b"}"#, "$.a = $.b"),
        (
            r#"{"Or":[{"And":[{"Variable":"$.a","IsNull":true},{"Variable":"$.b","IsString":false}]},{"Variable":"$.c","NumericEquals":1}]}"#,
            "($.a is null and $.b is not a string) or $.c = 1",
        ),
        (
            r#"{"And":[{"Variable":"$.a","TimestampLessThan":"2020-01-01T00:00:00Z"}]}"#,
            r#"$.a < "2020-01-01T00:00:00Z""#,
        ),
    ] {
        assert_eq!(compile(rule).describe(), expected, "{rule}");
    }
}

#[test]
fn what_is_no_condition() {
    let nested = r#"{"Not":"#.repeat(40) + r#"{"Variable":"$","IsNull":true}"# + &"}".repeat(40);
    for (rule, pointer, message) in [
        ("[]", "", "a condition is an object, not an array"),
        (
            r#"{"Variable":"$.a","Next":"N"}"#,
            "",
            "a condition needs a comparison operator, And, Or or Not",
        ),
        (r#"{"NumericEquals":1}"#, "", "NumericEquals needs a Variable"),
        (
            r#"{"Variable":"a","NumericEquals":1}"#,
            "/Variable",
            "a: a path begins with $",
        ),
        (
            r#"{"Variable":1,"NumericEquals":1}"#,
            "/Variable",
            "a path is a string, not a number",
        ),
        (
            r#"{"Variable":"$.a","NumericEquals":"1"}"#,
            "/NumericEquals",
            r#"NumericEquals wants a number, not "1""#,
        ),
        (
            r#"{"Variable":"$.a","StringEquals":1}"#,
            "/StringEquals",
            "StringEquals wants a string, not 1",
        ),
        (
            r#"{"Variable":"$.a","IsNull":"x"}"#,
            "/IsNull",
            r#"IsNull wants true or false, not "x""#,
        ),
        (
            r#"{"Variable":"$.a","TimestampEquals":"2020-01-01"}"#,
            "/TimestampEquals",
            "TimestampEquals wants a timestamp",
        ),
        (
            r#"{"Variable":"$.a","NumericEqualsPath":"$["}"#,
            "/NumericEqualsPath",
            "$[",
        ),
        (
            r#"{"Variable":"$.a","IsNullPath":"$.b"}"#,
            "/IsNullPath",
            "IsNullPath is not a comparison operator",
        ),
        (
            r#"{"Variable":"$.a","IsNull":true,"IsString":true}"#,
            "/IsString",
            "a condition has one operator",
        ),
        (r#"{"And":[]}"#, "/And", "a list of at least one condition"),
        (
            r#"{"Or":[{"Variable":"$.a","IsNull":true},{}]}"#,
            "/Or/1",
            "a condition needs",
        ),
        (
            &nested,
            &"/Not".repeat(33),
            "conditions are nested more than 32 deep",
        ),
    ] {
        let error = Condition::compile(&Value::parse(rule).unwrap()).expect_err(rule);
        assert_eq!(error.pointer, pointer, "{rule}");
        assert!(error.message.starts_with(message), "{rule}: {}", error.message);
    }
}

#[test]
fn a_hostile_pattern_ends() {
    let pattern = format!("*{}b", "a".repeat(1_000));
    let rule = Value::object([("Variable", Value::from("$")), ("StringMatches", pattern.into())]);
    let condition = Condition::compile(&rule).unwrap();
    let error = condition
        .evaluate(&"a".repeat(100_000).into(), &TestHost::bare())
        .expect_err("too much work");
    assert_eq!(error.cause, "The expression '$' needs more than 2000000 steps.");
}

/// Every JSONPath case of the recorded Choice operators: which way did the service go?
#[test]
fn goes_the_way_the_service_went() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/conformance/sfn/choice_operators.json"
    );
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: {file} is not there");
        return;
    };
    let recorded = Value::parse(&text).unwrap();
    let mut agree = 0;
    for case in recorded.get("cases").and_then(Value::as_array).unwrap().iter() {
        let definition = case.get("definition").unwrap();
        let Some(rule) = definition
            .get("States")
            .and_then(Value::as_object)
            .and_then(|states| states.values().find_map(|state| state.get("Choices")?.item(0)))
            .filter(|rule| rule.get("Condition").is_none())
        else {
            continue;
        };
        let input = case.get("input").unwrap();
        let went = case
            .pointer("/expected/output")
            .map(Value::to_json)
            .unwrap_or_default();
        let holds = Condition::compile(rule)
            .unwrap()
            .evaluate(input, &TestHost::bare());
        assert_eq!(
            holds,
            Ok(went.contains("ConditionTrue")),
            "{rule} on {input} went to {went}"
        );
        agree += 1;
    }
    println!("{agree} recorded Choice rules agree");
    assert!(agree > 200, "only {agree} cases were found");
}
