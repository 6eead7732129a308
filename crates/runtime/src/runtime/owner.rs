//! Who drives an execution is asked by other processes, and lets go of it when this process ends in order.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{RunError, Runtime, WeakRuntime};
use crate::run::Run;
use crate::store::{RowId, Store, StoreError};

/// How often the owner of executions looks whether another process asks something of it.
const ASKED: Duration = Duration::from_millis(300);

/// What another process asks of an execution's owner.
#[derive(Serialize, Deserialize)]
pub(super) enum OwnerRequest {
    /// Stop it.
    Stop {
        error: Option<String>,
        cause: Option<String>,
    },
    /// A worker tells how a task goes.
    Task(engine::Input),
}

impl Runtime {
    /// Asks something of an execution's owner, wherever it runs.
    pub(super) async fn ask_owner(&self, row: RowId, what: &OwnerRequest) -> Result<(), RunError> {
        // Cannot fail: plain data.
        let request = serde_json::to_string(what).unwrap_or_default();
        Ok(self.shared.store.request(row, request).await?)
    }

    /// Reads anew the executions in memory that another process drives and that have gone on since.
    #[must_use]
    pub fn follow_foreign(&self) -> Vec<Run> {
        let foreign: Vec<_> = self
            .runs()
            .values()
            .filter(|run| run.is_foreign())
            .cloned()
            .collect();
        foreign
            .into_iter()
            .filter(|run| !matches!(self.is_up_to_date(run), Ok(true)))
            .filter_map(|run| self.run(run.name()).ok())
            .collect()
    }

    /// Lets go of everything: executions stand where they are, for another process to go on with, and functions end.
    pub async fn suspend(&self) {
        for task in self.tasks().drain(..) {
            task.abort();
        }
        let driven: Vec<_> = self
            .runs()
            .drain()
            .map(|(_, run)| run)
            .filter(Run::is_driven)
            .collect();
        for run in driven {
            run.set_driven(false);
            if let Err(error) = self.shared.store.release(run.row()).await {
                tracing::warn!(%error, execution = run.name(), "an execution can't be let go of");
            }
        }
        self.shared.functions.shutdown().await;
    }
}

/// Does what other processes ask of the executions driven here.
pub(super) async fn answer_requests(runtime: WeakRuntime) {
    loop {
        tokio::time::sleep(ASKED).await;
        let Some(runtime) = runtime.upgrade() else { return };
        let driven: Vec<_> = runtime
            .runs()
            .values()
            .filter(|run| run.is_driven())
            .cloned()
            .collect();
        if driven.is_empty() {
            continue;
        }
        if let Err(error) = answer(&runtime.shared.store, &driven).await {
            tracing::warn!(%error, "requests of other processes can't be done");
        }
    }
}

/// Does the requests, and forgets them once what they changed is committed: a process that is killed in between leaves
/// them to the next one.
async fn answer(store: &Store, driven: &[Run]) -> Result<(), StoreError> {
    let requests = store.requests()?;
    if requests.is_empty() {
        return Ok(());
    }
    for request in &requests {
        let Some(run) = driven.iter().find(|run| run.row() == request.row) else {
            continue;
        };
        match serde_json::from_str(&request.what) {
            Ok(OwnerRequest::Stop { error, cause }) => run.stop(error, cause),
            Ok(OwnerRequest::Task(input)) => run.input(input),
            // Another version wrote it.
            Err(error) => tracing::warn!(%error, "a request of another process can't be read"),
        }
        run.kept().await?;
    }
    store
        .forget_requests(requests.iter().map(|request| request.id).collect())
        .await
}
