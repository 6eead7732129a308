//! From a definition to the machine that runs.
//!
//! Diagnostics have found most of what could be wrong before; what is found only here is one, too, so that compiling
//! never panics and never guesses.

mod fields;
mod kinds;

use super::{Scope, ScopeId, State, StateId, StateMachine, Transition};
use crate::definition::{Definition, ScopeIx, StateIx, StateOutline, TransitionKind};
use crate::diagnostics::{Diagnostic, NOT_RUNNABLE, Severity, diagnose};
use crate::graph::FlowGraph;
use crate::machine::QueryLanguage;
use crate::substitution;
use crate::text::{Format, Node, Tree};
use fields::Fields;

/// Code of what is found only here: a value that the field can't take.
const CODE: &str = "SW0019";

impl StateMachine {
    /// Compiles a definition.
    ///
    /// Errors: all its diagnostics, if one of them is an error; else what stands in the way of compiling it.
    pub fn compile(tree: &Tree, definition: &Definition) -> Result<StateMachine, Vec<Diagnostic>> {
        let found = diagnose(tree, definition, &FlowGraph::of(definition));
        if found
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
        {
            return Err(found);
        }
        let compiler = Compiler { tree, definition };
        compiler
            .machine()
            .map_err(|fault| vec![compiler.diagnostic(fault)])
    }

    /// Reads and compiles a text.
    ///
    /// Errors: as [`StateMachine::compile`].
    pub fn parse(text: &str, format: Format) -> Result<StateMachine, Vec<Diagnostic>> {
        let tree = Tree::parse(text, format);
        let definition = Definition::read(&tree);
        StateMachine::compile(&tree, &definition)
    }
}

/// What stands in the way of compiling.
struct Fault<'t> {
    node: Node<'t>,
    message: String,
}

type Compiled<'t, T> = Result<T, Fault<'t>>;

struct Compiler<'t> {
    tree: &'t Tree,
    definition: &'t Definition,
}

impl<'t> Compiler<'t> {
    fn diagnostic(&self, fault: Fault<'t>) -> Diagnostic {
        let range = fault.node.range();
        let (code, message) = match still_open(fault.node) {
            Some(message) => (NOT_RUNNABLE, message),
            None => (CODE, fault.message),
        };
        Diagnostic {
            code,
            severity: Severity::Error,
            message,
            pointer: fault.node.pointer(),
            state: self
                .definition
                .state_at_offset(range.start)
                .map(|state| state.key.clone()),
            range,
            fix: None,
            said: None,
        }
    }

    fn machine(&self) -> Compiled<'t, StateMachine> {
        let Some(root) = self
            .definition
            .node
            .map(|node| self.tree.node(node))
            .or(self.tree.root())
        else {
            // A text without any value has had a diagnostic.
            return Ok(StateMachine {
                comment: None,
                timeout_seconds: None,
                query_language: self.definition.query_language,
                scopes: Vec::new(),
                states: Vec::new(),
                text: self.tree.shared_text(),
            });
        };
        let fields = Fields {
            node: root,
            language: self.definition.query_language,
        };
        let mut scopes = Vec::with_capacity(self.definition.scopes.len());
        for (index, scope) in self.definition.scopes.iter().enumerate() {
            let start = scope.start.ok_or_else(|| Fault {
                node: scope.node.map_or(root, |node| self.tree.node(node)),
                message: "\"StartAt\" names no state of this scope".into(),
            })?;
            debug_assert!(index <= u32::MAX as usize);
            scopes.push(Scope {
                owner: scope.owner.map(state_id),
                role: scope.role,
                start: state_id(start),
                states: scope.states.iter().copied().map(state_id).collect(),
            });
        }
        let states: Compiled<'t, Vec<State>> = self
            .definition
            .states
            .iter()
            .enumerate()
            .map(|(index, state)| self.state(index, state))
            .collect();
        Ok(StateMachine {
            comment: self.definition.comment.clone(),
            timeout_seconds: fields.integer("TimeoutSeconds")?,
            query_language: self.definition.query_language,
            scopes,
            states: states?,
            text: self.tree.shared_text(),
        })
    }

    fn state(&self, index: usize, outline: &StateOutline) -> Compiled<'t, State> {
        let key = self.tree.node(outline.key_node);
        let node = outline.node.map(|node| self.tree.node(node));
        let node = node.ok_or_else(|| Fault {
            node: key,
            message: "the state has no body".into(),
        })?;
        let fields = Fields {
            node,
            language: outline.query_language,
        };
        Ok(State {
            id: StateId(u32::try_from(index).unwrap_or(u32::MAX)),
            name: outline.name.clone(),
            scope: scope_id(outline.scope),
            query_language: outline.query_language,
            kind: kinds::kind(self, outline, &fields)?,
            flow: kinds::data_flow(outline, &fields)?,
            retry: kinds::retriers(&fields)?,
            catch: kinds::catchers(self, outline, &fields)?,
            transition: self.transition(outline),
        })
    }

    fn transition(&self, outline: &StateOutline) -> Transition {
        if outline.state_type.is_some_and(|kind| !kind.has_next()) {
            return Transition::None;
        }
        match self.target(outline, TransitionKind::Next) {
            Some(next) => Transition::Next(next),
            None => Transition::End,
        }
    }

    fn target(&self, outline: &StateOutline, kind: TransitionKind) -> Option<StateId> {
        let transition = outline
            .transitions
            .iter()
            .find(|transition| transition.kind == kind)?;
        transition.target_ix.map(state_id)
    }
}

fn state_id(ix: StateIx) -> StateId {
    StateId(ix.0)
}

fn scope_id(ix: ScopeIx) -> ScopeId {
    ScopeId(ix.0)
}

/// What to say of a value that the template around the definition has yet to fill in.
fn still_open(node: Node<'_>) -> Option<String> {
    let text = node.text();
    substitution::is_open(&text).then_some(())?;
    let field = node
        .parent()
        .and_then(Node::as_member)
        .map(|member| member.name)?;
    Some(format!(
        "\"{field}\" is still \"{text}\"; say what to put there before running it"
    ))
}

fn is_jsonata(language: QueryLanguage) -> bool {
    language == QueryLanguage::Jsonata
}

#[cfg(test)]
mod tests;
