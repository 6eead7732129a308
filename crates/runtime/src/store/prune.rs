//! How many runs are kept, which are removed, and what goes with them.

use rusqlite::{Connection, Transaction, params};

use super::RowId;
use super::writer::JobError;

/// What is kept of a project's runs. The newest one and those that have not ended are kept in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// At most so many runs that people started.
    pub runs: u32,
    /// At most so many that were started over the AWS endpoint: its clients look for what they started by the thousand.
    pub served: u32,
    /// At most so many bytes of all runs together, as they are in the file.
    pub bytes: u64,
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            runs: 200,
            served: 10_000,
            bytes: 1 << 30,
        }
    }
}

pub(super) fn prune(transaction: &Transaction<'_>, keep: Keep) -> Result<u32, JobError> {
    let mut old = beyond_number(transaction, "not in", keep.runs)?;
    old.extend(beyond_number(transaction, "in", keep.served)?);
    if content(transaction)? > keep.bytes {
        old.extend(beyond_size(transaction, keep.bytes)?);
        old.sort_unstable();
        old.dedup();
    }
    if !old.is_empty() {
        remove(transaction, &old)?;
    }
    Ok(u32::try_from(old.len()).unwrap_or(u32::MAX))
}

/// Removes executions and everything that is kept of them.
pub(super) fn remove(transaction: &Transaction<'_>, rows: &[RowId]) -> Result<(), JobError> {
    for row in rows {
        // A number may be given again, so nothing may stay that is known by it.
        for table in ["record", "owner", "request", "waiting_task", "served"] {
            let sql = format!("delete from {table} where execution = ?1");
            transaction.prepare_cached(&sql)?.execute(params![row])?;
        }
        transaction.execute("delete from execution where id = ?1", params![row])?;
    }
    transaction.execute(
        "delete from definition where digest not in (select digest from execution)",
        params![],
    )?;
    Ok(())
}

/// Of the runs that are (not) in `served`, those beyond a number, the newest ones counted first.
fn beyond_number(connection: &Connection, which: &str, runs: u32) -> rusqlite::Result<Vec<RowId>> {
    let sql = format!(
        "select id from (select id, ended from execution where id {which} (select execution from served)
         order by id desc limit -1 offset ?1) where ended is not null"
    );
    connection
        .prepare_cached(&sql)?
        .query_map(params![runs.max(1)], |row| row.get(0))?
        .collect()
}

/// Bytes of the file that hold something.
fn content(connection: &Connection) -> rusqlite::Result<u64> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, u32>(0));
    let pages = number("pragma page_count")?.saturating_sub(number("pragma freelist_count")?);
    Ok(u64::from(pages) * u64::from(number("pragma page_size")?))
}

fn beyond_size(connection: &Connection, bytes: u64) -> rusqlite::Result<Vec<RowId>> {
    let mut statement = connection.prepare_cached(
        "select e.id, e.ended is not null, length(e.start) + coalesce(length(e.output), 0)
            + coalesce((select sum(length(data)) from record r where r.execution = e.id), 0)
         from execution e order by e.id desc",
    )?;
    let mut rows = statement.query([])?;
    let (mut old, mut sum, mut newest) = (Vec::new(), 0_u64, true);
    while let Some(row) = rows.next()? {
        sum = sum.saturating_add(row.get::<_, i64>(2)?.unsigned_abs());
        if !newest && row.get(1)? && sum > bytes {
            old.push(row.get(0)?);
        }
        newest = false;
    }
    Ok(old)
}
