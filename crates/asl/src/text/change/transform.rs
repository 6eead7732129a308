//! Composing and rebasing changes: operational transformation.
//!
//! A set of changes is read as a run of steps over the text before it: keep some bytes, delete some, insert
//! some; behind the last change everything is kept. At one place what is inserted comes before what is
//! deleted. On such runs the classical transform converges: for any `a` and `b` of one text,
//! `a` then `b.rebase(&a, After)` gives the same text as `b` then `a.rebase(&b, Before)`.

use super::{Changes, Side, TextChange};

enum Step<'c> {
    Keep(usize),
    Delete(usize),
    Insert(&'c str),
}

/// The steps still to do, the next one last. Behind them all is kept.
struct Steps<'c>(Vec<Step<'c>>);

impl<'c> Steps<'c> {
    fn of(changes: &'c Changes) -> Steps<'c> {
        let mut steps = Vec::with_capacity(changes.list.len() * 3);
        let mut at = 0;
        for change in &changes.list {
            steps.push(Step::Keep(change.range.start - at));
            steps.push(Step::Insert(&change.insert));
            steps.push(Step::Delete(change.range.len()));
            at = change.range.end;
        }
        steps.reverse();
        Steps(steps)
    }

    fn next(&mut self) -> Step<'c> {
        while let Some(step) = self.0.pop() {
            if !matches!(step, Step::Keep(0) | Step::Delete(0) | Step::Insert("")) {
                return step;
            }
        }
        Step::Keep(usize::MAX)
    }

    fn put_back(&mut self, step: Step<'c>) {
        if !matches!(step, Step::Keep(usize::MAX)) {
            self.0.push(step);
        }
    }
}

/// Changes being written, in steps.
#[derive(Default)]
struct Output {
    list: Vec<TextChange>,
    at: usize,
}

impl Output {
    fn keep(&mut self, bytes: usize) {
        self.at += bytes;
    }

    fn here(&mut self) -> &mut TextChange {
        let at = self.at;
        if self.list.last().is_none_or(|last| last.range.end != at) {
            self.list.push(TextChange::deletion(at..at));
        }
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    fn delete(&mut self, bytes: usize) {
        self.here().range.end += bytes;
        self.at += bytes;
    }

    fn insert(&mut self, text: &str) {
        self.here().insert.push_str(text);
    }

    fn finish(mut self) -> Changes {
        self.list
            .retain(|change| !change.range.is_empty() || !change.insert.is_empty());
        Changes { list: self.list }
    }
}

/// What is left of `bytes` when `taken` of them are gone; what has no end keeps none.
fn left(bytes: usize, taken: usize) -> usize {
    if bytes == usize::MAX { bytes } else { bytes - taken }
}

impl Changes {
    /// These changes and then `next`, which is measured on the text after them, as one set.
    pub fn compose(&self, next: &Changes) -> Changes {
        let (mut first, mut second) = (Steps::of(self), Steps::of(next));
        let mut output = Output::default();
        loop {
            match (first.next(), second.next()) {
                (Step::Keep(usize::MAX), Step::Keep(usize::MAX)) => return output.finish(),
                (Step::Delete(bytes), step) => {
                    output.delete(bytes);
                    second.put_back(step);
                }
                (step, Step::Insert(text)) => {
                    output.insert(text);
                    first.put_back(step);
                }
                (Step::Keep(a), Step::Keep(b)) => {
                    let both = a.min(b);
                    output.keep(both);
                    first.put_back(Step::Keep(left(a, both)));
                    second.put_back(Step::Keep(left(b, both)));
                }
                (Step::Keep(a), Step::Delete(b)) => {
                    let both = a.min(b);
                    output.delete(both);
                    first.put_back(Step::Keep(left(a, both)));
                    second.put_back(Step::Delete(b - both));
                }
                (Step::Insert(text), Step::Keep(b)) => {
                    let both = text.ceil_char_boundary(b);
                    output.insert(&text[..both]);
                    first.put_back(Step::Insert(&text[both..]));
                    second.put_back(Step::Keep(left(b, both.min(b))));
                }
                (Step::Insert(text), Step::Delete(b)) => {
                    let both = text.ceil_char_boundary(b);
                    first.put_back(Step::Insert(&text[both..]));
                    second.put_back(Step::Delete(b - both.min(b)));
                }
            }
        }
    }

    /// These changes as they are after `over`, which was made to the same text meanwhile. `side` says whose
    /// insertions come first where both insert at one place. What both deleted is deleted once.
    pub fn rebase(&self, over: &Changes, side: Side) -> Changes {
        let (mut own, mut other) = (Steps::of(self), Steps::of(over));
        let mut output = Output::default();
        loop {
            match (own.next(), other.next()) {
                (Step::Keep(usize::MAX), Step::Keep(usize::MAX)) => return output.finish(),
                (Step::Insert(text), step) if side == Side::Before => {
                    output.insert(text);
                    other.put_back(step);
                }
                (step, Step::Insert(text)) => {
                    output.keep(text.len());
                    own.put_back(step);
                }
                (Step::Insert(text), step) => {
                    output.insert(text);
                    other.put_back(step);
                }
                (Step::Keep(a), Step::Keep(b)) => {
                    let both = a.min(b);
                    output.keep(both);
                    own.put_back(Step::Keep(left(a, both)));
                    other.put_back(Step::Keep(left(b, both)));
                }
                (Step::Keep(a), Step::Delete(b)) => {
                    let both = a.min(b);
                    own.put_back(Step::Keep(left(a, both)));
                    other.put_back(Step::Delete(b - both));
                }
                (Step::Delete(a), Step::Keep(b)) => {
                    let both = a.min(b);
                    output.delete(both);
                    own.put_back(Step::Delete(a - both));
                    other.put_back(Step::Keep(left(b, both)));
                }
                (Step::Delete(a), Step::Delete(b)) => {
                    let both = a.min(b);
                    own.put_back(Step::Delete(a - both));
                    other.put_back(Step::Delete(b - both));
                }
            }
        }
    }
}
