//! Gestures: from the contract's words to those of `asl::edits`.

use asl::edits::{self, Action, Callee, EntryList};
use asl::words::StateType;

use crate::contract::*;

/// The gesture. `functions` says how a definition names the project's functions.
pub(crate) fn edit(edit: Edit, functions: &[FunctionOption]) -> Result<edits::Edit, CallError> {
    Ok(match edit {
        Edit::RenameState { state, to } => edits::Edit::RenameState { state, to },
        Edit::SetField {
            state,
            pointer,
            value,
        } => edits::Edit::SetField {
            state,
            pointer,
            value,
        },
        Edit::DeleteState { state } => edits::Edit::DeleteState { state },
        Edit::InsertState {
            place,
            state_type,
            name,
            function,
            action,
        } => {
            let (callee, title) = callee(function, action.as_deref(), functions)?.unzip();
            edits::Edit::InsertState {
                place: self::place(place),
                state_type: self::state_type(&state_type)?,
                name: name.or(title),
                callee,
            }
        }
        Edit::DuplicateState { state } => edits::Edit::DuplicateState { state },
        Edit::PasteState { place, text } => edits::Edit::PasteState {
            place: self::place(place),
            text,
        },
        Edit::WrapState { state, in_type } => edits::Edit::WrapState {
            state,
            in_type: state_type(&in_type)?,
        },
        Edit::ChangeType { state, to } => edits::Edit::ChangeType {
            state,
            to: state_type(&to)?,
        },
        Edit::Connect { from, to } => edits::Edit::Connect { from, to },
        Edit::Reconnect { from, transition, to } => edits::Edit::Reconnect {
            from,
            transition: transition as usize,
            to,
        },
        Edit::SetStart { state } => edits::Edit::SetStart { state },
        Edit::ExchangeField {
            state,
            from,
            to,
            value,
        } => edits::Edit::ExchangeField {
            state,
            from,
            to,
            value,
        },
        Edit::AddEntry { state, field } => edits::Edit::AddEntry {
            state,
            list: list(&field)?,
        },
        Edit::RemoveEntry { state, field, index } => edits::Edit::RemoveEntry {
            state,
            list: list(&field)?,
            index: index as usize,
        },
        Edit::MoveEntry {
            state,
            field,
            from,
            to,
        } => edits::Edit::MoveEntry {
            state,
            list: list(&field)?,
            from: from as usize,
            to: to as usize,
        },
        Edit::ChangeRule {
            state,
            pointer,
            change,
        } => edits::Edit::ChangeRule {
            state,
            pointer,
            change: rule_change(change),
        },
    })
}

fn rule_change(change: RuleChange) -> edits::RuleChange {
    match change {
        RuleChange::Test {
            variable,
            operator,
            operand,
        } => edits::RuleChange::Test {
            variable,
            operator,
            operand,
        },
        RuleChange::AddCondition { group } => edits::RuleChange::AddCondition { group },
        RuleChange::JoinBy { all } => edits::RuleChange::JoinBy { all },
        RuleChange::Negate {} => edits::RuleChange::Negate,
        RuleChange::Remove {} => edits::RuleChange::Remove,
    }
}

fn place(place: Place) -> edits::Place {
    match place {
        Place::OnTransition { from, transition } => edits::Place::OnTransition {
            from,
            transition: transition as usize,
        },
        Place::BeforeStart { scope } => edits::Place::BeforeStart { scope },
        Place::After { state } => edits::Place::After { state },
    }
}

fn state_type(name: &str) -> Result<StateType, CallError> {
    StateType::from_name(name)
        .ok_or_else(|| CallError::new("document.edit", format!("There is no state type {name}.")))
}

fn list(field: &str) -> Result<EntryList, CallError> {
    EntryList::of_field(field).ok_or_else(|| {
        CallError::new(
            "document.edit",
            format!("{field} is no list of rules, retriers, catchers or branches."),
        )
    })
}

/// What can be put in, and runs here.
pub(crate) fn actions() -> Vec<ActionView> {
    let view = |action: Action| ActionView {
        id: action.id().to_owned(),
        title: action.title().to_owned(),
        service: action.service().to_owned(),
        icon: match action {
            Action::Invoke | Action::InvokeAndWait => "function",
            Action::RunWorkflow | Action::StartWorkflow => "service",
            Action::Activity => "activity",
        }
        .to_owned(),
    };
    Action::ALL.into_iter().map(view).collect()
}

/// What a new Task calls, and the name of a state that does.
fn callee(
    function: Option<String>,
    action: Option<&str>,
    functions: &[FunctionOption],
) -> Result<Option<(Callee, String)>, CallError> {
    if let Some(function) = function {
        let (reference, title) = called(function, functions);
        return Ok(Some((Callee::Function(reference), title)));
    }
    let Some(id) = action else { return Ok(None) };
    let action = Action::of_id(id)
        .ok_or_else(|| CallError::new("document.edit", format!("There is no action {id}.")))?;
    Ok(Some((Callee::Action(action), action.title().to_owned())))
}

/// How the definition names a function, and the name of a state that calls it: `price-order` gives `Price order`.
fn called(name: String, functions: &[FunctionOption]) -> (String, String) {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let title: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    let known = functions.iter().find(|function| function.name == name);
    (known.map_or(name, |function| function.reference.clone()), title)
}
