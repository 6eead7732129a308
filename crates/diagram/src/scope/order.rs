//! Step 1: a walk through the scope in the order of the document. It finds the edges that lead back, and numbers the
//! states as they are met.

use crate::flow::Flow;

/// What the walk found.
pub(super) struct Order {
    /// For each edge, whether it leads back to a state from which its own was reached.
    pub(super) back: Vec<bool>,
    /// For each node, when it was met.
    pub(super) met: Vec<u32>,
    /// For each node, the walk it was met in: 0 from the start, the others from states that nothing reaches.
    pub(super) walk: Vec<u32>,
    /// Every node after all those that lead to it, edges back aside.
    pub(super) downwards: Vec<usize>,
    /// Where each walk began.
    pub(super) roots: Vec<usize>,
}

struct Walker<'f> {
    flow: &'f Flow,
    outgoing: Vec<std::ops::Range<usize>>,
    open: Vec<bool>,
    count: u32,
    order: Order,
}

const UNMET: u32 = u32::MAX;

/// Walks from the start, then from what has no predecessor, then from what is left.
pub(super) fn of(flow: &Flow) -> Order {
    let size = flow.nodes.len();
    let mut entered = vec![false; size];
    for edge in &flow.edges {
        if edge.from != edge.to {
            entered[edge.to] = true;
        }
    }
    let mut walker = Walker {
        flow,
        outgoing: flow.outgoing(),
        open: vec![false; size],
        count: 0,
        order: Order {
            back: vec![false; flow.edges.len()],
            met: vec![UNMET; size],
            walk: vec![0; size],
            downwards: Vec::with_capacity(size),
            roots: Vec::new(),
        },
    };
    let sources = (0..size).filter(|&node| !entered[node]);
    for node in flow.start.into_iter().chain(sources).chain(0..size) {
        if walker.order.met[node] == UNMET {
            walker.walk(node);
        }
    }
    walker.order.downwards.reverse();
    walker.order
}

impl Walker<'_> {
    fn meet(&mut self, node: usize) {
        self.order.met[node] = self.count;
        self.order.walk[node] = self.order.roots.len() as u32 - 1;
        self.count += 1;
        self.open[node] = true;
    }

    /// Depth first, with a stack of its own: a chain may be as long as the document.
    fn walk(&mut self, root: usize) {
        self.order.roots.push(root);
        self.meet(root);
        let mut stack = vec![(root, self.outgoing[root].clone())];
        while let Some((node, rest)) = stack.last_mut() {
            let Some(edge) = rest.next() else {
                self.open[*node] = false;
                self.order.downwards.push(*node);
                stack.pop();
                continue;
            };
            let to = self.flow.edges[edge].to;
            if self.open[to] {
                self.order.back[edge] = true;
            } else if self.order.met[to] == UNMET {
                self.meet(to);
                stack.push((to, self.outgoing[to].clone()));
            }
        }
    }
}
