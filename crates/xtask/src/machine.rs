//! What this machine is: its system, its user, its screen.

use std::io::IsTerminal as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// How a system installs packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    /// Debian, Ubuntu and what derives from them.
    Debian,
    /// Fedora and its relatives.
    Fedora,
    /// Arch and its relatives.
    Arch,
    /// Any other Linux.
    OtherLinux,
    MacOs,
    Other,
}

/// How far this program may go to become root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rights {
    Root,
    /// Not root, but sudo is there, and there is somebody to ask or no need to ask.
    Sudo,
    None,
}

/// The facts that the rest of the program decides by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine {
    pub(crate) system: System,
    pub(crate) rights: Rights,
    /// Nobody is there to answer (`CI=true`).
    pub(crate) unattended: bool,
    /// A window can be opened.
    pub(crate) display: bool,
    /// A graphics device is there.
    pub(crate) gpu: bool,
}

impl Machine {
    /// Looks around.
    pub(crate) fn look() -> Self {
        let system = system();
        let unattended = unattended();
        Self {
            system,
            rights: rights(unattended),
            unattended,
            display: display(system),
            gpu: gpu(system),
        }
    }
}

/// Whether nobody is there to answer a question.
pub(crate) fn unattended() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}

/// Whether a program of this name is on the PATH.
pub(crate) fn has_program(name: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    std::env::split_paths(&path).any(|folder| {
        folder.join(name).is_file() || cfg!(windows) && folder.join(format!("{name}.exe")).is_file()
    })
}

/// Whether pkg-config knows a library with its headers.
pub(crate) fn has_library(name: &str) -> bool {
    quiet("pkg-config", &["--exists", name]).is_some()
}

/// What a program prints, if it ran and succeeded.
pub(crate) fn quiet(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn system() -> System {
    match std::env::consts::OS {
        "linux" => linux_family(&std::fs::read_to_string("/etc/os-release").unwrap_or_default()),
        "macos" => System::MacOs,
        _ => System::Other,
    }
}

/// Which family a Linux belongs to, from the text of `/etc/os-release`.
fn linux_family(os_release: &str) -> System {
    let words = os_release
        .lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(key, _)| *key == "ID" || *key == "ID_LIKE")
        .flat_map(|(_, value)| value.trim_matches('"').split_whitespace());
    for word in words {
        match word {
            "debian" | "ubuntu" => return System::Debian,
            "fedora" | "rhel" => return System::Fedora,
            "arch" => return System::Arch,
            _ => {}
        }
    }
    System::OtherLinux
}

fn rights(unattended: bool) -> Rights {
    let somebody_or_no_need = unattended || std::io::stdin().is_terminal();
    if quiet("id", &["-u"]).as_deref() == Some("0") {
        Rights::Root
    } else if somebody_or_no_need && has_program("sudo") {
        Rights::Sudo
    } else {
        Rights::None
    }
}

fn display(system: System) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match system {
        System::MacOs | System::Other => true,
        _ => set("DISPLAY") || set("WAYLAND_DISPLAY"),
    }
}

fn gpu(system: System) -> bool {
    matches!(system, System::MacOs | System::Other) || Path::new("/dev/dri").is_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linux_is_known_by_its_family() {
        let check = |text: &str, expected| assert_eq!(linux_family(text), expected, "{text}");
        check("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n", System::Debian);
        check("ID=ubuntu\nID_LIKE=debian\n", System::Debian);
        check("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", System::Debian);
        check("ID=fedora\n", System::Fedora);
        check("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", System::Fedora);
        check("ID=manjaro\nID_LIKE=arch\n", System::Arch);
        check("ID=nixos\n", System::OtherLinux);
        check("", System::OtherLinux);
    }
}
