//! Comparing histories, as `run_sfn_cases.py` does. Where nothing runs side by side, events must agree one by one. With Parallel
//! or Map events both histories become trees along `previousEventId`, and the children of a scope are compared without order;
//! if a scope failed, its other branches may be cut short. Where a recording lost the ids inside a Parallel, those events are
//! compared as a set.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::matcher::{Bound, diff, norm, short};

/// Differences; without any the histories agree, and `bound` has what placeholders stand for.
pub(crate) fn compare(expected: &[Value], actual: &[Value], bound: &mut Bound) -> Vec<String> {
    let expected: Vec<Value> = expected
        .iter()
        .map(|event| without(&norm(event), &["timestamp"]))
        .collect();
    let actual: Vec<Value> = actual
        .iter()
        .map(|event| without(&norm(event), &["timestamp"]))
        .collect();
    if expected.iter().any(|event| id(event) == 0) {
        return compare_without_ids(&expected, &actual, bound);
    }
    let linear = compare_linear(&expected, &actual, bound);
    let scoped = expected
        .iter()
        .any(|event| kind(event).starts_with("Parallel") || kind(event).starts_with("Map"));
    match linear.is_empty() || !scoped {
        true => linear,
        false => compare_trees(&expected, &actual, bound),
    }
}

fn kind(event: &Value) -> &str {
    event["type"].as_str().unwrap_or_default()
}

fn id(event: &Value) -> u64 {
    event["id"].as_u64().unwrap_or(0)
}

fn previous(event: &Value) -> u64 {
    event["previousEventId"].as_u64().unwrap_or(0)
}

fn without(event: &Value, members: &[&str]) -> Value {
    let all = event.as_object().into_iter().flatten();
    let kept = all.filter(|(key, _)| !members.contains(&key.as_str()));
    Value::Object(
        kept.map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Map<_, _>>(),
    )
}

/// The event without its place in the history.
fn data(event: &Value) -> Value {
    without(event, &["id", "previousEventId", "timestamp"])
}

fn kinds(events: &[Value]) -> String {
    events.iter().map(kind).collect::<Vec<_>>().join(" ")
}

fn compare_linear(expected: &[Value], actual: &[Value], bound: &mut Bound) -> Vec<String> {
    if !expected.iter().map(kind).eq(actual.iter().map(kind)) {
        return vec![format!(
            "expected {}\n      got {}",
            kinds(expected),
            kinds(actual)
        )];
    }
    let (mut tried, mut out) = (bound.clone(), Vec::new());
    for (expected, actual) in expected.iter().zip(actual) {
        let path = format!("event {} {}", id(expected), kind(expected));
        out.extend(diff(expected, actual, &path, &mut tried));
    }
    if out.is_empty() {
        *bound = tried;
    }
    out
}

/// One event, or those of a Parallel scope whose ids the recording lost.
enum Segment {
    One(Value),
    Bag(Vec<Value>),
}

fn segments(events: &[Value]) -> Vec<Segment> {
    const CLOSING: [&str; 4] = [
        "ParallelStateSucceeded",
        "ParallelStateAborted",
        "ParallelStateExited",
        "ParallelStateFailed",
    ];
    let (mut segments, mut index) = (Vec::new(), 0);
    while let Some(event) = events.get(index) {
        segments.push(Segment::One(data(event)));
        index += 1;
        if kind(event) == "ParallelStateStarted" {
            let inner = events[index..]
                .iter()
                .take_while(|event| !CLOSING.contains(&kind(event)));
            let bag: Vec<Value> = inner.map(data).collect();
            index += bag.len();
            segments.push(Segment::Bag(bag));
        }
    }
    segments
}

fn compare_without_ids(expected: &[Value], actual: &[Value], bound: &mut Bound) -> Vec<String> {
    let nested = expected
        .iter()
        .filter(|event| kind(event) == "ParallelStateStarted")
        .count()
        > 1;
    let kept = |event: &&Value| {
        kind(event) != "ParallelStateSucceeded" && !(nested && kind(event) == "ParallelStateExited")
    };
    let of = |events: &[Value]| segments(&events.iter().filter(kept).cloned().collect::<Vec<_>>());
    let (expected_segments, actual_segments) = (of(expected), of(actual));
    if expected_segments.len() != actual_segments.len() {
        return vec![format!(
            "expected {}\n      got {}",
            kinds(expected),
            kinds(actual)
        )];
    }
    let mut out = Vec::new();
    for (expected, actual) in expected_segments.into_iter().zip(actual_segments) {
        match (expected, actual) {
            (Segment::One(expected), Segment::One(actual)) => {
                out.extend(diff(
                    &expected,
                    &actual,
                    &format!("event {}", kind(&expected)),
                    bound,
                ));
            }
            (Segment::Bag(expected), Segment::Bag(actual)) => out.extend(bag(&expected, actual, bound)),
            _ => out.push("the histories have different shapes".to_owned()),
        }
    }
    out
}

fn bag(expected: &[Value], mut actual: Vec<Value>, bound: &mut Bound) -> Vec<String> {
    if expected.len() != actual.len() {
        return vec![format!(
            "Parallel: expected {}\n      got {}",
            kinds(expected),
            kinds(&actual)
        )];
    }
    let mut out = Vec::new();
    for event in expected {
        match actual
            .iter()
            .position(|found| diff(event, found, "", bound).is_empty())
        {
            Some(place) => drop(actual.remove(place)),
            None => out.push(format!("Parallel: no event like {}", short(event))),
        }
    }
    out
}

/// An event with what follows from it.
#[derive(Default, Clone)]
struct Node {
    event: Value,
    kids: Vec<u64>,
    /// The event that closes the scope which this one opens.
    closed: Option<u64>,
}

type Tree = BTreeMap<u64, Node>;

const CLOSED_WELL: [&str; 2] = ["ParallelStateSucceeded", "MapStateSucceeded"];
const CLOSED_BADLY: [&str; 4] = [
    "ParallelStateFailed",
    "MapStateFailed",
    "ParallelStateAborted",
    "MapStateAborted",
];

/// Children along `previousEventId`; what closes a scope hangs below what opened it. Node 0 is above all.
fn tree(events: &[Value], out: &mut Vec<String>) -> Tree {
    let mut tree = Tree::from([(0, Node::default())]);
    let mut scopes: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for event in events {
        let (id, mut from) = (id(event), previous(event));
        if from != 0 && !tree.contains_key(&from) {
            out.push(format!(
                "event {id}: previousEventId {from} names no earlier event"
            ));
            from = 0;
        }
        let mut scope = scopes.get(&from).cloned().unwrap_or_default();
        let closing = CLOSED_WELL.contains(&kind(event)) || CLOSED_BADLY.contains(&kind(event));
        let exit = ["MapStateExited", "ParallelStateExited"].contains(&kind(event));
        tree.insert(
            id,
            Node {
                event: event.clone(),
                ..Node::default()
            },
        );
        let opener = scope.last().copied();
        let closer = opener.and_then(|opener| tree[&opener].closed);
        match (opener, closer) {
            (Some(opener), _) if closing => {
                tree.entry(opener).or_default().closed = Some(id);
                scope.pop();
            }
            (Some(_), Some(closer)) if exit => {
                tree.entry(closer).or_default().kids.push(id);
                scope.pop();
            }
            (Some(opener), _) if kind(event) == "MapIterationStarted" => {
                tree.entry(opener).or_default().kids.push(id);
            }
            _ => {
                tree.entry(from).or_default().kids.push(id);
                if ["ParallelStateStarted", "MapStateStarted"].contains(&kind(event)) {
                    scope.push(id);
                }
            }
        }
        scopes.insert(id, scope);
    }
    tree
}

fn compare_trees(expected: &[Value], actual: &[Value], bound: &mut Bound) -> Vec<String> {
    let mut out = Vec::new();
    let trees = Trees {
        expected: tree(expected, &mut Vec::new()),
        actual: tree(actual, &mut out),
    };
    let sorted = |events: &[Value]| {
        let mut all: Vec<String> = events.iter().map(|event| kind(event).to_owned()).collect();
        all.sort();
        all
    };
    let failed = |event: &Value| {
        CLOSED_BADLY.contains(&kind(event))
            || ["MapIterationFailed", "MapIterationAborted"].contains(&kind(event))
    };
    if !expected.iter().any(failed) && sorted(expected) != sorted(actual) {
        out.push(format!(
            "expected {}\n      got {}",
            kinds(expected),
            kinds(actual)
        ));
    }
    if out.is_empty() {
        let mut tried = bound.clone();
        out.extend(trees.compare(0, 0, false, &mut tried));
        if out.is_empty() {
            *bound = tried;
        }
    }
    out
}

struct Trees {
    expected: Tree,
    actual: Tree,
}

impl Trees {
    /// The first difference between two nodes or below them. `tolerant`: a scope around them failed.
    fn compare(&self, expected: u64, actual: u64, tolerant: bool, bound: &mut Bound) -> Option<String> {
        let (left, right) = (&self.expected[&expected], &self.actual[&actual]);
        if expected != 0 {
            let path = format!("event {expected} {}", kind(&left.event));
            if let Some(first) = diff(&data(&left.event), &data(&right.event), &path, bound)
                .into_iter()
                .next()
            {
                return Some(first);
            }
        }
        let badly = left
            .closed
            .is_some_and(|closed| CLOSED_BADLY.contains(&kind(&self.expected[&closed].event)));
        let inner = tolerant || badly;
        match (left.closed, right.closed) {
            (Some(left), Some(right)) => {
                if let Some(first) = self.compare(left, right, tolerant, bound) {
                    return Some(first);
                }
            }
            (None, None) => {}
            _ if inner => {}
            _ => {
                return Some(format!(
                    "event {expected}: the scope is closed in one history only"
                ));
            }
        }
        if left.kids.len() != right.kids.len() && !inner {
            let (left, right) = (
                self.kinds_of(&self.expected, left),
                self.kinds_of(&self.actual, right),
            );
            return Some(format!(
                "event {expected}: expected {left} to follow, got {right}"
            ));
        }
        self.compare_kids(left, right, inner, bound)
    }

    fn kinds_of(&self, tree: &Tree, node: &Node) -> String {
        node.kids
            .iter()
            .map(|kid| kind(&tree[kid].event))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// For each expected child an actual one, in any order.
    fn compare_kids(&self, left: &Node, right: &Node, tolerant: bool, bound: &mut Bound) -> Option<String> {
        let mut rest = right.kids.clone();
        for kid in &left.kids {
            let mut first = None;
            let found = rest.iter().position(|other| {
                let mut tried = bound.clone();
                let difference = self.compare(*kid, *other, tolerant, &mut tried);
                if difference.is_none() {
                    *bound = tried;
                }
                let agrees = difference.is_none();
                first = first.take().or(difference);
                agrees
            });
            match found {
                Some(place) => drop(rest.remove(place)),
                None if tolerant => {}
                None => {
                    return first
                        .or_else(|| Some(format!("no event like {}", short(&self.expected[kid].event))));
                }
            }
        }
        None
    }
}
