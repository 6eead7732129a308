//! What the service says of a definition when it is asked to take it: its codes, texts and places
//! (ValidateStateMachineDefinition; the errors together are CreateStateMachine's refusal).
//!
//! Each rule of [`crate::diagnostics`] says what the service says of the same thing ([`Said`]); here it is put together
//! as the service does it:
//!
//! | order | what |
//! |---|---|
//! | 1 | what is wrong with the fields, in the order of the document; what one object lacks is said at once |
//! | 2 | transitions to nowhere |
//! | 3 | that the machine has no end; then nothing is said of states that nothing leads to |
//! | 4 | states that nothing leads to: all of a scope whose start is not there |
//! | 5 | warnings |
//!
//! Our diagnostics say more than the service does; what only we say (loops without a way out, spelling) is not here.

use crate::definition::Definition;
use crate::diagnostics::said::{self, Said, place};
use crate::diagnostics::{Diagnostic, Known, Severity, diagnose_knowing, not_reachable};
use crate::graph::FlowGraph;
use crate::text::{Format, Tree};
use crate::words::MachineType;

/// One thing that the service says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// An error refuses the definition; a warning does not.
    pub severity: Severity,
    /// `SCHEMA_VALIDATION_FAILED`, …
    pub code: &'static str,
    /// The sentence without the place.
    pub message: String,
    /// `/States/X/Next`; none where the service gives no place.
    pub location: Option<String>,
}

impl Finding {
    /// As CreateStateMachine puts it into its refusal, which writes `null` where there is no place. The JSON reader's
    /// message has the place already.
    pub fn sentence(&self) -> String {
        let location = self.location.as_deref().unwrap_or("null");
        match self.message.ends_with(location) {
            true => format!("{}: {}", self.code, self.message),
            false => format!("{}: {} at {location}", self.code, self.message.trim_end()),
        }
    }
}

/// What CreateStateMachine says of these findings: all errors in one sentence; none = it takes the definition.
pub fn refusal(findings: &[Finding]) -> Option<String> {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let sentences: Vec<_> = errors.map(Finding::sentence).collect();
    (!sentences.is_empty()).then(|| sentences.join(", "))
}

/// All that the service would say of JSON text that can be read, errors first.
pub fn verdict(text: &str, machine_type: MachineType) -> Vec<Finding> {
    let tree = Tree::parse(text, Format::Json);
    let definition = Definition::read(&tree);
    let known = Known {
        machine_type: Some(machine_type),
        ..Known::default()
    };
    let diagnostics = diagnose_knowing(&tree, &definition, &FlowGraph::of(&definition), &known);
    let mut findings = Findings::default();
    for diagnostic in diagnostics {
        findings.add(&tree, diagnostic);
    }
    findings.nothing_leads_to(&tree, &definition);
    findings.in_order()
}

fn finding(tree: &Tree, diagnostic: Diagnostic) -> Option<Finding> {
    let said = match (diagnostic.said, diagnostic.severity) {
        (Some(said), _) => said,
        (None, Severity::Error) => Said {
            code: said::SCHEMA,
            message: diagnostic.message,
            location: tree
                .root()
                .and_then(|root| root.at(&diagnostic.pointer))
                .map(place),
        },
        (None, _) => return None,
    };
    Some(Finding {
        severity: diagnostic.severity,
        code: said.code,
        message: said.message,
        location: said.location,
    })
}

/// The findings by what they are about, each in the order of the document.
#[derive(Default)]
struct Findings {
    fields: Vec<Finding>,
    targets: Vec<Finding>,
    end: Vec<Finding>,
    unreachable: Vec<Finding>,
    warnings: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, tree: &Tree, diagnostic: Diagnostic) {
        let list = match (diagnostic.severity, diagnostic.code) {
            (Severity::Warning | Severity::Info, _) => &mut self.warnings,
            (_, "SW0011" | "SW0013") => &mut self.targets,
            (_, "SW0014") => &mut self.end,
            (_, "SW0012") => &mut self.unreachable,
            _ => &mut self.fields,
        };
        let Some(finding) = finding(tree, diagnostic) else {
            return;
        };
        // Of one fault with several marks, such as two fields that exclude each other, the service speaks once.
        let same = |other: &&Finding| other.location == finding.location;
        if !list.iter().rev().take_while(same).any(|other| *other == finding) {
            list.push(finding);
        }
    }

    /// Where the start is not there, no state can be reached. We say so of the start alone.
    fn nothing_leads_to(&mut self, tree: &Tree, definition: &Definition) {
        for scope in &definition.scopes {
            let (Some(_), None) = (&scope.start_at, scope.start) else {
                continue;
            };
            for state in scope.states.iter().map(|ix| definition.at(*ix)) {
                self.unreachable.push(Finding {
                    severity: Severity::Error,
                    code: said::TARGET,
                    message: not_reachable(&state.name),
                    location: Some(place(tree.node(state.key_node))),
                });
            }
        }
    }

    fn in_order(mut self) -> Vec<Finding> {
        if !self.end.is_empty() {
            self.unreachable.clear();
        }
        let lists = [
            self.fields,
            self.targets,
            self.end,
            self.unreachable,
            self.warnings,
        ];
        lists.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str, machine_type: MachineType, severity: Severity) -> Vec<String> {
        let findings = verdict(text, machine_type);
        let some = findings.iter().filter(|finding| finding.severity == severity);
        some.map(Finding::sentence).collect()
    }

    /// The errors of a machine whose state `A` is this, perhaps with others behind it.
    fn check(state: &str, expected: &[&str]) {
        let text = format!(r#"{{"StartAt": "A", "States": {{"A": {state}}}}}"#);
        let found = sentences(&text, MachineType::Standard, Severity::Error);
        assert_eq!(found, expected, "{state}");
    }

    fn check_whole(text: &str, expected: &[&str]) {
        assert_eq!(
            sentences(text, MachineType::Standard, Severity::Error),
            expected,
            "{text}"
        );
    }

    fn check_express(state: &str, expected: &[&str]) {
        let text = format!(r#"{{"StartAt": "A", "States": {{"A": {state}}}}}"#);
        assert_eq!(
            sentences(&text, MachineType::Express, Severity::Error),
            expected,
            "{state}"
        );
    }

    /// Texts as recorded (conformance/sfn: credentials, scenarios, services, `sfn_api_express`).
    #[test]
    fn recorded_texts() {
        check(r#"{"Type": "Pass", "End": true}"#, &[]);
        check(
            r#"{"Type": "Wait", "Timestamp": "2026-01-01 00:00:00", "End": true}"#,
            &["SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/A/Timestamp"],
        );
        check(
            r#"{"Type": "Pass", "Parameters": {"b.$": "States.Nothing('"}, "End": true}"#,
            &[
                "SCHEMA_VALIDATION_FAILED: The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/A/Parameters",
            ],
        );
        check(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::dynamodb:query", "Parameters": {}, "End": true}"#,
            &[
                "SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/A/Resource",
            ],
        );
        check_express(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync", "Parameters": {}, "End": true}"#,
            &[
                "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration at /States/A/Resource",
            ],
        );
        check(
            r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Credentials": {"Role": "r"}, "Parameters": {}, "End": true}"#,
            &[
                "SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at /States/A/Credentials",
            ],
        );
        check_whole(
            "{}",
            &["SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt, States] at /"],
        );
        check_whole(
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
                "A": {"Type": "Pass", "QueryLanguage": "JSONPath", "Output": {}, "End": true}}}"#,
            &[
                "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
            ],
        );
    }

    /// What the service answered others who asked it for each of these (reports of August and September 2026).
    #[test]
    fn published_texts() {
        for (state, expected) in [
            (
                r#"{"Type": "Pass", "TimeoutSeconds": 5, "End": true}"#,
                "Field 'TimeoutSeconds' is not supported at /States/A",
            ),
            (
                r#"{"Type": "Pass", "Output": {}, "End": true}"#,
                "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A",
            ),
            (
                r#"{"Type": "Pass"}, "B": {"Type": "Pass", "Next": "A"}, "C": {"Type": "Succeed"}"#,
                "This object should have only one of the following fields: [Next, End] at /States/A",
            ),
            (
                r#"{"Type": "Wait", "Timestamp": "2026-01-01T00:00:00Z", "Seconds": 1, "TimestampPath": "$.t", "End": true}"#,
                "There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/A",
            ),
            (
                r#"{"Type": "Choice", "Choices": []}, "E": {"Type": "Succeed"}"#,
                "Value cannot be empty at /States/A/Choices",
            ),
            (
                r#"{"Type": "Choice", "Choices": [{"Next": "E"}]}, "E": {"Type": "Succeed"}"#,
                "The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/A/Choices[0]",
            ),
            (
                r#"{"Type": "Choice", "Choices": [{"Variable": "a", "IsNull": true, "Next": "E"}]}, "E": {"Type": "Succeed"}"#,
                "Value is not a Reference Path: Reference path didn't start with '$' at /States/A/Choices[0]/Variable",
            ),
            (
                r#"{"Type": "Pass", "InputPath": "a", "End": true}"#,
                "Value must be a valid JSONPath. at /States/A/InputPath",
            ),
            (
                r#"{"Type": "Pass", "ResultPath": "$.a[*]", "End": true}"#,
                "Value is not a Reference Path at /States/A/ResultPath",
            ),
            (
                r#"{"Type": "Wait", "Seconds": -1, "End": true}"#,
                "Minimum value is 0 at /States/A/Seconds",
            ),
            (
                r#"{"Type": "Task", "Resource": "charge", "End": true}"#,
                "Value is not a valid resource ARN at /States/A/Resource",
            ),
            (
                r#"{"Type": "Pass", "QueryLanguage": 5, "End": true}"#,
                "Expected value of type [STRING] at /States/A/QueryLanguage",
            ),
            (
                r#"{"Type": "Map", "ToleratedFailurePercentage": 101, "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}, "End": true}"#,
                "Maximum value is 100.0 at /States/A/ToleratedFailurePercentage",
            ),
        ] {
            let expected = format!("SCHEMA_VALIDATION_FAILED: {expected}");
            let text = format!(r#"{{"StartAt": "A", "States": {{"A": {state}}}}}"#);
            let found = sentences(&text, MachineType::Standard, Severity::Error);
            assert_eq!(found.first(), Some(&expected), "{state}: {found:#?}");
        }
        check_express(
            r#"{"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true}"#,
            &[
                "SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN at /States/A/Resource",
            ],
        );
    }

    #[test]
    fn ways() {
        let no_end = "MISSING_END_STATE: Workflow has no terminal state at null";
        check(
            r#"{"Type": "Pass", "Next": "B"}, "C": {"Type": "Succeed"}"#,
            &[
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
                "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C",
            ],
        );
        // Without an end, nothing is said of what nothing leads to.
        check(
            r#"{"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}, "C": {"Type": "Pass", "Next": "A"}"#,
            &[no_end],
        );
        check(
            r#"{"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "X"}], "Default": "Y"}, "E": {"Type": "Succeed"}"#,
            &[
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Choices[0]/Next",
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: Y at /States/A/Default",
                "MISSING_TRANSITION_TARGET: State \"E\" is not reachable. at /States/E",
            ],
        );
        check_whole(
            r#"{"StartAt": "No", "States": {"A/b": {"Type": "Succeed"}}}"#,
            &[
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: No at /StartAt",
                "MISSING_TRANSITION_TARGET: State \"A/b\" is not reachable. at /States/A/b",
            ],
        );
        // Only the whole machine has to have an end.
        check(
            r#"{"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "Next": "I"}}}, "End": true}"#,
            &[],
        );
        check_whole(
            "[]",
            &["SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null"],
        );
    }

    #[test]
    fn a_refusal_says_all() {
        let findings = verdict(
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "$.a", "Next": "B"}}}"#,
            MachineType::Standard,
        );
        assert_eq!(
            refusal(&findings).as_deref(),
            Some(
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, MISSING_END_STATE: Workflow has no \
                 terminal state at null"
            )
        );
        let warning = verdict(
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "$.a", "End": true}}}"#,
            MachineType::Standard,
        );
        assert_eq!(refusal(&warning), None);
    }

    /// The service's codes and places; the sentences are ours.
    #[test]
    fn warnings() {
        for (state, code, location) in [
            (
                r#"{"Type": "Pass", "Parameters": {"a": "$.a"}, "End": true}"#,
                "NO_DOLLAR",
                "/States/A/Parameters/a",
            ),
            (
                r#"{"Type": "Fail", "Cause": "$.a"}"#,
                "NO_PATH",
                "/States/A/Cause",
            ),
            (
                r#"{"Type": "Pass", "Result": {"a.$": "$.a"}, "End": true}"#,
                "PASS_RESULT_IS_STATIC",
                "/States/A/Result",
            ),
        ] {
            let text = format!(r#"{{"StartAt": "A", "States": {{"A": {state}}}}}"#);
            let found: Vec<_> = verdict(&text, MachineType::Standard)
                .into_iter()
                .map(|finding| {
                    (
                        finding.severity,
                        finding.code,
                        finding.location.unwrap_or_default(),
                    )
                })
                .collect();
            assert_eq!(found, [(Severity::Warning, code, location.to_owned())], "{state}");
        }
    }
}
