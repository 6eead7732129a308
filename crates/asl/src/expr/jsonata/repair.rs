//! Changes that mend an expression. One is offered only where the parser agrees: the text that it makes is sound, or,
//! where a word of another language gives way to ours, is wrong only further on. A bracket must make all of it sound:
//! which one is too many or missing can't be told as long as another fault is there.

use std::ops::Range;

use super::fault::{Fault, open_brackets};
use super::lexer::{self, Kind, Token, Tokens};
use super::program;

/// A change of an expression's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What it does, as a menu says it.
    pub label: String,
    /// The bytes that it replaces.
    pub range: Range<usize>,
    /// What it puts there.
    pub text: String,
}

/// Operators of other languages: as written there, as written here, and what to say.
const FOREIGN: &[(&str, &str, &str)] = &[
    ("===", "=", "JSONata compares with \"=\""),
    ("!==", "!=", "JSONata compares with \"!=\""),
    ("==", "=", "JSONata compares with \"=\""),
    ("&&", "and", "JSONata writes \"and\""),
    ("||", "or", "JSONata writes \"or\""),
];

/// The bracket that closes this one.
pub(super) fn closer(open: &str) -> Option<&'static str> {
    match open {
        "(" => Some(")"),
        "[" => Some("]"),
        "{" => Some("}"),
        _ => None,
    }
}

/// The operator of another language that this byte is a part of: its place, what it is here, and what to say.
pub(super) fn foreign_operator(text: &str, at: usize) -> Option<(Range<usize>, &'static str, &'static str)> {
    FOREIGN.iter().find_map(|(foreign, here, hint)| {
        (0..foreign.len()).find_map(|before| {
            let start = at.checked_sub(before)?;
            let there = text.get(start..).is_some_and(|rest| rest.starts_with(foreign));
            there.then_some((start..start + foreign.len(), *here, *hint))
        })
    })
}

/// A change that mends the fault.
pub(super) fn find(text: &str, fault: &Fault) -> Option<Repair> {
    let tokens = lexer::tokens(text);
    let (mut words, mut brackets) = (Vec::new(), Vec::new());
    if let Some((range, here, _)) = foreign_operator(text, fault.range.start) {
        words.push(respell(text, range, here));
    }
    match text.get(fault.range.clone())? {
        "$eval" => words.push(respell(text, fault.range.clone(), "$parse")),
        operator @ ("??" | "?:") => words.extend(conditional(text, &tokens, &fault.range, operator)),
        ")" | "]" | "}" => brackets.extend(closing(text, &tokens, &fault.range)),
        _ => {}
    }
    brackets.extend(missing_end(text, &tokens));
    let next_fault = |repair: &Repair| next_fault(text, repair);
    words
        .into_iter()
        .find(|repair| next_fault(repair).is_none_or(|at| at > repair.range.start + repair.text.len()))
        .or_else(|| brackets.into_iter().find(|repair| next_fault(repair).is_none()))
}

/// Where the mended text is wrong still.
fn next_fault(text: &str, repair: &Repair) -> Option<usize> {
    let mended = format!(
        "{}{}{}",
        &text[..repair.range.start],
        repair.text,
        &text[repair.range.end..]
    );
    program::read(&mended).err().map(|left| left.range.start)
}

/// Another word in the place of one, with blanks where it would grow together with its neighbours.
fn respell(text: &str, range: Range<usize>, right: &str) -> Repair {
    let is_word =
        |character: Option<char>| character.is_some_and(|it| it == '$' || it == '_' || it.is_alphanumeric());
    let needs_blanks = right.starts_with(char::is_alphabetic);
    let before = needs_blanks && is_word(text[..range.start].chars().next_back());
    let after = needs_blanks && is_word(text[range.end..].chars().next());
    Repair {
        label: format!("Change to \"{right}\""),
        text: format!(
            "{}{right}{}",
            if before { " " } else { "" },
            if after { " " } else { "" }
        ),
        range,
    }
}

/// The text without a quote, a backquote or the end of a comment gets it, before the brackets at its end or behind them;
/// brackets that are open are closed at the end.
fn missing_end(text: &str, tokens: &Tokens) -> Vec<Repair> {
    let insert = |at: usize, what: String| Repair {
        label: format!("Insert {what}"),
        range: at..at,
        text: what,
    };
    let end = text.trim_end().len();
    if let Some(closer) = tokens.fault.as_ref().and_then(|fault| fault.closer) {
        let inside = text.trim_end_matches(|it: char| it.is_whitespace() || ")]}".contains(it));
        let start = tokens
            .fault
            .as_ref()
            .map_or(0, |fault| fault.range.start + closer.len());
        return vec![
            insert(inside.len().max(start).min(end.max(start)), closer.to_owned()),
            insert(end.max(start), closer.to_owned()),
        ];
    }
    let open = open_brackets(text, &tokens.all);
    let closers: String = open
        .iter()
        .rev()
        .filter_map(|token| closer(&text[token.range.clone()]))
        .collect();
    let end = tokens.all.last().map_or(end, |last| last.range.end);
    match closers.is_empty() {
        true => Vec::new(),
        false => vec![insert(end, closers)],
    }
}

/// A closing bracket that does not belong: the right one in its place, or none.
fn closing(text: &str, tokens: &Tokens, range: &Range<usize>) -> Vec<Repair> {
    let before = tokens
        .all
        .partition_point(|token| token.range.start < range.start);
    let open = open_brackets(text, &tokens.all[..before]);
    let right = open.last().and_then(|open| closer(&text[open.range.clone()]));
    let mut found: Vec<Repair> = right
        .filter(|right| *right != &text[range.clone()])
        .map(|right| respell(text, range.clone(), right))
        .into_iter()
        .collect();
    found.push(Repair {
        label: format!("Remove \"{}\"", &text[range.clone()]),
        range: range.clone(),
        text: String::new(),
    });
    found
}

/// `a ?? b` and `a ?: b` as JSONata 2.0.6 says them. Both bind weaker than all else but `:=`, so their operands reach to the
/// brackets and separators around them.
fn conditional(text: &str, tokens: &Tokens, range: &Range<usize>, operator: &str) -> Option<Repair> {
    let at = tokens.all.iter().position(|token| token.range == *range)?;
    let left = operand(
        text,
        tokens.all[..at].iter().rev(),
        ["(", "[", "{"],
        [")", "]", "}"],
    )?;
    let right = operand(
        text,
        tokens.all[at + 1..].iter(),
        [")", "]", "}"],
        ["(", "[", "{"],
    )?;
    let (value, other) = (&text[left.clone()], &text[right.clone()]);
    let test = match operator {
        "??" => format!("$exists({value})"),
        _ => value.to_owned(),
    };
    Some(Repair {
        label: "Write it with ? and :".to_owned(),
        range: left.start..right.end,
        text: format!("({test} ? {value} : {other})"),
    })
}

/// From the first of these tokens up to the bracket or separator around them. `ends` are brackets that end it, `begins` those
/// of what lies within.
fn operand<'t>(
    text: &str,
    tokens: impl Iterator<Item = &'t Token>,
    ends: [&str; 3],
    begins: [&str; 3],
) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let mut found: Option<Range<usize>> = None;
    for token in tokens {
        let symbol = match token.kind {
            Kind::Symbol => &text[token.range.clone()],
            _ => "",
        };
        if ends.contains(&symbol) {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => break,
            }
        } else if begins.contains(&symbol) {
            depth += 1;
        } else if depth == 0 && [",", ";", ":", "?", ":=", "??", "?:"].contains(&symbol) {
            break;
        }
        found = Some(match found {
            None => token.range.clone(),
            Some(found) => found.start.min(token.range.start)..found.end.max(token.range.end),
        });
    }
    found
}
