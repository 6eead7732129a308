//! The flow graph on petgraph: a node for each state, an edge for each transition whose target exists.
//! Edges never cross scopes; what contains what is said by [`Definition::scopes`].

use std::collections::VecDeque;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::definition::{Definition, ScopeIx, StateIx, TransitionKind};

/// All states and the ways between them.
#[derive(Debug, Clone)]
pub struct FlowGraph {
    /// Node `n` is state `n` of the definition: node and state have the same index.
    pub graph: DiGraph<StateIx, FlowEdge>,
    starts: Vec<Option<StateIx>>,
    scopes: Vec<Vec<StateIx>>,
}

/// A transition as an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowEdge {
    /// The state that it leaves.
    pub from: StateIx,
    /// Its index in that state's `transitions`.
    pub transition: usize,
    /// Which field makes it.
    pub kind: TransitionKind,
}

impl FlowGraph {
    /// The graph of a definition.
    pub fn of(definition: &Definition) -> FlowGraph {
        let edges = definition
            .states
            .iter()
            .map(|state| state.transitions.len())
            .sum();
        let mut graph = DiGraph::with_capacity(definition.states.len(), edges);
        for index in 0..definition.states.len() {
            graph.add_node(StateIx(index as u32));
        }
        for (index, state) in definition.states.iter().enumerate() {
            let from = StateIx(index as u32);
            for (transition, outline) in state.transitions.iter().enumerate() {
                if let Some(target) = outline.target_ix {
                    graph.add_edge(
                        node(from),
                        node(target),
                        FlowEdge {
                            from,
                            transition,
                            kind: outline.kind,
                        },
                    );
                }
            }
        }
        let starts = definition.scopes.iter().map(|scope| scope.start).collect();
        let scopes = definition
            .scopes
            .iter()
            .map(|scope| scope.states.clone())
            .collect();
        FlowGraph {
            graph,
            starts,
            scopes,
        }
    }

    /// Where a state can go, in the order of its transitions.
    pub fn leaving(&self, state: StateIx) -> impl Iterator<Item = (StateIx, FlowEdge)> + '_ {
        let mut edges: Vec<_> = self
            .graph
            .edges(node(state))
            .map(|edge| (state_of(edge.target()), *edge.weight()))
            .collect();
        edges.sort_by_key(|(_, edge)| edge.transition);
        edges.into_iter()
    }

    /// From where a state can be reached, in the order of the document.
    pub fn entering(&self, state: StateIx) -> impl Iterator<Item = (StateIx, FlowEdge)> + '_ {
        let edges = self
            .graph
            .edges_directed(node(state), petgraph::Direction::Incoming);
        let mut edges: Vec<_> = edges
            .map(|edge| (state_of(edge.source()), *edge.weight()))
            .collect();
        edges.sort_by_key(|(from, edge)| (*from, edge.transition));
        edges.into_iter()
    }

    /// Whether each state of the definition can be reached from its scope's start. One walk over the whole graph.
    pub fn reachable(&self) -> Vec<bool> {
        self.spread(
            self.starts.iter().flatten().copied(),
            petgraph::Direction::Outgoing,
        )
    }

    /// Whether a terminal state (one of `ends`) can be reached from each state.
    pub fn reaching(&self, ends: impl Iterator<Item = StateIx>) -> Vec<bool> {
        self.spread(ends, petgraph::Direction::Incoming)
    }

    fn spread(&self, from: impl Iterator<Item = StateIx>, direction: petgraph::Direction) -> Vec<bool> {
        let mut seen = vec![false; self.graph.node_count()];
        let mut waiting: Vec<StateIx> = from.collect();
        while let Some(state) = waiting.pop() {
            if !std::mem::replace(&mut seen[state.index()], true) {
                waiting.extend(
                    self.graph
                        .neighbors_directed(node(state), direction)
                        .map(state_of),
                );
            }
        }
        seen
    }

    /// The states of one scope that can be reached from its start, in the order of the document.
    pub fn reachable_in(&self, scope: ScopeIx) -> Vec<StateIx> {
        let seen = self.spread(
            self.starts[scope.index()].into_iter(),
            petgraph::Direction::Outgoing,
        );
        self.scopes[scope.index()]
            .iter()
            .copied()
            .filter(|state| seen[state.index()])
            .collect()
    }

    /// Groups of states that can go around for ever: each state of a group reaches each other one (a state that goes
    /// to itself is a group of its own). Groups and their states are in the order of the document.
    // Not `tarjan_scc`: it recurses, and a chain of ten thousand states would end the process.
    pub fn cycles(&self) -> Vec<Vec<StateIx>> {
        let mut cycles: Vec<Vec<StateIx>> = kosaraju_scc(&self.graph)
            .into_iter()
            .filter(|group| group.len() > 1 || self.graph.contains_edge(group[0], group[0]))
            .map(|group| {
                let mut states: Vec<StateIx> = group.into_iter().map(state_of).collect();
                states.sort_unstable();
                states
            })
            .collect();
        cycles.sort_unstable();
        cycles
    }
}

/// States that are still to be looked at: first come, first served, and each waits only once at a time. Empty again, it
/// serves the next walk.
#[derive(Debug)]
pub(crate) struct Worklist {
    queue: VecDeque<StateIx>,
    waiting: Vec<bool>,
}

impl Worklist {
    /// For a definition of so many states.
    pub(crate) fn new(states: usize) -> Worklist {
        Worklist {
            queue: VecDeque::new(),
            waiting: vec![false; states],
        }
    }

    pub(crate) fn push(&mut self, state: StateIx) {
        if !std::mem::replace(&mut self.waiting[state.index()], true) {
            self.queue.push_back(state);
        }
    }

    pub(crate) fn pop(&mut self) -> Option<StateIx> {
        let state = self.queue.pop_front()?;
        self.waiting[state.index()] = false;
        Some(state)
    }
}

fn node(state: StateIx) -> NodeIndex {
    NodeIndex::new(state.index())
}

fn state_of(node: NodeIndex) -> StateIx {
    StateIx(node.index() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_waits_once_at_a_time() {
        let mut list = Worklist::new(3);
        for state in [2, 0, 2] {
            list.push(StateIx(state));
        }
        assert_eq!(list.pop(), Some(StateIx(2)));
        list.push(StateIx(2));
        assert_eq!(
            [list.pop(), list.pop(), list.pop()],
            [Some(StateIx(0)), Some(StateIx(2)), None]
        );
    }
}
