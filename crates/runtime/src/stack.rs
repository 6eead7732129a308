//! The call stack of the moment shown: the frames that have not ended, each before those that run inside it.

use std::collections::{BTreeMap, BTreeSet};

use engine::{FrameId, FrameView};

use crate::run::RunState;

/// A frame in the stack.
#[derive(Debug, Clone, PartialEq)]
pub struct StackFrame {
    /// The frame.
    pub view: FrameView,
    /// How deep: 0 for the root.
    pub depth: u32,
    /// Whether the debugger stands in it.
    pub front: bool,
}

impl RunState {
    /// The frames of the moment shown, outermost first, and how many there are. At most `at_most`, but always those on
    /// the way to the one where the debugger stands. Empty after the end.
    #[must_use]
    pub fn stack(&self, at_most: usize) -> (Vec<StackFrame>, usize) {
        let mut inside: BTreeMap<Option<FrameId>, Vec<FrameView>> = BTreeMap::new();
        let mut total = 0;
        for view in self
            .shown_execution()
            .frames()
            .filter(|view| view.ended.is_none())
        {
            total += 1;
            inside.entry(view.parent).or_default().push(view);
        }
        let front = self.front().map(|(frame, _, _)| frame);
        let way = self.way_to(front);
        for frames in inside.values_mut() {
            // The stack turns the order round.
            frames.sort_by_key(|view| std::cmp::Reverse((view.index, view.id)));
        }
        let mut open: Vec<(FrameView, u32)> = Vec::new();
        let push = |open: &mut Vec<(FrameView, u32)>, frames: Option<Vec<FrameView>>, depth: u32| {
            open.extend(frames.unwrap_or_default().into_iter().map(|view| (view, depth)));
        };
        push(&mut open, inside.remove(&None), 0);
        let mut stack = Vec::new();
        while let Some((view, depth)) = open.pop() {
            push(&mut open, inside.remove(&Some(view.id)), depth + 1);
            if stack.len() < at_most || way.contains(&view.id) {
                let front = Some(view.id) == front;
                stack.push(StackFrame { view, depth, front });
            }
        }
        (stack, total)
    }

    fn way_to(&self, frame: Option<FrameId>) -> BTreeSet<FrameId> {
        let board = self.shown_board();
        std::iter::successors(frame, |frame| board.frame(*frame)?.parent).collect()
    }
}
