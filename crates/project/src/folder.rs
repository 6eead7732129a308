//! A folder without a template: each definition file is a workflow; a folder `functions/<name>/` is a function.
//!
//! | a function's folder has | runtime | handler |
//! |---|---|---|
//! | `bootstrap` | `provided.al2023` | `bootstrap` |
//! | `app.py`, `lambda_function.py`, `handler.py`, `index.py`, `main.py` | `python3.13` | the file's `lambda_handler` or `handler` |
//! | `index`, `app`, `handler`, `main` with `.mjs`, `.js` or `.cjs` | `nodejs22.x` | the file's `handler` or `lambdaHandler` |
//!
//! Nothing says how much time and memory they are meant to have, and the service's defaults (3 s, 128 MB) could not be
//! raised anywhere: they get more than enough to try things out.

use std::collections::{BTreeMap, BTreeSet};

use crate::{DocumentId, Files, Function, Project, Workflow, is_definition};

/// In seconds.
const TIMEOUT: u32 = 30;
/// In MB.
const MEMORY: u32 = 1024;

const PYTHON: [&str; 5] = [
    "app.py",
    "lambda_function.py",
    "handler.py",
    "index.py",
    "main.py",
];
const NODE: [&str; 4] = ["index", "app", "handler", "main"];

pub(crate) fn add_workflows(files: &Files, project: &mut Project) {
    project.workflows.extend(
        files
            .keys()
            .filter(|path| is_definition(path))
            .map(|path| workflow(path)),
    );
}

pub(crate) fn workflow(path: &str) -> Workflow {
    let file = path.rsplit('/').next().unwrap_or(path);
    let name = file.split_once('.').map_or(file, |(name, _)| name);
    Workflow {
        id: path.to_owned(),
        name: service_name(name),
        document: DocumentId::file(path),
        express: false,
        substitutions: BTreeMap::new(),
        calls: BTreeMap::new(),
    }
}

/// Names on the service have letters, digits, `-` and `_`, at most 80.
pub(crate) fn service_name(name: &str) -> String {
    let allowed = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            c
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(allowed).take(80).collect();
    if name.is_empty() { "workflow".into() } else { name }
}

pub(crate) fn add_functions(files: &Files, project: &mut Project) {
    let folders: BTreeSet<&str> = files
        .keys()
        .filter_map(|path| {
            path.strip_prefix("functions/")?
                .split_once('/')
                .map(|(folder, _)| folder)
        })
        .collect();
    for name in folders {
        if let Some((runtime, handler)) = entry(files, name) {
            project.functions.push(Function {
                id: name.into(),
                name: name.into(),
                runtime: runtime.into(),
                handler,
                code: format!("functions/{name}"),
                environment: BTreeMap::new(),
                timeout: TIMEOUT,
                memory: MEMORY,
                problem: None,
            });
        }
    }
}

fn entry(files: &Files, name: &str) -> Option<(&'static str, String)> {
    let file = |file: &str| files.get(&format!("functions/{name}/{file}"));
    if file("bootstrap").is_some() {
        return Some(("provided.al2023", "bootstrap".into()));
    }
    for candidate in PYTHON {
        if let Some(text) = file(candidate) {
            let function = if text.contains("def lambda_handler") {
                "lambda_handler"
            } else {
                "handler"
            };
            return Some((
                "python3.13",
                format!("{}.{function}", candidate.trim_end_matches(".py")),
            ));
        }
    }
    for stem in NODE {
        for extension in ["mjs", "js", "cjs"] {
            if let Some(text) = file(&format!("{stem}.{extension}")) {
                let function = if text.contains("lambdaHandler") {
                    "lambdaHandler"
                } else {
                    "handler"
                };
                return Some(("nodejs22.x", format!("{stem}.{function}")));
            }
        }
    }
    None
}
