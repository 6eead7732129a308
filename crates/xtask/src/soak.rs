//! `cargo xtask soak`: tests that take long, in release mode: kills at random points, and the endpoint under load.
//! `docs/reliability.md` has what came of them.

use std::process::ExitCode;

use crate::arguments::Soak;
use crate::machine::Machine;
use crate::packages;
use crate::project::Project;
use crate::step::{self, Stopwatch, spoken};

pub(crate) fn soak(
    project: &Project,
    parts: &[Soak],
    minutes: u32,
    crashes: u32,
) -> Result<ExitCode, String> {
    packages::ensure(&Machine::look(), packages::TO_TEST_RUST)?;
    let watch = Stopwatch::start();
    for part in parts {
        let module = match part {
            Soak::Crash => "crash::",
            Soak::Serve => "soak::",
        };
        let mut command = project.cargo(&["test", "--release", "--test", "command_line", "--"]);
        command.args([module, "--nocapture", "--test-threads=1"]);
        command.env("STEPWELL_SOAK_MINUTES", minutes.to_string());
        command.env("STEPWELL_CRASHES", crashes.to_string());
        step::in_the_open(command)?;
    }
    println!("That took {}.", spoken(watch.elapsed()));
    Ok(ExitCode::SUCCESS)
}
