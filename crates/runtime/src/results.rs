//! What tasks answered: the last result of each, for those who check a definition against data that was seen.

use std::collections::HashMap;

use asl::value::Value;
use engine::{Entry, EventId, Input, JournalEntry};

use crate::record;
use crate::run::{LoadError, RunPhase, RunState};
use crate::runtime::Runtime;
use crate::store::{RunQuery, Stream};

/// The last result of each task, by its state's name.
pub type TaskResults = HashMap<String, Value>;

/// So many of the newest executions are looked at for one that has ended.
const LOOKED_AT: u32 = 8;

/// A record with more events is not read for its results.
const MOST_EVENTS: u32 = 20_000;

impl RunState {
    /// What tasks have answered so far. What a debugger put in their place is not among it.
    #[must_use]
    pub fn task_results(&self) -> TaskResults {
        results(&self.journal, |event| self.state_of_event(event))
    }
}

impl Runtime {
    /// What tasks answered in a workflow's last execution that has ended; nothing where there is none, or a very long one.
    ///
    /// # Errors
    /// [`LoadError`] when its record can't be read.
    pub fn last_results(&self, workflow: &str) -> Result<TaskResults, LoadError> {
        let store = self.store();
        let query = RunQuery {
            workflow: Some(workflow.to_owned()),
            open_only: false,
            limit: LOOKED_AT,
        };
        let ended = |status: &str| RunPhase::of_ended(status).is_some();
        let runs = store.list(&query)?;
        let Some(last) = runs.iter().find(|run| ended(&run.standing.status)) else {
            return Ok(TaskResults::new());
        };
        if store.count(last.row, Stream::Events)? > MOST_EVENTS {
            return Ok(TaskResults::new());
        }
        let lines = |stream| store.lines(last.row, stream, 0, u32::MAX);
        let values = record::read_values(lines(Stream::Values)?)?;
        let journal = record::read_journal(&lines(Stream::Journal)?, &values)?;
        let events = record::read_events(&lines(Stream::Events)?, &values)?;
        Ok(results(&journal, |event| {
            let event = events.get((event as usize).wrapping_sub(1))?;
            event.state.as_deref().map(str::to_owned)
        }))
    }
}

/// A task is known by the event that scheduled it, which happened in its state.
fn results(journal: &[JournalEntry], state_of: impl Fn(EventId) -> Option<String>) -> TaskResults {
    let mut results = TaskResults::new();
    for entry in journal {
        if let Entry::Input(Input::TaskSucceeded { command, output }) = &entry.entry
            && let Some(state) = state_of(*command)
        {
            results.insert(state, output.clone());
        }
    }
    results
}
