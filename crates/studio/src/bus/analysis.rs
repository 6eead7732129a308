//! What is understood of a document, told as it differs from what a listener has heard.

use std::sync::Arc;

use crate::contract::*;

/// What the core understands of a document at a version. Its parts are shared by all listeners.
#[derive(Debug)]
pub(crate) struct Understood {
    pub(crate) document: String,
    pub(crate) version: u32,
    pub(crate) query_language: String,
    pub(crate) states: Vec<StateView>,
    /// The same one for as long as it looks the same.
    pub(crate) diagram: Arc<DiagramView>,
    pub(crate) diagnostics: Vec<DiagnosticView>,
}

impl Understood {
    /// All of it, for who has heard nothing yet.
    pub(crate) fn whole(self) -> DocumentAnalysis {
        DocumentAnalysis {
            document: self.document,
            version: self.version,
            query_language: self.query_language,
            states: self.states,
            diagram: DiagramView::clone(&self.diagram),
            diagnostics: self.diagnostics,
        }
    }

    /// What is new in it to who has heard `before`.
    pub(super) fn since(&self, before: Option<&Self>) -> DocumentAnalysed {
        let differ = before.and_then(|before| difference(before, self));
        let is_drawn = before.is_some_and(|before| Arc::ptr_eq(&before.diagram, &self.diagram));
        DocumentAnalysed {
            document: self.document.clone(),
            version: self.version,
            query_language: self.query_language.clone(),
            states: differ.unwrap_or_else(|| StatesNews::Whole {
                states: self.states.clone(),
            }),
            diagram: (!is_drawn).then(|| DiagramView::clone(&self.diagram)),
            diagnostics: self.diagnostics.clone(),
        }
    }
}

/// What became of each state; none where there are others now, or in another order.
fn difference(before: &Understood, now: &Understood) -> Option<StatesNews> {
    let (old, new) = (&before.states, &now.states);
    if old.len() != new.len() || old.iter().zip(new).any(|(old, new)| old.key != new.key) {
        return None;
    }
    let (mut moved, mut changed): (Vec<Moved>, Vec<ChangedState>) = (Vec::new(), Vec::new());
    for (at, (old, new)) in (0_u32..).zip(old.iter().zip(new)) {
        if is_same_but_for_its_place(old, new) {
            put_moved(&mut moved, at, old, new);
        } else {
            let state = new.clone();
            changed.push(ChangedState { at, state });
        }
    }
    Some(StatesNews::Differ {
        base: before.version,
        moved,
        changed,
    })
}

fn is_same_but_for_its_place(old: &StateView, new: &StateView) -> bool {
    // Taken apart, so that a field that comes later is not forgotten here.
    let StateView {
        key,
        name,
        state_type,
        summary,
        icon,
        pointer,
        from: _,
        to: _,
        line: _,
        severity,
        next,
    } = new;
    (&old.key, &old.name, &old.summary, &old.icon, &old.pointer) == (key, name, summary, icon, pointer)
        && (&old.state_type, &old.severity, &old.next) == (state_type, severity, next)
}

fn put_moved(moved: &mut Vec<Moved>, at: u32, old: &StateView, new: &StateView) {
    let by = |old: u32, new: u32| new.wrapping_sub(old).cast_signed();
    let (from, to, line) = (by(old.from, new.from), by(old.to, new.to), by(old.line, new.line));
    if (from, to, line) == (0, 0, 0) {
        return;
    }
    match moved.last_mut() {
        Some(last)
            if last.first + last.count == at && (last.from, last.to, last.line) == (from, to, line) =>
        {
            last.count += 1;
        }
        _ => moved.push(Moved {
            first: at,
            count: 1,
            from,
            to,
            line,
        }),
    }
}
