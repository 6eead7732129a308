//! Checks the configuration and the capabilities of the window when it is built.

fn main() {
    tauri_build::build();
}
