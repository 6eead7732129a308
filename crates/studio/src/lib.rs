//! Every user-visible operation as one request and one response, one event stream, one wire contract.
//!
//! | file | what it is |
//! |---|---|
//! | `contract.rs` | requests, responses and events, from which the page's types are generated |
//! | `dispatch.rs` | from a method's name to its handler |
//! | `handlers.rs` | the handlers: each asks lower crates and answers in the contract's words |
//! | `views.rs` | what lower crates know, in the contract's words |
//! | `open.rs` | the open project: workspace, runtime, watching |
//! | `bus.rs` | the event stream |
//! | `host.rs` | the contract and the page over HTTP |

pub mod bus;
pub mod contract;
mod dispatch;
mod handlers;
pub mod host;
mod open;
mod views;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::runtime::clock::Clock;
use ::workspace::Configuration;

use bus::Bus;
use contract::CallError;
use open::Open;

/// The studio: one window's worth of Stepwell, whatever shows it.
pub struct Studio {
    bus: Arc<Bus>,
    configuration: Arc<Configuration>,
    clock: Clock,
    examples: Vec<PathBuf>,
    open: Mutex<Option<Arc<Open>>>,
    /// One folder is opened at a time.
    opening: tokio::sync::Mutex<()>,
}

impl Studio {
    /// A studio with nothing open. Call its methods inside a tokio runtime.
    #[must_use]
    pub fn new(configuration: Configuration, clock: Clock, examples: Vec<PathBuf>) -> Self {
        Self {
            bus: Arc::new(Bus::default()),
            configuration: Arc::new(configuration),
            clock,
            examples,
            open: Mutex::new(None),
            opening: tokio::sync::Mutex::new(()),
        }
    }

    /// The event stream.
    #[must_use]
    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    /// Ends what runs: functions are stopped, unsaved text is kept for recovery.
    pub async fn shut_down(&self) {
        let open = self.slot().take();
        if let Some(open) = open {
            open.close().await;
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<Arc<Open>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open project.
    fn opened(&self) -> Result<Arc<Open>, CallError> {
        self.slot().clone().ok_or_else(|| {
            CallError::new("project.none", "no project is open").hint("Open a folder or a definition first.")
        })
    }
}
