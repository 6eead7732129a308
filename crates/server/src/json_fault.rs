//! How the service words bad JSON: as the Jackson library does.
//!
//! | what is wrong | text |
//! |---|---|
//! | a word that is no literal | `Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')` |
//! | a key that does not begin with a quote | `Unexpected character (''' (code 39)): was expecting double-quote to start field name` |
//! | no comma, no colon | `Unexpected character ('x' (code 120)): was expecting comma to separate Object entries` |
//! | the end comes too early | `Unexpected end-of-input: …` |

use asl::value::{MAX_DEPTH, Value};

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonFault {
    pub(crate) message: String,
    /// `[Source: (String)"…"; line: 1, column: 4]`
    pub(crate) location: String,
    /// From 1.
    pub(crate) line: usize,
    /// From 1.
    pub(crate) column: usize,
}

/// Reads JSON text.
pub(crate) fn parse(text: &str) -> Result<Value, JsonFault> {
    Value::parse(text).map_err(|error| {
        let mut scan = Scan {
            text,
            at: 0,
            depth: 0,
        };
        let message = match scan.value() {
            Err(Some(message)) => message,
            // What this scan lets pass and the reader does not: numbers, escapes, depth.
            Ok(()) | Err(None) => error.to_string(),
        };
        let (line, column) = scan.position();
        JsonFault {
            message,
            location: scan.location(),
            line,
            column,
        }
    })
}

/// Goes through the text as far as it is JSON.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Open objects and arrays.
    depth: u32,
}

/// What is wrong; none where it is for the reader to say.
type Scanned = Result<(), Option<String>>;

impl Scan<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn space(&mut self) {
        while self
            .peek()
            .is_some_and(|next| matches!(next, ' ' | '\t' | '\n' | '\r'))
        {
            self.at += 1;
        }
    }

    fn position(&self) -> (usize, usize) {
        let before = &self.text[..self.at];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }

    fn location(&self) -> String {
        let (line, column) = self.position();
        format!(
            "[Source: (String)\"{}\"; line: {line}, column: {column}]",
            shortened(self.text)
        )
    }

    fn unexpected(&mut self, expected: &str) -> Option<String> {
        Some(match self.take() {
            Some(found) => format!(
                "Unexpected character ('{found}' (code {})): {expected}",
                u32::from(found)
            ),
            None => "Unexpected end-of-input".to_owned(),
        })
    }

    /// Goes through what is inside an object or an array, as deep as the reader does.
    fn inside(&mut self, container: impl FnOnce(&mut Self) -> Scanned) -> Scanned {
        if self.depth == MAX_DEPTH {
            return Err(None);
        }
        self.depth += 1;
        container(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn value(&mut self) -> Scanned {
        self.space();
        match self.peek() {
            None => Err(Some("No content to map due to end-of-input".into())),
            Some('{') => self.inside(Self::object),
            Some('[') => self.inside(Self::array),
            Some('"') => self.string(),
            Some(next) if next == '-' || next.is_ascii_digit() => self.number(),
            Some(next) if next.is_alphabetic() => self.literal(),
            Some(_) => Err(self.unexpected(
                "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            )),
        }
    }

    fn literal(&mut self) -> Scanned {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|next: char| !next.is_alphanumeric() && next != '_' && next != '$')
            .unwrap_or(rest.len());
        let word = &rest[..end];
        self.at += end;
        match word {
            "null" | "true" | "false" => Ok(()),
            _ => Err(Some(format!(
                "Unrecognized token '{word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
            ))),
        }
    }

    fn number(&mut self) -> Scanned {
        while self
            .peek()
            .is_some_and(|next| next.is_ascii_digit() || "+-.eE".contains(next))
        {
            self.at += 1;
        }
        Ok(())
    }

    fn string(&mut self) -> Scanned {
        self.at += 1;
        loop {
            match self.take() {
                None => {
                    return Err(Some(
                        "Unexpected end-of-input: was expecting closing quote for a string value".into(),
                    ));
                }
                Some('"') => return Ok(()),
                Some('\\') => {
                    self.take();
                }
                Some(control) if control < ' ' => {
                    return Err(Some(format!(
                        "Illegal unquoted character ((CTRL-CHAR, code {})): has to be escaped using backslash to be included in string value",
                        u32::from(control)
                    )));
                }
                Some(_) => {}
            }
        }
    }

    fn unclosed(&self, what: &str, begin: &str) -> Option<String> {
        Some(format!(
            "Unexpected end-of-input: expected close marker for {what} (start marker at {begin})"
        ))
    }

    fn object(&mut self) -> Scanned {
        let begin = self.location();
        self.at += 1;
        self.space();
        if self.peek() == Some('}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.space();
            match self.peek() {
                Some('"') => self.string()?,
                None => return Err(self.unclosed("Object", &begin)),
                Some(_) => return Err(self.unexpected("was expecting double-quote to start field name")),
            }
            self.space();
            if self.peek() != Some(':') {
                return Err(self.unexpected("was expecting a colon to separate field name and value"));
            }
            self.at += 1;
            self.value()?;
            self.space();
            match self.peek() {
                Some(',') => self.at += 1,
                Some('}') => {
                    self.at += 1;
                    return Ok(());
                }
                None => return Err(self.unclosed("Object", &begin)),
                Some(_) => return Err(self.unexpected("was expecting comma to separate Object entries")),
            }
        }
    }

    fn array(&mut self) -> Scanned {
        let begin = self.location();
        self.at += 1;
        self.space();
        if self.peek() == Some(']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.value()?;
            self.space();
            match self.peek() {
                Some(',') => self.at += 1,
                Some(']') => {
                    self.at += 1;
                    return Ok(());
                }
                None => return Err(self.unclosed("Array", &begin)),
                Some(_) => return Err(self.unexpected("was expecting comma to separate Array entries")),
            }
        }
    }
}

/// Jackson shows at most 500 characters of its source.
fn shortened(text: &str) -> String {
    let length = text.chars().count();
    if length <= 500 {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(500).collect();
    format!("{beginning}[truncated {} chars]", length - 500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults() {
        for (text, expected, column) in [
            (
                "not a definition",
                "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                4,
            ),
            (
                "{'not': 'json'",
                "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
                3,
            ),
            (
                "{\"a\": 1 \"b\"}",
                "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
                10,
            ),
            (
                "{\"a\" 1}",
                "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
                7,
            ),
            (
                "\"open",
                "Unexpected end-of-input: was expecting closing quote for a string value",
                6,
            ),
            (
                "[1, 2",
                "Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)\"[1, 2\"; line: 1, column: 1])",
                6,
            ),
        ] {
            let fault = parse(text).unwrap_err();
            assert_eq!(fault.message, expected);
            let location = format!("[Source: (String)\"{text}\"; line: 1, column: {column}]");
            assert_eq!(fault.location, location);
        }
        assert!(parse(" {\"a\": [1, null]} ").is_ok());
        let deep = parse(&"[".repeat(1_000_000)).unwrap_err();
        assert!(deep.message.contains("1000"), "{}", deep.message);
    }
}
