//! Executions by the names that AWS's clients use: their ARN, and their state machine's; and which of them the AWS
//! endpoint goes on with when it starts again.

use rusqlite::{OptionalExtension, params};

use super::read::{COLUMNS, run};
use super::{RowId, Store, StoreError, StoredRun};

/// Indices over what stands in `execution.start`, and the executions that were started by their machine's ARN; made
/// when the file is opened.
pub(super) const INDICES: &str = "
create index if not exists execution_by_arn on execution (json_extract(start, '$.execution_arn'));
create index if not exists execution_by_machine on execution (json_extract(start, '$.state_machine_arn'), id);
create table if not exists served (execution integer primary key);
delete from served where execution not in (select id from execution);
";

/// Which executions of a state machine to list.
#[derive(Debug, Clone)]
pub struct MachineQuery {
    /// The state machine's ARN.
    pub machine: String,
    /// Only those with this status, in AWS's word.
    pub status: Option<String>,
    /// Only those older than this one.
    pub before: Option<RowId>,
    /// At most so many.
    pub limit: u32,
}

impl Store {
    /// An execution by its ARN.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn find_by_arn(&self, arn: &str) -> Result<Option<StoredRun>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from execution where json_extract(start, '$.execution_arn') = ?1 order by id limit 1"
        );
        self.read(|connection| {
            connection
                .prepare_cached(&sql)?
                .query_row(params![arn], run)
                .optional()
        })
    }

    /// Whether an execution belongs to the AWS endpoint.
    pub(super) fn is_served(&self, row: RowId) -> Result<bool, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select 1 from served where execution = ?1")?
                .exists(params![row])
        })
    }

    /// The names of the endpoint's executions that have not ended, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn served_open(&self) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select e.name from served s join execution e on e.id = s.execution where e.ended is null
                     order by e.id",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }

    /// What changes when any process starts or ends an execution: the newest row, and how many are driven.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn pulse(&self) -> Result<(RowId, u32), StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select coalesce((select max(id) from execution), 0), (select count(*) from owner)",
                )?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        })
    }

    /// An execution by its row.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn find_by_row(&self, row: RowId) -> Result<Option<StoredRun>, StoreError> {
        let sql = format!("select {COLUMNS} from execution where id = ?1");
        self.read(|connection| {
            connection
                .prepare_cached(&sql)?
                .query_row(params![row], run)
                .optional()
        })
    }

    /// Executions of a state machine, newest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn list_of_machine(&self, query: &MachineQuery) -> Result<Vec<StoredRun>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from execution where json_extract(start, '$.state_machine_arn') = ?1
             and (?2 is null or status = ?2) and (?3 is null or id < ?3) order by id desc limit ?4"
        );
        self.read(|connection| {
            connection
                .prepare_cached(&sql)?
                .query_map(
                    params![query.machine, query.status, query.before, query.limit],
                    run,
                )?
                .collect()
        })
    }
}
