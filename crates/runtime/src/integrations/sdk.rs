//! `aws-sdk:sfn:…`: Step Functions' own actions, answered by the AWS endpoint of this process. The endpoint stands
//! above this crate, so it says itself that it is there.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use asl::value::Value;

use super::lambda::TaskError;
use crate::clock;
use crate::dispatch::Task;
use crate::runtime::Runtime;

/// Answers one action of a runtime's Step Functions: its name as the service's API spells it, and its parameters as the
/// SDK spells them, JSON text.
pub type Answering = Arc<dyn Fn(Runtime, String, String) -> Answered + Send + Sync>;

/// What came of an action.
pub type Answered = Pin<Box<dyn Future<Output = Result<String, Refused>> + Send>>;

/// An action that the service refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// `InvalidToken`, …
    pub code: String,
    /// The service's sentence.
    pub message: String,
}

/// Calls an action by the name that a `Resource` gives it.
pub(crate) async fn call(task: &Task, action: &str, parameters: &Value) -> Result<String, TaskError> {
    let Some(answering) = task.runtime.endpoint() else {
        return Err(TaskError {
            error: "States.Runtime".into(),
            cause: format!(
                "aws-sdk:sfn:{action} is answered by the AWS endpoint, which does not run in this process; start the execution through `stepwell serve`"
            ),
        });
    };
    let mut name = action.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let answer = answering(task.runtime.clone(), name, parameters.to_json()).await;
    answer.map_err(|refused| {
        let code = refused.code.trim_end_matches("Exception");
        TaskError {
            error: format!("Sfn.{code}Exception"),
            cause: format!(
                "{} (Service: Sfn, Status Code: 400, Request ID: {}) (SDK Attempt Count: 1)",
                refused.message,
                clock::random_uuid()
            ),
        }
    })
}
