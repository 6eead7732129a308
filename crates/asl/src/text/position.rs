//! Byte offsets ↔ UTF-16 offsets ↔ lines and columns: the one place where they are converted.
//!
//! Bytes are what the core counts in, UTF-16 units what pages and debug adapters count in.

use std::sync::Arc;

/// Bytes between two places whose UTF-16 offset is remembered.
const STRIDE: usize = 256;

/// The positions of one text. Offsets beyond the text, or inside a character, move to the nearest before.
#[derive(Debug, Clone)]
pub struct Positions {
    text: Arc<str>,
    /// Where each line starts.
    lines: Vec<usize>,
    /// (byte, UTF-16 unit) at about every [`STRIDE`] bytes; empty for ASCII, where both are the same.
    marks: Vec<(usize, usize)>,
}

/// A line and a column, both counted from 1, the column in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line; `\n` ends one.
    pub line: u32,
    /// The column, as editors and the Debug Adapter Protocol count it.
    pub column: u32,
}

impl Positions {
    /// Measures a text.
    pub fn new(text: impl Into<Arc<str>>) -> Positions {
        let text = text.into();
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let marks = if text.is_ascii() { Vec::new() } else { marks(&text) };
        Positions { text, lines, marks }
    }

    /// The text's length in UTF-16 units.
    pub fn utf16_len(&self) -> usize {
        self.utf16(self.text.len())
    }

    /// How many UTF-16 units stand before a byte.
    pub fn utf16(&self, offset: usize) -> usize {
        let offset = self.text.floor_char_boundary(offset);
        let at = self.marks.partition_point(|&(byte, _)| byte <= offset);
        let (byte, unit) = if at == 0 { (0, 0) } else { self.marks[at - 1] };
        if self.marks.is_empty() {
            offset
        } else {
            unit + utf16_len(&self.text[byte..offset])
        }
    }

    /// The byte at which a UTF-16 unit starts.
    pub fn offset(&self, utf16: usize) -> usize {
        if self.marks.is_empty() {
            return utf16.min(self.text.len());
        }
        let at = self.marks.partition_point(|&(_, unit)| unit <= utf16);
        let (mut byte, mut unit) = if at == 0 { (0, 0) } else { self.marks[at - 1] };
        for character in self.text[byte..].chars() {
            unit += character.len_utf16();
            if unit > utf16 {
                break;
            }
            byte += character.len_utf8();
        }
        byte
    }

    /// The line and column of a byte.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.partition_point(|&start| start <= offset);
        let column = self.utf16(offset) - self.utf16(self.lines[line - 1]) + 1;
        LineColumn {
            line: line as u32,
            column: column as u32,
        }
    }

    /// The byte at a line and column; in a shorter line its end.
    pub fn line_column_offset(&self, position: LineColumn) -> usize {
        let line = (position.line.max(1) as usize).min(self.lines.len());
        let start = self.lines[line - 1];
        let end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        let column = position.column.max(1) as usize - 1;
        self.offset(self.utf16(start) + column).clamp(start, end)
    }
}

fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn marks(text: &str) -> Vec<(usize, usize)> {
    let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
    let (mut next, mut unit) = (0, 0);
    for (byte, character) in text.char_indices() {
        if byte >= next {
            marks.push((byte, unit));
            next = byte + STRIDE;
        }
        unit += character.len_utf16();
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, offset: usize, utf16: usize, line: u32, column: u32) {
        let positions = Positions::new(text);
        assert_eq!(positions.utf16(offset), utf16, "{text:?} at {offset}");
        assert_eq!(positions.offset(utf16), offset, "{text:?} at unit {utf16}");
        let at = LineColumn { line, column };
        assert_eq!(positions.line_column(offset), at, "{text:?} at {offset}");
        assert_eq!(positions.line_column_offset(at), offset, "{text:?} at {at:?}");
    }

    #[test]
    fn counts_as_editors_do() {
        check("", 0, 0, 1, 1);
        check("abc", 3, 3, 1, 4);
        check("a\nb", 2, 2, 2, 1);
        check("a\r\nb", 3, 3, 2, 1);
        check("ä\n€😀x", 3, 2, 2, 1);
        check("ä\n€😀x", 10, 5, 2, 4);
        check("a\n", 2, 2, 2, 1);
    }

    #[test]
    fn moves_what_does_not_fit_to_the_nearest_before() {
        let positions = Positions::new("€\nab");
        assert_eq!(positions.utf16(2), 0);
        assert_eq!(positions.utf16(99), 4);
        assert_eq!(positions.offset(99), 6);
        assert_eq!(positions.line_column_offset(LineColumn { line: 1, column: 9 }), 3);
        assert_eq!(positions.line_column_offset(LineColumn { line: 9, column: 1 }), 4);
        assert_eq!(positions.line_column_offset(LineColumn { line: 0, column: 0 }), 0);
    }

    proptest! {
        #[test]
        fn every_character_is_found_again(text in "[a\\n\\r€😀]{0,900}") {
            let positions = Positions::new(text.as_str());
            let mut units = 0;
            for (offset, character) in text.char_indices() {
                prop_assert_eq!(positions.utf16(offset), units);
                prop_assert_eq!(positions.offset(units), offset);
                prop_assert_eq!(positions.line_column_offset(positions.line_column(offset)), offset);
                units += character.len_utf16();
            }
            prop_assert_eq!(positions.utf16_len(), units);
        }
    }
}
