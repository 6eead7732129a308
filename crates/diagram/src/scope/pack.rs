//! Step 5: the x of each column. Columns are put down from left to right, each as far left as those before it let it;
//! then what hangs off to the left is drawn right, to the column that it belongs to.

use super::columns::{Column, Columns, Piece};
use super::skyline::Skyline;

/// Where the columns are.
pub(super) struct Packed {
    /// The x of each column's line.
    pub(super) x: Vec<i32>,
    /// The width of all.
    pub(super) width: i32,
    /// For each column and row with a label on a horizontal piece: where the free stretch before the column begins,
    /// and where that after it ends.
    gaps: std::collections::HashMap<(usize, usize), (i32, i32)>,
}

const FAR: i32 = i32::MAX / 2;

/// Packs the columns.
pub(super) fn of(columns: &Columns) -> Packed {
    let mut x = from_left(columns);
    draw_right(columns, &mut x);
    let left = edges(columns, &x, |x, piece| x - piece.left)
        .min()
        .unwrap_or(0)
        .div_euclid(4)
        * 4;
    for x in &mut x {
        *x -= left;
    }
    let width = edges(columns, &x, |x, piece| x + piece.right).max().unwrap_or(0);
    let gaps = gaps(columns, &x, width);
    Packed { x, width, gaps }
}

impl Packed {
    /// The free stretch beside a column in a row: from the left, and to the right.
    pub(super) fn gap(&self, column: usize, row: usize) -> (i32, i32) {
        self.gaps
            .get(&(column, row))
            .copied()
            .unwrap_or((self.x[column], self.x[column]))
    }
}

fn edges<'a>(
    columns: &'a Columns,
    x: &'a [i32],
    edge: impl Fn(i32, &Piece) -> i32 + 'a,
) -> impl Iterator<Item = i32> + 'a {
    let pieces = columns
        .all
        .iter()
        .zip(x)
        .flat_map(|(column, x)| column.pieces.iter().map(move |piece| (*x, piece)));
    pieces.map(move |(x, piece)| edge(x, piece))
}

/// Rounded up to the grid of four pixels.
pub(crate) fn grid(length: i32) -> i32 {
    (length + 3).div_euclid(4) * 4
}

fn from_left(columns: &Columns) -> Vec<i32> {
    let mut x = vec![0; columns.all.len()];
    let mut taken = Skyline::new(0);
    for &index in &columns.sequence {
        let column = &columns.all[index];
        let needs = column.pieces.iter().flat_map(|piece| {
            taken
                .over(piece.first, piece.last)
                .map(move |taken| taken + piece.left)
        });
        x[index] = grid(needs.max().unwrap_or(0));
        take(&mut taken, column, |piece| x[index] + piece.right, i32::max);
    }
    x
}

/// Long pieces first: where a short one lies on a long one of the same column, the wider of both counts.
fn take(taken: &mut Skyline, column: &Column, edge: impl Fn(&Piece) -> i32, wider: impl Fn(i32, i32) -> i32) {
    let is_long = |piece: &&Piece| piece.last > piece.first;
    for piece in column.pieces.iter().filter(is_long) {
        taken.set(piece.first, piece.last, edge(piece));
    }
    for piece in column.pieces.iter().filter(|piece| !is_long(piece)) {
        let known = taken.over(piece.first, piece.first).next();
        let height = known.map_or(edge(piece), |known| wider(known, edge(piece)));
        taken.set(piece.first, piece.first, height);
    }
}

fn draw_right(columns: &Columns, x: &mut [i32]) {
    let mut taken = Skyline::new(FAR);
    for &index in columns.sequence.iter().rev() {
        let column = &columns.all[index];
        if column.leftish {
            let room = column.pieces.iter().flat_map(|piece| {
                taken
                    .over(piece.first, piece.last)
                    .map(move |taken| taken - piece.right)
            });
            let most = room.min().unwrap_or(FAR);
            if most < FAR / 2 {
                x[index] = x[index].max(most.div_euclid(4) * 4);
            }
        }
        take(&mut taken, column, |piece| x[index] - piece.left, i32::min);
    }
}

fn gaps(columns: &Columns, x: &[i32], width: i32) -> std::collections::HashMap<(usize, usize), (i32, i32)> {
    let mut gaps = std::collections::HashMap::new();
    let labelled = |column: &Column| {
        column
            .pieces
            .iter()
            .filter(|piece| piece.left != piece.right)
            .count()
    };
    let mut taken = Skyline::new(0);
    for &index in &columns.sequence {
        let column = &columns.all[index];
        if labelled(column) > 0 {
            for piece in column.pieces.iter().filter(|piece| piece.left > piece.right) {
                let from = taken.over(piece.first, piece.first).next().unwrap_or(0);
                gaps.entry((index, piece.first)).or_insert((0, 0)).0 = from;
            }
        }
        take(&mut taken, column, |piece| x[index] + piece.right, i32::max);
    }
    let mut taken = Skyline::new(width);
    for &index in columns.sequence.iter().rev() {
        let column = &columns.all[index];
        if labelled(column) > 0 {
            for piece in column.pieces.iter().filter(|piece| piece.left < piece.right) {
                let to = taken.over(piece.first, piece.first).next().unwrap_or(width);
                gaps.entry((index, piece.first)).or_insert((0, 0)).1 = to;
            }
        }
        take(&mut taken, column, |piece| x[index] - piece.left, i32::min);
    }
    gaps
}
