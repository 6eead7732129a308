//! Unsaved text of a document, kept where a crash can't reach it: `.stepwell/recovery/`.
//!
//! Several processes may have one document open, each with text of its own. So a document has numbered places there, and
//! a process keeps its text in one that it has locked; the operating system lets go of the lock when the process ends,
//! however it ends. A text whose place nobody has locked was left behind: the next process that opens the document takes
//! it up. Where two were left behind, the second one waits for the opening after that; none is overwritten.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use project::DocumentId;
use serde::{Deserialize, Serialize};

use crate::folder;

/// Where the texts lie in a project's folder.
const HOME: &str = ".stepwell/recovery";

/// Places looked at: more processes than this never have one document open.
const PLACES: u32 = 64;

/// Where one open document keeps its unsaved text.
pub(crate) struct Recovery {
    document: String,
    folder: PathBuf,
    /// Beginning of the files' names.
    stem: String,
    place: Option<Place>,
}

/// A text that was never saved, and the saved one that it came from.
#[derive(Serialize, Deserialize)]
pub(crate) struct Unsaved {
    document: String,
    pub(crate) base: String,
    pub(crate) text: String,
}

/// A place that is this process's.
struct Place {
    text: PathBuf,
    _lock: File,
}

impl Recovery {
    pub(crate) fn of(root: &Path, id: &DocumentId) -> Self {
        let document = id.to_string();
        // Names become file names only in this harmless form; the document's own name is inside the file.
        let name: String = document.bytes().map(|byte| format!("{byte:02x}")).collect();
        Self {
            stem: name.chars().rev().take(200).collect(),
            folder: root.join(HOME),
            document,
            place: None,
        }
    }

    /// The documents that have a text here: left behind, or some process's.
    pub(crate) fn documents(root: &Path) -> BTreeSet<DocumentId> {
        let entries = std::fs::read_dir(root.join(HOME)).into_iter().flatten().flatten();
        entries
            .filter(|entry| {
                entry
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == "json")
            })
            .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
            .filter_map(|text| serde_json::from_str::<Unsaved>(&text).ok())
            .map(|unsaved| DocumentId::parse(&unsaved.document))
            .collect()
    }

    /// Takes up a text that was left behind, and its place.
    pub(crate) fn take_up(&mut self) -> Option<Unsaved> {
        for number in 0..PLACES {
            if !self.text(number).exists() {
                continue;
            }
            // First the lock: what is read without it may be another process's by now.
            let Ok(Some(place)) = self.lock(number) else {
                continue;
            };
            let left = std::fs::read_to_string(&place.text).ok();
            let unsaved = left.and_then(|text| serde_json::from_str::<Unsaved>(&text).ok());
            if let Some(unsaved) = unsaved.filter(|unsaved| unsaved.document == self.document) {
                self.place = Some(place);
                return Some(unsaved);
            }
        }
        None
    }

    /// Keeps a text.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn keep(&mut self, base: &str, text: &str) -> std::io::Result<()> {
        let unsaved = Unsaved {
            document: self.document.clone(),
            base: base.to_owned(),
            text: text.to_owned(),
        };
        let unsaved = serde_json::to_string(&unsaved)?;
        if self.place.is_none() {
            self.place = Some(self.find_place()?);
        }
        match &self.place {
            Some(place) => folder::write(&place.text, &unsaved),
            None => Ok(()),
        }
    }

    /// The text is saved, or as it was: nothing is kept.
    pub(crate) fn clear(&mut self) {
        if let Some(place) = &self.place {
            let _ = std::fs::remove_file(&place.text);
        }
    }

    /// The first place that is nobody's and holds nothing.
    fn find_place(&self) -> std::io::Result<Place> {
        std::fs::create_dir_all(&self.folder)?;
        for number in 0..PLACES {
            if let Some(place) = self.lock(number)?
                && !place.text.exists()
            {
                return Ok(place);
            }
        }
        Err(std::io::Error::other(format!(
            "{}: too many unsaved texts of {}; remove those that nobody needs",
            self.folder.display(),
            self.document
        )))
    }

    fn text(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{}.{number}.json", self.stem))
    }

    /// Locks a place; none when another process has.
    fn lock(&self, number: u32) -> std::io::Result<Option<Place>> {
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.folder.join(format!("{}.{number}.lock", self.stem)))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Place {
                text: self.text(number),
                _lock: lock,
            })),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_behind(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let id = DocumentId::file("a.asl.json");
        let mut taken = Vec::new();
        loop {
            let mut recovery = Recovery::of(folder, &id);
            let Some(unsaved) = recovery.take_up() else {
                return found;
            };
            found.push(unsaved.text);
            taken.push(recovery);
        }
    }

    #[test]
    fn each_process_keeps_its_own_text_and_both_are_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let id = DocumentId::file("a.asl.json");
        let (mut one, mut other) = (Recovery::of(folder.path(), &id), Recovery::of(folder.path(), &id));
        one.keep("base", "mine").unwrap();
        other.keep("base", "yours").unwrap();
        one.keep("base", "mine too").unwrap();
        assert_eq!(left_behind(folder.path()), [""; 0], "both are alive");
        drop(one);
        assert_eq!(left_behind(folder.path()), ["mine too"]);
        other.clear();
        drop(other);
        assert_eq!(
            left_behind(folder.path()),
            ["mine too"],
            "what is saved removes its own text alone"
        );
        let mut third = Recovery::of(folder.path(), &id);
        third.keep("base", "a third one").unwrap();
        drop(third);
        assert_eq!(left_behind(folder.path()), ["mine too", "a third one"]);
    }
}
