//! How a command ends early.

use std::fmt::Display;
use std::io;

/// Exit code of wrong use and of wrong definitions.
pub(crate) const WRONG: u8 = 2;
/// Exit code of an execution that did not succeed.
pub(crate) const FAILED: u8 = 1;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Where, what, and what to do.
    Message {
        /// Where and what.
        message: String,
        /// What to do, where the message does not say it.
        help: Option<String>,
    },
    /// The problems were printed already.
    Told,
    /// Whoever reads our output has gone away.
    Closed,
}

impl Failure {
    pub(crate) fn new(message: impl Display) -> Self {
        Self::Message {
            message: message.to_string(),
            help: None,
        }
    }

    /// Where and what; empty where it was told already.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Message { message, .. } => message,
            Self::Told | Self::Closed => "",
        }
    }

    pub(crate) fn with_help(message: impl Display, help: impl Display) -> Self {
        Self::Message {
            message: message.to_string(),
            help: Some(help.to_string()),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::new(format!("the output can't be written: {error}")),
        }
    }
}
