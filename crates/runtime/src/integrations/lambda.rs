//! `lambda:invoke` and function ARNs: what an invocation looks like to a state machine.
//!
//! | outcome | Error | Cause |
//! |---|---|---|
//! | the function failed | its `errorType` | its payload, JSON text |
//! | there is no such function | `Lambda.ResourceNotFoundException` | the service's sentence |
//! | it cannot run on this machine | `Stepwell.…` | what is missing and what to do |

use crate::functions::{Invocation, InvokeError};
use serde_json::{Value, json};

/// Error and Cause of a failed task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskError {
    /// What Retriers and Catchers match.
    pub error: String,
    /// What a person reads.
    pub cause: String,
}

/// The task result of a function called by its ARN: what it returned, JSON text.
///
/// # Errors
/// When the function failed or could not be run.
pub fn function_result(outcome: &Result<Invocation, InvokeError>) -> Result<String, TaskError> {
    let invocation = outcome.as_ref().map_err(invoke_error)?;
    match &invocation.result {
        Ok(payload) => Ok(json_text(payload)),
        Err(failed) => Err(TaskError {
            error: failed.error_type.clone(),
            cause: failed.payload.clone(),
        }),
    }
}

/// The task result of `arn:aws:states:::lambda:invoke`, JSON text; members in the order recorded on AWS.
///
/// # Errors
/// When the function failed or could not be run.
pub fn invoke_result(outcome: &Result<Invocation, InvokeError>) -> Result<String, TaskError> {
    let payload = function_result(outcome)?;
    let invocation = outcome.as_ref().map_err(invoke_error)?;
    let version = &invocation.executed_version;
    let length = payload.len().to_string();
    let date = invocation
        .finished
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    let id = &invocation.request_id;
    let trace = invocation.trace_id.split(';').next().unwrap_or_default();
    let all = json!({
        "X-Amz-Executed-Version": [version],
        "x-amzn-Remapped-Content-Length": ["0"],
        "Connection": ["keep-alive"],
        "x-amzn-RequestId": [id],
        "Content-Length": [length],
        "Date": [date],
        "X-Amzn-Trace-Id": [trace],
        "Content-Type": ["application/json"],
    });
    let single = json!({
        "Connection": "keep-alive",
        "Content-Length": length,
        "Content-Type": "application/json",
        "Date": date,
        "X-Amz-Executed-Version": version,
        "x-amzn-Remapped-Content-Length": "0",
        "x-amzn-RequestId": id,
        "X-Amzn-Trace-Id": trace,
    });
    let http = json!({"AllHttpHeaders": all, "HttpHeaders": single, "HttpStatusCode": 200});
    let response = json!({"RequestId": id});
    let version = Value::from(version.as_str());
    // The payload is put in as text: reading and writing it again could change its numbers.
    Ok(format!(
        r#"{{"ExecutedVersion":{version},"Payload":{payload},"SdkHttpMetadata":{http},"SdkResponseMetadata":{response},"StatusCode":200}}"#
    ))
}

/// Error and Cause of a function that could not be run.
pub fn invoke_error(error: &InvokeError) -> TaskError {
    let cause = match error {
        InvokeError::NotFound { arn, request_id, .. } => format!(
            "Function not found: {arn} (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: {request_id}; Proxy: null)"
        ),
        other => other.to_string(),
    };
    TaskError {
        error: error.code().to_owned(),
        cause,
    }
}

/// What a function returned, as JSON text: a custom runtime may return anything, which is then a string.
fn json_text(payload: &str) -> String {
    match serde_json::from_str::<serde::de::IgnoredAny>(payload) {
        Ok(_) => payload.to_owned(),
        Err(_) => Value::from(payload).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::FunctionError;
    use std::time::Duration;

    fn invocation(result: Result<String, FunctionError>) -> Result<Invocation, InvokeError> {
        Ok(Invocation {
            request_id: "rid".into(),
            result,
            executed_version: "$LATEST".into(),
            log_tail: Vec::new(),
            duration: Duration::ZERO,
            init_duration: None,
            trace_id: "Root=1-2-3;Parent=4;Sampled=0".into(),
            finished: chrono::DateTime::UNIX_EPOCH,
        })
    }

    /// Members and their order as recorded (conformance/sfn/assign.json, a `TaskSucceeded` of `lambda:invoke`).
    #[test]
    fn the_output_of_lambda_invoke() {
        let output = invoke_result(&invocation(Ok("[1.0, 10000000000000000000001]".into()))).unwrap();
        assert_eq!(
            output,
            concat!(
                r#"{"ExecutedVersion":"$LATEST","Payload":[1.0, 10000000000000000000001],"#,
                r#""SdkHttpMetadata":{"AllHttpHeaders":{"X-Amz-Executed-Version":["$LATEST"],"#,
                r#""x-amzn-Remapped-Content-Length":["0"],"Connection":["keep-alive"],"x-amzn-RequestId":["rid"],"#,
                r#""Content-Length":["30"],"Date":["Thu, 01 Jan 1970 00:00:00 GMT"],"X-Amzn-Trace-Id":["Root=1-2-3"],"#,
                r#""Content-Type":["application/json"]},"HttpHeaders":{"Connection":"keep-alive","Content-Length":"30","#,
                r#""Content-Type":"application/json","Date":"Thu, 01 Jan 1970 00:00:00 GMT","#,
                r#""X-Amz-Executed-Version":"$LATEST","x-amzn-Remapped-Content-Length":"0","x-amzn-RequestId":"rid","#,
                r#""X-Amzn-Trace-Id":"Root=1-2-3"},"HttpStatusCode":200},"SdkResponseMetadata":{"RequestId":"rid"},"#,
                r#""StatusCode":200}"#
            )
        );
    }

    #[test]
    fn a_payload_that_is_no_json_is_a_string() {
        assert_eq!(
            function_result(&invocation(Ok("oh \"no\"".into()))).unwrap(),
            r#""oh \"no\"""#
        );
    }

    #[test]
    fn errors() {
        let failed = FunctionError {
            error_type: "ValueError".into(),
            payload: r#"{"errorType":"ValueError"}"#.into(),
        };
        let error = function_result(&invocation(Err(failed))).unwrap_err();
        assert_eq!(
            (error.error.as_str(), error.cause.as_str()),
            ("ValueError", r#"{"errorType":"ValueError"}"#)
        );
        let missing = InvokeError::NotFound {
            arn: "f".into(),
            known: vec![],
            request_id: "rid".into(),
        };
        let error = invoke_result(&Err(missing)).unwrap_err();
        assert_eq!(error.error, "Lambda.ResourceNotFoundException");
        assert_eq!(
            error.cause,
            "Function not found: f (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: rid; Proxy: null)"
        );
    }
}
