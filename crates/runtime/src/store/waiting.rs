//! Tasks that wait for a token to come back: who waits, and what an activity's worker is given. They are kept with the
//! executions, so that a token reaches its execution whichever process drives it.

use rusqlite::{Connection, OptionalExtension, params};

use super::{RowId, Store, StoreError};

/// Made when the file is opened; tasks of executions that were pruned go then.
pub(super) const TABLES: &str = "
create table if not exists waiting_task (
    token text primary key, execution integer not null, command integer not null, activity text, input text,
    made integer not null, taken integer not null default 0, closed integer not null default 0) without rowid;
create index if not exists waiting_task_by_activity on waiting_task (activity, made) where taken = 0 and closed = 0;
create index if not exists waiting_task_by_command on waiting_task (execution, command);
delete from waiting_task where execution not in (select id from execution);
";

/// A task that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingTask {
    /// What its worker sends back.
    pub token: String,
    /// The execution.
    pub row: RowId,
    /// The event that scheduled the task.
    pub command: u32,
    /// The activity's ARN; none for `.waitForTaskToken`, which nobody fetches.
    pub activity: Option<String>,
    /// What the worker is given, JSON text.
    pub input: Option<String>,
    /// When it was scheduled, in milliseconds since the Unix epoch.
    pub made: i64,
}

/// A token's task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenOwner {
    /// The execution.
    pub row: RowId,
    /// The event that scheduled the task.
    pub command: u32,
    /// Whether the task is over.
    pub closed: bool,
}

fn owner(connection: &Connection, token: &str) -> rusqlite::Result<Option<TokenOwner>> {
    connection
        .prepare_cached("select execution, command, closed from waiting_task where token = ?1")?
        .query_row(params![token], |row| {
            Ok(TokenOwner {
                row: row.get(0)?,
                command: row.get(1)?,
                closed: row.get(2)?,
            })
        })
        .optional()
}

fn next(connection: &Connection, activity: &str) -> rusqlite::Result<Option<WaitingTask>> {
    connection
        .prepare_cached(
            "select token, execution, command, activity, input, made from waiting_task
             where activity = ?1 and taken = 0 and closed = 0 order by made, command limit 1",
        )?
        .query_row(params![activity], |row| {
            Ok(WaitingTask {
                token: row.get(0)?,
                row: row.get(1)?,
                command: row.get(2)?,
                activity: row.get(3)?,
                input: row.get(4)?,
                made: row.get(5)?,
            })
        })
        .optional()
}

impl Store {
    /// Notes a task that waits. One that is known already (after a crash) can be taken again, unless its worker has
    /// `started`: the one who took it was killed with the process before it heard of it.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn add_waiting(&self, task: WaitingTask, started: bool) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| {
                transaction.execute(
                    "insert into waiting_task (token, execution, command, activity, input, made, taken)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (token) do update set taken = excluded.taken",
                    params![
                        task.token,
                        task.row,
                        task.command,
                        task.activity,
                        task.input,
                        task.made,
                        started
                    ],
                )?;
                Ok(())
            })
            .await
    }

    /// Gives an activity's oldest waiting task to a worker, once.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn take_waiting(&self, activity: &str) -> Result<Option<WaitingTask>, StoreError> {
        if self.read(|connection| next(connection, activity))?.is_none() {
            return Ok(None);
        }
        let activity = activity.to_owned();
        self.writer
            .run(move |transaction| {
                let task = next(transaction, &activity)?;
                if let Some(task) = &task {
                    transaction.execute(
                        "update waiting_task set taken = 1 where token = ?1",
                        params![task.token],
                    )?;
                }
                Ok(task)
            })
            .await
    }

    /// Closes the tasks of one command: nobody waits for them any more.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn close_waiting(&self, row: RowId, command: u32) -> Result<(), StoreError> {
        self.writer
            .run(move |transaction| {
                transaction.execute(
                    "update waiting_task set closed = 1 where execution = ?1 and command = ?2",
                    params![row, command],
                )?;
                Ok(())
            })
            .await
    }

    /// Whose token this is. A task is over, too, when its execution has ended.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn token_owner(&self, token: &str) -> Result<Option<TokenOwner>, StoreError> {
        self.read(|connection| {
            let Some(found) = owner(connection, token)? else {
                return Ok(None);
            };
            let ended: Option<bool> = connection
                .prepare_cached("select ended is not null from execution where id = ?1")?
                .query_row(params![found.row], |row| row.get(0))
                .optional()?;
            Ok(Some(TokenOwner {
                closed: found.closed || ended.unwrap_or(true),
                ..found
            }))
        })
    }
}
