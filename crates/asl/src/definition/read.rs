//! From a tree to a [`Definition`]: one walk, in the order of the document.

use std::collections::HashMap;

use super::label::{cut, error_names, rule_label};
use super::summary::summary;
use super::{Definition, ScopeIx, ScopeOutline, StateIx, StateOutline, TransitionKind, TransitionOutline};
use crate::text::{Kind, Member, Node, Tree};
use crate::value::Text;
use crate::words::{QueryLanguage, ScopeRole, StateType};

/// More states than a definition of the largest size can hold; aliases in YAML could otherwise multiply without end.
const MAX_STATES: usize = 100_000;
/// Scopes within scopes. JSON's own depth limit comes first; aliases in YAML have none.
const MAX_NESTING: usize = 128;

pub(super) fn read(tree: &Tree) -> Definition {
    let machine = tree.root().filter(|root| root.kind() == Kind::Object);
    let language = machine
        .and_then(|node| word(node, "QueryLanguage"))
        .and_then(|word| QueryLanguage::from_name(&word));
    let mut reader = Reader {
        language: language.unwrap_or_default(),
        states: Vec::new(),
        scopes: Vec::new(),
        by_key: HashMap::default(),
    };
    match machine {
        Some(node) => {
            reader.scope(node, None, ScopeRole::Root, String::new(), 0);
        }
        None => reader.scopes.push(empty_root()),
    }
    Definition {
        states: reader.states,
        scopes: reader.scopes,
        query_language: reader.language,
        comment: machine
            .and_then(|node| word(node, "Comment"))
            .map(|text| Text::from(&*text)),
        node: machine.map(Node::id),
        by_key: reader.by_key,
    }
}

fn empty_root() -> ScopeOutline {
    ScopeOutline {
        owner: None,
        role: ScopeRole::Root,
        start_at: None,
        start_node: None,
        start: None,
        states: Vec::new(),
        node: None,
        states_node: None,
        pointer: String::new(),
    }
}

/// The text of a field that holds one.
fn word<'t>(node: Node<'t>, name: &str) -> Option<std::borrow::Cow<'t, str>> {
    node.get(name)
        .filter(|value| value.kind() == Kind::String)
        .map(Node::text)
}

/// The first value of this name and kind. Where damage glued two bodies together, the first is the one that the
/// lines before the damage belong to; that a field is there twice is an error elsewhere.
fn first<'t>(node: Node<'t>, name: &str, kind: Kind) -> Option<Node<'t>> {
    node.members()
        .filter(|member| member.name == name)
        .filter_map(|member| member.value)
        .find(|value| value.kind() == kind)
}

/// The state type that a value names. In YAML a damaged line may continue the plain text above it: then the
/// first line decides.
fn state_type(value: Node<'_>) -> Option<StateType> {
    let first_line = || value.source().lines().next().unwrap_or("").trim();
    StateType::from_name(&value.text()).or_else(|| StateType::from_name(first_line()))
}

/// Writes a name as one step of an RFC 6901 pointer.
fn step(pointer: &str, name: &str) -> String {
    let mut longer = String::with_capacity(pointer.len() + name.len() + 1);
    longer.push_str(pointer);
    longer.push('/');
    // Few names have either.
    match name.contains(['~', '/']) {
        true => longer.push_str(&name.replace('~', "~0").replace('/', "~1")),
        false => longer.push_str(name),
    }
    longer
}

struct Reader {
    language: QueryLanguage,
    states: Vec<StateOutline>,
    scopes: Vec<ScopeOutline>,
    by_key: HashMap<String, StateIx, foldhash::fast::RandomState>,
}

impl Reader {
    fn scope(
        &mut self,
        node: Node<'_>,
        owner: Option<StateIx>,
        role: ScopeRole,
        pointer: String,
        nesting: usize,
    ) -> ScopeIx {
        let ix = ScopeIx(self.scopes.len() as u32);
        let start_node = first(node, "StartAt", Kind::String);
        let states_node = first(node, "States", Kind::Object);
        let states_pointer = step(&pointer, "States");
        self.scopes.push(ScopeOutline {
            owner,
            role,
            start_at: start_node.map(|name| Text::from(&*name.text())),
            start_node: start_node.map(Node::id),
            node: Some(node.id()),
            states_node: states_node.map(Node::id),
            pointer,
            ..empty_root()
        });
        let mut own = Vec::new();
        for member in states_node.into_iter().flat_map(Node::members) {
            if self.states.len() >= MAX_STATES {
                break;
            }
            own.push(self.state(&member, ix, &states_pointer, nesting));
        }
        self.resolve(ix, own);
        ix
    }

    fn state(
        &mut self,
        member: &Member<'_>,
        scope: ScopeIx,
        states_pointer: &str,
        nesting: usize,
    ) -> StateIx {
        let ix = StateIx(self.states.len() as u32);
        let pointer = step(states_pointer, &member.name);
        let key = self.claim_key(&member.name, &pointer, ix);
        let fields = Fields::of(member.value, self.language);
        let end = member
            .value
            .map_or(member.key.range().end, |value| value.range().end);
        self.states.push(StateOutline {
            key,
            name: Text::from(&*member.name),
            scope,
            state_type: fields.state_type,
            key_node: member.key.id(),
            node: member.value.map(Node::id),
            range: member.key.range().start..end,
            pointer,
            terminal: fields.is_terminal(),
            query_language: fields.language,
            summary: summary(&fields),
            transitions: fields.transitions,
            scopes: Vec::new(),
        });
        let rooms = fields.rooms;
        if nesting < MAX_NESTING {
            self.inner_scopes(ix, &rooms, nesting + 1);
        }
        ix
    }

    /// The first state of a name is known by it, the later ones by their place.
    fn claim_key(&mut self, name: &str, pointer: &str, ix: StateIx) -> String {
        let mut key = name.to_owned();
        if self.by_key.contains_key(&key) {
            pointer.clone_into(&mut key);
        }
        // A key twice in one object has the same pointer; and a state may be named like a pointer.
        while self.by_key.contains_key(&key) {
            key.push('#');
        }
        self.by_key.insert(key.clone(), ix);
        key
    }

    /// Reads what is inside a state. A state whose type is lost or belongs to another is a room all the same, if
    /// there are states in it.
    fn inner_scopes(&mut self, owner: StateIx, rooms: &Rooms<'_>, nesting: usize) {
        let (kind, pointer) = {
            let state = &self.states[owner.index()];
            (state.state_type, state.pointer.clone())
        };
        let is_scope = |node: Node<'_>, expected: StateType| {
            node.kind() == Kind::Object
                && (kind == Some(expected) || first(node, "States", Kind::Object).is_some())
        };
        let mut inner = Vec::new();
        for (index, branch) in rooms.branches.into_iter().flat_map(Node::items).enumerate() {
            if is_scope(branch, StateType::Parallel) {
                let pointer = format!("{pointer}/Branches/{index}");
                inner.push(self.scope(branch, Some(owner), ScopeRole::Branch(index), pointer, nesting));
            }
        }
        if let Some((name, processor)) = rooms.processor
            && is_scope(processor, StateType::Map)
        {
            let pointer = format!("{pointer}/{name}");
            inner.push(self.scope(processor, Some(owner), ScopeRole::Processor, pointer, nesting));
        }
        self.states[owner.index()].scopes = inner;
    }

    /// Binds the names of one scope to its states.
    fn resolve(&mut self, scope: ScopeIx, own: Vec<StateIx>) {
        let mut by_name: HashMap<Text, StateIx, foldhash::fast::RandomState> = HashMap::default();
        for ix in &own {
            by_name.entry(self.states[ix.index()].name.clone()).or_insert(*ix);
        }
        for ix in &own {
            for transition in &mut self.states[ix.index()].transitions {
                transition.target_ix = by_name.get(&transition.target).copied();
            }
        }
        let outline = &mut self.scopes[scope.index()];
        outline.start = outline
            .start_at
            .as_ref()
            .and_then(|name| by_name.get(name).copied());
        outline.states = own;
    }
}

/// What one pass over a state's members finds.
pub(super) struct Fields<'t> {
    pub(super) node: Option<Node<'t>>,
    pub(super) state_type: Option<StateType>,
    pub(super) language: QueryLanguage,
    transitions: Vec<TransitionOutline>,
    ends: bool,
    rooms: Rooms<'t>,
}

/// The fields of a state that hold scopes; the first of each.
#[derive(Default)]
struct Rooms<'t> {
    branches: Option<Node<'t>>,
    processor: Option<(&'static str, Node<'t>)>,
}

impl<'t> Rooms<'t> {
    fn take(&mut self, name: &str, value: Node<'t>) {
        match (name, value.kind()) {
            ("Branches", Kind::Array) => {
                self.branches.get_or_insert(value);
            }
            ("ItemProcessor", Kind::Object) => {
                self.processor.get_or_insert(("ItemProcessor", value));
            }
            ("Iterator", Kind::Object) => {
                self.processor.get_or_insert(("Iterator", value));
            }
            _ => {}
        }
    }
}

impl<'t> Fields<'t> {
    fn of(node: Option<Node<'t>>, machine: QueryLanguage) -> Fields<'t> {
        let mut fields = Fields {
            node,
            state_type: None,
            language: machine,
            transitions: Vec::new(),
            ends: false,
            rooms: Rooms::default(),
        };
        let mut catchers = None;
        let mut choices = None;
        let mut default = None;
        for member in node.into_iter().flat_map(Node::members) {
            let Some(value) = member.value else { continue };
            match &*member.name {
                "Type" => fields.state_type = fields.state_type.or_else(|| state_type(value)),
                "QueryLanguage" => {
                    fields.language = QueryLanguage::from_name(&value.text()).unwrap_or(machine)
                }
                "End" => fields.ends = value.kind() == Kind::Bool && value.text() == "true",
                "Next" => fields.go(TransitionKind::Next, value, String::new),
                "Choices" => choices = Some(value),
                "Default" => default = Some(value),
                "Catch" => catchers = Some(value),
                name => fields.rooms.take(name, value),
            }
        }
        if fields.state_type == Some(StateType::Choice) {
            fields.transitions.clear();
            for (index, rule) in choices.into_iter().flat_map(Node::items).enumerate() {
                fields.follow(TransitionKind::Rule(index), rule, || rule_label(rule));
            }
            if let Some(value) = default {
                fields.go(TransitionKind::Default, value, || "Default".to_owned());
            }
        }
        for (index, catcher) in catchers.into_iter().flat_map(Node::items).enumerate() {
            fields.follow(TransitionKind::Catch(index), catcher, || {
                cut(&error_names(catcher))
            });
        }
        fields
    }

    fn follow(&mut self, kind: TransitionKind, entry: Node<'t>, label: impl FnOnce() -> String) {
        if let Some(target) = entry.get("Next") {
            self.go(kind, target, label);
        }
    }

    fn go(&mut self, kind: TransitionKind, target: Node<'t>, label: impl FnOnce() -> String) {
        if target.kind() == Kind::String {
            let node = target.id();
            let label = label();
            self.transitions.push(TransitionOutline {
                kind,
                target: Text::from(&*target.text()),
                target_ix: None,
                node,
                label,
            });
        }
    }

    fn is_terminal(&self) -> bool {
        match self.state_type {
            Some(StateType::Succeed | StateType::Fail) => true,
            Some(StateType::Choice) => false,
            _ => self.ends,
        }
    }

    /// A field's value, whatever its kind.
    pub(super) fn get(&self, name: &str) -> Option<Node<'t>> {
        self.node.and_then(|node| node.get(name))
    }
}
