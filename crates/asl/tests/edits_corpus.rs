//! Every kind of edit on every state of real workflows: the text stays sound, everything else stays as it was,
//! and undoing gives the text back.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "the whole file is tests")]

use std::collections::BTreeSet;
use std::path::Path;

use stepwell_asl::definition::Definition;
use stepwell_asl::edits::{Edit, Place, apply};
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
