//! Tasks that wait for somebody outside: activities and `.waitForTaskToken`. A token leads to its execution whichever
//! process drives it.

use std::time::Duration;

use asl::value::Value;
use engine::{EventId, Input};

use super::owner::OwnerRequest;
use super::{RunError, Runtime};
use crate::run::Run;
use crate::store::{RowId, StoreError, WaitingTask};

/// How often is looked for tasks that another process's executions put up.
const LOOK: Duration = Duration::from_millis(200);

/// How a task went, as its worker says.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskOutcome {
    /// It goes on.
    Alive,
    /// It has a result.
    Succeeded(Value),
    /// It failed.
    Failed {
        /// The error's name.
        error: Option<String>,
        /// Its cause.
        cause: Option<String>,
    },
}

/// Why a worker's word is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Nobody gave out this token.
    #[error("Invalid Token: 'Invalid token'")]
    Invalid,
    /// The task is over.
    #[error("Task Timed Out: 'Provided task does not exist anymore'")]
    TimedOut,
    /// The execution can't be reached.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl From<StoreError> for TokenError {
    fn from(error: StoreError) -> Self {
        Self::Run(error.into())
    }
}

impl Runtime {
    /// Puts up a task for a token to come back; `started` = a worker has it already.
    pub(crate) async fn wait_for_token(&self, task: WaitingTask, started: bool) -> Result<(), StoreError> {
        self.shared.store.add_waiting(task, started).await?;
        self.shared.waiting.notify_waiters();
        Ok(())
    }

    /// Nobody waits for a command's token any more.
    pub(crate) async fn forget_token(&self, row: RowId, command: EventId) {
        if let Err(error) = self.shared.store.close_waiting(row, command).await {
            tracing::warn!(%error, "a token that nobody waits for can't be struck off");
        }
    }

    /// A task of an activity for a worker: the oldest that waits, or the first that comes within `patience`.
    ///
    /// # Errors
    /// What the store says.
    pub async fn next_activity_task(
        &self,
        activity: &str,
        worker: Option<String>,
        patience: Duration,
    ) -> Result<Option<WaitingTask>, RunError> {
        let until = self.shared.clock.elapsed() + patience;
        loop {
            let news = self.shared.waiting.notified();
            let Some(task) = self.shared.store.take_waiting(activity).await? else {
                if self.shared.clock.elapsed() >= until {
                    return Ok(None);
                }
                // Executions of this process say so at once; those of others are looked for.
                let _ = tokio::time::timeout(LOOK, news).await;
                continue;
            };
            let started = Input::TaskStarted {
                command: task.command,
                worker: worker.clone().map(Into::into),
            };
            self.tell(task.row, started).await?;
            return Ok(Some(task));
        }
    }

    /// Takes a worker's word on the task that a token belongs to.
    ///
    /// # Errors
    /// [`TokenError`].
    pub async fn task_outcome(&self, token: &str, outcome: TaskOutcome) -> Result<(), TokenError> {
        let owner = self.shared.store.token_owner(token)?.ok_or(TokenError::Invalid)?;
        let command = owner.command;
        if owner.closed {
            return Err(TokenError::TimedOut);
        }
        let input = match outcome {
            TaskOutcome::Alive => return Ok(self.tell(owner.row, Input::TaskHeartbeat { command }).await?),
            TaskOutcome::Succeeded(output) => Input::TaskSucceeded { command, output },
            TaskOutcome::Failed { error, cause } => Input::TaskFailed {
                command,
                error: error.map(Into::into),
                cause: cause.map(Into::into),
            },
        };
        self.tell(owner.row, input).await?;
        self.forget_token(owner.row, command).await;
        Ok(())
    }

    /// Tells an execution about one of its tasks, wherever it is driven. Once this is over, the word is committed.
    async fn tell(&self, row: RowId, input: Input) -> Result<(), RunError> {
        let here = self.runs().values().find(|run| run.row() == row).cloned();
        if let Some(run) = here.filter(Run::is_driven) {
            run.input(input);
            return Ok(run.kept().await?);
        }
        if self.shared.store.driven_elsewhere(row)? {
            return self.ask_owner(row, &OwnerRequest::Task(input)).await;
        }
        let stored = self.shared.store.find_by_row(row)?;
        let Some(stored) = stored else { return Ok(()) };
        let run = self.resume(&stored.name).await?;
        run.input(input);
        Ok(run.kept().await?)
    }
}
