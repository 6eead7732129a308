//! A path's text → steps, as lenient and as strict as Jayway JsonPath reads it:
//! `$.a.['b c']`, `$.[?(@.x)]`, `$.items.[0]`, spaces inside brackets; yet no space after a dot, and no dot at the end.

use super::cursor::Cursor;
use super::filter_parse;
use super::steps::{Step, Steps};
use crate::expr::SyntaxError;
use crate::expr::limits::{MAX_SEGMENTS, MAX_SYNTAX_DEPTH};

/// Reads the steps behind a root, up to the cursor's end. `depth` counts the filters around it.
pub(super) fn steps(cursor: &mut Cursor<'_>, depth: u32) -> Result<Steps, SyntaxError> {
    if depth > MAX_SYNTAX_DEPTH {
        return Err(cursor.fault(format!("filters are nested more than {MAX_SYNTAX_DEPTH} deep")));
    }
    match cursor.peek() {
        None => return Ok(Steps::new(Vec::new())),
        Some(b'.' | b'[') => {}
        Some(_) => return Err(cursor.unexpected("'.' or '['")),
    }
    if cursor.peek_at(cursor.end - 1) == Some(b'.') {
        return Err(SyntaxError {
            offset: cursor.end - 1,
            message: "a path must not end with '.' or '..'".into(),
        });
    }
    let mut parser = Parser {
        cursor,
        depth,
        steps: Vec::new(),
    };
    parser.all()?;
    Ok(Steps::new(parser.steps))
}

struct Parser<'c, 't> {
    cursor: &'c mut Cursor<'t>,
    depth: u32,
    steps: Vec<Step>,
}

impl Parser<'_, '_> {
    fn all(&mut self) -> Result<(), SyntaxError> {
        loop {
            if self.steps.len() >= MAX_SEGMENTS {
                return Err(self
                    .cursor
                    .fault(format!("the path has more than {MAX_SEGMENTS} steps")));
            }
            self.next()?;
            let function = matches!(self.steps.last(), Some(Step::Function(_)));
            // Jayway ignores one last character after a complete step: `$.a[` is `$.a`.
            if self.cursor.at + 1 >= self.cursor.end || function {
                return Ok(());
            }
        }
    }

    fn next(&mut self) -> Result<(), SyntaxError> {
        match self.cursor.peek() {
            Some(b'[') => self.bracket(),
            Some(b'.') => {
                self.cursor.at += 1;
                if self.cursor.take(b'.') {
                    self.steps.push(Step::Scan);
                }
                if self.cursor.peek() == Some(b'.') {
                    return Err(self.cursor.unexpected("a name, '*' or '['"));
                }
                // What stands behind a dot may be a bracket: `$.a.['b']`, `$.a.[0]`.
                self.next_without_dot()
            }
            _ => self.next_without_dot(),
        }
    }

    fn next_without_dot(&mut self) -> Result<(), SyntaxError> {
        match self.cursor.peek() {
            Some(b'[') => self.bracket(),
            Some(b'*') => {
                self.cursor.at += 1;
                self.steps.push(Step::Wildcard);
                Ok(())
            }
            _ => self.name(),
        }
    }

    /// `foo`, or `foo(…)`.
    fn name(&mut self) -> Result<(), SyntaxError> {
        let name = self
            .cursor
            .take_while(|byte| !matches!(byte, b'.' | b'[' | b'(' | b' '));
        match self.cursor.peek() {
            Some(b' ') => {
                return Err(self
                    .cursor
                    .fault("a name with spaces must be written as ['my name']"));
            }
            Some(b'(') => {
                let open = self.cursor.clone();
                skip_parentheses(self.cursor).ok_or_else(|| open.fault("the parenthesis is not closed"))?;
                self.steps.push(Step::Function(name.into()));
            }
            _ if name.is_empty() => return Err(self.cursor.unexpected("a name, '*' or '['")),
            _ => self.steps.push(Step::Property(name.into())),
        }
        Ok(())
    }

    /// `['a']`, `[0]`, `[1:2]`, `[*]`, `[?(…)]`.
    fn bracket(&mut self) -> Result<(), SyntaxError> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        self.cursor.skip_space();
        let step = match self.cursor.peek() {
            Some(quote @ (b'\'' | b'"')) => self.names(quote)?,
            Some(b'0'..=b'9' | b'-' | b':') => self.indices()?,
            Some(b'*') => {
                self.cursor.at += 1;
                Step::Wildcard
            }
            Some(b'?') => Step::Filter(Box::new(self.filter(start)?)),
            _ => return Err(self.cursor.unexpected("a quoted name, a number, '*' or '?('")),
        };
        self.cursor.skip_space();
        self.cursor
            .expect(b']', "the bracket is not closed: expected ']'")?;
        self.steps.push(step);
        Ok(())
    }

    fn names(&mut self, quote: u8) -> Result<Step, SyntaxError> {
        let mut names: Vec<crate::value::Text> = Vec::new();
        loop {
            names.push(quoted(self.cursor, quote)?.into());
            self.cursor.skip_space();
            if !self.cursor.take(b',') {
                break;
            }
            self.cursor.skip_space();
            if self.cursor.peek() != Some(quote) {
                return Err(self.cursor.unexpected("another quoted name"));
            }
        }
        Ok(match <[_; 1]>::try_from(names) {
            Ok([name]) => Step::Property(name),
            Err(names) => Step::Properties(names.into()),
        })
    }

    fn indices(&mut self) -> Result<Step, SyntaxError> {
        let start = self.cursor.at;
        let text = self
            .cursor
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b':' | b',' | b' '))
            .trim_end();
        let fault = |message: String| SyntaxError {
            offset: start,
            message,
        };
        let number = |text: &str| {
            text.trim()
                .parse::<i64>()
                .map_err(|_| fault(format!("'{}' is not an index", text.trim())))
        };
        if !text.contains(':') {
            let indices = text.split(',').map(number).collect::<Result<Vec<i64>, _>>()?;
            return Ok(match indices[..] {
                [index] => Step::Index(index),
                _ => Step::Indices(indices.into()),
            });
        }
        // A third part, the step, is read and ignored, as Jayway does.
        let mut ends = text.split(':').map(|end| {
            if end.is_empty() {
                Ok(None)
            } else {
                number(end).map(Some)
            }
        });
        let mut end = || ends.next().unwrap_or(Ok(None));
        match (end()?, end()?) {
            _ if text.contains([' ', ',']) => Err(fault(format!("'{text}' is not a slice such as [1:3]"))),
            (None, None) => Err(fault(format!(
                "the slice '{text}' names neither its start nor its end"
            ))),
            (from, to) => Ok(Step::Slice(from, to)),
        }
    }

    /// `?(…)`, up to the closing bracket.
    fn filter(&mut self, start: usize) -> Result<super::filter::Filter, SyntaxError> {
        self.cursor.at += 1;
        self.cursor.skip_space();
        if self.cursor.peek() != Some(b'(') {
            return Err(self.cursor.unexpected("'(': a filter is written [?(…)]"));
        }
        let inside = self.cursor.at + 1;
        skip_parentheses(self.cursor).ok_or_else(|| SyntaxError {
            offset: start,
            message: "the filter is not closed: expected ')]'".into(),
        })?;
        let mut within = Cursor {
            text: self.cursor.text,
            at: inside,
            end: self.cursor.at - 1,
        };
        filter_parse::filter(&mut within, self.depth + 1)
    }
}

/// Steps over `(…)` with what is nested and quoted inside; `None` if it does not end.
fn skip_parentheses(cursor: &mut Cursor<'_>) -> Option<()> {
    let mut open = 0_usize;
    loop {
        match cursor.peek()? {
            b'(' => open += 1,
            b')' => open -= 1,
            quote @ (b'\'' | b'"' | b'/') => skip_quoted(cursor, quote)?,
            _ => {}
        }
        cursor.at += 1;
        if open == 0 {
            return Some(());
        }
    }
}

/// Steps to the quote that ends the text begun here.
fn skip_quoted(cursor: &mut Cursor<'_>, quote: u8) -> Option<()> {
    cursor.at += 1;
    loop {
        match cursor.peek()? {
            b'\\' => cursor.at += 1,
            byte if byte == quote => return Some(()),
            _ => {}
        }
        cursor.at += 1;
    }
}

/// Text between quotes, with its escapes undone.
pub(super) fn quoted(cursor: &mut Cursor<'_>, quote: u8) -> Result<String, SyntaxError> {
    let open = cursor.clone();
    cursor.at += 1;
    let mut text = String::new();
    loop {
        let plain = cursor.take_while(|byte| byte != quote && byte != b'\\');
        text.push_str(plain);
        match cursor.peek() {
            None => return Err(open.fault("the quoted text is not closed")),
            Some(b'\\') => text.push(escape(cursor)?),
            Some(_) => {
                cursor.at += 1;
                return Ok(text);
            }
        }
    }
}

/// An escape as Java writes it; a backslash before any other character stands for that character.
fn escape(cursor: &mut Cursor<'_>) -> Result<char, SyntaxError> {
    let start = cursor.clone();
    cursor.at += 1;
    let Some(character) = cursor.character() else {
        return Err(start.fault("the text ends within an escape"));
    };
    cursor.at += character.len_utf8();
    Ok(match character {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let digits = cursor
                .text
                .get(cursor.at..(cursor.at + 4).min(cursor.end))
                .unwrap_or_default();
            let code = Some(digits)
                .filter(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let code = code.and_then(|digits| u32::from_str_radix(digits, 16).ok());
            let code = code.ok_or_else(|| start.fault("expected four hexadecimal digits after \\u"))?;
            cursor.at += 4;
            char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        other => other,
    })
}
