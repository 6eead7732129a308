//! The limits in force for one execution. They are part of its start, so that a replay knows them.

use serde::{Deserialize, Serialize};

/// What an execution may not exceed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of a state's input, result or output, as compact JSON in UTF-8; beyond it `States.DataLimitExceeded`.
    pub payload_bytes: u64,
    /// Bytes of all variables of an execution together; beyond it `States.DataLimitExceeded`. What one `Assign` sets has the
    /// limit of a payload.
    #[serde(default = "variables_bytes")]
    pub variables_bytes: u64,
    /// Events in the history; the last one is the failure. Counts for Standard executions only.
    pub events: u32,
    /// Levels of arrays and objects in a payload; beyond it `States.Runtime`.
    pub value_depth: u32,
    /// Iterations of an inline Map that run at once, whatever `MaxConcurrency` says.
    pub map_concurrency: u32,
    /// Seconds that an Express execution may run.
    pub express_seconds: u64,
}

/// Records from before the limit was known have the service's own.
fn variables_bytes() -> u64 {
    aws::quotas::ALL_VARIABLES_BYTES as u64
}

impl Default for Limits {
    /// The service's own.
    fn default() -> Limits {
        Limits {
            payload_bytes: aws::quotas::PAYLOAD_BYTES as u64,
            variables_bytes: variables_bytes(),
            events: u32::try_from(aws::quotas::HISTORY_EVENTS).unwrap_or(u32::MAX),
            value_depth: asl::value::MAX_DEPTH,
            map_concurrency: u32::try_from(aws::quotas::INLINE_MAP_CONCURRENCY).unwrap_or(u32::MAX),
            express_seconds: aws::quotas::EXPRESS_SECONDS,
        }
    }
}
