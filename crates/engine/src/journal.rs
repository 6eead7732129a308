//! The journal: the ordered entries that, with the start, determine an execution.
//!
//! Each call of `handle` and `advance` is one entry, written after the call and before its effects.
//! An advance is recorded by what it did, not by what it was asked: the boundaries passed in canonical order are one number.

use serde::{Deserialize, Serialize};

use crate::{FrameId, Input, Timestamp};

/// One entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// The time that the call was given.
    pub at: Timestamp,
    /// Which call it was.
    pub entry: Entry,
}

/// What happened to the execution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Entry {
    /// `handle` with this input.
    Input(Input),
    /// `advance` in canonical order. Timers that were due fired first, even where nothing was passed.
    Canonical {
        /// How many boundaries were passed.
        passed: u32,
    },
    /// `advance` of one frame alone.
    Only {
        /// The frame.
        frame: FrameId,
        /// How many boundaries it passed.
        passed: u32,
    },
}

/// A moment in a journal: that many whole entries, and that many boundaries into the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Position {
    /// Whole entries.
    pub entry: u32,
    /// Boundaries of the next entry, which is an advance unless this is 0.
    pub passed: u32,
}

/// A journal that this machine, or this revision of the engine, cannot have written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// Entry `entry` says that more boundaries were passed than can be.
    #[error(
        "journal entry {entry} passed {recorded} boundaries, but the replay stops after {passed}: the definition or the engine is not the one that wrote it"
    )]
    Diverged {
        /// Index of the entry.
        entry: u32,
        /// Boundaries that the entry says.
        recorded: u32,
        /// Boundaries that could be passed.
        passed: u32,
    },
    /// A position beyond the journal's end.
    #[error("the journal has {entries} entries; there is no moment {position:?}")]
    NoSuchPosition {
        /// Length of the journal.
        entries: u32,
        /// What was asked for.
        position: Position,
    },
}
