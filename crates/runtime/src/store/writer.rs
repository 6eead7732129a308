//! The one thread that writes. Jobs that wait together are committed together, each in a savepoint of its own, so that
//! one that fails does not take the others with it.

use std::path::PathBuf;
use std::sync::mpsc;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use tokio::sync::oneshot;

use super::{Chunk, NewRun, ProcessId, RowId, Standing, StoreError};

/// How many jobs share a commit at most: bounds what a full disk throws back at once.
const GROUP: usize = 256;

/// Tells the one who asked what came of the commit.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// One write; it answers once its transaction is committed.
type Job = Box<dyn FnOnce(&Transaction<'_>) -> Answer + Send>;

/// A handle to the writing thread; the thread ends when the handle is dropped and its queue is empty.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, path: PathBuf) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new()
            .name("stepwell-store".into())
            .spawn(move || write_until_closed(connection, &path, &queue))
            .ok();
        Self {
            jobs: Some(jobs),
            thread,
        }
    }

    /// Queues a job; the receiver hears its result once it is committed.
    pub(super) fn submit<T: Send + 'static>(
        &self,
        body: impl FnOnce(&Transaction<'_>) -> Result<T, JobError> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, StoreError>> {
        let (answer, receiver) = oneshot::channel();
        let job: Job = Box::new(move |transaction| {
            let result = in_savepoint(transaction, body);
            Box::new(move |committed| {
                let result = match (result, committed) {
                    (Ok(value), Ok(())) => Ok(value),
                    (Err(JobError::Store(error)), _) | (Ok(_), Err(error)) => Err(error),
                    (Err(JobError::Sqlite(source)), _) => Err(sqlite(PathBuf::from("runs.sqlite"), source)),
                };
                // Nobody listens any more: the job is done all the same.
                let _ = answer.send(result);
            })
        });
        if let Some(jobs) = &self.jobs {
            // A failure drops the job and with it the answer's sender: the receiver reads that as closed.
            let _ = jobs.send(job);
        }
        receiver
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        body: impl FnOnce(&Transaction<'_>) -> Result<T, JobError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.submit(body).await.unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A job that fails leaves nothing behind, whatever its companions do.
fn in_savepoint<T>(
    transaction: &Transaction<'_>,
    body: impl FnOnce(&Transaction<'_>) -> Result<T, JobError>,
) -> Result<T, JobError> {
    transaction.execute_batch("savepoint job")?;
    let result = body(transaction);
    let end = if result.is_ok() {
        "release job"
    } else {
        "rollback to job; release job"
    };
    match transaction.execute_batch(end) {
        Ok(()) => result,
        // A full disk may have rolled back the whole transaction already: the job's own error says more.
        Err(error) => result.and(Err(error.into())),
    }
}

/// Why a job failed.
pub(super) enum JobError {
    Sqlite(rusqlite::Error),
    Store(StoreError),
}

impl From<rusqlite::Error> for JobError {
    fn from(error: rusqlite::Error) -> Self {
        if is_full(&error) {
            Self::Store(StoreError::Full)
        } else {
            Self::Sqlite(error)
        }
    }
}

fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
}

fn sqlite(path: PathBuf, source: rusqlite::Error) -> StoreError {
    if is_full(&source) {
        StoreError::Full
    } else {
        StoreError::Sqlite { path, source }
    }
}

fn write_until_closed(mut connection: Connection, path: &std::path::Path, queue: &mpsc::Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        let mut jobs = vec![first];
        jobs.extend(queue.try_iter().take(GROUP - 1));
        let mut answers = Vec::with_capacity(jobs.len());
        let committed = commit_together(&mut connection, jobs, &mut answers);
        let failure = committed.err();
        for answer in answers {
            answer(match &failure {
                None => Ok(()),
                Some(error) if is_full(error) => Err(StoreError::Full),
                Some(error) => Err(StoreError::Sqlite {
                    path: path.to_owned(),
                    source: rusqlite::Error::SqliteFailure(
                        error
                            .sqlite_error()
                            .copied()
                            .unwrap_or(rusqlite::ffi::Error::new(1)),
                        Some(error.to_string()),
                    ),
                }),
            });
        }
    }
}

fn commit_together(
    connection: &mut Connection,
    jobs: Vec<Job>,
    answers: &mut Vec<Answer>,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for job in jobs {
        answers.push(job(&transaction));
    }
    transaction.commit()
}

pub(super) fn create(
    transaction: &Transaction<'_>,
    run: &NewRun,
    process: &ProcessId,
) -> Result<RowId, JobError> {
    let taken: Option<i64> = transaction
        .query_row(
            "select id from execution where name = ?1",
            params![run.name],
            |row| row.get(0),
        )
        .optional()?;
    if taken.is_some() {
        return Err(JobError::Store(StoreError::NameTaken(run.name.clone())));
    }
    transaction.execute(
        "insert or ignore into definition (digest, text) values (?1, ?2)",
        params![run.digest, run.definition],
    )?;
    transaction.execute(
        "insert into execution (name, workflow, document, digest, start, created, started, parent, debug, virtual_time, status)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'RUNNING')",
        params![
            run.name,
            run.workflow,
            run.document,
            run.digest,
            run.start,
            run.created,
            run.started,
            run.parent,
            run.debug,
            run.virtual_time
        ],
    )?;
    let row = transaction.last_insert_rowid();
    super::owner::set(transaction, row, process, run.created)?;
    if run.served {
        transaction.execute("insert into served (execution) values (?1)", params![row])?;
    }
    Ok(row)
}

pub(super) fn append(
    transaction: &Transaction<'_>,
    row: RowId,
    chunks: &[Chunk],
    standing: Option<&Standing>,
) -> Result<(), JobError> {
    let mut insert = transaction.prepare_cached(
        "insert into record (execution, stream, first, count, data) values (?1, ?2, ?3, ?4, ?5)",
    )?;
    for chunk in chunks.iter().filter(|chunk| chunk.count > 0) {
        // A full disk refuses one write and takes a later, smaller one. There must be no gap between them if the process is
        // killed then: nobody could go on with such a record.
        if chunk.first != super::read::count(transaction, row, chunk.stream)? {
            return Err(JobError::Store(StoreError::OutOfOrder));
        }
        let data = lz4_flex::compress_prepend_size(chunk.lines.as_bytes());
        insert.execute(params![
            row,
            chunk.stream.number(),
            chunk.first,
            chunk.count,
            data
        ])?;
    }
    if let Some(standing) = standing {
        transaction
            .prepare_cached(
                "update execution set status = ?2, ended = ?3, output = ?4, error = ?5, cause = ?6, events = ?7,
                 transitions = ?8 where id = ?1",
            )?
            .execute(params![
                row,
                standing.status,
                standing.ended,
                standing.output,
                standing.error,
                standing.cause,
                standing.events,
                standing.transitions
            ])?;
        if standing.ended.is_some() {
            release(transaction, row)?;
        }
    }
    Ok(())
}

pub(super) fn release(transaction: &Transaction<'_>, row: RowId) -> Result<(), JobError> {
    transaction.execute("delete from owner where execution = ?1", params![row])?;
    transaction.execute("delete from request where execution = ?1", params![row])?;
    Ok(())
}

pub(super) fn request(transaction: &Transaction<'_>, row: RowId, what: &str) -> Result<(), JobError> {
    transaction.execute(
        "insert into request (execution, what) values (?1, ?2)",
        params![row, what],
    )?;
    Ok(())
}

pub(super) fn forget_requests(transaction: &Transaction<'_>, done: &[RowId]) -> Result<(), JobError> {
    for id in done {
        transaction.execute("delete from request where id = ?1", params![id])?;
    }
    Ok(())
}
