//! What Stepwell remembers of executions: one SQLite file in the project's `.stepwell/` folder.
//!
//! | table | a row is |
//! |---|---|
//! | `definition` | a definition's text, once for each digest |
//! | `execution` | an execution: what determines it, and how it stands |
//! | `owner` | who drives an execution that has not ended |
//! | `record` | a chunk of one of an execution's streams (journal, events, changes, log, values) |
//! | `request` | what another process asks of an execution's owner |
//! | `resource` | a state machine, activity or function that was made over the AWS endpoint |
//! | `waiting_task` | a task that waits for its token |
//!
//! All writes go through one thread that commits what has gathered in one transaction (group commit). With WAL and
//! `synchronous=NORMAL` a commit survives the end of the process at any moment; a power cut may lose the last ones.
//! Data in a folder is data: reading it never starts anything.

mod by_arn;
mod owner;
mod prune;
mod read;
mod resources;
mod schema;
mod waiting;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use tokio::sync::oneshot;

pub use by_arn::MachineQuery;
pub use owner::{Claim, ProcessId};
pub use prune::Keep;
pub use read::{Request, RunQuery};
pub use resources::{Fate, Resource};
pub use waiting::{TokenOwner, WaitingTask};

/// Runs of the AWS endpoint after whose end old ones are removed again.
const PRUNE_EVERY: u32 = 64;

/// Identity of an execution inside one store.
pub type RowId = i64;

/// The append-only streams of an execution. Items are counted from 0 in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Journal entries: they determine the execution.
    Journal,
    /// History events as emitted.
    Events,
    /// Frame changes as emitted.
    Changes,
    /// Lines that functions printed.
    Log,
    /// Large values, to which the journal and the events refer.
    Values,
}

impl Stream {
    const fn number(self) -> i64 {
        match self {
            Self::Journal => 0,
            Self::Events => 1,
            Self::Changes => 2,
            Self::Log => 3,
            Self::Values => 4,
        }
    }
}

/// Items of one stream, in order, each one line of JSON.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The stream.
    pub stream: Stream,
    /// Number of the first item.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// `count` lines, each ended by a line feed.
    pub lines: String,
}

impl Chunk {
    /// A chunk without items, yet.
    #[must_use]
    pub fn empty(stream: Stream, first: u32) -> Self {
        Self {
            stream,
            first,
            count: 0,
            lines: String::new(),
        }
    }
}

/// How an execution stands, as kept in its row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED`.
    pub status: String,
    /// When it ended, by its own clock, as [`StoredRun::started`]. Milliseconds since the Unix epoch.
    pub ended: Option<i64>,
    /// JSON text.
    pub output: Option<String>,
    /// Error name.
    pub error: Option<String>,
    /// Cause.
    pub cause: Option<String>,
    /// History events so far.
    pub events: u32,
    /// State transitions so far.
    pub transitions: u32,
}

/// A new execution.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// Unique in the store: the execution's name.
    pub name: String,
    /// The workflow's id in the project.
    pub workflow: String,
    /// The document with the definition, relative to the project.
    pub document: String,
    /// The definition as it runs (substitutions resolved).
    pub definition: String,
    /// Its digest.
    pub digest: String,
    /// `ExecutionStart` as JSON text.
    pub start: String,
    /// When it was made, by the wall clock. Milliseconds since the Unix epoch.
    pub created: i64,
    /// When it started, by its own clock; a fork started when its parent did. Milliseconds since the Unix epoch.
    pub started: i64,
    /// The execution it was forked from.
    pub parent: Option<String>,
    /// Started by Debug.
    pub debug: bool,
    /// Waits pass at once.
    pub virtual_time: bool,
    /// It belongs to the AWS endpoint, which goes on with it after a restart and keeps it longer.
    pub served: bool,
}

/// An execution as kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRun {
    /// Identity in this store.
    pub row: RowId,
    /// The execution's name.
    pub name: String,
    /// The workflow's id in the project.
    pub workflow: String,
    /// The document with the definition.
    pub document: String,
    /// Digest of the definition.
    pub digest: String,
    /// `ExecutionStart` as JSON text.
    pub start: String,
    /// When it was made, by the wall clock. Milliseconds since the Unix epoch.
    pub created: i64,
    /// When it started, by its own clock; a fork started when its parent did. Milliseconds since the Unix epoch.
    pub started: i64,
    /// The execution it was forked from.
    pub parent: Option<String>,
    /// Started by Debug.
    pub debug: bool,
    /// Waits pass at once.
    pub virtual_time: bool,
    /// How it stands.
    pub standing: Standing,
}

/// Why the store can't do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder can't be written.
    #[error("{path}: {source}; Stepwell keeps its runs there and needs to write to it")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A newer Stepwell made the file.
    #[error(
        "{path} was written by a newer Stepwell (format {found}, this one knows {known}); update Stepwell, or move the file away to start afresh"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// No room left.
    #[error("the disk is full; make room, and the execution goes on")]
    Full,
    /// Something is missing before it.
    #[error("what comes before this in the record of the execution is not written yet")]
    OutOfOrder,
    /// Another execution has this name.
    #[error("an execution named {0} exists already")]
    NameTaken(String),
    /// SQLite refused.
    #[error("{path}: {source}")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The writing thread is gone: the store is being closed.
    #[error("the record of runs is closed")]
    Closed,
}

/// The record of executions in one folder. One for each open project.
pub struct Store {
    path: PathBuf,
    writer: writer::Writer,
    reader: Mutex<Connection>,
    process: owner::Presence,
    /// Runs of the AWS endpoint that have ended in this process.
    ended: AtomicU32,
}

impl Store {
    /// Opens (or makes) `folder/.stepwell/runs.sqlite`.
    ///
    /// # Errors
    /// [`StoreError::Folder`] where the folder can't be written, [`StoreError::Newer`] where a newer version wrote it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let home = folder.join(".stepwell");
        let failed = |source| StoreError::Folder {
            path: home.clone(),
            source,
        };
        std::fs::create_dir_all(&home).map_err(failed)?;
        let ignore = home.join(".gitignore");
        if !ignore.exists() {
            std::fs::write(&ignore, "*\n").map_err(failed)?;
        }
        let path = home.join("runs.sqlite");
        // SQLite does not wait its turn where two processes make the file, or switch it to WAL, at the same moment.
        let one_at_a_time = std::fs::File::create(home.join("opening.lock")).map_err(failed)?;
        one_at_a_time.lock().map_err(failed)?;
        let connection = schema::open(&path)?;
        let reader = schema::connect(&path)?;
        let process = owner::Presence::announce(&home.join("processes")).map_err(failed)?;
        Ok(Self {
            writer: writer::Writer::start(connection, path.clone()),
            path,
            reader: Mutex::new(reader),
            process,
            ended: AtomicU32::new(0),
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Records a new execution, owned by this process, with what its streams begin with: all of it or nothing.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::Full`], or what SQLite says.
    pub async fn create(&self, run: NewRun, beginning: Vec<Chunk>) -> Result<RowId, StoreError> {
        let process = self.process.id().clone();
        self.writer
            .run(move |transaction| {
                let row = writer::create(transaction, &run, &process)?;
                writer::append(transaction, row, &beginning, None)?;
                Ok(row)
            })
            .await
    }

    /// Appends to an execution's streams and updates how it stands; resolves when it is committed.
    ///
    /// # Errors
    /// [`StoreError::Full`] (nothing was written: try again later), [`StoreError::OutOfOrder`] where a chunk does not
    /// begin where its stream ends, or what SQLite says.
    pub async fn append(
        &self,
        row: RowId,
        chunks: Vec<Chunk>,
        standing: Option<Standing>,
    ) -> Result<(), StoreError> {
        self.append_later(row, chunks.into(), standing)
            .await
            .unwrap_or(Err(StoreError::Closed))
    }

    /// As [`Store::append`], but returns at once; the receiver hears when it is committed.
    pub fn append_later(
        &self,
        row: RowId,
        chunks: Arc<[Chunk]>,
        standing: Option<Standing>,
    ) -> oneshot::Receiver<Result<(), StoreError>> {
        self.writer
            .submit(move |transaction| writer::append(transaction, row, &chunks, standing.as_ref()))
    }

    /// Gives up an execution that goes on later (an orderly end of the process).
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn release(&self, row: RowId) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| writer::release(transaction, row))
            .await
    }

    /// Takes over an execution whose owner is gone, in one transaction.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn claim(&self, row: RowId, at: i64) -> Result<Claim, StoreError> {
        let process = self.process.id().clone();
        let folder = self.process.folder().to_owned();
        self.writer
            .run(move |transaction| owner::claim(transaction, row, &process, &folder, at))
            .await
    }

    /// Asks something of an execution's owner, wherever it runs.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn request(&self, row: RowId, what: String) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| writer::request(transaction, row, &what))
            .await
    }

    /// The requests for executions that this process owns; they stay until they are [`Store::forget_requests`].
    ///
    /// # Errors
    /// What SQLite says.
    pub fn requests(&self) -> Result<Vec<Request>, StoreError> {
        let process = self.process.id();
        self.read(|connection| read::requests(connection, process))
    }

    /// Removes requests that are done.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn forget_requests(&self, done: Vec<RowId>) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| writer::forget_requests(transaction, &done))
            .await
    }

    /// Removes the oldest ended executions that are beyond what is kept; gives their number.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn prune(&self, keep: Keep) -> Result<u32, StoreError> {
        self.writer
            .run(move |transaction| prune::prune(transaction, keep))
            .await
    }

    /// As [`Store::prune`], after a run has ended. After those of the AWS endpoint only now and then: looking through
    /// thousands at the end of each would hold up the others.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn prune_after(&self, row: RowId, keep: Keep) -> Result<(), StoreError> {
        if !self.is_served(row)?
            || self
                .ended
                .fetch_add(1, Ordering::Relaxed)
                .is_multiple_of(PRUNE_EVERY)
        {
            self.prune(keep).await?;
        }
        Ok(())
    }

    /// Removes an execution with its record.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn remove(&self, row: RowId) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| prune::remove(transaction, &[row]))
            .await
    }

    /// Lets the file grow to so many pages of 4 KiB at most; beyond, writing answers [`StoreError::Full`].
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| Ok(transaction.pragma_update(None, "max_page_count", pages)?))
            .await
    }

    /// Executions, newest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn list(&self, query: &RunQuery) -> Result<Vec<StoredRun>, StoreError> {
        self.read(|connection| read::list(connection, query))
    }

    /// One execution by its name.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn find(&self, name: &str) -> Result<Option<StoredRun>, StoreError> {
        self.read(|connection| read::find(connection, name))
    }

    /// A definition's text.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn definition(&self, digest: &str) -> Result<Option<String>, StoreError> {
        self.read(|connection| read::definition(connection, digest))
    }

    /// The items `from .. from + limit` of a stream, each one line of JSON.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn lines(
        &self,
        row: RowId,
        stream: Stream,
        from: u32,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        self.read(|connection| read::lines(connection, row, stream, from, limit))
    }

    /// How many items a stream has.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn count(&self, row: RowId, stream: Stream) -> Result<u32, StoreError> {
        self.read(|connection| read::count(connection, row, stream))
    }

    /// Whether an execution that has not ended is driven by a living process other than this one.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn driven_elsewhere(&self, row: RowId) -> Result<bool, StoreError> {
        let owner = self.read(|connection| owner::of(connection, row))?;
        Ok(owner.is_some_and(|owner| {
            owner != *self.process.id() && owner::is_alive(self.process.folder(), &owner)
        }))
    }

    fn read<T>(&self, body: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let connection = self
            .reader
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        body(&connection).map_err(|source| StoreError::Sqlite {
            path: self.path.clone(),
            source,
        })
    }
}
