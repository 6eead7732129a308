//! Installs what functions need, in `.stepwell/build` of their project, with the language's own package manager.
//!
//! Nothing here happens by itself: [`Functions::to_build`] says what is missing and which command would install it, and
//! [`Functions::build`] runs that command, for a caller who has asked the user. Unlike functions, a package manager runs
//! with the user's own environment: proxies and private registries are configured there.
//!
//! Absent on purpose: packages that a manifest takes from a path beside it (`file:../lib`) for Node, which copies the
//! manifest, and compiling a function's own code (TypeScript, Go). `sam build` does both.

use super::{
    FunctionSpec, Functions, Interpreter, dependencies::Missing, output::Output, start::known_runtime,
    task_root::build_folder,
};
use crate::{clock::random_uuid, process, process::ProcessGroup};
use aws::lambda::Language;
use std::{
    collections::BTreeMap,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::Command;
use tokio_util::sync::CancellationToken;

/// How many of a package manager's last lines an error quotes.
const QUOTED: usize = 6;

/// How long a build stays that no function asks for.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Packages that functions need and nobody has installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The functions, by name.
    pub functions: Vec<String>,
    /// The file that asks for the packages; absolute.
    pub manifest: PathBuf,
    /// The packages, as that file names them.
    pub packages: Vec<String>,
    /// Where they are put; absolute.
    pub folder: PathBuf,
    missing: Missing,
    interpreter: Interpreter,
}

/// Why packages were not installed.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The package manager could not be started.
    #[error("{}: {program} could not be started: {source}; install it, or run `sam build`", manifest.display())]
    Program {
        /// The manifest.
        manifest: PathBuf,
        /// The package manager.
        program: String,
        /// What the system says.
        source: io::Error,
    },
    /// The package manager failed.
    #[error("{}: `{command}` failed ({reason}); mend what it says, or run `sam build`\n{tail}", manifest.display())]
    Failed {
        /// The manifest.
        manifest: PathBuf,
        /// What was run.
        command: String,
        /// How it ended.
        reason: String,
        /// Its last lines.
        tail: String,
    },
    /// The folder cannot be written.
    #[error("{}: {source}; packages of functions are put there", folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Somebody asked to stop.
    #[error("installing packages was stopped; nothing was kept of it")]
    Cancelled,
}

impl Build {
    /// The command, as it is shown to the user before it runs.
    #[must_use]
    pub fn command(&self) -> String {
        let (program, arguments) = self.program(&self.folder);
        let shown = |path: &Path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        let arguments = arguments
            .iter()
            .map(|argument| argument.to_string_lossy().into_owned());
        let words: Vec<String> = std::iter::once(shown(&program)).chain(arguments).collect();
        words.join(" ")
    }

    /// The package manager and its arguments, to install into `folder`.
    fn program(&self, folder: &Path) -> (PathBuf, Vec<OsString>) {
        if self.missing.language == Language::Python {
            let mut arguments: Vec<OsString> = ["-m", "pip", "install", "--requirement"]
                .map(OsString::from)
                .into();
            arguments.extend(["requirements.txt", "--target"].map(OsString::from));
            arguments.push(folder.join("python").into_os_string());
            arguments.extend(
                [
                    "--no-input",
                    "--disable-pip-version-check",
                    "--progress-bar",
                    "off",
                ]
                .map(OsString::from),
            );
            return (self.interpreter.path.clone(), arguments);
        }
        let locked = self.missing.inputs.iter().any(|input| {
            let name = input.file_name().unwrap_or_default();
            name == "package-lock.json" || name == "npm-shrinkwrap.json"
        });
        let install = if locked { "ci" } else { "install" };
        let beside = self.interpreter.path.with_file_name("npm");
        let npm = if beside.exists() {
            beside
        } else {
            PathBuf::from("npm")
        };
        (
            npm,
            [install, "--omit=dev", "--no-audit", "--no-fund"]
                .map(OsString::from)
                .into(),
        )
    }

    /// The command, ready to be started; `folder` exists.
    fn prepare(&self, folder: &Path) -> io::Result<Command> {
        let (program, arguments) = self.program(folder);
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if self.missing.language == Language::Python {
            command.current_dir(self.manifest.parent().unwrap_or(folder));
            return Ok(command);
        }
        for input in &self.missing.inputs {
            std::fs::copy(input, folder.join(input.file_name().unwrap_or_default()))?;
        }
        command.current_dir(folder);
        // npm is a script for `node`, which should be the one that the function runs on.
        let search = std::env::var_os("PATH").unwrap_or_default();
        let own = self.interpreter.path.parent().map(Path::to_path_buf);
        if let Ok(search) = std::env::join_paths(own.into_iter().chain(std::env::split_paths(&search))) {
            command.env("PATH", search);
        }
        Ok(command)
    }
}

impl Functions {
    /// What functions need and have not, each thing once. Functions whose runtime does not run here are passed over.
    pub async fn to_build(&self) -> Vec<Build> {
        let mut builds: BTreeMap<PathBuf, Build> = BTreeMap::new();
        for function in self.all() {
            let spec = &function.spec;
            let looked = self.shared.look(&function).await;
            if !looked
                .is_ok_and(|look| look.task_root.folder == spec.code && look.task_root.libraries.is_none())
            {
                continue;
            }
            let Some((missing, interpreter, folder)) = self.needed(spec).await else {
                continue;
            };
            let build = builds.entry(folder.clone()).or_insert_with(|| Build {
                functions: Vec::new(),
                manifest: missing.manifest.clone(),
                packages: missing.packages.clone(),
                folder,
                missing,
                interpreter,
            });
            build.functions.push(spec.name.clone());
        }
        builds.into_values().collect()
    }

    /// What a function's manifest asks for, what it runs on, and where a build of that is or would be.
    async fn needed(&self, spec: &FunctionSpec) -> Option<(Missing, Interpreter, PathBuf)> {
        let runtime = known_runtime(&spec.runtime).ok()?;
        let interpreter = self.interpreter(&spec.runtime).await.ok()??;
        let missing = Missing::of(runtime.language, &spec.code)?;
        let folder = build_folder(spec, &missing, interpreter.version)?;
        Some((missing, interpreter, folder))
    }

    /// Installs what `build` names; `told` hears each line that the package manager prints. Whole or not at all.
    ///
    /// # Errors
    /// [`BuildError`].
    pub async fn build(
        &self,
        build: &Build,
        mut told: impl FnMut(&str),
        cancel: &CancellationToken,
    ) -> Result<(), BuildError> {
        let failed = |source| BuildError::Folder {
            folder: build.folder.clone(),
            source,
        };
        let parent = build.folder.parent().unwrap_or(&build.folder);
        std::fs::create_dir_all(parent).map_err(failed)?;
        let folder = tempfile::Builder::new()
            .prefix(".new-")
            .tempdir_in(parent)
            .map_err(failed)?;
        let mut command = build.prepare(folder.path()).map_err(failed)?;
        let mark = ("STEPWELL_BUILD", random_uuid());
        command.env(mark.0, &mark.1);
        let mut process =
            ProcessGroup::spawn(&mut command, format!("{}={}", mark.0, mark.1), &self.shared.guard).map_err(
                |source| BuildError::Program {
                    manifest: build.manifest.clone(),
                    program: command.as_std().get_program().to_string_lossy().into_owned(),
                    source,
                },
            )?;
        let mut output = Output::new(process.take_output());
        let mut last: Vec<String> = Vec::new();
        let mut hear = |line: String| {
            told(&line);
            last.push(line);
            let surplus = last.len().saturating_sub(QUOTED);
            last.drain(..surplus);
        };
        let status = loop {
            tokio::select! {
                () = cancel.cancelled() => return Err(BuildError::Cancelled),
                (_, line) = output.next() => hear(line),
                status = process.wait() => break status.map_err(failed)?,
            }
        };
        output.drain().into_iter().for_each(|(_, line)| hear(line));
        if let Some(reason) = process::reason(status) {
            return Err(BuildError::Failed {
                manifest: build.manifest.clone(),
                command: build.command(),
                reason,
                tail: last.join("\n"),
            });
        }
        keep(folder, &build.folder).map_err(failed)?;
        let mut wanted = vec![build.folder.clone()];
        for function in self.all() {
            function.code.lock().await.forget();
            wanted.extend(self.needed(&function.spec).await.map(|(_, _, folder)| folder));
        }
        sweep(&build.folder, &wanted);
        Ok(())
    }
}

/// Removes the builds beside `new` that no function asks for any more, and what a killed process left. Those of the last
/// day stay: an environment, of another process too, may run from them. One that can't be removed harms nobody.
fn sweep(new: &Path, wanted: &[PathBuf]) {
    let made = |folder: &Path| std::fs::metadata(folder).and_then(|metadata| metadata.modified());
    let (Some(builds), Ok(now)) = (new.parent(), made(new)) else {
        return;
    };
    for folder in std::fs::read_dir(builds).into_iter().flatten().flatten() {
        let folder = folder.path();
        let age = made(&folder).ok().and_then(|made| now.duration_since(made).ok());
        if !wanted.contains(&folder) && age.is_some_and(|age| age > KEPT) {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Puts what was installed in its place. Another process may have done the same meanwhile, and then its work stands.
fn keep(made: tempfile::TempDir, folder: &Path) -> io::Result<()> {
    match std::fs::rename(made.path(), folder) {
        Ok(()) => {
            // It is not there under this name any more, so there is nothing to remove.
            let _ = made.keep();
            Ok(())
        }
        Err(_) if folder.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_builds_that_nobody_asks_for_go() {
        let builds = tempfile::tempdir().unwrap();
        let at = |name: &str, hours: u64| {
            let folder = builds.path().join(name);
            std::fs::create_dir_all(folder.join("python")).unwrap();
            let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + hours * 3600);
            std::fs::File::open(&folder).unwrap().set_modified(time).unwrap();
            folder
        };
        let (new, asked) = (at("new", 48), at("asked", 0));
        at("yesterday", 30);
        at("old", 20);
        at(".new-killed", 1);
        sweep(&new, &[new.clone(), asked]);
        let mut left: Vec<_> = std::fs::read_dir(builds.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["asked", "new", "yesterday"]);
    }
}
