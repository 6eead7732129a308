//! The face of this crate: the executions of one project, started, found, gone on with, debugged and forked.

mod functions;
mod machines;
mod owner;
mod request;
mod start;
mod tokens;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use engine::{ExecutionStart, Parent, Position, Timestamp};
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::debugger::{Breakpoint, Move};
use crate::digest::digest;
use crate::dispatch::Dispatcher;
use crate::functions::Functions;
use crate::integrations::sdk::Answering;
use crate::registry::Registry;
use crate::run::{PauseReason, Run, RunPhase, RunState, StoredStatus};
use crate::store::{Claim, NewRun, RunQuery, Store, StoredRun};
use crate::{driver, log};
pub use machines::{StartMachine, StartMachineError, StartedExecution};
use owner::OwnerRequest;
use request::Origin;
pub use request::{DataEdit, Identity, NotRunnable, RunError, StartRun};
pub use tokens::{TaskOutcome, TokenError};

/// Ended runs that stay in memory, newest first; the others are read from their record when they are looked at.
const KEPT: usize = 8;

/// A runtime that may be gone: what works for an execution must not keep it alive.
#[derive(Clone)]
pub(crate) struct WeakRuntime(Weak<Shared>);

impl WeakRuntime {
    pub(crate) fn upgrade(&self) -> Option<Runtime> {
        self.0.upgrade().map(|shared| Runtime { shared })
    }
}

/// The executions of one project.
#[derive(Clone)]
pub struct Runtime {
    shared: Arc<Shared>,
}

struct Shared {
    store: Arc<Store>,
    clock: Clock,
    functions: Arc<Functions>,
    registry: Registry,
    /// Told when a task waits for a worker.
    waiting: Notify,
    endpoint: OnceLock<Answering>,
    runs: Mutex<HashMap<String, Run>>,
    news: Arc<Notify>,
    tasks: Mutex<Vec<tokio::task::AbortHandle>>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        for task in self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner) {
            task.abort();
        }
    }
}

impl Runtime {
    /// A runtime over a store and functions. Call it inside a tokio runtime.
    #[must_use]
    pub fn new(store: Arc<Store>, clock: Clock, functions: Arc<Functions>) -> Self {
        let shared = Arc::new(Shared {
            registry: Registry::new(store.clone()),
            waiting: Notify::new(),
            endpoint: OnceLock::new(),
            store,
            clock,
            functions,
            runs: Mutex::default(),
            news: Arc::new(Notify::new()),
            tasks: Mutex::default(),
        });
        let runtime = Self { shared };
        let listen = tokio::spawn(log::route(
            Arc::downgrade(&runtime.shared.store),
            runtime.shared.functions.logs(),
            {
                let weak = Arc::downgrade(&runtime.shared);
                move |name: &str| {
                    weak.upgrade()
                        .and_then(|shared| Self { shared }.runs().get(name).cloned())
                }
            },
        ));
        let asked = tokio::spawn(owner::answer_requests(runtime.downgrade()));
        runtime
            .tasks()
            .extend([listen.abort_handle(), asked.abort_handle()]);
        runtime
    }

    fn runs(&self) -> MutexGuard<'_, HashMap<String, Run>> {
        self.shared.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tasks(&self) -> MutexGuard<'_, Vec<tokio::task::AbortHandle>> {
        self.shared.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where runs are kept.
    #[must_use]
    pub fn store(&self) -> &Arc<Store> {
        &self.shared.store
    }

    /// The functions that executions call.
    #[must_use]
    pub fn functions(&self) -> &Arc<Functions> {
        &self.shared.functions
    }

    /// State machines and activities.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.shared.registry
    }

    /// Lets Task states reach the AWS endpoint of this process. The first one stays.
    pub fn answer_sdk_calls(&self, answering: Answering) {
        let _ = self.shared.endpoint.set(answering);
    }

    pub(crate) fn endpoint(&self) -> Option<&Answering> {
        self.shared.endpoint.get()
    }

    pub(crate) fn downgrade(&self) -> WeakRuntime {
        WeakRuntime(Arc::downgrade(&self.shared))
    }

    /// Waits until some run has something new to see; then ask [`Runtime::with_news`].
    pub async fn news(&self) {
        self.shared.news.notified().await;
    }

    /// Runs in memory that have something new since the last call.
    #[must_use]
    pub fn with_news(&self) -> Vec<Run> {
        self.runs()
            .values()
            .filter(|run| run.take_news())
            .cloned()
            .collect()
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.shared.clock.now().timestamp_millis())
    }

    /// Starts an execution.
    ///
    /// # Errors
    /// [`RunError::Store`], with [`StoreError::NameTaken`] where the name is taken.
    pub async fn start(&self, wish: StartRun) -> Result<Run, RunError> {
        self.start_as(wish, Identity::default()).await
    }

    /// Starts an execution of a state machine that has an identity of its own on the service.
    ///
    /// # Errors
    /// As [`Runtime::start`].
    pub async fn start_as(&self, wish: StartRun, identity: Identity) -> Result<Run, RunError> {
        let name = match &wish.name {
            Some(name) => name.clone(),
            None => self.make_up_name()?,
        };
        let mut start = self.execution_start(&wish, &name);
        if let Some(role) = identity.role_arn {
            start.role_arn = role.into();
        }
        start.started_as = identity.started_as;
        start.started_by = identity.started_by;
        let key = self.key_for(&start)?;
        let mut state = RunState::begin(
            wish.machine.clone(),
            start.clone(),
            &self.shared.clock,
            wish.virtual_time,
        );
        if let Some(breakpoints) = &wish.breakpoints {
            state.debugger.enabled = true;
            state.debugger.set_breakpoints(&wish.machine, breakpoints);
        }
        if let (true, Some((frame, boundary))) = (wish.stop_on_entry, state.foremost()) {
            state.pause(frame, boundary, PauseReason::Entry);
        }
        let origin = Origin {
            workflow: wish.workflow,
            document: wish.document,
            parent: None,
            served: identity.served,
        };
        self.keep_and_drive(&key, origin, start, state).await
    }

    async fn keep_and_drive(
        &self,
        key: &str,
        origin: Origin,
        start: ExecutionStart,
        mut state: RunState,
    ) -> Result<Run, RunError> {
        let new = NewRun {
            name: key.to_owned(),
            workflow: origin.workflow,
            document: origin.document,
            definition: state.machine.text.to_string(),
            digest: start.definition_digest.to_string(),
            // Cannot fail: plain data.
            start: serde_json::to_string(&start).unwrap_or_default(),
            created: self.now().0,
            started: start.start.0,
            parent: origin.parent,
            served: origin.served,
            debug: state.debugger.enabled,
            virtual_time: state.virtual_time,
        };
        // A fork shares the beginning of its parent's record. It is kept with the execution's row: one that was killed
        // right after would stand at its start otherwise.
        let beginning = state.take_unkept_chunks();
        let (runtime, name) = (self.clone(), key.to_owned());
        // In a task of its own: whoever asked may go away meanwhile, as a client does that hangs up, and what is
        // recorded has to be driven all the same.
        let kept = tokio::spawn(async move {
            runtime.shared.store.create(new, beginning).await?;
            state.committed = state.journal.len();
            let stored = runtime.stored(&name)?;
            Ok(runtime.drive(&stored, state))
        });
        match kept.await.map_err(tokio::task::JoinError::try_into_panic) {
            Ok(run) => run,
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            // Only when all of the process ends: it goes on with the execution at its next start, if it was kept.
            Err(Err(_)) => Err(RunError::Unknown(key.to_owned())),
        }
    }

    fn drive(&self, stored: &StoredRun, state: RunState) -> Run {
        let run = Run::new(stored, state, false, self.shared.news.clone());
        self.put(&run);
        self.set_off(&run);
        run
    }

    fn set_off(&self, run: &Run) {
        let dispatcher = Dispatcher::new(self.downgrade());
        run.set_driven(true);
        let task = tokio::spawn(driver::drive(run.clone(), self.shared.store.clone(), dispatcher));
        let mut tasks = self.tasks();
        tasks.retain(|task| !task.is_finished());
        tasks.push(task.abort_handle());
    }

    /// Keeps a run in memory, and lets go of ended ones that were kept longest.
    fn put(&self, run: &Run) {
        let mut runs = self.runs();
        runs.insert(run.name().to_owned(), run.clone());
        let mut ended: Vec<_> = runs
            .values()
            .filter(|run| run.is_seen_settled())
            .map(|run| (run.row(), run.name().to_owned()))
            .collect();
        ended.sort_unstable();
        let surplus = ended.len().saturating_sub(KEPT);
        for (_, name) in ended.into_iter().take(surplus) {
            runs.remove(&name);
        }
    }

    fn stored(&self, name: &str) -> Result<StoredRun, RunError> {
        self.shared
            .store
            .find(name)?
            .ok_or_else(|| RunError::Unknown(name.to_owned()))
    }

    /// An execution: as it is in this process, else read from its record.
    ///
    /// # Errors
    /// [`RunError::Unknown`], or why the record can't be read.
    pub fn run(&self, name: &str) -> Result<Run, RunError> {
        let known = self.runs().get(name).cloned();
        if let Some(run) = known
            && (!run.is_foreign() || self.is_up_to_date(&run)?)
        {
            return Ok(run);
        }
        let stored = self.stored(name)?;
        let foreign = stored.standing.ended.is_none() && self.shared.store.driven_elsewhere(stored.row)?;
        let state = RunState::load(&self.shared.store, &stored, &self.shared.clock)?;
        let run = Run::new(&stored, state, foreign, self.shared.news.clone());
        self.put(&run);
        Ok(run)
    }

    fn is_up_to_date(&self, run: &Run) -> Result<bool, RunError> {
        let kept = self
            .shared
            .store
            .count(run.row(), crate::store::Stream::Journal)?;
        let alive = self.shared.store.driven_elsewhere(run.row())?;
        Ok(alive && kept as usize == run.state().journal.len())
    }

    /// Executions in the store, newest first, with how they stand.
    ///
    /// # Errors
    /// What the store says.
    pub fn list(&self, query: &RunQuery) -> Result<Vec<StoredStatus>, RunError> {
        let stored = self.shared.store.list(query)?;
        stored
            .into_iter()
            .map(|run| {
                Ok(StoredStatus {
                    phase: self.phase(&run)?,
                    run,
                })
            })
            .collect()
    }

    fn phase(&self, run: &StoredRun) -> Result<RunPhase, RunError> {
        if let Some(phase) = RunPhase::of_ended(&run.standing.status) {
            return Ok(phase);
        }
        let here = self
            .runs()
            .get(&run.name)
            .filter(|run| !run.is_foreign())
            .cloned();
        match here {
            Some(run) => Ok(run.phase()),
            None if self.shared.store.driven_elsewhere(run.row)? => Ok(RunPhase::Elsewhere),
            None => Ok(RunPhase::Interrupted),
        }
    }

    /// Whether nobody drives an execution that has not ended.
    pub(crate) fn is_adrift(&self, stored: &StoredRun) -> bool {
        let here = self.runs().get(&stored.name).is_some_and(Run::is_driven);
        !here && matches!(self.shared.store.driven_elsewhere(stored.row), Ok(false))
    }

    /// Goes on with an execution whose process is gone.
    ///
    /// # Errors
    /// [`RunError::Ended`], [`RunError::Elsewhere`], or why its record can't be read.
    pub async fn resume(&self, name: &str) -> Result<Run, RunError> {
        let known = self.runs().get(name).cloned();
        if let Some(run) = known.filter(Run::is_driven) {
            return Ok(run);
        }
        let stored = self.stored(name)?;
        match self.shared.store.claim(stored.row, self.now().0).await? {
            Claim::Ended => Err(RunError::Ended(name.to_owned())),
            Claim::Elsewhere => Err(RunError::Elsewhere(name.to_owned())),
            Claim::Ours => {
                let mut state = RunState::load(&self.shared.store, &stored, &self.shared.clock)?;
                state.go_on_from(self.now());
                Ok(self.drive(&stored, state))
            }
        }
    }

    /// Stops an execution, wherever it runs.
    ///
    /// # Errors
    /// [`RunError::Unknown`] or [`RunError::Ended`].
    pub async fn stop(
        &self,
        name: &str,
        error: Option<String>,
        cause: Option<String>,
    ) -> Result<(), RunError> {
        let known = self.runs().get(name).cloned();
        if let Some(run) = known.filter(Run::is_driven) {
            run.stop(error, cause);
            return Ok(());
        }
        let stored = self.stored(name)?;
        if stored.standing.ended.is_some() {
            return Err(RunError::Ended(name.to_owned()));
        }
        if self.shared.store.driven_elsewhere(stored.row)? {
            return self
                .ask_owner(stored.row, &OwnerRequest::Stop { error, cause })
                .await;
        }
        let run = self.resume(name).await?;
        run.stop(error, cause);
        Ok(())
    }

    /// Removes an execution and its record. Its forks have a record of their own and stay.
    ///
    /// # Errors
    /// [`RunError::Unknown`], or [`RunError::Open`] while it goes on, here or elsewhere.
    pub async fn remove(&self, name: &str) -> Result<(), RunError> {
        let stored = self.stored(name)?;
        if matches!(
            self.phase(&stored)?,
            RunPhase::Running | RunPhase::Paused | RunPhase::Elsewhere
        ) {
            return Err(RunError::Open(name.to_owned()));
        }
        self.runs().remove(name);
        Ok(self.shared.store.remove(stored.row).await?)
    }

    /// Moves a debugged run.
    ///
    /// # Errors
    /// [`RunError::NotPaused`] for a step of a run that is not held, [`RunError::Elsewhere`].
    pub fn step(&self, run: &Run, how: Move) -> Result<(), RunError> {
        let mut state = run.state();
        let back = matches!(how, Move::Back | Move::ReverseContinue);
        let running = state.status().is_running();
        if running && !run.is_driven() && !back && state.debugger.past.is_none() {
            return Err(RunError::Elsewhere(run.name().to_owned()));
        }
        if back {
            if running && state.debugger.paused.is_none() && run.is_driven() {
                return Err(RunError::NotPaused(run.name().to_owned()));
            }
            state.go_back(how)?;
        } else if state.debugger.past.is_some() {
            state.go_forward(how)?;
        } else if !running {
            return Err(RunError::Ended(run.name().to_owned()));
        } else if state.debugger.paused.is_none() && how != Move::Pause {
            return Err(RunError::NotPaused(run.name().to_owned()));
        } else {
            state.step_live(how);
        }
        drop(state);
        run.wake();
        Ok(())
    }

    /// Replaces the breakpoints of a workflow in all its debugged runs.
    pub fn set_breakpoints(&self, workflow: &str, breakpoints: &[Breakpoint]) {
        let runs: Vec<_> = self
            .runs()
            .values()
            .filter(|run| run.workflow() == workflow)
            .cloned()
            .collect();
        for run in runs {
            let mut state = run.state();
            let machine = state.machine.clone();
            state.debugger.set_breakpoints(&machine, breakpoints);
        }
    }

    /// Shows the moment just before an event; none = the newest. Nothing is invoked.
    ///
    /// # Errors
    /// [`RunError::NotPaused`] for a run that goes on, or why the journal can't be replayed.
    pub fn seek(&self, run: &Run, event: Option<u32>) -> Result<(), RunError> {
        let mut state = run.state();
        if state.status().is_running() && state.debugger.paused.is_none() && run.is_driven() {
            return Err(RunError::NotPaused(run.name().to_owned()));
        }
        match event {
            Some(event) => state.show_event(event)?,
            None => state.show_live(),
        }
        drop(state);
        run.wake();
        Ok(())
    }

    /// Changes data where a debugger stands. In the past, or after the end, this makes a fork that stands there.
    ///
    /// # Errors
    /// [`RunError::NotPaused`], or why the fork can't be made.
    pub async fn edit(&self, run: &Run, frame: engine::FrameId, edit: DataEdit) -> Result<Run, RunError> {
        let (past, held) = {
            let state = run.state();
            (state.debugger.past.is_some(), state.debugger.paused.is_some())
        };
        let target = if past {
            self.fork(run, true, false).await?
        } else if held && run.is_driven() {
            run.clone()
        } else {
            return Err(RunError::NotPaused(run.name().to_owned()));
        };
        target.input(edit.into_input(frame));
        Ok(target)
    }

    /// A new execution that goes on from the moment shown. The parent stays as it is.
    ///
    /// # Errors
    /// Why it can't be made.
    pub async fn fork(&self, run: &Run, reuse_results: bool, go: bool) -> Result<Run, RunError> {
        let stored = self.stored(run.name())?;
        let name = self.make_up_name()?;
        let (state, start) = {
            let state = run.state();
            let position: Position = state.shown();
            let mut start = state.start.clone();
            start.parent = Some(Parent {
                execution_arn: start.execution_arn.clone(),
                position,
            });
            start.execution_arn = renamed(&start.execution_arn, &name).into();
            start.name = name.as_str().into();
            (
                state.fork(start.clone(), position, reuse_results, &self.shared.clock)?,
                start,
            )
        };
        let origin = Origin {
            workflow: stored.workflow,
            document: stored.document,
            parent: Some(run.name().to_owned()),
            served: false,
        };
        let fork = self.keep_and_drive(&name, origin, start, state).await?;
        fork.state().debugger.copy_breakpoints(&run.state().debugger);
        if go {
            self.step(&fork, Move::Continue)?;
        }
        Ok(fork)
    }
}

/// An execution's ARN with another name: `arn:aws:states:region:account:execution:machine:name`, in which a run's id may
/// follow.
fn renamed(arn: &str, name: &str) -> String {
    let parts = arn.split(':').enumerate();
    let parts: Vec<_> = parts
        .map(|(at, part)| if at == 7 { name } else { part })
        .collect();
    parts.join(":")
}
