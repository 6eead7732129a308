//! Drives executions: clock, journal, functions, debug sessions.

pub mod clock;
pub mod doors;
pub mod functions;
pub mod integrations;
pub mod process;
pub mod store;
