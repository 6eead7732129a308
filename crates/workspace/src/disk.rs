//! A document and its file: saving, changes by other programs, and text that was never saved.
//!
//! | the file | the document | what happens |
//! |---|---|---|
//! | changed | as saved | the document follows |
//! | changed | changed elsewhere | both changes are merged |
//! | changed | changed in the same lines, or right beside them | the user is asked |
//! | gone | any | it stays open; saving makes the file again |
//!
//! Unsaved text lies in `.stepwell/recovery/` until it is saved (`recovery.rs`), and is merged when the document is
//! opened again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use asl::text::merge::{Conflict, merge};
use asl::text::position::Positions;
use asl::text::{Node, Tree};
use project::DocumentId;
use project::document::{Located, format_of, locate};

use crate::document::{Applied, Document};
use crate::folder;
use crate::recovery::Recovery;

/// A document that is open.
pub struct OpenDocument {
    /// Its name.
    pub id: DocumentId,
    /// Its text.
    pub document: Document,
    path: PathBuf,
    recovery: Recovery,
    /// The text on disk that the document goes back to: what "unsaved" is measured against.
    base: Arc<str>,
    conflict: Option<DiskConflict>,
    missing: bool,
    recovered: bool,
    /// The version that lies in the recovery folder.
    kept_version: u32,
    /// Why it does not.
    unprotected: Option<String>,
}

/// The file on disk and the open text both changed the same lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskConflict {
    /// The text on disk.
    pub disk: Arc<str>,
    /// Lines of the open text that are concerned, counted from 1.
    pub lines: Vec<u32>,
}

/// Why a document can't be opened or saved.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The file can't be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file, or the folder it lies in, may not be written.
    #[error("{path} can't be written: {source}.")]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Only a document whose file is gone can be let go of.
    #[error("{0} is on disk; undo what is not saved, or save it")]
    Present(String),
    /// The name leads out of the folder.
    #[error("{0} is not a file of this project")]
    Outside(String),
    /// The template no longer has the definition.
    #[error("{0} is not in the template any more; copy the text if you need it, and put the resource back")]
    Gone(String),
    /// The text would not stay in its place in the template.
    #[error(
        "{0} can't be saved: the text would leave its place in the template. Close every bracket, and indent every line as the first one"
    )]
    Layout(String),
    /// The file changed in the same lines.
    #[error("the file changed on disk in the same lines; choose which text to keep, then save")]
    Conflict,
}

impl OpenDocument {
    /// Opens a document, with text that was never saved, if there is some.
    ///
    /// # Errors
    /// [`DiskError`].
    pub fn open(root: &Path, id: &DocumentId) -> Result<Self, DiskError> {
        let path = folder::inside(root, &id.path).ok_or_else(|| DiskError::Outside(id.path.clone()))?;
        let located = read(&path, id)?;
        let document = Document::new(located.text.clone(), located.format, located.range.is_none());
        let mut open = Self::around(root, id, path, document, located.text);
        open.recover();
        Ok(open)
    }

    /// Opens what was never saved of a document whose file is gone: that text is all there is of it. None where the
    /// file is there, or nothing was left behind, or another process has it.
    pub(crate) fn open_left_behind(root: &Path, id: &DocumentId) -> Option<Self> {
        let path = folder::inside(root, &id.path).filter(|path| read(path, id).is_err())?;
        let mut recovery = Recovery::of(root, id);
        let unsaved = recovery.take_up()?;
        let base: Arc<str> = unsaved.base.into();
        let document = Document::new(base.clone(), format_of(&id.path), false);
        let mut open = Self::around(root, id, path, document, base);
        open.document.replace(&unsaved.text, "Unsaved text brought back");
        open.recovery = recovery;
        (open.missing, open.recovered) = (true, true);
        open.kept_version = open.document.version();
        Some(open)
    }

    fn around(root: &Path, id: &DocumentId, path: PathBuf, document: Document, base: Arc<str>) -> Self {
        Self {
            id: id.clone(),
            kept_version: document.version(),
            document,
            path,
            recovery: Recovery::of(root, id),
            base,
            conflict: None,
            missing: false,
            recovered: false,
            unprotected: None,
        }
    }

    fn recover(&mut self) {
        let Some(unsaved) = self.recovery.take_up() else {
            return;
        };
        if *unsaved.text == *self.base || self.document.is_read_only() {
            self.recovery.clear();
            return;
        }
        // The file may have changed since: what was not saved is merged into what is there now.
        let disk = self.base.clone();
        let merged = merge(&unsaved.base, &unsaved.text, &disk);
        self.document.replace(&merged.text, "Unsaved text brought back");
        self.conflict = conflict(&merged.text, &merged.conflicts, &disk);
        self.recovered = true;
        self.kept_version = self.document.version();
    }

    /// Whether the text differs from the file.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        *self.base != **self.document.text()
    }

    /// The conflict to ask the user about.
    #[must_use]
    pub fn conflict(&self) -> Option<&DiskConflict> {
        self.conflict.as_ref()
    }

    /// Whether the file is gone.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.missing
    }

    /// Why what is not saved lies nowhere that a crash could not reach, if so.
    #[must_use]
    pub fn unprotected(&self) -> Option<&str> {
        self.unprotected.as_deref()
    }

    /// Forgets what was not saved.
    pub(crate) fn forget(&mut self) {
        self.recovery.clear();
    }

    /// Whether it holds text that an earlier session never saved.
    #[must_use]
    pub fn is_recovered(&self) -> bool {
        self.recovered && self.is_dirty()
    }

    /// Looks at the file again. Answers what has to be told: a change of the text, or `Some(None)` for another
    /// status only.
    pub fn refresh(&mut self) -> Option<Option<Applied>> {
        let disk = match read(&self.path, &self.id) {
            Ok(located) => located.text,
            Err(_) => return (!std::mem::replace(&mut self.missing, true)).then_some(None),
        };
        let was_missing = std::mem::replace(&mut self.missing, false);
        let unchanged = disk == self.base
            || self
                .conflict
                .as_ref()
                .is_some_and(|conflict| conflict.disk == disk);
        if unchanged {
            return was_missing.then_some(None);
        }
        if *disk == **self.document.text() {
            self.settle(disk);
            return Some(None);
        }
        let ours = self.document.text().clone();
        let merged = merge(&self.base, &ours, &disk);
        self.conflict = conflict(&merged.text, &merged.conflicts, &disk);
        if self.conflict.is_some() {
            return Some(None);
        }
        self.base = disk;
        Some(Some(self.document.change_from_disk(merged.changes)))
    }

    /// Takes the user's answer to a conflict.
    pub fn resolve(&mut self, keep_mine: bool) -> Option<Applied> {
        let conflict = self.conflict.take()?;
        self.base = conflict.disk.clone();
        (!keep_mine).then(|| self.document.replace(&conflict.disk, "Text from disk"))
    }

    /// Saves. What another program changed meanwhile is merged first.
    ///
    /// # Errors
    /// [`DiskError::Conflict`] where that needs the user, or why the file can't be written.
    pub fn save(&mut self) -> Result<Option<Applied>, DiskError> {
        let applied = self.refresh().flatten();
        if self.conflict.is_some() {
            return Err(DiskError::Conflict);
        }
        let text = self.document.text().clone();
        let failed = |source| file_error(&self.path, source);
        match &self.id.resource {
            None => folder::write(&self.path, &text).map_err(failed)?,
            Some(_) => {
                let file: Arc<str> = std::fs::read_to_string(&self.path).map_err(failed)?.into();
                let whole = put_in(&self.id, &file, &text)?;
                folder::write(&self.path, &whole).map_err(failed)?;
            }
        }
        self.missing = false;
        self.settle(text);
        Ok(applied)
    }

    fn settle(&mut self, base: Arc<str>) {
        self.base = base;
        self.conflict = None;
        self.recovered = false;
        self.recovery.clear();
        self.unprotected = None;
        self.kept_version = self.document.version();
    }

    /// Keeps unsaved text where a crash can't reach it, or removes what is saved by now. Cheap when nothing changed.
    /// Answers whether that it can be kept, or can't, is news.
    pub fn keep_unsaved(&mut self) -> bool {
        if self.kept_version == self.document.version() {
            return false;
        }
        self.kept_version = self.document.version();
        let failed = if self.is_dirty() {
            let kept = self.recovery.keep(&self.base, self.document.text());
            kept.err().map(|error| error.to_string())
        } else {
            self.recovery.clear();
            None
        };
        if let Some(error) = &failed {
            tracing::warn!(%error, document = %self.id, "unsaved text can't be kept for recovery");
        }
        let news = failed.is_some() != self.unprotected.is_some();
        self.unprotected = failed;
        news
    }
}

fn file_error(path: &Path, source: std::io::Error) -> DiskError {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let path = path.to_owned();
    match source.kind() {
        PermissionDenied | ReadOnlyFilesystem => DiskError::NotWritable { path, source },
        _ => DiskError::File { path, source },
    }
}

fn read(path: &Path, id: &DocumentId) -> Result<Located, DiskError> {
    let file = std::fs::read_to_string(path).map_err(|source| DiskError::File {
        path: path.to_owned(),
        source,
    })?;
    locate(id, &file.into()).ok_or_else(|| DiskError::Gone(id.to_string()))
}

/// The template with another definition in the place of its own.
fn put_in(id: &DocumentId, file: &Arc<str>, text: &str) -> Result<Arc<str>, DiskError> {
    let range = locate(id, file).and_then(|located| located.range);
    let range = range.ok_or_else(|| DiskError::Gone(id.to_string()))?;
    let whole: Arc<str> = format!("{}{text}{}", &file[..range.start], &file[range.end..]).into();
    // A line that is indented too little, or a bracket too many, would make it another template: what is read out of
    // it must be what was put in, and everything around it must be as before.
    let located = locate(id, &whole).and_then(|located| located.range);
    let stays = located == Some(range.start..range.start + text.len());
    if !stays || surroundings(id, file) != surroundings(id, &whole) {
        return Err(DiskError::Layout(id.to_string()));
    }
    Ok(whole)
}

/// What stands around a definition in its template: the names of the sections, of the resources, and of its own
/// resource's properties.
fn surroundings(id: &DocumentId, file: &Arc<str>) -> Vec<String> {
    let tree = Tree::parse(file.clone(), format_of(&id.path));
    let root = tree.root();
    let resources = root.and_then(|root| root.get("Resources"));
    let resource = id.resource.as_ref().and_then(|name| resources?.get(name));
    let properties = resource.and_then(|resource| resource.get("Properties"));
    [root, resources, resource, properties]
        .into_iter()
        .flatten()
        .flat_map(Node::members)
        .map(|member| member.name.into_owned())
        .collect()
}

fn conflict(text: &str, conflicts: &[Conflict], disk: &Arc<str>) -> Option<DiskConflict> {
    let positions = Positions::new(text);
    let lines = conflicts
        .iter()
        .map(|conflict| positions.line_column(conflict.range.start).line)
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| DiskConflict {
        disk: disk.clone(),
        lines,
    })
}
