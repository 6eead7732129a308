//! Scopes as flows, and the sizes that rooms get from what is inside them.

use std::sync::Arc;

use asl::definition::{Definition, ScopeIx, StateOutline, TransitionKind};
use asl::words::{ScopeRole, StateType};

use crate::flow::{Flow, FlowEdge, FlowNode, Placed};
use crate::model::{EdgeKind, Options, Shape};
use crate::scope;

/// Width and height of a card.
const CARD: (i32, i32) = (208, 56);
/// Width and height of a pill.
const PILL: (i32, i32) = (140, 40);
/// Width and height of the start pill.
pub(super) const START: (i32, i32) = (44, 22);
/// Height of a room's header.
pub(super) const HEADER: i32 = 36;
/// From the header to the first row, and from the last row to the room's bottom.
pub(super) const ROOM_PADDING: (i32, i32) = (16, 16);
/// The least that a branch takes: a card with its margins.
const LEAST_BRANCH: (i32, i32) = (256, 56);
/// Width of a character in code type at 11 px, and what a label has around its text.
const LABEL_TEXT: (f32, f32) = (6.6, 12.0);

pub(super) struct Draft<'d> {
    pub(super) definition: &'d Definition,
    /// For each scope, whether it is drawn.
    pub(super) visible: Vec<bool>,
    /// For each state, its outline and size, once known.
    pub(super) sizes: Vec<(Shape, i32, i32)>,
    /// For each state, its number in its scope.
    numbers: Vec<usize>,
    /// For each scope, its layout, once known and if it is drawn.
    pub(super) placed: Vec<Option<Arc<Placed>>>,
}

fn shape(state: &StateOutline, collapsed: bool) -> Shape {
    match state.state_type {
        Some(StateType::Succeed | StateType::Fail) => Shape::Pill,
        Some(StateType::Map) if collapsed || state.scopes.is_empty() => Shape::Stack,
        Some(StateType::Map | StateType::Parallel) if !collapsed && !state.scopes.is_empty() => Shape::Room,
        _ => Shape::Card,
    }
}

pub(super) fn label_width(text: &str) -> i32 {
    if text.is_empty() {
        return 0;
    }
    let width = text.chars().count() as f32 * LABEL_TEXT.0 + LABEL_TEXT.1;
    scope::grid(width.ceil() as i32)
}

pub(super) fn edge_kind(kind: TransitionKind) -> EdgeKind {
    match kind {
        TransitionKind::Next => EdgeKind::Next,
        TransitionKind::Rule(_) => EdgeKind::Rule,
        TransitionKind::Default => EdgeKind::Default,
        TransitionKind::Catch(_) => EdgeKind::Catch,
    }
}

impl<'d> Draft<'d> {
    pub(super) fn new(definition: &'d Definition, options: &Options) -> Draft<'d> {
        let mut visible: Vec<bool> = Vec::with_capacity(definition.scopes.len());
        let mut sizes = Vec::with_capacity(definition.states.len());
        for state in &definition.states {
            let shape = shape(state, options.collapsed.contains(&state.key));
            let (width, height) = if shape == Shape::Pill { PILL } else { CARD };
            sizes.push((shape, width, height));
        }
        let mut numbers = vec![0; definition.states.len()];
        for scope in &definition.scopes {
            let open = scope.owner.is_none_or(|owner| {
                let around = definition.at(owner).scope.index();
                sizes[owner.index()].0 == Shape::Room && visible.get(around).copied().unwrap_or(false)
            });
            visible.push(open);
            for (number, state) in scope.states.iter().enumerate() {
                numbers[state.index()] = number;
            }
        }
        let count = definition.scopes.len();
        Draft {
            definition,
            visible,
            sizes,
            numbers,
            placed: vec![None; count],
        }
    }

    /// The start pill stands before the states of the root, if that has a start.
    pub(super) fn pills(&self, scope: usize) -> usize {
        let scope = &self.definition.scopes[scope];
        usize::from(scope.role == ScopeRole::Root && scope.start.is_some())
    }

    /// The number of a state in its scope's flow.
    pub(super) fn number(&self, scope: ScopeIx, state: usize) -> usize {
        self.numbers[state] + self.pills(scope.index())
    }

    /// A scope as the layout sees it; what is inside its rooms must have been placed.
    pub(super) fn flow(&self, scope: usize) -> Flow {
        let outline = &self.definition.scopes[scope];
        let pills = self.pills(scope);
        let mut flow = Flow {
            start: outline
                .start
                .or(outline.states.first().copied())
                .map(|ix| self.numbers[ix.index()] + pills),
            ..Flow::default()
        };
        if pills > 0 {
            flow.nodes.push(FlowNode {
                width: START.0,
                height: START.1,
                fails: false,
            });
            if let Some(start) = outline.start {
                let to = self.numbers[start.index()] + pills;
                flow.edges.push(FlowEdge {
                    from: 0,
                    to,
                    kind: EdgeKind::Start,
                    label: 0,
                });
            }
            flow.start = Some(0);
        }
        for &ix in &outline.states {
            let state = self.definition.at(ix);
            let (_, width, height) = self.sizes[ix.index()];
            let fails = state.state_type == Some(StateType::Fail);
            flow.nodes.push(FlowNode { width, height, fails });
            for transition in &state.transitions {
                let Some(target) = transition.target_ix else {
                    continue;
                };
                let (from, to) = (
                    self.numbers[ix.index()] + pills,
                    self.numbers[target.index()] + pills,
                );
                let label = label_width(&transition.label);
                flow.edges.push(FlowEdge {
                    from,
                    to,
                    kind: edge_kind(transition.kind),
                    label,
                });
            }
        }
        flow
    }

    /// Keeps the layout of a scope, and gives its room the size for it and those of its other branches so far.
    pub(super) fn place(&mut self, scope: usize, placed: &Arc<Placed>) {
        self.placed[scope] = Some(Arc::clone(placed));
        let Some(owner) = self.definition.scopes[scope].owner else {
            return;
        };
        let inside = self.definition.at(owner).scopes.iter();
        let branches: Vec<(i32, i32)> = inside.map(|branch| self.branch_size(*branch)).collect();
        let width: i32 = branches.iter().map(|size| size.0).sum();
        let height = branches.iter().map(|size| size.1).max().unwrap_or(0);
        let size = &mut self.sizes[owner.index()];
        size.1 = width;
        size.2 = scope::grid(HEADER + ROOM_PADDING.0 + height + ROOM_PADDING.1);
    }

    pub(super) fn branch_size(&self, scope: ScopeIx) -> (i32, i32) {
        let placed = self.placed[scope.index()]
            .as_ref()
            .map_or((0, 0), |placed| (placed.width, placed.height));
        (
            (placed.0.max(LEAST_BRANCH.0) + 7) / 8 * 8,
            placed.1.max(LEAST_BRANCH.1),
        )
    }
}
