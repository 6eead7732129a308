//! Task: one unit of work by a function, an activity or a service.

use crate::machine::{Payload, Resource, Setting};

/// A Task state's own fields.
#[derive(Debug)]
pub struct Task {
    /// `Resource`.
    pub resource: Resource,
    /// `TimeoutSeconds` or `TimeoutSecondsPath`; unset means 99,999,999.
    pub timeout: Setting<u64>,
    /// `HeartbeatSeconds` or `HeartbeatSecondsPath`.
    pub heartbeat: Setting<u64>,
    /// `Credentials`.
    pub credentials: Option<Payload>,
}
