//! What keeps a declared function from running here, as far as its template and the names of the files tell. The first
//! that holds:
//!
//! | the template | what is said |
//! |---|---|
//! | `PackageType: Image`, or code inline or in a bucket | it can't run here |
//! | no `Runtime`, or one that Lambda does not know | name one |
//! | a runtime that only the service has | it runs on AWS only |
//! | `CodeUri` without files | it does not exist |
//! | `Handler` whose file is not in `CodeUri` | the file's name |

use aws::lambda::{Language, Runtime, runtime};

use super::clean_path;
use crate::Files;

/// What a template declares of a function.
pub(super) struct Declared<'t> {
    /// `CodeUri`, where it names a folder.
    pub(super) code: Option<&'t str>,
    pub(super) runtime: Option<&'t str>,
    pub(super) handler: Option<&'t str>,
    pub(super) is_image: bool,
}

impl Declared<'_> {
    /// Why it can't run as declared: what is wrong and what to do.
    pub(super) fn problem(&self, files: &Files) -> Option<String> {
        if self.is_image {
            return Some("it is a container image; only functions with a CodeUri folder run here".into());
        }
        let Some(code) = self.code else {
            return Some(
                "its code is inline or in a bucket; move it into a folder and name that in CodeUri".into(),
            );
        };
        let Some(identifier) = self.runtime else {
            return Some("it names no Runtime; add one such as python3.13".into());
        };
        let Some(known) = runtime(identifier) else {
            return Some(format!(
                "Lambda knows no Runtime {identifier}; correct it, such as python3.13 or nodejs22.x"
            ));
        };
        let folder = clean_path(code);
        if !has_files(files, &folder) {
            return Some(format!(
                "its CodeUri {code} does not exist in this folder, or has no source files; create it, or correct CodeUri"
            ));
        }
        self.handler_problem(known, &folder, files)
    }

    fn handler_problem(&self, known: &Runtime, folder: &str, files: &Files) -> Option<String> {
        let endings: &[&str] = match known.language {
            Language::Python => &[".py", "/__init__.py"],
            // TypeScript is compiled by the build.
            Language::Node => &[".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx"],
            // Whether a `bootstrap` is there only a build tells.
            Language::Custom => return None,
            Language::Java | Language::DotNet | Language::Ruby | Language::Go => {
                return Some(format!(
                    "its Runtime {} runs on AWS only; python3.*, nodejs*.x and provided.* run here, too",
                    known.identifier
                ));
            }
        };
        let Some((module, _)) = self.handler.and_then(|handler| handler.rsplit_once('.')) else {
            return Some(format!(
                "its Handler {:?} names no function; write it as file.function, such as app.handler",
                self.handler.unwrap_or_default()
            ));
        };
        // Python takes dots for folders.
        let module = match known.language {
            Language::Python => module.replace('.', "/"),
            _ => module.to_owned(),
        };
        let path = |ending: &&str| clean_path(&format!("{folder}/{module}{ending}"));
        let is_there = |path: String| files.contains_key(&path) || is_unread(files, &path);
        if endings.iter().map(path).any(is_there) {
            return None;
        }
        let wanted = endings.first().map(path).unwrap_or_default();
        Some(format!(
            "{wanted}, which its Handler names, does not exist; create it, or correct Handler"
        ))
    }
}

fn has_files(files: &Files, folder: &str) -> bool {
    let inside = |path: &String| folder.is_empty() || path.starts_with(&format!("{folder}/"));
    files.keys().any(inside) || is_unread(files, &format!("{folder}/"))
}

/// Whether a path lies in a folder that was not looked into: its name, with `/` at the end, is among the files.
fn is_unread(files: &Files, path: &str) -> bool {
    path.match_indices('/')
        .any(|(at, _)| files.contains_key(&path[..=at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_function_from_running_here() {
        let names = [
            "f/app.py",
            "f/lib/tasks/run.py",
            "n/src/index.ts",
            "b/bootstrap",
            "dist/",
            "p/pkg/__init__.py",
        ];
        let files: Files = names.iter().map(|name| ((*name).to_owned(), "".into())).collect();
        for (code, runtime, handler, expected) in [
            ("f/", "python3.13", "app.handler", None),
            ("./f", "python3.13", "lib/tasks/run.handler", None),
            ("f", "python3.13", "lib.tasks.run.handler", None),
            ("p", "python3.13", "pkg.handler", None),
            ("n", "nodejs22.x", "src/index.handler", None),
            ("b", "provided.al2023", "bootstrap", None),
            ("dist/f", "nodejs22.x", "index.handler", None),
            (
                "f",
                "python3.13",
                "main.handler",
                Some("f/main.py, which its Handler names, does not exist"),
            ),
            ("n", "nodejs22.x", "index.handler", Some("n/index.js")),
            ("f", "python3.13", "app", Some("file.function")),
            ("g", "python3.13", "app.handler", Some("CodeUri g does not exist")),
            (
                "f",
                "python2.7",
                "app.handler",
                Some("Lambda knows no Runtime python2.7"),
            ),
            ("f", "ruby3.3", "app.handler", Some("runs on AWS only")),
        ] {
            let declared = Declared {
                code: Some(code),
                runtime: Some(runtime),
                handler: Some(handler),
                is_image: false,
            };
            let problem = declared.problem(&files);
            let fits = match (&problem, expected) {
                (Some(problem), Some(expected)) => problem.contains(expected),
                (problem, expected) => problem.is_none() && expected.is_none(),
            };
            assert!(fits, "{code} {runtime} {handler}: {problem:?}, not {expected:?}");
        }
    }
}
