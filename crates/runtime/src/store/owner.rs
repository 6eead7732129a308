//! Who drives an execution. A process shows that it is alive by holding a lock on a file of its own: the operating
//! system lets go of it at the process's end, however it ends, so no clock and no process number has to be trusted
//! (`docs/decisions/0003-owner-locks.md`).

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::RowId;
use super::writer::JobError;

/// Names a process of ours that uses this store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessId(String);

impl ProcessId {
    /// The name, also its lock file's.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What became of a wish to take over an execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is this process's now.
    Ours,
    /// A living process drives it.
    Elsewhere,
    /// It has ended: there is nothing to drive.
    Ended,
}

/// This process's lock, held as long as the store is open.
pub(super) struct Presence {
    id: ProcessId,
    folder: PathBuf,
    _lock: File,
}

impl Presence {
    /// Makes and locks a file for this process, and sweeps up those of processes that are gone.
    pub(super) fn announce(folder: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        for entry in std::fs::read_dir(folder)?.flatten() {
            if let Some(name) = entry.file_name().to_str()
                && !is_alive(folder, &ProcessId(name.to_owned()))
            {
                let _ = std::fs::remove_file(entry.path());
            }
        }
        for number in 0_u32.. {
            let id = ProcessId(format!("{}-{number}", std::process::id()));
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(folder.join(id.as_str()))?;
            match file.try_lock() {
                // Another process may have swept the file up before it was locked: then this lock shows nothing.
                Ok(()) if is_alive(folder, &id) => {
                    return Ok(Self {
                        id,
                        folder: folder.to_owned(),
                        _lock: file,
                    });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(std::io::Error::other("no lock file could be made"))
    }

    pub(super) fn id(&self) -> &ProcessId {
        &self.id
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(self.folder.join(self.id.as_str()));
    }
}

/// Whether the process still holds its lock.
pub(super) fn is_alive(folder: &Path, process: &ProcessId) -> bool {
    match OpenOptions::new().write(true).open(folder.join(process.as_str())) {
        Ok(file) => matches!(file.try_lock(), Err(TryLockError::WouldBlock)),
        Err(_) => false,
    }
}

pub(super) fn of(connection: &Connection, row: RowId) -> rusqlite::Result<Option<ProcessId>> {
    connection
        .prepare_cached("select process from owner where execution = ?1")?
        .query_row(params![row], |row| row.get(0).map(ProcessId))
        .optional()
}

pub(super) fn set(
    transaction: &Transaction<'_>,
    row: RowId,
    process: &ProcessId,
    at: i64,
) -> rusqlite::Result<()> {
    transaction.execute(
        "insert or replace into owner (execution, process, since) values (?1, ?2, ?3)",
        params![row, process.as_str(), at],
    )?;
    Ok(())
}

pub(super) fn claim(
    transaction: &Transaction<'_>,
    row: RowId,
    process: &ProcessId,
    folder: &Path,
    at: i64,
) -> Result<Claim, JobError> {
    let ended: bool = transaction.query_row(
        "select ended is not null from execution where id = ?1",
        params![row],
        |row| row.get(0),
    )?;
    if ended {
        return Ok(Claim::Ended);
    }
    if let Some(owner) = of(transaction, row)?
        && owner != *process
        && is_alive(folder, &owner)
    {
        return Ok(Claim::Elsewhere);
    }
    set(transaction, row, process, at)?;
    Ok(Claim::Ours)
}
