//! The smallest text change for a change of the tree: what is not meant to change keeps every byte.
//!
//! | file | what it is for |
//! |---|---|
//! | `children.rs` | members and items: put in, taken out, with their commas, lines and comments |
//! | `layout.rs` | how a text is laid out: indentation, line breaks, spaces |
//! | `print.rs` | values as new text, in JSON, YAML's flow style and YAML's block style |

mod children;
mod layout;
mod print;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::layout::Layout;
use super::change::ChangeError;
use super::{Changes, Format, Kind, Node, NodeId, Style, TextChange, Tree};

pub use self::children::Slot;

/// Changes of a tree, gathered as changes of its text. All of them are measured on the tree as it is: what one
/// puts in, another cannot touch.
pub struct Rewrite<'t> {
    tree: &'t Tree,
    layout: Layout,
    list: Vec<TextChange>,
}

impl<'t> Rewrite<'t> {
    /// Nothing changed yet.
    pub fn new(tree: &'t Tree) -> Rewrite<'t> {
        Rewrite {
            tree,
            layout: Layout::of(tree),
            list: Vec::new(),
        }
    }

    /// The changes in order. An error says that two of them met.
    pub fn finish(mut self) -> Result<Changes, ChangeError> {
        self.list
            .sort_by_key(|change| (change.range.start, change.range.end));
        let mut merged: Vec<TextChange> = Vec::with_capacity(self.list.len());
        for change in self.list {
            match merged.last_mut() {
                // Two deletions that meet are one.
                Some(last)
                    if change.range.start < last.range.end
                        && last.insert.is_empty()
                        && change.insert.is_empty() =>
                {
                    last.range.end = last.range.end.max(change.range.end);
                }
                _ => merged.push(change),
            }
        }
        Changes::new(merged)
    }

    fn change(&mut self, range: Range<usize>, insert: impl Into<String>) {
        let insert = insert.into();
        if self.tree.text()[range.clone()] != *insert {
            self.list.push(TextChange { range, insert });
        }
    }

    /// Gives a key another name.
    pub fn rename_key(&mut self, key: Node<'t>, name: &str) {
        let text = match self.tree.format() {
            Format::Json => print::quoted(name),
            Format::Yaml => print::yaml_key(name, key.style(), is_in_flow(key)),
        };
        self.change(key.full_range(), text);
    }

    /// Makes a node say what `value`, a node of any sound JSON tree, says. Where both are objects, or both are
    /// arrays, only what differs inside them is touched.
    pub fn replace(&mut self, node: Node<'t>, value: Node<'_>) {
        let old = node.to_value();
        if old.is_some() && old == value.to_value() {
            return;
        }
        let is_plain = !node.is_alias() && node.tag().is_none();
        match (node.kind(), value.kind()) {
            (Kind::Object, Kind::Object) if is_plain && have_common_names(node, value) => {
                self.replace_members(node, value);
            }
            (Kind::Array, Kind::Array)
                if is_plain && node.items().next().is_some() && value.items().next().is_some() =>
            {
                self.replace_items(node, value);
            }
            _ => self.put(node, value),
        }
    }

    /// Sets a member of an object: replaces its value, or adds it at the end.
    pub fn set_member(&mut self, object: Node<'t>, name: &str, value: Node<'_>) {
        let member = object.members().filter(|member| member.name == name).last();
        match member {
            Some(member) => match member.value {
                Some(old) => self.replace(old, value),
                None => self.complete(&member, value),
            },
            None => self.insert_member(object, Slot::Last, name, value),
        }
    }

    /// Gives a value to a member that has none.
    fn complete(&mut self, member: &super::Member<'t>, value: Node<'_>) {
        let end = self.tree.node(member.id).range().end;
        let has_colon = self.tree.text()[member.key.range().end..end].contains(':');
        let colon = if has_colon { "" } else { ":" };
        let text = self.printer().after_colon(value, self.slot_of_value(member.key));
        self.change(end..end, format!("{colon}{text}"));
    }

    /// Puts the items of an array into another order, each with its own text: `order[at]` says which one goes to `at`.
    pub fn reorder(&mut self, array: Node<'t>, order: &[usize]) {
        let items: Vec<Node<'t>> = array.items().collect();
        for (place, which) in items.iter().zip(order) {
            if let Some(item) = items.get(*which) {
                let text = &self.tree.text()[item.full_range()];
                self.change(place.full_range(), text);
            }
        }
    }

    fn replace_members(&mut self, object: Node<'t>, value: Node<'_>) {
        let stays = |name: &str| value.get(name).is_some();
        let gone: Vec<NodeId> = object
            .members()
            .filter(|member| !stays(&member.name))
            .map(|member| member.id)
            .collect();
        let mut previous: Option<NodeId> = None;
        let mut first_kept = object
            .members()
            .find(|member| stays(&member.name))
            .map(|member| member.id);
        for new in value.members() {
            let Some(new_value) = new.value else { continue };
            match object.members().filter(|member| member.name == new.name).last() {
                Some(member) => {
                    self.set_member(object, &new.name, new_value);
                    previous = Some(member.id);
                    first_kept = None;
                }
                None => {
                    let slot = match (previous, first_kept) {
                        (Some(previous), _) => Slot::After(previous),
                        (None, Some(first)) => Slot::Before(first),
                        (None, None) => Slot::Last,
                    };
                    self.insert_member(object, slot, &new.name, new_value);
                }
            }
        }
        self.remove(object, &gone);
    }

    fn replace_items(&mut self, array: Node<'t>, value: Node<'_>) {
        let old: Vec<Node<'t>> = array.items().collect();
        let new: Vec<Node<'_>> = value.items().collect();
        // What is equal at the end stays; so an item taken out of the middle is just that.
        let same = |a: &Node<'_>, b: &Node<'_>| a.to_value().is_some() && a.to_value() == b.to_value();
        let common = old.len().min(new.len());
        let head = (0..common).take_while(|&at| same(&old[at], &new[at])).count();
        let tail = (0..common - head)
            .take_while(|&at| same(&old[old.len() - 1 - at], &new[new.len() - 1 - at]))
            .count();
        let (old_end, new_end) = (old.len() - tail, new.len() - tail);
        let paired = old_end.min(new_end);
        for at in head..paired {
            self.replace(old[at], new[at]);
        }
        let gone: Vec<NodeId> = old[paired..old_end].iter().map(|node| node.id()).collect();
        self.remove(array, &gone);
        for item in &new[paired..new_end] {
            let slot = match paired.checked_sub(1) {
                Some(before) => Slot::After(old[before].id()),
                None => Slot::First,
            };
            self.insert_item(array, slot, *item);
        }
    }

    /// Writes a value anew.
    fn put(&mut self, node: Node<'t>, value: Node<'_>) {
        let is_yaml = self.tree.format() == Format::Yaml;
        let keeps_tag = node.tag().is_some_and(|tag| tag.starts_with('!'))
            && node.kind() == Kind::String
            && value.kind() == Kind::String;
        let range = if keeps_tag {
            node.range()
        } else {
            node.full_range()
        };
        if !is_yaml || is_in_flow(node) {
            let multi = self.is_multi_line(node, value);
            let indent = layout::line_indent(self.tree.text(), range.start).to_owned();
            let text = match is_yaml {
                true => print::yaml_flow(value, node.style()),
                false if multi => self.printer().json_lines(value, &indent),
                false => print::json_inline(value),
            };
            return self.change(range, text);
        }
        let start = if keeps_tag {
            range.start
        } else {
            self.mark_end(node).unwrap_or(range.start)
        };
        let text = match node.parent().map(Node::kind) {
            _ if keeps_tag => format!(" {}", print::yaml_scalar(value, node.style(), ""))
                .trim_start()
                .to_owned(),
            Some(Kind::Member) => self.printer().after_colon(value, self.slot_of_value(node)),
            Some(Kind::Array) => self
                .printer()
                .after_dash(value, layout::column(self.tree.text(), start)),
            _ => self.printer().yaml_lines(value, ""),
        };
        // A scalar's neighbourhood, spaces and all, stays.
        match self.scalar_for_scalar(node, value) {
            Some(text) => self.change(range, text),
            None => self.change(start..range.end, text),
        }
    }

    fn scalar_for_scalar(&self, node: Node<'t>, value: Node<'_>) -> Option<String> {
        let is_scalar = |node: Node<'_>| !matches!(node.kind(), Kind::Object | Kind::Array);
        let is_block = |style| matches!(style, Style::Literal | Style::Folded);
        let fits = is_scalar(node) && is_scalar(value) && !node.range().is_empty() && !node.is_alias();
        let is_lines = is_block(node.style()) || value.text().contains('\n');
        (fits && !is_lines).then(|| print::yaml_scalar(value, node.style(), ""))
    }

    /// Where the colon or dash before a block value ends.
    fn mark_end(&self, node: Node<'t>) -> Option<usize> {
        let text = self.tree.text();
        let parent = node.parent()?;
        match parent.kind() {
            Kind::Member => {
                let key_end = parent.as_member()?.key.range().end;
                let between = text.get(key_end..node.full_range().start)?;
                Some(key_end + between.find(':')? + 1)
            }
            Kind::Array => text[..node.full_range().start].rfind('-').map(|dash| dash + 1),
            _ => None,
        }
    }

    /// The indentation of the member around a value or a key.
    fn slot_of_value(&self, node: Node<'t>) -> usize {
        let member = node
            .parent()
            .filter(|parent| parent.kind() == Kind::Member)
            .unwrap_or(node);
        layout::column(self.tree.text(), member.full_range().start)
    }

    /// Whether a new JSON value goes over several lines: if the old one did, or if it says more than a line holds.
    fn is_multi_line(&self, old: Node<'t>, new: Node<'_>) -> bool {
        let is_container = matches!(new.kind(), Kind::Object | Kind::Array);
        let around = old.parent().and_then(|member| {
            if member.kind() == Kind::Member {
                member.parent()
            } else {
                Some(member)
            }
        });
        let in_lines = around.is_none_or(|around| around.source().contains('\n'));
        is_container && (old.source().contains('\n') || in_lines)
    }

    fn printer(&self) -> print::Printer<'_> {
        print::Printer {
            layout: &self.layout,
            format: self.tree.format(),
        }
    }
}

fn have_common_names(old: Node<'_>, new: Node<'_>) -> bool {
    old.members().any(|member| new.get(&member.name).is_some())
}

/// Whether a node stands in brackets of YAML's flow style.
fn is_in_flow(node: Node<'_>) -> bool {
    let mut around = node.parent();
    while let Some(container) = around {
        match container.kind() {
            Kind::Member => around = container.parent(),
            _ => return container.style() == Style::Flow,
        }
    }
    false
}
