//! Every kind of edit on every state of real workflows: the text stays sound, everything else stays as it was,
//! and undoing gives the text back.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "the whole file is tests")]

use std::collections::BTreeSet;
use std::path::Path;

use stepwell_asl::definition::{Definition, TransitionKind};
use stepwell_asl::edits::{Edit, EntryList, Place, RuleChange, apply, copied_state};
use stepwell_asl::text::{Format, Kind, Node, Tree};
use stepwell_asl::value::Value;
use stepwell_asl::words::StateType;

/// The sound workflows beside the checkout, as they are and as YAML in block style.
fn workflows() -> Vec<(String, Tree)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: {} is absent", folder.display());
        return Vec::new();
    };
    let mut workflows = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let format = match name {
            _ if name.ends_with("template.yaml") || name == "index.json" => continue,
            _ if name.ends_with(".json") => Format::Json,
            _ if name.ends_with(".yaml") => Format::Yaml,
            _ => continue,
        };
        let tree = Tree::parse(std::fs::read_to_string(&path).unwrap(), format);
        if tree.faults().is_empty() {
            if format == Format::Json {
                let text = as_yaml(tree.root().unwrap(), 0);
                workflows.push((format!("{name} as YAML"), Tree::parse(text, Format::Yaml)));
            }
            workflows.push((name, tree));
        }
    }
    workflows.sort_by(|a, b| a.0.cmp(&b.0));
    workflows
}

/// A plain block style, by hand, that owes nothing to the code under test.
fn as_yaml(node: Node<'_>, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    match node.kind() {
        Kind::Object if node.members().next().is_some() => {
            let lines = node.members().map(|member| {
                let value = as_yaml(member.value.unwrap(), indent + 2);
                format!("\n{blanks}{}:{value}", member.key.source().replace("\\/", "/"))
            });
            lines.collect()
        }
        Kind::Array if node.items().next().is_some() => {
            let lines = node.items().map(|item| {
                let value = as_yaml(item, indent + 2);
                format!("\n{blanks}-{value}")
            });
            lines.collect()
        }
        _ => format!(" {}", node.source().replace("\\/", "/").replace("{\n}", "{}")),
    }
}

/// Everything in a value as (pointer, scalar), so that two can be compared as sets.
fn leaves(value: &Value, pointer: String, into: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object.iter() {
                leaves(inner, format!("{pointer}/{name}"), into);
            }
        }
        Value::Array(array) => {
            for (at, inner) in array.iter().enumerate() {
                leaves(inner, format!("{pointer}/{at}"), into);
            }
        }
        scalar => {
            into.insert((pointer, scalar.to_json()));
        }
    }
}

fn all_leaves(tree: &Tree) -> BTreeSet<(String, String)> {
    let mut set = BTreeSet::new();
    leaves(&tree.root().unwrap().to_value().unwrap(), String::new(), &mut set);
    set
}

/// Applies an edit, checks what holds for all of them, and returns the new tree.
fn edited(name: &str, tree: &Tree, edit: &Edit) -> Tree {
    let definition = Definition::read(tree);
    let edited = apply(&definition, tree, edit).unwrap_or_else(|error| panic!("{name}: {edit:?}: {error}"));
    let after = edited.changes.apply(tree.text());
    assert_eq!(
        edited.changes.invert(tree.text()).apply(&after),
        tree.text(),
        "{name}: {edit:?}"
    );
    let again = Tree::parse(after.as_str(), tree.format());
    assert_eq!(again.faults(), &[], "{name}: {edit:?} made\n{after}");
    assert!(again.root().unwrap().to_value().is_some());
    again
}

#[test]
fn rename_touches_the_name_only() {
    for (name, tree) in workflows() {
        for state in &Definition::read(&tree).states {
            let edit = Edit::RenameState {
                state: state.key.clone(),
                to: "Ein \"neuer\" Name".to_owned(),
            };
            let again = edited(&name, &tree, &edit);
            let renamed = Definition::read(&again);
            assert_eq!(renamed.states.len(), Definition::read(&tree).states.len());
            assert!(renamed.state("Ein \"neuer\" Name").is_some());
            let lines = |tree: &Tree| tree.text().lines().count();
            assert_eq!(lines(&tree), lines(&again));
            let dangling = |definition: &Definition| {
                let all = definition.states.iter().flat_map(|state| &state.transitions);
                all.filter(|transition| transition.target_ix.is_none()).count()
            };
            assert_eq!(
                dangling(&renamed),
                dangling(&Definition::read(&tree)),
                "{name}: {edit:?}"
            );
        }
    }
}

#[test]
fn delete_takes_one_state_and_leaves_no_dangling_name() {
    for (name, tree) in workflows() {
        let before = Definition::read(&tree);
        for state in &before.states {
            let again = edited(
                &name,
                &tree,
                &Edit::DeleteState {
                    state: state.key.clone(),
                },
            );
            let after = Definition::read(&again);
            let inside = before
                .states
                .iter()
                .filter(|other| other.pointer.starts_with(&format!("{}/", state.pointer)));
            assert_eq!(
                after.states.len() + 1 + inside.count(),
                before.states.len(),
                "{name}: {}",
                state.key
            );
            assert!(after.state(&state.key).is_none());
            for transition in after.states.iter().flat_map(|state| &state.transitions) {
                assert!(
                    transition.target != state.name || transition.target_ix.is_some(),
                    "{name}: {}",
                    state.key
                );
            }
        }
    }
}

#[test]
fn insert_adds_and_takes_nothing() {
    for (name, tree) in workflows() {
        let before = Definition::read(&tree);
        for (at, state) in before.states.iter().enumerate() {
            let state_type = StateType::ALL[at % StateType::ALL.len()];
            for transition in 0..state.transitions.len() {
                let place = Place::OnTransition {
                    from: state.key.clone(),
                    transition,
                };
                let edit = Edit::InsertState {
                    place,
                    state_type,
                    name: Some("Neu".to_owned()),
                    callee: None,
                };
                let again = edited(&name, &tree, &edit);
                let after = Definition::read(&again);
                let from = after.state(&state.key).unwrap();
                assert_eq!(&*from.transitions[transition].target, "Neu");
                let gone: Vec<_> = all_leaves(&tree)
                    .difference(&all_leaves(&again))
                    .cloned()
                    .collect();
                assert_eq!(gone.len(), 1, "{name}: {edit:?}: {gone:?}");
            }
        }
    }
}

#[test]
fn set_changes_that_field_only() {
    for (name, tree) in workflows() {
        for state in &Definition::read(&tree).states {
            // One document has a `QueryLanguage` among its states.
            if state.node.is_none_or(|id| tree.node(id).kind() != Kind::Object) {
                continue;
            }
            let set = |value: Option<&str>, tree: &Tree| {
                let value = value.map(str::to_owned);
                edited(
                    &name,
                    tree,
                    &Edit::SetField {
                        state: Some(state.key.clone()),
                        pointer: "/Comment".to_owned(),
                        value,
                    },
                )
            };
            let with = set(Some("\"Ein: Kommentar #1\""), &tree);
            let expected = (
                format!("{}/Comment", state.pointer),
                "\"Ein: Kommentar #1\"".to_owned(),
            );
            let changed: Vec<_> = all_leaves(&with)
                .difference(&all_leaves(&tree))
                .cloned()
                .collect();
            let unescaped = expected.0.replace("~1", "/").replace("~0", "~");
            assert_eq!(changed, [(unescaped, expected.1)], "{name}: {}", state.key);
            let without = set(None, &with);
            let had = tree
                .root()
                .unwrap()
                .at(&format!("{}/Comment", state.pointer))
                .is_some();
            assert!(
                had || without.text() == tree.text(),
                "{name}: {}\n{}",
                state.key,
                without.text()
            );
        }
    }
}

/// What of a text's values the edit took away.
fn gone(name: &str, tree: &Tree, edit: &Edit) -> (Tree, Vec<(String, String)>) {
    let again = edited(name, tree, edit);
    let gone = all_leaves(tree)
        .difference(&all_leaves(&again))
        .cloned()
        .collect();
    (again, gone)
}

#[test]
fn a_copy_takes_nothing_but_the_link_to_it() {
    for (name, tree) in workflows() {
        let before = Definition::read(&tree);
        for state in before.states.iter().filter(|state| is_whole(&tree, state.node)) {
            let (again, gone) = gone(
                &name,
                &tree,
                &Edit::DuplicateState {
                    state: state.key.clone(),
                },
            );
            assert!(gone.len() <= 1, "{name}: {}: {gone:?}", state.key);
            let ix = before.find(&state.key).unwrap();
            let text = copied_state(&before, &tree, ix).unwrap();
            let place = Place::BeforeStart { scope: String::new() };
            let pasted = edited(&name, &tree, &Edit::PasteState { place, text });
            let count = |tree: &Tree| Definition::read(tree).states.len();
            let inside = before
                .states
                .iter()
                .filter(|other| other.pointer.starts_with(&format!("{}/", state.pointer)))
                .count();
            assert_eq!(count(&again), before.states.len() + 1 + inside);
            assert_eq!(count(&pasted), count(&again), "{name}: {}", state.key);
        }
    }
}

fn is_whole(tree: &Tree, node: Option<stepwell_asl::text::NodeId>) -> bool {
    node.is_some_and(|id| tree.node(id).kind() == Kind::Object)
}

#[test]
fn a_wrapped_state_is_the_only_one_inside() {
    for (name, tree) in workflows() {
        let before = Definition::read(&tree);
        for (at, state) in before.states.iter().enumerate() {
            if matches!(state.state_type, None | Some(StateType::Choice)) {
                continue;
            }
            let edit = Edit::WrapState {
                state: state.key.clone(),
                in_type: [StateType::Parallel, StateType::Map][at % 2],
            };
            let after = Definition::read(&edited(&name, &tree, &edit));
            assert_eq!(after.states.len(), before.states.len() + 1, "{name}: {edit:?}");
            let wrapped = after.state(&state.key).unwrap();
            assert_eq!(after.scope(wrapped.scope).states.len(), 1, "{name}: {edit:?}");
        }
    }
}

#[test]
fn another_type_keeps_the_others_as_they_are() {
    for (name, tree) in workflows() {
        let before = Definition::read(&tree);
        for (at, state) in before.states.iter().enumerate() {
            let to = StateType::ALL[at % StateType::ALL.len()];
            let goes_on = |kind| !matches!(kind, TransitionKind::Catch(_));
            let has_next = state
                .transitions
                .iter()
                .any(|transition| goes_on(transition.kind));
            if !is_whole(&tree, state.node) || (to == StateType::Choice && !has_next) {
                continue;
            }
            let edit = Edit::ChangeType {
                state: state.key.clone(),
                to,
            };
            let (again, gone) = gone(&name, &tree, &edit);
            let own = format!("{}/", state.pointer.replace("~1", "/").replace("~0", "~"));
            for (pointer, value) in gone {
                assert!(pointer.starts_with(&own), "{name}: {edit:?}: {pointer} {value}");
            }
            assert_eq!(
                Definition::read(&again).state(&state.key).unwrap().state_type,
                Some(to)
            );
        }
    }
}

#[test]
fn a_transition_led_elsewhere_is_one_name() {
    for (name, tree) in workflows() {
        let before = Definition::read(&tree);
        for state in &before.states {
            let scope = before.scope(state.scope);
            let to = before.at(scope.states[0]).key.clone();
            for transition in 0..state.transitions.len() {
                let lead = |to| Edit::Reconnect {
                    from: state.key.clone(),
                    transition,
                    to,
                };
                let (_, gone) = gone(&name, &tree, &lead(Some(to.clone())));
                assert!(gone.len() <= 1, "{name}: {gone:?}");
                edited(&name, &tree, &lead(None));
            }
            let (_, gone) = gone(
                &name,
                &tree,
                &Edit::SetStart {
                    state: state.key.clone(),
                },
            );
            assert!(gone.len() <= 1, "{name}: {gone:?}");
            if !matches!(
                state.state_type,
                None | Some(StateType::Succeed | StateType::Fail)
            ) {
                let from = state.key.clone();
                edited(&name, &tree, &Edit::Connect { from, to });
            }
        }
    }
}

#[test]
fn entries_come_go_and_move() {
    for (name, tree) in workflows() {
        for state in &Definition::read(&tree).states {
            let Some(node) = state.node.map(|node| tree.node(node)) else {
                continue;
            };
            for list in EntryList::ALL {
                let state = || state.key.clone();
                let count = node.get(list.field()).map_or(0, |array| array.items().count());
                if count == 0 {
                    continue;
                }
                let added = edited(&name, &tree, &Edit::AddEntry { state: state(), list });
                let now = Definition::read(&added)
                    .state(&state())
                    .and_then(|state| added.node(state.node?).get(list.field()))
                    .map_or(0, |array| array.items().count());
                assert_eq!(now, count + 1, "{name}");
                let shift = |from, to| Edit::MoveEntry {
                    state: state(),
                    list,
                    from,
                    to,
                };
                let moved = edited(&name, &tree, &shift(0, count - 1));
                let back = edited(&name, &moved, &shift(count - 1, 0));
                assert_eq!(back.text(), tree.text(), "{name}");
                edited(
                    &name,
                    &tree,
                    &Edit::RemoveEntry {
                        state: state(),
                        list,
                        index: count / 2,
                    },
                );
            }
        }
    }
}

#[test]
fn rules_change_and_change_back() {
    for (name, tree) in workflows() {
        for state in &Definition::read(&tree).states {
            let choices = state.node.and_then(|node| tree.node(node).get("Choices"));
            for (index, rule) in choices.into_iter().flat_map(Node::items).enumerate() {
                if rule.get("Condition").is_some() {
                    continue;
                }
                let change = |change| Edit::ChangeRule {
                    state: state.key.clone(),
                    pointer: format!("/Choices/{index}"),
                    change,
                };
                let negated = edited(&name, &tree, &change(RuleChange::Negate));
                let back = edited(&name, &negated, &change(RuleChange::Negate));
                assert_eq!(all_leaves(&back), all_leaves(&tree), "{name}: {}", state.key);
                for group in [false, true] {
                    let (_, gone) = gone(&name, &tree, &change(RuleChange::AddCondition { group }));
                    let own = all_leaves_of(rule);
                    assert!(gone.len() <= own, "{name}: {gone:?}");
                }
                if rule.get("Variable").is_some() {
                    let (_, gone) = gone(
                        &name,
                        &tree,
                        &change(RuleChange::Test {
                            variable: "$.other".to_owned(),
                            operator: "NumericLessThanPath".to_owned(),
                            operand: "\"$.limit\"".to_owned(),
                        }),
                    );
                    assert!(gone.len() <= 2, "{name}: {gone:?}");
                }
            }
        }
    }
}

fn all_leaves_of(node: Node<'_>) -> usize {
    let mut set = BTreeSet::new();
    leaves(&node.to_value().unwrap(), String::new(), &mut set);
    set.len()
}
