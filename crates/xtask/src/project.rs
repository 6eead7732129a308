//! Where things are in the checkout, and how its tools are called.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine;

/// The checkout that this program was built from.
pub(crate) struct Project {
    pub(crate) root: PathBuf,
    /// Where cargo puts what it builds.
    pub(crate) target: PathBuf,
}

impl Project {
    /// The checkout, with the target directory that the environment asks for.
    pub(crate) fn here() -> Self {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        // `crates/xtask` is always two below the root.
        let root = crate_folder
            .ancestors()
            .nth(2)
            .unwrap_or(crate_folder)
            .to_path_buf();
        let target = target_folder(
            &root,
            std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from),
            machine::unattended().then(cache_folder).flatten(),
        );
        Self { root, target }
    }

    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Where the steps of `cargo xtask test` leave their full output.
    pub(crate) fn logs(&self) -> PathBuf {
        self.root.join("target/xtask")
    }

    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        // Inside `cargo xtask`, CARGO is the very cargo that was called.
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    /// Cargo on the whole workspace, always with the same features: each crate is built once for running and testing.
    pub(crate) fn whole(&self, arguments: &[&str]) -> Command {
        let mut cargo = self.cargo(arguments);
        cargo.args(["--workspace", "--features", "stepwell-desktop/custom-protocol"]);
        cargo
    }

    /// Builds the command line and the desktop app.
    pub(crate) fn build_binaries(&self) -> Command {
        self.whole(&["build", "--bins"])
    }

    pub(crate) fn npm(&self, arguments: &[&str]) -> Command {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let mut command = Command::new(npm);
        command.args(arguments).current_dir(self.ui());
        command
    }

    /// A binary of a debug build.
    pub(crate) fn binary(&self, name: &str) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// The given folder, else one in the user's cache so that unattended runs find what earlier ones built, else `target`.
fn target_folder(root: &Path, given: Option<PathBuf>, cache: Option<PathBuf>) -> PathBuf {
    match (given, cache) {
        (Some(given), _) => std::path::absolute(&given).unwrap_or(given),
        (None, Some(cache)) => cache.join("stepwell").join("target"),
        (None, None) => root.join("target"),
    }
}

fn cache_folder() -> Option<PathBuf> {
    let from = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_goes_where_the_environment_says() {
        let check = |given: Option<&str>, cache: Option<&str>, expected: &str| {
            let found = target_folder(
                Path::new("/src"),
                given.map(PathBuf::from),
                cache.map(PathBuf::from),
            );
            assert_eq!(found, Path::new(expected));
        };
        check(None, None, "/src/target");
        check(None, Some("/home/me/.cache"), "/home/me/.cache/stepwell/target");
        check(Some("/elsewhere"), Some("/home/me/.cache"), "/elsewhere");
    }

    #[test]
    fn the_root_is_the_workspace() {
        assert!(Project::here().root.join("crates/xtask/Cargo.toml").is_file());
    }
}
