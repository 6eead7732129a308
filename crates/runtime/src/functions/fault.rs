//! The payloads of failed invocations that no function wrote itself, as recorded on the service.
//!
//! | what happened | `errorType` |
//! |---|---|
//! | the process ended | `Runtime.ExitError` |
//! | the timeout passed | `Sandbox.Timedout` |
//! | the response is over 6,291,556 bytes | `Function.ResponseSizeTooLarge` |
//! | a custom runtime without `bootstrap` | `Runtime.InvalidEntrypoint` |

use aws::lambda::MAX_PAYLOAD_BYTES;
use serde_json::{Value, json};
use std::time::Duration;

/// A failed invocation: HTTP 200 with `FunctionError: Unhandled` on the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionError {
    /// The error's name, as a Catcher or Retrier matches it.
    pub error_type: String,
    /// The whole payload, JSON text.
    pub payload: String,
}

impl FunctionError {
    /// What a runtime posted as its error: the type is in the payload, else in the header that came with it.
    pub(super) fn posted(body: &str, header: Option<&str>) -> Self {
        let in_body = match serde_json::from_str::<Value>(body) {
            Ok(Value::Object(members)) => members
                .get("errorType")
                .and_then(Value::as_str)
                .map(str::to_owned),
            Ok(_) => None,
            // Not JSON: a string of it is.
            Err(_) => return Self::posted(&json!({"errorMessage": body}).to_string(), header),
        };
        let error_type = in_body
            .or_else(|| header.map(str::to_owned))
            .unwrap_or_else(|| "Runtime.Unknown".to_owned());
        Self {
            error_type,
            payload: body.to_owned(),
        }
    }

    /// Whether the code asks for a module that is not there.
    pub(super) fn is_missing_module(&self) -> bool {
        self.error_type == "Runtime.ImportModuleError"
    }

    /// The same error with a sentence more: what is missing here would not be missing on the service.
    pub(super) fn advised(mut self, advice: &str) -> Self {
        if let Ok(mut payload) = serde_json::from_str::<Value>(&self.payload)
            && let Some(Value::String(message)) = payload.get_mut("errorMessage")
        {
            *message = format!("{message}. {advice}");
            self.payload = payload.to_string();
        }
        self
    }

    pub(super) fn exited(request_id: &str, reason: Option<&str>) -> Self {
        let how = reason.map_or("without providing a reason".to_owned(), |reason| {
            format!("with error: {reason}")
        });
        Self::of_sandbox(
            "Runtime.ExitError",
            &format!("RequestId: {request_id} Error: Runtime exited {how}"),
        )
    }

    pub(super) fn timed_out(request_id: &str, after: Duration) -> Self {
        let message = format!("RequestId: {request_id} Error: {}", timed_out_text(after));
        Self::of_sandbox("Sandbox.Timedout", &message)
    }

    pub(super) fn no_bootstrap(request_id: &str, tried: &str) -> Self {
        let message = format!("RequestId: {request_id} Error: Couldn't find valid bootstrap(s): [{tried}]");
        Self::of_sandbox("Runtime.InvalidEntrypoint", &message)
    }

    pub(super) fn response_too_large() -> Self {
        let error_type = "Function.ResponseSizeTooLarge";
        let message = format!(
            "Response payload size exceeded maximum allowed payload size ({MAX_PAYLOAD_BYTES} bytes)."
        );
        let payload = json!({"errorMessage": message, "errorType": error_type}).to_string();
        Self {
            error_type: error_type.to_owned(),
            payload,
        }
    }

    fn of_sandbox(error_type: &str, message: &str) -> Self {
        let payload = json!({"errorType": error_type, "errorMessage": message}).to_string();
        Self {
            error_type: error_type.to_owned(),
            payload,
        }
    }
}

/// `Task timed out after 3.00 seconds`.
pub(super) fn timed_out_text(after: Duration) -> String {
    format!("Task timed out after {:.2} seconds", after.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: FunctionError, error_type: &str, payload: &str) {
        assert_eq!(
            (error.error_type.as_str(), error.payload.as_str()),
            (error_type, payload)
        );
    }

    /// Key order and texts as recorded on AWS (conformance/lambda/behaviour.json).
    #[test]
    fn shapes() {
        check(
            FunctionError::timed_out("id", Duration::from_secs(1)),
            "Sandbox.Timedout",
            r#"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: id Error: Task timed out after 1.00 seconds"}"#,
        );
        check(
            FunctionError::exited("id", None),
            "Runtime.ExitError",
            r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id Error: Runtime exited without providing a reason"}"#,
        );
        check(
            FunctionError::exited("id", Some("exit status 127")),
            "Runtime.ExitError",
            r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: id Error: Runtime exited with error: exit status 127"}"#,
        );
        check(
            FunctionError::response_too_large(),
            "Function.ResponseSizeTooLarge",
            r#"{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}"#,
        );
    }

    #[test]
    fn posted_by_a_runtime() {
        check(
            FunctionError::posted(r#"{"errorType":"E"}"#, Some("H")),
            "E",
            r#"{"errorType":"E"}"#,
        );
        check(FunctionError::posted("{}", Some("H")), "H", "{}");
        check(FunctionError::posted("[]", None), "Runtime.Unknown", "[]");
        check(
            FunctionError::posted("oh no", None),
            "Runtime.Unknown",
            r#"{"errorMessage":"oh no"}"#,
        );
    }
}
