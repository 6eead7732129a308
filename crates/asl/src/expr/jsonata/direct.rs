//! Plain paths: `$states.input.order.id`, `$total`. Most expressions in definitions are such, and they need no evaluator: where
//! the way leads through objects only, the value at its end is the result, shared and not copied.

use jsonata_core::ast::AstNode;

use super::session::Session;
use crate::value::{Text, Value};

/// A path from a variable through fields.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Direct {
    root: Text,
    fields: Vec<Text>,
}

impl Direct {
    /// The plain path that the tree is, if it is one.
    pub(super) fn of(tree: &AstNode) -> Option<Direct> {
        match tree {
            AstNode::Variable(name) if !name.is_empty() => Some(Direct {
                root: name.as_str().into(),
                fields: Vec::new(),
            }),
            AstNode::Path { steps } => {
                let plain = steps.iter().all(|step| {
                    step.stages.is_empty()
                        && step.focus.is_none()
                        && step.index_var.is_none()
                        && step.ancestor_label.is_none()
                        && !step.is_tuple
                });
                let (first, rest) = steps.split_first().filter(|_| plain)?;
                let AstNode::Variable(root) = &first.node else {
                    return None;
                };
                let fields: Option<Vec<Text>> = rest
                    .iter()
                    .map(|step| match &step.node {
                        AstNode::Name(name) => Some(name.as_str().into()),
                        _ => None,
                    })
                    .collect();
                (!root.is_empty()).then_some(Direct {
                    root: root.as_str().into(),
                    fields: fields?,
                })
            }
            _ => None,
        }
    }

    /// The value; `None` where the evaluator must look: the way leads through a list or to nothing, or the value is one that
    /// JSONata writes otherwise.
    pub(super) fn read(&self, session: &Session<'_>) -> Option<Value> {
        let (start, fields) = match (&*self.root, self.fields.as_slice()) {
            ("states", [member, fields @ ..]) => (session.states_member(member)?, fields),
            ("states", []) => return None,
            (name, fields) => (session.variable(name)?, fields),
        };
        let mut value = &start;
        for field in fields {
            value = value.get(field)?;
        }
        value.is_plain().then(|| value.clone())
    }
}
