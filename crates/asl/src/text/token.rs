//! A text as tokens: in order, without a gap, so that all of them together are the whole text.

use std::ops::Range;

use super::json::comment_end;
use super::{Format, Kind, Node, Tree};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Blanks and line breaks.
    Whitespace,
    /// A comment, which JSON does not have.
    Comment,
    /// Brackets, colons, commas, YAML's dashes and question marks.
    Punctuation,
    /// The name of a member.
    Key,
    /// A string that is not a key.
    String,
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Literal,
    /// A YAML tag or anchor.
    Property,
    /// A YAML alias.
    Alias,
    /// What does not belong here.
    Unknown,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes.
    pub range: Range<usize>,
}

/// The tokens of a tree's text: its scalars, and between them what the gaps hold.
pub(super) fn tokens(tree: &Tree) -> impl Iterator<Item = Token> + '_ {
    let mut leaves = tree.leaves().filter(|leaf| !leaf.range().is_empty()).peekable();
    let mut at = 0;
    std::iter::from_fn(move || {
        while leaves.next_if(|leaf| leaf.range().start < at).is_some() {}
        let next = leaves.peek().map_or(tree.text().len(), |leaf| leaf.range().start);
        if at < next {
            let (kind, length) = gap_token(&tree.text()[at..next], tree.format());
            let range = at..at + length;
            at = range.end;
            return Some(Token { kind, range });
        }
        let leaf = leaves.next()?;
        at = leaf.range().end;
        Some(Token {
            kind: leaf_token(leaf),
            range: leaf.range(),
        })
    })
}

fn leaf_token(leaf: Node<'_>) -> TokenKind {
    if leaf.is_alias() {
        return TokenKind::Alias;
    }
    match leaf.kind() {
        Kind::String if leaf.is_key() => TokenKind::Key,
        Kind::String => TokenKind::String,
        Kind::Number => TokenKind::Number,
        Kind::Bool | Kind::Null => TokenKind::Literal,
        _ => TokenKind::Unknown,
    }
}

/// The first token of a gap between scalars, and its length.
fn gap_token(gap: &str, format: Format) -> (TokenKind, usize) {
    let until = |stop: fn(char) -> bool| gap.find(stop).unwrap_or(gap.len()).max(1);
    let first = gap.chars().next().unwrap_or(' ');
    match first {
        ' ' | '\t' | '\r' | '\n' => (
            TokenKind::Whitespace,
            until(|c| !matches!(c, ' ' | '\t' | '\r' | '\n')),
        ),
        '\u{feff}' => (TokenKind::Whitespace, first.len_utf8()),
        '#' => (TokenKind::Comment, comment_end(gap, 0)),
        '/' if format == Format::Json && (gap.starts_with("//") || gap.starts_with("/*")) => {
            (TokenKind::Comment, comment_end(gap, 0))
        }
        '!' | '&' if format == Format::Yaml => (
            TokenKind::Property,
            until(|c| c.is_ascii_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}')),
        ),
        '{' | '}' | '[' | ']' | ',' | ':' => (TokenKind::Punctuation, 1),
        '-' | '?' if format == Format::Yaml => (TokenKind::Punctuation, 1),
        _ => {
            let length = gap[first.len_utf8()..]
                .find(|c: char| c.is_ascii_whitespace() || "{}[],:#".contains(c))
                .map_or(gap.len(), |at| at + first.len_utf8());
            (TokenKind::Unknown, length)
        }
    }
}

#[cfg(test)]
pub(in crate::text) mod tests {
    use super::*;

    /// The tokens and the nodes of a tree leave out no byte, overlap nowhere and lie inside one another.
    pub(in crate::text) fn check_whole(tree: &Tree) {
        let mut at = 0;
        for token in tree.tokens() {
            assert_eq!(token.range.start, at, "{token:?} in {:?}", tree.text());
            assert!(
                !token.range.is_empty() && tree.text().is_char_boundary(token.range.end),
                "{token:?}"
            );
            at = token.range.end;
        }
        assert_eq!(at, tree.text().len());
        for id in 0..tree.len() as u32 {
            let node = tree.node(crate::text::NodeId(id));
            let range = node.full_range();
            assert!(
                tree.text().get(range.clone()).is_some(),
                "{node:?} in {:?}",
                tree.text()
            );
            if let Some(parent) = node.parent() {
                let around = parent.range();
                assert!(
                    around.start <= range.start && range.end <= around.end,
                    "{node:?} in {parent:?}"
                );
            }
            let _ = (node.text(), node.pointer(), tree.node_at(range.start));
            let mut before = None;
            for child in node.children().filter(|_| !node.is_alias()) {
                assert!(
                    before.is_none_or(|end| end <= child.full_range().start),
                    "{child:?} overlaps"
                );
                before = Some(child.range().end);
            }
        }
    }

    fn check(text: &str, format: Format, tokens: &str) {
        let tree = Tree::parse(text, format);
        check_whole(&tree);
        let kinds = tree.tokens().filter(|token| token.kind != TokenKind::Whitespace);
        let found: Vec<_> = kinds
            .map(|token| format!("{:?}", token.kind)[..2].to_owned())
            .collect();
        assert_eq!(found.join(" "), tokens, "tokens of {text:?}");
    }

    #[test]
    fn json() {
        check(
            r#"{"a": [1, true], "b": "c"}"#,
            Format::Json,
            "Pu Ke Pu Pu Nu Pu Li Pu Pu Ke Pu St Pu",
        );
        check("{\"a\": 1 // x\n} @", Format::Json, "Pu Ke Pu Nu Co Pu Un");
    }
}
