//! The window's way to the core: one command for calls, one for the event stream.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use runtime::clock::Clock;
use serde_json::{Value, json};
use studio::Studio;
use studio::contract::{CallError, StudioEvent};
use tauri::State;
use tauri::ipc::{Channel, InvokeResponseBody, Response};
use workspace::Configuration;

/// A core with nothing open.
pub(crate) fn studio() -> Arc<Studio> {
    Arc::new(Studio::new(Configuration::load(), Clock::system(), examples()))
}

/// The examples beside a checkout, to begin with.
fn examples() -> Vec<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples"));
    ["order-fulfilment", "hello"]
        .iter()
        .map(|name| folder.join(name))
        .filter(|path| path.exists())
        .collect()
}

/// Opens what the command line names. The page asks what is open when it is ready, and hears of errors.
pub(crate) fn open(studio: &Arc<Studio>, path: OsString) {
    let result = tauri::async_runtime::block_on(studio.call(
        "project.open",
        json!({ "path": PathBuf::from(path).to_string_lossy() }),
    ));
    if let Err(error) = result {
        eprintln!("stepwell-desktop: {}", error.message);
        studio.bus().greet(StudioEvent::Notice {
            severity: studio::contract::Severity::Error,
            message: error.message,
        });
    }
}

/// Calls a method of the contract. The answer is passed on as the text that it is.
#[tauri::command]
pub(crate) async fn call(
    studio: State<'_, Arc<Studio>>,
    method: String,
    params: Value,
) -> Result<Response, CallError> {
    let text = studio.call(&method, params).await?;
    Ok(Response::new(InvokeResponseBody::Json(text)))
}

/// Sends the event stream to a page, until the page is gone.
#[tauri::command]
pub(crate) fn subscribe(studio: State<'_, Arc<Studio>>, channel: Channel<Vec<StudioEvent>>) {
    let mut listener = studio.bus().listen();
    tauri::async_runtime::spawn(async move { while channel.send(listener.next().await).is_ok() {} });
}
