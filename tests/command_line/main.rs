//! The built command line on real projects with real functions: what it prints, how it exits, what it leaves behind.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod arguments;
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
#[cfg(unix)]
mod studio;
mod test_states;
