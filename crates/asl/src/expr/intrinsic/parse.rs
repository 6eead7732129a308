//! Text → [`Call`]. Arguments are paths, calls, and literals: `'text'`, numbers, `true`, `false`, `null`.

use super::{Argument, Call, Function};
use crate::expr::limits::MAX_CALL_DEPTH;
use crate::expr::path::cursor::Cursor;
use crate::expr::{Path, SyntaxError};
use crate::value::Value;

pub(super) fn call(text: &str) -> Result<Call, SyntaxError> {
    let mut cursor = Cursor::new(text);
    let call = read_call(&mut cursor, 1)?;
    cursor.skip_space();
    match cursor.peek() {
        None => Ok(call),
        Some(_) => Err(cursor.fault("the call ends before this; take it away")),
    }
}

fn read_call(cursor: &mut Cursor<'_>, depth: u32) -> Result<Call, SyntaxError> {
    let start = cursor.at;
    if depth > MAX_CALL_DEPTH {
        return Err(cursor.fault(format!(
            "functions may stand {MAX_CALL_DEPTH} deep inside one another"
        )));
    }
    let function = read_function(cursor)?;
    cursor.skip_space();
    cursor.expect(
        b'(',
        "the function's arguments stand in parentheses: ( is missing",
    )?;
    let mut arguments = Vec::new();
    cursor.skip_space();
    while cursor.peek() != Some(b')') {
        if !arguments.is_empty() {
            cursor.expect(b',', "arguments are separated by commas; a comma or ) is missing")?;
            cursor.skip_space();
        }
        let template = function == Function::Format && arguments.is_empty();
        arguments.push(read_argument(cursor, depth, template)?);
        cursor.skip_space();
        if cursor.peek().is_none() {
            return Err(cursor.fault("the call does not end: ) is missing"));
        }
    }
    cursor.at += 1;
    check_arity(cursor, start, function, arguments.len())?;
    Ok(Call {
        text: cursor.slice(start, cursor.at).into(),
        function,
        arguments,
    })
}

fn read_function(cursor: &mut Cursor<'_>) -> Result<Function, SyntaxError> {
    let start = cursor.at;
    let name = cursor.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_');
    match Function::ALL.iter().find(|function| function.name() == name) {
        Some(function) => Ok(*function),
        None => {
            let message = if name.starts_with("States.") {
                format!("there is no intrinsic function {name}")
            } else {
                "this must be a path, which begins with $, or an intrinsic function, which begins with States."
                    .to_owned()
            };
            Err(SyntaxError {
                offset: start,
                message,
            })
        }
    }
}

fn check_arity(
    cursor: &Cursor<'_>,
    start: usize,
    function: Function,
    given: usize,
) -> Result<(), SyntaxError> {
    let (fewest, most) = function.arity();
    if (fewest..=most).contains(&given) {
        return Ok(());
    }
    let wanted = if fewest == most {
        format!("{fewest}")
    } else {
        format!("{fewest} to {most}")
    };
    debug_assert!(start <= cursor.at);
    Err(SyntaxError {
        offset: start,
        message: format!(
            "{} takes {wanted} arguments, but {given} are given",
            function.name()
        ),
    })
}

fn read_argument(cursor: &mut Cursor<'_>, depth: u32, template: bool) -> Result<Argument, SyntaxError> {
    match cursor.peek() {
        Some(b'$') => read_path(cursor).map(Argument::Path),
        Some(b'\'') => read_text(cursor, template).map(Argument::Literal),
        Some(byte) if byte == b'-' || byte.is_ascii_digit() => read_number(cursor).map(Argument::Literal),
        _ => {
            for (word, value) in [
                ("true", Value::Bool(true)),
                ("false", Value::Bool(false)),
                ("null", Value::Null),
            ] {
                if cursor.take_text(word) {
                    return Ok(Argument::Literal(value));
                }
            }
            read_call(cursor, depth + 1).map(|call| Argument::Call(Box::new(call)))
        }
    }
}

fn read_number(cursor: &mut Cursor<'_>) -> Result<Value, SyntaxError> {
    let start = cursor.at;
    let text = cursor.take_while(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    match Value::parse(text) {
        Ok(value @ Value::Number(_)) => Ok(value),
        _ => Err(SyntaxError {
            offset: start,
            message: format!("{text} is not a number"),
        }),
    }
}

/// A text in single quotes; `\'`, `\\`, `\{` and `\}` stand for the character. The template of a Format keeps its
/// backslashes, so that it can tell `\{` from `{`.
fn read_text(cursor: &mut Cursor<'_>, template: bool) -> Result<Value, SyntaxError> {
    let start = cursor.clone();
    cursor.at += 1;
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_while(|byte| byte != b'\'' && byte != b'\\'));
        if cursor.take(b'\'') {
            return Ok(Value::string(text));
        }
        if !cursor.take(b'\\') {
            return Err(start.fault("the text does not end: ' is missing"));
        }
        match cursor.peek() {
            Some(b'\'') => text.push('\''),
            Some(escaped @ (b'\\' | b'{' | b'}')) => {
                text.push_str(if template { "\\" } else { "" });
                text.push(char::from(escaped));
            }
            Some(b'"') => {
                return Err(cursor.fault("a double quote is not escaped here; take the backslash away"));
            }
            _ => {
                text.push('\\');
                continue;
            }
        }
        cursor.at += 1;
    }
}

/// A path ends at the comma or parenthesis that is not inside its own brackets or quotes.
fn read_path(cursor: &mut Cursor<'_>) -> Result<Path, SyntaxError> {
    let start = cursor.at;
    let mut open = 0_u32;
    let mut quote = None;
    while let Some(byte) = cursor.peek() {
        match (quote, byte) {
            (Some(_), b'\\') => cursor.at += 1,
            (Some(mark), _) if byte == mark => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'[' | b'(') => open += 1,
            (None, b',' | b')') if open == 0 => break,
            (None, b']' | b')') => open = open.saturating_sub(1),
            _ => {}
        }
        cursor.at += 1;
    }
    cursor.at = cursor.at.min(cursor.end);
    Path::parse(cursor.slice(start, cursor.at).trim_end()).map_err(|error| SyntaxError {
        offset: start + error.offset,
        message: error.message,
    })
}
