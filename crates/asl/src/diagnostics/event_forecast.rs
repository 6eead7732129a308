//! SW0041: how far the history of a Standard execution reaches: a loop that polls or counts, or a Map with many steps or
//! items, fills its 25,000 events sooner than one may think, and then the execution fails. (Developer guide, "Service
//! quotas".)
//!
//! A loop counts where one of its states adds a fixed number to a path (`States.MathAdd($.i, 1)`) and one of its rules
//! compares the same path with a fixed number. From where it counts is not known; it is taken for 0.
//!
//! | state | events at least |
//! |---|---|
//! | Pass, Choice, Wait, Succeed | 2: entered, exited |
//! | Fail | 1: entered |
//! | Task | 5: entered, scheduled, started, succeeded, exited; 6 with a job or a token: submitted |
//! | Parallel | 4, and the shortest way through each branch |
//! | Map | 4; an iteration takes 2, and the shortest way through the processor |

use std::collections::HashMap;

use petgraph::algo::dijkstra;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::check::Check;
use super::{Diagnostic, Severity};
use crate::definition::{ScopeIx, StateIx, StateOutline};
use crate::expr::Expression;
use crate::machine::Pattern;
use crate::shape::Shape;
use crate::text::{Kind, Node};
use crate::words::{MachineType, StateType};

const CODE: &str = "SW0041";

/// A loop that runs for less than this until its history is full is worth a word; one that polls every minute is not.
const SOON_SECONDS: u64 = 24 * 3600;

/// A Map that takes this many items is not worth a word.
const MANY_ITEMS: u64 = 1_000;

/// So many loops are looked at, so that the work stays linear.
const LOOPS: usize = 50;

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    if check.known.machine_type == Some(MachineType::Express) {
        return;
    }
    let events = Events::of(check);
    for group in check.cycles().iter().take(LOOPS) {
        let waits = group.iter().filter_map(|ix| {
            let state = check.definition.at(*ix);
            let seconds = (state.state_type == Some(StateType::Wait)).then(|| seconds(check, state))??;
            let turn = events.turn(check, *ix)?;
            Some((state, seconds, turn))
        });
        // The one that fills the history first.
        let soonest = waits.min_by_key(|(_, seconds, turn)| seconds * (aws::quotas::HISTORY_EVENTS / turn));
        if let Some((state, seconds, turn)) = soonest {
            found.extend(polling(check, state, seconds, turn));
        }
        found.extend(counting(check, group, &events));
    }
    for (index, state) in check.definition.states.iter().enumerate() {
        if state.state_type == Some(StateType::Map) {
            found.extend(mapping(check, state, StateIx(index as u32), &events));
        }
    }
}

fn polling(check: &Check<'_>, wait: &StateOutline, seconds: u64, turn: u64) -> Option<Diagnostic> {
    let turns = aws::quotas::HISTORY_EVENTS / turn;
    let after = turns.checked_mul(seconds)?;
    if after >= SOON_SECONDS {
        return None;
    }
    let message = format!(
        "the loop through \"{}\" takes {turn} events a turn: after about {turns} turns, {}, the history is full and the \
         execution fails; wait longer, or go on in a new execution",
        wait.name,
        duration(after)
    );
    Some(check.about(CODE, Severity::Info, check.tree.node(wait.key_node), message))
}

fn mapping(check: &Check<'_>, map: &StateOutline, ix: StateIx, events: &Events) -> Option<Diagnostic> {
    let [processor] = map.scopes[..] else { return None };
    let node = check.tree.node(check.definition.scope(processor).node?);
    let mode = node.get("ProcessorConfig").and_then(|config| config.get("Mode"));
    if mode.is_some_and(|mode| mode.text() == "DISTRIBUTED") {
        return None;
    }
    let each = 2 + events.scopes[processor.index()]?;
    let items = (aws::quotas::HISTORY_EVENTS - events.states[ix.index()]) / each;
    let key = check.tree.node(map.key_node);
    if let Some(given) = known_items(check, ix).filter(|given| *given > items) {
        let message = format!(
            "it has {given} items, and each iteration takes {each} events or more: about {items} items fill the history, and \
             the execution fails; a Distributed Map takes more"
        );
        return Some(check.about(CODE, Severity::Warning, key, message));
    }
    if items >= MANY_ITEMS {
        return None;
    }
    let message = format!(
        "each iteration takes {each} events or more: about {items} items fill the history, and the execution fails; a \
         Distributed Map takes more"
    );
    Some(check.about(CODE, Severity::Info, key, message))
}

/// How many items a Map has at least, where that is known: a list that is written out, or that a state before puts out.
fn known_items(check: &Check<'_>, ix: StateIx) -> Option<u64> {
    match &check.stages()[ix.index()].as_ref()?.items {
        Shape::List(list) => Some(list.least as u64),
        _ => None,
    }
}

/// A loop that counts to a number which its history does not reach.
fn counting(check: &Check<'_>, group: &[StateIx], events: &Events) -> Option<Diagnostic> {
    let states = || group.iter().map(|ix| (*ix, check.definition.at(*ix)));
    let choices = states().filter(|(_, state)| state.state_type == Some(StateType::Choice));
    let bounds: Vec<_> = choices.flat_map(|(ix, state)| bounds(check, ix, state)).collect();
    if bounds.is_empty() {
        return None;
    }
    let steps: Vec<_> = states().flat_map(|(_, state)| steps(check, state)).collect();
    let (ix, turns) = bounds.iter().find_map(|(ix, path, bound)| {
        let (_, step) = steps.iter().find(|(counter, _)| counter == path)?;
        Some((*ix, (bound / step) as u64))
    })?;
    let turn = events.turn(check, ix)?;
    let most = aws::quotas::HISTORY_EVENTS / turn;
    let state = check.definition.at(ix);
    let message = format!(
        "the loop through \"{}\" takes {turn} events a turn and counts up to about {turns} turns: after about {most} the \
         history is full and the execution fails; go on in a new execution before that",
        state.name
    );
    (turns > most).then(|| check.about(CODE, Severity::Warning, check.tree.node(state.key_node), message))
}

/// The paths that a Choice state's rules compare with a fixed number above 0, and the numbers.
fn bounds(check: &Check<'_>, ix: StateIx, state: &StateOutline) -> Vec<(StateIx, String, f64)> {
    let mut found = Vec::new();
    let rules = state.node.and_then(|node| check.tree.node(node).get("Choices"));
    let mut waiting: Vec<_> = rules.into_iter().flat_map(Node::items).collect();
    while let Some(test) = waiting.pop() {
        for list in ["And", "Or"] {
            waiting.extend(test.get(list).into_iter().flat_map(Node::items));
        }
        waiting.extend(test.get("Not"));
        let Some(variable) = test.get("Variable") else {
            continue;
        };
        let numbers = test.members().filter(|member| member.name.starts_with("Numeric"));
        let number = numbers
            .filter_map(|member| member.value?.text().parse::<f64>().ok())
            .next();
        if let Some(number) = number.filter(|number| *number > 0.0) {
            found.push((ix, variable.text().into_owned(), number));
        }
    }
    found
}

/// The paths that a state adds a fixed number above 0 to, and the numbers.
fn steps(check: &Check<'_>, state: &StateOutline) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    let Some(node) = state.node.map(|node| check.tree.node(node)) else {
        return found;
    };
    let templates = ["Parameters", "ResultSelector", "Assign"];
    let mut waiting: Vec<_> = templates.iter().filter_map(|field| node.get(field)).collect();
    while let Some(node) = waiting.pop() {
        for member in node.members() {
            let Some(value) = member.value else { continue };
            if member.name.ends_with(".$")
                && let Ok(Expression::Call(call)) = Expression::parse(&value.text())
                && let Some((path, step)) = call.addition().filter(|(_, step)| *step > 0.0)
            {
                found.push((path.text().to_owned(), step));
            }
            waiting.push(value);
        }
    }
    found
}

fn seconds(check: &Check<'_>, wait: &StateOutline) -> Option<u64> {
    let seconds = check.tree.node(wait.node?).get("Seconds")?;
    (seconds.kind() == Kind::Number).then(|| seconds.text().parse().ok())?
}

fn duration(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The fewest events.
struct Events {
    /// Of each state, with what is inside it.
    states: Vec<u64>,
    /// Of the shortest way through each scope; none where there is no way.
    scopes: Vec<Option<u64>>,
}

impl Events {
    fn of(check: &Check<'_>) -> Events {
        let definition = check.definition;
        let mut events = Events {
            states: vec![0; definition.states.len()],
            scopes: vec![None; definition.scopes.len()],
        };
        // What is inside comes after its owner.
        for index in (0..definition.scopes.len()).rev() {
            let scope = definition.scope(ScopeIx(index as u32));
            for ix in &scope.states {
                events.states[ix.index()] = events.state(check, definition.at(*ix));
            }
            let through = scope.start.and_then(|start| {
                let costs = events.costs(check, start);
                let ends = scope.states.iter().filter(|ix| definition.at(**ix).terminal);
                let shortest = ends.filter_map(|ix| costs.get(&node(*ix))).min()?;
                Some(events.states[start.index()] + shortest)
            });
            events.scopes[index] = through;
        }
        events
    }

    fn state(&self, check: &Check<'_>, state: &StateOutline) -> u64 {
        match state.state_type {
            Some(StateType::Fail) => 1,
            Some(StateType::Task) => {
                let resource = state.node.and_then(|node| check.tree.node(node).get("Resource"));
                let waits = resource.is_some_and(|resource| {
                    let text = resource.text();
                    let waiting = [Pattern::Sync, Pattern::Sync2, Pattern::WaitForTaskToken];
                    waiting.iter().any(|pattern| text.ends_with(pattern.suffix()))
                });
                if waits { 6 } else { 5 }
            }
            Some(StateType::Parallel) => {
                let branches = state.scopes.iter().filter_map(|scope| self.scopes[scope.index()]);
                4 + branches.sum::<u64>()
            }
            Some(StateType::Map) => 4,
            _ => 2,
        }
    }

    /// The fewest events after a state up to each other one.
    fn costs(&self, check: &Check<'_>, from: StateIx) -> HashMap<NodeIndex, u64> {
        let costs = dijkstra(&check.graph.graph, node(from), None, |edge| {
            self.states[edge.target().index()]
        });
        costs.into_iter().collect()
    }

    /// The events of the shortest way round through a state.
    fn turn(&self, check: &Check<'_>, state: StateIx) -> Option<u64> {
        let costs = self.costs(check, state);
        let back = check
            .graph
            .entering(state)
            .filter_map(|(from, _)| costs.get(&node(from)).copied())
            .min()?;
        Some(back + self.states[state.index()])
    }
}

fn node(state: StateIx) -> NodeIndex {
    NodeIndex::new(state.index())
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::Known;
    use crate::diagnostics::tests::{check, check_known, machine};
    use crate::words::MachineType;

    fn poll(seconds: u64) -> String {
        machine(&format!(
            r#""A": {{"Type": "Wait", "Seconds": {seconds}, "Next": "Ask"}},
            "Ask": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Done?"}},
            "Done?": {{"Type": "Choice", "Choices": [{{"Variable": "$.a", "IsNull": true, "Next": "A"}}], "Default": "E"}},
            "E": {{"Type": "Succeed"}}"#
        ))
    }

    #[test]
    fn loops() {
        let message = "/States/A: the loop through \"A\" takes 9 events a turn: after about 2777 turns, 3 h 51 min, the \
             history is full and the execution fails; wait longer, or go on in a new execution";
        check(CODE, &poll(5), &[message]);
        check(CODE, &poll(60), &[]);
        let express = Known {
            machine_type: Some(MachineType::Express),
            ..Known::default()
        };
        check_known(CODE, &poll(5), &express, &[]);
    }

    #[test]
    fn loops_that_count() {
        let count = |bound: &str| {
            machine(&format!(
                r#""A": {{"Type": "Pass", "Parameters": {{"i.$": "States.MathAdd($.n.i, 1)"}}, "ResultPath": "$.n", "Next": "More?"}},
                "More?": {{"Type": "Choice", "Choices": [{{"Variable": "$.n.i", {bound}, "Next": "A"}}], "Default": "E"}},
                "E": {{"Type": "Succeed"}}"#
            ))
        };
        check(
            CODE,
            &count(r#""NumericLessThan": 10000"#),
            &[
                "/States/More?: the loop through \"More?\" takes 4 events a turn and counts up to about 10000 turns: after about \
                 6250 the history is full and the execution fails; go on in a new execution before that",
            ],
        );
        check(CODE, &count(r#""NumericLessThan": 6000"#), &[]);
        check(CODE, &count(r#""NumericLessThanPath": "$.n.most""#), &[]);
        check(
            CODE,
            &count(r#""NumericLessThan": 1e9"#).replace("$.n.i, 1)", "$.other, 1)"),
            &[],
        );
    }

    #[test]
    fn maps_of_known_size() {
        let items = vec!["1"; 10_000].join(", ");
        let map = |more: &str| {
            format!(
                r#"{{"Type": "Map", {more} "ItemProcessor": {{"StartAt": "I", "States": {{"I": {{"Type": "Pass", "End": true}}}}}}, "End": true}}"#
            )
        };
        let says = |state: &str| {
            format!(
                "/States/{state}: it has 10000 items, and each iteration takes 4 events or more: about 6249 items fill the history, \
                 and the execution fails; a Distributed Map takes more"
            )
        };
        let written = machine(&format!(
            r#""A": {{"Type": "Pass", "Result": {{"rows": [{items}]}}, "Next": "M"}}, "M": {}"#,
            map(r#""ItemsPath": "$.rows","#)
        ));
        check(CODE, &written, &[&says("M")]);
        let jsonata = machine(&format!(
            r#""A": {}"#,
            map(&format!(r#""QueryLanguage": "JSONata", "Items": [{items}],"#))
        ));
        check(CODE, &jsonata, &[&says("A")]);
        check(CODE, &machine(&format!(r#""A": {}"#, map(""))), &[]);
    }

    #[test]
    fn maps() {
        let steps = |count: usize| {
            let steps: Vec<_> = (0..count)
                .map(|step| {
                    format!(
                        r#""S{step}": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "S{}"}}"#,
                        step + 1
                    )
                })
                .collect();
            machine(&format!(
                r#""A": {{"Type": "Map", "End": true, "ItemProcessor": {{"StartAt": "S0", "States": {{{}, "S{count}": {{"Type": "Succeed"}}}}}}}}"#,
                steps.join(", ")
            ))
        };
        check(CODE, &steps(4), &[]);
        check(
            CODE,
            &steps(5),
            &[
                "/States/A: each iteration takes 29 events or more: about 861 items fill the history, and the execution fails; a \
               Distributed Map takes more",
            ],
        );
    }
}
