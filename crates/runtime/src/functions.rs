//! Lambda functions as processes on this machine: invoke one, and its code runs as on the service.
//!
//! Each *execution environment* is a process with a [Runtime API](runtime_api) of its own; it is reused while its
//! code stays the same, another is started when all are busy, and idle ones end. The parts:
//!
//! | file | what it knows |
//! |---|---|
//! | `spec` | what a template says about a function, and the names that callers use |
//! | `interpreter`, `bootstrap`, `launch` | what runs a runtime here, and with which variables |
//! | `environment`, `job`, `runtime_api`, `output` | one environment: its state, and how it is spoken to |
//! | `memory` | whether it takes more memory than it is given |
//! | `code`, `task_root` | whether the code changed, and which folder it runs from |
//! | `dependencies`, `build` | what the code needs beside it, and how that is installed |
//! | `package` | an uploaded package |
//! | `fault`, `report`, `logs` | what failures and logs look like |
//!
//! Absent on purpose: freezing an environment between invocations (background work goes on), and a file system of its
//! own. `TMPDIR`, which languages' own temporary files follow, is private to an environment and removed with it; the
//! path `/tmp` itself is the machine's, and no size is enforced.

mod bootstrap;
mod build;
mod code;
mod dependencies;
mod environment;
mod error;
mod fault;
mod interpreter;
mod job;
mod launch;
mod logs;
mod memory;
mod output;
mod package;
mod report;
mod runtime_api;
mod spec;
mod start;
mod task_root;

pub use build::{Build, BuildError};
pub use error::{FunctionsError, InvokeError};
pub use fault::FunctionError;
pub use interpreter::{Interpreter, SearchPath};
pub use launch::Credentials;
pub use logs::{LogLine, Stream};
pub use package::{PackageError, unpack};
pub use spec::{FunctionSpec, ProjectCode};

use crate::{
    clock::{self, Clock},
    process::Guard,
};
use aws::lambda::{MAX_PAYLOAD_BYTES, Version};
use bootstrap::Bootstraps;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use code::{CodeWatch, Fingerprint, Look};
use interpreter::Interpreters;
use job::{Handle, Job};
use logs::LogBook;
use start::known_runtime;
use std::{
    collections::{BTreeMap, HashSet},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Semaphore, broadcast, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How functions are run.
#[derive(Debug, Clone)]
pub struct FunctionsConfig {
    /// `AWS_ENDPOINT_URL` for functions: where our own AWS endpoint listens.
    pub endpoint: Option<String>,
    /// Real credentials, where the user allowed functions to call AWS; local ones otherwise.
    pub credentials: Option<Credentials>,
    /// How long an environment is kept without work.
    pub idle: Duration,
    /// Most environments of one function at a time; invocations beyond them wait.
    pub concurrency: usize,
    /// Where environments get their folders; a temporary folder if `None`.
    pub scratch: Option<PathBuf>,
    /// Where interpreters are looked for.
    pub interpreters: SearchPath,
}

impl Default for FunctionsConfig {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            endpoint: None,
            credentials: None,
            idle: Duration::from_secs(300),
            concurrency: (cores * 4).clamp(8, 64),
            scratch: None,
            interpreters: SearchPath::default(),
        }
    }
}

/// What a caller tells about an invocation.
#[derive(Debug, Clone, Default)]
pub struct InvocationContext {
    /// X-Ray's header, as `Root=…;Parent=…;Sampled=…`; made up if `None`.
    pub trace_id: Option<String>,
    /// The client context, JSON text.
    pub client_context: Option<String>,
    /// Who asked, such as an execution's id: it is put on the log lines.
    pub source: Option<String>,
}

/// A finished invocation.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The id that the function saw.
    pub request_id: String,
    /// What it returned (JSON text, as it wrote it), or how it failed.
    pub result: Result<String, FunctionError>,
    /// Always `$LATEST`: there are no published versions here.
    pub executed_version: String,
    /// The last lines of its log, at most 4 KB of them.
    pub log_tail: Vec<String>,
    /// From the moment the runtime got the event.
    pub duration: Duration,
    /// How long the environment took to start, if this was its first invocation.
    pub init_duration: Option<Duration>,
    /// X-Ray's header that it ran under.
    pub trace_id: String,
    /// When it ended.
    pub finished: DateTime<Utc>,
}

/// Every function of a project, and their execution environments. Dropping it kills them all.
#[derive(Debug)]
pub struct Functions {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    clock: Clock,
    config: FunctionsConfig,
    scratch: PathBuf,
    /// Removes the scratch folder, where it is ours, when the last environment has ended.
    temporary: Option<Arc<tempfile::TempDir>>,
    bootstraps: Bootstraps,
    guard: Arc<Guard>,
    interpreters: Interpreters,
    functions: RwLock<BTreeMap<String, Arc<Function>>>,
    logs: Arc<LogBook>,
    started: AtomicU64,
    /// Functions that were told about the version they run on.
    warned: Mutex<HashSet<String>>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// One configured function.
#[derive(Debug)]
struct Function {
    spec: FunctionSpec,
    slots: Arc<Semaphore>,
    code: tokio::sync::Mutex<CodeWatch>,
    idle: Mutex<Vec<Handle>>,
}

impl Function {
    fn new(spec: FunctionSpec, concurrency: usize) -> Arc<Self> {
        Arc::new(Self {
            spec,
            slots: Arc::new(Semaphore::new(concurrency.max(1))),
            code: tokio::sync::Mutex::default(),
            idle: Mutex::default(),
        })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Handle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The environment used last, so that the others come to their idle limit; ones with other code are let go.
    fn take_idle(&self, code: Fingerprint) -> Option<Handle> {
        let mut idle = self.idle();
        idle.retain(|handle| handle.code == code && !handle.jobs.is_closed());
        idle.pop()
    }
}

impl Functions {
    /// Makes ready to run functions; none is known yet. Functions take real time, whatever time an execution is
    /// in, so `clock` should be the system's.
    ///
    /// # Errors
    /// When the scratch folder cannot be written, or the guard of the processes not be started.
    pub fn start(clock: Clock, config: FunctionsConfig) -> Result<Self, FunctionsError> {
        let (scratch, temporary) = match &config.scratch {
            Some(folder) => (folder.clone(), None),
            None => {
                let folder = tempfile::Builder::new().prefix("stepwell-functions-").tempdir();
                let folder =
                    folder.map_err(|source| FunctionsError::scratch(std::env::temp_dir(), source))?;
                (folder.path().to_owned(), Some(folder))
            }
        };
        let bootstraps = Bootstraps::write(scratch.join("runtime"));
        let bootstraps = bootstraps.map_err(|source| FunctionsError::scratch(scratch.clone(), source))?;
        let guard = Guard::start(temporary.as_ref().map(tempfile::TempDir::path));
        Ok(Self {
            shared: Arc::new(Shared {
                clock,
                interpreters: Interpreters::new(config.interpreters.clone()),
                config,
                scratch,
                temporary: temporary.map(Arc::new),
                bootstraps,
                guard: Arc::new(guard.map_err(FunctionsError::Guard)?),
                functions: RwLock::default(),
                logs: Arc::new(LogBook::new()),
                started: AtomicU64::new(0),
                warned: Mutex::default(),
                stop: CancellationToken::new(),
                tasks: TaskTracker::new(),
            }),
        })
    }

    /// Sets which functions there are. Those whose spec is unchanged keep their environments; the others' end as
    /// soon as they are not busy.
    pub fn configure(&self, specs: Vec<FunctionSpec>) {
        let mut functions = self
            .shared
            .functions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let mut before = std::mem::take(&mut *functions);
        for spec in specs {
            let kept = before.remove(&spec.name).filter(|function| function.spec == spec);
            let function = kept.unwrap_or_else(|| Function::new(spec, self.shared.config.concurrency));
            functions.insert(function.spec.name.clone(), function);
        }
    }

    /// Runs a function and waits for its result. When the returned future is dropped the function still finishes.
    ///
    /// `payload` is JSON text; an empty one means `{}`.
    ///
    /// # Errors
    /// When the function could not be run at all. A function that ran and failed is an [`Invocation`].
    pub async fn invoke(
        &self,
        target: &str,
        payload: impl Into<Bytes>,
        context: InvocationContext,
    ) -> Result<Invocation, InvokeError> {
        let payload = checked_payload(payload.into())?;
        let request_id = clock::random_uuid();
        let trace_id = context
            .trace_id
            .clone()
            .unwrap_or_else(|| trace_header(self.shared.clock.now()));
        let mut lost = 0;
        loop {
            let (function, arn) = self.find(target, &request_id)?;
            let look = self.shared.look(&function).await?;
            let slot = function.slots.clone().acquire_owned().await;
            let permit = slot.map_err(|_| InvokeError::ShuttingDown)?;
            let handle = match function.take_idle(look.fingerprint) {
                Some(handle) => handle,
                None => match self
                    .shared
                    .start_environment(&function, look, &context, &request_id)
                    .await?
                {
                    Ok(handle) => handle,
                    Err(failed) => return Ok(self.failed_start(failed, request_id, trace_id)),
                },
            };
            let (reply, answer) = oneshot::channel();
            let job = Job {
                request_id: request_id.clone(),
                payload: payload.clone(),
                arn,
                trace_id: trace_id.clone(),
                client_context: context.client_context.clone(),
                source: context.source.clone(),
                reply,
                permit,
                handle: handle.clone(),
            };
            if handle.jobs.send(job).await.is_ok()
                && let Ok(invocation) = answer.await
            {
                return Ok(invocation);
            }
            // The environment ended before it began with this: another one will do, but not for ever.
            lost += 1;
            if self.shared.stop.is_cancelled() || lost > self.shared.config.concurrency + 3 {
                return Err(InvokeError::ShuttingDown);
            }
        }
    }

    /// Log lines as they come, of all functions. A receiver that falls behind loses the oldest.
    pub fn logs(&self) -> broadcast::Receiver<LogLine> {
        self.shared.logs.subscribe()
    }

    /// The last lines of one function's log.
    pub fn last_logs(&self, function: &str) -> Vec<LogLine> {
        self.shared.logs.last(function)
    }

    /// What a runtime, such as `python3.13`, would run on here: the same version, or the nearest. `None` for a
    /// custom runtime, which brings its own program.
    ///
    /// # Errors
    /// When no version of it is installed, or it is not one that runs here.
    pub async fn interpreter(&self, runtime: &str) -> Result<Option<Interpreter>, InvokeError> {
        self.shared.interpreter(runtime).await
    }

    /// Ends every environment and waits until their processes are gone. Busy functions are killed.
    pub async fn shutdown(&self) {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        self.shared.tasks.wait().await;
    }

    /// Every function, by name.
    fn all(&self) -> Vec<Arc<Function>> {
        let functions = self
            .shared
            .functions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        functions.values().cloned().collect()
    }

    fn find(&self, target: &str, request_id: &str) -> Result<(Arc<Function>, String), InvokeError> {
        if self.shared.stop.is_cancelled() {
            return Err(InvokeError::ShuttingDown);
        }
        let (name, qualifier) = spec::name_and_qualifier(target);
        let functions = self
            .shared
            .functions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(function) = functions.get(name) else {
            // Functions of a project share region and account, so any of them tells the missing one's ARN.
            let sibling = functions.values().next().map(|function| &function.spec);
            let arn = match sibling {
                _ if target.starts_with("arn:") => target.split(':').take(7).collect::<Vec<_>>().join(":"),
                Some(spec) => FunctionSpec {
                    name: name.to_owned(),
                    ..spec.clone()
                }
                .arn(),
                None => name.to_owned(),
            };
            return Err(InvokeError::NotFound {
                arn: format!("{arn}:{}", qualifier.unwrap_or(aws::lambda::LATEST)),
                known: functions.keys().cloned().collect(),
                request_id: request_id.to_owned(),
            });
        };
        let arn = function.spec.arn();
        let arn = qualifier.map_or(arn.clone(), |qualifier| format!("{arn}:{qualifier}"));
        Ok((function.clone(), arn))
    }

    /// The invocation of an environment that did not come to life.
    fn failed_start(&self, error: FunctionError, request_id: String, trace_id: String) -> Invocation {
        Invocation {
            request_id,
            result: Err(error),
            executed_version: aws::lambda::LATEST.to_owned(),
            log_tail: Vec::new(),
            duration: Duration::ZERO,
            init_duration: None,
            trace_id,
            finished: self.shared.clock.now(),
        }
    }
}

impl Drop for Functions {
    fn drop(&mut self) {
        self.shared.stop.cancel();
    }
}

impl Shared {
    /// What a function's code is like now.
    async fn look(&self, function: &Function) -> Result<Look, InvokeError> {
        let spec = &function.spec;
        if !spec.code.is_dir() {
            return Err(InvokeError::code_missing(spec));
        }
        if !spec::is_name(&spec.name) {
            return Err(InvokeError::BadName {
                name: spec.name.clone(),
            });
        }
        let language = known_runtime(&spec.runtime)?.language;
        let interpreter = self.interpreter(&spec.runtime).await?;
        let version = interpreter.map_or(Version { major: 0, minor: 0 }, |found| found.version);
        let mut code = function.code.lock().await;
        let look = code.look(spec, language, version, &self.clock).await;
        look.ok_or_else(|| InvokeError::code_missing(spec))
    }

    fn next_environment(&self) -> u64 {
        self.started.fetch_add(1, Ordering::Relaxed)
    }
}

fn checked_payload(payload: Bytes) -> Result<Bytes, InvokeError> {
    if payload.len() > MAX_PAYLOAD_BYTES {
        return Err(InvokeError::PayloadTooLarge { bytes: payload.len() });
    }
    if payload.is_empty() {
        return Ok(Bytes::from_static(b"{}"));
    }
    match serde_json::from_slice::<serde::de::IgnoredAny>(&payload) {
        Ok(_) => Ok(payload),
        Err(error) => Err(InvokeError::InvalidPayload {
            reason: error.to_string(),
        }),
    }
}

/// A trace that nobody samples, as the service hands out where tracing is off.
fn trace_header(now: DateTime<Utc>) -> String {
    let id = clock::hex(&clock::random::<20>());
    format!(
        "Root=1-{:08x}-{};Parent={};Sampled=0",
        now.timestamp(),
        &id[..24],
        &id[24..]
    )
}
