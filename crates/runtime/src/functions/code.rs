//! Tells whether a function's code changed, without reading it: by the names, sizes and times of its files; and from
//! which folder it runs now.
//!
//! Looking takes time in a folder with many dependencies, so it is done for at most a tenth of the time: a folder
//! that took 30 ms to look through is not looked at again for 300 ms, a small one is looked at before each invocation.

use super::{
    FunctionSpec,
    task_root::{self, TaskRoot},
};
use crate::clock::Clock;
use aws::lambda::{Language, Version};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

/// What programs write beside the code when it runs.
const NOT_CODE: &[&str] = &[
    "__pycache__",
    ".git",
    ".stepwell",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".cache",
    ".DS_Store",
];
/// A folder with more entries than this is not a function's package; the rest of it is not looked at.
const MOST_ENTRIES: usize = 200_000;
/// How many times as long as a look took its answer is used.
const REST: u32 = 10;

/// Identifies a state of a code folder.
pub(super) type Fingerprint = u64;

/// What a look at a function's code found.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) fingerprint: Fingerprint,
    pub(super) task_root: Arc<TaskRoot>,
}

/// The last look at a function's code.
#[derive(Debug, Default)]
pub(super) struct CodeWatch {
    last: Option<(Look, Duration)>,
}

impl CodeWatch {
    /// The next look is a new one.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }

    /// What the code is like, not longer ago than the rule above says; `None` where there is no such folder.
    /// `version` is that of the interpreter.
    pub(super) async fn look(
        &mut self,
        spec: &FunctionSpec,
        language: Language,
        version: Version,
        clock: &Clock,
    ) -> Option<Look> {
        let began = clock.elapsed();
        if let Some((look, until)) = &self.last
            && began < *until
        {
            return Some(look.clone());
        }
        let spec = spec.clone();
        self.last = None;
        let look = tokio::task::spawn_blocking(move || look(&spec, language, version))
            .await
            .ok()??;
        let now = clock.elapsed();
        self.last = Some((look.clone(), now + (now - began) * REST));
        Some(look)
    }
}

fn look(spec: &FunctionSpec, language: Language, version: Version) -> Option<Look> {
    let source = fingerprint(&spec.code)?;
    let newest = spec.project.as_ref().and_then(|_| task_root::newest(&spec.code));
    let task_root = TaskRoot::find(spec, language, version, newest);
    let mut hasher = DefaultHasher::new();
    (source, &task_root).hash(&mut hasher);
    if task_root.folder != spec.code && !task_root.keeps_links {
        fingerprint(&task_root.folder).hash(&mut hasher);
    }
    Some(Look {
        fingerprint: hasher.finish(),
        task_root: Arc::new(task_root),
    })
}

fn fingerprint(folder: &Path) -> Option<Fingerprint> {
    if !folder.is_dir() {
        return None;
    }
    let mut files = files(folder, &[]);
    files.sort();
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    Some(hasher.finish())
}

/// The files below a folder with their sizes and times, in no order, without what is no code and without `skipped`.
pub(super) fn files(folder: &Path, skipped: &[&str]) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    let mut entries = 0;
    while let Some(folder) = folders.pop() {
        // A folder that vanished or is closed to us is as good as empty.
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            entries += 1;
            if NOT_CODE.iter().chain(skipped).any(|skipped| name == *skipped) || entries > MOST_ENTRIES {
                continue;
            }
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                folders.push(entry.path());
            } else if let Ok(metadata) = std::fs::metadata(entry.path()) {
                // Links to folders count by their own time only: following them may lead anywhere.
                files.push((entry.path(), metadata.len(), metadata.modified().ok()));
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_count_and_caches_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("app.py"), "1").unwrap();
        let first = fingerprint(folder.path());
        assert!(first.is_some());
        std::fs::create_dir(at("__pycache__")).unwrap();
        std::fs::write(at("__pycache__/app.pyc"), "x").unwrap();
        assert_eq!(fingerprint(folder.path()), first);
        std::fs::create_dir(at("lib")).unwrap();
        std::fs::write(at("lib/more.py"), "2").unwrap();
        let second = fingerprint(folder.path());
        assert_ne!(second, first);
        std::fs::write(at("lib/more.py"), "22").unwrap();
        assert_ne!(fingerprint(folder.path()), second);
        assert_eq!(fingerprint(&at("nowhere")), None);
    }
}
