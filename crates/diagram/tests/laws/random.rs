//! Random definitions: any state may lead to any of its scope, also to itself and to none.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A scope: its states, and where it starts.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    states: Vec<State>,
    start: usize,
}

#[derive(Debug, Clone)]
enum State {
    Task {
        next: Option<usize>,
        catch: Vec<usize>,
    },
    Choice {
        rules: Vec<usize>,
        default: Option<usize>,
    },
    End {
        fails: bool,
    },
    Parallel {
        branches: Vec<Scope>,
        next: Option<usize>,
        catch: Vec<usize>,
    },
}

/// Scopes with rooms in them to this depth.
pub(crate) fn scope(depth: u32) -> BoxedStrategy<Scope> {
    let target = || 0..14_usize;
    let task = (prop::option::of(target()), prop::collection::vec(target(), 0..3))
        .prop_map(|(next, catch)| State::Task { next, catch });
    let choice = (prop::collection::vec(target(), 0..5), prop::option::of(target()))
        .prop_map(|(rules, default)| State::Choice { rules, default });
    let end = any::<bool>().prop_map(|fails| State::End { fails });
    let flat = prop_oneof![4 => task, 3 => choice, 1 => end];
    let state = if depth == 0 {
        flat.boxed()
    } else {
        let branches = prop::collection::vec(scope(depth - 1), 0..3);
        let room = (
            branches,
            prop::option::of(target()),
            prop::collection::vec(target(), 0..2),
        )
            .prop_map(|(branches, next, catch)| State::Parallel {
                branches,
                next,
                catch,
            });
        prop_oneof![6 => flat, 1 => room].boxed()
    };
    (prop::collection::vec(state, 0..12), target())
        .prop_map(|(states, start)| Scope { states, start })
        .boxed()
}

/// The definition's text.
pub(crate) fn text(scope: &Scope) -> String {
    value(scope, "s").to_string()
}

fn value(scope: &Scope, prefix: &str) -> Value {
    let name = |index: usize| format!("{prefix}{index}");
    let mut states = Map::new();
    for (index, state) in scope.states.iter().enumerate() {
        let mut body = match state {
            State::Task { .. } => json!({ "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage" }),
            State::Choice { rules, default } => {
                let rule = |to: &usize| json!({ "Variable": "$.x", "NumericEquals": 1, "Next": name(*to) });
                let rules: Vec<Value> = rules.iter().map(rule).collect();
                json!({ "Type": "Choice", "Choices": rules, "Default": default.map(name) })
            }
            State::End { fails } => json!({ "Type": if *fails { "Fail" } else { "Succeed" } }),
            State::Parallel { branches, .. } => {
                let inside =
                    |(branch, scope): (usize, &Scope)| value(scope, &format!("{}-{branch}-", name(index)));
                let branches: Vec<Value> = branches.iter().enumerate().map(inside).collect();
                json!({ "Type": "Parallel", "Branches": branches })
            }
        };
        if let State::Task { next, catch } | State::Parallel { next, catch, .. } = state {
            let catcher = |to: &usize| json!({ "ErrorEquals": ["States.ALL"], "Next": name(*to) });
            body["Catch"] = catch.iter().map(catcher).collect();
            match next {
                Some(next) => body["Next"] = name(*next).into(),
                None => body["End"] = true.into(),
            }
        }
        states.insert(name(index), body);
    }
    json!({ "StartAt": name(scope.start), "States": states })
}
