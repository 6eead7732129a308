//! The services that a Task state can call, one file for each.

pub(crate) mod activity;
pub mod lambda;
pub mod sdk;
pub(crate) mod states;
