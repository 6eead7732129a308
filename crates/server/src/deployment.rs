//! What an endpoint serves: a runtime over a folder's record, with the state machines and functions that the folder's
//! files declare. Files that change are deployed anew.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use asl::text::Format;
use project::Place;
use project::document::locate;
use project::export::{Placeholders, asl_json};
use runtime::clock::Clock;
use runtime::functions::{FunctionSpec, Functions, FunctionsConfig, FunctionsError};
use runtime::registry::Machine;
use runtime::store::{Store, StoreError};
use runtime::{RunError, Runtime};
use tokio::sync::Notify;
use workspace::{OpenError, Workspace};

/// How long a change on disk is left to settle: editors write a file in several steps.
const SETTLE: Duration = Duration::from_millis(100);

/// What is served, and where it is kept.
#[derive(Debug, Clone)]
pub struct Served {
    /// A project whose files declare state machines and functions; its `.stepwell` folder keeps the record.
    pub project: Option<PathBuf>,
    /// Where the record is kept without a project.
    pub data: PathBuf,
    /// The account and region that are answered for.
    pub place: Place,
    /// `AWS_ENDPOINT_URL` for functions.
    pub endpoint: String,
}

/// A runtime with what is deployed to it.
pub struct Deployment {
    runtime: Runtime,
    project: Option<Arc<Mutex<Workspace>>>,
    follow: Option<tokio::task::AbortHandle>,
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum DeploymentError {
    /// The project can't be opened.
    #[error(transparent)]
    Project(#[from] OpenError),
    /// The record can't be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Functions can't be run.
    #[error(transparent)]
    Functions(#[from] FunctionsError),
}

impl Deployment {
    /// Opens the record and deploys the project. Nothing runs yet.
    ///
    /// # Errors
    /// [`DeploymentError`].
    pub fn open(served: &Served) -> Result<Self, DeploymentError> {
        let workspace = match &served.project {
            Some(project) => Some(Workspace::open(project, served.place.clone())?),
            None => None,
        };
        let home = workspace.as_ref().map_or(served.data.as_path(), Workspace::root);
        let store = Arc::new(Store::open(home)?);
        let config = FunctionsConfig {
            endpoint: Some(served.endpoint.clone()),
            ..FunctionsConfig::default()
        };
        let functions = Arc::new(Functions::start(Clock::system(), config)?);
        let runtime = Runtime::new(store, Clock::system(), functions);
        let mut deployment = Self {
            runtime,
            project: workspace.map(|workspace| Arc::new(Mutex::new(workspace))),
            follow: None,
        };
        deployment.runtime.registry().sweep_code()?;
        deployment.runtime.functions_changed()?;
        if let Some(project) = deployment.project.clone() {
            deploy(&deployment.runtime, &project);
            let follow = tokio::spawn(follow(deployment.runtime.clone(), project));
            deployment.follow = Some(follow.abort_handle());
        }
        Ok(deployment)
    }

    /// The runtime.
    #[must_use]
    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Goes on with the executions that ran over an endpoint when its process ended. Answers how many.
    ///
    /// # Errors
    /// What the store says; an execution that can't be gone on with is left as it is.
    pub async fn resume(&self) -> Result<usize, StoreError> {
        let mut resumed = 0;
        for name in self.runtime.store().served_open()? {
            match self.runtime.resume(&name).await {
                Ok(_) => resumed += 1,
                Err(RunError::Ended(_) | RunError::Elsewhere(_)) => {}
                Err(error) => tracing::warn!(%error, execution = name, "an execution can't be gone on with"),
            }
        }
        Ok(resumed)
    }

    /// Lets go of the executions, which the next process goes on with, and ends the functions.
    pub async fn suspend(self) {
        if let Some(follow) = &self.follow {
            follow.abort();
        }
        self.runtime.suspend().await;
    }
}

/// Hands what the project's files declare to the runtime. What can't be deployed is said and left out.
fn deploy(runtime: &Runtime, project: &Mutex<Workspace>) {
    let workspace = project.lock().unwrap_or_else(PoisonError::into_inner);
    for problem in &workspace.project().problems {
        tracing::warn!("{}: {}", problem.path, problem.message);
    }
    let specs = FunctionSpec::of_project(workspace.project(), workspace.root(), workspace.place());
    if let Err(error) = runtime.declare_functions(specs) {
        tracing::warn!(%error, "uploaded functions can't be read");
    }
    let now = runtime.time();
    let machines = workspace.project().workflows.iter().filter_map(|workflow| {
        let definition = definition(&workspace, workflow)
            .map_err(|error| tracing::warn!("{}: {error}; it is not served", workflow.document))
            .ok()?;
        let mut machine = Machine::of_project(workflow, definition, workspace.place(), now);
        // A machine that did not change is as old as it was.
        if let Some(before) = runtime.registry().declared(&machine.arn) {
            machine.created = before.created;
            if before.is_same(&machine) {
                machine.updated = before.updated;
            }
        }
        Some(machine)
    });
    let machines = machines.collect();
    runtime.registry().declare(machines);
}

/// A workflow's definition as it is deployed: JSON with its substitutions resolved.
fn definition(workspace: &Workspace, workflow: &project::Workflow) -> Result<String, String> {
    let path = Path::new(&workflow.document.path);
    let text = workspace.text(&workflow.document.path);
    let text = text.ok_or_else(|| format!("{} can't be read", path.display()))?;
    let located = locate(&workflow.document, &text);
    let located = located.ok_or("the template has no definition for it")?;
    let json = asl_json(&located.text, located.format, workflow, Placeholders::Resolve)
        .map_err(|error| error.to_string())?;
    match asl::machine::StateMachine::parse(&json.text, Format::Json) {
        Ok(_) => Ok(json.text),
        Err(problems) => Err(problems.first().map_or_else(String::new, ToString::to_string)),
    }
}

/// Deploys anew whenever the project's files change.
async fn follow(runtime: Runtime, project: Arc<Mutex<Workspace>>) {
    let wake = Arc::new(Notify::new());
    loop {
        // Watching again after each change takes in folders that have come.
        let watcher = {
            let wake = wake.clone();
            let workspace = project.lock().unwrap_or_else(PoisonError::into_inner);
            workspace.watch(move || wake.notify_one())
        };
        if let Err(error) = &watcher {
            tracing::warn!(%error, "changes of the project's files are not noticed");
            return;
        }
        wake.notified().await;
        tokio::time::sleep(SETTLE).await;
        let happened = project
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .refresh(|_| false);
        drop(happened);
        deploy(&runtime, &project);
    }
}
