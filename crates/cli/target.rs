//! The folder or definition that a command is about.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use asl::definition::Definition;
use asl::diagnostics::{Diagnostic, Known, Severity, diagnose_knowing};
use asl::graph::FlowGraph;
use asl::text::{Format, Tree};
use asl::words::MachineType;
use project::document::locate;
use project::{Place, Workflow};
use workspace::Workspace;

use crate::excerpt::Source;
use crate::failure::Failure;

/// An opened folder or definition. Nothing in it has been executed.
pub(crate) struct Target {
    pub(crate) workspace: Workspace,
    /// As the user wrote it.
    path: PathBuf,
}

/// A definition as it stands in its file.
pub(crate) struct Document {
    /// The whole file.
    pub(crate) source: Source,
    /// The definition's text.
    pub(crate) text: Arc<str>,
    pub(crate) format: Format,
    machine_type: MachineType,
    /// Where the text stands in the source; none where it is put together from pieces.
    range: Option<Range<usize>>,
}

impl Target {
    /// Opens a folder, a template (for the folder around it) or a definition.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let is_manifest = path
            .file_name()
            .is_some_and(|name| project::MANIFESTS.iter().any(|manifest| name == *manifest));
        let around = path.parent().filter(|_| is_manifest && path.is_file());
        let folder = around.map(|folder| {
            if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            }
        });
        let workspace = Workspace::open(folder.unwrap_or(path), Place::default()).map_err(Failure::new)?;
        Ok(Self {
            workspace,
            path: path.to_owned(),
        })
    }

    /// The workflows that a command without a name is about: the definition that was opened, else all.
    pub(crate) fn workflows(&self) -> Vec<&Workflow> {
        let all = &self.workspace.project().workflows;
        match self.workspace.opened() {
            Some(opened) => all
                .iter()
                .filter(|workflow| workflow.document == *opened)
                .collect(),
            None => all.iter().collect(),
        }
    }

    /// The workflow with a name, or the only one.
    pub(crate) fn workflow(&self, name: Option<&str>) -> Result<&Workflow, Failure> {
        let path = self.path.display();
        let candidates = self.workflows();
        let names: Vec<_> = candidates.iter().map(|workflow| workflow.id.as_str()).collect();
        let names = names.join(", ");
        let Some(name) = name else {
            return match candidates.as_slice() {
                [one] => Ok(one),
                [] => Err(Failure::with_help(
                    format_args!("{path} has no workflow"),
                    "Add a state machine to template.yaml, or a definition named *.asl.json or *.asl.yaml.",
                )),
                _ => Err(Failure::with_help(
                    format_args!("{path} has several workflows: {names}"),
                    "Say which one with --workflow NAME.",
                )),
            };
        };
        let named = candidates.into_iter().find(|workflow| {
            workflow.id == name || workflow.name == name || workflow.document.to_string() == name
        });
        named.ok_or_else(|| {
            let there_are = if names.is_empty() {
                "no workflow".to_owned()
            } else {
                names
            };
            Failure::new(format_args!(
                "{path} has no workflow named {name}; it has {there_are}"
            ))
        })
    }

    /// A workflow's definition as it is on disk now.
    pub(crate) fn document(&self, workflow: &Workflow) -> Result<Document, Failure> {
        let id = &workflow.document;
        let file = self.workspace.root().join(&id.path);
        let shown = self.shown(&id.path);
        let text = std::fs::read_to_string(&file).map_err(|error| {
            let help = format!(
                "Check where the template says that the definition of {} is.",
                workflow.name
            );
            Failure::with_help(format_args!("{} can't be read: {error}", shown.display()), help)
        })?;
        let text: Arc<str> = text.into();
        let located = locate(id, &text).ok_or_else(|| {
            let message = format!(
                "{}: the template has no definition for {}",
                shown.display(),
                workflow.id
            );
            Failure::with_help(message, "Give it Definition, DefinitionString or DefinitionUri.")
        })?;
        let source = match &located.range {
            Some(range) => Source {
                path: shown,
                text,
                offset: range.start,
            },
            None => Source {
                path: PathBuf::from(id.to_string()),
                text: located.text.clone(),
                offset: 0,
            },
        };
        Ok(Document {
            source,
            text: located.text,
            format: located.format,
            machine_type: workflow.machine_type(),
            range: located.range,
        })
    }

    /// A file of the project as the user would write it.
    pub(crate) fn shown(&self, relative: &str) -> PathBuf {
        let file = self.workspace.root().join(relative);
        let here = std::env::current_dir().and_then(std::fs::canonicalize);
        let short = here
            .ok()
            .and_then(|here| file.strip_prefix(here).map(Path::to_owned).ok());
        short.unwrap_or(file)
    }
}

impl Document {
    /// The same definition with another text.
    pub(crate) fn with_text(self, text: String) -> Self {
        Self {
            text: text.into(),
            ..self
        }
    }

    /// The whole file with the definition's text in its place; none where it has no place of its own.
    pub(crate) fn in_file(&self) -> Option<String> {
        let range = self.range.clone()?;
        let file = &self.source.text;
        Some(format!(
            "{}{}{}",
            &file[..range.start],
            self.text,
            &file[range.end..]
        ))
    }

    /// All that is wrong with it; `${…}` never is.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let tree = Tree::parse(self.text.clone(), self.format);
        let definition = Definition::read(&tree);
        let known = Known {
            machine_type: Some(self.machine_type),
            ..Known::default()
        };
        diagnose_knowing(&tree, &definition, &FlowGraph::of(&definition), &known)
    }
}

/// Those that stand in the way of running.
pub(crate) fn errors(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .cloned()
        .collect()
}
