//! The folder on disk: which files are read, and how a file is written.

use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use project::Files;

/// Folders that are never looked into: they are large, and nothing in them is the user's own source.
const SKIPPED: [&str; 12] = [
    "node_modules",
    "target",
    "dist",
    "build",
    "venv",
    "__pycache__",
    "cdk.out",
    "coverage",
    "out",
    "vendor",
    "site-packages",
    "bower_components",
];

/// Files larger than this are not read: no definition is (the service takes 1 MB).
const LARGEST: u64 = 16 << 20;

/// Files read at most, and how deep: a home folder opened by mistake must not hang the window.
const MOST_FILES: usize = 5_000;
const DEEPEST: usize = 8;

/// What was found in a folder.
#[derive(Debug, Default, Clone)]
pub struct Scan {
    /// Texts, by path relative to the root.
    pub files: Files,
    /// Files in `events` folders, or beside definitions, that hold JSON: path and text.
    pub events: Vec<(String, Arc<str>)>,
    /// Every folder looked into: what has to be watched.
    pub folders: Vec<PathBuf>,
    /// There was more than is read.
    pub cut: bool,
}

/// Reads what a project is made of: templates, definitions, sources of functions, events.
#[must_use]
pub fn scan(root: &Path) -> Scan {
    let mut scan = Scan::default();
    visit(root, root, 0, &mut scan);
    scan.events.sort();
    scan
}

fn visit(root: &Path, folder: &Path, depth: usize, scan: &mut Scan) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    scan.folders.push(folder.to_owned());
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(kind) = entry.file_type() else { continue };
        if name.starts_with('.') || SKIPPED.contains(&name.as_str()) {
            if kind.is_dir()
                && !name.starts_with('.')
                && let Some(unread) = relative(root, &entry.path())
            {
                scan.files.insert(format!("{unread}/"), Arc::from(""));
            }
            continue;
        }
        if kind.is_dir() {
            if depth < DEEPEST {
                visit(root, &entry.path(), depth + 1, scan);
            } else {
                scan.cut = true;
            }
        } else if kind.is_file() {
            if scan.files.len() >= MOST_FILES {
                scan.cut = true;
                return;
            }
            read(root, &entry.path(), scan);
        }
    }
}

fn read(root: &Path, path: &Path, scan: &mut Scan) {
    let Some(relative) = relative(root, path) else {
        return;
    };
    if is_event(&relative) {
        if let Some(text) = text(path, 256 << 10) {
            scan.events.push((relative, text));
        }
    } else if is_text(&relative) {
        if let Some(text) = text(path, LARGEST) {
            scan.files.insert(relative, text);
        }
    } else if is_source(&relative) {
        // Only that it is there matters.
        scan.files.insert(relative, Arc::from(""));
    }
}

fn text(path: &Path, largest: u64) -> Option<Arc<str>> {
    let length = std::fs::metadata(path).ok()?.len();
    if length > largest {
        return None;
    }
    std::fs::read_to_string(path).ok().map(Into::into)
}

fn is_event(path: &str) -> bool {
    path.ends_with(".json") && (path.starts_with("events/") || path.contains("/events/"))
}

/// Definitions may have any name (a template's `DefinitionUri` says which), so all data files count but locks.
fn is_text(path: &str) -> bool {
    let data = [".json", ".yaml", ".yml", ".asl"]
        .iter()
        .any(|ending| path.ends_with(ending));
    let lock = path.ends_with("package-lock.json") || path.ends_with("pnpm-lock.yaml");
    data && !lock || (path.starts_with("functions/") && is_source(path))
}

fn is_source(path: &str) -> bool {
    [
        ".py",
        ".js",
        ".mjs",
        ".cjs",
        ".ts",
        ".go",
        ".rs",
        ".java",
        ".rb",
        ".sh",
        "/bootstrap",
    ]
    .iter()
    .any(|ending| path.ends_with(ending))
}

/// A path relative to the root, with `/`.
#[must_use]
pub fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(root)
        .ok()?
        .components()
        .map(|part| part.as_os_str().to_str())
        .collect();
    parts.map(|parts| parts.join("/"))
}

/// The file that a relative path names; none for one that leads out of the folder.
#[must_use]
pub fn inside(root: &Path, relative: &str) -> Option<PathBuf> {
    let path = Path::new(relative);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    (plain && !relative.is_empty()).then(|| root.join(path))
}

/// Writes a file whole or not at all: beside it first, then in its place. Permissions stay, links are followed.
///
/// # Errors
/// What the system says.
pub fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let result = write_beside(&beside, &path, text);
    if result.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    result
}

fn write_beside(beside: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::File::create(beside)?;
    file.write_all(text.as_bytes())?;
    if let Ok(metadata) = std::fs::metadata(path) {
        file.set_permissions(metadata.permissions())?;
    }
    file.sync_all()?;
    drop(file);
    std::fs::rename(beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let root = Path::new("/project");
        for (path, expected) in [
            ("a/b.json", Some("/project/a/b.json")),
            ("../x", None),
            ("a/../../x", None),
            ("/etc/passwd", None),
            ("", None),
            ("./a", None),
        ] {
            assert_eq!(inside(root, path), expected.map(PathBuf::from), "{path}");
        }
    }

    #[test]
    fn a_write_keeps_permissions_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/x.json");
        write(&path, "1").unwrap();
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        write(&path, "2").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "2");
        assert!(std::fs::metadata(&path).unwrap().permissions().readonly());
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_scan_reads_what_makes_a_project() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "template.yaml",
            "workflows/a.asl.json",
            "events/one.json",
            "functions/f/app.py",
            "src/x.py",
            "node_modules/m/template.yaml",
            ".git/x.asl.json",
            "README.md",
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let scan = scan(folder.path());
        let files: Vec<_> = scan
            .files
            .iter()
            .map(|(path, text)| format!("{path}:{text}"))
            .collect();
        assert_eq!(
            files,
            [
                "functions/f/app.py:x",
                "node_modules/:",
                "src/x.py:",
                "template.yaml:x",
                "workflows/a.asl.json:x"
            ]
        );
        assert_eq!(scan.events.len(), 1);
    }
}
