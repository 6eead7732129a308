//! Runs that another process drives, in the contract's words.

use ::runtime::run::Run;

use super::news;
use crate::contract::StudioEvent;
use crate::open::Open;

/// What is new of a run that was read anew from its record: everything of it may be another.
pub(crate) fn seen_elsewhere(open: &Open, run: &Run) -> Vec<StudioEvent> {
    let mut events = news(open, run);
    for event in &mut events {
        if let StudioEvent::RunChanged(delta) = event {
            delta.refresh = true;
            delta.states.clear();
        }
    }
    events
}
