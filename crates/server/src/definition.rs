//! Definitions in requests: whether the service takes them, and what it says of them.

use asl::definition::Definition;
use asl::diagnostics::Severity;
use asl::text::{Format, Tree};
use asl::variables;
use asl::verdict::{Finding, refusal, verdict};
use asl::words::MachineType;
use runtime::registry::Kind;
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::json_fault;

/// All that the service would say of a definition; none = it takes it.
pub(crate) fn findings(text: &str, kind: Kind) -> Vec<Finding> {
    match json_fault::parse(text) {
        // Nothing but white space is no definition, but no bad JSON either.
        Err(_) if text.trim().is_empty() => verdict("null", MachineType::Standard),
        Err(fault) => vec![Finding {
            severity: Severity::Error,
            code: "INVALID_JSON_DESCRIPTION",
            message: format!("{}\n at {}", fault.message, fault.location),
            location: Some(fault.location),
        }],
        Ok(_) => verdict(text, machine_type(kind)),
    }
}

fn machine_type(kind: Kind) -> MachineType {
    match kind {
        Kind::Standard => MachineType::Standard,
        Kind::Express => MachineType::Express,
    }
}

/// Takes a definition, or says what is wrong with it.
pub(crate) fn accept(text: &str, kind: Kind) -> Result<(), Fault> {
    match refusal(&findings(text, kind)) {
        None => Ok(()),
        Some(refusal) => Err(Fault::invalid_definition(&refusal)),
    }
}

/// `variableReferences`: which variables each state reads; null where none reads any.
pub(crate) fn variable_references(text: &str) -> Value {
    let tree = Tree::parse(text, Format::Json);
    let references = variables::references(&tree, &Definition::read(&tree));
    if references.is_empty() {
        return Value::Null;
    }
    let states = references.into_iter().map(|(state, mut names)| {
        names.sort_unstable();
        (state.to_string(), json!(names))
    });
    Value::Object(states.collect())
}
