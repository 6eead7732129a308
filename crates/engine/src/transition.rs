//! Transitions: the one function by which a frame goes from state to state, or out of its scope.

use asl::machine::StateId;

use crate::frame::{Data, Frame};
use crate::{Boundary, ChangeKind, Execution, Via};

/// Takes the frame from the state that it has left to `to`; none ends the scope. The output becomes the next input.
pub(crate) fn transition(run: &mut Execution, frame: &mut Frame, via: Via, to: Option<StateId>) {
    run.change(
        frame,
        ChangeKind::Transition {
            from: frame.state,
            via,
            to,
        },
    );
    let Some(to) = to else {
        frame.at = Boundary::ScopeJoin;
        return;
    };
    let input = frame.data.output.take().unwrap_or_default();
    frame.data = Data {
        input,
        ..Data::default()
    };
    frame.assigned = None;
    frame.state = to;
    frame.at = Boundary::Enter;
    frame.via = Via::Next;
    frame.next = None;
    frame.retry_count = 0;
    frame.retries.clear();
}
