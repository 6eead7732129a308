//! SW0018: a field is not there that the service demands.

use super::check::{Check, Object, handle};
use super::{Diagnostic, Severity, said};
use crate::fields::{self, Owner};
use crate::text::Kind;
use crate::words::QueryLanguage;

const CODE: &str = "SW0018";

/// The service's sentence of credentials without a role.
pub(super) const ROLE_MISSING: &str = "The field 'RoleArn' is required but was missing";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in check.objects.iter().filter(|object| !object.damaged) {
        let missing: Vec<_> = fields::required(object.owner, object.language)
            .filter(|name| object.given(name).is_none())
            .collect();
        for name in &missing {
            let what = format!("\"{name}\" is missing");
            report(check, object, &what, required(&missing), found);
        }
        let alternatives = one_of(object);
        if !alternatives.is_empty() && alternatives.iter().all(|name| object.given(name).is_none()) {
            let names: Vec<_> = alternatives.iter().map(|name| format!("\"{name}\"")).collect();
            let what = format!("{} is missing", names.join(" or "));
            report(check, object, &what, said_of(object, alternatives), found);
        }
    }
    for state in &check.definition.states {
        let node = state
            .node
            .map(|node| check.tree.node(node))
            .filter(|node| node.kind() == Kind::Object);
        let Some(node) = node.filter(|node| node.get("Type").is_none()) else {
            continue;
        };
        if !check.has_fault(node) {
            let message = "\"Type\" is missing; a state needs it".to_owned();
            let diagnostic = check.on(CODE, Severity::Error, node, handle(node), message);
            found.push(diagnostic.said(said::SCHEMA, node, required(&["Type"])));
        }
    }
}

/// How the service says that an object lacks fields: of all of them at once.
fn required(names: &[&str]) -> String {
    format!("These fields are required: [{}]", names.join(", "))
}

/// The fields of a Wait state in the service's order.
const WAIT: &[&str] = &["SecondsPath", "Seconds", "TimestampPath", "Timestamp"];

/// How the service says that an object has none of some fields.
fn said_of(object: &Object<'_>, alternatives: &[&str]) -> String {
    match object.owner {
        Owner::Credentials => ROLE_MISSING.to_owned(),
        Owner::Map => said::needs_one(&["ItemProcessor", "Iterator"]),
        Owner::Wait if object.language == QueryLanguage::JsonPath => said::needs_one(WAIT),
        _ => said::needs_one(alternatives),
    }
}

/// Fields of which an object needs at least one.
fn one_of(object: &Object<'_>) -> &'static [&'static str] {
    match (object.owner, object.language) {
        (Owner::Map, _) if object.given("Iterator").is_none() => &["ItemProcessor"],
        (Owner::Wait, QueryLanguage::JsonPath) => &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
        (Owner::Wait, QueryLanguage::Jsonata) => &["Seconds", "Timestamp"],
        (Owner::Credentials, QueryLanguage::JsonPath) => &["RoleArn", "RoleArn.$"],
        (Owner::Credentials, QueryLanguage::Jsonata) => &["RoleArn"],
        _ => &[],
    }
}

fn report(check: &Check<'_>, object: &Object<'_>, what: &str, said: String, found: &mut Vec<Diagnostic>) {
    let verb = if object.owner == Owner::Credentials {
        "need"
    } else {
        "needs"
    };
    let message = format!("{what}; {} {verb} it", object.owner.phrase());
    let diagnostic = check.on(CODE, Severity::Error, object.node, handle(object.node), message);
    found.push(diagnostic.said(said::SCHEMA, object.node, said));
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, marks, state};

    #[test]
    fn table() {
        check(
            CODE,
            "{}",
            &[
                "/: \"StartAt\" is missing; the state machine needs it",
                "/: \"States\" is missing; the state machine needs it",
            ],
        );
        let task = state(r#""Type": "Task", "End": true"#);
        check(
            CODE,
            &task,
            &["/States/A: \"Resource\" is missing; a Task state needs it"],
        );
        marks(CODE, &task, "\"A\"");
        check(
            CODE,
            &state(r#""Type": "Wait", "End": true"#),
            &[
                "/States/A: \"Seconds\" or \"SecondsPath\" or \"Timestamp\" or \"TimestampPath\" is missing; a Wait state needs it",
            ],
        );
        check(
            CODE,
            &state(r#""Type": "Map", "End": true"#),
            &["/States/A: \"ItemProcessor\" is missing; a Map state needs it"],
        );
        check(
            CODE,
            &state(r#""Type": "Choice", "QueryLanguage": "JSONata", "Choices": [{"Next": "A"}]"#),
            &["/States/A/Choices/0: \"Condition\" is missing; a choice rule needs it"],
        );
        check(
            CODE,
            &state(r#""Type": "Choice", "Choices": [{"Variable": "$", "IsNull": true}]"#),
            &["/States/A/Choices/0: \"Next\" is missing; a choice rule needs it"],
        );
        check(
            CODE,
            &machine(r#""A": {}"#),
            &["/States/A: \"Type\" is missing; a state needs it"],
        );
        check(CODE, &state(r#""Type": "Task", "Reso, "End": true"#), &[]);
        check(
            CODE,
            &state(r#""Type": "Task", "Resource": "${R}", "Credentials": {}, "End": true"#),
            &["/States/A/Credentials: \"RoleArn\" or \"RoleArn.$\" is missing; Credentials need it"],
        );
    }
}
