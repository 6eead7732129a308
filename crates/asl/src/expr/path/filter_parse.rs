//! A filter's text → [`Filter`].
//!
//! Two liberties beyond Jayway, both met in published workflows: a bare word is text
//! (`@.Name==Receipt`), and `&&` and `||` need no spaces around them.

use super::cursor::Cursor;
use super::filter::{Comparison, Filter, Pattern, Term};
use super::{parse, steps::Steps};
use crate::expr::SyntaxError;
use crate::expr::limits::MAX_SYNTAX_DEPTH;
use crate::value::{Number, Text, Value};

/// Reads what stands between `?(` and `)`.
pub(super) fn filter(cursor: &mut Cursor<'_>, depth: u32) -> Result<Filter, SyntaxError> {
    let filter = or(cursor, depth)?;
    cursor.skip_space();
    match cursor.peek() {
        None => Ok(filter),
        Some(_) => Err(cursor.unexpected("'&&', '||' or the end of the filter")),
    }
}

fn or(cursor: &mut Cursor<'_>, depth: u32) -> Result<Filter, SyntaxError> {
    joined(cursor, depth, "||", and, Filter::Or)
}

fn and(cursor: &mut Cursor<'_>, depth: u32) -> Result<Filter, SyntaxError> {
    joined(cursor, depth, "&&", operand, Filter::And)
}

fn joined(
    cursor: &mut Cursor<'_>,
    depth: u32,
    sign: &str,
    part: fn(&mut Cursor<'_>, u32) -> Result<Filter, SyntaxError>,
    join: fn(Vec<Filter>) -> Filter,
) -> Result<Filter, SyntaxError> {
    check_depth(cursor, depth)?;
    let mut parts = vec![part(cursor, depth)?];
    loop {
        cursor.skip_space();
        if !cursor.take_text(sign) {
            break;
        }
        parts.push(part(cursor, depth)?);
    }
    Ok(match <[Filter; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(parts) => join(parts),
    })
}

fn check_depth(cursor: &Cursor<'_>, depth: u32) -> Result<(), SyntaxError> {
    if depth > MAX_SYNTAX_DEPTH {
        return Err(cursor.fault(format!("the filter is nested more than {MAX_SYNTAX_DEPTH} deep")));
    }
    Ok(())
}

fn operand(cursor: &mut Cursor<'_>, depth: u32) -> Result<Filter, SyntaxError> {
    check_depth(cursor, depth)?;
    cursor.skip_space();
    if cursor.peek() == Some(b'!') {
        cursor.at += 1;
        cursor.skip_space();
        // `!@.x` asks for absence; anything else after `!` is negated.
        return match cursor.peek() {
            Some(b'@' | b'$') => Ok(Filter::Exists(term(cursor, depth)?, false)),
            _ => Ok(Filter::Not(Box::new(operand(cursor, depth + 1)?))),
        };
    }
    if cursor.take(b'(') {
        let inner = or(cursor, depth + 1)?;
        cursor.skip_space();
        cursor.expect(b')', "the parenthesis is not closed")?;
        return Ok(inner);
    }
    let left_at = cursor.clone();
    let left = term(cursor, depth)?;
    cursor.skip_space();
    let Some(comparison) = comparison(cursor)? else {
        return match left {
            Term::Item(_) | Term::Document(_) => Ok(Filter::Exists(left, true)),
            _ => Err(left_at.fault("a value alone is not a condition: compare it with something")),
        };
    };
    Ok(Filter::Compare(left, comparison, term(cursor, depth)?))
}

/// A comparison operator, if one comes next.
fn comparison(cursor: &mut Cursor<'_>) -> Result<Option<Comparison>, SyntaxError> {
    let start = cursor.clone();
    let name = match cursor.peek() {
        Some(b'<' | b'>' | b'=' | b'~' | b'!') => {
            cursor.take_while(|byte| matches!(byte, b'<' | b'>' | b'=' | b'~' | b'!'))
        }
        Some(byte) if byte.is_ascii_alphabetic() => cursor.take_while(|byte| byte.is_ascii_alphabetic()),
        _ => return Ok(None),
    };
    let found = Comparison::NAMES
        .iter()
        .find(|(spelled, _)| spelled.eq_ignore_ascii_case(name));
    match found {
        Some((_, comparison)) => Ok(Some(*comparison)),
        None => Err(start.fault(format!("'{name}' is not an operator of filters"))),
    }
}

fn term(cursor: &mut Cursor<'_>, depth: u32) -> Result<Term, SyntaxError> {
    cursor.skip_space();
    match cursor.peek() {
        Some(b'@') => path(cursor, depth).map(Term::Item),
        Some(b'$') => path(cursor, depth).map(Term::Document),
        Some(b'/') => pattern(cursor).map(Term::Pattern),
        _ => literal(cursor, depth).map(Term::Literal),
    }
}

/// A path inside a filter ends at a space, an operator or a closing parenthesis that are not in brackets.
fn path(cursor: &mut Cursor<'_>, depth: u32) -> Result<Steps, SyntaxError> {
    cursor.at += 1;
    let mut within = cursor.clone();
    let mut brackets = 0_usize;
    let mut parentheses = 0_usize;
    while let Some(byte) = cursor.peek() {
        match byte {
            b'[' => brackets += 1,
            b']' => brackets = brackets.saturating_sub(1),
            quote @ (b'\'' | b'"') if brackets > 0 => {
                parse::quoted(cursor, quote)?;
                continue;
            }
            _ if brackets > 0 => {}
            b'(' => parentheses += 1,
            b')' if parentheses > 0 => parentheses -= 1,
            b')' | b' ' | b'<' | b'>' | b'=' | b'~' | b'!' | b',' => break,
            b'&' | b'|' if cursor.peek_at(cursor.at + 1) == Some(byte) => break,
            _ => {}
        }
        cursor.at += 1;
    }
    within.end = cursor.at;
    parse::steps(&mut within, depth + 1)
}

fn pattern(cursor: &mut Cursor<'_>) -> Result<Pattern, SyntaxError> {
    let start = cursor.clone();
    cursor.at += 1;
    let from = cursor.at;
    loop {
        match cursor.peek() {
            None => return Err(start.fault("the pattern is not closed: expected '/'")),
            Some(b'/') => break,
            Some(b'\\') => cursor.at += 2,
            Some(_) => cursor.at += 1,
        }
    }
    let source = cursor.slice(from, cursor.at);
    cursor.at += 1;
    let flags = cursor.take_while(|byte| byte.is_ascii_alphabetic());
    let known: String = flags.chars().filter(|flag| "imsx".contains(*flag)).collect();
    let flags = if known.is_empty() {
        known
    } else {
        format!("(?{known})")
    };
    let source = format!("{flags}\\A(?:{source})\\z");
    let regex = regex_lite::RegexBuilder::new(&source).size_limit(1 << 20).build();
    let regex = regex.map_err(|error| start.fault(format!("the pattern cannot be used: {error}")))?;
    Ok(Pattern { source, regex })
}

/// A literal as JSON has it, with single quotes and bare words allowed.
fn literal(cursor: &mut Cursor<'_>, depth: u32) -> Result<Value, SyntaxError> {
    check_depth(cursor, depth)?;
    cursor.skip_space();
    match cursor.peek() {
        Some(quote @ (b'\'' | b'"')) => parse::quoted(cursor, quote).map(Value::from),
        Some(b'[') => list(cursor, depth),
        Some(b'{') => members(cursor, depth),
        Some(b'-' | b'.' | b'0'..=b'9') => number(cursor),
        Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => {
            let word = cursor.take_while(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || byte >= 0x80
            });
            Ok(match word {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                word => word.into(),
            })
        }
        _ => Err(cursor.unexpected("a value or a path")),
    }
}

fn number(cursor: &mut Cursor<'_>) -> Result<Value, SyntaxError> {
    let start = cursor.clone();
    let text =
        cursor.take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'));
    if let Ok(number) = text.parse::<Number>() {
        return Ok(number.into());
    }
    // Java reads `.5`, `1.` and `007` too.
    let number = text.parse::<f64>().ok().and_then(Value::from_f64);
    number.ok_or_else(|| start.fault(format!("'{text}' is not a number")))
}

fn list(cursor: &mut Cursor<'_>, depth: u32) -> Result<Value, SyntaxError> {
    cursor.at += 1;
    let mut items = Vec::new();
    loop {
        cursor.skip_space();
        if cursor.take(b']') {
            return Ok(items.into());
        }
        items.push(literal(cursor, depth + 1)?);
        cursor.skip_space();
        if !cursor.take(b',') && cursor.peek() != Some(b']') {
            return Err(cursor.unexpected("',' or ']'"));
        }
    }
}

fn members(cursor: &mut Cursor<'_>, depth: u32) -> Result<Value, SyntaxError> {
    cursor.at += 1;
    let mut members: Vec<(Text, Value)> = Vec::new();
    loop {
        cursor.skip_space();
        if cursor.take(b'}') {
            return Ok(Value::object(members));
        }
        let key = match cursor.peek() {
            Some(quote @ (b'\'' | b'"')) => parse::quoted(cursor, quote)?,
            _ => return Err(cursor.unexpected("a quoted name")),
        };
        cursor.skip_space();
        cursor.expect(b':', "expected ':' after a member's name")?;
        members.push((key.into(), literal(cursor, depth + 1)?));
        cursor.skip_space();
        if !cursor.take(b',') && cursor.peek() != Some(b'}') {
            return Err(cursor.unexpected("',' or '}'"));
        }
    }
}
