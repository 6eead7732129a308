//! Where a definition's text stands: a whole file, or a part of a template.
//!
//! | in the template | the document is | written back |
//! |---|---|---|
//! | `DefinitionUri: flow.asl.json` | that file | yes |
//! | `Definition:` with the definition below it | those lines, as they stand | yes |
//! | `DefinitionString: \|` or `!Sub \|` with JSON below it | those lines, as they stand | yes |
//! | `DefinitionString` in quotes, or put together by a function | the text it comes to | no |
//!
//! A part of a template keeps its indentation: YAML and JSON read the same with it, so a position in the document is
//! a position in the file less a constant.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use asl::text::{Format, Kind, Node, Style, Tree};

/// Names a document: `workflows/order.asl.json`, or `template.yaml#OrderMachine` for a part of a template.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId {
    /// The file, relative to the root.
    pub path: String,
    /// The state machine's logical id, where the definition stands inside the template.
    pub resource: Option<String>,
}

impl DocumentId {
    /// A whole file.
    #[must_use]
    pub fn file(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            resource: None,
        }
    }

    /// Reads what [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.rsplit_once('#') {
            Some((path, resource)) if !is_file(text) => Self {
                path: path.into(),
                resource: Some(resource.into()),
            },
            _ => Self::file(text),
        }
    }
}

/// A `#` in a file's own name is followed by its extension; a logical id has letters and digits only.
fn is_file(text: &str) -> bool {
    text.rsplit_once('#')
        .is_none_or(|(_, resource)| !resource.chars().all(char::is_alphanumeric))
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.resource {
            Some(resource) => write!(f, "{}#{resource}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

/// A document's text in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// JSON or YAML.
    pub format: Format,
    /// The document's text.
    pub text: Arc<str>,
    /// Its bytes in the file; none = it is put together from pieces and can only be read.
    pub range: Option<Range<usize>>,
}

/// The format that a file's name tells.
#[must_use]
pub fn format_of(path: &str) -> Format {
    if path.ends_with(".yaml") || path.ends_with(".yml") {
        Format::Yaml
    } else {
        Format::Json
    }
}

/// Finds a document in its file's text. None when the template no longer has it.
#[must_use]
pub fn locate(id: &DocumentId, file: &Arc<str>) -> Option<Located> {
    let format = format_of(&id.path);
    let Some(resource) = &id.resource else {
        return Some(Located {
            format,
            text: file.clone(),
            range: Some(0..file.len()),
        });
    };
    let tree = Tree::parse(file.clone(), format);
    let properties = tree.root()?.get("Resources")?.get(resource)?.get("Properties")?;
    match (properties.get("Definition"), properties.get("DefinitionString")) {
        (Some(node), _) => part(file, node, format),
        (None, Some(node)) => string(file, node),
        (None, None) => None,
    }
}

fn part(file: &Arc<str>, node: Node<'_>, format: Format) -> Option<Located> {
    if node.is_alias() || node.kind() != Kind::Object {
        return None;
    }
    let mut range = node.range();
    if node.style() == Style::Block {
        range = whole_lines(file, range);
    }
    Some(Located {
        format,
        text: file[range.clone()].into(),
        range: Some(range),
    })
}

fn string(file: &Arc<str>, node: Node<'_>) -> Option<Located> {
    let node = substituted(node);
    match (node.kind(), node.style()) {
        (Kind::String, Style::Literal) => {
            let header_end = file[node.range()]
                .find('\n')
                .map(|at| node.range().start + at + 1)?;
            let range = header_end..node.range().end;
            Some(Located {
                format: Format::Json,
                text: file[range.clone()].into(),
                range: Some(range),
            })
        }
        (Kind::String, _) => Some(Located {
            format: Format::Json,
            text: node.text().as_ref().into(),
            range: None,
        }),
        (Kind::Object | Kind::Array, _) => {
            let join = if node.tag() == Some("!Join") {
                node
            } else {
                node.get("Fn::Join")?
            };
            let text: String = join.items().nth(1)?.items().map(joined).collect();
            Some(Located {
                format: Format::Json,
                text: text.into(),
                range: None,
            })
        }
        _ => None,
    }
}

/// `Fn::Sub`'s text, in its long and its short form.
fn substituted(node: Node<'_>) -> Node<'_> {
    let inner = match node.get("Fn::Sub") {
        Some(inner) => inner,
        None if node.tag() == Some("!Sub") => node,
        None => return node,
    };
    if inner.kind() == Kind::Array {
        inner.items().next().unwrap_or(inner)
    } else {
        inner
    }
}

/// A piece of a joined text: itself, or a placeholder for what only the service knows.
fn joined(part: Node<'_>) -> String {
    if part.kind() == Kind::String && part.tag().is_none() {
        return part.text().into_owned();
    }
    let name = part
        .get("Ref")
        .or_else(|| part.get("Fn::GetAtt").and_then(|list| list.items().next()))
        .unwrap_or(part);
    format!("${{{}}}", name.text())
}

fn whole_lines(file: &str, range: Range<usize>) -> Range<usize> {
    let start = file[..range.start].rfind('\n').map_or(0, |at| at + 1);
    // Only indentation may be taken along: `Definition: {…}` stands behind its key.
    if file[start..range.start].trim().is_empty() {
        start..range.end
    } else {
        range
    }
}
