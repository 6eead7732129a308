//! Activities: the task is put up for a worker, who fetches it and sends its token back. `ActivityStarted` comes when a
//! worker takes it, and whatever closes the task comes from the worker or from a timer.

use engine::{Input, Invoke};

use crate::dispatch::Task;

/// Puts the task up; none, because a worker closes it.
pub(crate) async fn put_up(task: &Task, arn: &str, invoke: &Invoke) -> Option<Input> {
    match task.runtime.registry().activity(arn) {
        Ok(Some(_)) => {
            task.expect_token(invoke).await;
            None
        }
        // Recorded: a task for an activity that does not exist is scheduled in vain.
        Ok(None) => Some(Input::TaskStartFailed {
            command: task.id,
            error: Some("States.Runtime".into()),
            cause: Some(format!("The activity ARN '{arn}' does not exist.").into()),
        }),
        Err(error) => Some(Input::TaskStartFailed {
            command: task.id,
            error: Some("States.Runtime".into()),
            cause: Some(error.to_string().into()),
        }),
    }
}
