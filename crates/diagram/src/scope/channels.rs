//! Step 6: what happens between two rows. Edges that change columns there get tracks; the number of tracks, and whether
//! labels stand there, gives the height of each channel, and so the y of each row. Also where on the sides of a state
//! edges leave and come in.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::lanes::{Bundle, LabelPlace, Plan, Turn};
use super::pack::Packed;
use super::rows::Rows;
use super::{LABEL_HEIGHT, Side};
use crate::flow::Flow;

/// Every y of a scope.
pub(super) struct Bands {
    /// The top of each node.
    pub(super) top: Vec<i32>,
    /// For each edge, the y at which it leaves and comes in, where that is at a side.
    pub(super) ends: Vec<(i32, i32)>,
    /// The height of all.
    pub(super) height: i32,
    tracks: Vec<BTreeMap<Bundle, i32>>,
    labels: Vec<i32>,
}

impl Bands {
    /// The y at which an edge changes columns.
    pub(super) fn track(&self, turn: &Turn) -> i32 {
        self.tracks[turn.channel].get(&turn.bundle).copied().unwrap_or(0)
    }

    /// The y of the labels in a channel.
    pub(super) fn label(&self, channel: usize) -> i32 {
        self.labels[channel]
    }
}

/// From a row's bottom to the first track.
const ABOVE_TRACKS: i32 = 12;
/// From track to track.
const TRACK: i32 = 12;
/// From the last track to the next row: a corner and an arrow head.
const BELOW_TRACKS: i32 = 20;
/// A channel without tracks.
const GAP: i32 = 32;
/// A channel without tracks, with labels.
const GAP_WITH_LABELS: i32 = 44;
/// Between ends on the same side of a node.
const BETWEEN_ENDS: i32 = 16;

/// Computes every y.
pub(super) fn of(flow: &Flow, rows: &Rows, columns: &Columns, plans: &[Plan], packed: &Packed) -> Bands {
    let mut ends = ends(flow, columns, plans, packed);
    let offset = offsets(flow, columns, plans, &mut ends);
    let mut tops = vec![0; rows.count];
    let mut bands = Bands {
        top: vec![0; flow.nodes.len()],
        ends,
        height: 0,
        tracks: Vec::with_capacity(rows.count),
        labels: Vec::with_capacity(rows.count),
    };
    let mut nets = nets(rows, plans, packed);
    let mut labelled = vec![false; rows.count];
    for plan in plans {
        if let LabelPlace::Channel { channel, .. } = plan.label {
            labelled[channel] = true;
        }
    }
    let mut y = 0;
    for row in 0..rows.count {
        tops[row] = y;
        let heights = columns.nodes_in_row[row]
            .iter()
            .map(|&node| offset[node] + flow.nodes[node].height);
        y += heights.max().unwrap_or(0);
        bands.height = y;
        let tracks = assign(std::mem::take(&mut nets[row]));
        let count = tracks.values().max().map_or(0, |last| last + 1);
        bands.tracks.push(
            tracks
                .into_iter()
                .map(|(key, track)| (key, y + ABOVE_TRACKS + TRACK * track))
                .collect(),
        );
        let (gap, label) = channel(count, labelled[row]);
        bands.labels.push(y + label);
        y += gap;
    }
    for node in 0..flow.nodes.len() {
        bands.top[node] = tops[rows.row[node]] + offset[node];
    }
    for (plan, ends) in plans.iter().zip(&mut bands.ends) {
        ends.0 += bands.top[plan.source];
        ends.1 += bands.top[plan.target];
    }
    bands
}

/// The height of a channel, and where in it labels stand.
fn channel(tracks: i32, labels: bool) -> (i32, i32) {
    match (tracks, labels) {
        (0, false) => (GAP, 0),
        (0, true) => (GAP_WITH_LABELS, GAP_WITH_LABELS / 2 - 4),
        (_, false) => (ABOVE_TRACKS + TRACK * (tracks - 1) + BELOW_TRACKS, 0),
        (_, true) => {
            let label = ABOVE_TRACKS + TRACK * (tracks - 1) + 12 + LABEL_HEIGHT / 2;
            (label + LABEL_HEIGHT / 2 + 17, label)
        }
    }
}

/// An end of an edge at a side of a node, in the order from the top.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct End {
    down: bool,
    rank: i32,
    edge: usize,
    entry: bool,
}

/// For each edge, where it leaves and comes in below the top of its node, where that is at a side.
fn ends(flow: &Flow, columns: &Columns, plans: &[Plan], packed: &Packed) -> Vec<(i32, i32)> {
    // For each side of a node: those that come from or go up, nearest first; then those down, nearest last. So no two
    // of them cross.
    let mut sides: BTreeMap<(usize, Side), Vec<End>> = BTreeMap::new();
    for (index, plan) in plans.iter().enumerate() {
        let itself = plan.source == plan.target;
        let mut add = |node: usize, side: Side, column: usize, down: bool, entry: bool| {
            let distance = (packed.x[column] - packed.x[columns.of_node[node]]).abs();
            let rank = if down { -distance } else { distance };
            sides.entry((node, side)).or_default().push(End {
                down,
                rank,
                edge: index,
                entry,
            });
        };
        if let Some(side) = plan.exit {
            add(plan.source, side, plan.first, !plan.back || itself, false);
        }
        if let (Some(side), true) = (plan.entry, plan.back) {
            add(plan.target, side, plan.last, !itself, true);
        }
    }
    let mut ends = vec![(0, 0); plans.len()];
    for ((node, _), mut list) in sides {
        list.sort_unstable();
        let height = flow.nodes[node].height;
        let count = list.len() as i32;
        let step = BETWEEN_ENDS.min((height - 16) / count.max(1));
        let first = (height - step * (count - 1)) / 2;
        for (
            place,
            End {
                edge: index, entry, ..
            },
        ) in list.into_iter().enumerate()
        {
            let y = first + step * place as i32;
            if entry {
                ends[index].1 = y
            } else {
                ends[index].0 = y
            }
        }
    }
    ends
}

/// How far each node stands below its row's top: those beside another stand where the edge between them is level.
fn offsets(flow: &Flow, columns: &Columns, plans: &[Plan], ends: &mut [(i32, i32)]) -> Vec<i32> {
    let mut beside: Vec<Option<usize>> = vec![None; flow.nodes.len()];
    for (index, plan) in plans.iter().enumerate() {
        if plan.entry.is_some() && !plan.back {
            beside[plan.target] = Some(index);
        }
    }
    let mut offset = vec![0; flow.nodes.len()];
    for &node in columns.nodes_in_row.iter().flatten() {
        if let Some(index) = beside[node] {
            let y = offset[plans[index].source] + ends[index].0;
            offset[node] = (y - flow.nodes[node].height / 2).max(0);
            ends[index].1 = y - offset[node];
        }
    }
    offset
}

/// Edges that share a track: the ends of their vertical pieces above it and below it.
#[derive(Default)]
struct Net {
    above: Vec<i32>,
    below: Vec<i32>,
}

impl Net {
    fn span(&self) -> (i32, i32) {
        let all = || self.above.iter().chain(&self.below).copied();
        (all().min().unwrap_or(0), all().max().unwrap_or(0))
    }
}

fn nets(rows: &Rows, plans: &[Plan], packed: &Packed) -> Vec<BTreeMap<Bundle, Net>> {
    let mut nets: Vec<BTreeMap<Bundle, Net>> = (0..rows.count).map(|_| BTreeMap::new()).collect();
    for plan in plans {
        for turn in &plan.turns {
            let (from, to) = (packed.x[turn.from], packed.x[turn.to]);
            if from != to {
                let net = nets[turn.channel].entry(turn.bundle).or_default();
                let (above, below) = if plan.back { (to, from) } else { (from, to) };
                net.above.push(above);
                net.below.push(below);
            }
        }
    }
    nets
}

/// A net with its span, ready to be compared.
struct Laid {
    key: Bundle,
    net: Net,
    span: (i32, i32),
}

/// Tracks for the nets of one channel, counted from above. Few crossings; no two vertical pieces on one line.
fn assign(nets: BTreeMap<Bundle, Net>) -> BTreeMap<Bundle, i32> {
    let mut laid: Vec<Laid> = nets
        .into_iter()
        .map(|(key, mut net)| {
            net.above.sort_unstable();
            net.below.sort_unstable();
            Laid {
                key,
                span: net.span(),
                net,
            }
        })
        .collect();
    laid.sort_by_key(|laid| (laid.span, laid.key));
    let mut order: Vec<usize> = Vec::with_capacity(laid.len());
    for net in 0..laid.len() {
        let place = best_place(&laid, &order, net);
        order.insert(place, net);
    }
    let mut tracks: Vec<i32> = vec![0; laid.len()];
    for (place, &net) in order.iter().enumerate() {
        let above = order[..place]
            .iter()
            .filter(|&&other| touch(laid[other].span, laid[net].span));
        tracks[net] = above.map(|&other| tracks[other] + 1).max().unwrap_or(0);
    }
    laid.iter()
        .zip(tracks)
        .map(|(laid, track)| (laid.key, track))
        .collect()
}

/// Where among the nets already ordered a net costs least.
fn best_place(laid: &[Laid], order: &[usize], net: usize) -> usize {
    let pairs = order.iter().map(|&other| {
        if !touch(laid[other].span, laid[net].span) {
            return (0, 0);
        }
        (cost(&laid[net], &laid[other]), cost(&laid[other], &laid[net]))
    });
    let mut total = 0;
    let mut best = (0, 0);
    for (place, (above, below)) in pairs.enumerate() {
        // Moving the net below this one.
        total += below - above;
        if total < best.0 {
            best = (total, place + 1);
        }
    }
    best.1
}

fn touch(one: (i32, i32), other: (i32, i32)) -> bool {
    one.0 < other.1 + TRACK && other.0 < one.1 + TRACK
}

/// What it costs if one net lies above another: crossings, and much more for vertical pieces that lie on one another.
fn cost(upper: &Laid, lower: &Laid) -> i64 {
    let within = |ends: &[i32], span: (i32, i32)| {
        ends.partition_point(|&x| x <= span.1) - ends.partition_point(|&x| x < span.0)
    };
    let crossings = within(&lower.net.above, upper.span) + within(&upper.net.below, lower.span);
    let near = |x: &i32| within(&lower.net.above, (x - TRACK / 2, x + TRACK / 2)) > 0;
    let overlaps = upper.net.below.iter().filter(|x| near(x)).count();
    crossings as i64 + 1000 * overlaps as i64
}
