//! The user's own: folders opened before, folders whose code may run, and settings of the window. Kept in the user's
//! configuration folder, never in a project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

/// Folders remembered.
const RECENT: usize = 12;

/// Exported files remembered.
const EXPORTS: usize = 100;

/// Breakpoints of one workflow and other small things are settings, too; none is larger.
const LARGEST_SETTING: usize = 64 << 10;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    recent: Vec<PathBuf>,
    trusted: BTreeSet<PathBuf>,
    settings: BTreeMap<String, String>,
    /// Files that were exported, newest first, and the folders they came from.
    exports: Vec<(PathBuf, PathBuf)>,
}

/// Where what belongs to no project is kept: `STEPWELL_DATA_DIR`, or where the system keeps such things.
#[must_use]
pub fn data_folder() -> PathBuf {
    std::env::var_os("STEPWELL_DATA_DIR")
        .map(PathBuf::from)
        .or_else(|| directories::ProjectDirs::from("", "", "stepwell").map(|dirs| dirs.data_dir().to_owned()))
        .unwrap_or_else(|| std::env::temp_dir().join("stepwell"))
}

/// What is kept of the user's. Every change is written at once.
#[derive(Debug)]
pub struct Configuration {
    path: PathBuf,
    kept: Mutex<Kept>,
}

impl Configuration {
    /// Reads the user's configuration, from `STEPWELL_CONFIG_DIR` or where the system keeps such things. One that
    /// can't be read is put aside, not overwritten.
    #[must_use]
    pub fn load() -> Self {
        let folder = std::env::var_os("STEPWELL_CONFIG_DIR")
            .map(PathBuf::from)
            .or_else(|| {
                directories::ProjectDirs::from("", "", "stepwell").map(|dirs| dirs.config_dir().to_owned())
            });
        Self::at(&folder.unwrap_or_else(|| std::env::temp_dir().join("stepwell")))
    }

    /// Reads the configuration in a folder.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        let path = folder.join("configuration.json");
        let kept = match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).unwrap_or_else(|error| {
                tracing::warn!(%error, path = %path.display(), "the configuration can't be read and is put aside");
                let _ = std::fs::rename(&path, path.with_extension("json.damaged"));
                Kept::default()
            }),
            Err(_) => Kept::default(),
        };
        Self {
            path,
            kept: Mutex::new(kept),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Kept)) -> std::io::Result<()> {
        let mut kept = self.kept();
        // Another window may have changed the file since: take its word for what is not changed here.
        if let Some(newer) = std::fs::read_to_string(&self.path)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
        {
            *kept = newer;
        }
        change(&mut kept);
        let text = serde_json::to_string_pretty(&*kept).map_err(std::io::Error::other)?;
        crate::folder::write(&self.path, &text)
    }

    /// Folders opened before, newest first.
    #[must_use]
    pub fn recent(&self) -> Vec<PathBuf> {
        self.kept().recent.clone()
    }

    /// Puts a folder first among those opened before.
    ///
    /// # Errors
    /// When the configuration can't be written.
    pub fn opened(&self, folder: &Path) -> std::io::Result<()> {
        self.change(|kept| {
            kept.recent.retain(|recent| recent != folder);
            kept.recent.insert(0, folder.to_owned());
            kept.recent.truncate(RECENT);
        })
    }

    /// Remembers from which project a definition was exported to a file: it stands alone there, and names functions
    /// that are found in that project.
    ///
    /// # Errors
    /// When the file is gone, or the configuration can't be written.
    pub fn exported(&self, file: &Path, project: &Path) -> std::io::Result<()> {
        let file = std::fs::canonicalize(file)?;
        self.change(|kept| {
            kept.exports.retain(|(exported, _)| *exported != file);
            kept.exports.insert(0, (file, project.to_owned()));
            kept.exports.truncate(EXPORTS);
        })
    }

    /// The project that a file was exported from.
    #[must_use]
    pub fn exported_from(&self, file: &Path) -> Option<PathBuf> {
        let file = std::fs::canonicalize(file).ok()?;
        let kept = self.kept();
        let known = kept.exports.iter().find(|(exported, _)| *exported == file);
        known.map(|(_, project)| project.clone())
    }

    /// Whether code in a folder may run.
    #[must_use]
    pub fn is_trusted(&self, folder: &Path) -> bool {
        self.kept().trusted.contains(folder)
    }

    /// Remembers whether code in a folder may run.
    ///
    /// # Errors
    /// When the configuration can't be written.
    pub fn trust(&self, folder: &Path, trusted: bool) -> std::io::Result<()> {
        self.change(|kept| {
            if trusted {
                kept.trusted.insert(folder.to_owned());
            } else {
                kept.trusted.remove(folder);
            }
        })
    }

    /// A setting's JSON text.
    #[must_use]
    pub fn setting(&self, key: &str) -> Option<String> {
        self.kept().settings.get(key).cloned()
    }

    /// Sets or removes a setting.
    ///
    /// # Errors
    /// When it is larger than 64 KiB, or the configuration can't be written.
    pub fn set(&self, key: &str, value: Option<String>) -> std::io::Result<()> {
        if value.as_ref().is_some_and(|value| value.len() > LARGEST_SETTING) {
            return Err(std::io::Error::other("a setting may have 64 KiB at most"));
        }
        self.change(|kept| match value {
            Some(value) => {
                kept.settings.insert(key.to_owned(), value);
            }
            None => {
                kept.settings.remove(key);
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again_and_shared() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (Configuration::at(folder.path()), Configuration::at(folder.path()));
        one.opened(Path::new("/a")).unwrap();
        two.opened(Path::new("/b")).unwrap();
        two.trust(Path::new("/a"), true).unwrap();
        one.set("panels", Some("{}".into())).unwrap();
        one.opened(Path::new("/a")).unwrap();
        let again = Configuration::at(folder.path());
        assert_eq!(again.recent(), [Path::new("/a"), Path::new("/b")]);
        assert!(again.is_trusted(Path::new("/a")) && !again.is_trusted(Path::new("/b")));
        assert_eq!(again.setting("panels").as_deref(), Some("{}"));
        assert!(again.set("big", Some("x".repeat(70_000))).is_err());
    }

    #[test]
    fn a_damaged_file_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("configuration.json"), "{oh no").unwrap();
        let configuration = Configuration::at(folder.path());
        configuration.opened(Path::new("/a")).unwrap();
        let aside = folder.path().join("configuration.json.damaged");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "{oh no");
    }
}
