//! Going on after an error: which line continues which open block.

use std::ops::Range;

use saphyr_parser::Event;

use super::{Arena, Builder, Fault, Place, Run, fault, gap, is_flow_start};
use crate::text::tree::{Kind, Style};

impl Builder<'_> {
    /// A run over the text from `start` begins.
    pub(in crate::text::yaml) fn start_run(&mut self) {
        self.run = Run::Fresh;
        self.skipped = None;
        self.anchors.forget();
    }

    /// Whether an error at `at` only says that the block which the run continues has ended: what stands there
    /// is further to the left, or a key below dashes of the same column.
    pub(in crate::text::yaml) fn run_just_ended(&self, at: usize) -> bool {
        if self.run == Run::Complete {
            return true;
        }
        let (Some(top), true) = (self.frames.last(), self.frames.len() == self.run_floor) else {
            return false;
        };
        let column = gap::column(self.text, at);
        let starts_line = gap::indentation(self.text, gap::line_start(self.text, at)) == Some(column);
        let outer = &self.frames[..self.run_floor - 1];
        top.kind == Kind::Array && starts_line && outer.iter().any(|frame| frame.column == column)
    }

    /// Whether anything of the run is in the tree.
    pub(in crate::text::yaml) fn run_has_joined(&self) -> bool {
        matches!(self.run, Run::Joined | Run::Complete)
    }

    /// A second document starts: a fault, and the end of what is read.
    pub(in crate::text::yaml) fn is_second_document(&mut self, explicit: bool, range: Range<usize>) -> bool {
        let is_second = self.documents > 0 && (explicit || self.run != Run::Fresh);
        self.documents += 1;
        if explicit {
            self.last = self.last.max(range.end);
        }
        if is_second {
            let message = "a second document starts here; only the first is read";
            self.fault(range, fault::UNSUPPORTED_YAML, message);
        }
        is_second
    }

    /// saphyr found an error.
    pub(in crate::text::yaml) fn syntax_fault(&mut self, at: usize, info: &str) {
        let end = gap::line_end(self.text, at);
        self.fault(at..end, fault::MALFORMED_YAML, format!("not YAML: {info}"));
        self.told = true;
    }

    /// The first line from `from` on, behind the last line of which something was understood, that stands in the column of an open
    /// block. The next run starts there, and continues that block if it turns out to be one.
    pub(in crate::text::yaml) fn next_resumable_line(&mut self, from: usize) -> Option<usize> {
        let behind = if self.arena.nodes.is_empty() {
            from
        } else {
            self.next_line(self.last)?
        };
        let mut line = from.max(behind);
        loop {
            if let Some(column) = gap::indentation(self.text, line) {
                let content = &self.text[line + column..gap::line_end(self.text, line)];
                let kind = if content == "-" || content.starts_with("- ") {
                    Kind::Array
                } else {
                    Kind::Object
                };
                self.target = self.frames.iter().rposition(|frame| {
                    frame.style == Style::Block && frame.column == column && frame.kind == kind
                });
                if self.target.is_some() || self.arena.nodes.is_empty() {
                    return Some(line);
                }
            }
            line = self.next_line(line)?;
        }
    }

    pub(in crate::text::yaml) fn next_line(&self, from: usize) -> Option<usize> {
        self.text[from..]
            .find('\n')
            .map(|length| from + length + 1)
            .filter(|&line| line < self.text.len())
    }

    /// Whether the event belongs to the tree. A run's first event decides: it must be the block that the run
    /// is to continue, or there is no tree yet.
    pub(super) fn joins(&mut self, event: &Event<'_>, span: &Range<usize>) -> bool {
        if self.run != Run::Fresh {
            return self.run == Run::Joined;
        }
        if self.arena.nodes.is_empty() {
            self.run = Run::Joined;
            self.run_floor = 1;
            return true;
        }
        let kind = match event {
            Event::SequenceStart(..) => Some(Kind::Array),
            Event::MappingStart(..) => Some(Kind::Object),
            _ => None,
        };
        match self.target {
            Some(target) if kind == Some(self.frames[target].kind) && !is_flow_start(self.text, span) => {
                self.pass_over(span.start);
                self.close_down_to(target + 1);
                self.last = self.last.max(span.start);
                self.run = Run::Joined;
                self.run_floor = target + 1;
            }
            _ => self.run = Run::Ignored,
        }
        // The block is open already.
        false
    }

    /// Makes an error node of what stands between the last thing understood and `end`.
    fn pass_over(&mut self, end: usize) {
        let earliest = self.introduce();
        let start = gap::behind_trivia(self.text, earliest);
        let end = start
            + self
                .text
                .get(start..end)
                .map_or(0, |passed| passed.trim_end().len());
        if start < end {
            if !std::mem::take(&mut self.told) {
                let message = "this line's indentation fits none of the lines above it";
                self.fault(
                    start..gap::line_end(self.text, start),
                    fault::MALFORMED_YAML,
                    message,
                );
            }
            let place = Place {
                full_start: start,
                range: start..end,
            };
            self.leaf(Kind::Error, Style::Plain, place, false);
        }
        self.told = false;
    }

    /// Closes the innermost frames until `count` are left.
    fn close_down_to(&mut self, count: usize) {
        while self.frames.len() > count {
            let Some(frame) = self.frames.pop() else { return };
            if frame.has_key {
                self.arena.close(self.last);
            }
            self.arena.close(self.last);
            self.end_node(self.last, frame.is_key);
        }
        // The key of a member whose value was lost.
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.has_key) {
            frame.has_key = false;
            self.arena.close(self.last);
        }
    }

    /// The end of the text.
    pub(in crate::text::yaml) fn finish(mut self) -> (Arena, Vec<Fault>) {
        if self.arena.nodes.is_empty() && self.faults.is_empty() {
            let message = "the text is empty; a definition is a mapping";
            self.fault(0..0, fault::MALFORMED_YAML, message);
        }
        if !self.arena.nodes.is_empty() && self.told {
            self.pass_over(self.text.len());
        }
        self.close_down_to(0);
        (self.arena, self.faults)
    }
}
