//! How an execution environment is started: which program, in which folder, with which variables.
//!
//! The variables are built from nothing, so that a function sees what it would see on the service and nothing of the
//! user's: no credentials, no AWS configuration, no metadata service. Absent on purpose: `LD_LIBRARY_PATH` and
//! the service's own folders, which do not exist here, and the X-Ray daemon's address.

use super::{
    FunctionSpec, FunctionsConfig,
    bootstrap::Bootstraps,
    interpreter::{Interpreter, Interpreters},
    task_root::TaskRoot,
};
use crate::{
    clock::{random, random_uuid},
    doors::Token,
};
use aws::lambda::{LATEST, Language, RESERVED_VARIABLES, Runtime};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;

/// Where a function's own folder is on the service; wrapper scripts are named by it.
const TASK_ROOT: &str = "/var/task";
/// The variable that hands our bootstraps their secret; they take it out of the environment at once. It keeps out
/// programs of other users and whoever tries ports; a program of the same user can do as it likes with any process.
const TOKEN_VARIABLE: &str = "STEPWELL_RUNTIME_TOKEN";

/// Credentials for a function.
#[derive(Clone)]
pub struct Credentials {
    /// `AWS_ACCESS_KEY_ID`.
    pub access_key_id: String,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret_access_key: String,
    /// `AWS_SESSION_TOKEN`.
    pub session_token: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({})", self.access_key_id)
    }
}

impl Credentials {
    /// Ones that open nothing, shaped like those of an assumed role.
    fn local() -> Self {
        let key: String = random::<16>()
            .iter()
            .map(|byte| char::from(b'A' + byte % 26))
            .collect();
        Self {
            access_key_id: format!("ASIA{key}"),
            secret_access_key: crate::clock::hex(&random::<20>()),
            session_token: Some(crate::clock::hex(&random::<64>())),
        }
    }
}

/// What runs a function here.
#[derive(Debug, Clone)]
pub(super) enum Program {
    /// Our bootstrap in an interpreter.
    Interpreted(Language, Interpreter),
    /// The package's own `bootstrap`; `None` if there is none to execute.
    Custom(Option<PathBuf>),
}

impl Program {
    /// The program for `runtime`; `None` where its language is not installed or not supported.
    pub(super) async fn find(runtime: &Runtime, code: &Path, interpreters: &Interpreters) -> Option<Self> {
        match runtime.language {
            Language::Python | Language::Node => {
                let interpreter = interpreters.find(runtime.language, runtime.version).await?;
                Some(Self::Interpreted(runtime.language, interpreter))
            }
            Language::Custom => {
                let bootstrap = code.join("bootstrap");
                Some(Self::Custom(is_executable(&bootstrap).then_some(bootstrap)))
            }
            Language::Java | Language::DotNet | Language::Ruby | Language::Go => None,
        }
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

/// One environment about to be started.
pub(super) struct Launch<'a> {
    pub(super) spec: &'a FunctionSpec,
    pub(super) task_root: &'a TaskRoot,
    pub(super) config: &'a FunctionsConfig,
    pub(super) bootstraps: &'a Bootstraps,
    /// A folder of the environment's own.
    pub(super) scratch: &'a Path,
    pub(super) api: SocketAddr,
    /// Demanded by the Runtime API; `None` for a runtime that is not ours and knows of no token.
    pub(super) token: Option<&'a Token>,
    pub(super) log_stream: String,
}

impl Launch<'_> {
    /// The command, ready to be spawned; `None` where a custom runtime lacks its `bootstrap`.
    pub(super) fn command(&self, program: &Program) -> Option<Command> {
        let (program, arguments) = match program {
            Program::Custom(bootstrap) => (bootstrap.clone()?, Vec::new()),
            Program::Interpreted(language, interpreter) => (
                interpreter.path.clone(),
                self.bootstraps.arguments(*language, self.spec, self.task_root),
            ),
        };
        let wrapper = self
            .spec
            .environment
            .get("AWS_LAMBDA_EXEC_WRAPPER")
            .filter(|_| !arguments.is_empty());
        let mut command = match wrapper {
            Some(wrapper) => {
                let mut command = Command::new(self.in_code(wrapper));
                command.arg(&program);
                command
            }
            None => Command::new(&program),
        };
        command
            .args(arguments)
            .current_dir(&self.task_root.folder)
            .env_clear();
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        self.set_variables(&mut command, &program);
        Some(command)
    }

    /// A path on the service as one here.
    fn in_code(&self, path: &str) -> PathBuf {
        match path
            .strip_prefix(TASK_ROOT)
            .and_then(|rest| rest.strip_prefix('/'))
        {
            Some(rest) => self.task_root.folder.join(rest),
            None => PathBuf::from(path),
        }
    }

    fn set_variables(&self, command: &mut Command, program: &Path) {
        let spec = self.spec;
        // First what a template may override.
        let search = [
            program.parent().unwrap_or(Path::new("/usr/bin")),
            Path::new("/usr/local/bin"),
        ];
        let search =
            search
                .iter()
                .copied()
                .chain([Path::new("/usr/bin"), Path::new("/bin"), Path::new("/opt/bin")]);
        if let Ok(search) = std::env::join_paths(search) {
            command.env("PATH", search);
        }
        #[cfg(windows)]
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command.envs([
            ("LANG", "en_US.UTF-8"),
            ("TZ", ":UTC"),
            ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR"),
        ]);
        command
            .env("NODE_PATH", &self.task_root.folder)
            .env("TMPDIR", self.scratch.join("tmp"));
        command
            .env("HOME", self.scratch.join("home"))
            .env("AWS_EC2_METADATA_DISABLED", "true");
        command.env("AWS_CONFIG_FILE", self.scratch.join("home/aws-config"));
        command.env(
            "AWS_SHARED_CREDENTIALS_FILE",
            self.scratch.join("home/aws-credentials"),
        );
        command.envs(
            self.task_root
                .libraries
                .iter()
                .map(|folder| ("PYTHONPATH", folder)),
        );
        command.envs(
            self.config
                .endpoint
                .iter()
                .map(|endpoint| ("AWS_ENDPOINT_URL", endpoint)),
        );
        let own = spec
            .environment
            .iter()
            .filter(|(name, _)| !RESERVED_VARIABLES.contains(&name.as_str()));
        // What the system cannot carry in a variable would make the start fail.
        command.envs(own.filter(|(name, value)| {
            !name.is_empty() && !name.contains(['=', '\0']) && !value.contains('\0')
        }));
        // Then what it may not.
        self.set_reserved(command);
    }

    fn set_reserved(&self, command: &mut Command) {
        let spec = self.spec;
        let credentials = self.config.credentials.clone().unwrap_or_else(Credentials::local);
        command.envs([
            ("AWS_REGION", spec.region.as_str()),
            ("AWS_DEFAULT_REGION", &spec.region),
            ("AWS_LAMBDA_FUNCTION_NAME", &spec.name),
            ("AWS_LAMBDA_FUNCTION_VERSION", LATEST),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &spec.memory_mb.to_string()),
            ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", &format!("/aws/lambda/{}", spec.name)),
            ("AWS_LAMBDA_LOG_STREAM_NAME", &self.log_stream),
            ("AWS_LAMBDA_RUNTIME_API", &self.api.to_string()),
            ("AWS_ACCESS_KEY_ID", &credentials.access_key_id),
            ("AWS_SECRET_ACCESS_KEY", &credentials.secret_access_key),
            ("_HANDLER", &spec.handler),
        ]);
        command.envs(
            credentials
                .session_token
                .map(|token| ("AWS_SESSION_TOKEN", token)),
        );
        command
            .env("LAMBDA_TASK_ROOT", &self.task_root.folder)
            .env("LAMBDA_RUNTIME_DIR", self.bootstraps.folder());
        if let Some(token) = self.token {
            command.env("AWS_EXECUTION_ENV", format!("AWS_Lambda_{}", spec.runtime));
            command.env(TOKEN_VARIABLE, token.reveal());
        }
    }
}

/// What only an environment's processes have among their variables, unless they cleared them.
pub(super) fn mark(log_stream: &str) -> String {
    format!("AWS_LAMBDA_LOG_STREAM_NAME={log_stream}")
}

/// The name of an environment's log stream, as the service makes them.
pub(super) fn log_stream(now: chrono::DateTime<chrono::Utc>) -> String {
    format!(
        "{}/[{LATEST}]{}",
        now.format("%Y/%m/%d"),
        random_uuid().replace('-', "")
    )
}
