//! The desktop window: it shows the same page that `stepwell studio` serves to a browser.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(debug_assertions)]
mod page_on_disk;

fn main() {
    let outcome = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .run(context());
    if let Err(error) = outcome {
        eprintln!("stepwell-desktop: the window could not be opened: {error}");
        std::process::exit(1);
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
