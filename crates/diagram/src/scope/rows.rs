//! Step 2: the main way out of each state, and rows. A row is as far down as its longest way from the top says; a
//! catcher's handler that nothing else reaches stands beside the state that it guards.

use super::order::Order;
use crate::flow::Flow;
use crate::model::EdgeKind;

/// Rows, and how edges leave.
pub(super) struct Rows {
    /// The row of each node.
    pub(super) row: Vec<usize>,
    /// How many rows there are.
    pub(super) count: usize,
    /// For each node, the edge that goes straight down.
    pub(super) main: Vec<Option<usize>>,
    /// How each edge leaves its state.
    pub(super) exit: Vec<Exit>,
}

/// How an edge leaves its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// From the middle of the bottom.
    Bottom,
    /// From a side, turning down (or up, for an edge back).
    Side,
    /// From the right side, straight into the state beside it.
    Beside,
}

/// Chooses main ways and rows.
pub(super) fn of(flow: &Flow, order: &Order) -> Rows {
    let main = main_ways(flow, order);
    let mut exit: Vec<Exit> = (0..flow.edges.len())
        .map(|edge| exit_of(flow, order, &main, edge))
        .collect();
    let mut entered = vec![0_u32; flow.nodes.len()];
    let mut forward = vec![0_u32; flow.nodes.len()];
    for (index, edge) in flow.edges.iter().enumerate() {
        entered[edge.to] += 1;
        forward[edge.to] += u32::from(!order.back[index]);
    }
    place_beside(flow, order, &entered, &mut exit);
    let span: Vec<usize> = (0..flow.edges.len())
        .map(|index| match exit[index] {
            Exit::Beside => 0,
            // A label stands above the place where other ways join.
            Exit::Bottom if flow.edges[index].label > 0 && forward[flow.edges[index].to] > 1 => 2,
            _ => 1,
        })
        .collect();
    let row = longest(flow, order, &span);
    let count = row.iter().max().map_or(0, |last| last + 1);
    Rows {
        row,
        count,
        main,
        exit,
    }
}

fn exit_of(flow: &Flow, order: &Order, main: &[Option<usize>], index: usize) -> Exit {
    let edge = &flow.edges[index];
    let side = order.back[index]
        || edge.kind == EdgeKind::Catch
        || edge.kind == EdgeKind::Default && main[edge.from] != Some(index);
    if side { Exit::Side } else { Exit::Bottom }
}

/// The first way that goes on furthest: over one that ends well, over one that only leads back, over a failure.
fn main_ways(flow: &Flow, order: &Order) -> Vec<Option<usize>> {
    let outgoing = flow.outgoing();
    let promise = |node: usize| {
        let mut ways = outgoing[node].clone();
        if ways.any(|way| !order.back[way]) {
            3
        } else if !outgoing[node].is_empty() {
            1
        } else if flow.nodes[node].fails {
            0
        } else {
            2
        }
    };
    let main = |ways: &std::ops::Range<usize>| {
        let usable = ways
            .clone()
            .filter(|&way| !order.back[way] && flow.edges[way].kind != EdgeKind::Catch);
        // Of equals, `max_by_key` takes the last: so the first comes last.
        usable.rev().max_by_key(|&way| promise(flow.edges[way].to))
    };
    outgoing.iter().map(main).collect()
}

fn place_beside(flow: &Flow, order: &Order, entered: &[u32], exit: &mut [Exit]) {
    let outgoing = flow.outgoing();
    for (node, ways) in outgoing.iter().enumerate() {
        let mut sideways = ways
            .clone()
            .filter(|&way| exit[way] == Exit::Side && !order.back[way]);
        let (Some(only), None) = (sideways.next(), sideways.next()) else {
            continue;
        };
        let edge = &flow.edges[only];
        let fits = flow.nodes[edge.to].height <= flow.nodes[node].height;
        // An edge back needs a row to rise through.
        let returns = outgoing[edge.to].clone().any(|way| order.back[way]);
        if edge.kind == EdgeKind::Catch && entered[edge.to] == 1 && fits && !returns {
            exit[only] = Exit::Beside;
        }
    }
}

fn longest(flow: &Flow, order: &Order, span: &[usize]) -> Vec<usize> {
    let outgoing = flow.outgoing();
    let mut row = vec![0; flow.nodes.len()];
    for &node in &order.downwards {
        for way in outgoing[node].clone().filter(|&way| !order.back[way]) {
            let to = flow.edges[way].to;
            row[to] = row[to].max(row[node] + span[way]);
        }
    }
    lower_unreached(flow, order, span, &mut row);
    row
}

/// States that nothing reaches stand near what they lead to, rather than at the top.
fn lower_unreached(flow: &Flow, order: &Order, span: &[usize], row: &mut [usize]) {
    let mut slack = vec![usize::MAX; order.roots.len()];
    for (index, edge) in flow.edges.iter().enumerate() {
        let (from, to) = (order.walk[edge.from] as usize, order.walk[edge.to] as usize);
        if from != to {
            slack[from] = slack[from].min(row[edge.to] - row[edge.from] - span[index]);
            slack[to] = 0;
        }
    }
    for (node, row) in row.iter_mut().enumerate() {
        let slack = slack[order.walk[node] as usize];
        if order.walk[node] > 0 && slack != usize::MAX {
            *row += slack;
        }
    }
}
