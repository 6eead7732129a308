//! The rules of the house that a compiler does not check: arrows between crates, headers, sizes, names, pages.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Who may use whom: every crate those of the rows above its own, and nothing else in the workspace.
const ROWS: &[&[&str]] = &[
    &["stepwell-aws"],
    &["stepwell-asl"],
    &["stepwell-engine", "stepwell-diagram", "stepwell-project"],
    &["stepwell-runtime"],
    &["stepwell-workspace"],
    &["stepwell-server"],
    &["stepwell-studio"],
    &["stepwell", "stepwell-desktop", "stepwell-fuzz"],
];
/// Stands aside: it builds the others and uses none.
const ASIDE: &[&str] = &["xtask"];

/// Crates that compute and nothing else.
const PURE: &[&str] = &["aws", "asl", "engine", "diagram", "project"];
/// What reaches out of a program.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env::var",
    "tokio::",
    "rusqlite::",
    "reqwest::",
];

const RUST_LINES: usize = 600;
const TYPESCRIPT_LINES: usize = 300;
const VAGUE_FILES: &[&str] = &["util", "utils", "common", "helper", "helpers", "misc", "mod"];
const VAGUE_TYPES: &[&str] = &["Manager", "Service"];

/// What is made, not written.
const MADE: &[&str] = &[
    "target",
    "node_modules",
    "dist",
    "gen",
    ".git",
    ".stepwell",
    "package-lock.json",
    "Cargo.lock",
];

/// A file of the project.
struct Source {
    /// From the root, with `/`.
    path: String,
    text: String,
}

impl Source {
    fn is(&self, extensions: &[&str]) -> bool {
        extensions.iter().any(|extension| self.path.ends_with(extension))
    }

    fn is_generated(&self) -> bool {
        self.text
            .lines()
            .take(3)
            .any(|line| line.contains("enerated ") && line.contains("Do not edit"))
    }

    /// The text without the unit tests at its end.
    fn product(&self) -> &str {
        self.text.split("#[cfg(test)]").next().unwrap_or_default()
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file that people wrote.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root(), &root(), &mut found);
    found
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if MADE.contains(&&*entry.file_name().to_string_lossy()) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            walk(root, &path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.push(Source { path, text });
        }
    }
}

/// Fails with all the problems at once.
fn none(problems: impl IntoIterator<Item = String>) {
    let problems: Vec<String> = problems.into_iter().collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// The workspace's packages, each with the packages of the workspace that it uses, also in tests and build scripts.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let packages = metadata["packages"].as_array().unwrap();
    let names: BTreeSet<String> = packages.iter().map(|package| text(&package["name"])).collect();
    let used = |package: &serde_json::Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        all.map(|dependency| text(&dependency["name"]))
            .filter(|name| names.contains(name))
            .collect()
    };
    packages
        .iter()
        .map(|package| (text(&package["name"]), used(package)))
        .collect()
}

fn arrow_problems(uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let row = |name: &str| ROWS.iter().position(|row| row.contains(&name));
    let mut problems = Vec::new();
    for (package, used) in uses {
        let here = if ASIDE.contains(&&**package) {
            Some(0)
        } else {
            row(package)
        };
        let Some(here) = here else {
            problems.push(format!("{package} has no place in ROWS"));
            continue;
        };
        let wrong = used
            .iter()
            .filter(|other| row(other).is_none_or(|there| there >= here));
        problems.extend(wrong.map(|other| format!("{package} uses {other}, which is not to its left")));
    }
    problems
}

#[test]
fn crates_use_only_what_is_to_their_left() {
    none(arrow_problems(&uses()));
}

fn reaching_out(source: &Source) -> Vec<String> {
    let pure = PURE
        .iter()
        .any(|name| source.path.starts_with(&format!("crates/{name}/src/")));
    if !pure || source.path.ends_with("tests.rs") || source.path.contains("/tests/") {
        return Vec::new();
    }
    let code = source
        .product()
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.flat_map(|(number, line)| {
        let out = OUTSIDE.iter().filter(move |name| line.contains(*name));
        out.map(move |name| format!("{}:{}: a pure crate uses {name}", source.path, number + 1))
    })
    .collect()
}

#[test]
fn pure_crates_do_not_reach_out() {
    none(
        sources()
            .iter()
            .filter(|source| source.is(&[".rs"]))
            .flat_map(reaching_out),
    );
}

fn header_problem(source: &Source) -> Option<String> {
    let first = source.text.lines().next().unwrap_or_default();
    let says = first.strip_prefix("//! ").is_some_and(|header| header.len() > 10);
    (!says).then(|| {
        format!(
            "{}: the first line must be `//!` and what the module is for",
            source.path
        )
    })
}

#[test]
fn every_module_says_what_it_is_for() {
    let sources = sources();
    let written = sources
        .iter()
        .filter(|source| source.is(&[".rs"]) && !source.is_generated());
    none(written.filter_map(header_problem));
}

fn size_problem(source: &Source) -> Option<String> {
    let limit = match source {
        rust if rust.is(&[".rs"]) => RUST_LINES,
        typescript if typescript.is(&[".ts", ".tsx", ".mts"]) => TYPESCRIPT_LINES,
        _ => return None,
    };
    let lines = source.text.lines().count();
    (lines > limit && !source.is_generated())
        .then(|| format!("{}: {lines} lines, at most {limit}", source.path))
}

#[test]
fn files_are_small() {
    none(sources().iter().filter_map(size_problem));
}

fn name_problems(source: &Source) -> Vec<String> {
    if !source.is(&[".rs", ".ts", ".tsx", ".mts"]) {
        return Vec::new();
    }
    let stems = source
        .path
        .split('/')
        .map(|part| part.split('.').next().unwrap_or_default());
    let files = stems.filter(|stem| VAGUE_FILES.contains(&stem.to_lowercase().as_str()));
    let files = files.map(|stem| {
        format!(
            "{}: `{stem}` says nothing; name it after what it holds",
            source.path
        )
    });
    let types = source.text.lines().filter_map(vaguely_named_type);
    let types = types.map(|name| {
        format!(
            "{}: `{name}` says nothing; name it after what it does",
            source.path
        )
    });
    files.chain(types).collect()
}

/// The name of a type that the line declares, if it ends in a word that fits anything.
fn vaguely_named_type(line: &str) -> Option<&str> {
    let words: Vec<&str> = line
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .collect();
    let declared = words.windows(2).find_map(|pair| {
        let declares = matches!(
            pair[0],
            "struct" | "enum" | "trait" | "type" | "class" | "interface"
        );
        declares.then_some(pair[1])
    })?;
    let vague = VAGUE_TYPES
        .iter()
        .any(|ending| declared.len() > ending.len() && declared.ends_with(ending));
    vague.then_some(declared)
}

#[test]
fn names_say_something() {
    none(sources().iter().flat_map(name_problems));
}

/// The codes in a text: `SW` and four digits.
fn codes(text: &str) -> BTreeSet<String> {
    let is_code = |word: &&str| {
        let digits = word.strip_prefix("SW").unwrap_or_default();
        digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(is_code)
        .map(str::to_owned)
        .collect()
}

fn page_problems(sources: &[Source]) -> Vec<String> {
    let defining = sources
        .iter()
        .filter(|source| source.path.starts_with("crates/asl/src/diagnostics"));
    let defined: BTreeSet<String> = defining.flat_map(|source| codes(source.product())).collect();
    let pages = sources
        .iter()
        .filter_map(|source| source.path.strip_prefix("docs/diagnostics/SW"));
    let pages: BTreeSet<String> = pages
        .map(|page| format!("SW{}", page.trim_end_matches(".md")))
        .collect();
    let without_page = defined
        .difference(&pages)
        .map(|code| format!("docs/diagnostics/{code}.md is missing"));
    let without_code = pages
        .difference(&defined)
        .map(|code| format!("docs/diagnostics/{code}.md: no such diagnostic"));
    let list = sources
        .iter()
        .filter(|source| source.path == "docs/diagnostics/README.md");
    let listed: BTreeSet<String> = list.flat_map(|source| codes(&source.text)).collect();
    let unlisted = pages
        .difference(&listed)
        .map(|code| format!("docs/diagnostics/README.md does not list {code}"));
    without_page.chain(without_code).chain(unlisted).collect()
}

#[test]
fn every_diagnostic_has_its_page() {
    none(page_problems(&sources()));
}

fn machine_paths(source: &Source, paths: &[String]) -> Vec<String> {
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| paths.iter().any(|path| line.contains(path.as_str())))
        .map(|(number, _)| format!("{}:{}: a path of this machine", source.path, number + 1))
        .collect()
}

#[test]
fn no_path_of_this_machine_is_written_down() {
    let here = root();
    let mut paths = vec![here.display().to_string()];
    paths.extend(
        here.parent()
            .map(|parent| parent.join("shared").display().to_string()),
    );
    paths.extend(
        std::env::var("HOME")
            .ok()
            .filter(|home| home.len() > 1)
            .map(|home| format!("{home}/")),
    );
    none(sources().iter().flat_map(|source| machine_paths(source, &paths)));
}

#[test]
fn the_rule_of_arrows_bites() {
    let problems = |pairs: &[(&str, &str)]| {
        let each = |(name, used): &(&str, &str)| ((*name).to_owned(), BTreeSet::from([(*used).to_owned()]));
        arrow_problems(&pairs.iter().map(each).collect())
    };
    assert!(problems(&[("stepwell-engine", "stepwell-asl"), ("stepwell", "stepwell-aws")]).is_empty());
    assert_eq!(
        problems(&[("stepwell-engine", "stepwell-diagram")]).len(),
        1,
        "neighbours"
    );
    assert_eq!(
        problems(&[("stepwell-asl", "stepwell-engine")]).len(),
        1,
        "backwards"
    );
    assert_eq!(
        problems(&[("xtask", "stepwell-aws"), ("newcomer", "stepwell-aws")]).len(),
        2,
        "aside, unknown"
    );
}

#[test]
fn the_rules_of_files_bite() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };

    let reaching = "use std::fs;\n// std::net\n#[cfg(test)]\nuse std::thread;";
    assert_eq!(reaching_out(&source("crates/asl/src/x.rs", reaching)).len(), 1);
    assert!(reaching_out(&source("crates/runtime/src/x.rs", reaching)).is_empty());

    assert!(header_problem(&source("x.rs", "//! What it is for.\n")).is_none());
    assert!(header_problem(&source("x.rs", "use std::fmt;\n")).is_some());

    assert!(size_problem(&source("x.ts", &"\n".repeat(TYPESCRIPT_LINES))).is_none());
    assert!(size_problem(&source("x.ts", &"\n".repeat(TYPESCRIPT_LINES + 1))).is_some());
    let generated = format!("// Generated from x.rs. Do not edit.{}", "\n".repeat(1000));
    assert!(size_problem(&source("x.ts", &generated)).is_none());

    let vague = format!("struct Run{};", VAGUE_TYPES[0]);
    assert_eq!(name_problems(&source("src/utils.rs", &vague)).len(), 2);
    assert!(
        name_problems(&source(
            "src/journal.rs",
            "struct Service; let it = Manager::new();"
        ))
        .is_empty()
    );

    let diagnostic = source(
        "crates/asl/src/diagnostics/x.rs",
        "code: \"SW0012\", not SW12 or XSW0001",
    );
    let page = |path: &str| source(path, "# What it means\n");
    assert_eq!(
        page_problems(&[diagnostic, page("docs/diagnostics/SW0013.md")]).len(),
        3
    );

    let paths = ["/somewhere/main".to_owned()];
    assert_eq!(
        machine_paths(&source("x.md", "see\n/somewhere/main/x"), &paths).len(),
        1
    );
}
