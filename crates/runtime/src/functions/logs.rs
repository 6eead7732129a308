//! What functions print, line by line, and what the platform says about them (`START`, `END`, `REPORT`).

use chrono::{DateTime, Utc};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};
use tokio::sync::broadcast;

/// How many lines of each function are kept.
const KEPT: usize = 500;
/// How far a subscriber may fall behind before it loses the oldest lines.
const BEHIND: usize = 4096;

/// Where a line came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// The function's standard output.
    Stdout,
    /// Its standard error.
    Stderr,
    /// Us, in the service's place.
    Platform,
}

/// One log event. A carriage return inside it, which runtimes use to keep an error together, became a line feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// The function's name.
    pub function: String,
    /// The invocation during which it came; `None` between two.
    pub request_id: Option<String>,
    /// What the caller named as the invocation's source, such as an execution's id.
    pub source: Option<String>,
    /// Where it came from.
    pub stream: Stream,
    /// The text, without the line's end.
    pub text: String,
    /// When it was read.
    pub at: DateTime<Utc>,
}

/// Hands lines to whoever listens, and keeps the last ones of each function.
#[derive(Debug)]
pub(super) struct LogBook {
    live: broadcast::Sender<LogLine>,
    kept: Mutex<HashMap<String, VecDeque<LogLine>>>,
}

impl LogBook {
    pub(super) fn new() -> Self {
        Self {
            live: broadcast::Sender::new(BEHIND),
            kept: Mutex::default(),
        }
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<LogLine> {
        self.live.subscribe()
    }

    pub(super) fn add(&self, line: LogLine) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = kept.entry(line.function.clone()).or_default();
        if lines.len() == KEPT {
            lines.pop_front();
        }
        lines.push_back(line.clone());
        drop(kept);
        // An error means that nobody listens.
        let _ = self.live.send(line);
    }

    pub(super) fn last(&self, function: &str) -> Vec<LogLine> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(function)
            .map(|lines| lines.iter().cloned().collect())
            .unwrap_or_default()
    }
}

/// The last lines of one invocation, at most so many bytes of them.
#[derive(Debug, Default)]
pub(super) struct Tail {
    lines: VecDeque<String>,
    bytes: usize,
}

impl Tail {
    pub(super) fn push(&mut self, line: &str) {
        self.bytes += line.len() + 1;
        self.lines.push_back(line.to_owned());
        while self.bytes > aws::lambda::LOG_TAIL_BYTES && self.lines.len() > 1 {
            self.bytes -= self.lines.pop_front().map_or(0, |line| line.len() + 1);
        }
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_keeps_the_last_lines() {
        let mut tail = Tail::default();
        for number in 0..1000 {
            tail.push(&format!("line {number:04}"));
        }
        let lines = tail.into_lines();
        assert_eq!(lines.len(), 4096 / 10);
        assert_eq!(lines.last().unwrap(), "line 0999");
    }

    #[test]
    fn a_book_keeps_so_many_lines_for_each_function() {
        let book = LogBook::new();
        for number in 0..=KEPT {
            book.add(LogLine {
                function: "f".into(),
                request_id: None,
                source: None,
                stream: Stream::Stdout,
                text: number.to_string(),
                at: DateTime::UNIX_EPOCH,
            });
        }
        let lines = book.last("f");
        assert_eq!((lines.len(), lines[0].text.as_str()), (KEPT, "1"));
        assert_eq!(book.last("g"), []);
    }
}
