//! Finds the interpreter that a declared runtime runs on here.
//!
//! Looked for, in this order, if nothing else is asked for: `PATH`, the usual folders of the system, then what version
//! managers installed (pyenv, asdf, mise, uv, nvm, volta, fnm, n). A version manager's *shim* is never used: it costs up to half a second at
//! every start, so the real interpreter behind it is found where the manager keeps it.
//!
//! When the declared version is not installed, the nearest one runs in its place: the next newer version, since
//! languages rarely take features away, else the next older one. The log says so.

use aws::lambda::{Language, Version};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// An interpreter on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpreter {
    /// The program to start. May be a link, such as a virtual environment's.
    pub path: PathBuf,
    /// What it runs.
    pub version: Version,
}

/// Folders that a system's packages install interpreters to.
const SYSTEM: &[&str] = &[
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/home/linuxbrew/.linuxbrew/bin",
    "/usr/bin",
    "/bin",
];

/// Below the user's home: where version managers keep what they installed, `*` being one folder for each version.
const PYTHON_MANAGERS: &[&str] = &[
    ".pyenv/versions/*/bin",
    ".asdf/installs/python/*/bin",
    ".local/share/mise/installs/python/*/bin",
    ".local/share/uv/python/*/bin",
    "miniconda3/bin",
];
const NODE_MANAGERS: &[&str] = &[
    ".nvm/versions/node/*/bin",
    ".asdf/installs/nodejs/*/bin",
    ".local/share/mise/installs/node/*/bin",
    ".volta/tools/image/node/*/bin",
    ".local/share/fnm/node-versions/*/installation/bin",
    "n/bin",
];

/// How long an interpreter may take to say its version.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where interpreters are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPath {
    /// Folders with programs, best first. Those that are not absolute are passed over.
    pub folders: Vec<PathBuf>,
    /// The home folder below which version managers keep theirs; `None` = they are not asked.
    pub home: Option<PathBuf>,
}

impl Default for SearchPath {
    /// The user's `PATH` and home, and the system's folders.
    fn default() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let system = SYSTEM.iter().map(PathBuf::from);
        Self {
            folders: std::env::split_paths(&path).chain(system).collect(),
            home: std::env::home_dir(),
        }
    }
}

/// What was found on this machine, looked for once for each language.
#[derive(Debug)]
pub(super) struct Interpreters {
    search: SearchPath,
    found: Mutex<HashMap<Language, Arc<Vec<Interpreter>>>>,
}

impl Interpreters {
    pub(super) fn new(search: SearchPath) -> Self {
        Self {
            search,
            found: Mutex::default(),
        }
    }

    /// The interpreter for a runtime: of its version, or the nearest. `None` where the language is not installed.
    pub(super) async fn find(&self, language: Language, declared: Version) -> Option<Interpreter> {
        let known = self
            .found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&language)
            .cloned();
        let known = match known {
            Some(known) => known,
            None => {
                let found = Arc::new(self.look(language).await);
                // What is not there may be installed while we run, so only a find is remembered.
                if !found.is_empty() {
                    let mut cache = self.found.lock().unwrap_or_else(PoisonError::into_inner);
                    cache.insert(language, found.clone());
                }
                found
            }
        };
        nearest(&known, declared).cloned()
    }

    async fn look(&self, language: Language) -> Vec<Interpreter> {
        let mut found: Vec<Interpreter> = Vec::new();
        for path in self.candidates(language) {
            let version = match version_in_path(language, &path) {
                Some(version) => Some(version),
                None => ask_version(&path).await,
            };
            // The first of a version wins: the user's PATH comes before everything else.
            if let Some(version) = version
                && !found.iter().any(|known| known.version == version)
            {
                found.push(Interpreter { path, version });
            }
        }
        found
    }

    fn candidates(&self, language: Language) -> Vec<PathBuf> {
        let managers = if language == Language::Python {
            PYTHON_MANAGERS
        } else {
            NODE_MANAGERS
        };
        let mut folders = self.search.folders.clone();
        for pattern in managers {
            folders.extend(
                self.search
                    .home
                    .iter()
                    .flat_map(|home| expand(&home.join(pattern))),
            );
        }
        let mut seen: Vec<PathBuf> = Vec::new();
        folders.retain(|folder| {
            let new = !seen.contains(folder) && folder.is_absolute();
            seen.push(folder.clone());
            new
        });
        folders
            .iter()
            .flat_map(|folder| interpreters_in(language, folder))
            .collect()
    }
}

/// The rule at the head of this file.
fn nearest(known: &[Interpreter], declared: Version) -> Option<&Interpreter> {
    let newer = known
        .iter()
        .filter(|known| known.version >= declared)
        .min_by_key(|known| known.version);
    newer.or_else(|| known.iter().max_by_key(|known| known.version))
}

/// A path with one `*` becomes the paths of every folder there, newest name first.
fn expand(pattern: &Path) -> Vec<PathBuf> {
    let mut paths = vec![PathBuf::new()];
    for part in pattern.components() {
        if part.as_os_str() != "*" {
            paths.iter_mut().for_each(|path| path.push(part));
            continue;
        }
        let mut inside: Vec<PathBuf> = paths
            .iter()
            .flat_map(std::fs::read_dir)
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        inside.sort();
        inside.reverse();
        paths = inside;
    }
    paths
}

fn interpreters_in(language: Language, folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<String> = match language {
        Language::Node => vec!["node".to_owned(), "nodejs".to_owned()],
        // Names that carry the version need not be started to know it.
        _ => std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| python_name_version(name).is_some())
            .collect(),
    };
    names.sort();
    if language == Language::Python {
        names.extend(["python3".to_owned(), "python".to_owned()]);
    }
    let suffix = std::env::consts::EXE_SUFFIX;
    names
        .into_iter()
        .map(|name| folder.join(name + suffix))
        .filter(|path| is_interpreter(language, path))
        .collect()
}

/// Whether this is a real interpreter: not a script, and not a link to a version manager's program.
fn is_interpreter(language: Language, path: &Path) -> bool {
    let Ok(real) = path.canonicalize() else {
        return false;
    };
    let stem = if language == Language::Python {
        "python"
    } else {
        "node"
    };
    let name = real
        .file_name()
        .map(|name| name.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default();
    name.starts_with(stem) && !is_script(&real)
}

fn is_script(path: &Path) -> bool {
    use std::io::Read;
    let mut start = [0; 2];
    // What cannot be read cannot be judged, and starting it would fail anyway.
    std::fs::File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_err()
        || &start == b"#!"
}

fn version_in_path(language: Language, path: &Path) -> Option<Version> {
    if language == Language::Python {
        return python_name_version(&path.file_stem_with_dots());
    }
    path.ancestors()
        .skip(1)
        .filter_map(Path::file_name)
        .find_map(|part| {
            let part = part.to_str()?;
            let major = part.strip_prefix('v').unwrap_or(part).split_once('.')?.0;
            Some(Version {
                major: major.parse().ok()?,
                minor: 0,
            })
        })
}

/// `file_stem` would take `python3.13` apart.
trait FileStemWithDots {
    fn file_stem_with_dots(&self) -> String;
}

impl FileStemWithDots for Path {
    fn file_stem_with_dots(&self) -> String {
        let name = self
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        name.strip_suffix(std::env::consts::EXE_SUFFIX)
            .unwrap_or(&name)
            .to_owned()
    }
}

/// `python3.13` → 3.13; not `python3`, `python3.13-config` or `python3.13t`.
fn python_name_version(name: &str) -> Option<Version> {
    let (major, minor) = name.strip_prefix("python")?.split_once('.')?;
    Some(Version {
        major: major.parse().ok()?,
        minor: minor.parse().ok()?,
    })
}

async fn ask_version(path: &Path) -> Option<Version> {
    let mut command = tokio::process::Command::new(path);
    command
        .arg("--version")
        .stdin(Stdio::null())
        .env_clear()
        .kill_on_drop(true);
    let output = tokio::time::timeout(PATIENCE, command.output())
        .await
        .ok()?
        .ok()?;
    // Python 2 says it on standard error.
    said_version(&String::from_utf8_lossy(&[output.stdout, output.stderr].concat()))
}

/// `Python 3.11.7` and `v20.20.2`; Node's minor version says nothing about the runtime.
fn said_version(text: &str) -> Option<Version> {
    let text = text.trim();
    if let Some(node) = text.strip_prefix('v') {
        return Some(Version {
            major: node.split_once('.')?.0.parse().ok()?,
            minor: 0,
        });
    }
    let mut numbers = text.strip_prefix("Python ")?.split('.');
    Some(Version {
        major: numbers.next()?.parse().ok()?,
        minor: numbers.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests;
