//! How far each row is taken, as steps: so that a line through a thousand rows costs as much as one through one.

use std::collections::BTreeMap;

/// For each row a number; rows never touched have the first one.
pub(super) struct Skyline {
    /// First row of a step → its height. The first key is 0.
    steps: BTreeMap<usize, i32>,
}

impl Skyline {
    pub(super) fn new(height: i32) -> Skyline {
        Skyline {
            steps: BTreeMap::from([(0, height)]),
        }
    }

    /// The heights of the steps that touch these rows.
    pub(super) fn over(&self, first: usize, last: usize) -> impl Iterator<Item = i32> + '_ {
        let start = self.steps.range(..=first).next_back().map_or(0, |(row, _)| *row);
        self.steps.range(start..=last).map(|(_, height)| *height)
    }

    /// Makes these rows one step.
    pub(super) fn set(&mut self, first: usize, last: usize, height: i32) {
        let after = self
            .steps
            .range(..=last + 1)
            .next_back()
            .map_or(height, |(_, height)| *height);
        let covered: Vec<usize> = self.steps.range(first..=last).map(|(row, _)| *row).collect();
        for row in covered {
            self.steps.remove(&row);
        }
        self.steps.insert(first, height);
        self.steps.entry(last + 1).or_insert(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_agree_with_a_plain_list() {
        let mut list = [7; 12];
        let mut skyline = Skyline::new(7);
        for (first, last, height) in [(3, 5, 10), (0, 0, 2), (4, 9, 1), (2, 11, 8), (6, 6, 3), (0, 6, 4)] {
            skyline.set(first, last, height);
            list[first..=last].fill(height);
            for from in 0..12 {
                for to in from..12 {
                    assert_eq!(
                        skyline.over(from, to).max(),
                        list[from..=to].iter().copied().max()
                    );
                }
            }
        }
    }
}
