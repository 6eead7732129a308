//! Keeps a function within its `MemorySize`.
//!
//! The service gives an environment so much memory, and the system there kills the process that wants more. Limits of
//! the operating system are no help here: on address space they stop Node below 1 GB, and on resident memory they need
//! a control group, which only an administrator can make. So while a function is busy its memory is looked at twenty
//! times a second, and once more before its result is taken.
//!
//! What counts is memory that holds the function's own data, not pages of programs and files: whatever else it needs
//! there comes on top, so a function that is ended here would not have lived there. The reverse is no promise. Absent
//! on purpose: counting the processes that a runtime starts, and any limit where the system does not tell (macOS,
//! Windows).

use std::time::Duration;

/// How long a busy function is not looked at.
pub(super) const LOOK: Duration = Duration::from_millis(50);

/// How much of the memory Node may use for its heap, in percent: it collects its garbage by how much there is, and would
/// else take what this machine has for that.
const NODE_HEAP: u32 = 90;

/// Whether a process has more data in memory than `limit_mb`; how much, in MB, if so.
pub(super) fn excess(process: u32, limit_mb: u32) -> Option<u64> {
    crate::process::data_memory_mb(process).filter(|used| *used > limit_mb.into())
}

/// What Node is told about its memory; nothing where the function's own `NODE_OPTIONS` speak of it.
pub(super) fn node_option(limit_mb: u32, own: Option<&str>) -> Option<String> {
    let said = own.is_some_and(|options| {
        options.contains("max-old-space-size") || options.contains("max_old_space_size")
    });
    (!said).then(|| format!("--max-old-space-size={}", limit_mb * NODE_HEAP / 100))
}

/// What the log says beside the service's own words.
pub(super) fn advice(function: &str, used_mb: u64, limit_mb: u32) -> String {
    format!(
        "{function} used {used_mb} MB and its MemorySize is {limit_mb} MB: it was killed, as on the service. Raise MemorySize in the template, or let it use less"
    )
}
