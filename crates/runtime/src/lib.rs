//! Drives executions: clock, journal, functions, debug sessions.
//!
//! | file | what it knows |
//! |---|---|
//! | `runtime.rs` | the face: start, find, resume, stop, step, edit, fork |
//! | `run.rs`, `driver.rs` | one execution in this process, and the task that drives it |
//! | `board.rs` | the picture of an execution: visits of states |
//! | `debugger.rs`, `fork.rs` | stops, steps, the past, forks |
//! | `visit.rs`, `stack.rs`, `watch.rs`, `timeline.rs` | what a debugger shows: data, frames, expressions, rows |
//! | `store.rs`, `record.rs` | what is kept, and in which form |
//! | `registry.rs` | state machines and activities by their ARN |
//! | `dispatch.rs`, `integrations.rs`, `functions.rs` | what tasks call |
//! | `state_test.rs` | one state alone |
//! | `clock.rs`, `execution_clock.rs` | the only place that reads a clock; an execution's own |
//! | `doors.rs`, `process.rs` | the rules of local servers; groups of processes |

pub mod board;
pub mod clock;
pub mod debugger;
mod digest;
mod dispatch;
pub mod doors;
mod driver;
pub mod execution_clock;
mod fork;
pub mod functions;
pub mod integrations;
mod log;
pub mod process;
pub mod record;
pub mod registry;
pub mod results;
pub mod run;
mod runtime;
pub mod stack;
pub mod state_test;
pub mod store;
pub mod timeline;
pub mod visit;
mod watch;

pub use digest::{digest, digest_of};
pub use runtime::{
    DataEdit, Identity, NotRunnable, RunError, Runtime, StartMachine, StartMachineError, StartRun,
    StartedExecution, TaskOutcome, TokenError,
};
