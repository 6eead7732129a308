//! Limits of Step Functions as its guide's page "Service quotas" gives them (August 2026).

/// Bytes of input, output or result of a state, as compact JSON in UTF-8.
pub const PAYLOAD_BYTES: usize = 262_144;
/// Bytes of a definition.
pub const DEFINITION_BYTES: usize = 1_048_576;
/// Events in the history of a Standard execution; at the limit it fails.
pub const HISTORY_EVENTS: u64 = 25_000;
/// Characters of a state's name.
pub const STATE_NAME_CHARS: usize = 80;
/// Characters of the name of a machine, an execution or an activity.
pub const NAME_CHARS: usize = 80;
/// Characters of a Map's `Label`.
pub const LABEL_CHARS: usize = 40;
/// The largest value of a time in seconds, and the default of `TimeoutSeconds`.
pub const MAX_SECONDS: u64 = 99_999_999;
/// The largest `MaxAttempts`.
pub const MAX_ATTEMPTS: u64 = 99_999_999;
/// The largest `MaxDelaySeconds`. (The guide says "less than"; the service takes it.)
pub const MAX_DELAY_SECONDS: u64 = 31_622_400;
/// Iterations of an inline Map that run at once, whatever `MaxConcurrency` says.
pub const INLINE_MAP_CONCURRENCY: u64 = 40;
/// Children of a distributed Map that run at once.
pub const DISTRIBUTED_MAP_CONCURRENCY: u64 = 10_000;
/// Characters of an error's name.
pub const ERROR_CHARS: usize = 256;
/// Characters of an error's cause.
pub const CAUSE_CHARS: usize = 32_768;
/// Bytes of one variable, and of all that one `Assign` sets.
pub const VARIABLE_BYTES: usize = 262_144;
/// Bytes of all variables of an execution.
pub const ALL_VARIABLES_BYTES: usize = 10_485_760;
/// Seconds that an Express execution may run.
pub const EXPRESS_SECONDS: u64 = 300;
/// Seconds that a Standard execution may run (one year).
pub const STANDARD_SECONDS: u64 = 31_536_000;
/// Tags of one resource.
pub const TAGS: usize = 50;
/// Bytes of a request to the service.
pub const REQUEST_BYTES: usize = 1_048_576;
/// Seconds that GetActivityTask waits for a task.
pub const ACTIVITY_POLL_SECONDS: u64 = 60;
/// Results on a page where `maxResults` is 0 or absent.
pub const PAGE_ITEMS: u32 = 100;
/// Published versions of a state machine.
pub const VERSIONS: usize = 1_000;
/// Aliases of a state machine.
pub const ALIASES: usize = 100;
/// Seconds that TestState may take.
pub const TEST_STATE_SECONDS: u64 = 300;
