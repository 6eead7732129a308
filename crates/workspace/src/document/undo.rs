//! One stack of undo for a document. Typing is grouped by pause, line and view; a gesture is one step.

use std::time::Duration;

use asl::text::{Changes, Side};

/// Keys further apart than this are separate steps.
const PAUSE: Duration = Duration::from_millis(800);

/// Steps kept; older ones can't be taken back any more.
const KEPT: usize = 2_000;

/// Something that the user did.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// What leads back, measured on the text after it.
    inverse: Changes,
    label: String,
    typing: Option<Typing>,
}

/// Where and when it was typed, to join what belongs together.
#[derive(Debug, Clone)]
struct Typing {
    view: String,
    at: Duration,
    /// Number of the line, and whether the change stays in it.
    line: usize,
    breaks_line: bool,
}

#[derive(Default)]
pub(super) struct UndoStack {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl Step {
    /// Typing; `text` is the text before it.
    pub(super) fn typing(changes: &Changes, text: &str, view: &str, at: Duration) -> Self {
        let start = changes.list().first().map_or(0, |change| change.range.start);
        let breaks = |change: &asl::text::TextChange| {
            change.insert.contains('\n')
                || text
                    .get(change.range.clone())
                    .is_some_and(|gone| gone.contains('\n'))
        };
        let typing = Typing {
            view: view.to_owned(),
            at,
            line: text
                .get(..start)
                .map_or(0, |before| before.bytes().filter(|byte| *byte == b'\n').count()),
            breaks_line: changes.list().len() != 1 || changes.list().iter().any(breaks),
        };
        Self {
            inverse: changes.invert(text),
            label: "Typing".to_owned(),
            typing: Some(typing),
        }
    }

    /// A gesture; `text` is the text before it.
    pub(super) fn gesture(changes: &Changes, text: &str, label: String) -> Self {
        Self {
            inverse: changes.invert(text),
            label,
            typing: None,
        }
    }

    fn continues(&self, earlier: &Self) -> bool {
        match (&self.typing, &earlier.typing) {
            (Some(new), Some(old)) => {
                new.view == old.view
                    && new.line == old.line
                    && !new.breaks_line
                    && !old.breaks_line
                    && new.at.saturating_sub(old.at) < PAUSE
            }
            _ => false,
        }
    }
}

impl UndoStack {
    pub(super) fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    pub(super) fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// Takes in something that the user did just now.
    pub(super) fn push(&mut self, step: Step) {
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if step.continues(last) => {
                last.inverse = step.inverse.compose(&last.inverse);
                last.typing = step.typing;
            }
            _ => self.done.push(step),
        }
        if self.done.len() > KEPT {
            self.done.remove(0);
        }
    }

    /// What takes back the last step, measured on `text` as it is now.
    pub(super) fn undo(&mut self, text: &str) -> Option<Changes> {
        let step = self.done.pop()?;
        self.undone.push(Step {
            inverse: step.inverse.invert(text),
            label: step.label,
            typing: None,
        });
        Some(step.inverse)
    }

    /// What brings back the last step taken back.
    pub(super) fn redo(&mut self, text: &str) -> Option<Changes> {
        let step = self.undone.pop()?;
        self.done.push(Step {
            inverse: step.inverse.invert(text),
            label: step.label,
            typing: None,
        });
        Some(step.inverse)
    }

    /// Follows a change that nobody here made, so that steps take back what they did and nothing of it.
    pub(super) fn rebase(&mut self, over: &Changes) {
        rebase_all(&mut self.done, over.clone());
        rebase_all(&mut self.undone, over.clone());
    }
}

/// Each step's inverse is measured on the text that the one above it leaves, so the change travels down with them.
fn rebase_all(steps: &mut [Step], mut over: Changes) {
    for step in steps.iter_mut().rev() {
        let inverse = step.inverse.rebase(&over, Side::After);
        over = over.rebase(&step.inverse, Side::Before);
        step.inverse = inverse;
        step.typing = None;
    }
}
