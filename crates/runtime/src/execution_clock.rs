//! An execution's own clock: it runs with the machine's, stands while a debugger holds the execution, and in virtual
//! time jumps to the next timer. It never goes backwards.

use std::time::Duration;

use engine::Timestamp;

use crate::clock::Clock;

/// The clock of one execution.
#[derive(Debug, Clone)]
pub struct ExecutionClock {
    clock: Clock,
    /// What it showed when it last began or ceased to run, or jumped.
    shown: Timestamp,
    /// When that was; none while it stands.
    since: Option<Duration>,
}

impl ExecutionClock {
    /// A clock that shows `at` now and runs.
    #[must_use]
    pub fn starting(clock: &Clock, at: Timestamp) -> Self {
        Self {
            since: Some(clock.elapsed()),
            clock: clock.clone(),
            shown: at,
        }
    }

    /// A clock that stands at `at`.
    #[must_use]
    pub fn standing(clock: &Clock, at: Timestamp) -> Self {
        Self {
            since: None,
            clock: clock.clone(),
            shown: at,
        }
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self.since {
            Some(since) => self.shown + self.clock.elapsed().saturating_sub(since),
            None => self.shown,
        }
    }

    /// Whether it runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.since.is_some()
    }

    /// Lets it stand.
    pub fn stop(&mut self) {
        self.shown = self.now();
        self.since = None;
    }

    /// Lets it run on from what it shows.
    pub fn run(&mut self) {
        if self.since.is_none() {
            self.since = Some(self.clock.elapsed());
        }
    }

    /// Puts it forward to `at`; an earlier time changes nothing.
    pub fn jump_to(&mut self, at: Timestamp) {
        if at > self.now() {
            self.shown = at;
            self.since = self.since.map(|_| self.clock.elapsed());
        }
    }

    /// How long until it shows `at`; none while it stands.
    #[must_use]
    pub fn until(&self, at: Timestamp) -> Option<Duration> {
        self.since.map(|_| at - self.now())
    }
}
