//! The form of a state: the fields it has and could have, read from the language's table.
//!
//! | file | what it is for |
//! |---|---|
//! | `alternatives.rs` | fields that exclude each other, as one field of the form |
//! | `handlers.rs` | retriers and catchers |
//! | `operators.rs` | the comparison operators in words |
//! | `rules.rs` | the rules of a Choice |
//! | `task.rs` | what a Task calls |
//! | `words.rs` | titles, groups, order, and what holds when a field is absent |

mod alternatives;
mod handlers;
mod operators;
mod rules;
mod task;
mod words;

pub(crate) use self::task::function_options;

use ::workspace::document::Analysis;
use asl::definition::StateOutline;
use asl::edits::copied_state;
use asl::fields::{self, Owner, ValueType};
use asl::text::{Kind, Node};
use asl::words::StateType;

use crate::contract::*;

/// The form of a state; none where there is no such state. `functions` are those that a Task could call.
pub(crate) fn form(analysis: &Analysis, key: &str, functions: &[FunctionOption]) -> Option<StateForm> {
    let ix = analysis.definition.find(key)?;
    let state = analysis.definition.at(ix);
    let text = analysis.tree.text().get(state.range.clone());
    let context = Context {
        analysis,
        state,
        node: state.node.map(|node| analysis.tree.node(node)),
        functions,
    };
    Some(StateForm {
        key: state.key.clone(),
        name: state.name.to_string(),
        state_type: state.state_type.map(|kind| kind.name().to_owned()),
        sentence: words::sentence(state),
        version: analysis.version,
        fields: context.fields(),
        text: text.unwrap_or_default().to_owned(),
        json: copied_state(&analysis.definition, &analysis.tree, ix),
    })
}

/// What a form is read from.
struct Context<'a> {
    analysis: &'a Analysis,
    state: &'a StateOutline,
    node: Option<Node<'a>>,
    functions: &'a [FunctionOption],
}

impl<'a> Context<'a> {
    fn get(&self, name: &str) -> Option<Node<'a>> {
        self.node?.get(name)
    }

    fn fields(&self) -> Vec<FieldForm> {
        let Some(kind) = self.state.state_type else {
            return Vec::new();
        };
        let known: Vec<_> = fields::of(Owner::of(kind), self.state.query_language).collect();
        let mut forms: Vec<_> = known
            .iter()
            .filter(|(name, _)| !matches!(*name, "Type" | "ItemProcessor" | "Iterator"))
            .filter(|(name, _)| alternatives::is_shown(name, |name| self.get(name).is_some(), &known))
            .map(|(name, field)| self.field(name, field.value, &known))
            .collect();
        if kind == StateType::Map {
            forms.extend(self.mode());
        }
        // What the language does not know is shown all the same: it is in the file.
        for member in self.node.into_iter().flat_map(Node::members) {
            let is_known = known.iter().any(|(name, _)| *name == member.name.as_ref());
            if !is_known {
                forms.push(self.field(&member.name, ValueType::Any, &known));
            }
        }
        forms.sort_by_key(|form| (words::group_order(&form.group), words::order_in_group(&form.name)));
        forms
    }

    fn field(
        &self,
        name: &str,
        value_type: ValueType,
        known: &[(&'static str, &fields::Field)],
    ) -> FieldForm {
        let value = self.get(name);
        FieldForm {
            name: name.to_owned(),
            title: words::title(name).to_owned(),
            pointer: format!("/{}", name.replace('~', "~0").replace('/', "~1")),
            control: self.control(name, value_type, value),
            value: value.map(json_text),
            absent: words::absent(name).map(str::to_owned),
            usual: self
                .state
                .state_type
                .is_some_and(|kind| words::is_usual(kind, name)),
            group: words::group(name).to_owned(),
            alternatives: alternatives::of(name, known, || self.likely_next()),
        }
    }

    /// Where the flow goes on when it no longer ends here: to another state, rather to one further down.
    fn likely_next(&self) -> String {
        let definition = &self.analysis.definition;
        let names = definition.scope(self.state.scope).states.iter();
        let others: Vec<_> = names
            .map(|ix| definition.at(*ix))
            .filter(|other| other.key != self.state.key)
            .collect();
        let below = others
            .iter()
            .find(|other| other.range.start > self.state.range.start);
        let found = below.or(others.first()).copied().unwrap_or(self.state);
        found.name.to_string()
    }

    /// Whether a Map is inline or distributed stands in its processor.
    fn mode(&self) -> Option<FieldForm> {
        let field = ["ItemProcessor", "Iterator"]
            .into_iter()
            .find(|name| self.get(name).is_some())?;
        let mode = self
            .get(field)?
            .get("ProcessorConfig")
            .and_then(|config| config.get("Mode"));
        Some(FieldForm {
            name: "Mode".to_owned(),
            title: "Mode".to_owned(),
            pointer: format!("/{field}/ProcessorConfig/Mode"),
            control: FieldControl::Select {
                options: vec!["INLINE".to_owned(), "DISTRIBUTED".to_owned()],
            },
            value: mode.map(json_text),
            absent: Some("INLINE, in this execution".to_owned()),
            usual: true,
            group: "Behaviour".to_owned(),
            alternatives: Vec::new(),
        })
    }

    fn control(&self, name: &str, value_type: ValueType, value: Option<Node<'_>>) -> FieldControl {
        match name {
            "Choices" => return rules::control(self),
            "Retry" | "Catch" => return handlers::control(self, name),
            "Branches" => return self.branches(),
            "Resource" if self.state.state_type == Some(StateType::Task) => return task::control(self),
            _ => {}
        }
        plain_control(value_type, value, || self.siblings())
    }

    /// The states of the same scope, by name.
    fn siblings(&self) -> Vec<String> {
        let definition = &self.analysis.definition;
        let states = definition.scope(self.state.scope).states.iter();
        states
            .map(|state| definition.at(*state).name.to_string())
            .collect()
    }

    fn branches(&self) -> FieldControl {
        let definition = &self.analysis.definition;
        let scopes = self.state.scopes.iter().map(|scope| definition.scope(*scope));
        let branches = scopes.map(|scope| BranchForm {
            start: scope.start.map(|start| definition.at(start).key.clone()),
            states: u32::try_from(scope.states.len()).unwrap_or(u32::MAX),
        });
        FieldControl::Branches {
            branches: branches.collect(),
        }
    }
}

fn json_text(value: Node<'_>) -> String {
    match value.to_value() {
        Some(value) => value.to_json_pretty(),
        None => value.source().to_owned(),
    }
}

/// The control for a type of value. A value of another shape than the language wants can only be shown as it is,
/// and an expression is code whatever it stands for.
fn plain_control(
    value_type: ValueType,
    value: Option<Node<'_>>,
    siblings: impl FnOnce() -> Vec<String>,
) -> FieldControl {
    let is_plain = value.is_none_or(|value| !matches!(value.kind(), Kind::Object | Kind::Array));
    if !is_plain {
        return FieldControl::Json {};
    }
    let text = value.filter(|value| value.kind() == Kind::String);
    if text.is_some_and(|text| text.text().starts_with("{%")) {
        return FieldControl::Path {};
    }
    match value_type {
        ValueType::StateName => FieldControl::State { options: siblings() },
        ValueType::Text | ValueType::ShortText(_) | ValueType::Timestamp => FieldControl::Text {},
        ValueType::Flag => FieldControl::Toggle {},
        ValueType::Integer(..) | ValueType::Number(..) if text.is_some() => FieldControl::Path {},
        ValueType::Integer(..) | ValueType::Number(..) => FieldControl::Number {},
        ValueType::Word(words) => FieldControl::Select {
            options: words.iter().map(|word| (*word).to_owned()).collect(),
        },
        ValueType::Path | ValueType::PathOrNull | ValueType::ReferencePath | ValueType::PathOrCall => {
            FieldControl::Path {}
        }
        _ => FieldControl::Json {},
    }
}
