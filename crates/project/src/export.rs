//! Plain ASL JSON that AWS accepts, from a definition as the project has it. What runs locally is what is exported.

use std::collections::{BTreeMap, BTreeSet};

use asl::text::{Format, Tree};

use crate::Workflow;
use crate::substitution::{substitute, without_calls};

/// What becomes of `${Name}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholders {
    /// It gives way to what the project knows for it.
    Resolve,
    /// It stays.
    Keep,
}

/// A definition as ASL JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AslJson {
    /// The text. A JSON definition keeps its layout; a YAML one is indented by two.
    pub text: String,
    /// `${…}` that nothing is known for, left as they are.
    pub unresolved: BTreeSet<String>,
}

/// Why a definition can't be exported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ExportError {
    /// Counted from 1.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
}

/// A workflow's definition as ASL JSON.
///
/// # Errors
/// The first fault of a text that is not JSON or YAML.
pub fn asl_json(
    text: &str,
    format: Format,
    workflow: &Workflow,
    placeholders: Placeholders,
) -> Result<AslJson, ExportError> {
    let none = BTreeMap::new();
    let values = match placeholders {
        Placeholders::Resolve => &workflow.substitutions,
        Placeholders::Keep => &none,
    };
    let substituted = substitute(&without_calls(text, format, &workflow.calls), format, values);
    let tree = Tree::parse(substituted.text.as_str(), format);
    if let Some(fault) = tree.faults().first() {
        let position =
            asl::text::position::Positions::new(substituted.text.as_str()).line_column(fault.range.start);
        return Err(ExportError {
            line: position.line,
            message: fault.message.clone(),
        });
    }
    let text = match (format, tree.root().and_then(|root| root.to_value())) {
        (Format::Json, _) => substituted.text,
        (Format::Yaml, Some(value)) => value.to_json_pretty() + "\n",
        (Format::Yaml, None) => {
            return Err(ExportError {
                line: 1,
                message: "there is no definition".into(),
            });
        }
    };
    Ok(AslJson {
        text,
        unresolved: substituted.unresolved,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_as_json() {
        let mut workflow = crate::workflow_of("a.asl.json");
        workflow.substitutions = BTreeMap::from([("Arn".to_owned(), "arn:x".to_owned())]);
        for (text, format, expected) in [
            (
                "{ \"A\":\t\"${Arn}\" }\n",
                Format::Json,
                Ok("{ \"A\":\t\"arn:x\" }\n"),
            ),
            (
                "StartAt: A\nN: 1.0\nR: '${Arn}/${B}'\n",
                Format::Yaml,
                Ok("{\n  \"StartAt\": \"A\",\n  \"N\": 1.0,\n  \"R\": \"arn:x/${B}\"\n}\n"),
            ),
            ("{\n\"A\": }", Format::Json, Err(2)),
        ] {
            let result = asl_json(text, format, &workflow, Placeholders::Resolve);
            assert_eq!(
                result
                    .as_ref()
                    .map(|json| json.text.as_str())
                    .map_err(|error| error.line),
                expected
            );
        }
    }
}
