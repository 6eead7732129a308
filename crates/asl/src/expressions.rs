//! The JSONata expressions of a definition: each with where it stands and what it reads.

use std::ops::Range;

use crate::definition::{Definition, StateIx};
use crate::expr::jsonata::{Expression, Fault, Outline};
use crate::fields::{self, Field, Owner, ValueType};
use crate::substitution;
use crate::text::{Kind, Node, Tree};
use crate::words::QueryLanguage;

/// A text in a place where a JSONata state may have an expression.
#[derive(Debug, Clone)]
pub struct Written<'t> {
    /// The state that it stands in.
    pub state: StateIx,
    /// What the field belongs to: the state, a rule, a catcher, …
    pub owner: Owner,
    /// The field: `Output`, `Arguments`, …
    pub field: &'static str,
    /// The text.
    pub node: Node<'t>,
    /// What is in it.
    pub content: Content,
}

/// What such a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// `{% … %}`
    Expression {
        /// The bytes of the text between `{%` and `%}`.
        inside: Range<usize>,
        /// What it reads, or what is wrong with it.
        outline: Result<Outline, Fault>,
    },
    /// It begins like an expression or ends like one, or is one with blanks around it.
    Half,
}

impl Written<'_> {
    /// What the expression reads; none where it can't be read.
    pub fn outline(&self) -> Option<&Outline> {
        match &self.content {
            Content::Expression { outline, .. } => outline.as_ref().ok(),
            Content::Half => None,
        }
    }

    /// The bytes in the document of a part of the expression.
    pub fn place(&self, part: &Range<usize>) -> Range<usize> {
        match &self.content {
            Content::Expression { inside, .. } => {
                self.node.part(inside.start + part.start..inside.start + part.end)
            }
            Content::Half => self.node.range(),
        }
    }
}

/// Every expression in a state that speaks JSONata, by state, in the order of the document. What has a placeholder in it is
/// not known yet, and left out.
pub fn expressions<'t>(tree: &'t Tree, definition: &Definition) -> Vec<Written<'t>> {
    let mut found = Vec::new();
    for (index, state) in definition.states.iter().enumerate() {
        let (Some(node), Some(state_type)) = (state.node, state.state_type) else {
            continue;
        };
        if state.query_language != QueryLanguage::Jsonata {
            continue;
        }
        let first = found.len();
        let mut reader = Reader {
            state: StateIx(index as u32),
            found: &mut found,
        };
        reader.object(Owner::of(state_type), tree.node(node));
        found[first..].sort_by_key(|written| written.node.range().start);
    }
    found
}

struct Reader<'r, 't> {
    state: StateIx,
    found: &'r mut Vec<Written<'t>>,
}

impl<'t> Reader<'_, 't> {
    /// The fields of a state, and of what is inside it; other states inside are read for themselves.
    fn object(&mut self, owner: Owner, object: Node<'t>) {
        let mut waiting = vec![(owner, object)];
        while let Some((owner, object)) = waiting.pop() {
            for member in object.members() {
                let field = fields::find(owner, &member.name, QueryLanguage::Jsonata);
                let (Some(field), Some(value)) = (field, member.value) else {
                    continue;
                };
                // Found by its name, so it has one of these.
                let name = field
                    .names
                    .iter()
                    .find(|name| **name == member.name)
                    .copied()
                    .unwrap_or_default();
                match field.value {
                    ValueType::Object(Owner::Processor) | ValueType::List(Owner::Branch) => {}
                    ValueType::Object(inner) => waiting.push((inner, value)),
                    ValueType::List(inner) | ValueType::OptionalList(inner) => {
                        waiting.extend(value.items().map(|item| (inner, item)));
                    }
                    _ if takes_expressions(field) => self.value(owner, name, value),
                    _ => {}
                }
            }
        }
    }

    /// A value with expressions in it, without recursion: it may be as deep as the parser allows.
    fn value(&mut self, owner: Owner, field: &'static str, root: Node<'t>) {
        let mut waiting = vec![root];
        while let Some(node) = waiting.pop() {
            waiting.extend(node.items());
            waiting.extend(node.members().filter_map(|member| member.value));
            if let Some(content) = content(node) {
                self.found.push(Written {
                    state: self.state,
                    owner,
                    field,
                    node,
                    content,
                });
            }
        }
    }
}

fn takes_expressions(field: &Field) -> bool {
    field.expression && field.speaks(QueryLanguage::Jsonata)
}

fn content(node: Node<'_>) -> Option<Content> {
    if node.kind() != Kind::String {
        return None;
    }
    let text = node.text();
    let marks = |text: &str| (text.starts_with("{%"), text.ends_with("%}"));
    if let Some(inside) = Expression::inside_range(&text) {
        let open = substitution::is_open(&text);
        let outline = (!open).then(|| Outline::of(&text[inside.clone()]))?;
        return Some(Content::Expression { inside, outline });
    }
    match marks(text.trim()) {
        (false, false) => None,
        _ => (!substitution::is_open(&text)).then_some(Content::Half),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Format;

    #[test]
    fn where_expressions_stand() {
        let text = r#"{"StartAt": "A", "QueryLanguage": "JSONata", "States": {
            "A": {"Type": "Choice", "Choices": [{"Condition": "{% $a %}", "Output": {"x": ["{% $b %}"]}, "Next": "{% $no %}"}],
                "Assign": {"c": "{% $c %}", "d": "{%% $half }"}, "Comment": "{% $no %}", "Default": "B"},
            "B": {"Type": "Map", "Items": "{% $list %}", "MaxConcurrency": "{% $most %}", "ItemSelector": "{% ${Open} %}",
                "ItemProcessor": {"StartAt": "C", "States": {
                    "C": {"Type": "Fail", "Error": "{% $name %}"}}},
                "Catch": [{"ErrorEquals": ["E"], "Output": "{% 1 + %}", "Next": "A"}]}}}"#;
        let tree = Tree::parse(text, Format::Json);
        let definition = Definition::read(&tree);
        let found = expressions(&tree, &definition);
        let shown: Vec<_> = found
            .iter()
            .map(|written| {
                let what = match &written.content {
                    Content::Half => "half".to_owned(),
                    Content::Expression {
                        outline: Err(fault), ..
                    } => {
                        format!("!{}", &text[written.place(&fault.range)])
                    }
                    Content::Expression {
                        outline: Ok(outline), ..
                    } => text[written.place(&outline.variables[0].range)].to_owned(),
                };
                format!("{} {}", written.field, what)
            })
            .collect();
        assert_eq!(
            shown,
            [
                "Condition $a",
                "Output $b",
                "Assign $c",
                "Assign half",
                "Items $list",
                "MaxConcurrency $most",
                "Output !+",
                "Error $name",
            ]
        );
    }
}
