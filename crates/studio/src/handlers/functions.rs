//! Packages of functions: installed after asking, with progress, and stopped on demand.

use std::collections::HashSet;
use std::path::PathBuf;

use ::runtime::functions::{Build, BuildError};
use tokio_util::sync::CancellationToken;

use super::sentence;
use crate::Studio;
use crate::contract::*;
use crate::open::Open;
use crate::views;

/// What is installed now, and what the user does not want to be asked about again.
#[derive(Debug, Default)]
pub(crate) struct Builds {
    running: Option<CancellationToken>,
    declined: HashSet<PathBuf>,
}

impl Open {
    /// What has to be asked before a run.
    pub(crate) async fn build_question(&self) -> Option<Started> {
        let builds = self.builds_to_ask().await;
        let builds: Vec<_> = builds
            .iter()
            .map(|build| views::build(&self.root, build))
            .collect();
        (!builds.is_empty()).then_some(Started::NeedsBuild { builds })
    }

    async fn builds_to_ask(&self) -> Vec<Build> {
        let mut builds = self.runtime.functions().to_build().await;
        let kept = self.locked(&self.builds);
        builds.retain(|build| !kept.declined.contains(&build.folder));
        builds
    }

    /// Installs packages and tells the page what the package manager says.
    async fn install(&self, build: &Build, cancel: &CancellationToken) -> Result<(), BuildError> {
        let manifest = views::build(&self.root, build).manifest;
        let tell = |line: &str| {
            self.bus.send(&StudioEvent::BuildProgress {
                manifest: manifest.clone(),
                line: line.to_owned(),
            });
        };
        self.runtime.functions().build(build, tell, cancel).await
    }
}

impl Studio {
    pub(crate) async fn functions_build(&self, params: BuildFunctions) -> Result<Done, CallError> {
        let open = self.opened()?;
        if !self.configuration.is_trusted(&open.root) {
            return Err(
                CallError::new("run.trust", "Code in this folder may not run yet.")
                    .hint("Run the workflow once and allow it."),
            );
        }
        let builds = open.builds_to_ask().await;
        if !params.allow {
            let folders = builds.into_iter().map(|build| build.folder);
            open.locked(&open.builds).declined.extend(folders);
            return Ok(Done {});
        }
        let cancel = CancellationToken::new();
        if let Some(before) = open.locked(&open.builds).running.replace(cancel.clone()) {
            before.cancel();
        }
        for build in &builds {
            open.install(build, &cancel)
                .await
                .map_err(|error| failed(&error))?;
        }
        Ok(Done {})
    }

    pub(crate) async fn functions_cancel_build(&self, _: Nothing) -> Result<Done, CallError> {
        let open = self.opened()?;
        if let Some(running) = open.locked(&open.builds).running.take() {
            running.cancel();
        }
        Ok(Done {})
    }
}

fn failed(error: &BuildError) -> CallError {
    let code = match error {
        BuildError::Cancelled => "build.cancelled",
        _ => "build.failed",
    };
    CallError::new(code, sentence(&error.to_string()))
}
