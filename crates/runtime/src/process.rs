//! Processes of the user's code, each the leader of a process group of its own, so that none outlives us.
//!
//! | what happens | what ends the group |
//! |---|---|
//! | we kill it, or drop it | `killpg` with SIGKILL |
//! | its leader exits | `killpg`, for whatever the leader started |
//! | we die, even by kill -9 | the [`Guard`], a small process that waits for our end |
//!
//! A process that made itself a group of its own (a daemon) is found by a variable that it inherited: see [`strays`].
//!
//! Windows has no process groups in this sense: there only the leader is killed, and there is no guard.

mod exit;
mod guard;
mod memory;
mod strays;

pub use exit::reason;
pub use guard::Guard;
pub use memory::{data_memory_mb, peak_memory_mb};

use std::{io, process::ExitStatus, sync::Arc};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};

/// A running process and everything that it started. Dropping it kills them all.
#[derive(Debug)]
pub struct ProcessGroup {
    child: Child,
    id: u32,
    mark: String,
    guard: Arc<Guard>,
    ended: bool,
}

impl ProcessGroup {
    /// Starts `command` in a group of its own, under the eyes of `guard`. `mark` is a variable of its environment, as
    /// `NAME=value`, that no process but it and its descendants has.
    ///
    /// # Errors
    /// Those of starting a process: it is not there, is not executable, or the system has no more to give.
    pub fn spawn(command: &mut Command, mark: String, guard: &Arc<Guard>) -> io::Result<Self> {
        #[cfg(unix)]
        command.process_group(0);
        let child = command.kill_on_drop(true).spawn()?;
        // A child that was not waited for yet has an id.
        let id = child.id().unwrap_or_default();
        guard.watch(id);
        Ok(Self {
            child,
            id,
            mark,
            guard: guard.clone(),
            ended: false,
        })
    }

    /// The leader's process id, which is also the group's.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The leader's standard output and error, where they are pipes and were not taken before.
    pub fn take_output(&mut self) -> (Option<ChildStdout>, Option<ChildStderr>) {
        (self.child.stdout.take(), self.child.stderr.take())
    }

    /// Waits for the leader's end, and ends what it leaves behind. Can be dropped and called again.
    ///
    /// # Errors
    /// Those of waiting for a process.
    pub async fn wait(&mut self) -> io::Result<ExitStatus> {
        let status = self.child.wait().await;
        self.end();
        status
    }

    /// Kills the whole group at once; nothing in it can object.
    pub fn kill(&mut self) {
        kill_group(self.id);
        // Where there are no groups, and where the leader left its group.
        let _ = self.child.start_kill();
    }

    fn end(&mut self) {
        if !std::mem::replace(&mut self.ended, true) {
            kill_group(self.id);
            strays::kill(&self.mark);
            self.guard.forget(self.id);
        }
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(unix)]
fn kill_group(id: u32) {
    use nix::{
        sys::signal::{Signal, killpg},
        unistd::Pid,
    };
    // 0 would mean our own group, and 1 every process there is.
    if let Ok(id @ 2..) = i32::try_from(id) {
        let _ = killpg(Pid::from_raw(id), Signal::SIGKILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_id: u32) {}

/// Reads what is in a process's pipe at this moment, without waiting; `WouldBlock` if that is nothing.
///
/// What a process wrote *before* it spoke to us is there for sure, while the runtime's word that the pipe can be read
/// may come later than the message.
///
/// # Errors
/// Those of reading.
#[cfg(unix)]
pub fn read_now(pipe: &impl std::os::fd::AsFd, space: &mut [u8]) -> io::Result<usize> {
    // Never waits: the pipes of tokio's processes are set so.
    Ok(nix::unistd::read(pipe, space)?)
}

/// Windows cannot read from a pipe without waiting; what is late there follows with the next lines.
///
/// # Errors
/// Always `WouldBlock`.
#[cfg(not(unix))]
pub fn read_now<P>(_pipe: &P, _space: &mut [u8]) -> io::Result<usize> {
    Err(io::ErrorKind::WouldBlock.into())
}
