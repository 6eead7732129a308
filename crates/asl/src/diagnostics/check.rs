//! What every rule looks at: the objects of the definition, each with the fields it has and what they are.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;
use std::ops::Range;

use super::{Diagnostic, Known, Severity, spelling};
use crate::definition::{Definition, ScopeOutline, StateIx};
use crate::expr::Expression;
use crate::expr::jsonata::Outline;
use crate::expressions::{Written, expressions};
use crate::fields::{self, Field, Owner, ValueType};
use crate::graph::FlowGraph;
use crate::shape::infer::{Stages, infer};
use crate::shape::parsed::Parsed;
pub(super) use crate::substitution::is_open_value as is_open;
use crate::text::{Kind, Member, Node, NodeId, Style, Tree};
use crate::words::{QueryLanguage, ScopeRole};

/// More objects than a definition of the largest size can hold; aliases in YAML could otherwise multiply without end.
const MAX_OBJECTS: usize = 500_000;

/// How many words may be compared for "did you mean" in one run, so that a wild text stays quick.
const SPELLING_BUDGET: usize = 50_000;

/// How many fixes that look at the whole text (for its indentation) are made in one run.
const REWRITES: usize = 50;

pub(super) struct Check<'a> {
    pub(super) tree: &'a Tree,
    pub(super) definition: &'a Definition,
    pub(super) graph: &'a FlowGraph,
    pub(super) known: &'a Known,
    /// Everything that the table of fields describes, an owner before what is inside it.
    pub(super) objects: Vec<Object<'a>>,
    expressions: OnceCell<Vec<Written<'a>>>,
    damaged: HashSet<NodeId>,
    /// Expressions that some rule has asked for.
    pub(super) parsed: Parsed,
    cycles: OnceCell<Vec<Vec<StateIx>>>,
    stages: OnceCell<Vec<Option<Stages>>>,
    budget: Cell<usize>,
    rewrites: Cell<usize>,
}

/// An object of the definition that the table of fields describes.
pub(super) struct Object<'a> {
    pub(super) owner: Owner,
    pub(super) node: Node<'a>,
    pub(super) language: QueryLanguage,
    /// The state that it is, or that it stands in; none for scopes.
    pub(super) state: Option<StateIx>,
    pub(super) fields: Vec<Given<'a>>,
    /// Whether the parser found something wrong right inside it, so that what seems missing may be there.
    pub(super) damaged: bool,
}

/// A field that is there.
pub(super) struct Given<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) member: NodeId,
    pub(super) key: Node<'a>,
    pub(super) value: Option<Node<'a>>,
    /// Its row in the table; none where such an object has no such field.
    pub(super) field: Option<&'static Field>,
}

impl<'a> Object<'a> {
    /// The value of a field. Of two with the same name the last counts.
    pub(super) fn get(&self, name: &str) -> Option<Node<'a>> {
        self.given(name)?.value
    }

    pub(super) fn given(&self, name: &str) -> Option<&Given<'a>> {
        self.fields.iter().rev().find(|given| given.name == name)
    }

    /// Fields with their values and rows, as far as both are there and the state's language has them.
    pub(super) fn known(&self) -> impl Iterator<Item = (&Given<'a>, Node<'a>, &'static Field)> {
        self.fields.iter().filter_map(|given| {
            let field = given.field.filter(|field| field.speaks(self.language))?;
            Some((given, given.value?, field))
        })
    }
}

impl<'a> Check<'a> {
    pub(super) fn new(
        tree: &'a Tree,
        definition: &'a Definition,
        graph: &'a FlowGraph,
        known: &'a Known,
    ) -> Check<'a> {
        let mut check = Check {
            tree,
            definition,
            graph,
            known,
            objects: Vec::new(),
            expressions: OnceCell::new(),
            damaged: HashSet::new(),
            parsed: Parsed::default(),
            cycles: OnceCell::new(),
            stages: OnceCell::new(),
            budget: Cell::new(SPELLING_BUDGET),
            rewrites: Cell::new(REWRITES),
        };
        for scope in &definition.scopes {
            let owner = match scope.role {
                ScopeRole::Root => Owner::Machine,
                ScopeRole::Branch(_) => Owner::Branch,
                ScopeRole::Processor => Owner::Processor,
            };
            if let Some(node) = scope.node {
                check.describe(owner, tree.node(node), definition.query_language, None);
            }
        }
        for (index, state) in definition.states.iter().enumerate() {
            let node = state
                .node
                .map(|node| tree.node(node))
                .filter(|node| node.kind() == Kind::Object);
            if let (Some(node), Some(state_type)) = (node, state.state_type) {
                let ix = StateIx(index as u32);
                check.describe(Owner::of(state_type), node, state.query_language, Some(ix));
            }
        }
        // Ids follow the document: an owner's comes before those of what is inside it.
        check.objects.sort_by_key(|object| object.node.id());
        check.mark_damaged();
        check
    }

    /// Takes in an object and, by the table, the objects in its fields; scopes and states come by themselves.
    fn describe(&mut self, owner: Owner, node: Node<'a>, language: QueryLanguage, state: Option<StateIx>) {
        let mut waiting = vec![(owner, node)];
        while let Some((owner, node)) = waiting.pop() {
            let inner = waiting.len();
            if self.objects.len() >= MAX_OBJECTS {
                return;
            }
            let mut given = Vec::with_capacity(node.children().count());
            for member in node.members() {
                let field = fields::find(owner, &member.name, language);
                if let (Some(field), Some(value)) = (field, member.value) {
                    inner_objects(field.value, value, &mut waiting);
                }
                given.push(Given {
                    name: member.name,
                    member: member.id,
                    key: member.key,
                    value: member.value,
                    field,
                });
            }
            // So that they are taken in the order of the document.
            waiting[inner..].reverse();
            self.objects.push(Object {
                owner,
                node,
                language,
                state,
                fields: given,
                damaged: false,
            });
        }
    }

    fn mark_damaged(&mut self) {
        if self.tree.faults().is_empty() {
            return;
        }
        // What is not closed may have had everything behind its end.
        for object in &mut self.objects {
            let is_open = object.node.style() == Style::Flow && !object.node.source().ends_with('}');
            if is_open {
                object.damaged = true;
                self.damaged.insert(object.node.id());
            }
        }
        for fault in self.tree.faults() {
            let at = fault.range.start;
            let after = self
                .objects
                .partition_point(|object| object.node.range().start <= at);
            // Objects nest, so that few lie between the fault and the object around it; a long list of closed
            // siblings is given up early: then a fault only hides less.
            let near = self.objects[..after].iter_mut().rev().take(64);
            if let Some(object) = near.into_iter().find(|object| at <= object.node.range().end) {
                object.damaged = true;
                self.damaged.insert(object.node.id());
            }
        }
    }

    /// Whether the parser found something wrong right inside this object, but not in one of those within it.
    pub(super) fn is_damaged(&self, object: Option<NodeId>) -> bool {
        object.is_some_and(|node| self.damaged.contains(&node))
    }

    /// Whether the parser found something wrong anywhere inside a node.
    pub(super) fn has_fault(&self, node: Node<'_>) -> bool {
        let faults = self.tree.faults();
        let first = faults.partition_point(|fault| fault.range.start < node.range().start);
        faults
            .get(first)
            .is_some_and(|fault| fault.range.start <= node.range().end)
    }

    /// The JSONata expressions, by state, in the order of the document.
    pub(super) fn expressions(&self) -> &[Written<'a>] {
        self.expressions
            .get_or_init(|| expressions(self.tree, self.definition))
    }

    /// Those that can be read, with what is in them.
    pub(super) fn outlines(&self) -> impl Iterator<Item = (&Written<'a>, &Outline)> {
        let written = self.expressions().iter();
        written.filter_map(|written| Some((written, written.outline()?)))
    }

    /// Shows every member of every JSONPath template, with the object that it stands in. Without recursion: templates
    /// may be as deep as the parser allows.
    pub(super) fn template_members(&self, mut show: impl FnMut(Node<'a>, Member<'a>)) {
        let objects = self.objects.iter();
        let jsonpath = objects.filter(|object| object.language == QueryLanguage::JsonPath);
        let fields = jsonpath.flat_map(Object::known);
        for (_, root, _) in fields
            .filter(|(_, _, field)| matches!(field.value, ValueType::Payload | ValueType::PayloadObject))
        {
            let mut waiting = vec![root];
            while let Some(node) = waiting.pop() {
                waiting.extend(node.items());
                for member in node.members() {
                    waiting.extend(member.value.filter(|_| !member.name.ends_with(".$")));
                    show(node, member);
                }
            }
        }
    }

    /// The groups of states that can go around for ever ([`FlowGraph::cycles`]).
    pub(super) fn cycles(&self) -> &[Vec<StateIx>] {
        self.cycles.get_or_init(|| self.graph.cycles())
    }

    /// What is known of the data at each state; worked out when it is first asked for.
    pub(super) fn stages(&self) -> &[Option<Stages>] {
        self.stages
            .get_or_init(|| infer(self.tree, self.definition, &self.known.results, &self.parsed))
    }

    /// The names of a scope's own states.
    pub(super) fn names(&self, scope: &'a ScopeOutline) -> impl Iterator<Item = &'a str> {
        scope.states.iter().map(|ix| &*self.definition.at(*ix).name)
    }

    /// What to do about a name that the scope does not have.
    pub(super) fn elsewhere(&self, name: &str, near: Option<&str>) -> String {
        match near {
            _ if self.definition.state(name).is_some() => {
                "there is one in another scope, but transitions stay within theirs".to_owned()
            }
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "add it or name another".to_owned(),
        }
    }

    /// A diagnostic about a node.
    pub(super) fn about(
        &self,
        code: &'static str,
        severity: Severity,
        node: Node<'_>,
        message: String,
    ) -> Diagnostic {
        self.on(code, severity, node, node.range(), message)
    }

    /// A diagnostic about some bytes of a node.
    pub(super) fn on(
        &self,
        code: &'static str,
        severity: Severity,
        node: Node<'_>,
        range: Range<usize>,
        message: String,
    ) -> Diagnostic {
        let state = self
            .definition
            .state_at_offset(range.start)
            .map(|state| state.key.clone());
        Diagnostic {
            code,
            severity,
            message,
            range,
            pointer: node.pointer(),
            state,
            fix: None,
            said: None,
        }
    }

    /// Whether one more fix that looks at the whole text may be made.
    pub(super) fn may_rewrite(&self) -> bool {
        let left = self.rewrites.get();
        self.rewrites.set(left.saturating_sub(1));
        left > 0
    }

    /// The candidate that a misspelt word most likely means.
    pub(super) fn did_you_mean<'c>(
        &self,
        word: &str,
        candidates: impl Iterator<Item = &'c str>,
    ) -> Option<&'c str> {
        let budget = self.budget.get();
        let mut asked = 0;
        let nearest = spelling::nearest(word, candidates.take(budget).inspect(|_| asked += 1));
        self.budget.set(budget.saturating_sub(asked));
        nearest
    }
}

fn inner_objects<'a>(kind: ValueType, value: Node<'a>, waiting: &mut Vec<(Owner, Node<'a>)>) {
    match kind {
        ValueType::Object(Owner::Processor) | ValueType::List(Owner::Branch) => {}
        ValueType::Object(owner) if value.kind() == Kind::Object && !is_open(value) => {
            waiting.push((owner, value))
        }
        ValueType::List(owner) | ValueType::OptionalList(owner) => {
            let objects = value
                .items()
                .filter(|item| item.kind() == Kind::Object && !is_open(*item));
            waiting.extend(objects.map(|item| (owner, item)));
        }
        _ => {}
    }
}

/// Whether a text is a JSONata expression: `{% … %}` with nothing around it.
pub(super) fn is_expression(value: Node<'_>) -> bool {
    let text = value.text();
    value.kind() == Kind::String && text.len() >= 4 && text.starts_with("{%") && text.ends_with("%}")
}

/// Whether a text looks like a JSONPath or a call of an intrinsic function: `$.a`, `$$.Execution.Id`, `States.UUID()`. A
/// lone `$name` may as well be an amount or a key.
pub(super) fn looks_dynamic(value: Node<'_>) -> bool {
    if value.kind() != Kind::String {
        return false;
    }
    let text = value.text();
    let begins = ["$.", "$[", "$$.", "$$[", "States."];
    let may = &*text == "$" || begins.iter().any(|begin| text.starts_with(begin));
    may && !is_open(value) && Expression::parse(&text).is_ok()
}

/// How a message shows a value: scalars as they are written, containers by their kind.
pub(super) fn shown(value: Node<'_>) -> String {
    match value.kind() {
        Kind::Object => "an object".to_owned(),
        Kind::Array if value.items().next().is_none() => "an empty list".to_owned(),
        Kind::Array => "a list".to_owned(),
        Kind::String => format!("\"{}\"", shortened(&value.text())),
        _ => shortened(value.source()),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The part of a large node that a mark should cover: its key, or its first character.
pub(super) fn handle(node: Node<'_>) -> Range<usize> {
    if let Some(member) = node.parent().and_then(Node::as_member) {
        return member.key.range();
    }
    let start = node.range().start;
    let first = node.source().chars().next().map_or(0, char::len_utf8);
    start..start + first
}

/// The byte in the document of a byte in a string's cooked text; the string's start where escapes make that unsure.
pub(super) fn inside(string: Node<'_>, offset: usize) -> Range<usize> {
    let (range, text) = (string.range(), string.text());
    let quotes = match range.len() - text.len().min(range.len()) {
        0 => 0,
        2 => 1,
        _ => return range,
    };
    let start = range.start + quotes + offset.min(text.len());
    let length = text
        .get(offset..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    start..start + length
}
