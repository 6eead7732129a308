//! Changes of a text: apply, invert, compose, and rebase over changes made meanwhile.

#[cfg(test)]
mod tests;
mod transform;

use std::ops::Range;

/// One replaced range of a text. An empty range inserts; an empty `insert` deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// Bytes of the text as it was before any change of the same set.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub insert: String,
}

impl TextChange {
    /// Puts `insert` at `offset`.
    pub fn insertion(offset: usize, insert: impl Into<String>) -> TextChange {
        TextChange {
            range: offset..offset,
            insert: insert.into(),
        }
    }

    /// Takes `range` away.
    pub fn deletion(range: Range<usize>) -> TextChange {
        TextChange {
            range,
            insert: String::new(),
        }
    }

    /// Puts `insert` in the place of `range`.
    pub fn replacement(range: Range<usize>, insert: impl Into<String>) -> TextChange {
        TextChange {
            range,
            insert: insert.into(),
        }
    }
}

/// To which side a position moves when text is inserted exactly there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bias {
    /// It stays before the inserted text.
    Before,
    /// It goes behind the inserted text.
    After,
}

/// Whose insertion comes first when two sets of changes insert at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The rebased set's insertions come before the other's.
    Before,
    /// The rebased set's insertions come behind the other's.
    After,
}

/// Changes of one text made together: in order, without overlap, all measured on the text before them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    list: Vec<TextChange>,
}

/// Why a set of changes cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeError {
    /// Two changes touch the same bytes, or a range ends before it starts.
    Overlap(Range<usize>),
    /// A range reaches beyond the text, or cuts a character in two.
    Outside(Range<usize>),
}

impl std::fmt::Display for ChangeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ChangeError::Overlap(range) => {
                write!(
                    f,
                    "the change of bytes {}..{} overlaps another",
                    range.start, range.end
                )
            }
            ChangeError::Outside(range) => {
                write!(
                    f,
                    "the change of bytes {}..{} does not fit the text",
                    range.start, range.end
                )
            }
        }
    }
}

impl std::error::Error for ChangeError {}

impl Changes {
    /// Sorts the changes and checks that they do not overlap. Insertions at one place keep their order.
    pub fn new(mut list: Vec<TextChange>) -> Result<Changes, ChangeError> {
        list.sort_by_key(|change| (change.range.start, change.range.end));
        let mut end = 0;
        for change in &list {
            if change.range.start < end || change.range.end < change.range.start {
                return Err(ChangeError::Overlap(change.range.clone()));
            }
            end = change.range.end;
        }
        list.retain(|change| !change.range.is_empty() || !change.insert.is_empty());
        Ok(Changes { list })
    }

    /// A set of one change.
    pub fn one(change: TextChange) -> Changes {
        Changes { list: vec![change] }
    }

    /// The changes in order.
    pub fn list(&self) -> &[TextChange] {
        &self.list
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether every range lies within `text` and cuts no character in two. To be asked of changes that
    /// come from outside; [`Changes::apply`] would silently move such a range to the next character.
    pub fn check(&self, text: &str) -> Result<(), ChangeError> {
        for change in &self.list {
            if !text.is_char_boundary(change.range.start) || !text.is_char_boundary(change.range.end) {
                return Err(ChangeError::Outside(change.range.clone()));
            }
        }
        Ok(())
    }

    /// The text after the changes.
    pub fn apply(&self, text: &str) -> String {
        let added: usize = self.list.iter().map(|change| change.insert.len()).sum();
        let mut result = String::with_capacity(text.len() + added);
        let mut at = 0;
        for change in &self.list {
            let range = fitting(text, &change.range, at);
            result.push_str(&text[at..range.start]);
            result.push_str(&change.insert);
            at = range.end;
        }
        result.push_str(&text[at..]);
        result
    }

    /// The changes that lead back. `text` is the text before these changes.
    pub fn invert(&self, text: &str) -> Changes {
        let mut list = Vec::with_capacity(self.list.len());
        let (mut at, mut moved) = (0, 0);
        for change in &self.list {
            let range = fitting(text, &change.range, at);
            let start = moved + range.start - at;
            list.push(TextChange {
                range: start..start + change.insert.len(),
                insert: text[range.clone()].to_owned(),
            });
            moved = start + change.insert.len();
            at = range.end;
        }
        Changes { list }
    }

    /// Where `offset` of the text before the changes is after them. Inside a replaced range it moves to
    /// that range's start or behind what was inserted, as `bias` says.
    pub fn map_offset(&self, offset: usize, bias: Bias) -> usize {
        let (mut inserted, mut deleted) = (0, 0);
        for change in &self.list {
            if change.range.start > offset {
                break;
            }
            let start = change.range.start + inserted - deleted;
            let stays = change.range.is_empty() && bias == Bias::Before;
            if change.range.end > offset || (change.range.end == offset && stays) {
                let before = change.range.start == offset || bias == Bias::Before;
                return if before {
                    start
                } else {
                    start + change.insert.len()
                };
            }
            inserted += change.insert.len();
            deleted += change.range.len();
        }
        offset + inserted - deleted
    }
}

/// `range` moved to the nearest positions of `text` that are not before `from` and cut no character.
fn fitting(text: &str, range: &Range<usize>, from: usize) -> Range<usize> {
    let fit = |offset: usize| {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset += 1;
        }
        offset.max(from)
    };
    let start = fit(range.start);
    start..fit(range.end).max(start)
}
