//! Step 3: columns. A column is a vertical line: states that stand exactly below each other because each is the main
//! way of the one above, or the line that a long edge takes. Other columns hang off a state in one, to its left or its
//! right. Read from left to right, the columns have one order, which holds in every row: what hangs off on the left
//! comes before its column, what hangs off on the right after it, and what hangs off further up is further out. Hence
//! a tree is drawn without crossings, packing is a single pass, and a change at one place reorders nothing elsewhere.

use super::order::Order;
use super::rows::{Exit, Rows};
use super::{LINE_MARGIN, NODE_MARGIN, Side};
use crate::flow::Flow;

/// The columns of a scope.
pub(super) struct Columns {
    pub(super) all: Vec<Column>,
    /// The column of each node.
    pub(super) of_node: Vec<usize>,
    /// For each node, the edge it hangs on; none for roots.
    pub(super) held_by: Vec<Option<usize>>,
    /// From left to right. Filled by [`Columns::number`].
    pub(super) sequence: Vec<usize>,
    /// For each column, its place in `sequence`.
    pub(super) place: Vec<usize>,
    /// For each row, its nodes from left to right.
    pub(super) nodes_in_row: Vec<Vec<usize>>,
    hung: Vec<Hung>,
}

/// A vertical line and what stands on it.
#[derive(Default)]
pub(super) struct Column {
    /// Its nodes from top to bottom.
    pub(super) nodes: Vec<usize>,
    /// The room that it takes.
    pub(super) pieces: Vec<Piece>,
    /// The node that it hangs off, and to which side.
    pub(super) hangs: Option<(usize, Side)>,
    /// Whether it, or a column that it hangs off, hangs to the left.
    pub(super) leftish: bool,
}

/// What a column takes in some rows, to the left and to the right of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) left: i32,
    pub(super) right: i32,
}

/// What hangs off a node, in the order from the left.
#[derive(Default, Clone)]
struct Hung {
    left: Vec<usize>,
    right: Vec<usize>,
}

enum Step {
    Open(usize),
    Count(usize),
}

/// Finds the columns of the nodes, and hangs each one in its place.
pub(super) fn of(flow: &Flow, order: &Order, rows: &Rows) -> Columns {
    let held_by = hold(flow, order, rows);
    let mut columns = Columns {
        all: Vec::new(),
        of_node: vec![usize::MAX; flow.nodes.len()],
        held_by,
        sequence: Vec::new(),
        place: Vec::new(),
        nodes_in_row: vec![Vec::new(); rows.count],
        hung: vec![Hung::default(); flow.nodes.len()],
    };
    for node in 0..flow.nodes.len() {
        let heads = columns.held_by[node].is_none_or(|edge| rows.main[flow.edges[edge].from] != Some(edge));
        if heads {
            columns.grow(flow, rows, node);
        }
    }
    columns
}

/// The edge that each node hangs on: rather a main way than another, rather one from the bottom than from a side.
/// Of equals, the one met first; but of edges from sides the topmost, which the others then join on its way down.
fn hold(flow: &Flow, order: &Order, rows: &Rows) -> Vec<Option<usize>> {
    let rank = |index: usize| {
        let edge = &flow.edges[index];
        let met = order.met[edge.from];
        match rows.exit[index] {
            Exit::Bottom if rows.main[edge.from] == Some(index) => (0, 0, met),
            Exit::Bottom => (1, 0, met),
            Exit::Side | Exit::Beside => (2, rows.row[edge.from], met),
        }
    };
    let mut held: Vec<Option<usize>> = vec![None; flow.nodes.len()];
    for index in (0..flow.edges.len()).filter(|&index| !order.back[index]) {
        let best = &mut held[flow.edges[index].to];
        if best.is_none_or(|best| rank(index) < rank(best)) {
            *best = Some(index);
        }
    }
    held
}

impl Columns {
    /// The column that begins with this node and follows the main ways.
    fn grow(&mut self, flow: &Flow, rows: &Rows, head: usize) {
        let index = self.all.len();
        let mut column = Column::default();
        let mut next = Some(head);
        while let Some(node) = next {
            let half = flow.nodes[node].width / 2 + NODE_MARGIN;
            let row = rows.row[node];
            column.pieces.push(Piece {
                first: row,
                last: row,
                left: half,
                right: half,
            });
            column.nodes.push(node);
            self.of_node[node] = index;
            next = None;
            if let Some(main) = rows.main[node] {
                let to = flow.edges[main].to;
                column.pieces.extend(Piece::line(row + 1, rows.row[to]));
                next = (self.held_by[to] == Some(main)).then_some(to);
            }
        }
        self.all.push(column);
    }

    /// A column for an edge alone.
    pub(super) fn line(&mut self, piece: Option<Piece>) -> usize {
        self.all.push(Column {
            pieces: Vec::from_iter(piece),
            ..Column::default()
        });
        self.all.len() - 1
    }

    /// Hangs a column off a node: at the right end of those on this side, or at the left end.
    pub(super) fn hang(&mut self, node: usize, side: Side, end: Side, column: usize) {
        let hung = &mut self.hung[node];
        let list = if side == Side::Left {
            &mut hung.left
        } else {
            &mut hung.right
        };
        match end {
            Side::Left => list.insert(0, column),
            Side::Right => list.push(column),
        }
        self.all[column].hangs = Some((node, side));
    }

    /// Whether nothing hangs off a node on this side.
    pub(super) fn is_bare(&self, node: usize, side: Side) -> bool {
        let hung = &self.hung[node];
        if side == Side::Left {
            hung.left.is_empty()
        } else {
            hung.right.is_empty()
        }
    }

    /// Fixes the order from left to right; nothing is hung after that.
    pub(super) fn number(&mut self, order: &Order, rows: &Rows) {
        // The stack turns the order round: what is wanted first is pushed last.
        let free = order
            .roots
            .iter()
            .rev()
            .filter(|&&root| self.held_by[root].is_none());
        let mut stack: Vec<Step> = free.map(|&root| Step::Open(self.of_node[root])).collect();
        self.place = vec![usize::MAX; self.all.len()];
        while let Some(step) = stack.pop() {
            match step {
                Step::Open(column) => self.open(column, &mut stack),
                Step::Count(column) => {
                    self.place[column] = self.sequence.len();
                    self.sequence.push(column);
                    for &node in &self.all[column].nodes {
                        self.nodes_in_row[rows.row[node]].push(node);
                    }
                }
            }
        }
    }

    fn open(&mut self, column: usize, stack: &mut Vec<Step>) {
        let inherited = self.all[column].leftish;
        let nodes = std::mem::take(&mut self.all[column].nodes);
        for &node in &nodes {
            for &right in self.hung[node].right.iter().rev() {
                self.all[right].leftish = inherited;
                stack.push(Step::Open(right));
            }
        }
        stack.push(Step::Count(column));
        for &node in nodes.iter().rev() {
            for &left in self.hung[node].left.iter().rev() {
                self.all[left].leftish = true;
                stack.push(Step::Open(left));
            }
        }
        self.all[column].nodes = nodes;
    }

    /// Whether no node stands in this row between two columns.
    pub(super) fn is_clear(&self, row: usize, one: usize, other: usize) -> bool {
        let (low, high) = (
            self.place[one].min(self.place[other]),
            self.place[one].max(self.place[other]),
        );
        let nodes = &self.nodes_in_row[row];
        let next = nodes.partition_point(|&node| self.place[self.of_node[node]] <= low);
        nodes
            .get(next)
            .is_none_or(|&node| self.place[self.of_node[node]] >= high)
    }
}

impl Piece {
    /// A vertical line through the rows from `first` up to and without `end`; none where there are none.
    pub(super) fn line(first: usize, end: usize) -> Option<Piece> {
        (first < end).then(|| Piece {
            first,
            last: end - 1,
            left: LINE_MARGIN,
            right: LINE_MARGIN,
        })
    }
}
