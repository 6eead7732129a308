//! `cargo xtask`: builds, runs, tests and measures the project.

fn main() {}
