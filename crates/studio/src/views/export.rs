//! Export, and what a run needs: both start from the same ASL JSON.

use std::sync::Arc;

use ::project::Workflow;
use ::project::export::{Placeholders, asl_json};
use ::runtime::{NotRunnable, StartRun as Wish};
use asl::diagnostics;
use asl::text::Format;

use crate::contract::{CallError, Exported};
use crate::handlers::document_error;
use crate::open::Open;

fn find(open: &Open, workflow: &str) -> Result<Workflow, CallError> {
    let workspace = open.workspace();
    let found = workspace
        .project()
        .workflows
        .iter()
        .find(|candidate| candidate.id == workflow);
    found.cloned().ok_or_else(|| {
        CallError::new(
            "workflow.unknown",
            format!("There is no workflow “{workflow}” in this project."),
        )
    })
}

/// The workflow's text as it is open now, saved or not.
fn text(open: &Open, workflow: &Workflow) -> Result<(Arc<str>, Format), CallError> {
    let mut workspace = open.workspace();
    let document = workspace.document(&workflow.document).map_err(document_error)?;
    Ok((document.document.text().clone(), document.document.format()))
}

pub(crate) fn export_json(open: &Open, workflow: &str, keep: bool) -> Result<Exported, CallError> {
    let workflow = find(open, workflow)?;
    let (text, format) = text(open, &workflow)?;
    let placeholders = if keep {
        Placeholders::Keep
    } else {
        Placeholders::Resolve
    };
    let json = asl_json(&text, format, &workflow, placeholders)
        .map_err(|error| CallError::new("export.malformed", format!("{}, {error}.", workflow.document)))?;
    Ok(Exported {
        text: json.text,
        path: None,
        suggested_name: format!("{}.asl.json", workflow.name),
        unresolved: if keep {
            Vec::new()
        } else {
            json.unresolved.into_iter().collect()
        },
    })
}

pub(crate) fn export_svg(open: &Open, workflow: &str, dark: bool) -> Result<Exported, CallError> {
    let workflow = find(open, workflow)?;
    let analysis = open
        .workspace()
        .document(&workflow.document)
        .map_err(document_error)?
        .document
        .analysis();
    let mut cache = ::diagram::LayoutCache::default();
    let drawing = ::diagram::layout(&analysis.definition, &::diagram::Options::default(), &mut cache);
    let theme = if dark {
        ::diagram::Theme::Dark
    } else {
        ::diagram::Theme::Light
    };
    Ok(Exported {
        text: ::diagram::to_svg(&drawing, &analysis.definition, theme),
        path: None,
        suggested_name: format!("{}.svg", workflow.name),
        unresolved: Vec::new(),
    })
}

/// A workflow ready to run, from its open text.
pub(crate) fn prepare(open: &Open, workflow: &str) -> Result<Wish, CallError> {
    let workflow = find(open, workflow)?;
    let (text, format) = text(open, &workflow)?;
    let place = open.workspace().place().clone();
    Wish::of(&workflow, &text, format, place).map_err(|problem| match problem {
        NotRunnable::Malformed(error) => {
            CallError::new("run.malformed", format!("{}, {error}.", workflow.document))
        }
        NotRunnable::Invalid { problems, .. } => invalid(&workflow, &problems),
    })
}

fn invalid(workflow: &Workflow, problems: &[diagnostics::Diagnostic]) -> CallError {
    let errors: Vec<_> = problems
        .iter()
        .filter(|problem| problem.severity == diagnostics::Severity::Error)
        .collect();
    let message = match errors.as_slice() {
        [] => format!("{} can't run.", workflow.document),
        [one] => format!("{} can't run: {}.", workflow.document, one.message),
        [first, rest @ ..] => {
            format!(
                "{} can't run: {} (and {} more).",
                workflow.document,
                first.message,
                rest.len()
            )
        }
    };
    CallError::new("run.invalid", message).hint("The Problems tab lists what to mend.")
}
