//! Parallel: all branches run side by side on the same input; the result is the array of their outputs.

use asl::machine::states::Parallel;

use super::scope::{self, Spawn};
use super::{Done, Step};
use crate::frame::Children;
use crate::{EventDetails, EventType};

pub(super) fn fork(step: &mut Step<'_>, own: &Parallel) -> Done {
    let after = step.emit(EventType::ParallelStateStarted, EventDetails::None);
    let branches = u32::try_from(own.branches.len()).unwrap_or(u32::MAX);
    step.frame.children = Some(Box::new(Children::of(branches, branches)));
    for (index, scope) in (0..).zip(&own.branches) {
        let input = step.frame.data.parameters().clone();
        scope::spawn(
            step,
            Spawn {
                scope: *scope,
                index,
                input,
                item: None,
                after,
            },
        );
    }
    // Without branches the result is there at once.
    if own.branches.is_empty() {
        scope::go_on(step, after);
    }
    scope::await_children(step);
    Ok(())
}
