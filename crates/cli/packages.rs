//! Packages that functions need and nobody has installed.
//!
//! | | on a terminal | elsewhere |
//! |---|---|---|
//! | `--build` | installs them | installs them |
//! | `--no-build` | runs without them | runs without them |
//! | neither | asks | runs without them, and says so |
//!
//! An answer of no ends nothing: a function may never come to the line that needs the package.

use std::io::{self, BufRead, IsTerminal, Write};

use runtime::functions::{Build, Functions};
use tokio_util::sync::CancellationToken;

use crate::arguments::Code;
use crate::failure::Failure;
use crate::screen::{Look, Screen, printable};
use crate::stop::Stop;

pub(crate) async fn install(
    functions: &Functions,
    wanted: &Code,
    stop: &mut Stop,
    screen: &Screen,
) -> Result<(), Failure> {
    let builds = functions.to_build().await;
    if builds.is_empty() || wanted.no_build {
        return Ok(());
    }
    for build in &builds {
        screen.note(format_args!(
            "{} asks for {}, which {} installed for {}.",
            build.manifest.display(),
            printable(&build.packages.join(", ")),
            if build.packages.len() == 1 {
                "is not"
            } else {
                "are not"
            },
            build.functions.join(", "),
        ));
    }
    if !wanted.build && !asked(&builds, stop, screen).await? {
        return Ok(());
    }
    for build in &builds {
        run(functions, build, stop, screen).await?;
    }
    Ok(())
}

/// Asks on a terminal; elsewhere nobody can answer, and nothing is fetched unasked.
async fn asked(builds: &[Build], stop: &mut Stop, screen: &Screen) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        screen.warn("running without them; --build installs them, --no-build says nothing");
        return Ok(false);
    }
    screen.note("To install them below .stepwell/build, this would run, and may use the network:");
    for build in builds {
        screen.note(format_args!("  {}", printable(&build.command())));
    }
    let _ = write!(io::stderr(), "Run it? [y/N] ");
    let answer = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map(|_| line)
    });
    tokio::select! {
        answer = answer => {
            let line = answer.map_err(Failure::new)?.map_err(Failure::new)?;
            Ok(matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
        }
        () = stop.asked() => Err(Failure::new("stopped; nothing was run")),
    }
}

async fn run(functions: &Functions, build: &Build, stop: &mut Stop, screen: &Screen) -> Result<(), Failure> {
    screen.note(screen.note_look(Look::Bold, printable(&build.command())));
    let cancel = CancellationToken::new();
    let told = |line: &str| screen.note(screen.note_look(Look::Dim, format_args!("  {}", printable(line))));
    let mut building = std::pin::pin!(functions.build(build, told, &cancel));
    loop {
        tokio::select! {
            built = &mut building => return built.map_err(Failure::new),
            () = stop.asked() => cancel.cancel(),
        }
    }
}
