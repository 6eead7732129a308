//! Drives executions: clock, journal, functions, debug sessions.
