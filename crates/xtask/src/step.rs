//! One step: a command with a name, whose output goes to a log and whose closing lines go to the terminal.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How many lines of a failed step are shown; the log has all.
const SHOWN_OF_A_FAILURE: usize = 80;
/// How many lines of a step that has no summary of its own are shown.
const SHOWN_OF_A_SUCCESS: usize = 6;
/// How often a sign of life is printed where nobody watches the line change.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// How long output may still come after the process has ended: what it left running may hold the pipe.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Measures how long things take, for the person who waits.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[allow(
        clippy::disallowed_methods,
        reason = "a duration on the screen; nothing depends on it"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A duration as a person says it: `0.8 s`, `2 min 5 s`.
pub(crate) fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

/// How a step ended.
pub(crate) struct Ended {
    pub(crate) passed: bool,
    /// What to show: the runner's own closing lines, or the end of a failure.
    pub(crate) closing: Vec<String>,
    pub(crate) log: PathBuf,
}

/// Runs a command to its end, showing that it lives.
pub(crate) fn run(name: &str, command: Command, logs: &Path) -> Result<Ended, String> {
    let log = logs.join(format!("{}.log", name.to_lowercase().replace(' ', "-")));
    let at = |error: std::io::Error| format!("{}: {error}", log.display());
    fs::create_dir_all(logs).map_err(at)?;
    let mut file = File::create(&log).map_err(at)?;

    let (mut child, lines) = start(command)?;
    let mut tail = Tail::default();
    let passed = follow(&mut child, &lines, |line| {
        tail.take(&line);
        writeln!(file, "{line}").map_err(|error| format!("{}: {error}", log.display()))
    })?;
    Ok(Ended {
        passed,
        closing: tail.closing(passed),
        log,
    })
}

/// Starts a command; both of its outputs come line by line, in their order.
fn start(mut command: Command) -> Result<(Child, Receiver<String>), String> {
    let (reader, writer) = std::io::pipe().map_err(|error| format!("no pipe: {error}"))?;
    let copy = writer.try_clone().map_err(|error| format!("no pipe: {error}"))?;
    // What is captured should have no colours and no moving bars.
    command
        .env("CARGO_TERM_COLOR", "never")
        .env("NO_COLOR", "1")
        .env_remove("FORCE_COLOR");
    command.stdin(Stdio::null()).stdout(writer).stderr(copy);
    let child = command.spawn();
    let child =
        child.map_err(|error| format!("`{}` could not be started: {error}", command_line(&command)))?;
    let (send, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
            if send
                .send(String::from_utf8_lossy(&line).trim_end().to_owned())
                .is_err()
            {
                return;
            }
        }
    });
    // Here the command drops its ends of the pipe; else the reader would never see the end.
    Ok((child, lines))
}

/// Passes the lines on until the process has ended and its output too.
fn follow(
    child: &mut Child,
    lines: &Receiver<String>,
    mut each: impl FnMut(String) -> Result<(), String>,
) -> Result<bool, String> {
    let watch = Stopwatch::start();
    let mut sign = Sign::new();
    let mut ended_at: Option<Duration> = None;
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok(line) => {
                sign.show(&watch, &line);
                each(line)?;
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                sign.show(&watch, "");
                let now = watch.elapsed();
                if ended_at.is_none() && matches!(child.try_wait(), Ok(Some(_))) {
                    ended_at = Some(now);
                }
                if ended_at.is_some_and(|ended| now.saturating_sub(ended) > LAST_WORDS) {
                    break;
                }
            }
        }
    }
    sign.clear();
    child
        .wait()
        .map(|status| status.success())
        .map_err(|error| format!("the process was lost: {error}"))
}

/// The sign of life: a line that changes on a terminal, one now and then elsewhere.
struct Sign {
    terminal: bool,
    last: Duration,
    text: String,
}

impl Sign {
    fn new() -> Self {
        Self {
            terminal: std::io::stdout().is_terminal(),
            last: Duration::ZERO,
            text: String::new(),
        }
    }

    fn show(&mut self, watch: &Stopwatch, line: &str) {
        if !line.is_empty() {
            self.text = line.chars().take(90).collect();
        }
        let now = watch.elapsed();
        let pause = if self.terminal {
            Duration::from_millis(100)
        } else {
            SIGN_OF_LIFE
        };
        if now.saturating_sub(self.last) < pause {
            return;
        }
        self.last = now;
        if self.terminal {
            print!("\r\x1b[2K  {:>4} s  {}", now.as_secs(), self.text);
            // A sign of life that can't be shown is no reason to stop.
            let _ = std::io::stdout().flush();
        } else {
            println!("  … {} s: {}", now.as_secs(), self.text);
        }
    }

    fn clear(&self) {
        if self.terminal {
            print!("\r\x1b[2K");
        }
    }
}

/// The end of an output, and the summaries that Rust's test runner prints in the middle of it.
#[derive(Default)]
struct Tail {
    last: VecDeque<String>,
    /// The binary whose tests are running.
    binary: String,
    results: Vec<String>,
}

impl Tail {
    fn take(&mut self, line: &str) {
        let text = line.trim();
        if let Some(binary) = text
            .strip_prefix("Running ")
            .or_else(|| text.strip_prefix("Doc-tests "))
        {
            // `unittests src/lib.rs (/long/path/deps/name-0123456789abcdef)`
            let name = binary
                .rsplit(['/', '('])
                .next()
                .unwrap_or(binary)
                .trim_end_matches(')');
            name.rsplit_once('-')
                .map_or(name, |(name, _hash)| name)
                .clone_into(&mut self.binary);
        } else if text.starts_with("test result:") && !text.contains(" 0 passed; 0 failed; 0 ignored") {
            self.results.push(format!("{text} ({})", self.binary));
        }
        if !text.is_empty() {
            self.last.push_back(line.to_owned());
            if self.last.len() > SHOWN_OF_A_FAILURE {
                self.last.pop_front();
            }
        }
    }

    fn closing(self, passed: bool) -> Vec<String> {
        if !passed {
            return self.last.into_iter().chain(self.results).collect();
        }
        if !self.results.is_empty() {
            return self.results;
        }
        let skipped = self.last.len().saturating_sub(SHOWN_OF_A_SUCCESS);
        self.last.into_iter().skip(skipped).collect()
    }
}

/// Runs a command that speaks for itself: its output goes where ours goes.
pub(crate) fn in_the_open(mut command: Command) -> Result<(), String> {
    let line = command_line(&command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` ended with {status}")),
        Err(error) => Err(format!("`{line}` could not be started: {error}")),
    }
}

/// A command as one would type it.
pub(crate) fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    command.get_args().fold(program, |line, argument| {
        format!("{line} {}", argument.to_string_lossy())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, passed: bool, expected: &[&str]) {
        let mut tail = Tail::default();
        output.lines().for_each(|line| tail.take(line));
        assert_eq!(tail.closing(passed), expected);
    }

    #[test]
    fn rust_tests_close_with_a_line_for_each_binary_that_has_tests() {
        let output = "
     Running unittests src/lib.rs (target/debug/deps/stepwell_asl-0123abcd)
running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out
     Running unittests src/lib.rs (target/debug/deps/empty-0123abcd)
test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        check(
            output,
            true,
            &["test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out (stepwell_asl)"],
        );
    }

    #[test]
    fn other_runners_close_with_their_last_lines() {
        check("1\n2\n3\n\n4\n5\n6\n7\n", true, &["2", "3", "4", "5", "6", "7"]);
        check("1\n2\n", true, &["1", "2"]);
    }

    #[test]
    fn a_failure_shows_more() {
        let output: Vec<String> = (0..200).map(|number| number.to_string()).collect();
        let expected: Vec<&str> = output[120..].iter().map(String::as_str).collect();
        check(&output.join("\n"), false, &expected);
    }

    #[test]
    fn durations_are_spoken() {
        assert_eq!(spoken(Duration::from_millis(840)), "0.8 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 5 s");
    }
}
