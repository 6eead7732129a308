//! Step 7: polylines and labels, from the plans and the lengths.

use super::Side;
use super::channels::Bands;
use super::columns::Columns;
use super::lanes::{LabelPlace, Plan};
use super::pack::Packed;
use crate::flow::{Flow, Placed, Route};

/// Puts everything together.
pub(super) fn of(flow: &Flow, columns: &Columns, plans: &[Plan], packed: &Packed, bands: &Bands) -> Placed {
    let left = |node: usize| packed.x[columns.of_node[node]] - flow.nodes[node].width / 2;
    let tracer = Tracer {
        flow,
        columns,
        packed,
        bands,
    };
    Placed {
        width: packed.width,
        height: bands.height,
        boxes: (0..flow.nodes.len())
            .map(|node| (left(node), bands.top[node]))
            .collect(),
        routes: plans
            .iter()
            .enumerate()
            .map(|(index, plan)| tracer.route(index, plan))
            .collect(),
    }
}

struct Tracer<'a> {
    flow: &'a Flow,
    columns: &'a Columns,
    packed: &'a Packed,
    bands: &'a Bands,
}

impl Tracer<'_> {
    fn route(&self, index: usize, plan: &Plan) -> Route {
        let ends = self.bands.ends[index];
        let x = |column: usize| self.packed.x[column];
        let mut points = Vec::new();
        match plan.exit {
            None => points.push((x(plan.first), self.bottom(plan.source))),
            Some(side) => points.extend([(self.border(plan.source, side), ends.0), (x(plan.first), ends.0)]),
        }
        for turn in &plan.turns {
            let y = self.bands.track(turn);
            points.extend([(x(turn.from), y), (x(turn.to), y)]);
        }
        match plan.entry {
            None => points.push((x(plan.last), self.bands.top[plan.target])),
            Some(side) => points.extend([(x(plan.last), ends.1), (self.border(plan.target, side), ends.1)]),
        }
        if plan.entry.is_some() && !plan.back {
            points = vec![points[0], points[points.len() - 1]];
        }
        Route {
            points: straighten(points),
            label: self.label(plan, ends.0),
        }
    }

    fn bottom(&self, node: usize) -> i32 {
        self.bands.top[node] + self.flow.nodes[node].height
    }

    fn border(&self, node: usize, side: Side) -> i32 {
        let half = self.flow.nodes[node].width / 2;
        let x = self.packed.x[self.columns.of_node[node]];
        if side == Side::Left { x - half } else { x + half }
    }

    fn label(&self, plan: &Plan, exit: i32) -> Option<(i32, i32)> {
        match plan.label {
            LabelPlace::None => None,
            LabelPlace::Channel { channel, column } => {
                Some((self.packed.x[column], self.bands.label(channel)))
            }
            LabelPlace::Row { column, row, width } => Some((self.in_row(plan, column, row, width), exit)),
        }
    }

    /// In the middle of the free stretch, or near the state where that is long.
    fn in_row(&self, plan: &Plan, column: usize, row: usize, width: i32) -> i32 {
        let line = self.packed.x[column];
        let (from, to) = self.packed.gap(column, row);
        let near = width / 2 + 64;
        if plan.exit == Some(Side::Left) {
            let middle = i32::midpoint(line + 16, to);
            return middle.max(to - near);
        }
        let until = if plan.back || plan.entry.is_none() {
            line - 16
        } else {
            line - self.flow.nodes[plan.target].width / 2 - 24
        };
        i32::midpoint(from, until).min(from + near)
    }
}

/// Without points that lie on a straight piece or on one another.
fn straighten(points: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    let mut straight: Vec<(i32, i32)> = Vec::with_capacity(points.len());
    for point in points {
        if straight.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = straight[..] {
            let level = before.1 == last.1 && last.1 == point.1;
            let plumb = before.0 == last.0 && last.0 == point.0;
            if level || plumb {
                straight.pop();
            }
        }
        straight.push(point);
    }
    straight
}
