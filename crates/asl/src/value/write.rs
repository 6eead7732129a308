//! Value → JSON text, also with some values written in another way; and the length of that text without making it.

use std::fmt::Write as _;

use super::Value;

/// The compact JSON text.
pub(super) fn compact(value: &Value) -> String {
    let mut out = String::new();
    write(value, None, &mut out, &mut |_, _| false);
    out
}

/// JSON text with two-space indentation.
pub(super) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, Some(0), &mut out, &mut |_, _| false);
    out
}

/// Writes a value; `level` is the indentation reached, or `None` for compact text. What is below it is written here
/// only where `instead` has not done so.
pub(super) fn write<F>(value: &Value, level: Option<usize>, out: &mut String, instead: &mut F)
where
    F: FnMut(&Value, &mut String) -> bool,
{
    let inner = level.map(|level| level + 1);
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => {
            // Writing to a String cannot fail.
            let _ = write!(out, "{number}");
        }
        Value::String(text) => write_string(text, out),
        Value::Array(array) if array.is_empty() => out.push_str("[]"),
        Value::Array(array) => {
            for (index, item) in array.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                break_line(inner, out);
                if !instead(item, out) {
                    write(item, inner, out, instead);
                }
            }
            break_line(level, out);
            out.push(']');
        }
        Value::Object(object) if object.is_empty() => out.push_str("{}"),
        Value::Object(object) => {
            for (index, (key, item)) in object.iter().enumerate() {
                out.push(if index == 0 { '{' } else { ',' });
                break_line(inner, out);
                write_string(key, out);
                out.push_str(if level.is_some() { ": " } else { ":" });
                if !instead(item, out) {
                    write(item, inner, out, instead);
                }
            }
            break_line(level, out);
            out.push('}');
        }
    }
}

fn break_line(level: Option<usize>, out: &mut String) {
    if let Some(level) = level {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    }
}

/// Writes text between quotes, escaping what JSON demands and nothing else.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut plain_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let Some(escape) = escape_of(byte) else { continue };
        out.push_str(&text[plain_from..at]);
        plain_from = at + 1;
        match escape {
            'u' => {
                let _ = write!(out, "\\u{byte:04x}");
            }
            letter => out.extend(['\\', letter]),
        }
    }
    out.push_str(&text[plain_from..]);
    out.push('"');
}

/// The letter after the backslash for a byte that must be escaped; `u` stands for `\u00xx`.
fn escape_of(byte: u8) -> Option<char> {
    match byte {
        b'"' => Some('"'),
        b'\\' => Some('\\'),
        b'\n' => Some('n'),
        b'\r' => Some('r'),
        b'\t' => Some('t'),
        8 => Some('b'),
        12 => Some('f'),
        0..0x20 => Some('u'),
        _ => None,
    }
}

/// The length of the compact text in bytes. Containers remember theirs.
pub(super) fn length(value: &Value) -> u64 {
    match value {
        Value::Null | Value::Bool(true) => 4,
        Value::Bool(false) => 5,
        Value::Number(number) => {
            let mut count = Count(0);
            let _ = write!(count, "{number}"); // counting cannot fail
            count.0
        }
        Value::String(text) => string_length(text),
        Value::Array(array) => array.bytes(|| bracketed(array.len()) + array.iter().map(length).sum::<u64>()),
        Value::Object(object) => object.bytes(|| {
            bracketed(object.len())
                + object
                    .iter()
                    .map(|(key, item)| string_length(key) + 1 + length(item))
                    .sum::<u64>()
        }),
    }
}

/// Brackets and the commas between `count` members.
fn bracketed(count: usize) -> u64 {
    2 + (count as u64).saturating_sub(1)
}

fn string_length(text: &str) -> u64 {
    let extra = |byte| match escape_of(byte) {
        None => 0,
        Some('u') => 5,
        Some(_) => 1,
    };
    2 + text.len() as u64 + text.bytes().map(extra).sum::<u64>()
}

struct Count(u64);

impl std::fmt::Write for Count {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0 += text.len() as u64;
        Ok(())
    }
}
