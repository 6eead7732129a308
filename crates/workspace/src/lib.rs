//! The opened folder: its files, documents with versions and one undo stack each, recovery, trust and settings.
//!
//! | file | what it knows |
//! |---|---|
//! | `folder.rs` | the folder on disk: what is read of it, and how files are written |
//! | `document.rs` | a text with versions: typing rebased, gestures, undo |
//! | `disk.rs` | a document and its file: saving, changes by other programs, recovery |
//! | `recovery.rs` | unsaved text, kept for the time after a crash |
//! | `configuration.rs` | the user's own: recent folders, trusted folders, settings |
//! | `workspace.rs` | all of it together, and watching |

pub mod configuration;
pub mod disk;
pub mod document;
pub mod folder;
mod recovery;
mod workspace;

pub use configuration::{Configuration, data_folder};
pub use workspace::{Happened, OpenError, Workspace};
