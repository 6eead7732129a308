//! The lines that the service adds to a function's log.

use super::fault::{FunctionError, timed_out_text};
use aws::lambda::LATEST;
use chrono::{DateTime, SecondsFormat, Utc};
use std::{fmt::Write, time::Duration};

/// What the last lines of an invocation say.
pub(super) struct Facts<'a> {
    pub(super) request_id: &'a str,
    pub(super) duration: Duration,
    pub(super) init: Option<Duration>,
    pub(super) memory_mb: u32,
    pub(super) peak_mb: Option<u64>,
    pub(super) error: Option<&'a FunctionError>,
}

pub(super) fn start(request_id: &str) -> String {
    format!("START RequestId: {request_id} Version: {LATEST}")
}

pub(super) fn timed_out(now: DateTime<Utc>, request_id: &str, after: Duration) -> String {
    format!(
        "{} {request_id} {}",
        now.to_rfc3339_opts(SecondsFormat::Millis, true),
        timed_out_text(after)
    )
}

/// The sandbox's own message about an error that no runtime reported.
pub(super) fn error(error: &FunctionError) -> String {
    let message = serde_json::from_str::<serde_json::Value>(&error.payload).ok();
    let message = message
        .as_ref()
        .and_then(|payload| payload["errorMessage"].as_str())
        .unwrap_or_default();
    format!("{message}\n{}", error.error_type)
}

/// `END` and `REPORT`. What is billed is rounded up to a millisecond and includes the initialisation.
pub(super) fn end(facts: &Facts<'_>) -> [String; 2] {
    let milliseconds = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let billed = (facts.duration + facts.init.unwrap_or_default())
        .as_micros()
        .div_ceil(1000);
    let mut line = format!(
        "REPORT RequestId: {}\tDuration: {:.2} ms\tBilled Duration: {billed} ms\tMemory Size: {} MB",
        facts.request_id,
        milliseconds(facts.duration),
        facts.memory_mb,
    );
    // Writing to a string cannot fail.
    if let Some(peak) = facts.peak_mb {
        let _ = write!(line, "\tMax Memory Used: {peak} MB");
    }
    if let Some(init) = facts.init {
        let _ = write!(line, "\tInit Duration: {:.2} ms", milliseconds(init));
    }
    if let Some(error) = facts.error {
        let _ = match error.error_type.as_str() {
            "Sandbox.Timedout" => write!(line, "\tStatus: timeout"),
            other => write!(line, "\tStatus: error\tError Type: {other}"),
        };
    }
    [format!("END RequestId: {}", facts.request_id), line]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(init: Option<u64>, error: Option<&FunctionError>, expected: &str) {
        let facts = Facts {
            request_id: "id",
            duration: Duration::from_micros(1234),
            init: init.map(Duration::from_millis),
            memory_mb: 128,
            peak_mb: Some(34),
            error,
        };
        assert_eq!(end(&facts)[1], expected);
    }

    #[test]
    fn reports() {
        let start = "REPORT RequestId: id\tDuration: 1.23 ms\tBilled Duration: ";
        let memory = " ms\tMemory Size: 128 MB\tMax Memory Used: 34 MB";
        check(None, None, &format!("{start}2{memory}"));
        check(
            Some(50),
            None,
            &format!("{start}52{memory}\tInit Duration: 50.00 ms"),
        );
        let error = FunctionError::timed_out("id", Duration::from_secs(3));
        check(None, Some(&error), &format!("{start}2{memory}\tStatus: timeout"));
        let error = FunctionError::exited("id", None);
        check(
            None,
            Some(&error),
            &format!("{start}2{memory}\tStatus: error\tError Type: Runtime.ExitError"),
        );
    }

    #[test]
    fn other_lines() {
        assert_eq!(start("id"), "START RequestId: id Version: $LATEST");
        let at = DateTime::from_timestamp_millis(1_500).unwrap();
        assert_eq!(
            timed_out(at, "id", Duration::from_secs(3)),
            "1970-01-01T00:00:01.500Z id Task timed out after 3.00 seconds"
        );
    }
}
