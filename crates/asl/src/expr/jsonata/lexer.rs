//! An expression as tokens with their places, which the evaluator's parser does not tell. The same characters make the same
//! tokens as there: where this lexer finds a fault, the parser refuses the text, at that place or before it.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `'…'`, `"…"`
    String,
    /// `1.5e3`
    Number,
    /// `/…/im`
    Regex,
    /// A bare name, one in backquotes, a keyword.
    Name,
    /// `$name`, `$`, `$$`
    Variable,
    /// An operator or a bracket.
    Symbol,
}

/// A piece of the text that has a meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// A text as tokens, up to its end or to what is no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    /// What is no token: a character, a number that is out of range, a wrong escape, a text without its end.
    pub(super) fault: Option<Fault>,
}

/// Where the tokens end too early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The bytes at fault. What has no end is marked from its start to the end of its line.
    pub(super) range: Range<usize>,
    /// What would end it: a quote, a backquote, `/`, `*/`.
    pub(super) closer: Option<&'static str>,
}

/// Reads a text.
pub(super) fn tokens(text: &str) -> Tokens {
    let mut lexer = Lexer {
        text,
        at: 0,
        all: Vec::new(),
    };
    let fault = lexer.run().err();
    Tokens {
        all: lexer.all,
        fault,
    }
}

/// Operators of two characters.
const PAIRS: &[&str] = &["..", ":=", "!=", ">=", "<=", "~>", "??", "?:", "**"];

/// Operators and brackets of one character.
const SINGLES: &str = "()[]{},;:?.+-*/%^#@=<>&|";

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    all: Vec<Token>,
}

impl<'t> Lexer<'t> {
    fn run(&mut self) -> Result<(), Fault> {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            let Some(first) = self.rest().chars().next() else {
                return Ok(());
            };
            if self.rest().starts_with("/*") {
                match self.rest()[2..].find("*/") {
                    Some(length) => self.at += length + 4,
                    None => return Err(self.unclosed("*/")),
                }
                continue;
            }
            let (kind, length) = self.token(first)?;
            let range = self.at..self.at + length;
            self.at = range.end;
            self.all.push(Token { kind, range });
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn token(&self, first: char) -> Result<(Kind, usize), Fault> {
        let rest = self.rest();
        Ok(match first {
            '"' => (Kind::String, self.string('"', "\"")?),
            '\'' => (Kind::String, self.string('\'', "'")?),
            '`' => match rest[1..].find('`') {
                Some(length) => (Kind::Name, length + 2),
                None => return Err(self.unclosed("`")),
            },
            '0'..='9' => (Kind::Number, self.number()?),
            '$' => (Kind::Variable, 1 + name_length(&rest[1..])),
            'λ' => (Kind::Name, first.len_utf8()),
            '/' if self.may_begin_regex() => (Kind::Regex, self.regex()?),
            _ if PAIRS.iter().any(|pair| rest.starts_with(pair)) => (Kind::Symbol, 2),
            _ if SINGLES.contains(first) => (Kind::Symbol, 1),
            _ if first == '_' || first.is_alphabetic() => (Kind::Name, name_length(rest)),
            _ => {
                return Err(Fault {
                    range: self.at..self.at + first.len_utf8(),
                    closer: None,
                });
            }
        })
    }

    /// What begins here never ends.
    fn unclosed(&self, closer: &'static str) -> Fault {
        let line = self.rest().lines().next().unwrap_or_default();
        Fault {
            range: self.at..self.at + line.trim_end().len(),
            closer: Some(closer),
        }
    }

    fn string(&self, quote: char, closer: &'static str) -> Result<usize, Fault> {
        let rest = self.rest();
        let mut at = 1;
        while let Some(character) = rest[at..].chars().next() {
            match character {
                '\\' => at += self.escape(at, closer)?,
                _ if character == quote => return Ok(at + 1),
                _ => at += character.len_utf8(),
            }
        }
        Err(self.unclosed(closer))
    }

    /// The length of the escape that stands `at` bytes into the string.
    fn escape(&self, at: usize, closer: &'static str) -> Result<usize, Fault> {
        let escape = &self.rest()[at..];
        let wrong = |length: usize| Fault {
            range: self.at + at..self.at + at + length.min(escape.len()),
            closer: None,
        };
        let Some(second) = escape[1..].chars().next() else {
            return Err(self.unclosed(closer));
        };
        match second {
            '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => Ok(2),
            'u' => match unit(escape) {
                Some(0xD800..=0xDBFF) => match unit(&escape[6..]) {
                    Some(0xDC00..=0xDFFF) => Ok(12),
                    _ => Err(wrong(6)),
                },
                Some(0xDC00..=0xDFFF) => Err(wrong(6)),
                Some(_) => Ok(6),
                None => Err(wrong(2)),
            },
            other => Err(wrong(1 + other.len_utf8())),
        }
    }

    fn number(&self) -> Result<usize, Fault> {
        let rest = self.rest().as_bytes();
        let digits = |from: usize| {
            let digits = rest.get(from..).unwrap_or_default();
            digits.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let mut length = if rest[0] == b'0' { 1 } else { digits(0) };
        if rest.get(length) == Some(&b'.') && digits(length + 1) > 0 {
            length += 1 + digits(length + 1);
        }
        if matches!(rest.get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(rest.get(length + 1), Some(b'+' | b'-')));
            let exponent = digits(length + 1 + sign);
            length += if exponent > 0 { 1 + sign + exponent } else { 0 };
        }
        match self.rest()[..length].parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(length),
            _ => Err(Fault {
                range: self.at..self.at + length,
                closer: None,
            }),
        }
    }

    fn regex(&self) -> Result<usize, Fault> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest[1..].char_indices().find(|(_, character)| {
            let ends = *character == '/' && !escaped;
            escaped = *character == '\\' && !escaped;
            ends
        });
        let Some((end, _)) = end else {
            return Err(self.unclosed("/"));
        };
        let flags = rest[end + 2..].chars().take_while(|flag| flag.is_alphabetic());
        Ok(end + 2 + flags.map(char::len_utf8).sum::<usize>())
    }

    /// Whether a `/` begins a regular expression; behind a value it divides.
    fn may_begin_regex(&self) -> bool {
        let Some(before) = self.all.last() else {
            return true;
        };
        let text = &self.text[before.range.clone()];
        match before.kind {
            Kind::Symbol => matches!(
                text,
                "(" | "["
                    | "{"
                    | ","
                    | ";"
                    | ":"
                    | "="
                    | "!="
                    | "<"
                    | "<="
                    | ">"
                    | ">="
                    | "+"
                    | "-"
                    | "&"
                    | "?"
                    | "~>"
                    | ":="
                    | "??"
                    | "?:"
            ),
            Kind::Name => matches!(text.trim_matches('`'), "and" | "or" | "in"),
            _ => false,
        }
    }
}

/// The bytes of a name; `$` is no operator, so that it may stand inside.
fn name_length(text: &str) -> usize {
    let belongs = |character: &char| *character == '_' || *character == '$' || character.is_alphanumeric();
    text.chars().take_while(belongs).map(char::len_utf8).sum()
}

/// The number in `\uXXXX`.
fn unit(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    let whole = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    whole.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jsonata_core::parser::{Lexer, Token as Parsed};
    use proptest::prelude::*;

    use super::*;

    /// The tokens with blanks between them; `!` and what is at fault.
    fn shown(text: &str) -> String {
        let found = tokens(text);
        let mut parts: Vec<_> = found
            .all
            .iter()
            .map(|token| text[token.range.clone()].to_owned())
            .collect();
        parts.extend(found.fault.map(|fault| format!("!{}", &text[fault.range])));
        parts.join(" ")
    }

    #[test]
    fn table() {
        for (text, expected) in [
            ("$states.input.a", "$states . input . a"),
            ("a/* b */+'c", "a + !'c"),
            ("$sum(a.b[$>1])*-2.5e3", "$sum ( a . b [ $ > 1 ] ) * - 2.5e3"),
            ("a/b ~> /x\\/y/i", "a / b ~> /x\\/y/i"),
            ("1..3?a:b??c", "1 .. 3 ? a : b ?? c"),
            ("`a b`.\"c\"", "`a b` . \"c\""),
            ("'open\nnext", "!'open"),
            ("`open", "!`open"),
            ("1 /* open", "1 !/* open"),
            ("(/open", "( !/open"),
            ("'a\\qb'", "!\\q"),
            ("'\\u12'", "!\\u"),
            ("'\\ud83d\\ude00' & '\\ud83d'", "'\\ud83d\\ude00' & !\\ud83d"),
            ("1e999", "!1e999"),
            ("a ! b", "a !!"),
            ("$$a$b + $", "$$a$b + $"),
            ("λ($x){$x}", "λ ( $x ) { $x }"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    fn kind(token: &Parsed) -> Kind {
        match token {
            Parsed::String(_) => Kind::String,
            Parsed::Number(_) => Kind::Number,
            Parsed::Regex { .. } => Kind::Regex,
            Parsed::Variable(_) | Parsed::ParentVariable(_) => Kind::Variable,
            Parsed::Identifier(_)
            | Parsed::Function(_)
            | Parsed::True
            | Parsed::False
            | Parsed::Null
            | Parsed::Undefined => Kind::Name,
            _ => Kind::Symbol,
        }
    }

    /// The parser's tokens are as many, and of the same kinds, and end alike.
    fn agrees(text: &str) {
        let found = tokens(text);
        let mut parser = Lexer::new(text.to_owned());
        let mut kinds = Vec::new();
        let fails = loop {
            match parser.next_token() {
                Ok(Parsed::Eof) => break false,
                Ok(token) => kinds.push(kind(&token)),
                Err(_) => break true,
            }
        };
        let ours: Vec<_> = found.all.iter().map(|token| token.kind).collect();
        assert_eq!((ours, found.fault.is_some()), (kinds, fails), "{text:?}");
    }

    proptest! {
        #[test]
        fn as_the_parser_has_them(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("$"), Just("$x"), Just("a"), Just("and"), Just("`b`"), Just("'t'"), Just("'\\"), Just("\""),
                    Just("1"), Just("0.5"), Just("."), Just("/"), Just("/*"), Just("*/"), Just("*"), Just("?"), Just(":"),
                    Just("("), Just(")"), Just("["), Just("]"), Just("{"), Just("}"), Just("="), Just("!"), Just("<"),
                    Just(">"), Just("~"), Just("&"), Just("|"), Just("e"), Just("9e9"), Just("\\u0041"), Just("\\ud83d"),
                    Just("λ"), Just("é"), Just("€"), Just(" "), Just("\n"), Just(","), Just("%"), Just("@"), Just("#"),
                ],
                0..24,
            ),
        ) {
            agrees(&parts.concat());
        }

        #[test]
        fn as_the_parser_has_any_text(text in "\\PC{0,24}") {
            agrees(&text);
        }
    }
}
