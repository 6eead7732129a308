//! `stepwell validate`: what is wrong with definitions and templates.
//!
//! | file | what it is |
//! |---|---|
//! | `validate/report.rs` | what was found, as text, JSON lines or SARIF |
//! | `validate/fix.rs` | `--fix`: the fixes that keep what the user wrote, made in the file |

mod fix;
mod report;

use asl::diagnostics::{Diagnostic, Severity};

use crate::arguments::Validate;
use crate::excerpt::Source;
use crate::failure::{Failure, WRONG};
use crate::screen::Screen;
use crate::target::Target;
use report::Report;

pub(crate) fn validate(arguments: &Validate, screen: &mut Screen) -> Result<u8, Failure> {
    let mut report = Report::new(arguments.format());
    for path in &arguments.paths {
        let target = match Target::open(path) {
            Ok(target) => target,
            Err(failure) => {
                report.unreadable(path, &failure, screen)?;
                continue;
            }
        };
        project_problems(&target, &mut report, screen)?;
        let workflows = target.workflows();
        if workflows.is_empty() && target.workspace.project().problems.is_empty() {
            let failure = Failure::with_help(
                format_args!("{} has no workflow, so there is nothing to check", path.display()),
                "Give a folder with a state machine in template.yaml or a *.asl.json, or a definition.",
            );
            report.unreadable(path, &failure, screen)?;
        }
        definitions(&target, arguments.fix, &mut report, screen)?;
    }
    let errors = report.finish(screen)?;
    Ok(if errors > 0 { WRONG } else { 0 })
}

fn project_problems(target: &Target, report: &mut Report, screen: &mut Screen) -> Result<(), Failure> {
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
            said: None,
        };
        report.found(&source, &[diagnostic], screen)?;
    }
    Ok(())
}

fn definitions(target: &Target, mend: bool, report: &mut Report, screen: &mut Screen) -> Result<(), Failure> {
    let mut seen = Vec::new();
    for workflow in target.workflows() {
        if seen.contains(&&workflow.document) {
            continue;
        }
        seen.push(&workflow.document);
        let document = target.document(workflow).and_then(|document| match mend {
            true => fix::fix(target, workflow, document, screen),
            false => Ok(document),
        });
        match document {
            Ok(document) => report.definition(&document.source, &document.diagnostics(), screen)?,
            Err(failure) => {
                report.unreadable(&target.shown(&workflow.document.path), &failure, screen)?;
            }
        }
    }
    Ok(())
}
