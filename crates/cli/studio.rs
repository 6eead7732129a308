//! `stepwell studio`: the studio in a browser.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use runtime::clock::Clock;
use serde_json::json;
use studio::{Studio, host::Host};
use workspace::Configuration;

use crate::arguments;
use crate::failure::Failure;
use crate::screen::Screen;
use crate::stop::Stop;

pub(crate) fn studio(arguments: arguments::Studio, screen: &mut Screen) -> Result<u8, Failure> {
    let threads = tokio::runtime::Runtime::new()?;
    threads.block_on(serve(arguments, screen))
}

async fn serve(arguments: arguments::Studio, screen: &mut Screen) -> Result<u8, Failure> {
    let mut stop = Stop::listen()?;
    let studio = Arc::new(Studio::new(Configuration::load(), Clock::system(), examples()));
    let host = Host::start(studio.clone(), arguments.port)
        .await
        .map_err(Failure::new)?;
    if let Some(path) = &arguments.path {
        let opened = studio.call("project.open", json!({"path": absolute(path)})).await;
        opened.map_err(|error| Failure::Message {
            message: error.message,
            help: error.hint,
        })?;
    }
    screen.line(&host.url)?;
    screen.flush()?;
    screen.note("Open this address in a browser. Ctrl-C ends the studio.");
    stop.asked().await;
    host.stop();
    studio.shut_down().await;
    Ok(0)
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path)
        .unwrap_or_else(|_| path.to_owned())
        .to_string_lossy()
        .into_owned()
}

/// Examples that came with the program: in `examples/` above it.
fn examples() -> Vec<PathBuf> {
    let program = std::env::current_exe().unwrap_or_default();
    let folder = program
        .ancestors()
        .skip(1)
        .take(4)
        .map(|folder| folder.join("examples"));
    let folder = folder
        .into_iter()
        .find(|folder| folder.join("order-fulfilment").is_dir());
    let Some(folder) = folder else { return Vec::new() };
    ["order-fulfilment", "hello"]
        .map(|name| folder.join(name))
        .into_iter()
        .filter(|folder| folder.is_dir())
        .collect()
}
