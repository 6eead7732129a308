//! The `stepwell` command line.
//!
//! | file | what it is |
//! |---|---|
//! | `arguments.rs` | what can be written on the command line |
//! | `target.rs` | the folder or definition that a command is about |
//! | `run.rs`, `test_state.rs`, `validate.rs`, `export.rs`, `serve.rs`, `studio.rs` | the commands |
//! | `input.rs`, `code.rs`, `packages.rs` | JSON that is given; where functions are, and the packages that they need |
//! | `excerpt.rs` | diagnostics with the lines that they are about |
//! | `screen.rs`, `failure.rs`, `stop.rs` | where output goes, how a command ends early, and being asked to end |
//!
//! Exit codes: 0 succeeded; 1 the execution failed, timed out or was aborted; 2 wrong use or wrong definition.

mod arguments;
mod code;
mod excerpt;
mod export;
mod failure;
mod input;
mod packages;
mod run;
mod screen;
mod serve;
mod stop;
mod studio;
mod target;
mod test_state;
mod validate;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use failure::{Failure, WRONG};
use screen::Screen;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for and go to stdout; a reader that has gone away is no fault.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { WRONG } else { 0 });
        }
    };
    let mut screen = Screen::new();
    let ended = dispatch(arguments.command, &mut screen).and_then(|code| {
        screen.flush()?;
        Ok(code)
    });
    ExitCode::from(match ended {
        Ok(code) => code,
        Err(failure) => screen.tell(&failure),
    })
}

fn dispatch(command: Command, screen: &mut Screen) -> Result<u8, Failure> {
    match command {
        Command::Run(arguments) => run::run(arguments, screen),
        Command::TestState(arguments) => test_state::test_state(&arguments, screen),
        Command::Validate(arguments) => validate::validate(&arguments, screen),
        Command::Export(arguments) => export::export(&arguments, screen),
        Command::Serve(arguments) => serve::serve(arguments, screen),
        Command::Studio(arguments) => studio::studio(arguments, screen),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "stepwell", &mut script);
            screen.bytes(&script)?;
            Ok(0)
        }
    }
}
