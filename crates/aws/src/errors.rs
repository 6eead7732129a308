//! The error names that Step Functions itself raises: `States.…` (specification, appendix A, and the service's guide).

/// Stands for every error but `States.DataLimitExceeded` and `States.Runtime`.
pub const ALL: &str = "States.ALL";
/// A state ran longer than `TimeoutSeconds`, or the execution longer than its own.
pub const TIMEOUT: &str = "States.Timeout";
/// No heartbeat came within `HeartbeatSeconds`. Caught by `States.Timeout` too.
pub const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";
/// Stands for every error of a Task but timeouts.
pub const TASK_FAILED: &str = "States.TaskFailed";
/// The task may not do what it tried.
pub const PERMISSIONS: &str = "States.Permissions";
/// `ResultPath` does not fit the input.
pub const RESULT_PATH_MATCH_FAILURE: &str = "States.ResultPathMatchFailure";
/// A path in `Parameters` finds nothing.
pub const PARAMETER_PATH_FAILURE: &str = "States.ParameterPathFailure";
/// A JSONata expression failed.
pub const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";
/// A branch of a Parallel state failed.
pub const BRANCH_FAILED: &str = "States.BranchFailed";
/// No choice rule matched and there is no `Default`.
pub const NO_CHOICE_MATCHED: &str = "States.NoChoiceMatched";
/// An intrinsic function failed.
pub const INTRINSIC_FAILURE: &str = "States.IntrinsicFailure";
/// More Map items failed than are tolerated.
pub const EXCEED_TOLERATED_FAILURE_THRESHOLD: &str = "States.ExceedToleratedFailureThreshold";
/// A Map's `ItemReader` failed.
pub const ITEM_READER_FAILED: &str = "States.ItemReaderFailed";
/// A Map's `ResultWriter` failed.
pub const RESULT_WRITER_FAILED: &str = "States.ResultWriterFailed";
/// A payload is over the limit. Nothing catches it but its own name.
pub const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";
/// The definition does not fit its data. Nothing retries or catches it.
pub const RUNTIME: &str = "States.Runtime";
/// The connection of an HTTP Task failed.
pub const HTTP_SOCKET: &str = "States.Http.Socket";

/// What every error name of an HTTP status starts with: `States.Http.StatusCode.404`.
pub const HTTP_STATUS_PREFIX: &str = "States.Http.StatusCode.";

/// All fixed names, sorted.
pub const NAMES: [&str; 17] = [
    ALL,
    BRANCH_FAILED,
    DATA_LIMIT_EXCEEDED,
    EXCEED_TOLERATED_FAILURE_THRESHOLD,
    HEARTBEAT_TIMEOUT,
    HTTP_SOCKET,
    INTRINSIC_FAILURE,
    ITEM_READER_FAILED,
    NO_CHOICE_MATCHED,
    PARAMETER_PATH_FAILURE,
    PERMISSIONS,
    QUERY_EVALUATION_ERROR,
    RESULT_PATH_MATCH_FAILURE,
    RESULT_WRITER_FAILED,
    RUNTIME,
    TASK_FAILED,
    TIMEOUT,
];

/// Whether the service itself may raise an error of this name (or the name is a wildcard of its own).
pub fn is_reserved(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
        || name
            .strip_prefix(HTTP_STATUS_PREFIX)
            .is_some_and(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_known() {
        assert!(NAMES.is_sorted());
        for (name, expected) in [
            ("States.ALL", true),
            ("States.Http.StatusCode.404", true),
            ("States.Http.StatusCode.4x4", false),
            ("States.All", false),
            ("Lambda.ServiceException", false),
        ] {
            assert_eq!(is_reserved(name), expected, "{name}");
        }
    }
}
