//! Which lines differ between two texts: Myers' algorithm on lines.

use std::collections::HashMap;
use std::ops::Range;

/// Texts that differ in more lines than this are taken as wholly different between their common ends; the
/// algorithm remembers the square of it.
const MAX_DISTANCE: usize = 1500;

/// A text by lines; each holds its line break.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line starts, and the text's end.
    starts: Vec<usize>,
}

/// Lines that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Lines<'t> {
        let mut at = 0;
        let mut starts = vec![0];
        starts.extend(text.split_inclusive('\n').map(|line| {
            at += line.len();
            at
        }));
        Lines { text, starts }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where lines are.
    pub(super) fn bytes(&self, lines: &Range<usize>) -> Range<usize> {
        self.starts[lines.start]..self.starts[lines.end]
    }

    /// Lines as text.
    pub(super) fn slice(&self, lines: &Range<usize>) -> &'t str {
        &self.text[self.bytes(lines)]
    }

    fn line(&self, at: usize) -> &'t str {
        self.slice(&(at..at + 1))
    }
}

/// Where the lines of two texts differ, in order. Hunks do not touch each other.
pub(super) fn hunks(old: &Lines<'_>, new: &Lines<'_>) -> Vec<Hunk> {
    let shorter = old.count().min(new.count());
    let head = (0..shorter)
        .take_while(|&at| old.line(at) == new.line(at))
        .count();
    let same_from_end = |at: &usize| old.line(old.count() - 1 - at) == new.line(new.count() - 1 - at);
    let tail = (0..shorter - head).take_while(same_from_end).count();
    let mut numbers = HashMap::new();
    let a = number(old, head..old.count() - tail, &mut numbers);
    let b = number(new, head..new.count() - tail, &mut numbers);
    let matches = match (a.is_empty(), b.is_empty()) {
        (true, true) => return Vec::new(),
        (false, false) => common_lines(&a, &b),
        _ => Vec::new(),
    };
    let mut hunks = Vec::new();
    let (mut x, mut y) = (0, 0);
    for (at, to) in matches.into_iter().chain([(a.len(), b.len())]) {
        if x < at || y < to {
            hunks.push(Hunk {
                old: head + x..head + at,
                new: head + y..head + to,
            });
        }
        (x, y) = (at + 1, to + 1);
    }
    hunks
}

/// Lines as numbers, the same for the same line.
fn number<'t>(lines: &Lines<'t>, range: Range<usize>, numbers: &mut HashMap<&'t str, u32>) -> Vec<u32> {
    range
        .map(|at| {
            let next = numbers.len() as u32;
            *numbers.entry(lines.line(at)).or_insert(next)
        })
        .collect()
}

/// A longest common subsequence, as pairs of indices in order; none if the texts differ too much.
fn common_lines(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let Some(rounds) = furthest_points(a, b) else {
        return Vec::new();
    };
    let (mut x, mut y) = (a.len() as isize, b.len() as isize);
    let mut matches = Vec::new();
    for distance in (0..rounds.len()).rev() {
        let (from_x, from_y) = match distance.checked_sub(1) {
            Some(before) => {
                let diagonal = x - y;
                let from = previous_diagonal(&rounds[before], distance, diagonal);
                let from_x = rounds[before].at(from);
                (from_x, from_x - from)
            }
            None => (0, 0),
        };
        // Back along the diagonal of equal lines, then over the one line more or less.
        while x > from_x && y > from_y {
            (x, y) = (x - 1, y - 1);
            matches.push((x as usize, y as usize));
        }
        (x, y) = (from_x, from_y);
    }
    matches.reverse();
    matches
}

/// How far into the old text each diagonal can be followed with a number of lines more or less, from the lowest
/// diagonal on. A diagonal is the old line's index less the new one's.
struct Round(Vec<isize>);

impl Round {
    fn at(&self, diagonal: isize) -> isize {
        let middle = self.0.len() as isize / 2;
        self.0[(middle + diagonal) as usize]
    }
}

/// The rounds up to the one that reaches both ends.
fn furthest_points(a: &[u32], b: &[u32]) -> Option<Vec<Round>> {
    let (a_end, b_end) = (a.len() as isize, b.len() as isize);
    let mut rounds: Vec<Round> = Vec::new();
    for distance in 0..=(a.len() + b.len()).min(MAX_DISTANCE) {
        let reach = distance as isize;
        let mut round = Round(vec![0; 2 * distance + 1]);
        for diagonal in (-reach..=reach).step_by(2) {
            let mut x = match rounds.last() {
                Some(before) => {
                    let from = previous_diagonal(before, distance, diagonal);
                    before.at(from) + isize::from(from < diagonal)
                }
                None => 0,
            };
            while x < a_end && x - diagonal < b_end && a[x as usize] == b[(x - diagonal) as usize] {
                x += 1;
            }
            round.0[(reach + diagonal) as usize] = x;
            if x >= a_end && x - diagonal >= b_end {
                rounds.push(round);
                return Some(rounds);
            }
        }
        rounds.push(round);
    }
    None
}

/// From which diagonal of the round before one comes furthest on this one: the one above, by a new line, or the
/// one below, by leaving out an old one.
fn previous_diagonal(before: &Round, distance: usize, diagonal: isize) -> isize {
    let reach = distance as isize;
    let is_lowest = diagonal == -reach;
    if is_lowest || (diagonal != reach && before.at(diagonal - 1) < before.at(diagonal + 1)) {
        diagonal + 1
    } else {
        diagonal - 1
    }
}
