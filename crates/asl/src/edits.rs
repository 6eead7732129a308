//! Gestures as text changes: "may I?" and what follows, in the smallest changes of the text.
//!
//! | edit | what it does |
//! |---|---|
//! | [`Edit::RenameState`] (`rename_state.rs`) | another key, and every reference to it in its scope |
//! | [`Edit::SetField`] (`set_field.rs`) | a field of a state or of the machine, set or taken away |
//! | [`Edit::InsertState`] (`insert_state.rs`, `new_state.rs`, `action.rs`) | a new state on an edge, at the start, or behind another |
//! | [`Edit::DeleteState`] (`delete_state.rs`) | a state less, and its neighbours joined |
//! | [`Edit::DuplicateState`], [`Edit::PasteState`] (`paste_state.rs`) | a copy, under names of its own |
//! | [`Edit::WrapState`] (`wrap_state.rs`) | a Parallel or a Map around a state |
//! | [`Edit::ChangeType`] (`change_type.rs`) | another type, with the fields that it knows |
//! | [`Edit::Connect`], [`Edit::Reconnect`], [`Edit::SetStart`] (`reconnect.rs`) | where the flow goes on |
//! | [`Edit::ExchangeField`] (`exchange_field.rs`) | one of several fields that exclude each other |
//! | [`Edit::AddEntry`], [`Edit::RemoveEntry`], [`Edit::MoveEntry`] (`entries.rs`) | rules, retriers, catchers, branches |
//! | [`Edit::ChangeRule`] (`change_rule.rs`) | what a Choice rule tests |
//!
//! An edit is computed on the text as it is, damaged or not, and touches nothing that it does not mean.

mod action;
mod change_rule;
mod change_type;
mod delete_state;
mod entries;
mod exchange_field;
mod insert_state;
mod new_state;
mod paste_state;
mod reconnect;
mod rename_state;
mod set_field;
#[cfg(test)]
mod tests;
mod wrap_state;

use std::fmt;

pub use action::{Action, Callee};
pub use change_rule::RuleChange;
pub use entries::EntryList;
pub use paste_state::copied_state;

use crate::definition::{Definition, ScopeIx, StateIx, StateKey};
use crate::text::rewrite::Rewrite;
use crate::text::{Changes, Format, Member, Node, NodeId, Tree};
use crate::words::StateType;

/// How many characters a state's name may have on the service.
pub const MAX_NAME_CHARS: usize = 80;

/// The identity of a scope outside this crate: the JSON pointer to its object, empty for the root.
pub type ScopeKey = String;

/// What a user wants changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Gives a state another name.
    RenameState {
        /// Which state.
        state: StateKey,
        /// Its new name.
        to: String,
    },
    /// Sets a field, or takes it away.
    SetField {
        /// Which state; none for the machine itself.
        state: Option<StateKey>,
        /// RFC 6901 pointer to the field from there. Objects missing on the way are made; `-` appends to a list.
        pointer: String,
        /// The value as JSON text; none takes the field away.
        value: Option<String>,
    },
    /// Puts a new state in.
    InsertState {
        /// Where.
        place: Place,
        /// Of which type.
        state_type: StateType,
        /// Its name, which gets a number where it is taken; without one it is named after its type.
        name: Option<String>,
        /// For a Task: what it calls; none leaves the name of a function open.
        callee: Option<Callee>,
    },
    /// Takes a state out.
    DeleteState {
        /// Which state.
        state: StateKey,
    },
    /// Puts a copy of a state behind it.
    DuplicateState {
        /// Which state.
        state: StateKey,
    },
    /// Puts in a state that comes as text.
    PasteState {
        /// Where. Behind a state that ends the flow it stands alone.
        place: Place,
        /// JSON: `{"name": {"Type": …}}`, or the body alone.
        text: String,
    },
    /// Puts a state into a Parallel or a Map that takes its place.
    WrapState {
        /// Which state.
        state: StateKey,
        /// Parallel or Map.
        in_type: StateType,
    },
    /// Gives a state another type.
    ChangeType {
        /// Which state.
        state: StateKey,
        /// The type.
        to: StateType,
    },
    /// Lets a state lead to another one of its scope, beside where it leads already.
    Connect {
        /// From here.
        from: StateKey,
        /// To here.
        to: StateKey,
    },
    /// Lets a transition lead elsewhere, or takes it away.
    Reconnect {
        /// The state where the transition starts.
        from: StateKey,
        /// Which of its transitions, by its index in the state's outline.
        transition: usize,
        /// A state of the same scope; none takes the transition away.
        to: Option<StateKey>,
    },
    /// Makes a state the first of its scope.
    SetStart {
        /// Which state.
        state: StateKey,
    },
    /// Puts a field in the place of another that excludes it.
    ExchangeField {
        /// Which state.
        state: StateKey,
        /// The name of the field that goes. It may be absent.
        from: String,
        /// The name of the one that comes.
        to: String,
        /// Its value as JSON text.
        value: String,
    },
    /// Adds a rule, retrier, catcher or branch.
    AddEntry {
        /// Which state.
        state: StateKey,
        /// What is added.
        list: EntryList,
    },
    /// Takes a rule, retrier, catcher or branch away.
    RemoveEntry {
        /// Which state.
        state: StateKey,
        /// From which list.
        list: EntryList,
        /// Counted from 0.
        index: usize,
    },
    /// Puts a rule, retrier, catcher or branch elsewhere in its list.
    MoveEntry {
        /// Which state.
        state: StateKey,
        /// In which list.
        list: EntryList,
        /// Where it is, counted from 0.
        from: usize,
        /// Where it shall be.
        to: usize,
    },
    /// Changes what a Choice rule tests.
    ChangeRule {
        /// Which state.
        state: StateKey,
        /// RFC 6901 pointer from the state to the rule, or to a condition in it.
        pointer: String,
        /// What becomes of it.
        change: RuleChange,
    },
}

/// Where a new state goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Between two states.
    OnTransition {
        /// The state where the transition starts.
        from: StateKey,
        /// Which of its transitions, by its index in the state's outline.
        transition: usize,
    },
    /// Before the first state of a scope.
    BeforeStart {
        /// Which scope.
        scope: ScopeKey,
    },
    /// Behind a state: where its `Next`, or its `Default`, leads.
    After {
        /// Which state.
        state: StateKey,
    },
}

/// What an edit does to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The changes.
    pub changes: Changes,
    /// The name of the state to select afterwards.
    pub select: Option<String>,
    /// What was done, as the undo menu says it: `Rename Charge card`.
    pub label: String,
}

/// Why an edit cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditError {
    /// Which reason; never to be told from the message.
    pub code: EditErrorCode,
    /// What is wrong and what to do, in a sentence.
    pub message: String,
}

/// The reasons why an edit cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditErrorCode {
    /// The text has no such state, scope or transition (any more).
    NotFound,
    /// A name that is empty or too long.
    BadName,
    /// Another state has the name.
    NameTaken,
    /// A pointer that leads nowhere, or through something that has no fields.
    BadPointer,
    /// A value that is not JSON.
    BadValue,
    /// Nothing can follow this state.
    NothingFollows,
    /// A transition would leave its branch or Map.
    OutOfScope,
    /// The gesture does not fit a state of this type, or at this place.
    Unfit,
    /// The text is an alias of another place, or too damaged there.
    Unchangeable,
}

impl EditErrorCode {
    /// The code as it is sent and documented.
    pub fn as_str(self) -> &'static str {
        match self {
            EditErrorCode::NotFound => "NotFound",
            EditErrorCode::BadName => "BadName",
            EditErrorCode::NameTaken => "NameTaken",
            EditErrorCode::BadPointer => "BadPointer",
            EditErrorCode::BadValue => "BadValue",
            EditErrorCode::NothingFollows => "NothingFollows",
            EditErrorCode::OutOfScope => "OutOfScope",
            EditErrorCode::Unfit => "Unfit",
            EditErrorCode::Unchangeable => "Unchangeable",
        }
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EditError {}

/// Computes what an edit does to the text of `tree`, of which `definition` is the reading.
pub fn apply(definition: &Definition, tree: &Tree, edit: &Edit) -> Result<Edited, EditError> {
    let mut draft = Draft {
        definition,
        tree,
        rewrite: Rewrite::new(tree),
    };
    let (select, label) = draft.perform(edit)?;
    let changes = draft.rewrite.finish().map_err(|_| {
        refuse(
            EditErrorCode::Unchangeable,
            "this part of the text is too damaged to be changed here",
        )
    })?;
    Ok(Edited {
        changes,
        select,
        label,
    })
}

/// What to select afterwards, and the label.
type Outcome = (Option<String>, String);

/// An edit being computed.
struct Draft<'t> {
    definition: &'t Definition,
    tree: &'t Tree,
    rewrite: Rewrite<'t>,
}

/// The same text several times is changed once.
type Reference = NodeId;

impl<'t> Draft<'t> {
    fn perform(&mut self, edit: &Edit) -> Result<Outcome, EditError> {
        match edit {
            Edit::RenameState { state, to } => self.rename_state(state, to),
            Edit::SetField {
                state,
                pointer,
                value,
            } => self.set_field(state.as_deref(), pointer, value.as_deref()),
            Edit::InsertState {
                place,
                state_type,
                name,
                callee,
            } => self.insert_state(place, *state_type, name.as_deref(), callee.as_ref()),
            Edit::DeleteState { state } => self.delete_state(state),
            Edit::DuplicateState { state } => self.duplicate_state(state),
            Edit::PasteState { place, text } => self.paste_state(place, text),
            Edit::WrapState { state, in_type } => self.wrap_state(state, *in_type),
            Edit::ChangeType { state, to } => self.change_type(state, *to),
            Edit::Connect { from, to } => self.connect(from, to),
            Edit::Reconnect { from, transition, to } => {
                self.reconnect_transition(from, *transition, to.as_deref())
            }
            Edit::SetStart { state } => self.set_start(state),
            Edit::ExchangeField {
                state,
                from,
                to,
                value,
            } => self.exchange_field(state, from, to, value),
            Edit::AddEntry { state, list } => self.add_entry(state, *list),
            Edit::RemoveEntry { state, list, index } => self.remove_entry(state, *list, *index),
            Edit::MoveEntry {
                state,
                list,
                from,
                to,
            } => self.move_entry(state, *list, *from, *to),
            Edit::ChangeRule {
                state,
                pointer,
                change,
            } => self.change_rule(state, pointer, change),
        }
    }

    fn find(&self, key: &str) -> Result<StateIx, EditError> {
        self.definition.find(key).ok_or_else(|| {
            refuse(
                EditErrorCode::NotFound,
                format!("there is no state {key:?} any more"),
            )
        })
    }

    fn node(&self, id: NodeId) -> Node<'t> {
        self.tree.node(id)
    }

    /// Everything in the state's scope that names it: `StartAt`, `Next`, `Default`, rules and catchers.
    fn references(&self, ix: StateIx) -> Vec<Reference> {
        let scope = self.definition.scope(self.definition.at(ix).scope);
        let start = scope.start_node.filter(|_| scope.start == Some(ix));
        let transitions = scope
            .states
            .iter()
            .flat_map(|&state| &self.definition.at(state).transitions);
        let named = transitions
            .filter(|transition| transition.target_ix == Some(ix))
            .map(|transition| transition.node);
        let mut list: Vec<Reference> = start.into_iter().chain(named).collect();
        list.sort();
        list.dedup();
        list
    }

    /// Makes a node say this text.
    fn set_text(&mut self, id: NodeId, text: &str) {
        let value = json_tree(&serde_json::Value::from(text));
        if let Some(value) = value.root() {
            self.rewrite.replace(self.node(id), value);
        }
    }

    /// Whether a name may be given to a state of this machine.
    fn check_name(&self, name: &str) -> Result<(), EditError> {
        let length = name.chars().count();
        if length == 0 || length > MAX_NAME_CHARS {
            let has = if length == 0 {
                "none".to_owned()
            } else {
                length.to_string()
            };
            let message = format!("a state's name has 1 to {MAX_NAME_CHARS} characters; this one has {has}");
            return Err(refuse(EditErrorCode::BadName, message));
        }
        // The service wants names to be unique across all scopes.
        match self.definition.states.iter().any(|state| *state.name == *name) {
            true => Err(refuse(
                EditErrorCode::NameTaken,
                format!("there is a state {name:?} already; names are unique in the whole machine"),
            )),
            false => Ok(()),
        }
    }

    /// The scope with this key.
    fn find_scope(&self, key: &str) -> Result<ScopeIx, EditError> {
        let at = self
            .definition
            .scopes
            .iter()
            .position(|scope| scope.pointer == key);
        at.map(|at| ScopeIx(at as u32)).ok_or_else(|| {
            refuse(
                EditErrorCode::NotFound,
                format!("there is no scope at {key:?} any more"),
            )
        })
    }
}

fn refuse(code: EditErrorCode, message: impl Into<String>) -> EditError {
    EditError {
        code,
        message: message.into(),
    }
}

/// A member as JSON text, its numbers spelled as they are. None where it is damaged.
fn member_text(member: &Member<'_>) -> Option<String> {
    let name = serde_json::Value::from(&*member.name);
    Some(format!("{name}: {}", value_text(member.value?)?))
}

/// A value as JSON text; in JSON as it stands.
fn value_text(node: Node<'_>) -> Option<String> {
    let value = node.to_value()?;
    Some(match node.tree().format() {
        Format::Json => node.source().to_owned(),
        Format::Yaml => value.to_json(),
    })
}

/// An object of such members.
fn object_text(members: &[String]) -> String {
    format!("{{{}}}", members.join(", "))
}

/// A value as a sound tree, from which the rewriter copies.
fn json_tree(value: &serde_json::Value) -> Tree {
    Tree::parse(value.to_string(), Format::Json)
}
