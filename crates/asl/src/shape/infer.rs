//! What is known of the data at each state: shapes follow the ways of the graph, stage by stage.
//!
//! Where several ways meet, their shapes are joined. A state whose shape keeps changing (in a loop that piles something
//! up) becomes [`Shape::Any`] after [`MAX_VISITS`] visits, so the walk is linear in the size of the definition.

use std::collections::HashMap;

use super::Shape;
use super::jsonata::Seen;
use super::parsed::Parsed;
use super::template::template;
use crate::definition::{Definition, ScopeIx, StateIx, StateKey, StateOutline, TransitionKind};
use crate::graph::Worklist;
use crate::substitution::is_open_value as is_open;
use crate::text::{Kind, Node, Tree};
use crate::value::Value;
use crate::words::{QueryLanguage, ScopeRole, StateType};

/// So often the shape at a state may change.
pub const MAX_VISITS: u32 = 8;

/// Results of states that are known from elsewhere: a mock, a previous run.
pub type Results = HashMap<StateKey, Value>;

/// The data of a state by stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Stages {
    /// What the state gets.
    pub input: Shape,
    /// After `InputPath`; in JSONata the input.
    pub effective: Shape,
    /// What a Map state goes through; of other states anything.
    pub items: Shape,
    /// What the state's work gives: a task's answer, a Pass state's `Result`, …
    pub result: Shape,
    /// After `ResultPath`: what `OutputPath` sees; in JSONata the output where `Output` is absent.
    pub placed: Shape,
    /// What the state puts out; of a Choice, by its `Default`.
    pub output: Shape,
}

/// What is known at each state; none where nothing leads.
pub fn infer(
    tree: &Tree,
    definition: &Definition,
    results: &Results,
    parsed: &Parsed,
) -> Vec<Option<Stages>> {
    let mut walk = Walk {
        tree,
        definition,
        results,
        parsed,
        error: error_output(),
        inputs: vec![None; definition.states.len()],
        stages: vec![None; definition.states.len()],
        visits: vec![0; definition.states.len()],
        waiting: Worklist::new(definition.states.len()),
    };
    // An owner comes before what is inside it.
    for index in 0..definition.scopes.len() {
        walk.scope(ScopeIx(index as u32));
    }
    walk.stages
}

struct Walk<'t> {
    tree: &'t Tree,
    definition: &'t Definition,
    results: &'t Results,
    parsed: &'t Parsed,
    /// What a catcher gets of an error.
    error: Shape,
    inputs: Vec<Option<Shape>>,
    /// As of the last visit: whatever changes a state's input has it visited again.
    stages: Vec<Option<Stages>>,
    visits: Vec<u32>,
    waiting: Worklist,
}

impl<'t> Walk<'t> {
    fn scope(&mut self, scope: ScopeIx) {
        let outline = self.definition.scope(scope);
        let Some(start) = outline.start else { return };
        let before = match outline.owner {
            None => Some(Shape::Any),
            Some(owner) => self.before(owner, outline.role),
        };
        let Some(before) = before else { return };
        self.inputs[start.index()] = Some(before);
        self.waiting.push(start);
        while let Some(ix) = self.waiting.pop() {
            let Some(input) = self.inputs[ix.index()].clone() else {
                continue;
            };
            let definition = self.definition;
            let state = definition.at(ix);
            let stages = self.stages(ix, input);
            for way in &state.transitions {
                let Some(target) = way.target_ix else { continue };
                let shape = match way.kind {
                    TransitionKind::Catch(index) => self.caught(ix, state, index, &stages.input),
                    TransitionKind::Rule(index) => self.ruled(ix, state, index, &stages),
                    _ => stages.output.clone(),
                };
                if self.arrive(target, shape) {
                    self.waiting.push(target);
                }
            }
            self.stages[ix.index()] = Some(stages);
        }
    }

    /// Another way into a state; says whether it changes what is known there.
    fn arrive(&mut self, state: StateIx, shape: Shape) -> bool {
        let there = &mut self.inputs[state.index()];
        let joined = match there {
            None => shape,
            Some(there) => there.join(&shape),
        };
        if there.as_ref() == Some(&joined) {
            return false;
        }
        self.visits[state.index()] += 1;
        *there = Some(match self.visits[state.index()] > MAX_VISITS {
            true => Shape::Any,
            false => joined,
        });
        true
    }

    /// What a branch or an iteration starts with.
    fn before(&self, owner: StateIx, role: ScopeRole) -> Option<Shape> {
        let input = self.inputs[owner.index()].clone()?;
        let state = self.definition.at(owner);
        let node = self.node(state)?;
        if state.query_language == QueryLanguage::Jsonata {
            return Some(before_jsonata(owner, role, node, &input));
        }
        let effective = self.effective(node, &input);
        Some(match role {
            ScopeRole::Root => Shape::Any,
            ScopeRole::Branch(_) => match node.get("Parameters") {
                Some(parameters) => self.template(parameters, &effective, owner),
                None => effective,
            },
            ScopeRole::Processor if node.get("ItemReader").or(node.get("ItemBatcher")).is_some() => {
                Shape::Any
            }
            ScopeRole::Processor => match node.get("ItemSelector").or(node.get("Parameters")) {
                Some(selector) => self.template(selector, &effective, owner),
                None => match self.at_path(node, "ItemsPath", &effective) {
                    Shape::List(list) => list.items.clone(),
                    _ => Shape::Any,
                },
            },
        })
    }

    fn node(&self, state: &StateOutline) -> Option<Node<'t>> {
        let node = self.tree.node(state.node?);
        (node.kind() == Kind::Object).then_some(node)
    }

    fn stages(&self, ix: StateIx, input: Shape) -> Stages {
        let state = self.definition.at(ix);
        let (Some(node), Some(state_type)) = (self.node(state), state.state_type) else {
            return Stages {
                input,
                effective: Shape::Any,
                items: Shape::Any,
                result: Shape::Any,
                placed: Shape::Any,
                output: Shape::Any,
            };
        };
        if state.query_language == QueryLanguage::Jsonata {
            return self.stages_jsonata(ix, state, node, input);
        }
        let effective = self.effective(node, &input);
        let result = self.result(ix, state, node, &effective);
        let placed = match state_type {
            StateType::Choice | StateType::Wait | StateType::Succeed | StateType::Fail => effective.clone(),
            _ => {
                let selected = match node.get("ResultSelector") {
                    Some(selector) if state_type != StateType::Pass => self.template(selector, &result, ix),
                    _ => result.clone(),
                };
                self.place(node.get("ResultPath"), &input, selected)
            }
        };
        let output = self.at_path(node, "OutputPath", &placed);
        let items = match state_type {
            StateType::Map => self.at_path(node, "ItemsPath", &effective),
            _ => Shape::Any,
        };
        Stages {
            input,
            effective,
            items,
            result,
            placed,
            output,
        }
    }

    fn stages_jsonata(&self, ix: StateIx, state: &StateOutline, node: Node<'_>, input: Shape) -> Stages {
        let works = matches!(
            state.state_type,
            Some(StateType::Task | StateType::Parallel | StateType::Map)
        );
        let result = match works {
            true => self.result(ix, state, node, &input),
            false => input.clone(),
        };
        let seen = Seen {
            input: &input,
            result: works.then_some(&result),
            error_output: None,
        };
        let output = match node.get("Output") {
            Some(output) => seen.value(output, Some(ix)),
            None => result.clone(),
        };
        Stages {
            effective: input.clone(),
            items: node
                .get("Items")
                .map_or(Shape::Any, |items| seen.value(items, Some(ix))),
            placed: result.clone(),
            input,
            result,
            output,
        }
    }

    fn effective(&self, node: Node<'_>, input: &Shape) -> Shape {
        self.at_path(node, "InputPath", input)
    }

    /// What a `…Path` field makes of a shape: all of it where the field is absent, an empty object where it is null.
    fn at_path(&self, node: Node<'_>, field: &str, shape: &Shape) -> Shape {
        let Some(value) = node.get(field) else {
            return shape.clone();
        };
        match value.kind() {
            Kind::Null => Shape::object([], None),
            Kind::String if *shape != Shape::Any && !is_open(value) => {
                self.parsed.find(value, shape).unwrap_or(Shape::Any)
            }
            _ => Shape::Any,
        }
    }

    fn result(&self, ix: StateIx, state: &StateOutline, node: Node<'_>, effective: &Shape) -> Shape {
        if let Some(known) = self.results.get(&state.key) {
            return Shape::of_value(known, Some(ix));
        }
        match state.state_type {
            Some(StateType::Pass) => match (node.get("Result"), node.get("Parameters")) {
                (Some(result), _) => Shape::of_literal(result, Some(ix)),
                (None, Some(parameters)) => self.template(parameters, effective, ix),
                (None, None) => effective.clone(),
            },
            Some(StateType::Task) => task_result(node, ix),
            Some(StateType::Parallel | StateType::Map) => match node.get("ResultWriter") {
                Some(_) => Shape::Any,
                None => Shape::list(Shape::Any, 0),
            },
            _ => effective.clone(),
        }
    }

    /// What a choice rule gives to the next state: in JSONata it may have an `Output` of its own.
    fn ruled(&self, ix: StateIx, state: &StateOutline, index: usize, stages: &Stages) -> Shape {
        if state.query_language == QueryLanguage::JsonPath {
            return stages.output.clone();
        }
        let rule = self
            .node(state)
            .and_then(|node| node.get("Choices")?.items().nth(index));
        match rule.and_then(|rule| rule.get("Output")) {
            Some(output) => {
                let seen = Seen {
                    input: &stages.input,
                    result: None,
                    error_output: None,
                };
                seen.value(output, Some(ix))
            }
            None => stages.input.clone(),
        }
    }

    /// What a catcher gives to the next state.
    fn caught(&self, ix: StateIx, state: &StateOutline, index: usize, input: &Shape) -> Shape {
        let error = &self.error;
        let catcher = self
            .node(state)
            .and_then(|node| node.get("Catch")?.items().nth(index));
        match catcher {
            Some(catcher) if state.query_language == QueryLanguage::Jsonata => {
                let seen = Seen {
                    input,
                    result: None,
                    error_output: Some(error),
                };
                let output = catcher.get("Output").map(|output| seen.value(output, Some(ix)));
                output.unwrap_or_else(|| error.clone())
            }
            Some(catcher) => self.place(catcher.get("ResultPath"), input, error.clone()),
            None => Shape::Any,
        }
    }

    fn template(&self, node: Node<'_>, input: &Shape, from: StateIx) -> Shape {
        template(node, input, Some(from), self.parsed)
    }

    /// `ResultPath`: the result replaces the input, or is put into it, or dropped.
    fn place(&self, result_path: Option<Node<'_>>, input: &Shape, result: Shape) -> Shape {
        let Some(path) = result_path else { return result };
        match path.kind() {
            Kind::Null => input.clone(),
            Kind::String if !is_open(path) => match &*self.parsed.reference(path) {
                Ok(path) => input.put(path, result),
                Err(_) => Shape::Any,
            },
            _ => Shape::Any,
        }
    }
}

/// `{"Error": …, "Cause": …}`
fn error_output() -> Shape {
    Shape::object(
        [("Error".into(), Shape::Scalar), ("Cause".into(), Shape::Scalar)],
        None,
    )
}

/// What a branch or an iteration of a state in JSONata starts with.
fn before_jsonata(owner: StateIx, role: ScopeRole, node: Node<'_>, input: &Shape) -> Shape {
    let seen = Seen {
        input,
        result: None,
        error_output: None,
    };
    let given = |field: &str| node.get(field).map(|value| seen.value(value, Some(owner)));
    match role {
        ScopeRole::Root => Shape::Any,
        ScopeRole::Branch(_) => given("Arguments").unwrap_or_else(|| input.clone()),
        ScopeRole::Processor if node.get("ItemReader").or(node.get("ItemBatcher")).is_some() => Shape::Any,
        ScopeRole::Processor => {
            given("ItemSelector").unwrap_or_else(|| match given("Items").unwrap_or_else(|| input.clone()) {
                Shape::List(list) => list.items.clone(),
                _ => Shape::Any,
            })
        }
    }
}

/// The optimised integration with Lambda wraps what the function returns; other answers are the service's own.
/// (Developer guide, "Invoke an AWS Lambda function with Step Functions".)
fn task_result(node: Node<'_>, ix: StateIx) -> Shape {
    let wraps = node
        .get("Resource")
        .is_some_and(|resource| resource.text().ends_with(":states:::lambda:invoke"));
    if !wraps {
        return Shape::Any;
    }
    let fields = [
        "ExecutedVersion",
        "FunctionError",
        "LogResult",
        "Payload",
        "SdkHttpMetadata",
        "SdkResponseMetadata",
        "StatusCode",
    ];
    Shape::object(fields.map(|name| (name.into(), Shape::Any)), Some(ix))
}
