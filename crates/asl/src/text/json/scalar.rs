//! Strings, numbers and words: passing them, checking them, and reading their text.

use std::borrow::Cow;
use std::ops::Range;

use super::{Parser, change};
use crate::text::TextChange;
use crate::text::fault;
use crate::text::tree::{Kind, Style};

/// A string that was passed.
#[derive(Debug, Clone)]
pub(super) struct Passed {
    pub(super) range: Range<usize>,
    pub(super) style: Style,
    /// Whether it has both its quotes and nothing escaped between them.
    pub(super) verbatim: bool,
}

impl Passed {
    /// A key or a text without its opening quote, or without any.
    pub(super) fn plain(range: Range<usize>) -> Passed {
        Passed {
            range,
            style: Style::Plain,
            verbatim: false,
        }
    }
}

impl Parser<'_> {
    /// Passes the string that starts here; `quote` is its quote.
    pub(super) fn string(&mut self, quote: u8) -> Passed {
        let start = self.at;
        let mut verbatim = true;
        self.at += 1;
        loop {
            let rest = &self.bytes[self.at..];
            let has_meaning = |byte: &u8| *byte == quote || *byte == b'\\' || *byte < 0x20;
            self.at += rest.iter().position(has_meaning).unwrap_or(rest.len());
            match self.peek() {
                Some(b'\\') => {
                    verbatim = false;
                    self.escape();
                }
                None | Some(b'\n' | b'\r') => {
                    verbatim = false;
                    self.unterminated(start);
                    break;
                }
                Some(byte) if byte < 0x20 => self.control_character(byte),
                Some(_) => {
                    self.at += 1;
                    break;
                }
            }
        }
        let range = start..self.at;
        let mut style = Style::DoubleQuoted;
        if quote == b'\'' {
            style = Style::SingleQuoted;
            let cooked = unescape(&self.text[range.clone()]);
            let quoted = serde_json::Value::String(cooked.into_owned()).to_string();
            let fix = change(
                "Use double quotes",
                TextChange::replacement(range.clone(), quoted),
            );
            let message = "JSON wants double quotes, and AWS refuses single ones";
            self.fault_with(range.clone(), fault::NOT_STRICT_JSON, message, fix);
        }
        Passed {
            range,
            style,
            verbatim,
        }
    }

    fn escape(&mut self) {
        let start = self.at;
        self.at += 1;
        let Some(byte) = self.peek() else { return };
        match byte {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => self.unicode_escape(start),
            b'\n' | b'\r' => {}
            _ => {
                let character = self.text[self.at..].chars().next().unwrap_or('?');
                self.at += character.len_utf8();
                let message = format!("JSON has no escape `\\{character}`; a backslash is written `\\\\`");
                let range = start..self.at;
                let fix = change("Double the backslash", TextChange::insertion(start, "\\"));
                self.fault_with(range, fault::BAD_STRING, message, fix);
            }
        }
    }

    /// `\uXXXX`, with its other half where it is a surrogate.
    fn unicode_escape(&mut self, start: usize) {
        let (unit, length) = hex_unit(&self.bytes[start..]);
        self.at = start + length;
        let whole = match unit {
            Some(0xD800..=0xDBFF) => {
                let (low, length) = hex_unit(&self.bytes[self.at..]);
                let paired = matches!(low, Some(0xDC00..=0xDFFF));
                if paired {
                    self.at += length;
                }
                paired
            }
            Some(unit) => !(0xDC00..=0xDFFF).contains(&unit),
            None => false,
        };
        if !whole {
            let message = "`\\u` wants four hexadecimal digits that are a character, or two such pairs";
            self.fault(start..self.at, fault::BAD_STRING, message);
        }
    }

    fn control_character(&mut self, byte: u8) {
        let at = self.at;
        self.at += 1;
        let escaped = if byte == b'\t' {
            "\\t".to_owned()
        } else {
            format!("\\u{byte:04x}")
        };
        let message = format!("a control character in a string is written `{escaped}`");
        let fix = change("Escape it", TextChange::replacement(at..at + 1, escaped));
        self.fault_with(at..at + 1, fault::BAD_STRING, message, fix);
    }

    /// The string ran into the end of its line: it ends before blanks and a last comma.
    fn unterminated(&mut self, start: usize) {
        let inside = &self.text[start + 1..self.at];
        let inside = inside.trim_end();
        let inside = inside.strip_suffix(',').unwrap_or(inside);
        self.at = start + 1 + inside.len();
        let message = "the closing quote is missing on this line";
        let quote = &self.text[start..start + 1];
        let fix = change("Insert the quote", TextChange::insertion(self.at, quote));
        self.fault_with(start..self.at, fault::BAD_STRING, message, fix);
    }

    /// `Charge card",`: text up to a quote with which the string, or the key, plainly ends.
    pub(super) fn string_without_opening_quote(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let rest = &self.bytes[start..];
        let length = rest.iter().position(|byte| b"\"{}[]:,\n\r\\".contains(byte))?;
        let (quote, behind) = rest[length..].split_first()?;
        let ends = behind.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
        if *quote != b'"' || !matches!(ends, None | Some(b',' | b'}' | b']' | b':' | b'\n' | b'\r')) {
            return None;
        }
        self.at = start + length + 1;
        let fix = change("Insert the quote", TextChange::insertion(start, "\""));
        self.fault_with(
            start..self.at,
            fault::BAD_STRING,
            "the opening quote is missing",
            fix,
        );
        Some(start..self.at)
    }

    /// Passes what is not a string up to a blank or a character with a meaning of its own; at least one.
    pub(super) fn pass_word(&mut self) {
        let start = self.at;
        while let Some(byte) = self.peek() {
            if byte == b'$' && self.bytes.get(self.at + 1) == Some(&b'{') {
                let line = self.text[self.at..].lines().next().unwrap_or("");
                self.at += line.find('}').map_or(2, |end| end + 1);
                continue;
            }
            let comment = byte == b'/' && matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*'));
            if comment || byte.is_ascii_whitespace() || b"\"'{}[]:,".contains(&byte) {
                break;
            }
            self.at += 1;
        }
        if self.at == start {
            self.at += self.text[start..].chars().next().map_or(0, char::len_utf8);
        }
    }

    /// A value that is not a string: number, `true`, `false`, `null`, placeholder, or a mistake.
    pub(super) fn word(&mut self) {
        let start = self.at;
        self.pass_word();
        let word = &self.text[start..self.at];
        let kind = match word {
            "true" | "false" => Kind::Bool,
            "null" => Kind::Null,
            _ if is_number(word) => Kind::Number,
            _ if word.starts_with("${") && word.ends_with('}') => Kind::String,
            _ => Kind::Error,
        };
        if kind != Kind::Error {
            return self.leaf(kind, Style::Plain, start..self.at);
        }
        let end = self.at;
        self.at = start;
        if let Some(range) = self.string_without_opening_quote() {
            return self.leaf(Kind::String, Style::Plain, range);
        }
        self.at = end;
        let (message, better) = explain(word);
        let fix = better.and_then(|better| change("Correct it", TextChange::replacement(start..end, better)));
        self.fault_with(start..end, fault::MALFORMED_JSON, message, fix);
        self.leaf(Kind::Error, Style::Plain, start..end);
    }
}

/// What is wrong with a word, and what to write instead where that is plain.
fn explain(word: &str) -> (String, Option<String>) {
    let better = match word {
        "True" | "TRUE" => Some("true"),
        "False" | "FALSE" => Some("false"),
        "None" | "Null" | "NULL" | "nil" | "undefined" => Some("null"),
        _ => None,
    };
    if let Some(better) = better {
        return (
            format!("`{word}` is written `{better}` in JSON"),
            Some(better.to_owned()),
        );
    }
    if word.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        let message = format!("`{word}` is not a JSON number; write it like 12, -3.5 or 1e9");
        return (message, None);
    }
    let quoted = serde_json::Value::String(word.to_owned()).to_string();
    (
        format!("`{word}` is not a JSON value; text stands in double quotes"),
        Some(quoted),
    )
}

/// Whether `word` is a number as RFC 8259 has it.
pub(super) fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

/// The UTF-16 unit that `\uXXXX` at the start of `bytes` stands for, and how long it is as far as it goes.
fn hex_unit(bytes: &[u8]) -> (Option<u32>, usize) {
    if !bytes.starts_with(b"\\u") {
        return (None, 0);
    }
    let mut unit = 0;
    for (count, byte) in bytes[2..].iter().take(4).enumerate() {
        match char::from(*byte).to_digit(16) {
            Some(digit) => unit = unit * 16 + digit,
            None => return (None, 2 + count),
        }
    }
    let length = bytes.len().min(6);
    ((length == 6).then_some(unit), length)
}

/// A string's text without its quotes and escapes. What cannot be read stays as it is.
pub(in crate::text) fn unescape(source: &str) -> Cow<'_, str> {
    let inside = without_quotes(source);
    if !inside.contains('\\') {
        return Cow::Borrowed(inside);
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = escaped(rest);
        match character {
            Some(character) => text.push(character),
            None => text.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn without_quotes(source: &str) -> &str {
    let quote = if source.starts_with('\'') { '\'' } else { '"' };
    let inside = source.strip_prefix(quote).unwrap_or(source);
    match inside.strip_suffix(quote) {
        Some(shorter) => {
            let backslashes = shorter.bytes().rev().take_while(|&byte| byte == b'\\').count();
            if backslashes % 2 == 0 { shorter } else { inside }
        }
        None => inside,
    }
}

/// The character that the escape at the start of `text` stands for, and the escape's length.
fn escaped(text: &str) -> (Option<char>, usize) {
    let Some(second) = text[1..].chars().next() else {
        return (None, 1);
    };
    let character = match second {
        '"' | '\\' | '/' | '\'' => second,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return escaped_unit(text),
        _ => return (None, 1 + second.len_utf8()),
    };
    (Some(character), 2)
}

fn escaped_unit(text: &str) -> (Option<char>, usize) {
    let (unit, length) = hex_unit(text.as_bytes());
    let Some(unit) = unit else { return (None, length) };
    if let 0xD800..=0xDBFF = unit
        && let (Some(low @ 0xDC00..=0xDFFF), more) = hex_unit(&text.as_bytes()[length..])
    {
        let scalar = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        return (char::from_u32(scalar), length + more);
    }
    (
        Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
        length,
    )
}
