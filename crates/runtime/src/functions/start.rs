//! Starts an execution environment: its folder, its Runtime API, its process, its task.

use super::{
    Function, FunctionError, Interpreter, InvocationContext, InvokeError, LogLine, Shared, Stream,
    code::Look,
    environment::{Environment, State},
    job::Handle,
    launch::{Launch, Program, log_stream, mark},
    output::Output,
    runtime_api::serve_api,
};
use crate::{doors::Token, process::ProcessGroup};
use aws::lambda::{Language, Runtime, runtime};
use std::{
    io,
    path::PathBuf,
    sync::{Arc, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, sync::mpsc};

/// A folder that is removed when it is no longer needed.
struct Scratch(PathBuf);

impl Scratch {
    fn make(folder: PathBuf) -> io::Result<Self> {
        // Empty ones, so that an SDK finds no configuration and does not look elsewhere.
        let home = folder.join("home");
        std::fs::create_dir_all(&home)?;
        let scratch = Self(folder);
        std::fs::create_dir_all(scratch.0.join("tmp"))?;
        std::fs::write(home.join("aws-config"), "")?;
        std::fs::write(home.join("aws-credentials"), "")?;
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Shared {
    /// A new environment, busy initialising; or the function error that the service answers for one that cannot be
    /// started from this code.
    pub(super) async fn start_environment(
        self: &Arc<Self>,
        function: &Arc<Function>,
        look: Look,
        context: &InvocationContext,
        request_id: &str,
    ) -> Result<Result<Handle, FunctionError>, InvokeError> {
        let spec = &function.spec;
        let say = |text: String| self.say(spec.name.clone(), text, context, request_id);
        let declared = known_runtime(&spec.runtime)?;
        let program = Program::find(declared, &look.task_root.folder, &self.interpreters).await;
        let program = program.ok_or_else(|| missing(declared))?;
        if let Some(warning) = self.version_warning(declared, &program, &spec.name) {
            say(warning);
        }
        let failed = |source| InvokeError::Start {
            function: spec.name.clone(),
            source,
        };
        let scratch = self
            .scratch
            .join(format!("{}-{}", spec.name, self.next_environment()));
        let scratch = Scratch::make(scratch).map_err(failed)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let token = matches!(program, Program::Interpreted(..)).then(Token::generate);
        let launch = Launch {
            spec,
            task_root: &look.task_root,
            config: &self.config,
            bootstraps: &self.bootstraps,
            scratch: &scratch.0,
            api: listener.local_addr().map_err(failed)?,
            token: token.as_ref(),
            log_stream: log_stream(self.clock.now()),
        };
        let Some(mut command) = launch.command(&program) else {
            let tried = look.task_root.folder.join("bootstrap").display().to_string();
            say(format!(
                "{tried} is not there or not executable; build it for this machine and `chmod +x` it"
            ));
            look.task_root
                .advice
                .iter()
                .for_each(|advice| say(advice.clone()));
            return Ok(Err(FunctionError::no_bootstrap(request_id, &tried)));
        };
        let started = self.clock.elapsed();
        match ProcessGroup::spawn(&mut command, mark(&launch.log_stream), &self.guard) {
            Ok(process) => Ok(Ok(self.run_environment(
                function,
                look,
                process,
                started,
                (scratch, listener, token),
            ))),
            // What a shell would exit with: a wrapper script that is not there, or may not be executed.
            Err(error) => match exit_status_of(&error) {
                Some(status) => {
                    say(format!("{}: {error}", command.as_std().get_program().display()));
                    Ok(Err(FunctionError::exited(
                        request_id,
                        Some(&format!("exit status {status}")),
                    )))
                }
                None => Err(failed(error)),
            },
        }
    }

    /// Gives a started process its task and its Runtime API.
    fn run_environment(
        self: &Arc<Self>,
        function: &Arc<Function>,
        look: Look,
        mut process: ProcessGroup,
        started: Duration,
        (scratch, listener, token): (Scratch, TcpListener, Option<Token>),
    ) -> Handle {
        let (calls, received_calls) = mpsc::channel(4);
        let (jobs, received_jobs) = mpsc::channel(1);
        let environment = Environment {
            function: function.spec.name.clone(),
            memory_mb: function.spec.memory_mb,
            advice: look.task_root.advice.clone(),
            timeout: function.spec.timeout,
            idle: self.config.idle,
            clock: self.clock.clone(),
            logs: self.logs.clone(),
            output: Output::new(process.take_output()),
            process,
            calls: received_calls,
            jobs: received_jobs,
            started,
            state: State::default(),
        };
        let (stop, temporary) = (self.stop.clone(), self.temporary.clone());
        self.tasks.spawn(async move {
            let api = tokio::spawn(serve_api(listener, token, calls));
            environment.run(stop).await;
            // Its connections end with it.
            api.abort();
            drop(scratch);
            drop(temporary);
        });
        Handle {
            jobs,
            code: look.fingerprint,
            function: Arc::downgrade(function),
        }
    }

    pub(super) async fn interpreter(&self, identifier: &str) -> Result<Option<Interpreter>, InvokeError> {
        let declared = known_runtime(identifier)?;
        if declared.language == Language::Custom {
            return Ok(None);
        }
        let found = self.interpreters.find(declared.language, declared.version).await;
        found.map(Some).ok_or_else(|| missing(declared))
    }

    /// Once for each function and version, and only if the version is another one.
    fn version_warning(&self, declared: &Runtime, program: &Program, function: &str) -> Option<String> {
        let Program::Interpreted(language, found) = program else {
            return None;
        };
        if found.version == declared.version {
            return None;
        }
        let named = match language {
            Language::Python => format!("python{}.{}", found.version.major, found.version.minor),
            _ => format!("nodejs{}.x", found.version.major),
        };
        let text = format!(
            "{} is not installed; running on {named}, the nearest ({})",
            declared.identifier,
            found.path.display()
        );
        let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        warned.insert(format!("{function}: {text}")).then_some(text)
    }

    fn say(&self, function: String, text: String, context: &InvocationContext, request_id: &str) {
        self.logs.add(LogLine {
            function,
            request_id: Some(request_id.to_owned()),
            source: context.source.clone(),
            stream: Stream::Platform,
            text,
            at: self.clock.now(),
        });
    }
}

pub(super) fn known_runtime(identifier: &str) -> Result<&'static Runtime, InvokeError> {
    let supported = runtime(identifier).filter(|known| {
        matches!(
            known.language,
            Language::Python | Language::Node | Language::Custom
        )
    });
    supported.ok_or_else(|| InvokeError::RuntimeUnsupported {
        runtime: identifier.to_owned(),
    })
}

fn missing(declared: &Runtime) -> InvokeError {
    let how = match declared.language {
        Language::Python => {
            "install Python from python.org, your system's packages, pyenv or uv, and try again"
        }
        _ => "install Node.js from nodejs.org, your system's packages, nvm or volta, and try again",
    };
    InvokeError::RuntimeMissing {
        runtime: declared.identifier.to_owned(),
        how,
    }
}

fn exit_status_of(error: &io::Error) -> Option<u8> {
    match error.kind() {
        io::ErrorKind::NotFound => Some(127),
        io::ErrorKind::PermissionDenied => Some(126),
        _ => None,
    }
}
