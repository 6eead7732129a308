//! `cargo xtask`: builds, runs, tests and measures the project. Standard library only, so that it starts at once.
#![allow(clippy::print_stdout, reason = "this program talks to a person in a terminal")]

mod arguments;
mod bench;
mod budget;
mod checks;
mod conformance;
mod fuzz;
mod icons;
mod machine;
mod packages;
mod page;
mod project;
mod report;
mod run;
mod soak;
mod step;

use std::process::ExitCode;

use arguments::Request;
use project::Project;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let request = match arguments::parse(&arguments) {
        Ok(request) => request,
        Err(problem) => {
            eprintln!("cargo xtask: {problem}\n\n{}", arguments::HELP);
            return ExitCode::from(2);
        }
    };
    let project = Project::here();
    let outcome = match request {
        Request::Help => {
            println!("{}", arguments::HELP);
            Ok(ExitCode::SUCCESS)
        }
        Request::Run { path } => run::run(&project, path.as_deref()),
        Request::Test { parts } => checks::test(&project, &parts),
        Request::Bench { names } => bench::bench(&project, &names),
        Request::Fuzz { targets, minutes } => fuzz::fuzz(&project, &targets, minutes),
        Request::Soak {
            parts,
            minutes,
            crashes,
        } => soak::soak(&project, &parts, minutes, crashes),
        Request::Icons => icons::icons(&project),
    };
    outcome.unwrap_or_else(|problem| {
        eprintln!("cargo xtask: {problem}");
        ExitCode::FAILURE
    })
}
