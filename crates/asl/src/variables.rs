//! Variables: which states read which, and what each way out of a state assigns. (AWS Step Functions developer guide,
//! "Passing data between states with variables".)

use std::ops::Range;

use crate::definition::{Definition, StateIx, TransitionKind};
use crate::expr::Expression;
use crate::expressions::{Written, expressions};
use crate::fields::{self, Owner, ValueType};
use crate::substitution;
use crate::text::{Kind, Node, Tree};
use crate::value::Text;
use crate::words::QueryLanguage;

/// A place that reads a variable.
#[derive(Debug, Clone)]
pub struct Read<'t> {
    /// The state that it stands in.
    pub state: StateIx,
    /// The variable, without `$`.
    pub name: Text,
    /// The text that holds the expression.
    pub node: Node<'t>,
    /// The bytes of the name in the document, with its `$`; all of the node where their place cannot be told.
    pub range: Range<usize>,
    /// Whether the expression asks by `$exists` if it is there.
    pub tested: bool,
}

/// Every place that reads a variable, by state, in the order of the document.
pub fn reads<'t>(tree: &'t Tree, definition: &Definition) -> Vec<Read<'t>> {
    match mentions(tree.text()).next() {
        Some(_) => reads_with(tree, definition, &expressions(tree, definition)),
        None => Vec::new(),
    }
}

/// The same where the expressions of the definition are at hand.
pub(crate) fn reads_with<'t>(
    tree: &'t Tree,
    definition: &Definition,
    expressions: &[Written<'t>],
) -> Vec<Read<'t>> {
    let mut reads = Vec::new();
    // Few states mention any, and the others need not be walked.
    let mentions: Vec<usize> = mentions(tree.text()).collect();
    let mut expressions = expressions.iter().peekable();
    for (index, state) in definition.states.iter().enumerate() {
        let (Some(node), Some(state_type)) = (state.node, state.state_type) else {
            continue;
        };
        let state_ix = StateIx(index as u32);
        let first = reads.len();
        if state.query_language == QueryLanguage::Jsonata {
            while let Some(written) = expressions.next_if(|written| written.state == state_ix) {
                reads.extend(reads_in(written));
            }
        } else if mentions
            .get(mentions.partition_point(|at| *at < state.range.start))
            .is_some_and(|at| *at < state.range.end)
        {
            let mut reader = Reader {
                state: state_ix,
                reads: &mut reads,
            };
            reader.object(Owner::of(state_type), tree.node(node));
        }
        reads[first..].sort_by_key(|read| read.node.range().start);
    }
    reads
}

/// The variables that a JSONata expression reads.
fn reads_in<'w, 't>(written: &'w Written<'t>) -> impl Iterator<Item = Read<'t>> + use<'w, 't> {
    let names = written
        .outline()
        .into_iter()
        .flat_map(|outline| &outline.variables);
    names.map(|name| Read {
        state: written.state,
        name: name.name.clone(),
        node: written.node,
        range: written.place(&name.range),
        tested: name.tested,
    })
}

/// The variables that each state reads, in the order of the document, each name once: `variableReferences` of
/// DescribeStateMachine.
pub fn references(tree: &Tree, definition: &Definition) -> Vec<(Text, Vec<Text>)> {
    let mut references: Vec<(Text, Vec<Text>)> = Vec::new();
    for read in reads(tree, definition) {
        let state = &definition.at(read.state).name;
        let names = match references.last_mut() {
            Some((last, names)) if last == state => names,
            _ => {
                references.push((state.clone(), Vec::new()));
                // Just pushed.
                let Some((_, names)) = references.last_mut() else {
                    continue;
                };
                names
            }
        };
        if !names.contains(&read.name) {
            names.push(read.name);
        }
    }
    references
}

/// What a way out of a state assigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assigned {
    /// These variables, without `$`.
    Names(Vec<Text>),
    /// That is not known before the template around the definition is deployed.
    Open,
}

/// What a state assigns when it is left by this transition; a state that ends its scope leaves nothing behind.
pub fn assigned_by(state: Node<'_>, transition: TransitionKind) -> Assigned {
    let entry = |field: &str, index: usize| state.get(field).and_then(|list| list.items().nth(index));
    let assign = match transition {
        TransitionKind::Next | TransitionKind::Default => state.get("Assign"),
        TransitionKind::Rule(index) => entry("Choices", index).and_then(|rule| rule.get("Assign")),
        TransitionKind::Catch(index) => entry("Catch", index).and_then(|catcher| catcher.get("Assign")),
    };
    match assign {
        None => Assigned::Names(Vec::new()),
        Some(node) if node.kind() == Kind::Object && node.tag().is_none() => Assigned::Names(
            node.members()
                .map(|member| member.name.strip_suffix(".$").unwrap_or(&member.name).into())
                .collect(),
        ),
        Some(_) => Assigned::Open,
    }
}

/// Where a `$` has a name behind it, as byte offsets.
fn mentions(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('$').map(|(at, _)| at).filter(|at| {
        let next = text[at + 1..].chars().next();
        next.is_some_and(|next| next == '_' || next.is_alphabetic())
    })
}

/// The reader of JSONPath.
struct Reader<'r, 't> {
    state: StateIx,
    reads: &'r mut Vec<Read<'t>>,
}

impl<'t> Reader<'_, 't> {
    /// The fields of a state, and of what is inside it; other states inside are read for themselves.
    fn object(&mut self, owner: Owner, object: Node<'t>) {
        let mut waiting = vec![(owner, object)];
        while let Some((owner, object)) = waiting.pop() {
            for member in object.members() {
                let field = fields::find(owner, &member.name, QueryLanguage::JsonPath);
                let (Some(field), Some(value)) = (field, member.value) else {
                    continue;
                };
                match field.value {
                    ValueType::Path | ValueType::PathOrNull | ValueType::PathOrCall => self.expression(value),
                    ValueType::Payload | ValueType::PayloadObject => self.template(value),
                    ValueType::Object(Owner::Processor) | ValueType::List(Owner::Branch) => {}
                    ValueType::Object(inner) => waiting.push((inner, value)),
                    ValueType::List(inner) | ValueType::OptionalList(inner) => {
                        waiting.extend(value.items().map(|item| (inner, item)));
                    }
                    _ => {}
                }
            }
        }
    }

    /// A payload template, without recursion: it may be as deep as the parser allows.
    fn template(&mut self, root: Node<'t>) {
        let mut waiting = vec![root];
        while let Some(node) = waiting.pop() {
            waiting.extend(node.items());
            for member in node.members() {
                match member.value {
                    Some(value) if member.name.ends_with(".$") => self.expression(value),
                    Some(value) => waiting.push(value),
                    None => {}
                }
            }
        }
    }

    fn expression(&mut self, node: Node<'t>) {
        let text = node.text();
        if node.kind() != Kind::String || mentions(&text).next().is_none() || substitution::is_open(&text) {
            return;
        }
        let Ok(expression) = Expression::parse(&text) else {
            return;
        };
        for name in expression.variables() {
            let start = text.find(&format!("${name}")).unwrap_or(0);
            self.reads.push(Read {
                state: self.state,
                range: node.part(start..start + 1 + name.len()),
                name,
                node,
                tested: false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Format;

    fn check(states: &str, expected: &str) {
        let tree = Tree::parse(
            format!(r#"{{"StartAt": "A", "States": {{{states}}}}}"#),
            Format::Json,
        );
        let found = references(&tree, &Definition::read(&tree));
        let shown: Vec<_> = found
            .iter()
            .map(|(state, names)| format!("{state}: {}", names.join(" ")))
            .collect();
        assert_eq!(shown.join("; "), expected, "{states}");
    }

    #[test]
    fn paths_and_templates() {
        for (states, expected) in [
            (
                r#""A": {"Type": "Pass", "InputPath": "$x.y", "OutputPath": "$x"}"#,
                "A: x",
            ),
            (
                r#""A": {"Type": "Pass", "Parameters": {"a": "$x", "b.$": "$y[0]", "c": [{"d.$": "$z"}]}}"#,
                "A: y z",
            ),
            (
                r#""A": {"Type": "Pass", "Parameters": {"a.$": "States.Format($t, States.MathAdd($m, 1), '$no')"}}"#,
                "A: t m",
            ),
            (r#""A": {"Type": "Pass", "Result": {"a.$": "$x"}}"#, ""),
            (
                r#""A": {"Type": "Pass", "Parameters": {"a.$": "$$.Execution.Id"}}"#,
                "",
            ),
            (
                r#""A": {"Type": "Choice", "Choices": [{"And": [{"Variable": "$x", "NumericEqualsPath": "$y"}], "Next": "A", "Assign": {"v.$": "$z"}}]}"#,
                "A: x y z",
            ),
            (
                r#""A": {"Type": "Map", "ItemSelector": {"a.$": "$x"}, "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Wait", "SecondsPath": "$w"}}}}"#,
                "A: x; B: w",
            ),
            (
                r#""A": {"Type": "Task", "Resource": "r", "Catch": [{"ErrorEquals": ["E"], "Assign": {"a.$": "$x"}, "Next": "A"}]}"#,
                "A: x",
            ),
            (
                r#""A": {"Type": "Task", "QueryLanguage": "JSONata", "Resource": "r", "Arguments": {"a": ["{% $x & $uuid() %}"], "b": "$no"}, "Output": "{% ($y := $z; $y) %}", "Assign": {"v": "{% $states.result %}"}, "Catch": [{"ErrorEquals": ["E"], "Assign": {"a": "{% $w %}"}, "Next": "A"}]}"#,
                "A: x z w",
            ),
            (
                r#""A": {"Type": "Choice", "QueryLanguage": "JSONata", "Choices": [{"Condition": "{% $n > $sum($m.($ * $k)) %}", "Next": "A"}]}"#,
                "A: n m k",
            ),
        ] {
            check(states, expected);
        }
    }
}
