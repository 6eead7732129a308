//! What the service says of a definition when it is asked to take it: its codes, texts and places
//! (ValidateStateMachineDefinition; the first finding is also CreateStateMachine's refusal).
//!
//! | ours | the service's code and text |
//! |---|---|
//! | SW0001 … SW0006 | `INVALID_JSON_DESCRIPTION`, in the words of its JSON reader (the caller has them) |
//! | SW0010 | `Definition must be a valid JSON object` |
//! | SW0011, SW0013 | `MISSING_TRANSITION_TARGET`: `Missing 'Next' target: X` |
//! | SW0012 | `MISSING_TRANSITION_TARGET`: `State "X" is not reachable.` |
//! | SW0014 | `MISSING_END_STATE` |
//! | SW0016 | `DUPLICATE_STATE_NAME` |
//! | SW0018 | `These fields are required: [X]` |
//! | SW0028 | `The resource provided X is not recognized. …` |
//! | the rest | `SCHEMA_VALIDATION_FAILED` with our own sentence, where no recording shows the service's |
//!
//! Our diagnostics say more than the service does; what only we say (loops without a way out, spelling) is not here.

use crate::definition::Definition;
use crate::diagnostics::{Diagnostic, Severity, diagnose};
use crate::graph::FlowGraph;
use crate::machine::{Pattern, Resource};
use crate::text::{Format, Kind, Node, Tree};

/// One thing that the service says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `SCHEMA_VALIDATION_FAILED`, …
    pub code: &'static str,
    /// The sentence without the place.
    pub message: String,
    /// `/States/X/Next`; none where the service gives no place.
    pub location: Option<String>,
}

impl Finding {
    /// As CreateStateMachine puts it into its refusal.
    pub fn sentence(&self) -> String {
        match &self.location {
            Some(location) => format!("{}: {} at {location}", self.code, self.message.trim_end()),
            None => format!("{}: {}", self.code, self.message),
        }
    }
}

const SCHEMA: &str = "SCHEMA_VALIDATION_FAILED";
const TARGET: &str = "MISSING_TRANSITION_TARGET";
const LANGUAGE: &str = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
const REQUIRED: &str = "These fields are required: [";

/// All that the service would say of JSON text that can be read; none = it takes the definition.
pub fn verdict(text: &str, express: bool) -> Vec<Finding> {
    let tree = Tree::parse(text, Format::Json);
    if tree.root().is_none_or(|root| root.kind() != Kind::Object) {
        return vec![Finding {
            code: SCHEMA,
            message: "Definition must be a valid JSON object".into(),
            location: None,
        }];
    }
    let definition = Definition::read(&tree);
    let errors = diagnose(&tree, &definition, &FlowGraph::of(&definition));
    let errors = errors
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    let mut findings: Vec<Finding> = Vec::new();
    for diagnostic in errors {
        let finding = finding(&tree, diagnostic);
        match findings.last_mut() {
            // What one object lacks is said at once.
            Some(last) if last.location == finding.location && both_missing(last, &finding) => {
                let more = finding.message.trim_start_matches(REQUIRED);
                last.message = format!("{}, {more}", last.message.trim_end_matches(']'));
            }
            _ => findings.push(finding),
        }
    }
    if express {
        findings.extend(unfit_for_express(&tree, &definition));
    }
    findings
}

fn both_missing(one: &Finding, other: &Finding) -> bool {
    one.message.starts_with(REQUIRED) && other.message.starts_with(REQUIRED)
}

fn finding(tree: &Tree, diagnostic: &Diagnostic) -> Finding {
    let pointer = diagnostic.pointer.as_str();
    let (around, field) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    let value = text_at(tree, diagnostic);
    // Two things are said of what is around the field.
    let mut location = pointer;
    let (code, message) = match diagnostic.code {
        "SW0011" => (TARGET, format!("Missing 'StartAt' target: {value}")),
        "SW0012" => (TARGET, format!("State \"{field}\" is not reachable.")),
        "SW0013" => (TARGET, format!("Missing '{field}' target: {value}")),
        "SW0014" => ("MISSING_END_STATE", diagnostic.message.clone()),
        "SW0016" => ("DUPLICATE_STATE_NAME", format!("Duplicate State name: {field}")),
        "SW0018" => (SCHEMA, missing(tree, diagnostic)),
        "SW0019" if field == "Timestamp" => (SCHEMA, "String does not match RFC3339 timestamp".into()),
        "SW0025" if field.ends_with(".$") => {
            location = around;
            let message = format!(
                "The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call"
            );
            (SCHEMA, message)
        }
        "SW0019" | "SW0020" if field == "QueryLanguage" && value == "JSONPath" => {
            location = around;
            (SCHEMA, LANGUAGE.into())
        }
        "SW0028" => (
            SCHEMA,
            format!(
                "The resource provided {value} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region."
            ),
        ),
        _ => (SCHEMA, diagnostic.message.clone()),
    };
    let location = if location.is_empty() { "/" } else { location };
    Finding {
        code,
        message,
        location: Some(location.to_owned()),
    }
}

/// A scope lacks fields in another sentence than what is inside a state.
fn missing(tree: &Tree, diagnostic: &Diagnostic) -> String {
    let name = diagnostic.message.split('"').nth(1).unwrap_or_default();
    let object = tree.root().and_then(|root| root.at(&diagnostic.pointer));
    let is_scope =
        matches!(name, "StartAt" | "States") || object.is_some_and(|object| object.get("Type").is_some());
    if is_scope {
        format!("{REQUIRED}{name}]")
    } else {
        format!("The field '{name}' is required but was missing")
    }
}

/// The text that a diagnostic is about, without its quotes.
fn text_at(tree: &Tree, diagnostic: &Diagnostic) -> String {
    let range = diagnostic.range.clone();
    let text = tree.text().get(range).unwrap_or_default();
    text.trim_matches('"').to_owned()
}

/// Tasks that an Express machine may not have.
fn unfit_for_express(tree: &Tree, definition: &Definition) -> Vec<Finding> {
    let states = definition.states.iter();
    states
        .filter_map(|state| {
            let node: Node<'_> = tree.node(state.node?);
            let resource = node.get("Resource")?;
            let what = match Resource::parse(&resource.text())? {
                Resource::Activity { .. } => "activity".to_owned(),
                Resource::Integration {
                    pattern: Pattern::Sync | Pattern::Sync2,
                    ..
                } => "'.sync' service integration".to_owned(),
                Resource::Integration {
                    pattern: Pattern::WaitForTaskToken,
                    ..
                } => "'.waitForTaskToken' service integration".to_owned(),
                _ => return None,
            };
            Some(Finding {
                code: SCHEMA,
                message: format!("Express state machine does not support {what} "),
                location: Some(format!("{}/Resource", state.pointer)),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(state: &str, express: bool, expected: &[&str]) {
        let text = format!(r#"{{"StartAt": "A", "States": {{"A": {state}}}}}"#);
        let found: Vec<_> = verdict(&text, express).iter().map(Finding::sentence).collect();
        assert_eq!(found, expected, "{state}");
    }

    /// Texts as recorded (conformance/sfn: credentials, scenarios, services, `sfn_api_express`).
    #[test]
    fn recorded_texts() {
        check(r#"{"Type": "Pass", "End": true}"#, false, &[]);
        check(
            r#"{"Type": "Wait", "Timestamp": "2026-01-01 00:00:00", "End": true}"#,
            false,
            &["SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/A/Timestamp"],
        );
        check(
            r#"{"Type": "Pass", "Parameters": {"b.$": "States.Nothing('"}, "End": true}"#,
            false,
            &[
                "SCHEMA_VALIDATION_FAILED: The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/A/Parameters",
            ],
        );
        check(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::dynamodb:query", "Parameters": {}, "End": true}"#,
            false,
            &[
                "SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/A/Resource",
            ],
        );
        check(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync", "Parameters": {}, "End": true}"#,
            true,
            &[
                "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration at /States/A/Resource",
            ],
        );
        check(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Credentials": {}, "Parameters": {}, "End": true}"#,
            false,
            &[
                "SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at /States/A/Credentials",
            ],
        );
    }

    #[test]
    fn scopes() {
        let whole = |text: &str| {
            verdict(text, false)
                .iter()
                .map(Finding::sentence)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            whole("{}"),
            ["SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt, States] at /"]
        );
        assert_eq!(
            whole("[]"),
            ["SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object"]
        );
        check(
            r#"{"Type": "Pass", "Next": "B"}, "C": {"Type": "Succeed"}"#,
            false,
            &[
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
                "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C",
            ],
        );
    }
}
