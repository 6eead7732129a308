//! What was found, told as text, as JSON lines, or as SARIF 2.1.0 (the format that code hosts show beside the code).

use std::path::Path;

use asl::diagnostics::{Diagnostic, Severity};
use asl::text::position::Positions;
use serde_json::{Value, json};

use crate::arguments::ReportFormat;
use crate::excerpt::{self, Source};
use crate::failure::Failure;
use crate::screen::{Look, Screen};

/// Where the page of a code is.
const PAGES: &str = "https://github.com/stepwell/stepwell/blob/main/docs/diagnostics";

/// What was found so far.
pub(super) struct Report {
    format: ReportFormat,
    definitions: usize,
    errors: usize,
    warnings: usize,
    /// SARIF is one document, so its results are gathered.
    results: Vec<Value>,
}

impl Report {
    pub(super) fn new(format: ReportFormat) -> Self {
        Self {
            format,
            definitions: 0,
            errors: 0,
            warnings: 0,
            results: Vec::new(),
        }
    }

    /// A path that can't be read, or has nothing to check.
    pub(super) fn unreadable(
        &mut self,
        path: &Path,
        failure: &Failure,
        screen: &mut Screen,
    ) -> Result<(), Failure> {
        self.errors += 1;
        let (path, message) = (path.to_string_lossy(), failure.message());
        match self.format {
            ReportFormat::Text => {
                screen.tell(failure);
            }
            ReportFormat::Json => screen
                .line(json!({"path": path, "severity": "error", "code": "unreadable", "message": message}))?,
            ReportFormat::Sarif => self.results.push(json!({
                "ruleId": "unreadable",
                "level": "error",
                "message": {"text": message},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&path)}}}],
            })),
        }
        Ok(())
    }

    /// A definition, with all that is wrong with it.
    pub(super) fn definition(
        &mut self,
        source: &Source,
        diagnostics: &[Diagnostic],
        screen: &mut Screen,
    ) -> Result<(), Failure> {
        self.definitions += 1;
        self.found(source, diagnostics, screen)
    }

    /// What is wrong in a file.
    pub(super) fn found(
        &mut self,
        source: &Source,
        diagnostics: &[Diagnostic],
        screen: &mut Screen,
    ) -> Result<(), Failure> {
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => {}
            }
        }
        if self.format == ReportFormat::Text {
            let text = excerpt::render(source, diagnostics, screen.colour);
            return Ok(screen.bytes(text.as_bytes())?);
        }
        let positions = Positions::new(source.text.clone());
        for diagnostic in diagnostics {
            match self.format {
                ReportFormat::Sarif => self.results.push(result(source, &positions, diagnostic)),
                _ => screen.line(line(source, &positions, diagnostic))?,
            }
        }
        Ok(())
    }

    /// The last words. Gives the number of errors.
    pub(super) fn finish(self, screen: &mut Screen) -> Result<usize, Failure> {
        let (definitions, errors, warnings) = (self.definitions, self.errors, self.warnings);
        match self.format {
            ReportFormat::Text => screen.line(summary(definitions, errors, warnings, screen))?,
            ReportFormat::Json => {
                screen.line(json!({"definitions": definitions, "errors": errors, "warnings": warnings}))?;
            }
            ReportFormat::Sarif => screen.line(format_args!("{:#}", sarif(self.results)))?,
        }
        Ok(errors)
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn line(source: &Source, positions: &Positions, diagnostic: &Diagnostic) -> Value {
    let at = excerpt::position(source, positions, diagnostic.range.start);
    json!({
        "path": source.path.to_string_lossy(),
        "line": at.line,
        "column": at.column,
        "severity": severity(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "pointer": diagnostic.pointer,
        "state": diagnostic.state,
        "fix": diagnostic.fix.as_ref().map(|fix| &fix.label),
    })
}

fn summary(definitions: usize, errors: usize, warnings: usize, screen: &Screen) -> String {
    let many = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let found = match (errors, warnings) {
        (0, 0) => screen.look(Look::Good, "nothing is wrong"),
        (0, _) => screen.look(Look::Waiting, many(warnings, "warning")),
        (_, 0) => screen.look(Look::Bad, many(errors, "error")),
        _ => screen.look(
            Look::Bad,
            format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
        ),
    };
    format!("{}: {found}", many(definitions, "definition"))
}

/// A path as a relative reference; separators stay, what a URI can't have is encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                out.push(byte.into())
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A region of the file. SARIF counts lines and columns from 1, and a region's end is behind its last character.
fn region(source: &Source, positions: &Positions, start: usize, end: usize) -> Value {
    let (start, end) = (
        excerpt::position(source, positions, start),
        excerpt::position(source, positions, end),
    );
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn result(source: &Source, positions: &Positions, diagnostic: &Diagnostic) -> Value {
    let artifact = json!({"uri": uri(&source.path.to_string_lossy())});
    let region = |start, end| region(source, positions, start, end);
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level,
        "message": {"text": diagnostic.message},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": artifact,
                "region": region(diagnostic.range.start, diagnostic.range.end),
            },
            "logicalLocations": [{"fullyQualifiedName": diagnostic.pointer}],
        }],
    });
    if let Some(fix) = &diagnostic.fix {
        let replacements: Vec<_> = fix
            .changes
            .list()
            .iter()
            .map(|change| {
                json!({
                    "deletedRegion": region(change.range.start, change.range.end),
                    "insertedContent": {"text": change.insert},
                })
            })
            .collect();
        result["fixes"] = json!([{
            "description": {"text": fix.label},
            "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        }]);
    }
    result
}

fn sarif(results: Vec<Value>) -> Value {
    let mut codes: Vec<_> = results
        .iter()
        .filter_map(|result| result["ruleId"].as_str().map(str::to_owned))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<_> = codes
        .into_iter()
        .map(|code| match code.starts_with("SW") {
            true => json!({"id": code, "helpUri": format!("{PAGES}/{code}.md")}),
            false => json!({"id": code}),
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "stepwell",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://github.com/stepwell/stepwell",
                "rules": rules,
            }},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_references() {
        for (path, expected) in [
            ("a/b.asl.json", "a/b.asl.json"),
            ("mein Projekt/ñ.json", "mein%20Projekt/%C3%B1.json"),
            ("a\\b.json", "a/b.json"),
            ("100%.json", "100%25.json"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
