//! What is wrong with an expression's text, and where.
//!
//! The evaluator's parser says what is wrong, not where. It reads token after token and stops at the first that does not fit,
//! so the place is found by asking it again: the shortest beginning of the text, cut behind a token, that it refuses in the
//! same words ends with the token at fault. A beginning that is only too short is refused in other words.
//!
//! | refused because of | place |
//! |---|---|
//! | a token | the token |
//! | what is no token (`jsonata/lexer.rs`) | its bytes |
//! | the end of the text | the bracket that is still open; else the last token |
//! | a rule about whole paths | what it is about: `%`, `@`, a literal beside a dot |
//! | its length or depth | all of it |

use std::ops::Range;

use jsonata_core::ast::AstNode;
use jsonata_core::parser::{self, ParserError};

use super::lexer::{self, Kind, Token, Tokens};
use super::messages;
use super::repair::{self, Repair};

/// What is wrong with the text of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in the words of the reference implementation with its code: `S0207: Unexpected end of expression`.
    pub message: String,
    /// What is behind it or what to do, where more can be said: `"(" is not closed`.
    pub hint: Option<String>,
    /// The bytes at fault.
    pub range: Range<usize>,
    /// A change that mends it.
    pub repair: Option<Box<Repair>>,
}

/// The tree of a text as the parser reads it.
pub(super) fn tree(text: &str) -> Result<AstNode, Fault> {
    parser::parse(text).map_err(|error| locate(text, &error))
}

/// What the service's version of the language does not have, though the parser does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Newer {
    /// `$eval`
    Eval,
    /// `??`
    Coalesce,
    /// `?:`
    Default,
}

impl Newer {
    /// The fault of a text that has it.
    pub(super) fn fault(self, text: &str) -> Fault {
        let (word, message, hint) = match self {
            Newer::Eval => ("$eval", messages::EVAL, "$parse reads JSON"),
            Newer::Coalesce => (
                "??",
                messages::COALESCE,
                "?? is newer than JSONata 2.0.6; write $exists(a) ? a : b",
            ),
            Newer::Default => (
                "?:",
                messages::DEFAULT,
                "?: is newer than JSONata 2.0.6; write a ? a : b",
            ),
        };
        let tokens = lexer::tokens(text);
        let token = tokens.all.iter().find(|token| &text[token.range.clone()] == word);
        Fault {
            message: message.to_owned(),
            hint: Some(hint.to_owned()),
            range: token.map_or(0..text.len(), |token| token.range.clone()),
            repair: None,
        }
    }
}

impl Fault {
    /// A fault of the whole text.
    pub(super) fn whole(text: &str, message: String) -> Fault {
        Fault {
            message,
            hint: None,
            range: 0..text.len(),
            repair: None,
        }
    }

    /// With a change that mends it, if there is one.
    pub(super) fn with_repair(mut self, text: &str) -> Fault {
        self.repair = repair::find(text, &self).map(Box::new);
        self
    }
}

fn locate(text: &str, error: &ParserError) -> Fault {
    let tokens = lexer::tokens(text);
    let said = messages::syntax(&error.to_string());
    let code = said.get(..5).unwrap_or_default();
    if matches!(code, "S0203" | "S0207") {
        return at_end(text, &tokens, error, said);
    }
    let first = match code {
        "S0213" | "S0215" | "S0216" | "S0217" => about_path(text, &tokens, code),
        "U1002" => None,
        _ => first_refused(text, &tokens, &error.to_string()),
    };
    match (first, &tokens.fault) {
        (Some(index), _) => at_token(text, &tokens, index, error, said),
        (None, Some(fault)) if code != "U1002" => Fault {
            message: match (code, fault.closer) {
                (_, Some("/")) => messages::UNCLOSED_REGEX.to_owned(),
                ("S0204", _) => format!(
                    "S0204: Unknown operator: {}",
                    messages::token(&text[fault.range.clone()])
                ),
                _ => said,
            },
            hint: match (&text[fault.range.clone()], fault.closer) {
                ("!", _) => Some("JSONata negates with $not(…)".to_owned()),
                _ => None,
            },
            range: fault.range.clone(),
            repair: None,
        },
        (None, _) => Fault::whole(text, said),
    }
}

/// The last token of the shortest beginning that is refused in these words. Once the parser has met what it refuses, more
/// text changes nothing, so half of the rest can be left out at each turn.
fn first_refused(text: &str, tokens: &Tokens, said: &str) -> Option<usize> {
    let refused = |count: usize| {
        let end = tokens.all[count - 1].range.end;
        parser::parse(&text[..end]).is_err_and(|error| error.to_string() == said)
    };
    let (mut sound, mut bad) = (0, tokens.all.len());
    if bad == 0 || !refused(bad) {
        return None;
    }
    while bad - sound > 1 {
        let middle = sound + (bad - sound) / 2;
        match refused(middle) {
            true => bad = middle,
            false => sound = middle,
        }
    }
    Some(bad - 1)
}

/// These rules are looked at when the whole text is read, so that the shortest beginning says nothing.
fn about_path(text: &str, tokens: &Tokens, code: &str) -> Option<usize> {
    let is = |index: usize, what: &str| {
        let token = tokens.all.get(index);
        token.is_some_and(|token| &text[token.range.clone()] == what)
    };
    let literal = |index: usize| {
        tokens.all[index].kind == Kind::Number || ["true", "false", "null"].iter().any(|word| is(index, word))
    };
    let mut all = 0..tokens.all.len();
    all.find(|index| match code {
        "S0213" => literal(*index) && (is(index + 1, ".") || (*index > 0 && is(index - 1, "."))),
        "S0217" => is(*index, "%"),
        _ => is(*index, "@"),
    })
}

fn at_token(text: &str, tokens: &Tokens, index: usize, error: &ParserError, said: String) -> Fault {
    let code = said.get(..5).unwrap_or_default();
    // These are said of what follows, whether something follows or not.
    let index = match code {
        "S0208" | "S0214" if index + 1 < tokens.all.len() => index + 1,
        _ => index,
    };
    let token = &tokens.all[index].range;
    let (range, hint) = match repair::foreign_operator(text, token.start) {
        Some((range, _, hint)) => (range, Some(hint.to_owned())),
        None => (token.clone(), None),
    };
    let start = match code {
        // What is called stands in front of these brackets.
        "T1006" | "T1008" => opening(text, &tokens.all, index).map_or(range.start, |open| open.start),
        _ => range.start,
    };
    let written = messages::token(&text[token.clone()]);
    let message = match (error, code) {
        (ParserError::Expected { expected, .. }, "S0202") => {
            format!("S0202: Expected {}, got {written}", messages::symbol(expected))
        }
        (_, "S0201") => format!("S0201: Syntax error: {written}"),
        (_, "S0211") => format!("S0211: The symbol {written} cannot be used as a unary operator"),
        _ => said,
    };
    Fault {
        message,
        hint,
        range: start..range.end,
        repair: None,
    }
}

fn at_end(text: &str, tokens: &Tokens, error: &ParserError, said: String) -> Fault {
    let open = open_brackets(text, &tokens.all).pop();
    let place = open.or(tokens.all.last());
    Fault {
        message: match error {
            ParserError::Expected { expected, .. } => {
                format!(
                    "S0203: Expected {} before end of expression",
                    messages::symbol(expected)
                )
            }
            _ => said,
        },
        hint: open.map(|open| format!("\"{}\" is not closed", &text[open.range.clone()])),
        range: place.map_or(0..text.len(), |place| place.range.clone()),
        repair: None,
    }
}

/// The brackets that are not closed, from the outermost.
pub(super) fn open_brackets<'t>(text: &str, tokens: &'t [Token]) -> Vec<&'t Token> {
    let mut open: Vec<&Token> = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == Kind::Symbol) {
        let symbol = &text[token.range.clone()];
        if repair::closer(symbol).is_some() {
            open.push(token);
        } else if open
            .last()
            .is_some_and(|last| repair::closer(&text[last.range.clone()]) == Some(symbol))
        {
            open.pop();
        }
    }
    open
}

/// The bracket that the one at `index` closes.
fn opening<'t>(text: &str, tokens: &'t [Token], index: usize) -> Option<&'t Range<usize>> {
    let closing = tokens.get(index)?;
    let symbol = &text[closing.range.clone()];
    let open = open_brackets(text, &tokens[..index]).pop()?;
    (repair::closer(&text[open.range.clone()]) == Some(symbol)).then_some(&open.range)
}
