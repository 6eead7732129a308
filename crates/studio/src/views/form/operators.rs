//! The comparison operators of Choice rules in words, by the type of what they compare.

use asl::expr::Operator;
use asl::text::{Kind, Node};

use crate::contract::OperatorForm;

/// Heading, words, the operator's name, the value that goes without saying, what is typed.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
);

const ROWS: &[Row] = &[
    ("Number", "equals", "NumericEquals", None, "number"),
    (
        "Number",
        "is at least",
        "NumericGreaterThanEquals",
        None,
        "number",
    ),
    ("Number", "is at most", "NumericLessThanEquals", None, "number"),
    ("Number", "is more than", "NumericGreaterThan", None, "number"),
    ("Number", "is less than", "NumericLessThan", None, "number"),
    ("Text", "is", "StringEquals", None, "text"),
    ("Text", "matches", "StringMatches", None, "text"),
    ("Text", "comes before", "StringLessThan", None, "text"),
    ("Text", "comes after", "StringGreaterThan", None, "text"),
    ("Text", "is or comes before", "StringLessThanEquals", None, "text"),
    (
        "Text",
        "is or comes after",
        "StringGreaterThanEquals",
        None,
        "text",
    ),
    ("Time", "is exactly at", "TimestampEquals", None, "timestamp"),
    ("Time", "is before", "TimestampLessThan", None, "timestamp"),
    ("Time", "is after", "TimestampGreaterThan", None, "timestamp"),
    (
        "Time",
        "is at or before",
        "TimestampLessThanEquals",
        None,
        "timestamp",
    ),
    (
        "Time",
        "is at or after",
        "TimestampGreaterThanEquals",
        None,
        "timestamp",
    ),
    ("True or false", "is true", "BooleanEquals", Some("true"), "none"),
    (
        "True or false",
        "is false",
        "BooleanEquals",
        Some("false"),
        "none",
    ),
    ("Is it there?", "is present", "IsPresent", Some("true"), "none"),
    (
        "Is it there?",
        "is not present",
        "IsPresent",
        Some("false"),
        "none",
    ),
    ("Is it there?", "is null", "IsNull", Some("true"), "none"),
    ("Is it there?", "is not null", "IsNull", Some("false"), "none"),
    ("What is it?", "is a number", "IsNumeric", Some("true"), "none"),
    (
        "What is it?",
        "is not a number",
        "IsNumeric",
        Some("false"),
        "none",
    ),
    ("What is it?", "is a string", "IsString", Some("true"), "none"),
    (
        "What is it?",
        "is not a string",
        "IsString",
        Some("false"),
        "none",
    ),
    ("What is it?", "is a boolean", "IsBoolean", Some("true"), "none"),
    (
        "What is it?",
        "is not a boolean",
        "IsBoolean",
        Some("false"),
        "none",
    ),
    (
        "What is it?",
        "is a timestamp",
        "IsTimestamp",
        Some("true"),
        "none",
    ),
    (
        "What is it?",
        "is not a timestamp",
        "IsTimestamp",
        Some("false"),
        "none",
    ),
];

/// `BooleanEqualsPath` compares with what no form can spell out.
const FLAG_AT_PATH: (&str, &str) = ("True or false", "has the same value as");

/// All of them, in the order of a menu.
pub(super) fn all() -> Vec<OperatorForm> {
    let mut all: Vec<OperatorForm> = Vec::new();
    for &(group, words, name, fixed, operand) in ROWS {
        let takes_path =
            fixed.is_none() && Operator::by_name(name).is_some_and(|(operator, _)| operator.takes_path());
        all.push(OperatorForm {
            group: group.to_owned(),
            words: words.to_owned(),
            literal: Some(name.to_owned()),
            by_path: takes_path.then(|| format!("{name}Path")),
            fixed: fixed.map(str::to_owned),
            operand: operand.to_owned(),
        });
        if (name, fixed) == ("BooleanEquals", Some("false")) {
            all.push(OperatorForm {
                group: FLAG_AT_PATH.0.to_owned(),
                words: FLAG_AT_PATH.1.to_owned(),
                literal: None,
                by_path: Some("BooleanEqualsPath".to_owned()),
                fixed: None,
                operand: "none".to_owned(),
            });
        }
    }
    all
}

/// The number of the operator in [`all`], and whether it compares with what stands at a path. None where its operand
/// is not of the type that the operator wants, so that no form can show it.
pub(super) fn find(all: &[OperatorForm], name: &str, operand: Node<'_>) -> Option<(u32, bool)> {
    let source = operand.text();
    let suits = |form: &OperatorForm| match (&form.fixed, form.operand.as_str()) {
        (Some(fixed), _) => operand.kind() == Kind::Bool && *fixed == source,
        (None, "number") => operand.kind() == Kind::Number,
        (None, _) => operand.kind() == Kind::String,
    };
    let by_name = |form: &OperatorForm| form.literal.as_deref() == Some(name) && suits(form);
    let by_path =
        |form: &OperatorForm| form.by_path.as_deref() == Some(name) && operand.kind() == Kind::String;
    let at = all.iter().position(|form| by_name(form) || by_path(form))?;
    Some((
        u32::try_from(at).ok()?,
        all.get(at)?.by_path.as_deref() == Some(name),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_has_its_words() {
        let all = all();
        for (name, operator) in Operator::ALL {
            let row = all.iter().find(|form| form.literal.as_deref() == Some(name));
            assert!(row.is_some(), "{name}");
            let path = format!("{name}Path");
            let has_path = all.iter().any(|form| form.by_path.as_deref() == Some(&path));
            assert_eq!(has_path, operator.takes_path(), "{name}");
        }
    }
}
