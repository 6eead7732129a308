//! From a scalar's text back to the document: where the bytes of a part of it stand, through escapes, doubled quotes and
//! YAML's folding, and how what is put there must be written.

use std::ops::Range;

use super::{Format, Kind, Node, Style};

impl Node<'_> {
    /// The bytes in the document of a part of [`Node::text`]. All of the node where that cannot be told: behind an alias, or
    /// beside a fault.
    pub fn part(self, part: Range<usize>) -> Range<usize> {
        let whole = self.range();
        if self.is_alias() || self.kind() != Kind::String {
            return whole;
        }
        let text = self.text();
        let mut places = Places::new(self, &text);
        let start = places.go_to(part.start).map(|()| places.settle());
        match (start, places.go_to(part.end)) {
            (Some(start), Some(())) => whole.start + start..whole.start + places.source_at.max(start),
            _ => whole,
        }
    }

    /// How a text must be written to stand inside this scalar; none where its style cannot say it.
    pub fn written_inside(self, text: &str) -> Option<String> {
        if self.is_alias() {
            return None;
        }
        match (self.tree().format(), self.style()) {
            (_, Style::DoubleQuoted) => {
                let quoted = serde_json::Value::from(text).to_string();
                Some(quoted[1..quoted.len() - 1].to_owned())
            }
            (Format::Yaml, Style::SingleQuoted) => Some(text.replace('\'', "''")),
            (Format::Yaml, Style::Literal | Style::Folded) if !text.contains('\n') => Some(text.to_owned()),
            _ => None,
        }
    }
}

/// A walk through a scalar's source and its text side by side.
struct Places<'a> {
    source: &'a str,
    text: &'a str,
    source_at: usize,
    text_at: usize,
    escapes: bool,
    doubled: bool,
}

impl<'a> Places<'a> {
    fn new(node: Node<'a>, text: &'a str) -> Places<'a> {
        let source = node.source();
        let json = node.tree().format() == Format::Json;
        let start = match node.style() {
            Style::DoubleQuoted | Style::SingleQuoted => 1,
            // The text begins below the line with `|` or `>`.
            Style::Literal | Style::Folded => source.find('\n').map_or(source.len(), |end| end + 1),
            _ => 0,
        };
        Places {
            source,
            text,
            source_at: start,
            text_at: 0,
            escapes: json || node.style() == Style::DoubleQuoted,
            doubled: !json && node.style() == Style::SingleQuoted,
        }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.source_at..).unwrap_or_default()
    }

    /// Walks on to this byte of the text; none where the two cannot be brought together.
    fn go_to(&mut self, offset: usize) -> Option<()> {
        while self.text_at < offset {
            let wanted = self.text.get(self.text_at..)?.chars().next()?;
            let found = self.rest().chars().next()?;
            if self.escapes && found == '\\' {
                let (length, stands_for_nothing) = escape_length(self.rest());
                self.source_at += length;
                self.text_at += if stands_for_nothing { 0 } else { wanted.len_utf8() };
            } else if self.doubled && self.rest().starts_with("''") {
                self.source_at += 2;
                self.text_at += 1;
            } else if found == wanted {
                self.source_at += found.len_utf8();
                self.text_at += found.len_utf8();
            } else if found.is_whitespace() {
                self.pass_fold();
            } else {
                return None;
            }
        }
        Some(())
    }

    /// Blanks and line breaks that are folded: as many as there are on both sides.
    fn pass_fold(&mut self) {
        let blanks = |text: &str| text.len() - text.trim_start().len();
        self.source_at += blanks(self.rest());
        self.text_at += blanks(self.text.get(self.text_at..).unwrap_or_default());
    }

    /// Past the indentation in front of the next character; then the place.
    fn settle(&mut self) -> usize {
        let wanted = self.text.get(self.text_at..).and_then(|rest| rest.chars().next());
        if wanted.is_some_and(|wanted| !wanted.is_whitespace()) {
            self.source_at += self.rest().len() - self.rest().trim_start().len();
        }
        self.source_at
    }
}

/// The length of the escape at the beginning of a text, and whether it only joins two lines.
fn escape_length(text: &str) -> (usize, bool) {
    let second = text[1..].chars().next();
    match second {
        Some('x') => (4.min(text.len()), false),
        Some('U') => (10.min(text.len()), false),
        Some('u') => {
            let high = text
                .get(2..6)
                .and_then(|digits| u32::from_str_radix(digits, 16).ok());
            let pair = matches!(high, Some(0xD800..=0xDBFF)) && text[6..].starts_with("\\u");
            (if pair { 12 } else { 6 }.min(text.len()), false)
        }
        Some('\n' | '\r') => (1 + text[1..].len() - text[1..].trim_start().len(), true),
        Some(other) => (1 + other.len_utf8(), false),
        None => (1, true),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::text::{Format, Tree};

    /// What stands in the document where `part` stands in the text of the only member.
    fn check(document: &str, format: Format, part: &str, expected: &str) {
        let tree = Tree::parse(document, format);
        let node = tree.root().unwrap().get("a").unwrap();
        let text = node.text();
        let start = text
            .find(part)
            .unwrap_or_else(|| panic!("{text:?} has no {part:?}"));
        let range = node.part(start..start + part.len());
        assert_eq!(&document[range], expected, "{document:?}");
    }

    #[test]
    fn parts() {
        for (document, part, expected) in [
            (r#"{"a": "x y z"}"#, "y", "y"),
            (r#"{"a": "\"x\" \u00e9 y"}"#, "y", "y"),
            (r#"{"a": "\"x\" \u00e9 y"}"#, "é", r"\u00e9"),
            (r#"{"a": "\ud83d\ude00y\\"}"#, "y\\", r"y\\"),
            (r#"{"a": "é\ny"}"#, "\ny", r"\ny"),
        ] {
            check(document, Format::Json, part, expected);
        }
        for (document, part, expected) in [
            ("a: x y\n", "y", "y"),
            ("a: 'it''s y'\n", "'s", "''s"),
            ("a: \"x\\x41 \\\n   y\"\n", "A y", "\\x41 \\\n   y"),
            ("a: |\n  x\n    y\n  z\n", "y", "y"),
            ("a: |\n  x\n    y\n  z\n", "z", "z"),
            ("a: >-\n  x\n  y z\n", "y z", "y z"),
            ("a: \"x\n\n   y\"\n", "y", "y"),
            ("b: &b x\na: *b\n", "x", "*b"),
        ] {
            check(document, Format::Yaml, part, expected);
        }
    }

    #[test]
    fn what_is_put_inside() {
        for (document, format, expected) in [
            (r#"{"a": "x"}"#, Format::Json, Some(r#"'\""#)),
            ("a: 'x'\n", Format::Yaml, Some("''\"")),
            ("a: |\n  x\n", Format::Yaml, Some("'\"")),
            ("a: x\n", Format::Yaml, None),
        ] {
            let tree = Tree::parse(document, format);
            let node = tree.root().unwrap().get("a").unwrap();
            assert_eq!(node.written_inside("'\"").as_deref(), expected, "{document}");
        }
    }

    proptest! {
        /// Any part of any text is found: written anew from its place, it says the same.
        #[test]
        fn every_part_is_found(text in "[\\PC\\n\"\\\\]{0,12}", from in 0_usize..12, length in 0_usize..6) {
            let document = format!("{{\"a\": {}}}", serde_json::Value::from(text.as_str()));
            let tree = Tree::parse(document.as_str(), Format::Json);
            let node = tree.root().unwrap().get("a").unwrap();
            let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let start = edges[from.min(edges.len() - 1)];
            let end = edges[(from + length).min(edges.len() - 1)];
            let source = format!("\"{}\"", &document[node.part(start..end)]);
            prop_assert_eq!(serde_json::from_str::<String>(&source).unwrap(), &text[start..end]);
        }
    }
}
