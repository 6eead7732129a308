//! `cargo xtask bench`: the benchmarks of every crate that has a `benches/` folder.

use std::fs;
use std::process::ExitCode;

use crate::project::Project;
use crate::step;

/// Runs them in release mode, one after the other; the arguments go to each.
pub(crate) fn bench(project: &Project, forwarded: &[String]) -> Result<ExitCode, String> {
    let crates = project.root.join("crates");
    let entries = fs::read_dir(&crates).map_err(|error| format!("{}: {error}", crates.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("benches").is_dir())
        .map(|entry| format!("stepwell-{}", entry.file_name().to_string_lossy()))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err("no crate has a `benches` folder".to_owned());
    }
    // `--bench *` leaves out the unit tests, which `cargo bench` would build as well.
    let mut cargo = project.cargo(&["bench", "--quiet", "--bench", "*"]);
    for name in &names {
        cargo.args(["-p", name]);
    }
    cargo.arg("--").args(forwarded);
    step::in_the_open(cargo)?;
    Ok(ExitCode::SUCCESS)
}
