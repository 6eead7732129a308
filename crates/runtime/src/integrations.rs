//! The services that a Task state can call, one file for each.

pub mod lambda;
