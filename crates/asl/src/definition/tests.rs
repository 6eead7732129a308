//! Tables for the tolerant reading, and all real workflows.

use super::*;
use crate::text::Format;

fn read(text: &str) -> Definition {
    Definition::read(&Tree::parse(text, Format::Json))
}

fn only_state(fields: &str) -> StateOutline {
    read(&format!(r#"{{"StartAt": "A", "States": {{"A": {fields}}}}}"#))
        .states
        .remove(0)
}

#[test]
fn summaries() {
    let check = |fields: &str, expected: &str| assert_eq!(only_state(fields).summary, expected, "{fields}");
    let task = |resource: &str, rest: &str, expected: &str| {
        check(
            &format!(r#"{{"Type": "Task", "Resource": "{resource}"{rest}}}"#),
            expected,
        );
    };
    let invoke = "arn:aws:states:::lambda:invoke";
    task(
        "arn:aws:lambda:eu-west-1:123456789012:function:price-order:live",
        "",
        "Lambda · price-order",
    );
    task("arn:aws:lambda:::function:${fn_update}", "", "Lambda · fn_update");
    task("${PriceOrderFunctionArn}", "", "Lambda · PriceOrderFunctionArn");
    task("${SNSTopicPublishAction}", "", "SNSTopicPublishAction");
    task(
        invoke,
        r#", "Parameters": {"FunctionName": "price-order"}"#,
        "Lambda · price-order",
    );
    task(
        invoke,
        r#", "Parameters": {"FunctionName": "${PriceOrderFunctionArn}"}"#,
        "Lambda · PriceOrderFunctionArn",
    );
    task(
        invoke,
        r#", "Parameters": {"FunctionName": "${PriceOrder}:$LATEST"}"#,
        "Lambda · PriceOrder",
    );
    task(
        invoke,
        r#", "Parameters": {"FunctionName": "arn:aws:lambda:eu-west-1:1:function:charge-card:1"}"#,
        "Lambda · charge-card",
    );
    task(
        invoke,
        r#", "Parameters": {"FunctionName.$": "$.fn"}"#,
        "Lambda · $.fn",
    );
    task(
        invoke,
        r#", "Arguments": {"FunctionName": "{% $fn %}"}"#,
        "Lambda · $fn",
    );
    task(invoke, "", "Lambda · invoke");
    task(
        "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "",
        "Lambda · invoke",
    );
    task(
        "arn:aws:states:::aws-sdk:dynamodb:putItem",
        "",
        "DynamoDB · putItem",
    );
    task(
        "arn:${Partition}:states:::sqs:sendMessage.waitForTaskToken",
        "",
        "SQS · sendMessage",
    );
    task(
        "arn:aws:states:::states:startExecution.sync:2",
        "",
        "Step Functions · startExecution",
    );
    task(
        "arn:aws:states:eu-west-1:123456789012:activity:sign",
        "",
        "Activity · sign",
    );
    task("", "", "");
    check(r#"{"Type": "Choice", "Choices": [{}, {}, {}]}"#, "3 rules");
    check(r#"{"Type": "Choice", "Choices": [{}]}"#, "1 rule");
    check(r#"{"Type": "Parallel", "Branches": [{}, {}]}"#, "2 branches");
    check(r#"{"Type": "Wait", "Seconds": 30}"#, "wait 30 s");
    check(r#"{"Type": "Wait", "SecondsPath": "$.delay"}"#, "wait $.delay s");
    check(
        r#"{"Type": "Wait", "TimestampPath": "$.pickupAt"}"#,
        "until $.pickupAt",
    );
    check(
        r#"{"Type": "Wait", "Timestamp": "{% $states.input.at %}"}"#,
        "until $states.input.at",
    );
    check(
        r#"{"Type": "Map", "ItemsPath": "$.lines", "Iterator": {}}"#,
        "inline · each of $.lines",
    );
    check(r#"{"Type": "Map", "Items": [1, 2]}"#, "inline · each of 2 items");
    check(r#"{"Type": "Map"}"#, "inline · each of $");
    check(
        r#"{"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2"},
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}}}"#,
        "distributed · each of S3 listObjectsV2",
    );
    check(r#"{"Type": "Pass", "Result": 1}"#, "fixed result");
    check(
        r#"{"Type": "Pass", "Assign": {"a.$": "$.a", "b": 1}}"#,
        "sets a, b",
    );
    check(r#"{"Type": "Pass"}"#, "");
    check(r#"{"Type": "Fail", "Error": "Payment"}"#, "Payment");
    check(r#"{"Type": "Succeed"}"#, "");
    check(r#""text""#, "");
}

#[test]
fn labels() {
    let check = |rule: &str, expected: &str| {
        let state = only_state(&format!(
            r#"{{"Type": "Choice", "Choices": [{{{rule}, "Next": "A"}}]}}"#
        ));
        assert_eq!(state.transitions[0].label, expected, "{rule}");
    };
    check(
        r#""Variable": "$.stock", "NumericGreaterThanEqualsPath": "$.qty""#,
        "$.stock ≥ $.qty",
    );
    check(r#""Variable": "$.n", "NumericLessThan": 1.0"#, "$.n < 1.0");
    check(r#""Variable": "$.s", "StringEquals": "PAID""#, r#"$.s = "PAID""#);
    check(
        r#""Variable": "$.s", "StringMatches": "a*""#,
        r#"$.s matches "a*""#,
    );
    check(r#""Variable": "$.b", "BooleanEquals": true"#, "$.b");
    check(r#""Variable": "$.b", "IsPresent": false"#, "$.b is not present");
    check(r#""Not": {"Variable": "$.b", "IsNull": true}"#, "not $.b is null");
    check(
        r#""And": [{"Variable": "$.a", "NumericEquals": 1}, {"Variable": "$.b", "NumericEquals": 2}]"#,
        "$.a = 1 and $.b = 2",
    );
    check(
        r#""Variable": "$.a.very.long.path.to.it", "NumericEquals": 100"#,
        "$.a.very.long.path.to.it = …",
    );
    check(
        r#""Not": {"Or": [{"Variable": "$.a", "BooleanEquals": false}, {"Variable": "$.b", "IsNull": true}]}"#,
        "not (not $.a or $.b is null)",
    );
    check(r#""Condition": "{% $x > 1 %}""#, "$x > 1");
    check(r#""Variable": "$.a""#, "$.a");
    check(
        r#""Variable": "$.a", "NumericEquals": "${Limit}""#,
        "$.a = ${Limit}",
    );
}

#[test]
fn transitions_follow_the_document_and_stay_in_their_scope() {
    let definition = read(
        r#"{"StartAt": "Pick", "States": {
            "Pick": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "All"}], "Default": "Nowhere"},
            "All": {"Type": "Parallel", "Next": "Done",
                "Catch": [{"ErrorEquals": ["A", "B"], "Next": "Done"}],
                "Branches": [{"StartAt": "In", "States": {"In": {"Type": "Pass", "Next": "Done"}, "Done": {"Type": "Succeed"}}}]},
            "Done": {"Type": "Succeed"}}}"#,
    );
    let seen: Vec<_> = definition
        .states
        .iter()
        .flat_map(|state| {
            state.transitions.iter().map(|way| {
                let target = way.target_ix.map(|ix| definition.at(ix).key.as_str());
                (state.key.as_str(), way.kind, target, way.label.as_str())
            })
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("Pick", TransitionKind::Rule(0), Some("All"), "$.a is null"),
            ("Pick", TransitionKind::Default, None, "Default"),
            ("All", TransitionKind::Next, Some("/States/Done"), ""),
            ("All", TransitionKind::Catch(0), Some("/States/Done"), "A, B"),
            ("In", TransitionKind::Next, Some("Done"), ""),
        ]
    );
    let roles: Vec<_> = definition
        .scopes
        .iter()
        .map(|scope| (scope.role, scope.pointer.as_str()))
        .collect();
    assert_eq!(
        roles,
        [
            (ScopeRole::Root, ""),
            (ScopeRole::Branch(0), "/States/All/Branches/0")
        ]
    );
    assert_eq!(
        definition.at(definition.scopes[1].states[1]).pointer,
        "/States/All/Branches/0/States/Done"
    );
}

#[test]
fn offsets_find_the_innermost_state() {
    let text = r#"{"StartAt": "Out", "States": {"Out": {"Type": "Map", "ItemProcessor": {"States": {"In": {"Type": "Pass"}}}, "End": true}}}"#;
    let definition = read(text);
    let check = |needle: &str, expected: Option<&str>| {
        let offset = text.find(needle).unwrap();
        assert_eq!(
            definition.state_at_offset(offset).map(|state| state.key.as_str()),
            expected,
            "{needle}"
        );
    };
    check("StartAt", None);
    check("Map", Some("Out"));
    check(r#""In""#, Some("In"));
    check("Pass", Some("In"));
    check("End", Some("Out"));
}

#[test]
fn texts_that_are_no_machine_give_an_empty_root() {
    for text in [
        "",
        "[]",
        "null",
        "{",
        r#"{"States": 1}"#,
        r#"{"States": {}}"#,
        "garbage",
    ] {
        let definition = read(text);
        assert_eq!(
            (definition.states.len(), definition.scopes.len()),
            (0, 1),
            "{text}"
        );
    }
}

#[test]
fn duplicates_keep_an_identity() {
    let definition = read(r#"{"States": {"A": {"Type": "Pass"}, "A": {"Type": "Wait"}, "/States/A": 1}}"#);
    let keys: Vec<_> = definition.states.iter().map(|state| state.key.as_str()).collect();
    assert_eq!(keys, ["A", "/States/A", "/States/~1States~1A"]);
    assert_eq!(
        definition.state("/States/A").unwrap().state_type,
        Some(StateType::Wait)
    );
}
