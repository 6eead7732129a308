//! Who drives an execution is asked by other processes, and lets go of it when this process ends in order.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{RunError, Runtime, WeakRuntime};
use crate::run::Run;
use crate::store::RowId;

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
        match runtime.shared.store.take_requests().await {
            Ok(requests) => {
                for request in requests {
                    let run = driven.iter().find(|run| run.row() == request.row);
                    match (run, serde_json::from_str::<OwnerRequest>(&request.what)) {
                        (Some(run), Ok(OwnerRequest::Stop { error, cause })) => run.stop(error, cause),
                        (Some(run), Ok(OwnerRequest::Task(input))) => run.input(input),
                        (None, _) | (_, Err(_)) => {}
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "requests of other processes can't be read"),
        }
    }
}
