//! How a text is laid out, as far as new text must follow.

use crate::text::{Format, Kind, Node, Tree};

/// The habits of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// One step of indentation.
    pub(super) unit: String,
    /// The line break.
    pub(super) newline: &'static str,
    /// What stands between a key and its value in JSON: `: ` mostly.
    pub(super) colon: String,
    /// Whether YAML's dashes are indented under their key.
    pub(super) indented_dashes: bool,
}

impl Layout {
    pub(super) fn of(tree: &Tree) -> Layout {
        let newline = if tree.text().contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let mut layout = Layout {
            unit: "  ".to_owned(),
            newline,
            colon: ": ".to_owned(),
            indented_dashes: true,
        };
        let Some(root) = tree.root() else { return layout };
        if let Some(unit) = unit(tree, root) {
            layout.unit = unit;
        }
        if let Some(colon) = colon(tree, root).filter(|_| tree.format() == Format::Json) {
            layout.colon = colon;
        }
        layout.indented_dashes = dashes(tree).unwrap_or(true);
        layout
    }
}

/// The blanks with which the line of `at` starts.
pub(super) fn line_indent(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let blanks = text[start..]
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    &text[start..(start + blanks).min(at.max(start))]
}

/// How far `at` is from the start of its line, in bytes.
pub(super) fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |line| line + 1)
}

/// Whether only blanks stand before `at` in its line.
pub(super) fn starts_line(text: &str, at: usize) -> bool {
    line_indent(text, at).len() == column(text, at)
}

/// Where the line of `at` ends, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..]
        .find(['\n', '\r'])
        .map_or(text.len(), |length| at + length)
}

/// One step of indentation, from the first place where a line is indented under another.
fn unit(tree: &Tree, root: Node<'_>) -> Option<String> {
    let text = tree.text();
    if tree.format() == Format::Json {
        let first = root.children().next()?.full_range().start;
        let indent = line_indent(text, first);
        return (starts_line(text, first) && !indent.is_empty()).then(|| indent.to_owned());
    }
    for member in root.members() {
        let Some(value) = member.value.filter(|value| value.kind() == Kind::Object) else {
            continue;
        };
        let Some(inner) = value.children().next().map(|child| child.full_range().start) else {
            continue;
        };
        let (outer, inner) = (column(text, member.key.full_range().start), column(text, inner));
        if value.style() == crate::text::Style::Block && inner > outer {
            return Some(" ".repeat(inner - outer));
        }
    }
    None
}

fn colon(tree: &Tree, root: Node<'_>) -> Option<String> {
    let member = root.members().next()?;
    let between = &tree.text()[member.key.range().end..member.value?.range().start];
    (!between.contains(['\n', '\r'])).then(|| between.to_owned())
}

/// Whether dashes stand further in than the key above them, from the first list.
fn dashes(tree: &Tree) -> Option<bool> {
    let list = (0..tree.len() as u32)
        .map(|id| tree.node(crate::text::NodeId(id)))
        .find(|node| {
            let under_key = node.parent().is_some_and(|parent| parent.kind() == Kind::Member);
            node.kind() == Kind::Array && node.style() == crate::text::Style::Block && under_key
        })?;
    let key = list.parent()?.full_range().start;
    Some(column(tree.text(), list.range().start) > column(tree.text(), key))
}
