//! Events → nodes, and where exactly they stand.

mod alias;
mod resume;

use std::ops::Range;

use saphyr_parser::{Event, ScalarStyle, Tag};

use self::alias::Anchors;
use super::{gap, plain};
use crate::text::arena::Arena;
use crate::text::fault::{self, Fault};
use crate::text::tree::{Kind, MAX_DEPTH, NodeId, Style};

/// A container whose end has not come.
struct Frame {
    kind: Kind,
    style: Style,
    /// The column of a block's keys or dashes.
    column: usize,
    /// In an object: whether a key was read and its value has not come.
    has_key: bool,
    /// Whether it is itself the key of a member.
    is_key: bool,
}

/// What became of the present run over the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    /// Its first event has not come.
    Fresh,
    /// Its outermost node is in the tree.
    Joined,
    /// Its outermost block ended.
    Complete,
    /// It does not continue what is open: its events are passed over.
    Ignored,
}

/// A container that lies too deep and is passed.
struct Skipped {
    start: usize,
    open: usize,
    is_key: bool,
}

pub(super) struct Builder<'t> {
    text: &'t str,
    arena: Arena,
    faults: Vec<Fault>,
    frames: Vec<Frame>,
    /// Where the last thing that was understood ends.
    last: usize,
    run: Run,
    /// How many frames were open when the run's outermost container joined, with it.
    run_floor: usize,
    /// The frame that a resumed run continues.
    target: Option<usize>,
    /// Whether a fault tells of what was not understood behind `last`.
    told: bool,
    skipped: Option<Skipped>,
    documents: usize,
    anchors: Anchors,
}

/// Where a node stands: its content, and before it its tag and anchor.
struct Place {
    full_start: usize,
    range: Range<usize>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Builder<'t> {
        Builder {
            text,
            arena: Arena::for_text(text.len()),
            faults: Vec::new(),
            frames: Vec::new(),
            last: if text.starts_with('\u{feff}') {
                '\u{feff}'.len_utf8()
            } else {
                0
            },
            run: Run::Fresh,
            run_floor: 0,
            target: None,
            told: false,
            skipped: None,
            documents: 0,
            anchors: Anchors::default(),
        }
    }

    /// Takes in one event; `span` is where saphyr says that it stands.
    pub(super) fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        if self.skip(&event, &span) || !self.joins(&event, &span) {
            return;
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span);
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::SequenceStart(anchor, tag) => self.start(Kind::Array, anchor, tag.as_deref(), span),
            Event::MappingStart(anchor, tag) => self.start(Kind::Object, anchor, tag.as_deref(), span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => {}
        }
    }

    /// Whether the event lies inside a container that is passed.
    fn skip(&mut self, event: &Event<'_>, span: &Range<usize>) -> bool {
        let Some(skipped) = &mut self.skipped else {
            return false;
        };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => skipped.open += 1,
            Event::SequenceEnd | Event::MappingEnd => skipped.open -= 1,
            _ => {}
        }
        if matches!(event, Event::Scalar(..)) || self.text[span.clone()].ends_with(['}', ']']) {
            self.last = self.last.max(span.end);
        }
        if let Some(skipped) = self.skipped.take_if(|skipped| skipped.open == 0) {
            let range = skipped.start..self.last.max(skipped.start);
            self.leaf(
                Kind::Error,
                Style::Flow,
                Place {
                    full_start: skipped.start,
                    range,
                },
                skipped.is_key,
            );
        }
        true
    }

    /// Passes the colon, dash or comma before the node that comes, and opens its member if it is a key.
    /// Says where the node may start at the earliest.
    fn introduce(&mut self) -> usize {
        let mark = match self.frames.last() {
            Some(Frame {
                kind: Kind::Object,
                has_key: true,
                ..
            }) => b':',
            Some(Frame {
                kind: Kind::Array,
                style: Style::Block,
                ..
            }) => b'-',
            Some(Frame {
                style: Style::Flow, ..
            }) => b',',
            _ => b'?',
        };
        self.last = gap::behind_mark(self.text, self.last, mark).unwrap_or(self.last);
        if mark == b',' {
            self.last = gap::behind_mark(self.text, self.last, b'?').unwrap_or(self.last);
        }
        self.last
    }

    /// Opens a member if the node that comes is a key.
    fn open_member(&mut self, start: usize) -> bool {
        match self.frames.last_mut() {
            Some(frame) if frame.kind == Kind::Object && !frame.has_key => {
                frame.has_key = true;
                self.arena.open(Kind::Member, Style::Plain, start);
                true
            }
            _ => false,
        }
    }

    /// A node ended: so did its member, if it was the value.
    fn end_node(&mut self, end: usize, is_key: bool) {
        self.last = self.last.max(end);
        match self.frames.last_mut() {
            Some(frame) if frame.has_key && !is_key => {
                frame.has_key = false;
                self.arena.close(self.last);
            }
            _ => {}
        }
    }

    fn leaf(&mut self, kind: Kind, style: Style, place: Place, is_key: bool) -> NodeId {
        let end = place.range.end;
        let id = self.arena.leaf(kind, style, place.range.clone());
        self.end_node(end, is_key);
        if place.full_start < place.range.start {
            self.arena.extra(id).properties = Some(place.full_start as u32);
        }
        id
    }

    fn scalar(
        &mut self,
        cooked: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) {
        let earliest = self.introduce();
        let has_properties = anchor > 0 || tag.is_some();
        let place = self.scalar_place(cooked, style, has_properties, span, earliest);
        let is_key = self.open_member(place.full_start);
        let is_plain = style == ScalarStyle::Plain;
        let kind = match tag {
            _ if is_key => Kind::String,
            Some(tag) => plain::tagged_kind(tag, cooked, is_plain),
            None if is_plain => plain::kind(cooked),
            None => Kind::String,
        };
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        if is_key && is_plain && cooked == "<<" {
            let message =
                "merge keys are not followed, neither here nor by CloudFormation; write the fields out";
            self.fault(place.range.clone(), fault::UNSUPPORTED_YAML, message);
        }
        let differs = self.text[place.range.clone()] != *cooked;
        let id = self.leaf(kind, style, place, is_key);
        if differs {
            self.arena.extra(id).cooked = Some(cooked.into());
        }
        if let Some(tag) = tag {
            self.arena.extra(id).tag = Some(plain::tag_text(tag));
        }
        self.anchors.scalar(anchor, id);
    }

    fn scalar_place(
        &self,
        cooked: &str,
        style: ScalarStyle,
        has_properties: bool,
        span: Range<usize>,
        earliest: usize,
    ) -> Place {
        let full_start = if has_properties {
            span.start.max(earliest)
        } else {
            earliest
        };
        let end = span.end.max(full_start);
        let content = match has_properties {
            true => gap::behind_properties(self.text, full_start, end),
            false => full_start,
        };
        let start = match style {
            // An absent value stands right behind its colon, dash or tag.
            ScalarStyle::Plain if cooked.is_empty() => {
                return Place {
                    full_start,
                    range: content..content,
                };
            }
            // saphyr's span begins with the block's first line, ours with its header.
            ScalarStyle::Literal | ScalarStyle::Folded => gap::behind_trivia(self.text, content).min(end),
            _ if has_properties => content,
            _ => span.start.max(content),
        };
        let end = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => gap::block_scalar_end(self.text, start, end),
            // saphyr's span of a quoted text goes on to the next token, past blanks and comments.
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => gap::quoted_end(self.text, start, end),
            ScalarStyle::Plain => end,
        };
        Place {
            full_start: if has_properties { full_start } else { start },
            range: start..end.max(start),
        }
    }

    fn start(&mut self, kind: Kind, anchor: usize, tag: Option<&Tag>, span: Range<usize>) {
        let earliest = self.introduce();
        let has_properties = anchor > 0 || tag.is_some();
        let full_start = match has_properties {
            true => span.start.max(earliest),
            false => gap::behind_trivia(self.text, earliest),
        };
        let content = match has_properties {
            true => gap::behind_trivia(self.text, gap::behind_properties(self.text, full_start, span.end)),
            false => full_start,
        };
        let is_flow = is_flow_start(self.text, &span) || self.in_flow();
        let is_key = self.open_member(full_start);
        if self.frames.len() >= MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} deep; a definition has no use for that");
            self.fault(content..content, fault::TOO_DEEP, message);
            self.skipped = Some(Skipped {
                start: full_start,
                open: 1,
                is_key,
            });
            return;
        }
        if is_key {
            self.fault(content..content, fault::UNSUPPORTED_YAML, "a key must be text");
        }
        let style = if is_flow { Style::Flow } else { Style::Block };
        let id = self
            .arena
            .open(if is_key { Kind::Error } else { kind }, style, content);
        if full_start < content {
            self.arena.extra(id).properties = Some(full_start as u32);
        }
        if let Some(tag) = tag {
            self.arena.extra(id).tag = Some(plain::tag_text(tag));
        }
        self.frames.push(Frame {
            kind,
            style,
            column: gap::column(self.text, content),
            has_key: false,
            is_key,
        });
        self.anchors.start(anchor, id, self.frames.len());
        self.last = if is_flow_start(self.text, &span) {
            span.end
        } else {
            content
        };
    }

    pub(super) fn in_flow(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.style == Style::Flow)
    }

    fn end(&mut self, span: Range<usize>) {
        let depth = self.frames.len();
        if depth == self.run_floor
            && self
                .frames
                .last()
                .is_some_and(|frame| frame.style == Style::Block)
        {
            // Lines that follow after a fault may continue it: it is closed when one does not.
            self.run = Run::Complete;
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let bracket = frame.style == Style::Flow && self.text[span.clone()].starts_with(['}', ']']);
        let end = if bracket { span.end } else { self.last };
        self.arena.close(end.max(self.last));
        self.anchors.end(depth, self.arena.nodes.len());
        self.end_node(end, frame.is_key);
    }

    fn fault(&mut self, range: Range<usize>, code: &'static str, message: impl Into<String>) {
        self.faults.push(Fault {
            range,
            message: message.into(),
            code,
            fix: None,
        });
    }
}

/// Whether a container's span ends with its opening bracket; a block's is empty, or ends before its start.
fn is_flow_start(text: &str, span: &Range<usize>) -> bool {
    text[span.clone()].ends_with(['{', '['])
}
