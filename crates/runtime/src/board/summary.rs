//! How a state stands, over all its visits or within one frame.

use asl::machine::StateId;
use asl::value::Text;
use engine::{FrameId, FrameOutcome, Timestamp};

use super::{Board, VisitId};

/// How a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateStatus {
    /// Working.
    Running,
    /// A Wait state, until a time.
    Waiting,
    /// Failed, and tried again at a time.
    Retrying,
    /// Left by its normal way.
    Succeeded,
    /// Left by a catcher.
    Caught,
    /// Its error ended the scope.
    Failed,
    /// Something around it ended it.
    Aborted,
}

/// Iterations or branches, by status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All.
    pub total: u32,
    /// In progress.
    pub running: u32,
    /// Done.
    pub succeeded: u32,
    /// Failed.
    pub failed: u32,
    /// Ended by something around them: another one's error, a stop, a time limit.
    pub aborted: u32,
}

/// How a state stands.
#[derive(Debug, Clone, PartialEq)]
pub struct StateSummary {
    /// The state.
    pub state: StateId,
    /// Of the visit that says most: one in progress before one that is over.
    pub status: StateStatus,
    /// How often it was entered.
    pub visits: u32,
    /// When it was entered last.
    pub entered: Timestamp,
    /// When it was left, if no visit is in progress.
    pub left: Option<Timestamp>,
    /// Until when it waits, or when it is tried again.
    pub until: Option<Timestamp>,
    /// The attempt in progress or made last.
    pub attempt: u32,
    /// Error name.
    pub error: Option<Text>,
    /// Iterations or branches of the last visit.
    pub counts: Option<Counts>,
}

impl Board {
    /// How a state stands; none where it was not reached.
    #[must_use]
    pub fn summary(&self, state: StateId, frame: Option<FrameId>) -> Option<StateSummary> {
        let visits = self.visits_of(state, frame);
        let last = *visits.last()?;
        // Of many that run at once (iterations), the one that is not over speaks for the state.
        let open = visits
            .iter()
            .rev()
            .take(256)
            .copied()
            .find(|id| self.visits[*id as usize].left.is_none());
        let id = open.unwrap_or(last);
        let visit = &self.visits[id as usize];
        Some(StateSummary {
            state,
            status: visit.status,
            visits: u32::try_from(visits.len()).unwrap_or(u32::MAX),
            entered: visit.entered,
            left: visit.left,
            until: visit.until,
            attempt: visit.attempt,
            error: visit.error.clone(),
            counts: self.counts(last),
        })
    }

    /// Iterations of a Map as it counts them; branches of a Parallel as they are.
    #[must_use]
    pub fn counts(&self, id: VisitId) -> Option<Counts> {
        let visit = &self.visits[id as usize];
        if let Some(counts) = visit.counts {
            // What still ran when the state was left went with it.
            let cut = if visit.left.is_some() { counts.running } else { 0 };
            return Some(Counts {
                running: counts.running - cut,
                aborted: cut,
                ..counts
            });
        }
        let children = self.children(id);
        if children.is_empty() {
            return None;
        }
        let mut counts = Counts {
            total: u32::try_from(children.len()).unwrap_or(u32::MAX),
            ..Counts::default()
        };
        for (_, frame) in children {
            match frame.ended {
                None => counts.running += 1,
                Some((_, FrameOutcome::Succeeded)) => counts.succeeded += 1,
                Some((_, FrameOutcome::Failed)) => counts.failed += 1,
                Some((_, FrameOutcome::TimedOut | FrameOutcome::Aborted)) => counts.aborted += 1,
            }
        }
        Some(counts)
    }
}
