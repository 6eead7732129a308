//! Resources that were made over the AWS endpoint (state machines, activities, functions): JSON by their ARN. What a
//! resource is made of is [`crate::registry`]'s business.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::writer::JobError;
use super::{Store, StoreError};

/// Made when the file is opened, beside the tables of executions; an older Stepwell does not look at them.
pub(super) const TABLES: &str = "
create table if not exists resource (
    arn text primary key, kind text not null, made integer not null, data text not null) without rowid;
create index if not exists resource_by_kind on resource (kind, made, arn);
";

/// One resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its ARN.
    pub arn: String,
    /// What it is.
    pub kind: String,
    /// When it was made, in milliseconds since the Unix epoch.
    pub made: i64,
    /// JSON text.
    pub data: String,
}

/// What becomes of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It stays as it is, or absent.
    Unchanged,
    /// It is this now.
    Kept(Resource),
    /// It is gone.
    Removed,
}

fn resource(row: &Row<'_>) -> rusqlite::Result<Resource> {
    Ok(Resource {
        arn: row.get(0)?,
        kind: row.get(1)?,
        made: row.get(2)?,
        data: row.get(3)?,
    })
}

fn find(connection: &Connection, arn: &str) -> rusqlite::Result<Option<Resource>> {
    connection
        .prepare_cached("select arn, kind, made, data from resource where arn = ?1")?
        .query_row(params![arn], resource)
        .optional()
}

fn settle(transaction: &Transaction<'_>, arn: &str, fate: &Fate) -> Result<(), JobError> {
    match fate {
        Fate::Unchanged => {}
        Fate::Removed => {
            transaction.execute("delete from resource where arn = ?1", params![arn])?;
        }
        Fate::Kept(kept) => {
            transaction.execute(
                "insert or replace into resource (arn, kind, made, data) values (?1, ?2, ?3, ?4)",
                params![kept.arn, kept.kind, kept.made, kept.data],
            )?;
        }
    }
    Ok(())
}

impl Store {
    /// Looks at a resource and decides what becomes of it, in one transaction: what two callers do to the same
    /// resource happens one after the other.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn change_resource<T: Send + 'static>(
        &self,
        arn: &str,
        change: impl FnOnce(Option<Resource>) -> (T, Fate) + Send + 'static,
    ) -> Result<T, StoreError> {
        let arn = arn.to_owned();
        self.writer
            .run(move |transaction| {
                let (answer, fate) = change(find(transaction, &arn)?);
                settle(transaction, &arn, &fate)?;
                Ok(answer)
            })
            .await
    }

    /// A resource by its ARN.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn resource(&self, arn: &str) -> Result<Option<Resource>, StoreError> {
        self.read(|connection| find(connection, arn))
    }

    /// Resources of a kind whose ARN begins so, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn resources(&self, kind: &str, beginning: &str) -> Result<Vec<Resource>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select arn, kind, made, data from resource where kind = ?1 and substr(arn, 1, length(?2)) = ?2
                     order by made, arn",
                )?
                .query_map(params![kind, beginning], resource)?
                .collect()
        })
    }
}
