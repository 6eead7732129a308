//! The open project: its workspace, its runtime, and the tasks that follow both and tell the page.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::runtime::Runtime;
use ::runtime::clock::Clock;
use ::runtime::functions::{Functions, FunctionsConfig};
use ::runtime::results::TaskResults;
use ::runtime::run::{RunPhase, StoredStatus};
use ::runtime::store::{RunQuery, Store, StoreError};
use ::workspace::{Configuration, Happened, Workspace};
use tokio::sync::{Notify, mpsc};

use crate::bus::{Bus, FRAME, Understood};
use crate::contract::{Breakpoint, CallError, Severity, StudioEvent};
use crate::handlers::{Builds, because};
use crate::views;

/// How long a change on disk is left to settle: editors write a file in several steps.
const SETTLE: Duration = Duration::from_millis(80);

/// How often unsaved text is put where a crash can't reach it.
const KEEP: Duration = Duration::from_millis(500);

/// How often is looked at what other processes do in the project.
const OTHERS: Duration = Duration::from_millis(700);

/// The open project.
pub(crate) struct Open {
    pub(crate) runtime: Runtime,
    pub(crate) root: PathBuf,
    workspace: Mutex<Workspace>,
    /// Drawings by document: most keys change nothing that is drawn.
    pub(crate) drawings: Mutex<HashMap<String, views::Drawing>>,
    pub(crate) breakpoints: Mutex<HashMap<String, Vec<Breakpoint>>>,
    /// Packages of functions that are being installed.
    pub(crate) builds: Mutex<Builds>,
    pub(crate) bus: Arc<Bus>,
    pub(crate) configuration: Arc<Configuration>,
    /// Runs that the page has been told about, and up to which epoch.
    pub(crate) told: Mutex<HashMap<String, views::Told>>,
    /// Documents that changed and have to be analysed.
    changed: mpsc::UnboundedSender<project::DocumentId>,
    tasks: Mutex<Vec<tokio::task::AbortHandle>>,
    /// A temporary record, where the folder can't be written.
    elsewhere: Option<Elsewhere>,
}

/// Where runs are recorded that their own folder can't keep: until the project is closed.
struct Elsewhere {
    /// Why the folder can't.
    reason: String,
    _folder: tempfile::TempDir,
}

impl Open {
    /// Opens a folder or a definition. Nothing in it is executed.
    pub(crate) async fn open(
        path: PathBuf,
        bus: Arc<Bus>,
        configuration: Arc<Configuration>,
        clock: Clock,
    ) -> Result<Arc<Self>, CallError> {
        let opening = tokio::task::spawn_blocking(move || Workspace::open(&path, project::Place::default()));
        let workspace = opening.await.map_err(|error| because("project.open")(&error))?;
        let mut workspace = workspace.map_err(|error| because("project.open")(&error))?;
        workspace.take_up_left_behind();
        let root = workspace.root().to_owned();
        let (store, elsewhere) = open_store(&root)?;
        let functions = Functions::start(clock.clone(), FunctionsConfig::default())
            .map_err(|error| because("project.functions")(&error))?;
        let functions = Arc::new(functions);
        functions.configure(views::function_specs(&workspace));
        let runtime = Runtime::new(Arc::new(store), clock, functions);
        let (changed, to_analyse) = mpsc::unbounded_channel();
        let open = Arc::new(Self {
            runtime,
            root,
            breakpoints: Mutex::new(load_breakpoints(&configuration, workspace.root())),
            workspace: Mutex::new(workspace),
            drawings: Mutex::default(),
            builds: Mutex::default(),
            bus,
            configuration,
            told: Mutex::default(),
            changed,
            tasks: Mutex::default(),
            elsewhere,
        });
        open.follow(to_analyse);
        Ok(open)
    }

    pub(crate) fn workspace(&self) -> MutexGuard<'_, Workspace> {
        self.workspace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why nothing can be kept in the folder, if so.
    pub(crate) fn unwritable(&self) -> Option<&str> {
        self.elsewhere.as_ref().map(|elsewhere| elsewhere.reason.as_str())
    }

    pub(crate) fn locked<'a, T>(&self, mutex: &'a Mutex<T>) -> MutexGuard<'a, T> {
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the tasks and the functions; what is not saved is kept for recovery.
    pub(crate) async fn close(&self) {
        for task in self.locked(&self.tasks).drain(..) {
            task.abort();
        }
        for document in self.workspace().open_documents() {
            document.keep_unsaved();
        }
        self.runtime.functions().shutdown().await;
    }

    /// A document changed: it is analysed soon, off the typing path.
    pub(crate) fn analyse_soon(&self, id: &project::DocumentId) {
        // Nobody listens while the project is being closed.
        let _ = self.changed.send(id.clone());
    }

    /// Checks a workflow's definition against what its tasks answered when it ran last.
    pub(crate) fn learn(&self, workflow: &str, results: TaskResults) {
        let learnt = self.workspace().learn(workflow, results);
        if let Some(id) = learnt {
            self.analyse_soon(&id);
        }
    }

    /// The same for a document that is opened, from the record.
    pub(crate) fn learn_from_record(&self, id: &project::DocumentId) {
        let workflow = {
            let workspace = self.workspace();
            let mut workflows = workspace.project().workflows.iter();
            workflows
                .find(|workflow| workflow.document == *id)
                .map(|workflow| workflow.id.clone())
        };
        let Some(workflow) = workflow else { return };
        match self.runtime.last_results(&workflow) {
            Ok(results) => self.learn(&workflow, results),
            // A run that can't be read says so where it is opened.
            Err(error) => tracing::debug!(%error, "the last run tells nothing"),
        }
    }

    fn follow(self: &Arc<Self>, to_analyse: mpsc::UnboundedReceiver<project::DocumentId>) {
        let tasks = [
            tokio::spawn(follow_disk(Arc::downgrade(self))),
            tokio::spawn(follow_runs(Arc::downgrade(self))),
            tokio::spawn(follow_other_processes(Arc::downgrade(self))),
            tokio::spawn(follow_documents(Arc::downgrade(self), to_analyse)),
            tokio::spawn(keep_unsaved(Arc::downgrade(self))),
        ];
        self.locked(&self.tasks)
            .extend(tasks.iter().map(tokio::task::JoinHandle::abort_handle));
    }

    /// Tells the page what the project is now.
    pub(crate) fn tell_project(&self) {
        self.runtime
            .functions()
            .configure(views::function_specs(&self.workspace()));
        let view = views::project(self);
        self.bus.send(&StudioEvent::Project { project: Some(view) });
    }

    /// Tells the page what happened to a document.
    pub(crate) fn tell_document(
        &self,
        id: &project::DocumentId,
        applied: Option<::workspace::document::Applied>,
    ) {
        if let Some(applied) = applied {
            self.bus
                .send(&StudioEvent::DocumentChanged(views::changed(id, applied)));
            self.analyse_soon(id);
        }
        let status = self.workspace().document(id).map(|open| views::status(open)).ok();
        if let Some(status) = status {
            self.bus.send(&StudioEvent::DocumentStatus(status));
        }
    }

    /// The functions that a document could call, by what stands for them in it.
    pub(crate) fn functions(&self, id: &project::DocumentId) -> Vec<crate::contract::FunctionOption> {
        let workspace = self.workspace();
        views::function_options(&workspace.project().functions, &substitutions(&workspace, id))
    }

    /// Analyses a document as it is now.
    pub(crate) fn analyse(&self, id: &project::DocumentId) -> Option<Understood> {
        let (known, unread, names) = {
            let mut workspace = self.workspace();
            let names = substitutions(&workspace, id);
            let document = &workspace.document(id).ok()?.document;
            (document.known_analysis(), document.unread(), names)
        };
        let analysis = known.unwrap_or_else(|| {
            // Not while the workspace is held: typing goes on meanwhile.
            let analysis = Arc::new(unread.read());
            if let Ok(open) = self.workspace().document(id) {
                open.document.keep(&unread, &analysis);
            }
            analysis
        });
        let mut drawings = self.locked(&self.drawings);
        let drawing = drawings.entry(id.to_string()).or_default();
        Some(views::understood(id, &analysis, &names, drawing))
    }
}

/// What `${…}` in a document stands for.
fn substitutions(workspace: &Workspace, id: &project::DocumentId) -> BTreeMap<String, String> {
    let workflows = &workspace.project().workflows;
    let workflow = workflows.iter().find(|workflow| workflow.document == *id);
    workflow
        .map(|workflow| workflow.substitutions.clone())
        .unwrap_or_default()
}

fn open_store(root: &Path) -> Result<(Store, Option<Elsewhere>), CallError> {
    match Store::open(root) {
        Ok(store) => Ok((store, None)),
        Err(StoreError::Folder { path, source }) => {
            let folder = tempfile::tempdir().map_err(|error| because("project.store")(&error))?;
            let store = Store::open(folder.path()).map_err(|error| because("project.store")(&error))?;
            let elsewhere = Elsewhere {
                reason: format!("{}: {source}", path.display()),
                _folder: folder,
            };
            Ok((store, Some(elsewhere)))
        }
        Err(error) => Err(because("project.store")(&error)),
    }
}

fn load_breakpoints(configuration: &Configuration, root: &Path) -> HashMap<String, Vec<Breakpoint>> {
    let text = configuration.setting(&breakpoints_key(root));
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

pub(crate) fn breakpoints_key(root: &Path) -> String {
    format!("breakpoints {}", root.display())
}

async fn follow_disk(open: std::sync::Weak<Open>) {
    let wake = Arc::new(Notify::new());
    loop {
        // Watching again after each change takes in folders that have come.
        let watcher = {
            let Some(open) = open.upgrade() else { return };
            let wake = wake.clone();
            open.workspace().watch(move || wake.notify_one())
        };
        if let Err(error) = &watcher {
            let Some(open) = open.upgrade() else { return };
            let message = format!("Changes by other programs are not noticed: {error}.");
            open.bus.send(&StudioEvent::Notice {
                severity: Severity::Warning,
                message,
            });
            return;
        }
        wake.notified().await;
        tokio::time::sleep(SETTLE).await;
        let Some(open) = open.upgrade() else { return };
        let happened = open
            .workspace()
            .refresh(|workflow| is_running(&open.runtime, workflow));
        for happened in happened {
            match happened {
                Happened::Project => open.tell_project(),
                Happened::Document(id, applied) => open.tell_document(&id, applied),
            }
        }
    }
}

async fn follow_runs(open: std::sync::Weak<Open>) {
    loop {
        let runtime = {
            let Some(open) = open.upgrade() else { return };
            open.runtime.clone()
        };
        runtime.news().await;
        tokio::time::sleep(FRAME).await;
        let Some(open) = open.upgrade() else { return };
        for run in runtime.with_news() {
            for event in views::news(&open, &run) {
                open.bus.send(&event);
            }
            if run.phase().is_ended() {
                let results = run.state().task_results();
                open.learn(run.workflow(), results);
            }
        }
    }
}

/// Whether this process runs a workflow, or holds it.
fn is_running(runtime: &Runtime, workflow: &str) -> bool {
    let query = RunQuery {
        workflow: Some(workflow.to_owned()),
        open_only: true,
        limit: u32::MAX,
    };
    let live = |run: &StoredStatus| matches!(run.phase, RunPhase::Running | RunPhase::Paused);
    runtime.list(&query).is_ok_and(|open| open.iter().any(live))
}

/// Tells the page of executions that other processes start, drive and end: `run` and `serve` may share the project.
async fn follow_other_processes(open: std::sync::Weak<Open>) {
    // As it was when the project was opened: the page lists runs after that, and hears of all that come later.
    let mut before = open.upgrade().and_then(|open| open.runtime.store().pulse().ok());
    loop {
        tokio::time::sleep(OTHERS).await;
        let Some(open) = open.upgrade() else { return };
        let looking = tokio::task::spawn_blocking(move || {
            let pulse = open.runtime.store().pulse().ok();
            for run in open.runtime.follow_foreign() {
                for event in views::seen_elsewhere(&open, &run) {
                    open.bus.send(&event);
                }
            }
            if before.is_some() && pulse != before {
                open.bus.send(&StudioEvent::RunsChanged {});
            }
            pulse
        });
        // A look that failed is made again.
        before = looking.await.unwrap_or(before);
    }
}

async fn follow_documents(
    open: std::sync::Weak<Open>,
    mut changed: mpsc::UnboundedReceiver<project::DocumentId>,
) {
    while let Some(id) = changed.recv().await {
        let mut ids = std::collections::BTreeSet::from([id]);
        while let Ok(id) = changed.try_recv() {
            ids.insert(id);
        }
        let Some(open) = open.upgrade() else { return };
        let analysing = tokio::task::spawn_blocking(move || {
            for id in ids {
                if let Some(understood) = open.analyse(&id) {
                    open.bus.tell_analysis(&Arc::new(understood));
                }
            }
        });
        if analysing.await.is_err() {
            tracing::error!("an analysis ended early");
        }
    }
}

async fn keep_unsaved(open: std::sync::Weak<Open>) {
    loop {
        tokio::time::sleep(KEEP).await;
        let Some(open) = open.upgrade() else { return };
        let mut told = Vec::new();
        for document in open.workspace().open_documents() {
            if document.keep_unsaved() {
                told.push(document.id.clone());
            }
        }
        for id in told {
            open.tell_document(&id, None);
        }
    }
}
