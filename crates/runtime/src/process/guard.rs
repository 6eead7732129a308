//! A process that outlives us for a moment, to kill the process groups that we left behind.
//!
//! Nothing runs in a program that was killed with SIGKILL, and Linux's parent-death signal reaches only the direct
//! child, when the *thread* that started it ends. So a shell reads the groups' ids from a pipe whose other end only
//! we hold, and when that end closes, for whatever reason, kills those that are still on its list. Then it kills what
//! left its group and shows by a variable where it came from (on Linux; see `strays`), and removes the folder that the
//! processes worked in.

use std::{io, path::Path};
#[cfg(unix)]
use std::{
    io::Write,
    process::{Child, ChildStdin, Command, Stdio},
    sync::Mutex,
};

#[cfg(unix)]
const SCRIPT: &str = r#"
groups=' '
while read -r verb group; do
    case $verb in
        watch) groups="$groups$group " ;;
        forget) case $groups in *" $group "*) groups="${groups%% $group *} ${groups#* $group }" ;; esac ;;
    esac
done
for group in $groups; do kill -KILL "-$group"; done
if [ -n "$1" ]; then
    for variables in $(grep -lzxF "LAMBDA_RUNTIME_DIR=$1/runtime" /proc/[0-9]*/environ); do
        process=${variables#/proc/}
        kill -KILL "${process%/environ}"
    done
    rm -rf -- "$1"
fi
"#;

/// Kills the groups it was told to watch when this process ends. Dropping it does the same.
#[derive(Debug)]
pub struct Guard {
    #[cfg(unix)]
    shell: Mutex<Option<(Child, ChildStdin)>>,
}

impl Guard {
    /// Starts the guard; it removes `folder` when it ends.
    ///
    /// # Errors
    /// Those of starting `/bin/sh`.
    #[cfg(unix)]
    pub fn start(folder: Option<&Path>) -> io::Result<Self> {
        use std::os::unix::process::CommandExt;
        let mut command = Command::new("/bin/sh");
        // In a group of its own: Ctrl-C in a terminal must not end it before us.
        command
            .args(["-c", SCRIPT, "stepwell-guard"])
            .arg(folder.unwrap_or(Path::new("")))
            .env_clear()
            .current_dir("/")
            .process_group(0);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let list = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Self {
            shell: Mutex::new(Some((child, list))),
        })
    }

    /// Windows has no process groups to watch.
    ///
    /// # Errors
    /// None.
    #[cfg(not(unix))]
    pub fn start(_folder: Option<&Path>) -> io::Result<Self> {
        Ok(Self {})
    }

    pub(super) fn watch(&self, group: u32) {
        self.tell("watch", group);
    }

    pub(super) fn forget(&self, group: u32) {
        self.tell("forget", group);
    }

    #[cfg(unix)]
    fn tell(&self, verb: &str, group: u32) {
        let mut shell = self
            .shell
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // Short enough for a pipe to take it whole, without waiting.
        if let Some((_, list)) = shell.as_mut()
            && let Err(error) = list.write_all(format!("{verb} {group}\n").as_bytes())
        {
            tracing::warn!(%error, "the guard of function processes is gone; after a kill -9 they may stay");
            *shell = None;
        }
    }

    #[cfg(not(unix))]
    fn tell(&self, _verb: &str, _group: u32) {}
}

#[cfg(unix)]
impl Drop for Guard {
    fn drop(&mut self) {
        let shell = self
            .shell
            .get_mut()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        if let Some((mut child, list)) = shell {
            drop(list);
            // It ends as soon as it has read to the end of its list.
            let _ = child.wait();
        }
    }
}
