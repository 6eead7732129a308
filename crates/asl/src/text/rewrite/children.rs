//! Members and items: put in, taken out, with their commas, lines and comments.

use super::layout::{column, line_end, line_indent, starts_line};
use super::{Rewrite, is_in_flow, print};
use crate::text::{Format, Kind, Node, NodeId, Style};

/// Where among its siblings a new member or item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Before all others.
    First,
    /// Before this one.
    Before(NodeId),
    /// Behind this one.
    After(NodeId),
    /// Behind all others.
    Last,
}

/// Beside which child something goes.
#[derive(Clone, Copy)]
enum Place<'t> {
    Before(Node<'t>),
    After(Node<'t>),
}

/// What goes in.
enum Entry<'e, 'v> {
    Member(&'e str, Node<'v>),
    Item(Node<'v>),
}

impl<'t> Rewrite<'t> {
    /// Puts a member into an object.
    pub fn insert_member(&mut self, object: Node<'t>, slot: Slot, name: &str, value: Node<'_>) {
        self.insert_members(object, slot, &[(name, value)]);
    }

    /// Puts several members into an object. An empty object must be given all at once.
    pub fn insert_members(&mut self, object: Node<'t>, slot: Slot, members: &[(&str, Node<'_>)]) {
        let entries: Vec<Entry<'_, '_>> = members
            .iter()
            .map(|&(name, value)| Entry::Member(name, value))
            .collect();
        self.insert(object, slot, &entries);
    }

    /// Puts an item into an array.
    pub fn insert_item(&mut self, array: Node<'t>, slot: Slot, value: Node<'_>) {
        self.insert(array, slot, &[Entry::Item(value)]);
    }

    fn insert(&mut self, container: Node<'t>, slot: Slot, entries: &[Entry<'_, '_>]) {
        let children: Vec<Node<'t>> = container.children().collect();
        let find = |id| children.iter().position(|child| child.id() == id);
        let place = match slot {
            Slot::First => children.first().map(|first| Place::Before(*first)),
            Slot::Last => children.last().map(|last| Place::After(*last)),
            Slot::Before(id) => find(id).map(|at| Place::Before(children[at])),
            Slot::After(id) => find(id).map(|at| Place::After(children[at])),
        };
        let is_bracketed = container.style() != Style::Block;
        let place = place.or(children.last().map(|last| Place::After(*last)));
        match place {
            None => self.insert_only(container, entries),
            Some(place) if is_bracketed => self.insert_bracketed(children[0], place, container, entries),
            Some(place) => self.insert_block(children[0], place, entries),
        }
    }

    /// Into an empty container, which is always written in brackets.
    fn insert_only(&mut self, container: Node<'t>, entries: &[Entry<'_, '_>]) {
        let text = self.tree.text();
        let range = container.range();
        let is_json = self.tree.format() == Format::Json;
        if !is_json
            && !is_in_flow(container)
            && container
                .parent()
                .is_none_or(|parent| parent.kind() != Kind::Error)
        {
            return self.unfold(container, entries);
        }
        let inner = match entries {
            [Entry::Member(..), ..] if is_json => {
                let indent = line_indent(text, range.start);
                let deeper = format!("{indent}{}", self.layout.unit);
                let newline = self.layout.newline;
                let space = format!("{newline}{deeper}");
                let inside = self.bracketed(entries, Some(&deeper)).join(&format!(",{space}"));
                format!("{space}{inside}{newline}{indent}")
            }
            _ => self.bracketed(entries, None).join(", "),
        };
        let is_closed = range.len() > 1 && text[range.clone()].ends_with(['}', ']']);
        let end = if is_closed { range.end - 1 } else { range.start + 1 };
        // What stands between the brackets goes only if it is nothing but blanks.
        let start = if text[range.start + 1..end].trim().is_empty() {
            range.start + 1
        } else {
            end
        };
        self.change(start..end, inner);
    }

    /// `{}` in YAML's block style becomes lines.
    fn unfold(&mut self, container: Node<'t>, entries: &[Entry<'_, '_>]) {
        let text = self.tree.text();
        let range = container.range();
        let parent = container.parent();
        let (start, column_of) = match parent.map(Node::kind) {
            Some(Kind::Member) => {
                let key = parent.map_or(0, |member| column(text, member.full_range().start));
                let is_indented = matches!(entries, [Entry::Member(..), ..]) || self.layout.indented_dashes;
                let blanks = text[..range.start].trim_end_matches([' ', '\t']).len();
                (blanks, key + if is_indented { self.layout.unit.len() } else { 0 })
            }
            _ => (range.start, column(text, range.start)),
        };
        let lines = self.block_lines(entries, column_of);
        let before = if start < range.start {
            format!("{}{}", self.layout.newline, " ".repeat(column_of))
        } else {
            String::new()
        };
        self.change(start..range.end, format!("{before}{lines}"));
    }

    fn insert_bracketed(
        &mut self,
        sibling: Node<'t>,
        place: Place<'t>,
        container: Node<'t>,
        entries: &[Entry<'_, '_>],
    ) {
        let text = self.tree.text();
        let first = sibling.full_range().start;
        let is_multi = text[container.range().start..first].contains('\n');
        let indent = line_indent(text, first).to_owned();
        let printed = self.bracketed(entries, is_multi.then_some(&indent));
        let space = if is_multi {
            format!("{}{indent}", self.layout.newline)
        } else {
            " ".to_owned()
        };
        match place {
            Place::After(child) => {
                let end = child.range().end;
                let text: String = printed.iter().map(|entry| format!(",{space}{entry}")).collect();
                self.change(end..end, text);
            }
            Place::Before(child) => {
                let start = child.full_range().start;
                let text: String = printed.iter().map(|entry| format!("{entry},{space}")).collect();
                self.change(start..start, text);
            }
        }
    }

    fn bracketed(&self, entries: &[Entry<'_, '_>], lines: Option<&str>) -> Vec<String> {
        entries
            .iter()
            .map(|entry| self.bracketed_entry(entry, lines))
            .collect()
    }

    /// An entry in brackets; over several lines if an indentation is given.
    fn bracketed_entry(&self, entry: &Entry<'_, '_>, lines: Option<&str>) -> String {
        let is_json = self.tree.format() == Format::Json;
        match (entry, lines) {
            (Entry::Member(name, value), Some(indent)) if is_json => {
                self.printer().json_member(name, Some(*value), indent)
            }
            (Entry::Item(value), Some(indent)) if is_json => self.printer().json_lines(*value, indent),
            (Entry::Member(name, value), _) if is_json => {
                format!(
                    "{}{}{}",
                    print::quoted(name),
                    self.layout.colon,
                    print::json_inline(*value)
                )
            }
            (Entry::Item(value), _) if is_json => print::json_inline(*value),
            (Entry::Member(name, value), _) => {
                format!(
                    "{}: {}",
                    print::yaml_key(name, Style::Plain, true),
                    print::yaml_flow(*value, Style::Plain)
                )
            }
            (Entry::Item(value), _) => print::yaml_flow(*value, Style::Plain),
        }
    }

    fn insert_block(&mut self, sibling: Node<'t>, place: Place<'t>, entries: &[Entry<'_, '_>]) {
        let text = self.tree.text();
        let column_of = column(text, self.head(sibling));
        let lines = self.block_lines(entries, column_of);
        let newline = self.layout.newline;
        let indent = " ".repeat(column_of);
        match place {
            Place::After(child) => {
                let end = line_end(text, child.range().end);
                self.change(end..end, format!("{newline}{indent}{lines}"));
            }
            Place::Before(child) => {
                let head = self.head(child);
                self.change(head..head, format!("{lines}{newline}{indent}"));
            }
        }
    }

    fn block_lines(&self, entries: &[Entry<'_, '_>], column_of: usize) -> String {
        let lines: Vec<String> = entries
            .iter()
            .map(|entry| self.block_entry(entry, column_of))
            .collect();
        lines.join(&format!("{}{}", self.layout.newline, " ".repeat(column_of)))
    }

    fn block_entry(&self, entry: &Entry<'_, '_>, column_of: usize) -> String {
        match entry {
            Entry::Member(name, value) => self.printer().yaml_member(name, Some(*value), column_of),
            Entry::Item(value) => format!("-{}", self.printer().after_dash(*value, column_of + 1)),
        }
    }

    /// Where a child of a block starts: an item at its dash.
    fn head(&self, child: Node<'t>) -> usize {
        let start = child.full_range().start;
        let text = self.tree.text();
        match child.kind() {
            Kind::Member => start,
            _ if child.parent().is_some_and(|parent| parent.kind() == Kind::Array) => {
                // An absent item stands right behind its dash; others behind blanks or lines.
                text[..start].rfind('-').unwrap_or(start)
            }
            _ => start,
        }
    }

    /// Takes members or items out of their container.
    pub fn remove(&mut self, container: Node<'t>, gone: &[NodeId]) {
        let children: Vec<Node<'t>> = container.children().collect();
        let is_gone = |at: usize| children.get(at).is_some_and(|child| gone.contains(&child.id()));
        if (0..children.len()).all(is_gone) {
            if !children.is_empty() {
                self.remove_all(container, &children);
            }
            return;
        }
        let mut at = 0;
        while at < children.len() {
            let run = (at..children.len()).take_while(|&next| is_gone(next)).count();
            if run > 0 {
                let before = at.checked_sub(1).map(|before| children[before]);
                let after = children.get(at + run).copied();
                match container.style() {
                    Style::Block => self.remove_block_run(&children[at..at + run], after),
                    _ => self.remove_bracketed_run(&children[at..at + run], before, after),
                }
            }
            at += run.max(1);
        }
    }

    fn remove_all(&mut self, container: Node<'t>, children: &[Node<'t>]) {
        let empty = if container.kind() == Kind::Object {
            "{}"
        } else {
            "[]"
        };
        let range = container.range();
        if container.style() == Style::Block {
            // From the colon or dash on, so that nothing is left on lines of its own.
            let start = self.mark_end(container).filter(|_| container.tag().is_none());
            let range = start.unwrap_or(range.start)..range.end;
            let blank = if start.is_some() { " " } else { "" };
            return self.change(range, format!("{blank}{empty}"));
        }
        let last = children[children.len() - 1].range().end;
        let rest = &self.tree.text()[last..range.end];
        let is_plain = rest.trim_start().trim_start_matches(',').trim_start().len() == 1;
        match is_plain {
            true => self.change(range, empty),
            false => self.change(children[0].full_range().start..last, ""),
        }
    }

    fn remove_bracketed_run(&mut self, run: &[Node<'t>], before: Option<Node<'t>>, after: Option<Node<'t>>) {
        let (first, last) = (run[0].full_range().start, run[run.len() - 1].range().end);
        match (before, after) {
            (_, Some(after)) => self.change(first..after.full_range().start, ""),
            (Some(before), None) => self.change(before.range().end..last, ""),
            (None, None) => self.change(first..last, ""),
        }
    }

    /// Whole lines, with the comments right above them; a blank line is left where there was one.
    fn remove_block_run(&mut self, run: &[Node<'t>], after: Option<Node<'t>>) {
        let text = self.tree.text();
        let (head, last) = (self.head(run[0]), run[run.len() - 1].range().end);
        if !starts_line(text, head) {
            // The first of a compact `- a: 1`: the next one moves up into its place.
            let end = after.map_or(last, |after| self.head(after));
            return self.change(head..end, "");
        }
        let mut start = head - column(text, head);
        let is_first = run[0].parent().and_then(|parent| parent.children().next()) == Some(run[0]);
        while !is_first && let Some(above) = line_above(text, start) {
            let line = text[above..start].trim_end();
            let is_comment = line.trim_start().starts_with('#')
                && line_indent(text, above + line.len()).len() == column(text, head);
            if !is_comment {
                break;
            }
            start = above;
        }
        let mut end = line_end(text, last);
        end += text[end..].find('\n').map_or(0, |at| at + 1);
        let blank_above = line_above(text, start).is_some_and(|above| text[above..start].trim().is_empty());
        if blank_above && (end == text.len() || text[end..line_end(text, end)].trim().is_empty()) {
            while let Some(above) =
                line_above(text, start).filter(|&above| text[above..start].trim().is_empty())
            {
                start = above;
            }
        }
        if after.is_none() && start > 0 {
            // The line break before them goes, not the one behind: something may be put in behind them.
            start = line_above(text, start).map_or(0, |above| line_end(text, above));
            end = text[..end]
                .strip_suffix('\n')
                .map_or(end, |shorter| shorter.trim_end_matches('\r').len());
        }
        self.change(start..end, "");
    }
}

/// Where the line above the one that starts at `start` starts.
fn line_above(text: &str, start: usize) -> Option<usize> {
    let end = start.checked_sub(1)?;
    Some(text[..end].rfind('\n').map_or(0, |at| at + 1))
}
