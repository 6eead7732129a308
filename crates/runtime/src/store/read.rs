//! Reading: lists, one execution, ranges of its streams.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{ProcessId, RowId, Standing, StoredRun, Stream};

/// Which executions to list.
#[derive(Debug, Clone, Default)]
pub struct RunQuery {
    /// Only this workflow's.
    pub workflow: Option<String>,
    /// Only those that have not ended.
    pub open_only: bool,
    /// At most so many; 0 = all.
    pub limit: u32,
}

/// Something that another process asks of an execution's owner.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its own row.
    pub id: RowId,
    /// The execution.
    pub row: RowId,
    /// What, as the asker wrote it.
    pub what: String,
}

pub(super) const COLUMNS: &str = "id, name, workflow, document, digest, start, created, started, parent, debug, virtual_time, status, ended, output, error, cause, events, transitions";

pub(super) fn run(row: &Row<'_>) -> rusqlite::Result<StoredRun> {
    Ok(StoredRun {
        row: row.get(0)?,
        name: row.get(1)?,
        workflow: row.get(2)?,
        document: row.get(3)?,
        digest: row.get(4)?,
        start: row.get(5)?,
        created: row.get(6)?,
        started: row.get(7)?,
        parent: row.get(8)?,
        debug: row.get(9)?,
        virtual_time: row.get(10)?,
        standing: Standing {
            status: row.get(11)?,
            ended: row.get(12)?,
            output: row.get(13)?,
            error: row.get(14)?,
            cause: row.get(15)?,
            events: row.get(16)?,
            transitions: row.get(17)?,
        },
    })
}

pub(super) fn list(connection: &Connection, query: &RunQuery) -> rusqlite::Result<Vec<StoredRun>> {
    let sql = format!(
        "select {COLUMNS} from execution where (?1 is null or workflow = ?1) and (not ?2 or ended is null)
         order by id desc limit ?3"
    );
    let limit = if query.limit == 0 {
        -1
    } else {
        i64::from(query.limit)
    };
    connection
        .prepare_cached(&sql)?
        .query_map(params![query.workflow, query.open_only, limit], run)?
        .collect()
}

pub(super) fn find(connection: &Connection, name: &str) -> rusqlite::Result<Option<StoredRun>> {
    let sql = format!("select {COLUMNS} from execution where name = ?1");
    connection
        .prepare_cached(&sql)?
        .query_row(params![name], run)
        .optional()
}

pub(super) fn definition(connection: &Connection, digest: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("select text from definition where digest = ?1")?
        .query_row(params![digest], |row| row.get(0))
        .optional()
}

pub(super) fn count(connection: &Connection, row: RowId, stream: Stream) -> rusqlite::Result<u32> {
    connection
        .prepare_cached(
            "select first + count from record where execution = ?1 and stream = ?2 order by first desc limit 1",
        )?
        .query_row(params![row, stream.number()], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
}

pub(super) fn lines(
    connection: &Connection,
    row: RowId,
    stream: Stream,
    from: u32,
    limit: u32,
) -> rusqlite::Result<Vec<String>> {
    let end = from.saturating_add(limit);
    let mut statement = connection.prepare_cached(
        "select first, data from record where execution = ?1 and stream = ?2 and first < ?4 and first + count > ?3
         order by first",
    )?;
    let mut rows = statement.query(params![row, stream.number(), from, end])?;
    let mut lines = Vec::new();
    let mut expected = None;
    while let Some(row) = rows.next()? {
        let first: u32 = row.get(0)?;
        // Nothing leaves a gap, but earlier versions did around a full disk; behind it nothing can be understood.
        if expected.map_or(first > from, |expected| expected != first) {
            break;
        }
        let data: Vec<u8> = row.get(1)?;
        let text = lz4_flex::decompress_size_prepended(&data).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Blob, Box::new(error))
        })?;
        let text = String::from_utf8_lossy(&text);
        expected = Some(first.saturating_add(u32::try_from(text.lines().count()).unwrap_or(u32::MAX)));
        for (number, line) in (first..).zip(text.lines()) {
            if number >= from && number < end {
                lines.push(line.to_owned());
            }
        }
    }
    Ok(lines)
}

pub(super) fn requests(connection: &Connection, process: &ProcessId) -> rusqlite::Result<Vec<Request>> {
    connection
        .prepare_cached(
            "select r.id, r.execution, r.what from request r join owner o on o.execution = r.execution
             where o.process = ?1 order by r.id",
        )?
        .query_map(params![process.as_str()], |row| {
            Ok(Request {
                id: row.get(0)?,
                row: row.get(1)?,
                what: row.get(2)?,
            })
        })?
        .collect()
}
