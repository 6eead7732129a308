//! What the service says of the same thing, in ValidateStateMachineDefinition and in CreateStateMachine's refusal.
//!
//! | code | of |
//! |---|---|
//! | [`SCHEMA`] | most errors |
//! | [`TARGET`] | a transition to nowhere, a state that nothing leads to |
//! | [`END_STATE`] | a machine without an end |
//! | [`DUPLICATE_STATE`], [`STATE_NAME`] | names of states |
//! | [`DUPLICATE_LABEL`], [`LABEL_NAME`] | labels of Distributed Maps |
//! | [`INVALID_JSONATA`] | an expression that cannot be read |
//! | [`TOO_DEEP`] | states within states without end |
//! | [`NO_DOLLAR`], [`NO_PATH`], [`STATIC_RESULT`] | warnings: a path that stands where it is ordinary text |
//!
//! The codes are those of the API reference, "ValidateStateMachineDefinitionDiagnostic". The sentences are the service's
//! where they were recorded or published by others who asked it; `docs/conformance.md` lists which are ours.

use super::Diagnostic;
use crate::text::{Kind, Node};

pub(crate) const SCHEMA: &str = "SCHEMA_VALIDATION_FAILED";
pub(crate) const TARGET: &str = "MISSING_TRANSITION_TARGET";
pub(crate) const END_STATE: &str = "MISSING_END_STATE";
pub(crate) const DUPLICATE_STATE: &str = "DUPLICATE_STATE_NAME";
pub(crate) const STATE_NAME: &str = "INVALID_STATE_NAME";
pub(crate) const DUPLICATE_LABEL: &str = "DUPLICATE_LABEL_NAME";
pub(crate) const LABEL_NAME: &str = "INVALID_LABEL_NAME";
pub(crate) const INVALID_JSONATA: &str = "INVALID_JSONATA_EXPRESSION";
pub(crate) const TOO_DEEP: &str = "TOO_DEEPLY_NESTED";
pub(crate) const NO_DOLLAR: &str = "NO_DOLLAR";
pub(crate) const NO_PATH: &str = "NO_PATH";
pub(crate) const STATIC_RESULT: &str = "PASS_RESULT_IS_STATIC";

/// The service's code, sentence and place for a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// One of this module's codes.
    pub code: &'static str,
    /// The sentence, without the place.
    pub message: String,
    /// `/States/X/Choices[0]/Next`; none where the service names no place.
    pub location: Option<String>,
}

impl Diagnostic {
    /// Adds what the service says, and of which node.
    pub(super) fn said(mut self, code: &'static str, node: Node<'_>, message: String) -> Diagnostic {
        self.said = Some(Said {
            code,
            message,
            location: Some(place(node)),
        });
        self
    }

    /// Adds what the service says without naming a place.
    pub(super) fn said_nowhere(mut self, code: &'static str, message: &str) -> Diagnostic {
        self.said = Some(Said {
            code,
            message: message.to_owned(),
            location: None,
        });
        self
    }
}

/// That several fields are there, of which an object may have one.
pub(crate) fn only_one(names: &[&str]) -> String {
    format!(
        "There should only be one of the following fields: [{}]",
        names.join(", ")
    )
}

/// That an object has none of some fields.
pub(crate) fn needs_one(names: &[&str]) -> String {
    format!(
        "This object should have only one of the following fields: [{}]",
        names.join(", ")
    )
}

/// Where a node is, as the service writes it: names as they are, indices in brackets, `/` for the whole. A key's and a
/// member's place is its value's.
pub(crate) fn place(node: Node<'_>) -> String {
    let mut parts = Vec::new();
    let mut node = node;
    while let Some(parent) = node.parent() {
        match parent.kind() {
            Kind::Array => {
                let at = parent.items().take_while(|item| item.id() != node.id()).count();
                parts.push(format!("[{at}]"));
            }
            Kind::Object => {
                let name = node.as_member().map(|member| member.name).unwrap_or_default();
                parts.push(format!("/{name}"));
            }
            _ => {}
        }
        node = parent;
    }
    match parts.is_empty() {
        true => "/".to_owned(),
        false => parts.into_iter().rev().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Format, Tree};

    #[test]
    fn places() {
        let tree = Tree::parse(
            r#"{"States": {"a/b~": {"Choices": [1, {"Next": 2}]}}}"#,
            Format::Json,
        );
        for (pointer, expected) in [
            ("", "/"),
            ("/States/a~1b~0", "/States/a/b~"),
            ("/States/a~1b~0/Choices/1/Next", "/States/a/b~/Choices[1]/Next"),
        ] {
            let node = tree.root().and_then(|root| root.at(pointer)).unwrap();
            assert_eq!(place(node), expected);
        }
    }
}
