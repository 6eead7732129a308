//! Reads a process's standard output and error as lines, and can say "that was all so far".

use super::logs::Stream;
use crate::process::read_now;
use std::{
    future::poll_fn,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::{
    io::{AsyncRead, ReadBuf},
    process::{ChildStderr, ChildStdout},
};

/// Longest line kept in one piece, as the service's log events; a longer one is cut.
const LONGEST: usize = 256 * 1024;

/// Most bytes that a pipe holds. More than that was not there when the draining began: somebody prints without end.
const MOST_IN_PIPE: usize = 1 << 20;

/// Both pipes of a process.
#[derive(Debug)]
pub(super) struct Output {
    stdout: Lines<ChildStdout>,
    stderr: Lines<ChildStderr>,
}

impl Output {
    pub(super) fn new((stdout, stderr): (Option<ChildStdout>, Option<ChildStderr>)) -> Self {
        Self {
            stdout: Lines::new(stdout),
            stderr: Lines::new(stderr),
        }
    }

    /// The next line; waits forever once both pipes are closed. Can be dropped and called again.
    pub(super) async fn next(&mut self) -> (Stream, String) {
        poll_fn(|context| self.poll_line(context)).await
    }

    /// Everything that is in the pipes now, an unfinished line included: what a function wrote before it answered.
    pub(super) fn drain(&mut self) -> Vec<(Stream, String)> {
        let stdout = self
            .stdout
            .drain(read_now)
            .into_iter()
            .map(|line| (Stream::Stdout, line));
        let stderr = self
            .stderr
            .drain(read_now)
            .into_iter()
            .map(|line| (Stream::Stderr, line));
        stdout.chain(stderr).collect()
    }

    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<(Stream, String)> {
        if let Poll::Ready(line) = self.stdout.poll_line(context) {
            return Poll::Ready((Stream::Stdout, line));
        }
        self.stderr.poll_line(context).map(|line| (Stream::Stderr, line))
    }
}

#[derive(Debug)]
struct Lines<R> {
    reader: Option<R>,
    /// What was read and not given out.
    buffer: Vec<u8>,
    /// Before this there is no line's end.
    searched: usize,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    fn new(reader: Option<R>) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            searched: 0,
        }
    }

    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<String> {
        loop {
            if let Some(line) = self.take_line() {
                return Poll::Ready(line);
            }
            match ready!(self.poll_read(context)) {
                Ok(0) | Err(_) => {
                    self.reader = None;
                    if let Some(rest) = self.take_rest() {
                        return Poll::Ready(rest);
                    }
                    return Poll::Pending;
                }
                Ok(_) => {}
            }
        }
    }

    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let Some(reader) = &mut self.reader else {
            return Poll::Pending;
        };
        let mut space = [0; 8192];
        let mut space = ReadBuf::new(&mut space);
        ready!(Pin::new(reader).poll_read(context, &mut space))?;
        self.buffer.extend_from_slice(space.filled());
        Poll::Ready(Ok(space.filled().len()))
    }

    fn drain(&mut self, read_now: impl Fn(&R, &mut [u8]) -> io::Result<usize>) -> Vec<String> {
        let mut lines = Vec::new();
        let mut space = [0; 8192];
        for _ in 0..MOST_IN_PIPE / space.len() {
            lines.extend(std::iter::from_fn(|| self.take_line()));
            match self.reader.as_ref().map(|reader| read_now(reader, &mut space)) {
                Some(Ok(length @ 1..)) => self.buffer.extend_from_slice(&space[..length]),
                _ => break,
            }
        }
        lines.extend(std::iter::from_fn(|| self.take_line()));
        lines.extend(self.take_rest());
        lines
    }

    fn take_line(&mut self) -> Option<String> {
        let end = self.buffer[self.searched..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map(|at| self.searched + at);
        match end {
            Some(end) if end <= LONGEST => Some(self.take(end, 1)),
            _ if self.buffer.len() >= LONGEST => Some(self.take(LONGEST, 0)),
            _ => {
                self.searched = self.buffer.len();
                None
            }
        }
    }

    fn take_rest(&mut self) -> Option<String> {
        (!self.buffer.is_empty()).then(|| self.take(self.buffer.len(), 0))
    }

    fn take(&mut self, length: usize, terminator: usize) -> String {
        let line = String::from_utf8_lossy(&self.buffer[..length]);
        let line = line
            .trim_end_matches('\r')
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        self.buffer.drain(..length + terminator);
        self.searched = 0;
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    fn check(input: &[u8], expected: &[&str]) {
        let mut lines = Lines::new(Some(input));
        let mut context = Context::from_waker(Waker::noop());
        let mut found = Vec::new();
        while let Poll::Ready(line) = lines.poll_line(&mut context) {
            found.push(line);
        }
        assert_eq!(found, expected, "{:?}", String::from_utf8_lossy(input));
    }

    #[test]
    fn lines_of_a_stream() {
        check(b"", &[]);
        check(b"one\ntwo\n", &["one", "two"]);
        check(b"one\n\nrest", &["one", "", "rest"]);
        check(
            b"[ERROR] E\rTraceback\r  File\n",
            &["[ERROR] E\nTraceback\n  File"],
        );
        check(b"dos\r\n", &["dos"]);
        check(b"\xff\n", &["\u{fffd}"]);
        let long = "x".repeat(LONGEST + 3);
        check(
            format!("{long}\nnext\n").as_bytes(),
            &[&long[..LONGEST], "xxx", "next"],
        );
    }
}
