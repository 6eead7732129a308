//! Everything in its place: from positions inside each scope to those in the whole drawing.

use asl::definition::{ScopeIx, ScopeOutline, StateOutline};
use asl::words::ScopeRole;

use super::draft::{Draft, HEADER, ROOM_PADDING, START};
use crate::flow::Route;
use crate::model::{Diagram, EdgeKind, EdgePath, Label, NodeBox, RoomArea, Shape, StateKey};
use crate::scope::LABEL_HEIGHT;

/// Above and below the whole drawing.
const MARGIN: i32 = 16;
/// At its sides, besides the margins that nodes and lines have of their own.
const SIDE_MARGIN: i32 = 16;

/// Gathers the layouts of all scopes.
pub(super) fn of(draft: &Draft) -> Diagram {
    let Some(root) = &draft.placed[0] else {
        return Diagram::default();
    };
    let mut assembly = Assembly {
        draft,
        origins: vec![(SIDE_MARGIN, MARGIN); draft.definition.scopes.len()],
        diagram: Diagram {
            width: (root.width + 2 * SIDE_MARGIN) as f32,
            height: (root.height + 2 * MARGIN) as f32,
            ..Diagram::default()
        },
    };
    assembly.nodes();
    assembly.edges();
    assembly.diagram
}

struct Assembly<'a> {
    draft: &'a Draft<'a>,
    /// The top left corner of each drawn scope, known once its room is.
    origins: Vec<(i32, i32)>,
    diagram: Diagram,
}

impl Assembly<'_> {
    fn nodes(&mut self) {
        if self.draft.pills(0) > 0 {
            let pill = self.node(StateKey::new(), (Shape::Start, START.0, START.1), ScopeIx(0), 0);
            self.diagram.nodes.extend(pill);
        }
        for (index, state) in self.draft.definition.states.iter().enumerate() {
            let number = self.draft.number(state.scope, index);
            let node = self.node(state.key.clone(), self.draft.sizes[index], state.scope, number);
            let Some(node) = node else { continue };
            if node.shape == Shape::Room {
                self.rooms(state, &node);
            }
            self.diagram.nodes.push(node);
        }
    }

    fn node(&self, key: StateKey, size: (Shape, i32, i32), scope: ScopeIx, number: usize) -> Option<NodeBox> {
        let (shape, width, height) = size;
        let at = self.draft.placed[scope.index()].as_ref()?.boxes.get(number)?;
        let origin = self.origins[scope.index()];
        let outline = self.draft.definition.scope(scope);
        Some(NodeBox {
            key,
            shape,
            x: (origin.0 + at.0) as f32,
            y: (origin.1 + at.1) as f32,
            width: width as f32,
            height: height as f32,
            parent: self.parent(outline),
            branch: branch(outline),
        })
    }

    /// The insides of a room side by side; what rounding and a least width left over is shared by both sides.
    fn rooms(&mut self, state: &StateOutline, room: &NodeBox) {
        let (top, height) = (room.y as i32 + HEADER, room.height as i32 - HEADER);
        let mut x = room.x as i32;
        for &scope in &state.scopes {
            let outline = self.draft.definition.scope(scope);
            let (width, _) = self.draft.branch_size(scope);
            let inside = self.draft.placed[scope.index()]
                .as_ref()
                .map_or(width, |placed| placed.width);
            self.origins[scope.index()] = (x + (width - inside) / 8 * 4, top + ROOM_PADDING.0);
            self.diagram.rooms.push(RoomArea {
                owner: state.key.clone(),
                scope: outline.pointer.clone(),
                branch: branch(outline),
                x: x as f32,
                y: top as f32,
                width: width as f32,
                height: height as f32,
            });
            x += width;
        }
    }

    fn parent(&self, scope: &ScopeOutline) -> Option<StateKey> {
        scope
            .owner
            .map(|owner| self.draft.definition.at(owner).key.clone())
    }

    fn edges(&mut self) {
        let definition = self.draft.definition;
        if let (1, Some(start), Some(root)) = (
            self.draft.pills(0),
            definition.root().start,
            &self.draft.placed[0],
        ) {
            let to = definition.at(start).key.clone();
            let ends = (StateKey::new(), to);
            self.diagram
                .edges
                .extend(root.routes.first().map(|route| self.edge(ends, None, 0, route)));
        }
        let mut next = vec![0; definition.scopes.len()];
        next[0] = self.diagram.edges.len();
        for state in &definition.states {
            let scope = state.scope.index();
            let Some(placed) = &self.draft.placed[scope] else {
                continue;
            };
            for (index, transition) in state.transitions.iter().enumerate() {
                let Some(target) = transition.target_ix else {
                    continue;
                };
                let Some(route) = placed.routes.get(next[scope]) else {
                    continue;
                };
                next[scope] += 1;
                let ends = (state.key.clone(), definition.at(target).key.clone());
                self.diagram
                    .edges
                    .push(self.edge(ends, Some((state, index)), scope, route));
            }
        }
    }

    fn edge(
        &self,
        (from, to): (StateKey, StateKey),
        transition: Option<(&StateOutline, usize)>,
        scope: usize,
        route: &Route,
    ) -> EdgePath {
        let origin = self.origins[scope];
        let place = |(x, y): (i32, i32)| ((origin.0 + x) as f32, (origin.1 + y) as f32);
        let outline = transition.map(|(state, index)| &state.transitions[index]);
        let label = route.label.zip(outline).map(|(at, outline)| Label {
            text: outline.label.clone(),
            x: place(at).0,
            y: place(at).1,
            width: super::draft::label_width(&outline.label) as f32,
            height: LABEL_HEIGHT as f32,
        });
        EdgePath {
            from,
            to,
            transition: transition.map(|(_, index)| index as u32),
            kind: outline.map_or(EdgeKind::Start, |outline| super::draft::edge_kind(outline.kind)),
            points: route.points.iter().copied().map(place).collect(),
            label,
            parent: self.parent(&self.draft.definition.scopes[scope]),
        }
    }
}

fn branch(scope: &ScopeOutline) -> u32 {
    match scope.role {
        ScopeRole::Branch(index) => index as u32,
        ScopeRole::Root | ScopeRole::Processor => 0,
    }
}
