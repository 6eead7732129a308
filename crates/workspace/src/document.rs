//! A text with versions. Every change of it, from typing in a view to a change on disk, is one version.
//!
//! Typing comes with the version that it was made against and is rebased over what came since, as
//! `@codemirror/collab` does, with the core as authority. Undo is one stack for all views: it takes back what the user
//! did, in the order in which it was done. A change on disk is no user's doing; the stack is rebased over it.

mod undo;

use std::sync::Arc;
use std::time::Duration;

use asl::definition::Definition;
use asl::diagnostics::{Known, diagnose_knowing};
use asl::edits::{self, Edit, EditError};
use asl::graph::FlowGraph;
use asl::text::position::Positions;
use asl::text::{ChangeError, Changes, Format, Side, TextChange, Tree};

use undo::{Step, UndoStack};

/// How far back a view may be behind: older changes are forgotten, and the view has to fetch the text again.
const REMEMBERED: usize = 4_000;

/// What is understood of a text.
pub struct Analysis {
    /// The version that it is of.
    pub version: u32,
    /// Its tree.
    pub tree: Tree,
    /// What could be read of it as a definition.
    pub definition: Definition,
    /// The definition as a graph.
    pub graph: FlowGraph,
    /// What is wrong.
    pub diagnostics: Vec<asl::diagnostics::Diagnostic>,
    /// Its offsets in other units.
    pub positions: Positions,
}

/// A text that waits to be understood. That is the slow part of every key, for a thread that holds nothing.
pub struct Unread {
    text: Arc<str>,
    format: Format,
    version: u32,
    known: Arc<Known>,
}

impl Unread {
    /// Understands it.
    #[must_use]
    pub fn read(&self) -> Analysis {
        let tree = Tree::parse(self.text.clone(), self.format);
        let definition = Definition::read(&tree);
        let graph = FlowGraph::of(&definition);
        let diagnostics = diagnose_knowing(&tree, &definition, &graph, &self.known);
        Analysis {
            version: self.version,
            tree,
            definition,
            graph,
            diagnostics,
            positions: Positions::new(self.text.clone()),
        }
    }
}

/// A change that was made, for the views that have to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The version before.
    pub base: u32,
    /// The version after.
    pub version: u32,
    /// As applied to the text at `base`; offsets in UTF-8.
    pub changes: Changes,
    /// The same in UTF-16: start, end, insert.
    pub utf16: Vec<(u32, u32, String)>,
    /// The view that typed it, or `edit`, `undo`, `redo`, `disk`.
    pub origin: String,
    /// The state to select afterwards.
    pub select: Option<String>,
}

/// Why a change was refused. The text is as it was.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is put together from pieces of a template.
    #[error(
        "this definition is put together from pieces of the template and can only be read; move it into a file of its own to edit it"
    )]
    ReadOnly,
    /// The view is too far behind, or ahead of the core.
    #[error(
        "the view's version {base} is not known any more (now {version}); the text has to be fetched again"
    )]
    Stale {
        /// The view's version.
        base: u32,
        /// The version now.
        version: u32,
    },
    /// The ranges do not fit the text.
    #[error("the change does not fit the text: {0}")]
    Range(ChangeError),
    /// A gesture that can't be.
    #[error("{}", .0.message)]
    Edit(EditError),
    /// Nothing to undo or redo.
    #[error("there is nothing to {0}")]
    NothingTo(&'static str),
    /// The diagnostic was of another version, or has no fix.
    #[error("the text has changed since; look at the problem again")]
    NoFix,
}

/// A text with versions.
pub struct Document {
    text: Arc<str>,
    version: u32,
    format: Format,
    read_only: bool,
    /// Changes by version: the last one led to `version`.
    history: Vec<Changes>,
    /// What leads back from each of them.
    inverses: Vec<Changes>,
    undo: UndoStack,
    known: Arc<Known>,
    analysis: Option<Arc<Analysis>>,
}

impl Document {
    /// A document at version 1.
    #[must_use]
    pub fn new(text: Arc<str>, format: Format, read_only: bool) -> Self {
        Self {
            text,
            version: 1,
            format,
            read_only,
            history: Vec::new(),
            inverses: Vec::new(),
            undo: UndoStack::default(),
            known: Arc::default(),
            analysis: None,
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// JSON or YAML.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether it can only be read.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.undo_label()
    }

    /// What redo would bring back.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.undo.redo_label()
    }

    /// What is known besides the text: the next analysis goes by it.
    pub fn know(&mut self, known: Known) {
        if *self.known != known {
            self.known = Arc::new(known);
            self.analysis = None;
        }
    }

    /// What is understood of the text as it is.
    pub fn analysis(&mut self) -> Arc<Analysis> {
        if let Some(analysis) = self.known_analysis() {
            return analysis;
        }
        let analysis = Arc::new(self.unread().read());
        self.analysis = Some(analysis.clone());
        analysis
    }

    /// The same, if it is known already.
    #[must_use]
    pub fn known_analysis(&self) -> Option<Arc<Analysis>> {
        let current = |analysis: &&Arc<Analysis>| analysis.version == self.version;
        self.analysis.as_ref().filter(current).cloned()
    }

    /// What has to be read for an analysis.
    #[must_use]
    pub fn unread(&self) -> Unread {
        Unread {
            text: self.text.clone(),
            format: self.format,
            version: self.version,
            known: self.known.clone(),
        }
    }

    /// Keeps what was read elsewhere, if nothing has changed since.
    pub fn keep(&mut self, unread: &Unread, analysis: &Arc<Analysis>) {
        if unread.version == self.version && Arc::ptr_eq(&unread.known, &self.known) {
            self.analysis = Some(analysis.clone());
        }
    }

    /// Typing in a view, made against version `base`; `changes` as start, end, insert in UTF-16. `at` is any clock
    /// that never goes backwards: keys that follow each other closely on one line are undone together.
    ///
    /// # Errors
    /// [`DocumentError::Stale`], [`DocumentError::Range`] or [`DocumentError::ReadOnly`].
    pub fn change(
        &mut self,
        base: u32,
        changes: &[(u32, u32, String)],
        view: &str,
        at: Duration,
    ) -> Result<Applied, DocumentError> {
        self.check_writable()?;
        let since = self.since(base)?.to_vec();
        let text = self.text_at(&since);
        let positions = Positions::new(text.clone());
        let list = changes
            .iter()
            .map(|(from, to, insert)| TextChange {
                range: positions.offset(*from as usize)..positions.offset(*to as usize),
                insert: insert.clone(),
            })
            .collect();
        let mut changes = Changes::new(list).map_err(DocumentError::Range)?;
        changes.check(&text).map_err(DocumentError::Range)?;
        for earlier in &since {
            changes = changes.rebase(earlier, Side::After);
        }
        let step = Step::typing(&changes, &self.text, view, at);
        Ok(self.apply(changes, view, None, Some(step)))
    }

    /// A gesture, computed against the text as it is now.
    ///
    /// # Errors
    /// [`DocumentError::Edit`] says why it can't be.
    pub fn edit(&mut self, edit: &Edit) -> Result<Applied, DocumentError> {
        self.check_writable()?;
        let analysis = self.analysis();
        let edited = edits::apply(&analysis.definition, &analysis.tree, edit).map_err(DocumentError::Edit)?;
        let step = Step::gesture(&edited.changes, &self.text, edited.label);
        Ok(self.apply(edited.changes, "edit", edited.select, Some(step)))
    }

    /// Applies the fix of a diagnostic of the analysis at `version`.
    ///
    /// # Errors
    /// [`DocumentError::NoFix`].
    pub fn fix(&mut self, version: u32, diagnostic: u32) -> Result<Applied, DocumentError> {
        self.check_writable()?;
        let analysis = self.analysis();
        if version != self.version {
            return Err(DocumentError::NoFix);
        }
        let fix = analysis
            .diagnostics
            .get(diagnostic as usize)
            .and_then(|diagnostic| diagnostic.fix.as_ref());
        let fix = fix.ok_or(DocumentError::NoFix)?;
        let step = Step::gesture(&fix.changes, &self.text, fix.label.clone());
        Ok(self.apply(fix.changes.clone(), "edit", None, Some(step)))
    }

    /// Takes back the last step.
    ///
    /// # Errors
    /// [`DocumentError::NothingTo`].
    pub fn undo(&mut self) -> Result<Applied, DocumentError> {
        let changes = self
            .undo
            .undo(&self.text)
            .ok_or(DocumentError::NothingTo("undo"))?;
        Ok(self.apply(changes, "undo", None, None))
    }

    /// Brings back the last step taken back.
    ///
    /// # Errors
    /// [`DocumentError::NothingTo`].
    pub fn redo(&mut self) -> Result<Applied, DocumentError> {
        let changes = self
            .undo
            .redo(&self.text)
            .ok_or(DocumentError::NothingTo("redo"))?;
        Ok(self.apply(changes, "redo", None, None))
    }

    /// A change that is no user's doing: another program's, on disk. Undo is rebased over it.
    pub fn change_from_disk(&mut self, changes: Changes) -> Applied {
        self.undo.rebase(&changes);
        self.apply(changes, "disk", None, None)
    }

    /// A change that replaces the text by another one and can be undone.
    pub fn replace(&mut self, text: &str, label: &str) -> Applied {
        let changes = asl::text::merge::difference(&self.text, text);
        let step = Step::gesture(&changes, &self.text, label.to_owned());
        self.apply(changes, "edit", None, Some(step))
    }

    fn check_writable(&self) -> Result<(), DocumentError> {
        if self.read_only {
            Err(DocumentError::ReadOnly)
        } else {
            Ok(())
        }
    }

    fn since(&self, base: u32) -> Result<&[Changes], DocumentError> {
        let stale = || DocumentError::Stale {
            base,
            version: self.version,
        };
        let behind = self.version.checked_sub(base).ok_or_else(stale)? as usize;
        let start = self.history.len().checked_sub(behind).ok_or_else(stale)?;
        Ok(&self.history[start..])
    }

    /// The text before the changes in `since`. Only a view that lags pays for this.
    fn text_at(&self, since: &[Changes]) -> Arc<str> {
        if since.is_empty() {
            return self.text.clone();
        }
        let behind = since.len();
        let inverses = &self.inverses[self.inverses.len() - behind..];
        let text = inverses
            .iter()
            .rev()
            .fold(self.text.to_string(), |text, inverse| inverse.apply(&text));
        text.into()
    }

    fn apply(
        &mut self,
        changes: Changes,
        origin: &str,
        select: Option<String>,
        step: Option<Step>,
    ) -> Applied {
        let positions = Positions::new(self.text.clone());
        let utf16 = changes
            .list()
            .iter()
            .map(|change| {
                let unit = |offset| u32::try_from(positions.utf16(offset)).unwrap_or(u32::MAX);
                (
                    unit(change.range.start),
                    unit(change.range.end),
                    change.insert.clone(),
                )
            })
            .collect();
        let inverse = changes.invert(&self.text);
        self.text = changes.apply(&self.text).into();
        self.history.push(changes.clone());
        self.inverses.push(inverse);
        if self.history.len() > REMEMBERED {
            let surplus = self.history.len() - REMEMBERED;
            self.history.drain(..surplus);
            self.inverses.drain(..surplus);
        }
        if let Some(step) = step {
            self.undo.push(step);
        }
        let base = self.version;
        self.version += 1;
        Applied {
            base,
            version: self.version,
            changes,
            utf16,
            origin: origin.to_owned(),
            select,
        }
    }
}

#[cfg(test)]
mod tests;
