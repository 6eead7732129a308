//! JSON text → value. Strict as RFC 8259, without recursion, with the place of the fault.

use std::sync::Arc;

use super::{Array, MAX_DEPTH, Map, Number, Object, Text, Value};

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at line {line}, column {column}")]
pub struct ParseError {
    /// UTF-8 byte offset of the fault.
    pub offset: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

/// A container that is being read.
enum Open {
    Array(Vec<Value>),
    /// Members so far, and the key whose value comes next.
    Object(Map, Text),
}

pub(super) fn parse(text: &str) -> Result<Value, ParseError> {
    let mut reader = Reader { text, at: 0 };
    reader.document().map_err(|message| reader.fault(message))
}

type Fault = String;

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Value, Fault> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let mut value = match self.begin(&mut open)? {
                Some(value) => value,
                None => continue,
            };
            // A value is complete: put it into its container, and close what ends here.
            loop {
                let Some(container) = open.pop() else {
                    return self.end(value);
                };
                match self.add(container, value)? {
                    Added::More(container) => {
                        open.push(container);
                        break;
                    }
                    Added::Closed(whole) => value = whole,
                }
            }
        }
    }

    /// Reads the start of a value: a whole scalar or empty container, or opens a container.
    fn begin(&mut self, open: &mut Vec<Open>) -> Result<Option<Value>, Fault> {
        self.skip_space();
        let Some(byte) = self.peek() else {
            return Err("unexpected end: a value is missing".into());
        };
        Ok(Some(match byte {
            b'{' | b'[' if open.len() >= MAX_DEPTH as usize => {
                return Err(format!(
                    "arrays and objects are nested more than {MAX_DEPTH} deep"
                ));
            }
            b'{' => {
                self.at += 1;
                self.skip_space();
                if !self.take(b'}') {
                    let key = self.key()?;
                    open.push(Open::Object(Map::default(), key));
                    return Ok(None);
                }
                Value::empty_object()
            }
            b'[' => {
                self.at += 1;
                self.skip_space();
                if !self.take(b']') {
                    open.push(Open::Array(Vec::new()));
                    return Ok(None);
                }
                Value::Array(Arc::default())
            }
            b'"' => Value::String(self.string()?.into()),
            b'-' | b'0'..=b'9' => Value::Number(self.number()?),
            _ => self.word()?,
        }))
    }

    fn add(&mut self, container: Open, value: Value) -> Result<Added, Fault> {
        self.skip_space();
        match container {
            Open::Array(mut items) => {
                items.push(value);
                if self.take(b']') {
                    return Ok(Added::Closed(Value::Array(Arc::new(Array::new(items)))));
                }
                self.expect(b',', "expected , or ] after an item")?;
                Ok(Added::More(Open::Array(items)))
            }
            Open::Object(mut members, key) => {
                members.insert(key, value);
                if self.take(b'}') {
                    return Ok(Added::Closed(Value::Object(Arc::new(Object::new(members)))));
                }
                self.expect(b',', "expected , or } after a member")?;
                self.skip_space();
                let key = self.key()?;
                Ok(Added::More(Open::Object(members, key)))
            }
        }
    }

    fn end(&mut self, value: Value) -> Result<Value, Fault> {
        self.skip_space();
        match self.peek() {
            None => Ok(value),
            Some(_) => Err("unexpected text after the end of the value".into()),
        }
    }

    /// A member's name and the colon.
    fn key(&mut self) -> Result<Text, Fault> {
        if self.peek() != Some(b'"') {
            return Err("expected a member's name in double quotes".into());
        }
        let key = self.string()?;
        self.skip_space();
        self.expect(b':', "expected : after a member's name")?;
        Ok(key.into())
    }

    fn word(&mut self) -> Result<Value, Fault> {
        for (word, value) in [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ] {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        // `at` stands on a character's first byte: only whole tokens were passed.
        let character = self.text[self.at..].chars().next().unwrap_or(' ');
        Err(format!("unexpected character {character:?}: a value is missing"))
    }

    fn number(&mut self) -> Result<Number, Fault> {
        let start = self.at;
        self.take(b'-');
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return Err("expected a digit".into()),
        }
        let integer = !matches!(self.peek(), Some(b'.' | b'e' | b'E'));
        if self.take(b'.') {
            self.some_digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        let text = &self.text[start..self.at];
        let whole = if !integer {
            None
        } else if text.starts_with('-') {
            text.parse::<i64>().ok().map(Number::from)
        } else {
            text.parse::<u64>().ok().map(Number::from)
        };
        whole
            .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
            .ok_or_else(|| "the number is too large for a double".into())
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.digits();
        if self.at == start {
            Err("expected a digit".into())
        } else {
            Ok(())
        }
    }

    /// Text between quotes. A lone surrogate (`\ud800`) becomes U+FFFD, since Rust's text cannot hold it.
    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut cooked = String::new();
        loop {
            let start = self.at;
            while matches!(self.peek(), Some(byte) if byte != b'"' && byte != b'\\' && byte >= 0x20) {
                self.at += 1;
            }
            cooked.push_str(&self.text[start..self.at]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(cooked);
                }
                Some(b'\\') => cooked.push(self.escape()?),
                Some(_) => return Err("a control character in a string must be escaped".into()),
                None => return Err("unexpected end: the string is not closed".into()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let letter = self.text.as_bytes().get(self.at + 1).copied();
        let plain = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => {
                return Err(
                    "unknown escape: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX".into(),
                );
            }
        };
        self.at += 2;
        Ok(plain)
    }

    fn unicode_escape(&mut self) -> Result<char, Fault> {
        let first = self.hex().ok_or("expected four hexadecimal digits after \\u")?;
        if let 0xD800..0xDC00 = first {
            let back = self.at;
            if let Some(second @ 0xDC00..0xE000) = self.hex() {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = back;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// `\uXXXX` at this place.
    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 6)?.strip_prefix("\\u")?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 6;
        u32::from_str_radix(digits, 16).ok()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8, message: &str) -> Result<(), Fault> {
        if self.take(byte) {
            Ok(())
        } else {
            Err(message.into())
        }
    }

    fn fault(&self, message: Fault) -> ParseError {
        let before = &self.text[..self.text.floor_char_boundary(self.at)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        ParseError {
            offset: before.len(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        }
    }
}

enum Added {
    More(Open),
    Closed(Value),
}
