//! Taking a state out: what led to it leads to its successor, if it has one that is plain to see.
//!
//! | what named it | with a successor | without |
//! |---|---|---|
//! | `Next` | names the successor | becomes `"End": true` |
//! | a Choice rule, `Default`, a catcher | names the successor | goes |
//! | `StartAt` | names the successor | names the first state that is left |

use std::collections::BTreeMap;

use super::{Draft, EditError, Outcome, json_tree};
use crate::definition::{StateIx, TransitionKind};
use crate::text::{Kind, Node, NodeId};

impl<'t> Draft<'t> {
    pub(super) fn delete_state(&mut self, key: &str) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let state = self.definition.at(ix);
        let label = format!("Delete {}", state.name);
        let successor = self.successor(ix);
        let left = self
            .definition
            .scope(state.scope)
            .states
            .iter()
            .copied()
            .find(|&other| other != ix);
        let mut gone: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
        self.reconnect_start(ix, successor.or(left));
        let scope = self.definition.scope(state.scope);
        for &from in scope.states.iter().filter(|&&from| from != ix) {
            for transition in &self.definition.at(from).transitions {
                if transition.target_ix == Some(ix) {
                    self.reconnect(from, transition.kind, transition.node, successor, &mut gone);
                }
            }
        }
        if let Some((member, states)) = self.with_parent(state.key_node) {
            gone.entry(states.id()).or_default().push(member.id());
        }
        for (container, children) in gone {
            self.remove_children(self.node(container), children);
        }
        let predecessor = scope.states.iter().rev().copied().find(|&from| {
            from != ix
                && self
                    .definition
                    .at(from)
                    .transitions
                    .iter()
                    .any(|to| to.target_ix == Some(ix))
        });
        let select = successor
            .or(predecessor)
            .map(|ix| self.definition.at(ix).name.to_string());
        Ok((select, label))
    }

    /// A key's member, and the object around it.
    fn with_parent(&self, key: NodeId) -> Option<(Node<'t>, Node<'t>)> {
        let member = self.node(key).parent()?;
        Some((member, member.parent()?))
    }

    /// Where the flow goes on: `Next`, else `Default`, else the one state to which all rules lead.
    fn successor(&self, ix: StateIx) -> Option<StateIx> {
        let transitions = &self.definition.at(ix).transitions;
        let by_kind = |kind| transitions.iter().find(|transition| transition.kind == kind);
        let plain = by_kind(TransitionKind::Next).or_else(|| by_kind(TransitionKind::Default));
        let rules = || {
            transitions
                .iter()
                .filter(|transition| matches!(transition.kind, TransitionKind::Rule(_)))
        };
        let target = match plain {
            Some(transition) => transition.target_ix,
            None => {
                let first = rules().next()?.target_ix;
                first.filter(|_| rules().all(|rule| rule.target_ix == first))
            }
        };
        target.filter(|&target| target != ix)
    }

    fn reconnect_start(&mut self, ix: StateIx, to: Option<StateIx>) {
        let scope = self.definition.scope(self.definition.at(ix).scope);
        if let (Some(node), Some(to), true) = (scope.start_node, to, scope.start == Some(ix)) {
            let name = self.definition.at(to).name.to_string();
            self.set_text(node, &name);
        }
    }

    /// Leads one transition elsewhere, or notes what of it is to go.
    pub(super) fn reconnect(
        &mut self,
        from: StateIx,
        kind: TransitionKind,
        node: NodeId,
        successor: Option<StateIx>,
        gone: &mut BTreeMap<NodeId, Vec<NodeId>>,
    ) {
        // A `Next` to itself would never end.
        let successor = successor.filter(|&to| to != from || kind != TransitionKind::Next);
        if let Some(to) = successor {
            let name = self.definition.at(to).name.to_string();
            return self.set_text(node, &name);
        }
        let Some(member) = self
            .node(node)
            .parent()
            .filter(|parent| parent.kind() == Kind::Member)
        else {
            return;
        };
        let Some(object) = member.parent() else { return };
        match kind {
            TransitionKind::Next => self.end_here(member),
            TransitionKind::Default => gone.entry(object.id()).or_default().push(member.id()),
            TransitionKind::Rule(_) | TransitionKind::Catch(_) => {
                if let Some(list) = object.parent() {
                    gone.entry(list.id()).or_default().push(object.id());
                }
            }
        }
    }

    /// `"Next": …` becomes `"End": true`.
    fn end_here(&mut self, next: Node<'t>) {
        let truth = json_tree(&serde_json::Value::from(true));
        if let (Some(member), Some(truth)) = (next.as_member(), truth.root()) {
            self.rewrite.rename_key(member.key, "End");
            if let Some(value) = member.value {
                self.rewrite.replace(value, truth);
            }
        }
    }

    /// Removes members or items. A `Catch` that would be left empty goes whole.
    pub(super) fn remove_children(&mut self, container: Node<'t>, children: Vec<NodeId>) {
        let is_emptied = container.children().all(|child| children.contains(&child.id()));
        let member = container
            .parent()
            .and_then(Node::as_member)
            .filter(|member| member.name == "Catch");
        match member.filter(|_| is_emptied) {
            Some(member) => {
                if let Some(object) = self.node(member.id).parent() {
                    self.rewrite.remove(object, &[member.id]);
                }
            }
            None => self.rewrite.remove(container, &children),
        }
    }
}
