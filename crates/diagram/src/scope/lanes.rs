//! Step 4: by which columns and channels each edge goes. Channel `r` lies below row `r`; there an edge changes from one
//! column to another. Edges that leave from sides and lead to the same state share one line on their way to it.

use std::collections::HashMap;

use super::columns::{Columns, Piece};
use super::order::Order;
use super::rows::{Exit, Rows};
use super::{LINE_MARGIN, Side};
use crate::flow::{Flow, FlowEdge};
use crate::model::EdgeKind;

/// The way of an edge, without lengths.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The node that it leaves.
    pub(super) source: usize,
    /// The node that it comes to.
    pub(super) target: usize,
    /// The side that it leaves from; none for the bottom.
    pub(super) exit: Option<Side>,
    /// The column that it takes first.
    pub(super) first: usize,
    /// Where it changes columns, in the order of its way.
    pub(super) turns: Vec<Turn>,
    /// The side that it enters by; none for the top.
    pub(super) entry: Option<Side>,
    /// The column from which it enters.
    pub(super) last: usize,
    /// Whether it goes upwards.
    pub(super) back: bool,
    /// Where its label stands.
    pub(super) label: LabelPlace,
}

/// A change of column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) channel: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Edges of one bundle share a track.
    pub(super) bundle: Bundle,
}

/// What brings edges onto the same track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Bundle {
    /// They leave the same state.
    Leave(usize),
    /// They come to the same column.
    Join(usize),
    /// Nothing: an edge back, by its number.
    Alone(usize),
}

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelPlace {
    /// Nowhere.
    None,
    /// On the vertical piece in a channel, in this column.
    Channel { channel: usize, column: usize },
    /// On the horizontal piece in the row of the state it leaves, before this column.
    Row { column: usize, row: usize, width: i32 },
}

/// The columns of an edge back: its line, and corners at its two ends.
struct Return {
    edge: usize,
    lane: usize,
    corners: [usize; 2],
}

struct Planner<'a> {
    flow: &'a Flow,
    rows: &'a Rows,
    columns: &'a mut Columns,
    plans: Vec<Option<Plan>>,
    /// For each edge, the column of its own that it has besides those of the nodes: a line or a corner.
    own: Vec<Option<usize>>,
    /// For edges from sides: the topmost edge to the same state, whose line it joins.
    joins: Vec<Option<usize>>,
    back: &'a [bool],
}

/// Plans every edge, adds the columns that edges take, and numbers all.
pub(super) fn of(flow: &Flow, order: &Order, rows: &Rows, columns: &mut Columns) -> Vec<Plan> {
    let size = flow.edges.len();
    let joins = joined(flow, order, rows, columns);
    let mut planner = Planner {
        flow,
        rows,
        columns,
        plans: vec![None; size],
        own: vec![None; size],
        joins,
        back: &order.back,
    };
    planner.hang_forward();
    let backs = planner.hang_back();
    planner.columns.number(order, rows);
    for index in (0..size).filter(|&index| !order.back[index]) {
        planner.plan_forward(index);
    }
    for back in backs {
        planner.plan_back(&back);
    }
    planner.plans.into_iter().flatten().collect()
}

/// For each edge from a side, the one whose line it joins: that to the same state, of the same kind, from furthest up.
fn joined(flow: &Flow, order: &Order, rows: &Rows, columns: &Columns) -> Vec<Option<usize>> {
    let mut leaders: HashMap<(usize, EdgeKind), usize> = HashMap::new();
    let sideways =
        || (0..flow.edges.len()).filter(|&index| !order.back[index] && rows.exit[index] == Exit::Side);
    let rank = |index: usize| {
        let edge = &flow.edges[index];
        (
            columns.held_by[edge.to] != Some(index),
            rows.row[edge.from],
            order.met[edge.from],
            index,
        )
    };
    for index in sideways() {
        let leader = leaders
            .entry((flow.edges[index].to, flow.edges[index].kind))
            .or_insert(index);
        if rank(index) < rank(*leader) {
            *leader = index;
        }
    }
    let mut joins = vec![None; flow.edges.len()];
    for index in sideways() {
        let edge = &flow.edges[index];
        let leader = leaders[&(edge.to, edge.kind)];
        // A line begins in its leader's row; who leaves further up must go alone.
        if leader != index && rows.row[edge.from] >= rows.row[flow.edges[leader].from] {
            joins[index] = Some(leader);
        }
    }
    joins
}

impl Planner<'_> {
    fn row_of_source(&self, edge: usize) -> usize {
        self.rows.row[self.flow.edges[edge].from]
    }

    fn row_of_target(&self, edge: usize) -> usize {
        self.rows.row[self.flow.edges[edge].to]
    }

    /// Hangs what leaves each state besides its main way: columns of states, lines, corners.
    fn hang_forward(&mut self) {
        for (node, ways) in self.flow.outgoing().into_iter().enumerate() {
            for index in ways {
                if self.back[index] || self.rows.main[node] == Some(index) {
                    continue;
                }
                let (above, below) = (self.row_of_source(index), self.row_of_target(index));
                let to = self.flow.edges[index].to;
                let sideways = self.rows.exit[index] == Exit::Side;
                let held = self.columns.held_by[to] == Some(index);
                let first = if sideways { above } else { above + 1 };
                let line = Piece::line(first, below);
                let column = if held {
                    let column = self.columns.of_node[to];
                    self.columns.all[column].pieces.extend(line);
                    column
                } else if self.joins[index].is_some() {
                    // A corner, taken only if the way to the line is not clear.
                    self.columns.line(None)
                } else if line.is_some() {
                    self.columns.line(line)
                } else {
                    continue;
                };
                self.own[index] = Some(column);
                let before_main = !sideways
                    && self.rows.exit[index] == Exit::Bottom
                    && self.rows.main[node].is_some_and(|main| index < main);
                let side = if before_main { Side::Left } else { Side::Right };
                self.columns.hang(node, side, Side::Right, column);
            }
        }
    }

    /// Hangs the line of each edge back. Returns what it hung.
    fn hang_back(&mut self) -> Vec<Return> {
        let backs: Vec<usize> = (0..self.flow.edges.len())
            .filter(|&index| self.back[index])
            .collect();
        let mut lanes = Vec::with_capacity(backs.len());
        for index in backs {
            let lane = self.columns.line(None);
            let (from, to) = (self.flow.edges[index].from, self.flow.edges[index].to);
            match self.side_of_return(from, to) {
                // Outside of all that hangs off between the two.
                (Side::Left, true) => self.columns.hang(to, Side::Left, Side::Left, lane),
                (Side::Left, false) => self.columns.hang(from, Side::Left, Side::Right, lane),
                (Side::Right, _) => self.columns.hang(from, Side::Right, Side::Left, lane),
            }
            // Corners next to its ends, for the case that the way to the line is not clear.
            let corners = [from, to].map(|node| {
                let corner = self.columns.line(None);
                self.columns.hang(node, Side::Left, Side::Right, corner);
                corner
            });
            lanes.push(Return {
                edge: index,
                lane,
                corners,
            });
        }
        lanes
    }

    /// The side on which an edge back crosses less, and whether both ends stand in one column.
    fn side_of_return(&self, from: usize, to: usize) -> (Side, bool) {
        let target = self.columns.of_node[to];
        let mut column = self.columns.of_node[from];
        if column == target {
            let between = self.columns.all[column]
                .nodes
                .iter()
                .skip_while(|&&node| node != to);
            let mut between = between.take_while(|&&node| node != from).chain([&from]);
            let right = between
                .clone()
                .all(|&node| self.columns.is_bare(node, Side::Right))
                && !between.all(|&node| self.columns.is_bare(node, Side::Left));
            return (if right { Side::Right } else { Side::Left }, true);
        }
        let mut side = Side::Right;
        while column != target {
            let Some((node, hangs)) = self.columns.all[column].hangs else {
                break;
            };
            (column, side) = (self.columns.of_node[node], hangs);
        }
        (side, false)
    }

    fn plan_forward(&mut self, index: usize) {
        let plan = match self.rows.exit[index] {
            Exit::Bottom => self.plan_bottom(index),
            Exit::Beside => self.plan_beside(index),
            Exit::Side => match self.joins[index] {
                Some(leader) => self.plan_join(index, leader),
                None => self.plan_side(index),
            },
        };
        self.plans[index] = Some(plan);
    }

    fn plan_bottom(&mut self, index: usize) -> Plan {
        let FlowEdge {
            from: source,
            to: target,
            label: width,
            ..
        } = self.flow.edges[index];
        let (from, to) = (self.columns.of_node[source], self.columns.of_node[target]);
        let (above, below) = (self.row_of_source(index), self.row_of_target(index));
        let mut turns = Vec::new();
        let mut at = from;
        if let Some(own) = self.own[index] {
            turns.push(Turn {
                channel: above,
                from,
                to: own,
                bundle: Bundle::Leave(from),
            });
            at = own;
        }
        if at != to {
            turns.push(Turn {
                channel: below - 1,
                from: at,
                to,
                bundle: Bundle::Join(to),
            });
        }
        let mut label = LabelPlace::None;
        if width > 0 {
            let half = width / 2 + LINE_MARGIN;
            self.columns.all[at].pieces.push(Piece {
                first: above + 1,
                last: above + 1,
                left: half,
                right: half,
            });
            label = LabelPlace::Channel {
                channel: above,
                column: at,
            };
        }
        Plan {
            source,
            target,
            exit: None,
            first: from,
            turns,
            entry: None,
            last: to,
            back: false,
            label,
        }
    }

    fn plan_beside(&mut self, index: usize) -> Plan {
        let FlowEdge {
            from: source,
            to: target,
            label: width,
            ..
        } = self.flow.edges[index];
        let column = self.columns.of_node[target];
        let row = self.row_of_source(index);
        if width > 0 {
            let left = self.flow.nodes[target].width / 2 + width + 40;
            self.columns.all[column].pieces.push(Piece {
                first: row,
                last: row,
                left,
                right: 0,
            });
        }
        let label = match width {
            0 => LabelPlace::None,
            width => LabelPlace::Row { column, row, width },
        };
        Plan {
            source,
            target,
            exit: Some(Side::Right),
            first: column,
            turns: Vec::new(),
            entry: Some(Side::Left),
            last: column,
            back: false,
            label,
        }
    }

    /// From the right side to a line of its own.
    fn plan_side(&mut self, index: usize) -> Plan {
        let FlowEdge {
            from: source,
            to: target,
            ..
        } = self.flow.edges[index];
        let to = self.columns.of_node[target];
        let below = self.row_of_target(index);
        // It leaves from a side, so its line has at least its own row.
        let own = self.own[index].unwrap_or(to);
        let mut turns = Vec::new();
        if own != to {
            turns.push(Turn {
                channel: below - 1,
                from: own,
                to,
                bundle: Bundle::Join(to),
            });
        }
        let label = self.label_in_row(index, own, Side::Right);
        Plan {
            source,
            target,
            exit: Some(Side::Right),
            first: own,
            turns,
            entry: None,
            last: to,
            back: false,
            label,
        }
    }

    /// From the side that faces it to the line of another edge, or by a corner and a channel where states are between.
    fn plan_join(&mut self, index: usize, leader: usize) -> Plan {
        let FlowEdge {
            from: source,
            to: target,
            ..
        } = self.flow.edges[index];
        let (from, to) = (self.columns.of_node[source], self.columns.of_node[target]);
        let (above, below) = (self.row_of_source(index), self.row_of_target(index));
        let line = self.own[leader].unwrap_or(to);
        let mut turns = Vec::new();
        let (first, side) = if self.is_last_to(index, leader) && self.columns.is_clear(above, from, line) {
            let right = self.columns.place[line] > self.columns.place[from];
            (line, if right { Side::Right } else { Side::Left })
        } else {
            let corner = self.own[index].unwrap_or(line);
            self.columns.all[corner]
                .pieces
                .extend(Piece::line(above, above + 1));
            // In the channel above the target the line has turned towards it already.
            let aim = if above + 1 == below { to } else { line };
            turns.push(Turn {
                channel: above,
                from: corner,
                to: aim,
                bundle: Bundle::Join(aim),
            });
            (corner, Side::Right)
        };
        let at = turns.last().map_or(first, |turn| turn.to);
        if at != to {
            turns.push(Turn {
                channel: below - 1,
                from: at,
                to,
                bundle: Bundle::Join(to),
            });
        }
        let label = self.label_in_row(index, first, side);
        Plan {
            source,
            target,
            exit: Some(side),
            first,
            turns,
            entry: None,
            last: to,
            back: false,
            label,
        }
    }

    /// Of several edges from one state to one line, only one can go there straight; the leader always does.
    fn is_last_to(&self, index: usize, leader: usize) -> bool {
        let from = self.flow.edges[index].from;
        let rest = self.flow.edges.iter().zip(&self.joins).skip(index + 1);
        let mut rest = rest.take_while(|(edge, _)| edge.from == from);
        from != self.flow.edges[leader].from && rest.all(|(_, joins)| *joins != Some(leader))
    }

    fn label_in_row(&mut self, index: usize, column: usize, side: Side) -> LabelPlace {
        let label = self.flow.edges[index].label;
        if label == 0 {
            return LabelPlace::None;
        }
        let row = self.row_of_source(index);
        let (left, right) = match side {
            Side::Right => (label + 24, LINE_MARGIN),
            Side::Left => (LINE_MARGIN, label + 24),
        };
        self.columns.all[column].pieces.push(Piece {
            first: row,
            last: row,
            left,
            right,
        });
        LabelPlace::Row {
            column,
            row,
            width: label,
        }
    }

    /// Up along its line, with a corner at an end whose way to the line is not clear.
    fn plan_back(&mut self, back: &Return) {
        let &Return {
            edge: index,
            lane,
            corners,
        } = back;
        let FlowEdge {
            from: source,
            to: target,
            ..
        } = self.flow.edges[index];
        let (from, to) = (self.columns.of_node[source], self.columns.of_node[target]);
        let (below, above) = (self.row_of_source(index), self.row_of_target(index));
        let blocked =
            |columns: &Columns, row: usize, end: usize| below > above && !columns.is_clear(row, end, lane);
        let facing = |columns: &Columns, column: usize| {
            if columns.place[lane] < columns.place[column] {
                Side::Left
            } else {
                Side::Right
            }
        };
        let (mut first, mut exit, mut end) = (lane, facing(self.columns, from), below + 1);
        let (mut last, mut entry, mut start) = (lane, facing(self.columns, to), above);
        let bundle = Bundle::Alone(index);
        let mut turns = Vec::new();
        if blocked(self.columns, below, from) {
            (first, exit, end) = (corners[0], Side::Left, below);
            self.columns.all[first]
                .pieces
                .extend(Piece::line(below, below + 1));
            turns.push(Turn {
                channel: below - 1,
                from: first,
                to: lane,
                bundle,
            });
        }
        if blocked(self.columns, above, to) {
            (last, entry, start) = (corners[1], Side::Left, above + 1);
            self.columns.all[last]
                .pieces
                .extend(Piece::line(above, above + 1));
            match turns.last_mut() {
                // The line has no row of its own: from corner to corner in one channel.
                Some(turn) if turn.channel == above => turn.to = last,
                _ => turns.push(Turn {
                    channel: above,
                    from: lane,
                    to: last,
                    bundle,
                }),
            }
        }
        self.columns.all[lane].pieces.extend(Piece::line(start, end));
        let label = self.label_in_row(index, first, exit);
        let (exit, entry) = (Some(exit), Some(entry));
        self.plans[index] = Some(Plan {
            source,
            target,
            exit,
            first,
            turns,
            entry,
            last,
            back: true,
            label,
        });
    }
}
