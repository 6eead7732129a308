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

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let reads = variables::reads_with(check.tree, check.definition, check.expressions());
    if reads.is_empty() {
        return;
    }
    let flow = Flow::of(check);
    // Who asks if it is there may do without.
    for read in reads.into_iter().filter(|read| !read.tested) {
        let Some(known) = &flow.known[read.state.index()] else {
            // Nothing leads here, which has its own diagnostic.
            continue;
        };
        match flow.numbers.get(&read.name) {
            Some(number) if known.always.has(*number) => {}
            Some(number) if known.sometimes.has(*number) => {
                found.push(sometimes(check, &flow, &read, *number))
            }
            _ => found.push(never(check, &flow, known, &read)),
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

fn never(check: &Check<'_>, flow: &Flow, known: &Known, read: &Read<'_>) -> Diagnostic {
    let there = flow
        .numbers
        .iter()
        .filter(|(_, number)| known.sometimes.has(**number));
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

/// What is assigned before a state is entered.
#[derive(Clone)]
struct Known {
    always: Bits,
    sometimes: Bits,
}

/// The variables' numbers, and what is known at each state; none where nothing leads.
struct Flow {
    numbers: HashMap<Text, usize, foldhash::fast::RandomState>,
    known: Vec<Option<Known>>,
    /// For each state, what each of its transitions assigns.
    gains: Vec<Vec<Gain>>,
}

enum Gain {
    Names(Vec<usize>),
    Open,
}

impl Flow {
    fn of(check: &Check<'_>) -> Flow {
        let mut flow = Flow {
            numbers: HashMap::default(),
            known: vec![None; check.definition.states.len()],
            gains: Vec::with_capacity(check.definition.states.len()),
        };
        for state in &check.definition.states {
            let node = state.node.map(|node| check.tree.node(node));
            let gains = state.transitions.iter().map(|way| match node {
                Some(node) => flow.gain(variables::assigned_by(node, way.kind)),
                None => Gain::Open,
            });
            let gains = gains.collect();
            flow.gains.push(gains);
        }
        // An owner comes before what is inside it.
        let mut waiting = Worklist::new(check.definition.states.len());
        for scope in &check.definition.scopes {
            flow.run(check, scope, &mut waiting);
        }
        flow
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

    /// Follows the ways of one scope until nothing changes. `always` only shrinks and `sometimes` only grows, so it ends.
    fn run(&mut self, check: &Check<'_>, scope: &ScopeOutline, waiting: &mut Worklist) {
        let Some(start) = scope.start else { return };
        let before = match (scope.role, scope.owner) {
            (ScopeRole::Root, _) | (_, None) => Some(Known::nothing()),
            (ScopeRole::Processor, _) if is_distributed(check, scope) => Some(Known::nothing()),
            (_, Some(owner)) => self.known[owner.index()].clone(),
        };
        let Some(before) = before else { return };
        self.known[start.index()] = Some(before);
        waiting.push(start);
        while let Some(ix) = waiting.pop() {
            let Some(known) = self.known[ix.index()].clone() else {
                continue;
            };
            for (number, way) in check.definition.at(ix).transitions.iter().enumerate() {
                let Some(target) = way.target_ix else { continue };
                let after = known
                    .clone()
                    .after(&self.gains[ix.index()][number], self.numbers.len());
                let changed = match &mut self.known[target.index()] {
                    Some(there) => there.join(&after),
                    none => {
                        *none = Some(after);
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
        let mut seen = vec![false; self.known.len()];
        let mut waiting = vec![state];
        while let Some(ix) = waiting.pop() {
            if std::mem::replace(&mut seen[ix.index()], true) {
                continue;
            }
            for (from, edge) in check.graph.entering(ix) {
                let Some(known) = &self.known[from.index()] else {
                    continue;
                };
                let gains = match &self.gains[from.index()][edge.transition] {
                    Gain::Open => true,
                    Gain::Names(names) => names.contains(&number),
                };
                if !gains && !known.sometimes.has(number) {
                    return Some(from);
                }
                if !gains && !known.always.has(number) {
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

impl Known {
    fn nothing() -> Known {
        Known {
            always: Bits::default(),
            sometimes: Bits::default(),
        }
    }

    fn after(mut self, gain: &Gain, all: usize) -> Known {
        match gain {
            Gain::Names(names) => {
                for number in names {
                    self.always.set(*number);
                    self.sometimes.set(*number);
                }
            }
            Gain::Open => {
                self.always = Bits::full(all);
                self.sometimes = Bits::full(all);
            }
        }
        self
    }

    /// Takes in another way here; says whether that changes anything.
    fn join(&mut self, other: &Known) -> bool {
        let always = self.always.keep(&other.always);
        let sometimes = self.sometimes.add(&other.sometimes);
        always || sometimes
    }
}

/// A set of small numbers.
#[derive(Clone, Default, PartialEq)]
struct Bits(Vec<u64>);

impl Bits {
    fn full(count: usize) -> Bits {
        Bits(vec![u64::MAX; count.div_ceil(64)])
    }

    fn has(&self, number: usize) -> bool {
        self.0
            .get(number / 64)
            .is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    fn set(&mut self, number: usize) {
        if self.0.len() <= number / 64 {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    fn keep(&mut self, other: &Bits) -> bool {
        let mut changed = false;
        for (index, word) in self.0.iter_mut().enumerate() {
            let kept = *word & other.0.get(index).copied().unwrap_or(0);
            changed |= kept != *word;
            *word = kept;
        }
        changed
    }

    fn add(&mut self, other: &Bits) -> bool {
        let mut changed = false;
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            changed |= *other & !*word != 0;
            *word |= other;
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
