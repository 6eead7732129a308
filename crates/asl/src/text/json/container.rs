//! What may stand in objects and arrays, and what closes them.

use super::scalar::Passed;
use super::{Before, Parser, change, insert};
use crate::text::TextChange;
use crate::text::fault;
use crate::text::tree::{Kind, NodeId, Style};

impl Parser<'_> {
    /// One step inside an object: a comma, a member, or its end.
    pub(super) fn in_object(&mut self) {
        match self.peek() {
            None => self.end_of_text(),
            Some(b'}') => self.close_top(),
            Some(b']') => self.closes_outer(Kind::Array),
            Some(b',') => self.comma(),
            Some(b':') => self.stray("a colon without a key before it"),
            Some(byte @ (b'"' | b'\'')) => {
                self.comma_due();
                let key = self.string(byte);
                self.member(key);
            }
            Some(b'{' | b'[') => self.orphan(),
            Some(_) => self.bare_key(),
        }
    }

    /// One step inside an array: a comma, an item, or its end.
    pub(super) fn in_array(&mut self) {
        match self.peek() {
            None => self.end_of_text(),
            Some(b']') => self.close_top(),
            Some(b'}') => self.closes_outer(Kind::Object),
            Some(b',') => self.comma(),
            Some(b':') => {
                let here = self.at..self.at + 1;
                let message = "an array has items, not members; a colon cannot stand here";
                let fix = change("Put a comma here", TextChange::replacement(here.clone(), ","));
                self.fault_with(here, fault::MALFORMED_JSON, message, fix);
                self.at += 1;
                self.before = Before::Gap(self.at);
            }
            Some(_) => {
                self.comma_due();
                self.value();
            }
        }
    }

    /// From a key that was just passed to the end of its member, or into the container that is its value.
    fn member(&mut self, key: Passed) {
        let key_end = key.range.end;
        self.arena.open(Kind::Member, Style::Plain, key.range.start);
        self.string_node(key);
        self.trivia();
        if self.peek() == Some(b':') {
            self.at += 1;
            let colon_end = self.at;
            self.trivia();
            self.member_value(colon_end);
            return;
        }
        let same_line = !self.text[key_end..self.at].contains('\n');
        if same_line && !matches!(self.peek(), Some(b'}' | b']' | b',') | None) {
            let fix = insert("Insert a colon", key_end, ":");
            self.fault_with(
                key_end..key_end,
                fault::MALFORMED_JSON,
                "a colon is missing after the key",
                fix,
            );
            self.member_value(key_end);
        } else {
            let message = "a colon and a value are missing after the key";
            self.fault(key_end..key_end, fault::MALFORMED_JSON, message);
            self.end_value(key_end);
            self.before = Before::Gap(key_end);
        }
    }

    /// The value behind a colon that ended at `colon_end`, if there is one.
    fn member_value(&mut self, colon_end: usize) {
        match self.peek() {
            None | Some(b'}' | b']' | b',' | b':') => self.missing_value(colon_end),
            Some(b'"') => {
                let (start, faults) = (self.at, self.faults.len());
                let string = self.string(b'"');
                if self.colon_follows() {
                    // It is the next member's key.
                    self.at = start;
                    self.faults.truncate(faults);
                    self.missing_value(colon_end);
                } else {
                    self.string_leaf(string);
                }
            }
            Some(_) => self.value(),
        }
    }

    fn missing_value(&mut self, at: usize) {
        self.fault(
            at..at,
            fault::MALFORMED_JSON,
            "a value is missing after the colon",
        );
        self.end_value(at);
        self.before = Before::Gap(at);
    }

    /// Whether a colon comes next, over blanks.
    pub(super) fn colon_follows(&self) -> bool {
        let rest = &self.bytes[self.at..];
        rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
    }

    /// A word where a key must stand: a key without quotes, or something that does not belong here.
    fn bare_key(&mut self) {
        self.comma_due();
        let start = self.at;
        if let Some(range) = self.string_without_opening_quote() {
            return self.member(Passed::plain(range));
        }
        self.pass_word();
        let range = start..self.at;
        if self.colon_follows() {
            let quoted = format!("\"{}\"", self.text[range.clone()].replace('\\', "\\\\"));
            let fix = change(
                "Put the key in quotes",
                TextChange::replacement(range.clone(), quoted),
            );
            let message = "JSON wants the key in double quotes";
            self.fault_with(range.clone(), fault::NOT_STRICT_JSON, message, fix);
            return self.member(Passed::plain(range));
        }
        let message = format!(
            "`{}` is not a member; write \"key\": value",
            &self.text[range.clone()]
        );
        self.fault(range.clone(), fault::MALFORMED_JSON, message);
        self.leaf(Kind::Error, Style::Plain, range);
    }

    /// A container in an object without a key: kept inside an error node.
    fn orphan(&mut self) {
        self.is_balanced = false;
        self.comma_due();
        let at = self.at;
        self.fault(
            at..at + 1,
            fault::MALFORMED_JSON,
            "a key is missing before this value",
        );
        self.arena.open(Kind::Error, Style::Flow, at);
        self.value();
    }

    /// Something starts here; if something ended before it, a comma is missing between them.
    pub(super) fn comma_due(&mut self) {
        if let Before::Value(end) = self.before {
            let fix = insert("Insert a comma", end, ",");
            self.fault_with(end..end, fault::MALFORMED_JSON, "a comma is missing here", fix);
        }
        self.before = Before::Start;
    }

    fn comma(&mut self) {
        let at = self.at;
        self.at += 1;
        if !matches!(self.before, Before::Value(_) | Before::Gap(_)) {
            let fix = change("Remove the comma", TextChange::deletion(at..at + 1));
            self.fault_with(
                at..at + 1,
                fault::MALFORMED_JSON,
                "a comma with nothing before it",
                fix,
            );
        }
        self.before = Before::Comma(at);
    }

    /// A character that cannot stand here; passed.
    pub(super) fn stray(&mut self, message: &str) {
        let at = self.at;
        self.at += 1;
        let fix = change("Remove it", TextChange::deletion(at..at + 1));
        self.fault_with(at..at + 1, fault::MALFORMED_JSON, message, fix);
    }

    /// The bracket here closes the innermost container.
    fn close_top(&mut self) {
        if self.trust.to_the_end && self.containers == 1 && self.more_follows() {
            return self.stray("this closing bracket is one too many");
        }
        if let Before::Comma(at) = self.before {
            let fix = change("Remove the comma", TextChange::deletion(at..at + 1));
            let message = "JSON allows no comma after the last one";
            self.fault_with(at..at + 1, fault::NOT_STRICT_JSON, message, fix);
        }
        self.at += 1;
        self.containers -= 1;
        self.arena.close(self.at);
        self.end_value(self.at);
    }

    /// Whether behind the bracket here something stands besides brackets that close.
    fn more_follows(&self) -> bool {
        let mut rest = self.bytes[self.at + 1..].iter();
        rest.any(|byte| !matches!(byte, b'}' | b']') && !byte.is_ascii_whitespace())
    }

    /// The bracket here does not fit the innermost container. It closes the nearest one that it fits, and
    /// what is open inside that; unless there is none, or the indentation says that it is not its mate.
    fn closes_outer(&mut self, kind: Kind) {
        self.is_balanced = false;
        let mate = self
            .arena
            .open_nodes()
            .rev()
            .find(|&id| self.arena.nodes[id.index()].kind == kind);
        let bracket = &self.text[self.at..self.at + 1];
        match mate.filter(|&mate| self.may_close(mate)) {
            None => {
                let message = format!("`{bracket}` closes nothing here");
                self.stray(&message);
            }
            Some(mate) => {
                let missing = if kind == Kind::Array { "}" } else { "]" };
                let message = format!("`{missing}` is missing before this `{bracket}`");
                self.fault(self.at..self.at + 1, fault::MALFORMED_JSON, message);
                self.close_inside(mate);
            }
        }
    }

    /// Ends everything that is open inside `outer` before the bracket here.
    pub(super) fn close_inside(&mut self, outer: NodeId) {
        let end = match self.before {
            Before::Value(end) | Before::Gap(end) => end,
            _ => self.at,
        };
        while let Some(top) = self.arena.top_id().filter(|&top| top != outer) {
            if matches!(self.arena.nodes[top.index()].kind, Kind::Object | Kind::Array) {
                self.containers -= 1;
            }
            self.arena.close(end);
        }
        self.before = Before::Value(end);
    }

    /// The text ends inside containers: they end here.
    fn end_of_text(&mut self) {
        self.is_balanced = false;
        let opened_at = self
            .arena
            .top_id()
            .map_or(0, |id| self.arena.nodes[id.index()].start as usize);
        let (end, comma) = match self.before {
            Before::Value(end) | Before::Gap(end) => (end, 0),
            Before::Comma(at) => (at, 1),
            Before::Start => (opened_at + 1, 0),
        };
        let kinds = self
            .arena
            .open_nodes()
            .rev()
            .map(|id| self.arena.nodes[id.index()].kind);
        let missing: String = kinds
            .filter_map(|kind| match kind {
                Kind::Object => Some('}'),
                Kind::Array => Some(']'),
                _ => None,
            })
            .collect();
        self.lost += missing.len();
        let message = format!("the text ends before everything is closed; `{missing}` is missing");
        let closed = TextChange::replacement(end..end + comma, missing);
        self.fault_with(
            end..end,
            fault::MALFORMED_JSON,
            message,
            change("Close what is open", closed),
        );
        while self.arena.depth() > 0 {
            self.arena.close(end);
        }
    }
}
