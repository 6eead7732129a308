//! Why a function could not be run at all, as opposed to one that ran and failed.
//!
//! What the service would say too has the service's error name in a state machine; what can only happen on a user's
//! machine has a name that starts with `Stepwell.`, which no Retrier for the service's errors takes for its own.

use super::FunctionSpec;
use std::{io, path::PathBuf};

/// Functions cannot be run here at all.
#[derive(Debug, thiserror::Error)]
pub enum FunctionsError {
    /// The folder for bootstraps and environments.
    #[error("{}: functions need a folder that can be written to: {source}", folder.display())]
    Scratch {
        /// Which folder.
        folder: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
    /// The process that cleans up after us.
    #[error("/bin/sh could not be started, which ends functions when Stepwell is killed: {0}")]
    Guard(io::Error),
}

impl FunctionsError {
    pub(super) fn scratch(folder: PathBuf, source: io::Error) -> Self {
        Self::Scratch { folder, source }
    }
}

/// An invocation that did not happen.
#[derive(Debug, thiserror::Error)]
pub enum InvokeError {
    /// There is no such function in the project.
    #[error("{}", not_found_message(arn, known))]
    NotFound {
        /// What was asked for, with the version.
        arn: String,
        /// The functions that there are.
        known: Vec<String>,
        /// The id of the call.
        request_id: String,
    },
    /// The function's folder is not there.
    #[error("function {function}: {} does not exist; build the function, or correct its CodeUri", folder.display())]
    CodeMissing {
        /// Which function.
        function: String,
        /// Its folder.
        folder: PathBuf,
    },
    /// No interpreter for its runtime.
    #[error("{runtime} is not installed, nor any other version of it; {how}")]
    RuntimeMissing {
        /// The declared runtime.
        runtime: String,
        /// How to get one.
        how: &'static str,
    },
    /// A runtime that does not run here.
    #[error(
        "runtime {runtime:?} cannot run here; python3.*, nodejs*.x and provided.* can. A compiled function runs as provided.al2023 with an executable named `bootstrap`"
    )]
    RuntimeUnsupported {
        /// The declared runtime.
        runtime: String,
    },
    /// A function's name that the service would not take.
    #[error("{name:?} is no name for a function: letters, digits, - and _, at most 64 of them")]
    BadName {
        /// The name.
        name: String,
    },
    /// The payload is not JSON.
    #[error("Could not parse request body into json: {reason}")]
    InvalidPayload {
        /// Where and why.
        reason: String,
    },
    /// The payload is over the service's limit.
    #[error(
        "the payload has {bytes} bytes; at most {} are allowed",
        aws::lambda::MAX_PAYLOAD_BYTES
    )]
    PayloadTooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The system could not start the environment.
    #[error("function {function}: its environment could not be started: {source}")]
    Start {
        /// Which function.
        function: String,
        /// What went wrong.
        source: io::Error,
    },
    /// We are about to end.
    #[error("functions are being shut down")]
    ShuttingDown,
}

fn not_found_message(arn: &str, known: &[String]) -> String {
    let there_are = if known.is_empty() {
        "no functions".to_owned()
    } else {
        known.join(", ")
    };
    format!("Function not found: {arn}; the project has {there_are}")
}

impl InvokeError {
    pub(super) fn code_missing(spec: &FunctionSpec) -> Self {
        Self::CodeMissing {
            function: spec.name.clone(),
            folder: spec.code.clone(),
        }
    }

    /// The error's name in a state machine, which Retriers and Catchers match.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "Lambda.ResourceNotFoundException",
            Self::InvalidPayload { .. } => "Lambda.InvalidRequestContentException",
            Self::PayloadTooLarge { .. } => "Lambda.RequestTooLargeException",
            Self::CodeMissing { .. } => "Stepwell.CodeMissing",
            Self::RuntimeMissing { .. } => "Stepwell.RuntimeMissing",
            Self::RuntimeUnsupported { .. } => "Stepwell.RuntimeUnsupported",
            Self::BadName { .. } => "Stepwell.BadFunctionName",
            Self::Start { .. } => "Stepwell.FunctionNotStarted",
            Self::ShuttingDown => "Stepwell.ShuttingDown",
        }
    }
}
