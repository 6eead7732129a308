//! One execution in this process: what is known of it, and the lock around it.
//!
//! ```text
//! driver (a task) ─┐                        ┌─ store: journal, events, changes, log
//! functions' answers├─→ RunState (a mutex) ─┤
//! user, debugger  ─┘                        └─ watchers: something changed
//! ```
//!
//! Every change goes through [`RunState::handle`] or [`RunState::advance`], which put it into the journal; nothing
//! else touches the execution. The lock is never held across an `await`.

mod load;
mod state;
mod view;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use engine::{EventId, Input};
use tokio::sync::Notify;

pub use load::LoadError;
pub use state::{PauseReason, Paused, RunState};
pub use view::{RunPhase, StoredStatus};

use crate::record::LogRecord;
use crate::store::{RowId, StoreError, StoredRun};

/// An execution in this process. Clones are the same run.
#[derive(Clone)]
pub struct Run {
    inner: Arc<Inner>,
}

struct Inner {
    stored: StoredRun,
    /// Another process drives it: this is a picture of its record.
    foreign: AtomicBool,
    /// A driver of this process is on it.
    driven: AtomicBool,
    state: Mutex<RunState>,
    wake: Notify,
    changed: Arc<Notify>,
    dirty: AtomicBool,
    settled: Notify,
}

impl Run {
    /// A run around its state; `changed` is told whenever there is something new to see.
    pub(crate) fn new(stored: &StoredRun, state: RunState, foreign: bool, changed: Arc<Notify>) -> Self {
        Self {
            inner: Arc::new(Inner {
                stored: stored.clone(),
                foreign: AtomicBool::new(foreign),
                driven: AtomicBool::new(false),
                state: Mutex::new(state),
                wake: Notify::new(),
                changed,
                dirty: AtomicBool::new(false),
                settled: Notify::new(),
            }),
        }
    }

    /// The execution's name: its identity in the project.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.stored.name
    }

    /// The workflow's id in the project.
    #[must_use]
    pub fn workflow(&self) -> &str {
        &self.inner.stored.workflow
    }

    /// Its row in the store as it was when the run was made or read: what never changes of it.
    #[must_use]
    pub fn stored(&self) -> &StoredRun {
        &self.inner.stored
    }

    /// Its row's number in the store.
    #[must_use]
    pub fn row(&self) -> RowId {
        self.inner.stored.row
    }

    /// Whether another process drives it.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.inner.foreign.load(Ordering::Relaxed)
    }

    /// Whether it goes on in this process.
    #[must_use]
    pub fn is_driven(&self) -> bool {
        self.inner.driven.load(Ordering::Relaxed)
    }

    pub(crate) fn set_driven(&self, driven: bool) {
        self.inner.driven.store(driven, Ordering::Relaxed);
    }

    /// What is known of it. Hold this for moments only: the driver waits meanwhile.
    pub fn state(&self) -> MutexGuard<'_, RunState> {
        // A panic elsewhere leaves the state as it was between two entries, which is a state like any other.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is known to have settled, without waiting: while it is moved it has not, and an expression of it may
    /// take seconds.
    pub(crate) fn is_seen_settled(&self) -> bool {
        match self.inner.state.try_lock() {
            Ok(state) => state.is_settled(),
            Err(TryLockError::Poisoned(state)) => state.into_inner().is_settled(),
            Err(TryLockError::WouldBlock) => false,
        }
    }

    /// Puts a fact into the execution and wakes its driver.
    pub fn input(&self, input: Input) {
        self.state().handle(input);
        self.wake();
    }

    /// Puts in what came of a task, and notes that it is not worked on any more. Under one lock: virtual time would
    /// otherwise see a moment in which nothing is worked on and nothing has come, and jump to the next timeout.
    pub(crate) fn answered(&self, command: EventId, input: Input) {
        let mut state = self.state();
        state.in_flight_ended(command, &input);
        state.handle(input);
        drop(state);
        self.wake();
    }

    /// Stops the execution: it is aborted. A debugger that holds it lets go first.
    pub fn stop(&self, error: Option<String>, cause: Option<String>) {
        let mut state = self.state();
        state.show_live();
        state.debugger.paused = None;
        state.handle(Input::Stop {
            error: error.map(Into::into),
            cause: cause.map(Into::into),
        });
        drop(state);
        self.wake();
    }

    /// Waits until everything that was put into the execution so far is committed: what is answered to a client then
    /// outlives the process.
    ///
    /// # Errors
    /// [`StoreError::Full`] while there is no room: it is committed later, if the process lives.
    pub(crate) async fn kept(&self) -> Result<(), StoreError> {
        let entries = self.state().journal.len();
        loop {
            let mut settled = std::pin::pin!(self.inner.settled.notified());
            settled.as_mut().enable();
            {
                let state = self.state();
                if state.committed >= entries {
                    return Ok(());
                }
                if state.trouble.is_some() {
                    return Err(StoreError::Full);
                }
            }
            settled.await;
        }
    }

    /// Tells who waits in [`Run::kept`] to look.
    pub(crate) fn settled(&self) {
        self.inner.settled.notify_waiters();
    }

    /// Takes a line that a function printed.
    pub(crate) fn add_log(&self, line: LogRecord) {
        self.state().log.push(line);
        self.wake();
    }

    /// Wakes the driver, and tells watchers to look.
    pub fn wake(&self) {
        self.inner.wake.notify_one();
        self.mark();
    }

    /// Waits until somebody calls [`Run::wake`].
    pub(crate) async fn woken(&self) {
        self.inner.wake.notified().await;
    }

    /// Tells watchers that there is something new.
    pub(crate) fn mark(&self) {
        if !self.inner.dirty.swap(true, Ordering::Relaxed) {
            self.inner.changed.notify_one();
        }
    }

    /// Whether something is new since the last call.
    #[must_use]
    pub fn take_news(&self) -> bool {
        self.inner.dirty.swap(false, Ordering::Relaxed)
    }

    /// Waits until the execution has ended and all of its record is committed.
    pub async fn ended(&self) {
        let mut pause = tokio::time::Duration::from_millis(1);
        while !self.state().is_settled() {
            // Only the command line waits like this; a watch per run would be kept for it alone.
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(tokio::time::Duration::from_millis(8));
        }
    }
}
