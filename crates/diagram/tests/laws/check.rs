//! The laws themselves. Each says what it found and where.

use asl::definition::Definition;
use stepwell_diagram::{Diagram, EdgePath, NodeBox, Shape};

#[derive(Debug, Clone, Copy)]
struct Rect {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Rect {
    fn of(node: &NodeBox) -> Rect {
        Rect {
            left: node.x,
            top: node.y,
            right: node.x + node.width,
            bottom: node.y + node.height,
        }
    }

    /// Whether the insides meet; borders may.
    fn meets(self, other: Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn within(self, other: Rect) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    fn piece(from: (f32, f32), to: (f32, f32)) -> Rect {
        Rect {
            left: from.0.min(to.0),
            top: from.1.min(to.1),
            right: from.0.max(to.0),
            bottom: from.1.max(to.1),
        }
    }

    /// Whether the point lies on the border.
    fn borders(self, (x, y): (f32, f32)) -> bool {
        let inside = x >= self.left && x <= self.right && y >= self.top && y <= self.bottom;
        inside && (x == self.left || x == self.right || y == self.top || y == self.bottom)
    }
}

/// Every law on one drawing.
pub(crate) fn all(definition: &Definition, diagram: &Diagram) -> Result<(), String> {
    nodes(diagram)?;
    for edge in &diagram.edges {
        way(diagram, edge)?;
        label(diagram, edge)?;
    }
    let targets = |ways: &[asl::definition::TransitionOutline]| {
        ways.iter().filter(|way| way.target_ix.is_some()).count()
    };
    let expected: usize = definition
        .states
        .iter()
        .map(|state| targets(&state.transitions))
        .sum();
    let drawn = diagram
        .edges
        .iter()
        .filter(|edge| edge.transition.is_some())
        .count();
    if expected == drawn {
        Ok(())
    } else {
        Err(format!("{drawn} of {expected} transitions are drawn"))
    }
}

fn nodes(diagram: &Diagram) -> Result<(), String> {
    let all = Rect {
        left: 0.0,
        top: 0.0,
        right: diagram.width,
        bottom: diagram.height,
    };
    for (index, node) in diagram.nodes.iter().enumerate() {
        if node.shape == Shape::Card && (node.x % 4.0 != 0.0) {
            return Err(format!("{} is off the grid at {}", node.key, node.x));
        }
        let around = match &node.parent {
            None => all,
            Some(parent) => {
                let rooms = diagram.rooms.iter();
                let room = rooms
                    .filter(|room| room.owner == *parent)
                    .find(|room| room.branch == node.branch);
                let Some(room) = room else {
                    return Err(format!("{} lies in no room", node.key));
                };
                Rect {
                    left: room.x,
                    top: room.y,
                    right: room.x + room.width,
                    bottom: room.y + room.height,
                }
            }
        };
        if !Rect::of(node).within(around) {
            return Err(format!("{} lies outside of what it belongs to", node.key));
        }
        let siblings = diagram.nodes[..index]
            .iter()
            .filter(|other| other.parent == node.parent);
        for other in siblings {
            if Rect::of(node).meets(Rect::of(other)) {
                return Err(format!("{} lies on {}", node.key, other.key));
            }
        }
    }
    Ok(())
}

fn find<'d>(diagram: &'d Diagram, key: &str) -> Result<&'d NodeBox, String> {
    diagram
        .nodes
        .iter()
        .find(|node| node.key == key)
        .ok_or_else(|| format!("no node {key}"))
}

fn way(diagram: &Diagram, edge: &EdgePath) -> Result<(), String> {
    let fault = |what: &str| Err(format!("{} → {} {what}: {:?}", edge.from, edge.to, edge.points));
    let (Some(first), Some(last)) = (edge.points.first(), edge.points.last()) else {
        return fault("has no points");
    };
    if edge.points.len() < 2 {
        return fault("is a point");
    }
    if !Rect::of(find(diagram, &edge.from)?).borders(*first)
        || !Rect::of(find(diagram, &edge.to)?).borders(*last)
    {
        return fault("does not end at borders");
    }
    for piece in edge.points.windows(2) {
        if piece[0].0 != piece[1].0 && piece[0].1 != piece[1].1 {
            return fault("runs aslant");
        }
        for node in diagram.nodes.iter().filter(|node| node.parent == edge.parent) {
            if Rect::piece(piece[0], piece[1]).meets(Rect::of(node)) {
                return fault(&format!("runs through {}", node.key));
            }
        }
    }
    Ok(())
}

fn label(diagram: &Diagram, edge: &EdgePath) -> Result<(), String> {
    let Some(label) = &edge.label else { return Ok(()) };
    let rect = Rect {
        left: label.x - label.width / 2.0,
        top: label.y - label.height / 2.0,
        right: label.x + label.width / 2.0,
        bottom: label.y + label.height / 2.0,
    };
    for node in diagram.nodes.iter().filter(|node| node.parent == edge.parent) {
        if rect.meets(Rect::of(node)) {
            return Err(format!(
                "{} of {} → {} lies on {}",
                label.text, edge.from, edge.to, node.key
            ));
        }
    }
    let on_its_way = edge.points.windows(2).any(|piece| {
        let piece = Rect::piece(piece[0], piece[1]);
        piece.left <= label.x && label.x <= piece.right && piece.top <= label.y && label.y <= piece.bottom
    });
    if !on_its_way {
        return Err(format!(
            "{} of {} → {} is not on its edge",
            label.text, edge.from, edge.to
        ));
    }
    Ok(())
}
