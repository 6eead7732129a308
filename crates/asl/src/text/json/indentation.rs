//! What the indentation says about brackets that do not match.
//!
//! | a line starts with | and stands | then |
//! |---|---|---|
//! | a bracket | under the line that opened an outer container of its kind | all inside that is closed |
//! | a bracket | as far in as what is inside the innermost container, and under no opener | it is one too many |
//! | a member, an item | under the members, the items of an outer container | all inside that is closed |

use std::cell::OnceCell;

use super::{Before, Parser};
use crate::text::fault;
use crate::text::tree::{Kind, NodeId};

/// Where the lines of a text start; found when they are first asked for, and the same for all readings. (A text may be one
/// long line, in which looking back for its start at each bracket would take for ever.)
#[derive(Default)]
pub(super) struct Lines(OnceCell<Vec<usize>>);

impl Lines {
    /// Where the line of `offset` starts.
    fn start(&self, text: &[u8], offset: usize) -> usize {
        let starts = self.0.get_or_init(|| {
            let breaks = text.iter().enumerate().filter(|&(_, byte)| *byte == b'\n');
            breaks.map(|(at, _)| at + 1).collect()
        });
        match starts.partition_point(|&start| start <= offset) {
            0 => 0,
            behind => starts[behind - 1],
        }
    }
}

impl Parser<'_> {
    /// Closes what the indentation of the line that starts here says is closed. Whether something was done.
    pub(super) fn obey_indentation(&mut self) -> bool {
        let (column, starts_line) = self.indentation(self.at);
        let (Some(byte), Some(top), true) = (self.peek(), self.arena.top_id(), starts_line) else {
            return false;
        };
        match byte {
            b'}' => self.obey_bracket(column, top, Kind::Object),
            b']' => self.obey_bracket(column, top, Kind::Array),
            b',' | b':' => false,
            _ => self.obey_child(column, top, byte),
        }
    }

    fn obey_bracket(&mut self, column: usize, top: NodeId, kind: Kind) -> bool {
        let opened_here = |id: NodeId| self.kind(id) == kind && self.opener_column(id) == column;
        let mate = self.arena.open_nodes().rev().find(|&id| opened_here(id));
        // What it closes would be further in than itself; by the opener's line only if nothing is inside.
        let is_stray = match self.child_column(top) {
            Some(inside) => inside <= column,
            None => self.opener_column(top) < column,
        };
        match mate {
            Some(mate) if mate != top => {
                self.close_early(mate);
                true
            }
            None if is_stray => {
                self.stray("this closing bracket is one too many");
                true
            }
            _ => false,
        }
    }

    fn obey_child(&mut self, column: usize, top: NodeId, byte: u8) -> bool {
        let belongs_inside = match self.child_column(top) {
            Some(own) => own <= column,
            // Some write what is inside under the opener itself.
            None => self.opener_column(top) <= column,
        };
        if belongs_inside {
            return false;
        }
        let may_hold = |id: NodeId| match self.kind(id) {
            Kind::Object => !matches!(byte, b'{' | b'['),
            kind => kind == Kind::Array,
        };
        let outer = self.arena.open_nodes().rev().skip(1);
        let outer = outer
            .filter(|&id| may_hold(id))
            .find(|&id| self.child_column(id) == Some(column));
        if let Some(outer) = outer {
            self.close_early(outer);
        }
        outer.is_some()
    }

    /// Closes all that is open inside `outer`, with one fault that says so.
    fn close_early(&mut self, outer: NodeId) {
        let inner = self.arena.open_nodes().filter(|&id| id > outer);
        let missing: String = inner
            .filter_map(|id| match self.kind(id) {
                Kind::Object => Some('}'),
                Kind::Array => Some(']'),
                _ => None,
            })
            .collect();
        let missing: String = missing.chars().rev().collect();
        self.close_inside(outer);
        if let Before::Value(end) = self.before {
            let message = format!("`{missing}` is missing here, by the indentation of what follows");
            self.fault(end..end, fault::MALFORMED_JSON, message);
            self.before = Before::Gap(end);
        }
    }

    fn kind(&self, id: NodeId) -> Kind {
        self.arena.nodes[id.index()].kind
    }

    /// The indentation of the line that opened a container.
    fn opener_column(&self, id: NodeId) -> usize {
        self.indentation(self.arena.nodes[id.index()].start as usize).0
    }

    /// The column of a container's first child, if that starts its line.
    fn child_column(&self, id: NodeId) -> Option<usize> {
        let first = self.arena.nodes.get(id.index() + 1)?;
        let (column, starts_line) = self.indentation(first.start as usize);
        (first.parent == id.0 && starts_line).then_some(column)
    }

    /// A bracket that starts its line closes only what was opened on a line of the same indentation.
    pub(super) fn may_close(&self, opener: NodeId) -> bool {
        let (column, starts_line) = self.indentation(self.at);
        !starts_line || self.opener_column(opener) == column
    }

    /// How many blanks the line of `offset` starts with, and whether nothing else stands before `offset`.
    fn indentation(&self, offset: usize) -> (usize, bool) {
        let line = self.lines.start(self.bytes, offset);
        let blanks = self.bytes[line..offset]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        (blanks, line + blanks == offset)
    }
}
