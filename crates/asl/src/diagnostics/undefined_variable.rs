//! SW0037: a state reads a variable that is not assigned on every way to it.
//!
//! A variable is there when every way from the start assigns it. Ways are followed as the graph has them; each assigns
//! what its transition says ([`variables::assigned_by`]). A branch or an iteration starts with what its owner sees,
//! an iteration of a Distributed Map with nothing. What is assigned inside is gone outside.

use std::collections::HashMap;

use super::check::Check;
use super::fixes::respell_part;
use super::{Diagnostic, Severity};
use crate::definition::{ScopeOutline, StateIx};
use crate::graph::Worklist;
use crate::text::Node;
use crate::value::Text;
use crate::variables::{self, Assigned, Read};
use crate::words::ScopeRole;

const CODE: &str = "SW0037";

/// So much may be remembered: 10,000 states that assign 10,000 variables take a third of it.
const MOST_WORDS: usize = 5_000_000;

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let reads = variables::reads_with(check.tree, check.definition, check.expressions());
    if reads.is_empty() {
        return;
    }
    let Some(flow) = Flow::of(check) else { return };
    // Who asks if it is there may do without.
    for read in reads.into_iter().filter(|read| !read.tested) {
        if !flow.reached[read.state.index()] {
            // Nothing leads here, which has its own diagnostic.
            continue;
        }
        match flow.numbers.get(&read.name) {
            Some(number) if flow.always.has(read.state, *number) => {}
            Some(number) if flow.sometimes.has(read.state, *number) => {
                found.push(sometimes(check, &flow, &read, *number))
            }
            _ => found.push(never(check, &flow, &read)),
        }
    }
}

fn sometimes(check: &Check<'_>, flow: &Flow, read: &Read<'_>, number: usize) -> Diagnostic {
    let lacking = flow.way_without(check, read.state, number);
    let way = match lacking {
        Some(ix) => format!(
            "the way through \"{}\" assigns it not",
            check.definition.at(ix).name
        ),
        None => "not every way assigns it".to_owned(),
    };
    let message = format!("${} may be missing here: {way}; assign it there, too", read.name);
    check.on(CODE, Severity::Warning, read.node, read.range.clone(), message)
}

fn never(check: &Check<'_>, flow: &Flow, read: &Read<'_>) -> Diagnostic {
    let there = flow
        .numbers
        .iter()
        .filter(|(_, number)| flow.sometimes.has(read.state, **number));
    let mut there: Vec<&str> = there.map(|(name, _)| &**name).collect();
    there.sort_unstable();
    let near = check.did_you_mean(&read.name, there.into_iter());
    let hint = match near {
        Some(near) => format!("did you mean ${near}?"),
        None => "assign it first".to_owned(),
    };
    let message = format!("no state before this one assigns ${}; {hint}", read.name);
    let mut diagnostic = check.on(CODE, Severity::Warning, read.node, read.range.clone(), message);
    diagnostic.fix =
        near.and_then(|near| respell_part(read.node, read.range.start + 1..read.range.end, near));
    diagnostic
}

/// The variables' numbers, and what is assigned before each state is entered.
struct Flow {
    numbers: HashMap<Text, usize, foldhash::fast::RandomState>,
    /// What each transition assigns: those of one state behind those of the one before.
    gains: Vec<Gain>,
    /// Where each state's transitions begin in `gains`.
    first_gain: Vec<usize>,
    /// The states that a way leads to.
    reached: Vec<bool>,
    /// What every way to a state assigns.
    always: Bits,
    /// What some way to a state assigns.
    sometimes: Bits,
}

enum Gain {
    Names(Vec<usize>),
    Open,
}

impl Flow {
    /// None where more variables are assigned in more states than any definition that the service takes can have.
    fn of(check: &Check<'_>) -> Option<Flow> {
        let states = check.definition.states.len();
        let mut flow = Flow {
            numbers: HashMap::default(),
            gains: Vec::new(),
            first_gain: Vec::with_capacity(states),
            reached: vec![false; states],
            always: Bits::default(),
            sometimes: Bits::default(),
        };
        flow.collect_gains(check);
        if flow.numbers.len().div_ceil(64) * states > MOST_WORDS {
            return None;
        }
        flow.always = Bits::none(states, flow.numbers.len());
        flow.sometimes = Bits::none(states, flow.numbers.len());
        // An owner comes before what is inside it.
        let mut waiting = Worklist::new(states);
        for scope in &check.definition.scopes {
            flow.run(check, scope, &mut waiting);
        }
        Some(flow)
    }

    fn collect_gains(&mut self, check: &Check<'_>) {
        // Few states assign anything; the others need not be asked for each of their transitions.
        let mut assigns = vec![false; check.definition.states.len()];
        for object in &check.objects {
            if object.given("Assign").is_some()
                && let Some(state) = check.definition.state_ix_at_offset(object.node.range().start)
            {
                assigns[state.index()] = true;
            }
        }
        for (state, assigns) in check.definition.states.iter().zip(assigns) {
            self.first_gain.push(self.gains.len());
            let node = state.node.map(|node| check.tree.node(node));
            for way in &state.transitions {
                let gain = match node {
                    Some(_) if !assigns => Gain::Names(Vec::new()),
                    Some(node) => self.gain(variables::assigned_by(node, way.kind)),
                    None => Gain::Open,
                };
                self.gains.push(gain);
            }
        }
    }

    fn gain(&mut self, assigned: Assigned) -> Gain {
        match assigned {
            Assigned::Open => Gain::Open,
            Assigned::Names(names) => Gain::Names(
                names
                    .into_iter()
                    .map(|name| {
                        let next = self.numbers.len();
                        *self.numbers.entry(name).or_insert(next)
                    })
                    .collect(),
            ),
        }
    }

    fn gain_of(&self, state: StateIx, transition: usize) -> &Gain {
        &self.gains[self.first_gain[state.index()] + transition]
    }

    /// Follows the ways of one scope until nothing changes. `always` only shrinks and `sometimes` only grows, so it ends.
    fn run(&mut self, check: &Check<'_>, scope: &ScopeOutline, waiting: &mut Worklist) {
        let Some(start) = scope.start else { return };
        match (scope.role, scope.owner) {
            (ScopeRole::Root, _) | (_, None) => {}
            (ScopeRole::Processor, _) if is_distributed(check, scope) => {}
            (_, Some(owner)) if self.reached[owner.index()] => {
                self.always.copy(owner, start);
                self.sometimes.copy(owner, start);
            }
            (_, Some(_)) => return,
        }
        self.reached[start.index()] = true;
        waiting.push(start);
        let mut after = After::default();
        while let Some(ix) = waiting.pop() {
            for (number, way) in check.definition.at(ix).transitions.iter().enumerate() {
                let Some(target) = way.target_ix else { continue };
                after.leave(self, ix, number);
                let changed = match std::mem::replace(&mut self.reached[target.index()], true) {
                    true => {
                        let fewer = self.always.keep(target, &after.always);
                        let more = self.sometimes.add(target, &after.sometimes);
                        fewer || more
                    }
                    false => {
                        self.always.set(target, &after.always);
                        self.sometimes.set(target, &after.sometimes);
                        true
                    }
                };
                if changed {
                    waiting.push(target);
                }
            }
        }
    }

    /// The first state, in the order of the document, from which a transition comes that leaves the variable unassigned.
    fn way_without(&self, check: &Check<'_>, state: StateIx, number: usize) -> Option<StateIx> {
        let mut seen = vec![false; self.reached.len()];
        let mut waiting = vec![state];
        while let Some(ix) = waiting.pop() {
            if std::mem::replace(&mut seen[ix.index()], true) {
                continue;
            }
            for (from, edge) in check.graph.entering(ix) {
                if !self.reached[from.index()] {
                    continue;
                }
                let gains = match self.gain_of(from, edge.transition) {
                    Gain::Open => true,
                    Gain::Names(names) => names.contains(&number),
                };
                if !gains && !self.sometimes.has(from, number) {
                    return Some(from);
                }
                if !gains && !self.always.has(from, number) {
                    waiting.push(from);
                }
            }
        }
        None
    }
}

fn is_distributed(check: &Check<'_>, scope: &ScopeOutline) -> bool {
    let config = scope
        .node
        .and_then(|node| check.tree.node(node).get("ProcessorConfig"));
    config
        .and_then(|config: Node<'_>| config.get("Mode"))
        .is_some_and(|mode| mode.text() == "DISTRIBUTED")
}

/// What is assigned behind a transition; kept to save allocations.
#[derive(Default)]
struct After {
    always: Vec<u64>,
    sometimes: Vec<u64>,
}

impl After {
    fn leave(&mut self, flow: &Flow, state: StateIx, transition: usize) {
        for (after, before) in [
            (&mut self.always, &flow.always),
            (&mut self.sometimes, &flow.sometimes),
        ] {
            after.clear();
            after.extend_from_slice(before.of(state));
            match flow.gain_of(state, transition) {
                Gain::Names(names) => names
                    .iter()
                    .for_each(|number| after[number / 64] |= 1 << (number % 64)),
                Gain::Open => after.fill(u64::MAX),
            }
        }
    }
}

/// A set of small numbers for each state, as bits.
#[derive(Default)]
struct Bits {
    /// How many words a set has.
    words: usize,
    bits: Vec<u64>,
}

impl Bits {
    fn none(states: usize, numbers: usize) -> Bits {
        let words = numbers.div_ceil(64);
        Bits {
            words,
            bits: vec![0; states * words],
        }
    }

    fn of(&self, state: StateIx) -> &[u64] {
        &self.bits[state.index() * self.words..][..self.words]
    }

    fn of_mut(&mut self, state: StateIx) -> &mut [u64] {
        &mut self.bits[state.index() * self.words..][..self.words]
    }

    fn has(&self, state: StateIx, number: usize) -> bool {
        self.of(state)[number / 64] >> (number % 64) & 1 == 1
    }

    fn set(&mut self, state: StateIx, to: &[u64]) {
        self.of_mut(state).copy_from_slice(to);
    }

    fn copy(&mut self, from: StateIx, to: StateIx) {
        let from = from.index() * self.words;
        self.bits
            .copy_within(from..from + self.words, to.index() * self.words);
    }

    /// Keeps only what is in the other set, too; says whether that changes anything.
    fn keep(&mut self, state: StateIx, other: &[u64]) -> bool {
        self.merge(state, other, |word, other| word & other)
    }

    /// Takes in what is in the other set; says whether that changes anything.
    fn add(&mut self, state: StateIx, other: &[u64]) -> bool {
        self.merge(state, other, |word, other| word | other)
    }

    fn merge(&mut self, state: StateIx, other: &[u64], how: impl Fn(u64, u64) -> u64) -> bool {
        let mut changed = false;
        for (word, other) in self.of_mut(state).iter_mut().zip(other) {
            let merged = how(*word, *other);
            changed |= merged != *word;
            *word = merged;
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, marks, mends};

    const END: &str = r#""E": {"Type": "Pass", "InputPath": "$x", "End": true}"#;

    #[test]
    fn on_no_way() {
        let bare = machine(r#""A": {"Type": "Pass", "InputPath": "$x", "End": true}"#);
        check(
            CODE,
            &bare,
            &["/States/A/InputPath: no state before this one assigns $x; assign it first"],
        );
        marks(CODE, &bare, "$x");
        let misspelt = |name: &str| {
            machine(&format!(
                r#""A": {{"Type": "Pass", "Assign": {{"total": 1}}, "Next": "B"}},
                "B": {{"Type": "Pass", "Parameters": {{"a.$": "States.MathAdd(${name}, 1)"}}, "End": true}}"#
            ))
        };
        check(
            CODE,
            &misspelt("totel"),
            &["/States/B/Parameters/a.$: no state before this one assigns $totel; did you mean $total?"],
        );
        mends(CODE, &misspelt("totel"), &misspelt("total"));
    }

    #[test]
    fn in_jsonata() {
        let two = |output: &str| {
            machine(&format!(
                r#""A": {{"Type": "Pass", "Assign": {{"total": 1}}, "Next": "B"}},
                "B": {{"Type": "Pass", "QueryLanguage": "JSONata", "Output": {{"o": "{{% {output} %}}"}}, "End": true}}"#
            ))
        };
        for sound in [
            "$total + 1",
            "($x := 2; $x * $total)",
            "$exists($other) ? $other : 0",
            "$map([1], function($v){$v})",
            "[1] ~> $map($string)",
        ] {
            check(CODE, &two(sound), &[]);
        }
        let misspelt = two("'\\u0024' & $sum([$totel])");
        check(
            CODE,
            &misspelt,
            &["/States/B/Output/o: no state before this one assigns $totel; did you mean $total?"],
        );
        marks(CODE, &misspelt, "$totel");
        mends(CODE, &misspelt, &two("'\\u0024' & $sum([$total])"));
    }

    #[test]
    fn on_some_ways() {
        let choice = |rule: &str, default: &str| {
            machine(&format!(
                r#""A": {{"Type": "Choice", "Choices": [{{"Variable": "$.a", "IsNull": true, "Next": "B"{rule}}}], "Default": "C"}},
                "B": {{"Type": "Pass", "Next": "E"}}, "C": {{"Type": "Pass"{default}, "Next": "E"}}, {END}"#
            ))
        };
        check(
            CODE,
            &choice(r#", "Assign": {"x": 1}"#, ""),
            &[
                "/States/E/InputPath: $x may be missing here: the way through \"C\" assigns it not; assign it there, too",
            ],
        );
        check(
            CODE,
            &choice(r#", "Assign": {"x": 1}"#, r#", "Assign": {"x.$": "$.a"}"#),
            &[],
        );
        check(
            CODE,
            &choice(r#", "Assign": {"x": 1}"#, r#", "Assign": "${Later}""#),
            &[],
        );
    }

    #[test]
    fn catchers_assign_for_themselves() {
        let task = |assign: &str| {
            machine(&format!(
                r#""A": {{"Type": "Task", "Resource": "${{R}}", "Assign": {{"x": 1}}, "Next": "E",
                "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "E"{assign}}}]}}, {END}"#
            ))
        };
        check(
            CODE,
            &task(""),
            &[
                "/States/E/InputPath: $x may be missing here: the way through \"A\" assigns it not; assign it there, too",
            ],
        );
        check(CODE, &task(r#", "Assign": {"x": 0}"#), &[]);
    }

    #[test]
    fn scopes() {
        let map = |mode: &str| {
            machine(&format!(
                r#""A": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "M"}},
                "M": {{"Type": "Map", "ItemProcessor": {{"ProcessorConfig": {{"Mode": "{mode}", "ExecutionType": "STANDARD"}},
                    "StartAt": "E", "States": {{{END}}}}}, "Next": "Z"}},
                "Z": {{"Type": "Pass", "InputPath": "$x", "End": true}}"#
            ))
        };
        check(CODE, &map("INLINE"), &[]);
        check(
            CODE,
            &map("DISTRIBUTED"),
            &[
                "/States/M/ItemProcessor/States/E/InputPath: no state before this one assigns $x; assign it first",
            ],
        );
        let inner = machine(
            r#""A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"x": 1}, "Next": "C"},
            "C": {"Type": "Pass", "InputPath": "$x", "End": true}}}], "Next": "D"},
            "D": {"Type": "Pass", "InputPath": "$x", "End": true}"#,
        );
        check(
            CODE,
            &inner,
            &["/States/D/InputPath: no state before this one assigns $x; assign it first"],
        );
    }

    #[test]
    fn loops_end() {
        let around = machine(&format!(
            r#""A": {{"Type": "Pass", "Next": "B"}},
            "B": {{"Type": "Choice", "Choices": [{{"Variable": "$.a", "IsNull": true, "Next": "C"}}], "Default": "E"}},
            "C": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "B"}}, {END}"#
        ));
        check(
            CODE,
            &around,
            &[
                "/States/E/InputPath: $x may be missing here: the way through \"A\" assigns it not; assign it there, too",
            ],
        );
    }
}
