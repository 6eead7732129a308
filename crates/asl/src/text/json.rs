//! JSON → nodes and faults. Strict, as AWS is; and after every fault it goes on.
//!
//! How it goes on is guessed so that a text being typed keeps its shape:
//!
//! | met | taken as |
//! |---|---|
//! | a value where a comma is due | a missing comma |
//! | `"Key" "value"`, `"Key" {` | a missing colon |
//! | `"Next": "End": true` | a missing value, then the next member |
//! | a string that runs into the end of its line | a string that ends there, before a last comma |
//! | `Charge card",` | a string without its opening quote |
//! | a closing bracket or a comma before the first value | one too many |
//! | `]` in an object inside an array | a missing `}`, unless the indentation says that `]` is one too many |
//! | a bracket or a key further to the left than what is open | the end of what is open (`indentation.rs`) |
//! | a bracket that would end the definition, and more behind it | one too many, if the rest fits |
//! | the end of the text | all that is open ends there |
//! | `${Name}` outside a string | a placeholder: text, and no fault |
//!
//! The law of damage: a state that ends before the damage is still drawn, with its type, in whatever room it is.
//! The plain reading keeps it, because it goes from left to right and never takes back what it has read, and
//! because a definition takes the first of two fields that damage brought together; other readings are bound by
//! it (`landmark.rs`).

mod container;
mod indentation;
mod landmark;
mod scalar;
#[cfg(test)]
pub(super) mod tests;

pub(super) use scalar::unescape;

use std::collections::HashSet;
use std::ops::Range;

use super::TextChange;
use super::arena::Arena;
use super::fault::{self, Fault, FaultFix};
use super::tree::{Kind, MAX_DEPTH, Style};
use indentation::Lines;
use landmark::{includes, landmarks};
use scalar::Passed;

/// A text with more faults than this is not JSON at all; the rest goes unreported.
const MAX_FAULTS: usize = 1000;

/// So many readings by indentation are tried.
const MAX_READINGS: usize = 4;

/// Reads a text. If its brackets do not match, it is read again with an eye on the indentation, so that a lost
/// `}` costs one state and not all that follow. But indentation may be odd without being wrong: if trusting it
/// from the start costs much, it is trusted only behind the first place where that made a difference, and so
/// on. The reading that costs least is taken, of those that draw every state which the plain reading draws: so
/// a state that ends before the damage is never lost (`landmark.rs`).
pub(super) fn parse(text: &str) -> (Arena, Vec<Fault>) {
    let lines = Lines::default();
    let plain = Parser::run(text, &lines, Trust::NONE);
    if plain.is_balanced {
        return (plain.arena, plain.faults);
    }
    let drawn = landmarks(&plain.arena, text);
    let no_worse = |next: &Parser<'_>, best: &Parser<'_>| {
        next.cost() <= best.cost() && includes(&landmarks(&next.arena, text), &drawn)
    };
    let mut best = plain;
    if best.ends_early {
        let next = Parser::run(text, &lines, Trust::TO_THE_END);
        if no_worse(&next, &best) {
            best = next;
        }
    }
    let mut from = 0;
    for _ in 0..MAX_READINGS {
        let next = Parser::run(text, &lines, Trust::indentation(from));
        let (obeyed_at, cost) = (next.obeyed_at, next.cost());
        if no_worse(&next, &best) {
            best = next;
        }
        match obeyed_at.filter(|_| cost > 2) {
            Some(at) => from = at + 1,
            None => break,
        }
    }
    best.set_repeated_members_aside();
    (best.arena, best.faults)
}

/// What a reading goes by where brackets do not match.
#[derive(Clone, Copy)]
struct Trust {
    /// From where on the indentation has a say in what is closed.
    indentation_from: usize,
    /// Whether the definition goes on to the end of the text, so that a bracket that would end it before is one too many.
    to_the_end: bool,
}

impl Trust {
    const NONE: Trust = Trust::indentation(usize::MAX);
    const TO_THE_END: Trust = Trust {
        indentation_from: usize::MAX,
        to_the_end: true,
    };

    const fn indentation(from: usize) -> Trust {
        Trust {
            indentation_from: from,
            to_the_end: false,
        }
    }
}

/// What stands before the present place in the innermost container.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Its opening bracket.
    Start,
    /// A member or an item, ending here.
    Value(usize),
    /// Something incomplete, ending here, of which a fault tells already.
    Gap(usize),
    /// A comma, standing here.
    Comma(usize),
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    lines: &'t Lines,
    at: usize,
    arena: Arena,
    /// How many objects and arrays are open.
    containers: usize,
    before: Before,
    faults: Vec<Fault>,
    /// Whether every bracket so far has its mate.
    is_balanced: bool,
    /// Whether something stands behind the end.
    ends_early: bool,
    /// How many brackets are missing at the end.
    lost: usize,
    trust: Trust,
    /// Where it first made a difference.
    obeyed_at: Option<usize>,
}

impl<'t> Parser<'t> {
    fn run(text: &'t str, lines: &'t Lines, trust: Trust) -> Parser<'t> {
        let mut parser = Parser {
            text,
            bytes: text.as_bytes(),
            lines,
            at: 0,
            arena: Arena::for_text(text.len()),
            containers: 0,
            before: Before::Start,
            faults: Vec::new(),
            is_balanced: true,
            ends_early: false,
            lost: 0,
            trust,
            obeyed_at: None,
        };
        parser.document();
        parser
    }

    /// Where brackets are lost, one object runs into another. Members behind the first fault whose name their
    /// object has already are more likely another object's: they become error nodes.
    fn set_repeated_members_aside(&mut self) {
        let first_fault = self
            .faults
            .iter()
            .map(|fault| fault.range.start)
            .min()
            .unwrap_or(usize::MAX);
        let mut seen: HashSet<(u32, &str), foldhash::fast::RandomState> = HashSet::default();
        for at in 0..self.arena.nodes.len() {
            let (member, key) = (self.arena.nodes[at], self.arena.nodes.get(at + 1));
            let is_open = |parent: u32| self.arena.nodes[parent as usize].end as usize >= first_fault;
            let Some(key) = key.filter(|_| member.kind == Kind::Member && is_open(member.parent)) else {
                continue;
            };
            let name = &self.text[key.start as usize..key.end as usize];
            if !seen.insert((member.parent, name)) && member.start as usize >= first_fault {
                self.arena.nodes[at].kind = Kind::Error;
            }
        }
    }

    fn cost(&self) -> usize {
        self.faults.len() + self.lost + usize::from(self.ends_early)
    }

    fn document(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        self.trivia();
        if self.peek().is_none() {
            let at = self.at;
            self.fault(
                at..at,
                fault::MALFORMED_JSON,
                "the text is empty; a definition is a JSON object",
            );
            return;
        }
        while let Some(byte @ (b'}' | b']' | b',')) = self.peek() {
            self.stray(match byte {
                b',' => "a comma with nothing before it",
                _ => "this bracket closes nothing: the definition begins after it",
            });
            self.trivia();
        }
        if self.starts_with_a_member() {
            let at = self.at;
            self.arena.open(Kind::Object, Style::Flow, at);
            self.containers = 1;
            let fix = insert("Insert {", at, "{");
            self.fault_with(at..at, fault::MALFORMED_JSON, "`{` is missing at the start", fix);
        } else {
            self.value();
        }
        loop {
            self.trivia();
            if self.at >= self.trust.indentation_from && self.obey_indentation() {
                self.obeyed_at.get_or_insert(self.at);
                continue;
            }
            match self.arena.top() {
                Some(Kind::Object) => self.in_object(),
                Some(Kind::Array) => self.in_array(),
                Some(_) => self.end_value(self.at),
                None => break,
            }
        }
        if self.at < self.bytes.len() {
            self.is_balanced = false;
            self.ends_early = true;
            // The first line says where it is.
            let line = self.text[self.at..].lines().next().unwrap_or_default().trim_end();
            self.fault(
                self.at..self.at + line.len(),
                fault::MALFORMED_JSON,
                "the definition ends before this; take it away",
            );
        }
    }

    /// Whether the text's opening brace is missing: it starts with a string and a colon.
    fn starts_with_a_member(&mut self) -> bool {
        if self.peek() != Some(b'"') {
            return false;
        }
        let (at, faults) = (self.at, self.faults.len());
        self.string(b'"');
        self.trivia();
        let is_member = self.peek() == Some(b':');
        self.at = at;
        self.faults.truncate(faults);
        is_member
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes blanks and comments.
    fn trivia(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                b'/' if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => self.comment(),
                b'#' => self.comment(),
                _ => break,
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let end = comment_end(self.text, start);
        self.at = end;
        let fix = change("Remove the comment", TextChange::deletion(start..end));
        self.fault_with(
            start..end,
            fault::NOT_STRICT_JSON,
            "JSON has no comments, and AWS refuses them; use a \"Comment\" field",
            fix,
        );
    }

    /// Reads the value that starts here. A container is only opened: the loop goes on inside it.
    fn value(&mut self) {
        let Some(byte) = self.peek() else { return };
        match byte {
            b'{' | b'[' if self.containers >= MAX_DEPTH => self.too_deep(),
            b'{' => self.open(Kind::Object),
            b'[' => self.open(Kind::Array),
            b'"' | b'\'' => {
                let string = self.string(byte);
                self.string_leaf(string);
            }
            _ => self.word(),
        }
    }

    fn string_leaf(&mut self, string: Passed) {
        let end = string.range.end;
        self.string_node(string);
        self.end_value(end);
    }

    fn string_node(&mut self, string: Passed) {
        let id = self.arena.leaf(Kind::String, string.style, string.range);
        self.arena.nodes[id.index()].verbatim = string.verbatim;
    }

    fn leaf(&mut self, kind: Kind, style: Style, range: Range<usize>) {
        let end = range.end;
        self.arena.leaf(kind, style, range);
        self.end_value(end);
    }

    fn open(&mut self, kind: Kind) {
        self.arena.open(kind, Style::Flow, self.at);
        self.containers += 1;
        self.at += 1;
        self.before = Before::Start;
    }

    /// A value ended at `end`: so did the member around it.
    fn end_value(&mut self, end: usize) {
        if matches!(self.arena.top(), Some(Kind::Member | Kind::Error)) {
            self.arena.close(end);
        }
        self.before = Before::Value(end);
    }

    /// Passes a container that lies too deep, as one error node.
    fn too_deep(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    let faults = self.faults.len();
                    self.string(b'"');
                    self.faults.truncate(faults);
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        let range = start..self.at;
        let message = format!("nested more than {MAX_DEPTH} deep; a definition has no use for that");
        self.fault(start..start + 1, fault::TOO_DEEP, message);
        self.leaf(Kind::Error, Style::Flow, range);
    }

    fn fault(&mut self, range: Range<usize>, code: &'static str, message: impl Into<String>) {
        self.fault_with(range, code, message, None);
    }

    fn fault_with(
        &mut self,
        range: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        fix: Option<FaultFix>,
    ) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault {
                range,
                message: message.into(),
                code,
                fix,
            });
        }
    }
}

fn change(label: &'static str, change: TextChange) -> Option<FaultFix> {
    Some(FaultFix { label, change })
}

fn insert(label: &'static str, at: usize, text: &str) -> Option<FaultFix> {
    change(label, TextChange::insertion(at, text))
}

/// Where the comment that starts at `start` ends: `//` and `#` before the line break, `/*` behind `*/`.
pub(super) fn comment_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let length = match rest.strip_prefix("/*") {
        Some(inside) => inside.find("*/").map(|at| at + 4),
        None => rest.find(['\n', '\r']),
    };
    start + length.unwrap_or(rest.len())
}
