//! From text to a tree that may be evaluated: what the service's version of the language does not know is refused, and what
//! the expression needs of its surroundings is found out once.

use jsonata_core::ast::{AstNode, BinaryOp};

use super::direct::Direct;
use super::fault::{self, Fault, Newer};
use super::{functions, guard};
use crate::expr::SyntaxError;
use crate::value::Text;

/// The longest expression that is read. The service's own bound is the size of a definition, 1 MiB.
const MAX_LENGTH: usize = 256 * 1024;

/// A parsed expression.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) tree: AstNode,
    /// Set where the tree is a plain path.
    pub(super) direct: Option<Direct>,
    /// Variables other than `$states` that the tree reads, or binds itself; built-in functions used as values as well.
    variables: Vec<Text>,
    /// Which members of `$states` it reads.
    pub(super) states: StatesUse,
    /// Functions of ours that it calls, by their place in [`functions::TABLE`].
    pub(super) functions: Vec<usize>,
    /// Whether functions may come to hold each other, so that freeing them takes stack.
    pub(super) nests_functions: bool,
    constant: bool,
}

/// Which members of `$states` an expression reads. What it does not read is not converted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct StatesUse {
    pub(super) input: bool,
    pub(super) result: bool,
    pub(super) error_output: bool,
    pub(super) context: bool,
}

impl StatesUse {
    const ALL: StatesUse = StatesUse {
        input: true,
        result: true,
        error_output: true,
        context: true,
    };

    pub(super) fn any(self) -> bool {
        self.input || self.result || self.error_output || self.context
    }

    fn member(&mut self, name: &str) {
        match name {
            "input" => self.input = true,
            "result" => self.result = true,
            "errorOutput" => self.error_output = true,
            "context" => self.context = true,
            _ => {}
        }
    }
}

/// The tree of a text that the service would take, and what is in it.
pub(super) fn read(text: &str) -> Result<(AstNode, Survey), Fault> {
    if text.len() > MAX_LENGTH {
        let length = text.len();
        let message = format!("the expression is {length} bytes long; at most {MAX_LENGTH} are read");
        return Err(Fault::whole(text, message));
    }
    let mut tree = fault::tree(text)?;
    let found = Survey::of(&mut tree);
    match found.newer {
        Some(newer) => Err(newer.fault(text)),
        None => Ok((tree, found)),
    }
}

impl Program {
    pub(super) fn parse(text: &str) -> Result<Program, SyntaxError> {
        let (mut tree, found) = read(text).map_err(|fault| SyntaxError {
            offset: fault.range.start,
            message: fault.message,
        })?;
        let direct = Direct::of(&tree);
        if found.guarded || text.len() > guard::LONG {
            guard::install(&mut tree);
        }
        let nests_functions = guard::nests_functions(&mut tree);
        let functions: Vec<usize> = functions::used(&mut tree);
        let constant = found.variables.is_empty()
            && !found.states.any()
            && !functions.iter().any(|index| functions::TABLE[*index].varies);
        Ok(Program {
            tree,
            direct,
            variables: found.variables,
            states: found.states,
            functions,
            nests_functions,
            constant,
        })
    }

    pub(super) fn variables(&self) -> &[Text] {
        &self.variables
    }

    pub(super) fn is_constant(&self) -> bool {
        self.constant
    }
}

/// What one walk over the tree finds.
#[derive(Default)]
pub(super) struct Survey {
    variables: Vec<Text>,
    states: StatesUse,
    newer: Option<Newer>,
    /// Whether the tree can do more work than its text is long: it binds, repeats or calls something over and over.
    guarded: bool,
}

impl Survey {
    fn of(tree: &mut AstNode) -> Survey {
        let mut survey = Survey::default();
        let mut waiting = vec![tree];
        while let Some(node) = waiting.pop() {
            survey.look(node);
            let plain_states = survey.states_path(node);
            let mut children = Vec::new();
            guard::children(node, &mut children);
            // The first step of `$states.input` was dealt with.
            waiting.extend(
                children
                    .into_iter()
                    .skip(usize::from(plain_states))
                    .map(|(child, _)| child),
            );
        }
        survey
    }

    /// Whether the node is a path that begins with `$states.member`; then the member is noted.
    fn states_path(&mut self, node: &AstNode) -> bool {
        let AstNode::Path { steps } = node else {
            return false;
        };
        match steps.as_slice() {
            [first, second, ..] if first.stages.is_empty() => match (&first.node, &second.node) {
                (AstNode::Variable(root), AstNode::Name(member)) if root == "states" => {
                    self.states.member(member);
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn look(&mut self, node: &AstNode) {
        self.guarded |= guard::repeats(node);
        match node {
            AstNode::Variable(name) => self.variable(name),
            AstNode::Function {
                name,
                is_builtin: true,
                ..
            } if name == "eval" => self.newer = Some(Newer::Eval),
            AstNode::Binary {
                op: BinaryOp::Coalesce,
                ..
            } => self.newer = Some(Newer::Coalesce),
            AstNode::Binary {
                op: BinaryOp::Default,
                ..
            } => self.newer = Some(Newer::Default),
            _ => {}
        }
    }

    fn variable(&mut self, name: &str) {
        match name {
            "" | "$" => {}
            "states" => self.states = StatesUse::ALL,
            "eval" => self.newer = Some(Newer::Eval),
            name if self.variables.iter().any(|known| &**known == name) => {}
            name => self.variables.push(name.into()),
        }
    }
}
