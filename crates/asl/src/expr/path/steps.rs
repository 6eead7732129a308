//! The steps that a path is made of, and how the service spells them in its messages.

use std::fmt;

use super::filter::Filter;
use crate::value::Text;

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// `.name`, `['name']`
    Property(Text),
    /// `['a','b']`
    Properties(Box<[Text]>),
    /// `[0]`, `[-1]`
    Index(i64),
    /// `[0,2]`
    Indices(Box<[i64]>),
    /// `[1:3]`, `[:2]`, `[-2:]`
    Slice(Option<i64>, Option<i64>),
    /// `.*`, `[*]`
    Wildcard,
    /// `[?(…)]`
    Filter(Box<Filter>),
    /// `..`: the next step is taken from every container below.
    Scan,
    /// `.length()` and its like: the service reads them, and they lead nowhere.
    Function(Text),
}

/// All steps of a path after its root.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Steps {
    pub(super) list: Box<[Step]>,
    /// Whether the path names one value.
    pub(super) definite: bool,
    /// Whether there are but names and single indices: the common case, walked without a list.
    pub(super) plain: bool,
}

impl Steps {
    pub(super) fn new(list: Vec<Step>) -> Steps {
        let last = list.len().saturating_sub(1);
        let definite = list.iter().enumerate().all(|(at, step)| match step {
            Step::Property(_) | Step::Index(_) | Step::Function(_) => true,
            Step::Properties(_) => at == last, // merged into one object
            _ => false,
        });
        let plain = list
            .iter()
            .all(|step| matches!(step, Step::Property(_) | Step::Index(_)));
        Steps {
            list: list.into(),
            definite,
            plain,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Property(name) => write!(f, "['{name}']"),
            Step::Properties(names) => {
                let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
                write!(f, "[{}]", quoted.join(","))
            }
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Indices(indices) => {
                let texts: Vec<String> = indices.iter().map(i64::to_string).collect();
                write!(f, "[{}]", texts.join(","))
            }
            Step::Slice(from, to) => {
                let text = |end: &Option<i64>| end.map(|end| end.to_string()).unwrap_or_default();
                write!(f, "[{}:{}]", text(from), text(to))
            }
            Step::Wildcard => f.write_str("[*]"),
            Step::Filter(_) => f.write_str("[?]"),
            Step::Scan => f.write_str(".."),
            Step::Function(name) => write!(f, ".{name}()"),
        }
    }
}

/// Steps as a path's tail: `['a'][0]`.
pub(super) struct Fragment<'s>(pub(super) &'s [Step]);

impl fmt::Display for Fragment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| step.fmt(f))
    }
}
