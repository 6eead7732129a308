//! Real functions in real interpreters. What a machine lacks is skipped and said so; where `STEPWELL_SKIP_NOTHING` is set,
//! as `cargo xtask test` does, it is a failure.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests are tests"
)]

mod builds;
mod faults;
mod life;
mod node;
mod official;
#[cfg(unix)]
mod protocol;
mod python;

use aws::lambda::Version;
use serde_json::Value;
use std::{path::Path, time::Duration};
use stepwell_runtime::{
    clock::Clock,
    functions::{
        FunctionSpec, Functions, FunctionsConfig, Invocation, InvocationContext, InvokeError, SearchPath,
        Stream,
    },
};

/// A project of one function called `f`, in a folder of its own.
struct Project {
    folder: tempfile::TempDir,
    functions: Functions,
    spec: FunctionSpec,
}

impl Project {
    /// `files` are `(name, text)`; a file called `bootstrap` is made executable.
    async fn new(runtime: &str, handler: &str, files: &[(&str, &str)]) -> Self {
        Self::with(runtime, handler, files, FunctionsConfig::default()).await
    }

    async fn with(runtime: &str, handler: &str, files: &[(&str, &str)], config: FunctionsConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            write(folder.path(), name, text);
        }
        let spec = FunctionSpec {
            name: "f".into(),
            runtime: runtime.into(),
            handler: handler.into(),
            code: folder.path().to_owned(),
            project: None,
            environment: Default::default(),
            timeout: Duration::from_secs(30),
            memory_mb: 128,
            region: "eu-west-1".into(),
            account: "123456789012".into(),
        };
        let functions = Functions::start(Clock::system(), config).unwrap();
        functions.configure(vec![spec.clone()]);
        Self {
            folder,
            functions,
            spec,
        }
    }

    /// The same function, changed.
    fn change(mut self, change: impl FnOnce(&mut FunctionSpec)) -> Self {
        change(&mut self.spec);
        self.functions.configure(vec![self.spec.clone()]);
        self
    }

    async fn invoke(&self, payload: &str) -> Result<Invocation, InvokeError> {
        self.functions
            .invoke("f", payload.to_owned(), InvocationContext::default())
            .await
    }

    /// The result's JSON text, or the error's.
    async fn payload(&self, payload: &str) -> String {
        let invocation = self.invoke(payload).await.unwrap();
        invocation.result.unwrap_or_else(|error| error.payload)
    }

    /// What the function returned; panics if it failed.
    async fn returned(&self, payload: &str) -> Value {
        let invocation = self.invoke(payload).await.unwrap();
        serde_json::from_str(&invocation.result.unwrap()).unwrap()
    }

    /// The log so far, without the platform's lines.
    fn printed(&self) -> Vec<String> {
        let lines = self.functions.last_logs("f").into_iter();
        lines
            .filter(|line| line.stream != Stream::Platform)
            .map(|line| line.text)
            .collect()
    }

    async fn has_runtime(&self) -> bool {
        let found = self.functions.interpreter(&self.spec.runtime).await.is_ok();
        if !found {
            skip(&format!("{} is not installed", self.spec.runtime));
        }
        found
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    #[cfg(unix)]
    if text.starts_with("#!") {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Leaves a test out, if that is allowed.
fn skip(why: &str) {
    let allowed = std::env::var_os("STEPWELL_SKIP_NOTHING").is_none();
    assert!(
        allowed,
        "{why}, and no test may be skipped (STEPWELL_SKIP_NOTHING)"
    );
    println!("skipped: {why}");
}

/// JSON text with the request id, which is new each time, named.
fn without_id(text: &str, id: &str) -> String {
    text.replace(id, "ID")
}

/// Waits for something that must come; a hang is a failure by the test runner's own limit.
async fn until(condition: impl Fn() -> bool) {
    while !condition() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The same for what has to be waited for.
async fn until_async(condition: impl AsyncFn() -> bool) {
    while !condition().await {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
