//! The programs that speak the Runtime API for Python and Node functions, written to disk for the interpreters.

use super::{FunctionSpec, memory, task_root::TaskRoot};
use aws::lambda::Language;
use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

const PYTHON: &str = include_str!("../../bootstraps/python.py");
const NODE: &str = include_str!("../../bootstraps/node.cjs");

/// The bootstraps in a folder.
#[derive(Debug)]
pub(super) struct Bootstraps {
    folder: PathBuf,
}

impl Bootstraps {
    /// Writes them to `folder`, which is made.
    pub(super) fn write(folder: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("stepwell_bootstrap.py"), PYTHON)?;
        std::fs::write(folder.join("bootstrap.cjs"), NODE)?;
        Ok(Self { folder })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What an interpreter is given to run the bootstrap for a function.
    pub(super) fn arguments(
        &self,
        language: Language,
        spec: &FunctionSpec,
        task_root: &TaskRoot,
    ) -> Vec<OsString> {
        match language {
            // Unbuffered, so that a crash loses no output, and without the packages below the user's home.
            // Imported, because a script would be compiled at each start.
            Language::Python => {
                let import = "import os, sys; sys.path[0] = os.environ['LAMBDA_RUNTIME_DIR']; import stepwell_bootstrap";
                ["-u", "-s", "-c", import].map(OsString::from).into()
            }
            _ => {
                let own = spec.environment.get("NODE_OPTIONS").map(String::as_str);
                let memory = memory::node_option(spec.memory_mb, own).map(OsString::from);
                let script = self.folder.join("bootstrap.cjs").into_os_string();
                let links = ["--preserve-symlinks", "--preserve-symlinks-main"].map(OsString::from);
                let links = links.into_iter().filter(|_| task_root.keeps_links);
                memory.into_iter().chain(links).chain([script]).collect()
            }
        }
    }
}
