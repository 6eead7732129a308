//! How much memory a process has, as Linux tells it. (proc(5), `/proc/pid/status`.)

/// The most memory that a process ever had resident, in MB; `None` where the system does not say.
pub fn peak_memory_mb(id: u32) -> Option<u64> {
    status(id, &["VmHWM:"])
}

/// The memory that holds a process's own data now, in MB, without the pages of programs and files; `None` where the
/// system does not say.
pub fn data_memory_mb(id: u32) -> Option<u64> {
    status(id, &["RssAnon:", "RssShmem:"])
}

/// The sum of some lines of a process's status, in MB, rounded up.
#[cfg(target_os = "linux")]
fn status(id: u32, names: &[&str]) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = |name: &&str| -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(*name))?;
        line.trim().strip_suffix("kB")?.trim().parse().ok()
    };
    let kilobytes = names.iter().map(line).sum::<Option<u64>>()?;
    Some(kilobytes.div_ceil(1024))
}

#[cfg(not(target_os = "linux"))]
fn status(_id: u32, _names: &[&str]) -> Option<u64> {
    None
}
