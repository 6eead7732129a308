//! SW0019: a field holds a value of the wrong type, or one outside of what is allowed.

use super::check::{Check, Given, is_expression, is_open, shown};
use super::fixes::respell;
use super::said::{self, Said};
use super::{Diagnostic, Severity};
use crate::expr::Timestamp;
use crate::fields::{Field, ValueType};
use crate::text::{Kind, Node};
use crate::words::QueryLanguage;

const CODE: &str = "SW0019";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        for (given, value, field) in object.known() {
            let computed =
                || field.expression && object.language == QueryLanguage::Jsonata && is_expression(value);
            if fits(field.value, value) {
                if value.kind() == Kind::Array && !is_open(value) {
                    entries(check, given, value, field, found);
                }
            } else if !is_open(value) && !computed() {
                found.push(report(check, given, value, field));
            }
        }
    }
    for state in &check.definition.states {
        let node = state.node.map(|node| check.tree.node(node));
        let Some(node) = node.filter(|node| node.kind() != Kind::Object && !is_open(*node)) else {
            continue;
        };
        let message = format!(
            "\"{}\" is {}; a state is an object with a \"Type\"",
            state.name,
            shown(node)
        );
        found.push(check.about(CODE, Severity::Error, node, message));
    }
}

fn report(check: &Check<'_>, given: &Given<'_>, value: Node<'_>, field: &Field) -> Diagnostic {
    let near = match field.value {
        ValueType::Word(words) => check.did_you_mean(&value.text(), words.iter().copied()),
        _ => None,
    };
    let message = format!(
        "\"{}\" is {}; it must be {}",
        given.name,
        shown(value),
        wanted(field.value)
    );
    let mut diagnostic = check.about(CODE, Severity::Error, value, message);
    diagnostic.fix = near.map(|near| respell(value, near));
    diagnostic.said = sentence(field.value, value).map(|(code, message)| Said {
        code,
        message,
        location: Some(said::place(value)),
    });
    diagnostic
}

/// The service's code and sentence, where they are known.
fn sentence(kind: ValueType, value: Node<'_>) -> Option<(&'static str, String)> {
    let is = |kind: Kind| value.kind() == kind;
    let bounds = |least: String, most: String, is_below: bool| match is_below {
        true => format!("Minimum value is {least}"),
        false => format!("Maximum value is {most}"),
    };
    let number = value.text().parse::<f64>();
    let message = match (kind, number) {
        (ValueType::ShortText(most), _) if is(Kind::String) => {
            let message = format!("The label exceeds the {most}-character limit allowed by the service");
            return Some((said::LABEL_NAME, message));
        }
        (ValueType::Integer(least, most), Ok(number)) if is(Kind::Number) && number.fract() == 0.0 => {
            bounds(least.to_string(), most.to_string(), number < least as f64)
        }
        (ValueType::Integer(..), _) => "Expected value of type Integer".to_owned(),
        (ValueType::Number(least, most), Ok(number)) if is(Kind::Number) => {
            bounds(format!("{least:.1}"), format!("{most:.1}"), number < least)
        }
        (ValueType::Word(words), _) if is(Kind::String) => {
            format!("Value should be one of the following: [{}]", words.join(", "))
        }
        (ValueType::Timestamp, _) if is(Kind::String) => "String does not match RFC3339 timestamp".to_owned(),
        (ValueType::Text | ValueType::Word(_) | ValueType::StateName | ValueType::Timestamp, _) => {
            "Expected value of type [STRING]".to_owned()
        }
        (ValueType::ErrorNames | ValueType::List(_), _) if is(Kind::Array) => {
            "Value cannot be empty".to_owned()
        }
        _ => return None,
    };
    Some((said::SCHEMA, message))
}

/// Whether the value is what such a field holds.
fn fits(kind: ValueType, value: Node<'_>) -> bool {
    let is = |kind: Kind| value.kind() == kind;
    match kind {
        ValueType::Any | ValueType::Payload => true,
        ValueType::Text | ValueType::StateName | ValueType::Path | ValueType::PathOrCall => is(Kind::String),
        ValueType::ShortText(most) => is(Kind::String) && value.text().chars().count() <= most,
        ValueType::Flag => is(Kind::Bool),
        ValueType::Integer(least, most) => is(Kind::Number) && is_integer(value, least, most),
        ValueType::Number(least, most) => is(Kind::Number) && is_number(value, least, most),
        ValueType::Word(words) => is(Kind::String) && words.contains(&&*value.text()),
        ValueType::Timestamp => is(Kind::String) && Timestamp::parse(&value.text()).is_some(),
        ValueType::PathOrNull | ValueType::ReferencePath => is(Kind::String) || is(Kind::Null),
        ValueType::PayloadObject | ValueType::Object(_) | ValueType::States => is(Kind::Object),
        ValueType::Texts | ValueType::OptionalList(_) => is(Kind::Array),
        ValueType::ErrorNames | ValueType::List(_) => is(Kind::Array) && value.items().next().is_some(),
    }
}

/// What such a field holds, in words.
fn wanted(kind: ValueType) -> String {
    let wanted = match kind {
        ValueType::Any | ValueType::Payload => "any value",
        ValueType::Text => "a text",
        ValueType::ShortText(most) => return format!("a text of at most {most} characters"),
        ValueType::Flag => "true or false",
        ValueType::Integer(least, most) => return integer(least, most),
        ValueType::Number(least, most) => return number(least, most),
        ValueType::Word(words) => return format!("one of {}", words.join(", ")),
        ValueType::Timestamp => "a timestamp such as 2026-03-14T01:59:00Z",
        ValueType::StateName => "the name of a state",
        ValueType::Path => "a JSONPath",
        ValueType::PathOrNull => "a JSONPath or null",
        ValueType::ReferencePath => "a JSONPath that names one place, or null",
        ValueType::PathOrCall => "a JSONPath or a call of an intrinsic function",
        ValueType::PayloadObject | ValueType::Object(_) => "an object",
        ValueType::States => "an object of states by their names",
        ValueType::ErrorNames => "a list of error names, with at least one",
        ValueType::Texts | ValueType::OptionalList(_) => "a list",
        ValueType::List(_) => "a list with at least one entry",
    };
    wanted.to_owned()
}

fn is_integer(value: Node<'_>, least: u64, most: u64) -> bool {
    let text = value.text();
    if let Ok(exact) = text.parse::<u64>() {
        return (least..=most).contains(&exact);
    }
    // 30.0 and 3e1 are whole numbers too.
    text.parse::<f64>()
        .is_ok_and(|number| number.fract() == 0.0 && number >= least as f64 && number <= most as f64)
}

fn is_number(value: Node<'_>, least: f64, most: f64) -> bool {
    value
        .text()
        .parse::<f64>()
        .is_ok_and(|number| (least..=most).contains(&number))
}

fn integer(least: u64, most: u64) -> String {
    if most == u64::MAX {
        format!("an integer of at least {least}")
    } else {
        format!("an integer from {least} to {most}")
    }
}

fn number(least: f64, most: f64) -> String {
    match (least == f64::MIN, most == f64::MAX) {
        (true, _) => "a number".to_owned(),
        (false, true) => format!("a number of at least {least}"),
        (false, false) => format!("a number from {least} to {most}"),
    }
}

/// The entries of lists: each has its own place.
fn entries(
    check: &Check<'_>,
    given: &Given<'_>,
    value: Node<'_>,
    field: &Field,
    found: &mut Vec<Diagnostic>,
) {
    let (kind, wanted) = match field.value {
        ValueType::ErrorNames | ValueType::Texts => (Kind::String, "a text"),
        ValueType::List(_) | ValueType::OptionalList(_) => (Kind::Object, "an object"),
        _ => return,
    };
    for item in value
        .items()
        .filter(|item| item.kind() != kind && !is_open(*item))
    {
        let message = format!(
            "an entry of \"{}\" is {}; it must be {wanted}",
            given.name,
            shown(item)
        );
        found.push(check.about(CODE, Severity::Error, item, message));
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, marks, mends, state};

    #[test]
    fn numbers() {
        let wait = |value: &str| {
            format!(
                r#"{{"StartAt": "Pause", "States": {{"Pause": {{"Type": "Wait", "Seconds": {value}, "End": true}}}}}}"#
            )
        };
        let wrong = |value: &str| {
            format!("/States/Pause: \"Seconds\" is {value}; it must be an integer from 0 to 99999999")
        };
        for value in ["-1", "1.5", "\"30\"", "100000000", "true", "null", "1e400"] {
            check(CODE, &wait(value), &[&wrong(value)]);
            marks(CODE, &wait(value), value);
        }
        check(CODE, &wait("{\"a\": 1}"), &[&wrong("an object")]);
        check(CODE, &wait("[]"), &[&wrong("an empty list")]);
        for value in ["0", "30", "99999999", "30.0", "3e1", "\"${Pause}\""] {
            check(CODE, &wait(value), &[]);
        }
        check(
            CODE,
            &state(
                r#""Type": "Map", "ItemProcessor": "${P}", "ToleratedFailurePercentage": 105, "MaxConcurrency": "${N}", "End": true"#,
            ),
            &["/States/A: \"ToleratedFailurePercentage\" is 105; it must be a number from 0 to 100"],
        );
        let retry = |members: &str| {
            state(&format!(
                r#""Type": "Task", "Resource": "${{R}}", "End": true, "Retry": [{{"ErrorEquals": ["A"], {members}}}]"#
            ))
        };
        check(
            CODE,
            &retry(r#""BackoffRate": 0.5"#),
            &["/States/A/Retry/0: \"BackoffRate\" is 0.5; it must be a number of at least 1"],
        );
        check(CODE, &retry(r#""MaxAttempts": 0, "BackoffRate": 1"#), &[]);
    }

    #[test]
    fn words_and_shapes() {
        let misspelt = state(r#""Type": "Pass", "QueryLanguage": "JsonPath", "End": true"#);
        check(
            CODE,
            &misspelt,
            &["/States/A: \"QueryLanguage\" is \"JsonPath\"; it must be one of JSONPath, JSONata"],
        );
        mends(CODE, &misspelt, &misspelt.replace("JsonPath", "JSONPath"));
        check(
            CODE,
            &state(r#""Type": "Pass", "End": "yes""#),
            &["/States/A: \"End\" is \"yes\"; it must be true or false"],
        );
        check(
            CODE,
            &state(r#""Type": "Choice", "Choices": []"#),
            &["/States/A: \"Choices\" is an empty list; it must be a list with at least one entry"],
        );
        check(
            CODE,
            &state(r#""Type": "Choice", "Choices": [1]"#),
            &["/States/A/Choices/0: an entry of \"Choices\" is 1; it must be an object"],
        );
        check(
            CODE,
            &machine(r#""A": {"Type": "Succeed"}, "QueryLanguage": "JSONata""#),
            &["/States: \"QueryLanguage\" is \"JSONata\"; a state is an object with a \"Type\""],
        );
        check(
            CODE,
            &state(r#""Type": "Wait", "Timestamp": "2016-12-05 21:29:29Z", "End": true"#),
            &[
                "/States/A: \"Timestamp\" is \"2016-12-05 21:29:29Z\"; it must be a timestamp such as 2026-03-14T01:59:00Z",
            ],
        );
        check(
            CODE,
            &state(r#""Type": "Wait", "QueryLanguage": "JSONata", "Timestamp": "{% $at %}", "End": true"#),
            &[],
        );
        check(
            CODE,
            &state(r#""Type": "Wait", "Seconds": "{% $n %}", "End": true"#),
            &["/States/A: \"Seconds\" is \"{% $n %}\"; it must be an integer from 0 to 99999999"],
        );
        check(
            CODE,
            &state(r#""Type": "Pass", "InputPath": null, "ResultPath": null, "End": true"#),
            &[],
        );
    }
}
