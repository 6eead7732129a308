//! `stepwell validate`: what is wrong with definitions and templates.

use asl::diagnostics::{Diagnostic, Severity};
use asl::text::position::Positions;
use serde_json::json;

use crate::arguments::Validate;
use crate::excerpt::{self, Source};
use crate::failure::{Failure, WRONG};
use crate::screen::{Look, Screen};
use crate::target::Target;

/// What was found so far.
#[derive(Default)]
struct Counts {
    definitions: usize,
    errors: usize,
    warnings: usize,
}

impl Counts {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => {}
        }
    }
}

pub(crate) fn validate(arguments: &Validate, screen: &mut Screen) -> Result<u8, Failure> {
    let mut counts = Counts::default();
    for path in &arguments.paths {
        let target = match Target::open(path) {
            Ok(target) => target,
            Err(failure) if arguments.json => {
                counts.errors += 1;
                let message = message_of(&failure);
                let path = path.to_string_lossy();
                screen.line(
                    json!({"path": path, "severity": "error", "code": "unreadable", "message": message}),
                )?;
                continue;
            }
            Err(failure) => {
                counts.errors += 1;
                screen.tell(&failure);
                continue;
            }
        };
        project_problems(&target, arguments.json, &mut counts, screen)?;
        definitions(&target, arguments.json, &mut counts, screen)?;
    }
    summary(&counts, arguments.json, screen)?;
    Ok(if counts.errors > 0 { WRONG } else { 0 })
}

fn message_of(failure: &Failure) -> &str {
    match failure {
        Failure::Message { message, .. } => message,
        Failure::Told | Failure::Closed => "",
    }
}

fn project_problems(
    target: &Target,
    json: bool,
    counts: &mut Counts,
    screen: &mut Screen,
) -> Result<(), Failure> {
    // A single definition is not asked about the template beside it.
    if target.workspace.opened().is_some() {
        return Ok(());
    }
    for problem in &target.workspace.project().problems {
        let severity = if problem.is_error {
            Severity::Error
        } else {
            Severity::Warning
        };
        counts.add(severity);
        let text = target.workspace.text(&problem.path).unwrap_or_default();
        let source = Source {
            path: target.shown(&problem.path),
            text,
            offset: 0,
        };
        let offset = problem.offset.unwrap_or(0);
        let diagnostic = Diagnostic {
            code: "project",
            severity,
            message: problem.message.clone(),
            range: offset..offset,
            pointer: String::new(),
            state: None,
            fix: None,
        };
        print(&source, &[diagnostic], json, screen)?;
    }
    Ok(())
}

fn definitions(target: &Target, json: bool, counts: &mut Counts, screen: &mut Screen) -> Result<(), Failure> {
    let mut seen = Vec::new();
    for workflow in target.workflows() {
        if seen.contains(&&workflow.document) {
            continue;
        }
        seen.push(&workflow.document);
        counts.definitions += 1;
        match target.document(workflow) {
            Ok(document) => {
                let diagnostics = document.diagnostics();
                diagnostics
                    .iter()
                    .for_each(|diagnostic| counts.add(diagnostic.severity));
                print(&document.source, &diagnostics, json, screen)?;
            }
            Err(failure) if json => {
                counts.errors += 1;
                let path = target.shown(&workflow.document.path);
                let message = message_of(&failure);
                screen.line(json!({"path": path.to_string_lossy(), "severity": "error", "code": "unreadable", "message": message}))?;
            }
            Err(failure) => {
                counts.errors += 1;
                screen.tell(&failure);
            }
        }
    }
    Ok(())
}

fn print(
    source: &Source,
    diagnostics: &[Diagnostic],
    json: bool,
    screen: &mut Screen,
) -> Result<(), Failure> {
    if !json {
        let text = excerpt::render(source, diagnostics, screen.colour);
        screen.bytes(text.as_bytes())?;
        return Ok(());
    }
    let positions = Positions::new(source.text.clone());
    for diagnostic in diagnostics {
        let at = excerpt::position(source, &positions, diagnostic);
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        screen.line(json!({
            "path": source.path.to_string_lossy(),
            "line": at.line,
            "column": at.column,
            "severity": severity,
            "code": diagnostic.code,
            "message": diagnostic.message,
            "pointer": diagnostic.pointer,
            "state": diagnostic.state,
            "fix": diagnostic.fix.as_ref().map(|fix| &fix.label),
        }))?;
    }
    Ok(())
}

fn summary(counts: &Counts, json: bool, screen: &mut Screen) -> Result<(), Failure> {
    let Counts {
        definitions,
        errors,
        warnings,
    } = *counts;
    if json {
        screen.line(json!({"definitions": definitions, "errors": errors, "warnings": warnings}))?;
        return Ok(());
    }
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
    screen.line(format_args!("{}: {found}", many(definitions, "definition")))?;
    Ok(())
}
