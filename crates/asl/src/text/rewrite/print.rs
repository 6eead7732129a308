//! Values as new text. What is given is a node of a sound JSON tree, so that its scalars keep their spelling.

use super::layout::Layout;
use crate::text::yaml::plain_is_text;
use crate::text::{Format, Kind, Node, Style};

/// Prints values in the way of a text.
pub(super) struct Printer<'l> {
    pub(super) layout: &'l Layout,
    pub(super) format: Format,
}

impl Printer<'_> {
    /// JSON over several lines; `indent` is the indentation of the line it starts in.
    pub(super) fn json_lines(&self, value: Node<'_>, indent: &str) -> String {
        if is_short_list(value) {
            return json_inline(value);
        }
        let inner = format!("{indent}{}", self.layout.unit);
        let newline = self.layout.newline;
        let entries: Vec<String> = match value.kind() {
            Kind::Object => value
                .members()
                .map(|member| self.json_member(&member.name, member.value, &inner))
                .collect(),
            Kind::Array => value.items().map(|item| self.json_lines(item, &inner)).collect(),
            _ => return json_inline(value),
        };
        let (open, close) = if value.kind() == Kind::Object {
            ('{', '}')
        } else {
            ('[', ']')
        };
        if entries.is_empty() {
            return format!("{open}{close}");
        }
        let body = entries.join(&format!(",{newline}{inner}"));
        format!("{open}{newline}{inner}{body}{newline}{indent}{close}")
    }

    /// A member as JSON over several lines.
    pub(super) fn json_member(&self, name: &str, value: Option<Node<'_>>, indent: &str) -> String {
        let value = value.map_or("null".to_owned(), |value| self.json_lines(value, indent));
        format!("{}{}{value}", quoted(name), self.layout.colon)
    }

    /// What stands behind a colon in YAML's block style, with the blank or line break before it. `column` is
    /// the key's.
    pub(super) fn after_colon(&self, value: Node<'_>, column: usize) -> String {
        if self.format == Format::Json {
            return format!(" {}", json_inline(value));
        }
        let indent = match value.kind() {
            Kind::Array if !self.layout.indented_dashes => " ".repeat(column),
            _ => format!("{}{}", " ".repeat(column), self.layout.unit),
        };
        if is_full_container(value) {
            format!(
                "{}{indent}{}",
                self.layout.newline,
                self.yaml_lines(value, &indent)
            )
        } else {
            format!(" {}", self.yaml_leaf(value, &indent))
        }
    }

    /// What stands behind a dash, with the blank before it. `column` is where the dash ends.
    pub(super) fn after_dash(&self, value: Node<'_>, column: usize) -> String {
        let indent = " ".repeat(column + 1);
        format!(" {}", self.yaml_lines(value, &indent))
    }

    /// A value in block style; `indent` is that of its lines, and its first line's stands already.
    pub(super) fn yaml_lines(&self, value: Node<'_>, indent: &str) -> String {
        if !is_full_container(value) {
            return self.yaml_leaf(value, indent);
        }
        let lines: Vec<String> = match value.kind() {
            Kind::Object => value
                .members()
                .map(|member| self.yaml_member(&member.name, member.value, indent.len()))
                .collect(),
            _ => value
                .items()
                .map(|item| format!("-{}", self.after_dash(item, indent.len() + 1)))
                .collect(),
        };
        lines.join(&format!("{}{indent}", self.layout.newline))
    }

    /// A member in block style, whose key stands at `column`.
    pub(super) fn yaml_member(&self, name: &str, value: Option<Node<'_>>, column: usize) -> String {
        let value = value.map_or(" null".to_owned(), |value| self.after_colon(value, column));
        format!("{}:{value}", yaml_key(name, Style::Plain, false))
    }

    fn yaml_leaf(&self, value: Node<'_>, indent: &str) -> String {
        match value.kind() {
            Kind::Object => "{}".to_owned(),
            Kind::Array => "[]".to_owned(),
            _ => {
                let lines = block_scalar(&value.text(), indent, self.layout.newline);
                lines
                    .filter(|_| value.kind() == Kind::String)
                    .unwrap_or_else(|| yaml_scalar(value, Style::Plain, indent))
            }
        }
    }
}

/// A list of a few scalars, which stays on its line: `["States.ALL"]`.
fn is_short_list(value: Node<'_>) -> bool {
    let is_scalar = |item: Node<'_>| !matches!(item.kind(), Kind::Object | Kind::Array);
    value.kind() == Kind::Array && value.items().all(is_scalar) && value.source().len() <= 60
}

fn is_full_container(value: Node<'_>) -> bool {
    matches!(value.kind(), Kind::Object | Kind::Array) && value.children().next().is_some()
}

/// Text over several lines as a `|` block, if it can be one.
fn block_scalar(text: &str, indent: &str, newline: &str) -> Option<String> {
    let inside = text.strip_suffix('\n').unwrap_or(text);
    if inside.split('\n').any(|line| line.ends_with([' ', '\t'])) {
        return None;
    }
    let is_lines = inside.contains('\n') && !inside.ends_with('\n') && !inside.starts_with([' ', '\n', '\t']);
    if !is_lines
        || indent.is_empty()
        || text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t' || c == '\u{feff}')
    {
        return None;
    }
    let chomp = if text.ends_with('\n') { "" } else { "-" };
    let lines: Vec<String> = inside
        .split('\n')
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("{indent}{line}")
            }
        })
        .collect();
    Some(format!("|{chomp}{newline}{}", lines.join(newline)))
}

/// Text as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// A value as JSON on one line, as people write it.
pub(super) fn json_inline(value: Node<'_>) -> String {
    match value.kind() {
        Kind::Object => bracketed(value, '{', '}', |member| {
            let member = member.as_member();
            let name = member
                .as_ref()
                .map(|member| quoted(&member.name))
                .unwrap_or_default();
            let value = member
                .and_then(|member| member.value)
                .map_or("null".to_owned(), json_inline);
            format!("{name}: {value}")
        }),
        Kind::Array => bracketed(value, '[', ']', json_inline),
        _ => value.source().to_owned(),
    }
}

fn bracketed(value: Node<'_>, open: char, close: char, each: impl Fn(Node<'_>) -> String) -> String {
    let inside: Vec<String> = value.children().map(each).collect();
    format!("{open}{}{close}", inside.join(", "))
}

/// A value in YAML's flow style, on one line.
pub(super) fn yaml_flow(value: Node<'_>, style: Style) -> String {
    match value.kind() {
        Kind::Object => bracketed(value, '{', '}', |member| {
            let member = member.as_member();
            let name = member
                .as_ref()
                .map(|member| yaml_key(&member.name, Style::Plain, true))
                .unwrap_or_default();
            let value = member.and_then(|member| member.value);
            format!(
                "{name}: {}",
                value.map_or("null".to_owned(), |value| yaml_flow(value, Style::Plain))
            )
        }),
        Kind::Array => bracketed(value, '[', ']', |item| yaml_flow(item, Style::Plain)),
        Kind::String => yaml_text(&value.text(), style, true),
        _ => value.source().to_owned(),
    }
}

/// A scalar in block context, in the old one's style if it can be; `indent` is of no use to one line.
pub(super) fn yaml_scalar(value: Node<'_>, style: Style, _indent: &str) -> String {
    match value.kind() {
        Kind::String => yaml_text(&value.text(), style, false),
        _ => value.source().to_owned(),
    }
}

/// A key, in the old one's style if it can be.
pub(super) fn yaml_key(name: &str, style: Style, in_flow: bool) -> String {
    yaml_text(name, style, in_flow)
}

/// Text on one line: plain where that reads back as the same text everywhere, else in single quotes, else in
/// double ones.
fn yaml_text(text: &str, style: Style, in_flow: bool) -> String {
    let needs_escapes = text
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{85}'));
    match style {
        _ if needs_escapes => quoted(text),
        Style::DoubleQuoted => quoted(text),
        Style::SingleQuoted => format!("'{}'", text.replace('\'', "''")),
        _ if is_plain(text, in_flow) => text.to_owned(),
        _ => format!("'{}'", text.replace('\'', "''")),
    }
}

/// Whether a text may stand bare, by the rules of YAML 1.2 and those of 1.1, which CloudFormation's tools follow.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let words = ["yes", "no", "on", "off", "y", "n", "=", "<<"];
    let number_like = |c: char| c.is_ascii_digit() || ".+-_:eExXoTtZz ".contains(c);
    let looks_like_number =
        (first.is_ascii_digit() || ".+-".contains(first)) && text.chars().all(number_like);
    let has_meaning = "-?:,[]{}#&*!|>'\"%@`".contains(first)
        || text.starts_with("...")
        || text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || in_flow && text.contains([',', '[', ']', '{', '}']);
    let is_word = words.contains(&text.to_ascii_lowercase().as_str());
    plain_is_text(text) && text.trim() == text && !looks_like_number && !has_meaning && !is_word
}
