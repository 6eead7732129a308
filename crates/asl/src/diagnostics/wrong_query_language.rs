//! SW0020: a field of the other query language, or a state that goes back to JSONPath in a JSONata machine.

use super::check::{Check, Object};
use super::{Diagnostic, Severity, said};
use crate::text::Node;
use crate::words::QueryLanguage;

const CODE: &str = "SW0020";

/// The service's sentence of a state that goes back; of such a state's fields it says nothing else.
const DOWNGRADED: &str = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        let foreign = object
            .fields
            .iter()
            .filter(|given| given.field.is_some_and(|field| !field.speaks(object.language)));
        for given in foreign {
            let (mine, other) = match object.language {
                QueryLanguage::JsonPath => ("JSONPath", "JSONata"),
                QueryLanguage::Jsonata => ("JSONata", "JSONPath"),
            };
            let hint = counterpart(&given.name, object.language);
            let message = format!(
                "\"{}\" belongs to {other}, but the query language here is {mine}; {hint}",
                given.name
            );
            let diagnostic = check.about(CODE, Severity::Error, given.key, message);
            found.push(match goes_back(check, object) {
                Some(state) => diagnostic.said(said::SCHEMA, state, DOWNGRADED.to_owned()),
                None => {
                    let said = format!(
                        "The QueryLanguage is set to '{mine}', but field '{}' is only supported for the '{other}' \
                         QueryLanguage",
                        given.name
                    );
                    diagnostic.said(said::SCHEMA, object.node, said)
                }
            });
        }
    }
    if check.definition.query_language == QueryLanguage::Jsonata {
        for state in check
            .definition
            .states
            .iter()
            .filter(|state| state.query_language == QueryLanguage::JsonPath)
        {
            let Some(owner) = state.node.map(|node| check.tree.node(node)) else {
                continue;
            };
            let Some(node) = owner.get("QueryLanguage") else {
                continue;
            };
            let message =
                "\"QueryLanguage\" is \"JSONPath\", but the machine's is \"JSONata\"; a state cannot go back";
            let diagnostic = check.about(CODE, Severity::Error, node, message.to_owned());
            found.push(diagnostic.said(said::SCHEMA, owner, DOWNGRADED.to_owned()));
        }
    }
}

/// The state around an object, if it goes back to JSONPath in a JSONata machine.
fn goes_back<'a>(check: &Check<'a>, object: &Object<'a>) -> Option<Node<'a>> {
    let back = check.definition.query_language == QueryLanguage::Jsonata
        && object.language == QueryLanguage::JsonPath;
    let state = back.then(|| check.definition.state_at_offset(object.node.range().start))??;
    state.node.map(|node| check.tree.node(node))
}

/// What takes the field's place.
fn counterpart(name: &str, language: QueryLanguage) -> String {
    let instead = match (language, name) {
        (QueryLanguage::Jsonata, "Parameters") => "\"Arguments\"",
        (QueryLanguage::Jsonata, "InputPath") => "$states.input in an expression",
        (QueryLanguage::Jsonata, "ResultSelector" | "ResultPath" | "OutputPath" | "Result") => "\"Output\"",
        (QueryLanguage::Jsonata, "ItemsPath") => "\"Items\"",
        (QueryLanguage::Jsonata, "RoleArn.$") => "\"RoleArn\" with an expression",
        (QueryLanguage::Jsonata, "Seconds" | "Timestamp") => "an expression",
        (QueryLanguage::JsonPath, "Arguments") => "\"Parameters\"",
        (QueryLanguage::JsonPath, "Output") => "\"ResultSelector\", \"ResultPath\" and \"OutputPath\"",
        (QueryLanguage::JsonPath, "Items") => "\"ItemsPath\"",
        (QueryLanguage::JsonPath, "Condition") => "\"Variable\" and an operator",
        (QueryLanguage::Jsonata, _) => match name.strip_suffix("Path") {
            Some(plain) if !plain.ends_with("Equals") && !plain.ends_with("Than") => {
                return format!("use \"{plain}\" with an expression");
            }
            _ => "\"Condition\"",
        },
        (QueryLanguage::JsonPath, _) => return "remove it".to_owned(),
    };
    match language {
        QueryLanguage::Jsonata => format!("use {instead}"),
        QueryLanguage::JsonPath => format!("use {instead}, or set \"QueryLanguage\" to \"JSONata\""),
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, state};

    #[test]
    fn table() {
        let jsonata =
            |members: &str| state(&format!(r#""QueryLanguage": "JSONata", {members}, "End": true"#));
        let parameters = jsonata(r#""Type": "Task", "Resource": "${R}", "Parameters": {}"#);
        check(
            CODE,
            &parameters,
            &[
                "/States/A: \"Parameters\" belongs to JSONPath, but the query language here is JSONata; use \"Arguments\"",
            ],
        );
        marks(CODE, &parameters, "\"Parameters\"");
        check(
            CODE,
            &jsonata(r#""Type": "Wait", "SecondsPath": "$.n""#),
            &[
                "/States/A: \"SecondsPath\" belongs to JSONPath, but the query language here is JSONata; use \"Seconds\" with an expression",
            ],
        );
        check(
            CODE,
            &jsonata(
                r#""Type": "Task", "Resource": "${R}", "Arguments": "{% $x %}", "Output": 1, "Assign": {"a": "{% 1 %}"}"#,
            ),
            &[],
        );
        check(
            CODE,
            &state(r#""Type": "Pass", "Output": 1, "End": true"#),
            &[
                "/States/A: \"Output\" belongs to JSONata, but the query language here is JSONPath; use \"ResultSelector\", \"ResultPath\" and \"OutputPath\", or set \"QueryLanguage\" to \"JSONata\"",
            ],
        );
        check(
            CODE,
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "QueryLanguage": "JSONPath", "End": true}}}"#,
            &[
                "/States/A: \"QueryLanguage\" is \"JSONPath\", but the machine's is \"JSONata\"; a state cannot go back",
            ],
        );
    }
}
