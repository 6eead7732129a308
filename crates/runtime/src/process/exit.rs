//! How a process ended, in the words of Go's `os/exec`, which the service uses.

use std::process::ExitStatus;

/// `exit status 3`, `signal: segmentation fault (core dumped)`; `None` for a success.
pub fn reason(status: ExitStatus) -> Option<String> {
    if status.success() {
        return None;
    }
    if let Some(code) = status.code() {
        return Some(format!("exit status {code}"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        let signal = status.signal().unwrap_or_default();
        let name = signal_name(signal).map_or_else(|| format!("signal {signal}"), str::to_owned);
        let core = if status.core_dumped() {
            " (core dumped)"
        } else {
            ""
        };
        Some(format!("signal: {name}{core}"))
    }
    #[cfg(not(unix))]
    Some("it did not say why".to_owned())
}

#[cfg(unix)]
fn signal_name(signal: i32) -> Option<&'static str> {
    use nix::sys::signal::Signal;
    Some(match Signal::try_from(signal).ok()? {
        Signal::SIGHUP => "hangup",
        Signal::SIGINT => "interrupt",
        Signal::SIGQUIT => "quit",
        Signal::SIGILL => "illegal instruction",
        Signal::SIGTRAP => "trace/breakpoint trap",
        Signal::SIGABRT => "aborted",
        Signal::SIGBUS => "bus error",
        Signal::SIGFPE => "floating point exception",
        Signal::SIGKILL => "killed",
        Signal::SIGSEGV => "segmentation fault",
        Signal::SIGPIPE => "broken pipe",
        Signal::SIGALRM => "alarm clock",
        Signal::SIGTERM => "terminated",
        _ => return None,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    fn check(raw: i32, expected: Option<&str>) {
        assert_eq!(reason(ExitStatus::from_raw(raw)).as_deref(), expected, "{raw:#x}");
    }

    #[test]
    fn reasons() {
        check(0, None);
        check(3 << 8, Some("exit status 3"));
        check(127 << 8, Some("exit status 127"));
        check(9, Some("signal: killed"));
        check(11, Some("signal: segmentation fault"));
        check(11 | 0x80, Some("signal: segmentation fault (core dumped)"));
        check(
            10,
            Some(if cfg!(target_os = "macos") {
                "signal: bus error"
            } else {
                "signal: signal 10"
            }),
        );
    }
}
