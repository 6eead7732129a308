//! ValidateStateMachineDefinition: all that the service would say of a definition; warnings only if they are asked for.

use asl::diagnostics::Severity;
use runtime::registry::Kind;
use serde_json::{Value, json};

use super::{Answer, object};
use crate::definition;
use crate::members::{Member, Request, Rule, optional, required};

pub(super) const MEMBERS: &[Member] = &[
    required("definition", Rule::Text(1, 1_048_576)),
    optional("type", Rule::OneOf(&["STANDARD", "EXPRESS"])),
    optional("severity", Rule::OneOf(&["ERROR", "WARNING"])),
    optional("maxResults", Rule::Integer(0, 100)),
];

/// Diagnostics where `maxResults` is 0 or absent.
const MOST: usize = 100;

pub(super) fn perform(request: &Request) -> Answer {
    let kind = match request.text("type") {
        Some("EXPRESS") => Kind::Express,
        _ => Kind::Standard,
    };
    let mut findings = definition::findings(request.needed("definition"), kind);
    if request.text("severity") != Some("WARNING") {
        findings.retain(|finding| finding.severity == Severity::Error);
    }
    let refused = findings.iter().any(|finding| finding.severity == Severity::Error);
    let most = match request.integer("maxResults").map(usize::try_from) {
        Some(Ok(most)) if most > 0 => most,
        _ => MOST,
    };
    let diagnostics = findings.iter().take(most).map(|finding| {
        object(vec![
            ("severity", json!(severity(finding.severity))),
            ("code", json!(finding.code)),
            ("message", json!(finding.message)),
            ("location", json!(finding.location)),
        ])
    });
    Ok(json!({
        "result": if refused { "FAIL" } else { "OK" },
        "diagnostics": diagnostics.collect::<Vec<Value>>(),
        "truncated": findings.len() > most,
    }))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning | Severity::Info => "WARNING",
    }
}
