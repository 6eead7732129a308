//! The tables, and how a connection is set up.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::{StoreError, by_arn, resources, waiting};

/// The format that this version writes. A file with a higher one is refused unharmed.
///
/// | format | is |
/// |---|---|
/// | 1 | every line in full |
/// | 2 | lines of the journal and the events may refer to the stream of values, and lines of format 1 are read as they are; an
///       execution's row says when it was `created` by the wall clock, and `started` is by the execution's own |
pub(super) const FORMAT: i64 = 2;

const TABLES: &str = "
create table definition (digest text primary key, text text not null) without rowid;
create table execution (
    id integer primary key, name text not null unique, workflow text not null, document text not null,
    digest text not null, start text not null, created integer not null, started integer not null, parent text, debug integer not null,
    virtual_time integer not null, status text not null, ended integer, output text, error text, cause text,
    events integer not null default 0, transitions integer not null default 0);
create index execution_by_workflow on execution (workflow, id);
create table owner (execution integer primary key, process text not null, since integer not null);
create table record (
    execution integer not null, stream integer not null, first integer not null, count integer not null,
    data blob not null);
create unique index record_by_first on record (execution, stream, first);
create table request (id integer primary key, execution integer not null, what text not null);
";

/// From format 1 to 2.
const CREATED: &str = "
alter table execution add column created integer not null default 0;
update execution set created = started, started = coalesce(json_extract(start, '$.start'), started);
";

/// Opens the file, making it or refusing it as its format demands.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    let failed = |source| StoreError::Sqlite {
        path: path.to_owned(),
        source,
    };
    let mut connection = connect(path)?;
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(failed)?;
    let found: i64 = transaction
        .query_row("pragma user_version", [], |row| row.get(0))
        .map_err(failed)?;
    if found > FORMAT {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: FORMAT,
        });
    }
    let steps = match found {
        FORMAT => "",
        1 => CREATED,
        _ => TABLES,
    };
    if !steps.is_empty() {
        transaction.execute_batch(steps).map_err(failed)?;
        transaction
            .pragma_update(None, "user_version", FORMAT)
            .map_err(failed)?;
    }
    for beside in [by_arn::INDICES, resources::TABLES, waiting::TABLES] {
        transaction.execute_batch(beside).map_err(failed)?;
    }
    transaction.commit().map_err(failed)?;
    Ok(connection)
}

/// A connection with the house's settings. Checks the format before it changes anything in the file.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let failed = |source| StoreError::Sqlite {
        path: path.to_owned(),
        source,
    };
    let connection = Connection::open(path).map_err(failed)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
    let found: i64 = connection
        .query_row("pragma user_version", [], |row| row.get(0))
        .map_err(failed)?;
    if found > FORMAT {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: FORMAT,
        });
    }
    connection
        .execute_batch("pragma journal_mode=wal; pragma synchronous=normal; pragma cache_size=-8000;")
        .map_err(failed)?;
    Ok(connection)
}
