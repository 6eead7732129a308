//! Documents: status, changes, analysis, drawing; and gestures, the other way.

use std::collections::BTreeMap;
use std::sync::Arc;

use ::diagram::{Diagram, LayoutCache, Options};
use ::project::DocumentId;
use ::workspace::disk::OpenDocument;
use ::workspace::document::{Analysis, Applied};
use asl::definition::{Definition, StateOutline};
use asl::diagnostics;
use asl::text::Format;
use asl::words::StateType;

use crate::bus::Understood;
use crate::contract::*;

/// A document's drawing.
#[derive(Default)]
pub(crate) struct Drawing {
    cache: LayoutCache,
    /// The newest analysis, and how it is drawn.
    drawn: Option<(Arc<Analysis>, Arc<DiagramView>)>,
}

impl Drawing {
    /// The drawing of an analysis: the same one as before where it looks the same.
    fn of(&mut self, analysis: &Arc<Analysis>) -> Arc<DiagramView> {
        let view = match self.drawn.take() {
            // Most keys change nothing that is drawn.
            Some((drawn, view)) if ::diagram::is_drawn_alike(&drawn.definition, &analysis.definition) => view,
            before => {
                let diagram = ::diagram::layout(&analysis.definition, &Options::default(), &mut self.cache);
                let view = diagram_view(&diagram);
                let known = before.map(|(_, known)| known).filter(|known| **known == view);
                known.unwrap_or_else(|| Arc::new(view))
            }
        };
        self.drawn = Some((analysis.clone(), view.clone()));
        view
    }
}

pub(crate) fn format_name(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Yaml => "yaml",
    }
}

pub(crate) fn status(open: &OpenDocument) -> DocumentStatus {
    DocumentStatus {
        document: open.id.to_string(),
        dirty: open.is_dirty(),
        undo: open.document.undo_label().map(str::to_owned),
        redo: open.document.redo_label().map(str::to_owned),
        conflict: open.conflict().map(|conflict| DiskConflict {
            disk: conflict.disk.to_string(),
            lines: conflict.lines.clone(),
        }),
        missing: open.is_missing(),
        recovered: open.is_recovered(),
        read_only: open.document.is_read_only(),
        unprotected: open.unprotected().map(str::to_owned),
    }
}

pub(crate) fn changed(id: &DocumentId, applied: Applied) -> DocumentChanged {
    let changes = applied
        .utf16
        .into_iter()
        .map(|(from, to, insert)| Change { from, to, insert })
        .collect();
    DocumentChanged {
        document: id.to_string(),
        base_version: applied.base,
        version: applied.version,
        changes,
        origin: applied.origin,
        select: applied.select,
    }
}

/// What is understood of a document. `names` says what `${…}` stands for.
pub(crate) fn understood(
    id: &DocumentId,
    analysis: &Arc<Analysis>,
    names: &BTreeMap<String, String>,
    drawing: &mut Drawing,
) -> Understood {
    Understood {
        document: id.to_string(),
        version: analysis.version,
        query_language: analysis.definition.query_language.name().to_owned(),
        states: states(analysis, names),
        diagram: drawing.of(analysis),
        diagnostics: analysis
            .diagnostics
            .iter()
            .map(|diagnostic| problem(analysis, diagnostic))
            .collect(),
    }
}

fn states(analysis: &Analysis, names: &BTreeMap<String, String>) -> Vec<StateView> {
    let mut worst = std::collections::HashMap::new();
    for diagnostic in &analysis.diagnostics {
        if let Some(state) = &diagnostic.state {
            let severity = severity(diagnostic.severity);
            worst
                .entry(state.as_str())
                .and_modify(|known: &mut Severity| *known = (*known).min(severity))
                .or_insert(severity);
        }
    }
    let definition = &analysis.definition;
    definition
        .states
        .iter()
        .map(|state| {
            state_view(
                analysis,
                definition,
                state,
                worst.get(state.key.as_str()).copied(),
                names,
            )
        })
        .collect()
}

fn state_view(
    analysis: &Analysis,
    definition: &Definition,
    state: &StateOutline,
    severity: Option<Severity>,
    names: &BTreeMap<String, String>,
) -> StateView {
    let unit = |offset| u32::try_from(analysis.positions.utf16(offset)).unwrap_or(u32::MAX);
    let name = analysis.tree.node(state.key_node).range();
    let next = state
        .transitions
        .iter()
        .filter_map(|transition| transition.target_ix);
    StateView {
        key: state.key.clone(),
        name: state.name.to_string(),
        state_type: state.state_type.map(|kind| kind.name().to_owned()),
        summary: summary(state, names),
        icon: icon(state).to_owned(),
        pointer: state.pointer.clone(),
        from: unit(state.range.start),
        to: unit(state.range.end),
        line: analysis.positions.line_column(name.start).line,
        severity,
        next: next.map(|target| definition.at(target).key.clone()).collect(),
    }
}

/// What a state does; a function that is named by a placeholder is shown by its own name.
fn summary(state: &StateOutline, names: &BTreeMap<String, String>) -> String {
    let called = state.summary.strip_prefix("Lambda · ");
    match called.and_then(|called| names.get(called)) {
        Some(arn) => format!("Lambda · {}", arn.rsplit(':').next().unwrap_or(arn)),
        None => state.summary.clone(),
    }
}

fn icon(state: &StateOutline) -> &'static str {
    match state.state_type {
        Some(StateType::Task) if state.summary.starts_with("Lambda") => "function",
        Some(StateType::Task) if state.summary.starts_with("Activity") => "activity",
        Some(StateType::Task) => "service",
        Some(StateType::Choice) => "choice",
        Some(StateType::Parallel) => "parallel",
        Some(StateType::Map) => "map",
        Some(StateType::Pass) => "pass",
        Some(StateType::Wait) => "wait",
        Some(StateType::Succeed) => "succeed",
        Some(StateType::Fail) => "fail",
        None => "unknown",
    }
}

fn severity(severity: diagnostics::Severity) -> Severity {
    match severity {
        diagnostics::Severity::Error => Severity::Error,
        diagnostics::Severity::Warning => Severity::Warning,
        diagnostics::Severity::Info => Severity::Info,
    }
}

pub(super) fn problem(analysis: &Analysis, diagnostic: &diagnostics::Diagnostic) -> DiagnosticView {
    let unit = |offset| u32::try_from(analysis.positions.utf16(offset)).unwrap_or(u32::MAX);
    let position = analysis.positions.line_column(diagnostic.range.start);
    let state = diagnostic
        .state
        .as_deref()
        .and_then(|key| analysis.definition.state(key));
    let field = state
        .and_then(|state| diagnostic.pointer.strip_prefix(&state.pointer))
        .filter(|field| !field.is_empty());
    DiagnosticView {
        code: diagnostic.code.to_owned(),
        severity: severity(diagnostic.severity),
        message: diagnostic.message.clone(),
        from: unit(diagnostic.range.start),
        to: unit(diagnostic.range.end),
        line: position.line,
        column: position.column,
        state: diagnostic.state.clone(),
        field: field.map(str::to_owned),
        fix: diagnostic.fix.as_ref().map(|fix| fix.label.clone()),
    }
}

fn diagram_view(diagram: &Diagram) -> DiagramView {
    let nodes = diagram.nodes.iter().map(|node| NodeView {
        key: node.key.clone(),
        shape: node.shape.name().to_owned(),
        x: node.x,
        y: node.y,
        width: node.width,
        height: node.height,
        parent: node.parent.clone(),
    });
    let edges = diagram.edges.iter().map(|edge| EdgeView {
        id: format!(
            "{}\u{2192}{}\u{2192}{}",
            edge.from,
            edge.transition.map_or(-1, i64::from),
            edge.to
        ),
        from: edge.from.clone(),
        to: edge.to.clone(),
        kind: edge.kind.name().to_owned(),
        transition: edge.transition,
        points: edge.points.iter().flat_map(|(x, y)| [*x, *y]).collect(),
        label: edge.label.as_ref().map(|label| EdgeLabel {
            text: label.text.clone(),
            x: label.x,
            y: label.y,
            width: label.width,
            height: label.height,
        }),
    });
    DiagramView {
        width: diagram.width,
        height: diagram.height,
        nodes: nodes.collect(),
        edges: edges.collect(),
    }
}
