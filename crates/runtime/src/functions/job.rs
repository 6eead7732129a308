//! What goes to an execution environment: a job, and the handle by which the next one can be sent.

use super::{Function, Invocation, code::Fingerprint};
use bytes::Bytes;
use std::sync::Weak;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

/// One invocation for an environment. Dropped unanswered when the environment ended before it began with it.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) request_id: String,
    pub(super) payload: Bytes,
    pub(super) arn: String,
    pub(super) trace_id: String,
    pub(super) client_context: Option<String>,
    pub(super) source: Option<String>,
    pub(super) reply: oneshot::Sender<Invocation>,
    /// Held while the environment is busy.
    pub(super) permit: OwnedSemaphorePermit,
    /// Comes back to the function's idle ones when the job is done.
    pub(super) handle: Handle,
}

/// A living environment. When its last handle is dropped it ends.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    pub(super) jobs: mpsc::Sender<Job>,
    /// The code that it runs.
    pub(super) code: Fingerprint,
    pub(super) function: Weak<Function>,
}

impl Handle {
    /// Makes the environment available again; it ends if the function was replaced meanwhile.
    pub(super) fn release(self) {
        if let Some(function) = self.function.upgrade() {
            function.idle().push(self);
        }
    }
}
