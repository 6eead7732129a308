//! The built command line on real projects with real functions: what it prints, how it exits, what it leaves behind.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic, and those that take long say what came of it"
)]

mod arguments;
#[cfg(unix)]
mod crash;
#[cfg(unix)]
mod endpoint;
mod events;
mod export;
mod faults;
#[cfg(unix)]
mod kills;
mod scene;
#[cfg(unix)]
mod serve;
#[cfg(target_os = "linux")]
mod soak;
#[cfg(unix)]
mod studio;
mod test_states;
