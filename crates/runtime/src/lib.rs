//! Drives executions: clock, journal, functions, debug sessions.

pub mod store;
