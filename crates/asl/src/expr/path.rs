//! JSONPath in the dialect of Jayway JsonPath, which Step Functions follows.
//!
//! | file | does |
//! |---|---|
//! | `path/parse.rs`, `path/filter_parse.rs` | text → steps, filters |
//! | `path/walk.rs`, `path/filter.rs` | steps over a document |
//!
//! Where the service differs from Jayway it is followed: a path begins with `$`; `$$` is the context object and `$name`
//! a variable; functions such as `.length()` lead nowhere; and in payload templates an indefinite path under a missing
//! parent gives `[]`.

pub(crate) mod cursor;
mod filter;
mod filter_parse;
mod parse;
mod steps;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;
use std::fmt;

use self::cursor::Cursor;
pub(crate) use self::steps::Step;
use self::steps::Steps;
use self::walk::{Miss, walk};
use super::limits::{Budget, check_size};
use super::{EvalError, Host, SyntaxError};
use crate::value::{Text, Value};

/// A path: `$.a`, `$$.Execution.Id`, `$name.b`.
#[derive(Clone, PartialEq)]
pub struct Path {
    text: Text,
    root: Root,
    steps: Steps,
}

/// What a path starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// `$`: the input.
    Input,
    /// `$$`: the context object.
    Context,
    /// `$name`: a variable.
    Variable(Text),
}

impl Path {
    /// Reads a path. It begins with `$`, `$$` or `$name`.
    pub fn parse(text: &str) -> Result<Path, SyntaxError> {
        // Jayway trims a path, but the service wants `$` first.
        let mut cursor = Cursor::new(text.trim_end());
        if !cursor.take(b'$') {
            return Err(cursor
                .fault("a path begins with $ (the input), $$ (the context object) or $name (a variable)"));
        }
        let root = if cursor.take(b'$') {
            Root::Context
        } else {
            match variable_name(&mut cursor) {
                "" => Root::Input,
                name => Root::Variable(name.into()),
            }
        };
        let steps = parse::steps(&mut cursor, 0)?;
        Ok(Path {
            text: text.into(),
            root,
            steps,
        })
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it starts from.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// The variable that it starts from, if it starts from one.
    pub fn variable(&self) -> Option<&Text> {
        match &self.root {
            Root::Variable(name) => Some(name),
            Root::Input | Root::Context => None,
        }
    }

    /// The names in the text of the simplest paths, `$` and `$.order.id`; none for any other text. Such a path needs no
    /// parsing to be known as right.
    pub fn simple_names(text: &str) -> Option<impl Iterator<Item = &str> + Clone> {
        let rest = text.strip_prefix('$')?;
        let is_simple = rest.is_empty()
            || rest.strip_prefix('.').is_some_and(|names| {
                let is_name = |name: &str| {
                    let mut bytes = name.bytes();
                    !name.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                };
                names.split('.').all(is_name)
            });
        is_simple.then(|| rest.split('.').skip(1))
    }

    /// Its steps, if there are but names and single items: the name, or none for an item.
    pub fn plain_steps(&self) -> Option<impl Iterator<Item = Option<&Text>>> {
        self.steps.plain.then(|| {
            self.steps().iter().map(|step| match step {
                Step::Property(name) => Some(name),
                _ => None,
            })
        })
    }

    /// Whether it names one value; else its result is a list.
    pub fn is_definite(&self) -> bool {
        self.steps.definite
    }

    /// The name of a function such as `length` that it calls. The service finds nothing there.
    pub fn function(&self) -> Option<&str> {
        self.steps().iter().find_map(|step| {
            if let Step::Function(name) = step {
                Some(&**name)
            } else {
                None
            }
        })
    }

    /// The value, for `InputPath`, `OutputPath`, `ItemsPath`, `SecondsPath` and their like.
    ///
    /// Error where there is none: `States.Runtime`, `Invalid path '$.x' : No results for path: $['x']`.
    pub fn evaluate(&self, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        self.look(input, host, &Budget::new(), |found| match found {
            Ok(value) => self.checked(value.into_owned()),
            Err(Miss::Exhausted(limit)) => Err(limit.of(&self.text)),
            Err(miss) => Err(EvalError {
                error: "States.Runtime",
                cause: format!(
                    "Invalid path '{}' : {}",
                    self.text,
                    miss.text(self.root_text(), &self.steps)
                ),
                location: None,
            }),
        })
    }

    /// The value, for a field of a payload template and for `ErrorPath` and `CausePath`. An indefinite path under a
    /// missing parent gives `[]` here.
    ///
    /// Error where there is none: `States.Runtime`,
    /// `The JSONPath '$.x' specified for the field 'value.$' could not be found in the input '…'`.
    pub fn evaluate_for(&self, field: &str, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        self.evaluate_within(field, input, host, &Budget::new())
    }

    /// As [`evaluate_for`](Self::evaluate_for), out of a budget that a whole template shares.
    pub(super) fn evaluate_within(
        &self,
        field: &str,
        input: &Value,
        host: &dyn Host,
        budget: &Budget,
    ) -> Result<Value, EvalError> {
        self.look(input, host, budget, |found| match found {
            Ok(value) => self.checked(value.into_owned()),
            Err(Miss::Exhausted(limit)) => Err(limit.of(&self.text)),
            Err(Miss::MissingProperty(_)) if !self.is_definite() => Ok(Value::Array(Default::default())),
            Err(_) => Err(EvalError {
                error: "States.Runtime",
                cause: format!(
                    "The JSONPath '{}' specified for the field '{field}' could not be found in the input '{input}'",
                    self.text
                ),
                location: None,
            }),
        })
    }

    /// The value, or `None` where the path leads nowhere. An error says only that a limit was reached.
    pub fn find(&self, input: &Value, host: &dyn Host) -> Result<Option<Value>, EvalError> {
        self.look(input, host, &Budget::new(), |found| match found {
            Ok(value) => self.checked(value.into_owned()).map(Some),
            Err(Miss::Exhausted(limit)) => Err(limit.of(&self.text)),
            Err(_) => Ok(None),
        })
    }

    /// Shows the value where it lies, without cloning it; `None` where the path leads nowhere.
    pub(super) fn with<R>(
        &self,
        input: &Value,
        host: &dyn Host,
        budget: &Budget,
        see: impl FnOnce(Option<&Value>) -> R,
    ) -> Result<R, EvalError> {
        self.look(input, host, budget, |found| match found {
            Ok(value) => Ok(see(Some(&value))),
            Err(Miss::Exhausted(limit)) => Err(limit.of(&self.text)),
            Err(_) => Ok(see(None)),
        })
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps.list
    }

    fn look<R>(
        &self,
        input: &Value,
        host: &dyn Host,
        budget: &Budget,
        see: impl FnOnce(Result<Cow<'_, Value>, Miss>) -> R,
    ) -> R {
        let held;
        let document = match &self.root {
            Root::Input => input,
            Root::Context => {
                held = host.context();
                &held
            }
            Root::Variable(name) => match host.variable(name) {
                Some(value) => {
                    held = value;
                    &held
                }
                None => return see(Err(Miss::NoResults)),
            },
        };
        see(walk(&self.steps, document, document, budget))
    }

    /// A definite path yields a part of what there was; a list may be longer than anything there was.
    fn checked(&self, value: Value) -> Result<Value, EvalError> {
        if !self.is_definite() {
            check_size(&value).map_err(|limit| limit.of(&self.text))?;
        }
        Ok(value)
    }

    fn root_text(&self) -> &str {
        let name = match &self.root {
            Root::Input => 0,
            Root::Context => 1,
            Root::Variable(name) => name.len(),
        };
        self.text.get(..name + 1).unwrap_or("$")
    }
}

/// A variable's name: a letter or `_` first, then digits too.
fn variable_name<'t>(cursor: &mut Cursor<'t>) -> &'t str {
    let rest = cursor.slice(cursor.at, cursor.end);
    let is_part = |character: char| character == '_' || character.is_alphanumeric();
    let length = match rest.chars().next() {
        Some(first) if is_part(first) && !first.is_numeric() => {
            rest.find(|part| !is_part(part)).unwrap_or(rest.len())
        }
        _ => 0,
    };
    cursor.at += length;
    &rest[..length]
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({})", self.text)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
