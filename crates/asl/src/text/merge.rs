//! Differences by lines, and merging what two sides made of one text.
//!
//! Used when another program changes a file that is open with unsaved changes: what lies apart is merged, what meets
//! or touches is asked about, nothing is overwritten silently.

mod lines;

use std::ops::Range;

use self::lines::{Hunk, Lines};
use super::{Bias, Changes, TextChange};

/// The changes from one text to another: whole lines are compared, and inside changed lines what both have at
/// their start and end stays.
pub fn difference(old: &str, new: &str) -> Changes {
    let (old, new) = (Lines::of(old), Lines::of(new));
    let changes = lines::hunks(&old, &new)
        .iter()
        .map(|hunk| change(&old, &new, hunk))
        .collect();
    Changes::new(changes).unwrap_or_default()
}

/// What became of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The merged text; in conflicts it says what ours says.
    pub text: String,
    /// What changes ours into it.
    pub changes: Changes,
    /// Where both sides changed the same or touching lines differently.
    pub conflicts: Vec<Conflict>,
}

/// A place where both sides changed the same or touching lines differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The bytes of the merged text that hold our version.
    pub range: Range<usize>,
    /// What the lines were before.
    pub base: String,
    /// Our version.
    pub ours: String,
    /// Their version.
    pub theirs: String,
}

/// Merges what two sides made of `base`.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    let (base, our_lines, their_lines) = (Lines::of(base), Lines::of(ours), Lines::of(theirs));
    let our_hunks = lines::hunks(&base, &our_lines);
    let their_hunks = lines::hunks(&base, &their_lines);
    let mut taken = Vec::new();
    let mut meetings = Vec::new();
    // How many lines ours has more than the base up to here.
    let mut shift = 0_isize;
    for (own, other) in groups(&our_hunks, &their_hunks) {
        if own.is_empty() {
            let ours_at = |line: usize| line.saturating_add_signed(shift);
            taken.extend(other.iter().map(|hunk| {
                let old = ours_at(hunk.old.start)..ours_at(hunk.old.end);
                change(
                    &our_lines,
                    &their_lines,
                    &Hunk {
                        old,
                        new: hunk.new.clone(),
                    },
                )
            }));
        } else if let Some(meeting) = Meeting::of(own, other) {
            // The same change on both sides is none of theirs.
            if our_lines.slice(&meeting.ours) != their_lines.slice(&meeting.theirs) {
                meetings.push(meeting);
            }
        }
        shift += own
            .iter()
            .map(|hunk| hunk.new.len() as isize - hunk.old.len() as isize)
            .sum::<isize>();
    }
    let changes = Changes::new(taken).unwrap_or_default();
    let conflicts = meetings.iter().map(|meeting| {
        let at = our_lines.bytes(&meeting.ours);
        let start = changes.map_offset(at.start, Bias::After);
        Conflict {
            range: start..start + at.len(),
            base: base.slice(&meeting.base).to_owned(),
            ours: our_lines.slice(&meeting.ours).to_owned(),
            theirs: their_lines.slice(&meeting.theirs).to_owned(),
        }
    });
    Merged {
        text: changes.apply(ours),
        conflicts: conflicts.collect(),
        changes,
    }
}

/// Lines that both sides changed: where they are in the three texts.
struct Meeting {
    base: Range<usize>,
    ours: Range<usize>,
    theirs: Range<usize>,
}

impl Meeting {
    fn of(ours: &[Hunk], theirs: &[Hunk]) -> Option<Meeting> {
        let start = ours.first()?.old.start.min(theirs.first()?.old.start);
        let end = ours.last()?.old.end.max(theirs.last()?.old.end);
        // Outside its hunks a side has the base's lines: as many before and behind.
        let side = |hunks: &[Hunk]| {
            let (first, last) = (hunks.first()?, hunks.last()?);
            Some(first.new.start - (first.old.start - start)..last.new.end + (end - last.old.end))
        };
        Some(Meeting {
            base: start..end,
            ours: side(ours)?,
            theirs: side(theirs)?,
        })
    }
}

/// Hunks of both sides in order; those that meet, directly or through others, together.
fn groups<'h>(ours: &'h [Hunk], theirs: &'h [Hunk]) -> Vec<(&'h [Hunk], &'h [Hunk])> {
    let mut groups = Vec::new();
    let (mut ours, mut theirs) = (ours, theirs);
    while !ours.is_empty() || !theirs.is_empty() {
        let ours_first = match (ours.first(), theirs.first()) {
            (Some(own), Some(other)) => (own.old.start, own.old.end) <= (other.old.start, other.old.end),
            (own, _) => own.is_some(),
        };
        let (mut own, mut other) = (usize::from(ours_first), usize::from(!ours_first));
        loop {
            let meets_own = |hunk: &Hunk| own > 0 && meets(&ours[own - 1], hunk);
            let meets_other = |hunk: &Hunk| other > 0 && meets(&theirs[other - 1], hunk);
            if theirs.get(other).is_some_and(meets_own) {
                other += 1;
            } else if ours.get(own).is_some_and(meets_other) {
                own += 1;
            } else {
                break;
            }
        }
        groups.push((&ours[..own], &theirs[..other]));
        (ours, theirs) = (&ours[own..], &theirs[other..]);
    }
    groups
}

/// Whether two hunks change the same lines, or touch. Where they touch, no line that both left alone says which belongs
/// to what: a line that one side changed may follow lines of the other's into another state.
fn meets(a: &Hunk, b: &Hunk) -> bool {
    a.old.start <= b.old.end && b.old.start <= a.old.end
}

/// A hunk as a change of bytes, without what both versions have at their start and end.
fn change(old: &Lines<'_>, new: &Lines<'_>, hunk: &Hunk) -> TextChange {
    let range = old.bytes(&hunk.old);
    let (before, after) = (old.slice(&hunk.old), new.slice(&hunk.new));
    let start = common(before.chars(), after.chars());
    let end = common(before[start..].chars().rev(), after[start..].chars().rev());
    TextChange::replacement(
        range.start + start..range.end - end,
        &after[start..after.len() - end],
    )
}

/// How many bytes two runs of characters have in common at their start.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b)
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(base: &str, ours: &str, theirs: &str, merged: &str, conflicts: &[(&str, &str)]) {
        let done = merge(base, ours, theirs);
        assert_eq!(done.text, merged, "{base:?} {ours:?} {theirs:?}");
        assert_eq!(done.changes.apply(ours), merged);
        let found: Vec<_> = done
            .conflicts
            .iter()
            .map(|found| (found.ours.as_str(), found.theirs.as_str()))
            .collect();
        assert_eq!(found, conflicts, "{base:?} {ours:?} {theirs:?}");
        for conflict in &done.conflicts {
            assert_eq!(done.text[conflict.range.clone()], conflict.ours);
        }
    }

    #[test]
    fn merging() {
        check("a\nb\nc\n", "a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n", &[]);
        check("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\nd\n", "A\nb\nC\nd\n", &[]);
        check("a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n", "a\nx\nc\n", &[]);
        check(
            "a\nb\nc\n",
            "a\nx\nc\n",
            "a\ny\nc\n",
            "a\nx\nc\n",
            &[("x\n", "y\n")],
        );
        check("a\nb\nc\n", "a\nc\n", "a\ny\nc\nd\n", "a\nc\nd\n", &[("", "y\n")]);
        check("a\n", "a\nx\n", "a\ny\n", "a\nx\n", &[("x\n", "y\n")]);
        check("a\n", "x\na\n", "a\ny\n", "x\na\ny\n", &[]);
        check("a\nb\n", "A\nb\n", "a\nB\n", "A\nb\n", &[("A\nb\n", "a\nB\n")]);
        check(
            "a\nb\nc\nd\n",
            "a\nX\nY\nd\n",
            "1\na\nZ\nc\nd\n",
            "1\na\nX\nY\nd\n",
            &[("X\nY\n", "Z\nc\n")],
        );
        check("", "", "x", "x", &[]);
        check("a", "b", "", "b", &[("b", "")]);
        check(
            "a\nb\nc\nd\ne\n",
            "a\nB\nC\nD\ne\n",
            "a\nx\nc\ny\ne\n",
            "a\nB\nC\nD\ne\n",
            &[("B\nC\nD\n", "x\nc\ny\n")],
        );
    }

    /// A state is put in before the line that another program changes: merged, its change would land in the new state.
    #[test]
    fn what_touches_is_asked_about() {
        let base = "{\n  \"Price\": {\n    \"Next\": \"Stock\"\n  },\n  \"Stock\": {}\n}\n";
        let ours = base.replace(
            "\"Stock\"\n",
            "\"Wait\"\n  },\n  \"Wait\": {\n    \"Next\": \"Stock\"\n",
        );
        let theirs = base.replace("\"Stock\"\n", "\"Fulfil\"\n");
        let done = merge(base, &ours, &theirs);
        assert_eq!(done.text, ours);
        assert_eq!(done.conflicts.len(), 1, "{done:?}");
    }

    #[test]
    fn a_difference_is_small() {
        let changes = difference(
            "{\n  \"a\": 1,\n  \"b\": 2\n}\n",
            "{\n  \"a\": 17,\n  \"b\": 2\n}\n",
        );
        assert_eq!(changes.list(), [TextChange::insertion(10, "7")]);
    }

    #[test]
    fn a_wholly_different_text_is_one_change() {
        let (old, new): (String, String) = (
            (0..9000).map(|at| format!("a{at}\n")).collect(),
            (0..9000).map(|at| format!("b{at}\n")).collect(),
        );
        assert_eq!(difference(&old, &new).apply(&old), new);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn a_difference_leads_there(old in "([ab€]\n?){0,12}", new in "([ab€]\n?){0,12}") {
            prop_assert_eq!(difference(&old, &new).apply(&old), new);
        }

        #[test]
        fn merging_is_fair(base in "([a-d]\n){0,8}", ours in "([a-d]\n){0,8}", theirs in "([a-d]\n){0,8}") {
            let (one, other) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
            prop_assert_eq!(one.conflicts.is_empty(), other.conflicts.is_empty());
            if one.conflicts.is_empty() {
                prop_assert_eq!(&one.text, &other.text);
            }
            prop_assert_eq!(&one.changes.apply(&ours), &one.text);
            for conflict in &one.conflicts {
                prop_assert_eq!(&one.text[conflict.range.clone()], &conflict.ours);
                prop_assert!(theirs.contains(&conflict.theirs));
                prop_assert!(base.contains(&conflict.base));
            }
            prop_assert_eq!(merge(&base, &ours, &base).text, ours.clone());
            prop_assert_eq!(merge(&base, &base, &theirs).text, theirs);
            prop_assert_eq!(merge(&base, &ours, &ours).text, ours);
        }
    }
}
