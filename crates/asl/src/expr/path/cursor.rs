//! A place in an expression's text, shared by the parsers of paths, filters and intrinsic calls.

use crate::expr::SyntaxError;

/// Reads forward over `text`, up to `end`.
#[derive(Clone)]
pub(crate) struct Cursor<'t> {
    pub(crate) text: &'t str,
    /// Byte offset of the next character.
    pub(crate) at: usize,
    /// Byte offset where this cursor's part of the text ends.
    pub(crate) end: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str) -> Cursor<'t> {
        Cursor {
            text,
            at: 0,
            end: text.len(),
        }
    }

    /// The next byte. Everything that these grammars look for is ASCII, so bytes will do.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.peek_at(self.at)
    }

    pub(crate) fn peek_at(&self, at: usize) -> Option<u8> {
        if at < self.end {
            self.text.as_bytes().get(at).copied()
        } else {
            None
        }
    }

    /// The next character, for messages and names.
    pub(crate) fn character(&self) -> Option<char> {
        self.text.get(self.at..self.end)?.chars().next()
    }

    /// Steps over `byte` if it comes next.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Steps over `text` if it comes next.
    pub(crate) fn take_text(&mut self, text: &str) -> bool {
        let found = self
            .text
            .get(self.at..self.end)
            .is_some_and(|rest| rest.starts_with(text));
        self.at += if found { text.len() } else { 0 };
        found
    }

    pub(crate) fn expect(&mut self, byte: u8, message: &str) -> Result<(), SyntaxError> {
        if self.take(byte) {
            Ok(())
        } else {
            Err(self.fault(message))
        }
    }

    pub(crate) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Steps over bytes while they suit, and gives them. `suits` must take whole characters or ASCII only.
    pub(crate) fn take_while(&mut self, suits: impl Fn(u8) -> bool) -> &'t str {
        let start = self.at;
        while self.peek().is_some_and(&suits) {
            self.at += 1;
        }
        self.slice(start, self.at)
    }

    pub(crate) fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// A fault at this place.
    pub(crate) fn fault(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError {
            offset: self.at,
            message: message.into(),
        }
    }

    /// A fault that names the character found here.
    pub(crate) fn unexpected(&self, wanted: &str) -> SyntaxError {
        match self.character() {
            Some(character) => self.fault(format!("unexpected {character:?}: expected {wanted}")),
            None => self.fault(format!("unexpected end: expected {wanted}")),
        }
    }
}
