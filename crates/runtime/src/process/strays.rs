//! Finds what left its process group: a process started in a session of its own (`setsid`, a daemon) is out of reach of
//! `killpg`, but has the variables that its ancestors were given, unless it cleared them.
//!
//! Only Linux shows the variables of other processes; elsewhere such processes stay.

/// Kills every process that has `mark` (`NAME=value`) among the variables it was started with.
#[cfg(target_os = "linux")]
pub(super) fn kill(mark: &str) {
    use nix::{
        sys::signal::{Signal, kill},
        unistd::Pid,
    };
    // A process may start another one while we look; each look finds fewer, and one that finds none is the last.
    for _ in 0..LOOKS {
        let found = marked(mark);
        for id in &found {
            let _ = kill(Pid::from_raw(*id), Signal::SIGKILL);
        }
        if found.is_empty() {
            return;
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn kill(_mark: &str) {}

/// How often is looked at most.
#[cfg(target_os = "linux")]
const LOOKS: usize = 5;

/// Living processes with the mark. What belongs to other users cannot be read, and is not ours.
#[cfg(target_os = "linux")]
fn marked(mark: &str) -> Vec<i32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let has_mark = |id: &i32| {
        std::fs::read(format!("/proc/{id}/environ")).is_ok_and(|variables| {
            variables
                .split(|byte| *byte == 0)
                .any(|one| one == mark.as_bytes())
        })
    };
    ids.filter(has_mark).collect()
}
