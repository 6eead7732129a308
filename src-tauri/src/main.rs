//! The desktop window: it shows the same page that `stepwell studio` serves to a browser, and hands its calls to the
//! same core.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod core;
#[cfg(debug_assertions)]
mod page_on_disk;

use tauri::RunEvent;

fn main() {
    let studio = core::studio();
    let to_open = std::env::args_os().nth(1);
    let ending = studio.clone();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(studio.clone())
        .invoke_handler(tauri::generate_handler![core::call, core::subscribe])
        .setup(move |_| {
            if let Some(path) = to_open {
                core::open(&studio, path);
            }
            Ok(())
        })
        .build(context());
    match app {
        Ok(app) => app.run(move |_, event| {
            if matches!(event, RunEvent::Exit) {
                // Functions are processes of their own: none may be left behind.
                tauri::async_runtime::block_on(ending.shut_down());
            }
        }),
        Err(error) => {
            eprintln!("stepwell-desktop: the window could not be opened: {error}");
            std::process::exit(1);
        }
    }
}

/// The configuration, with the page read from `ui/dist` at run time: building the UI again needs no compiler.
#[cfg(debug_assertions)]
fn context() -> tauri::Context {
    tauri::generate_context!(assets = page_on_disk::PageOnDisk::new())
}

/// The configuration with the page inside the binary.
#[cfg(not(debug_assertions))]
fn context() -> tauri::Context {
    tauri::generate_context!()
}
