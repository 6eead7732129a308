//! The layout of one scope.
//!
//! | step | file | decides |
//! |---|---|---|
//! | 1 | `order` | which edges lead back, and in which order the states are met |
//! | 2 | `rows` | which way is the main line, and the row of each state |
//! | 3 | `columns` | which states stand exactly below each other, and what hangs off to which side |
//! | 4 | `lanes` | by which columns and channels each edge goes |
//! | 5 | `pack` | the x of each column |
//! | 6 | `channels` | the tracks between two rows, and so the y of each row |
//! | 7 | `trace` | the polylines and labels |

mod channels;
mod columns;
mod lanes;
mod order;
mod pack;
mod rows;
mod skyline;
mod trace;

use crate::flow::{Flow, Placed};

/// Free space at each side of a node, so that two nodes are 48 apart.
const NODE_MARGIN: i32 = 24;
/// Free space at each side of a vertical line, so that two lines are 16 apart.
const LINE_MARGIN: i32 = 8;
/// Height of a label.
pub(crate) const LABEL_HEIGHT: i32 = 18;

/// Lays a scope out.
pub(crate) fn layout(flow: &Flow) -> Placed {
    if flow.nodes.is_empty() {
        return Placed::default();
    }
    let order = order::of(flow);
    let rows = rows::of(flow, &order);
    let mut columns = columns::of(flow, &order, &rows);
    let plans = lanes::of(flow, &order, &rows, &mut columns);
    let xs = pack::of(&columns);
    let bands = channels::of(flow, &rows, &columns, &plans, &xs);
    trace::of(flow, &columns, &plans, &xs, &bands)
}

pub(crate) use pack::grid;

/// A side of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
}
