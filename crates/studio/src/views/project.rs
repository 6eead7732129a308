//! The project: workflows, functions, events, problems; folders to choose from.

use std::path::Path;

use ::runtime::debugger;
use ::runtime::functions::{Build, FunctionSpec};
use ::workspace::Workspace;
use asl::text::position::Positions;

use crate::contract::*;
use crate::open::Open;

pub(crate) fn project(open: &Open) -> ProjectView {
    let workspace = &*open.workspace();
    let project = workspace.project();
    let root = workspace.root();
    // A definition that was opened comes first: the page shows the first workflow.
    let mut workflows: Vec<_> = project
        .workflows
        .iter()
        .map(|known| workflow(known, workspace.is_missing(&known.document)))
        .collect();
    if let Some(opened) = workspace.opened().map(ToString::to_string) {
        workflows.sort_by_key(|workflow| workflow.document != opened);
    }
    ProjectView {
        name: name_of(root),
        root: root.to_string_lossy().into_owned(),
        manifest: project.manifest.clone(),
        trusted: open.configuration.is_trusted(root),
        unwritable: open.unwritable().map(str::to_owned),
        workflows,
        functions: project.functions.iter().map(function).collect(),
        events: workspace
            .events()
            .iter()
            .map(|(path, text)| event_file(path, text))
            .collect(),
        problems: problems(workspace),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn workflow(workflow: &::project::Workflow, missing: bool) -> WorkflowView {
    WorkflowView {
        id: workflow.id.clone(),
        name: workflow.name.clone(),
        document: workflow.document.to_string(),
        kind: if workflow.express { "express" } else { "standard" }.to_owned(),
        missing,
    }
}

fn function(function: &::project::Function) -> FunctionView {
    FunctionView {
        name: function.name.clone(),
        runtime: function.runtime.clone(),
        handler: function.handler.clone(),
        code: function.code.clone(),
        problem: function.problem.clone(),
    }
}

fn event_file(path: &str, text: &str) -> EventFile {
    let file = path.rsplit('/').next().unwrap_or(path);
    EventFile {
        name: file.trim_end_matches(".json").to_owned(),
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn problems(workspace: &Workspace) -> Vec<ProjectProblem> {
    let mut problems: Vec<_> = workspace
        .project()
        .problems
        .iter()
        .map(|problem| ProjectProblem {
            severity: if problem.is_error {
                Severity::Error
            } else {
                Severity::Warning
            },
            line: line(workspace, problem),
            path: problem.path.clone(),
            message: problem.message.clone(),
        })
        .collect();
    if workspace.is_cut() {
        problems.push(ProjectProblem {
            severity: Severity::Warning,
            path: String::new(),
            line: None,
            message: "This folder has more files than a project should; only the first 5,000 were read. Open the project's own folder.".to_owned(),
        });
    }
    problems
}

fn line(workspace: &Workspace, problem: &::project::Problem) -> Option<u32> {
    let text = workspace.text(&problem.path)?;
    problem
        .offset
        .map(|offset| Positions::new(text).line_column(offset).line)
}

pub(crate) fn recent(path: &Path) -> RecentProject {
    RecentProject {
        name: name_of(path),
        path: path.to_string_lossy().into_owned(),
        exists: path.exists(),
    }
}

/// What a run may start: each function with its folder and runtime.
pub(crate) fn will_run(workspace: &Workspace) -> Vec<String> {
    let functions = workspace.project().functions.iter();
    functions
        .map(|function| format!("{} — {}, in {}", function.name, function.runtime, function.code))
        .collect()
}

/// Packages that could be installed, with paths as the project writes them.
pub(crate) fn build(root: &Path, build: &Build) -> BuildView {
    let manifest = build.manifest.strip_prefix(root).unwrap_or(&build.manifest);
    BuildView {
        functions: build.functions.clone(),
        manifest: manifest.to_string_lossy().into_owned(),
        packages: build.packages.clone(),
        command: build.command().replace(&format!("{}/", root.display()), ""),
    }
}

/// The project's functions as they are run.
pub(crate) fn function_specs(workspace: &Workspace) -> Vec<FunctionSpec> {
    FunctionSpec::of_project(workspace.project(), workspace.root(), workspace.place())
}

/// A workflow's breakpoints that are not switched off.
pub(crate) fn runtime_breakpoints(open: &Open, workflow: &str) -> Vec<debugger::Breakpoint> {
    let all = open.locked(&open.breakpoints);
    let breakpoints = all.get(workflow).map(Vec::as_slice).unwrap_or_default();
    breakpoints
        .iter()
        .filter(|breakpoint| breakpoint.enabled)
        .map(|breakpoint| debugger::Breakpoint {
            state: breakpoint.state.clone(),
            on: match breakpoint.on {
                BreakOn::Enter => debugger::BreakOn::Enter,
                BreakOn::Exit => debugger::BreakOn::Exit,
                BreakOn::Error => debugger::BreakOn::Error,
                BreakOn::Uncaught => debugger::BreakOn::Uncaught,
            },
        })
        .collect()
}

/// What is in a folder, or beside a file: folders, and files that can be opened.
pub(crate) fn listing(path: &Path) -> std::io::Result<Listing> {
    let at =
        |error: std::io::Error| std::io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let mut path = std::fs::canonicalize(path).map_err(at)?;
    if path.is_file() {
        path.pop();
    }
    let mut entries: Vec<Entry> = std::fs::read_dir(&path)
        .map_err(at)?
        .flatten()
        .filter_map(|entry| listed(&entry))
        .collect();
    entries.sort_by_key(|entry| (!entry.folder, entry.name.to_lowercase()));
    Ok(Listing {
        parent: path.parent().map(|parent| parent.to_string_lossy().into_owned()),
        path: path.to_string_lossy().into_owned(),
        entries,
    })
}

fn listed(entry: &std::fs::DirEntry) -> Option<Entry> {
    let name = entry.file_name().to_str()?.to_owned();
    let path = entry.path();
    let folder = path.is_dir();
    if name.starts_with('.') || !(folder || ::project::is_definition(&name)) {
        return None;
    }
    Some(Entry {
        name,
        project: folder && is_project(&path),
        path: path.to_str()?.to_owned(),
        folder,
    })
}

/// Whether a folder has a template, or definitions right inside.
fn is_project(folder: &Path) -> bool {
    let named = |entry: &std::fs::DirEntry| {
        let name = entry.file_name();
        name.to_str()
            .is_some_and(|name| ::project::is_definition(name) || ::project::MANIFESTS.contains(&name))
    };
    std::fs::read_dir(folder)
        .is_ok_and(|mut entries| entries.any(|entry| entry.is_ok_and(|entry| named(&entry))))
}
