//! The system packages that building and testing need, how each is recognised, and how it is installed.
//!
//! | need | seen by | Debian, Ubuntu | Fedora | Arch |
//! |---|---|---|---|---|
//! | C compiler | `cc` | build-essential | gcc | base-devel |
//! | WebKitGTK headers | pkg-config | libwebkit2gtk-4.1-dev | webkit2gtk4.1-devel | webkit2gtk-4.1 |
//! | WebDriver of WebKitGTK | `WebKitWebDriver` | webkit2gtk-driver | /usr/bin/WebKitWebDriver | webkit2gtk-4.1 |
//! | a screen in memory | `Xvfb` | xvfb | xorg-x11-server-Xvfb | xorg-server-xvfb |
//! | its access file | `xauth` | xauth | xorg-x11-xauth | xorg-xauth |
//! | keys and pointer | `xdotool` | xdotool | xdotool | xdotool |
//! | pictures of the screen | `import` | imagemagick | ImageMagick | imagemagick |
//! | a browser | `chromium` | chromium | chromium | chromium |
//! | Python | `python3` | python3 | python3 | python |
//! | its virtual environments | `import ensurepip` | python3-venv | python3 | python |

use std::io::Write as _;
use std::process::Command;

use crate::machine::{Machine, Rights, System, has_library, has_program};
use crate::step;

/// Something that must be on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Compiler,
    WebKit,
    WebKitDriver,
    Screen,
    ScreenAccess,
    Input,
    Pictures,
    Browser,
    Python,
    VirtualEnvironments,
}

/// What opens the window on Linux.
pub(crate) const TO_BUILD_THE_WINDOW: &[Need] = &[Need::Compiler, Need::WebKit];
/// What the Rust tests run: the functions of the examples, and the official runtime to compare ours with.
pub(crate) const TO_TEST_RUST: &[Need] = &[
    Need::Compiler,
    Need::WebKit,
    Need::Python,
    Need::VirtualEnvironments,
];
/// What drives the endpoint through the AWS SDK for Python.
pub(crate) const TO_TEST_WITH_AN_SDK: &[Need] = &[Need::Compiler, Need::Python, Need::VirtualEnvironments];
/// What drives the page in a browser.
pub(crate) const TO_TEST_IN_A_BROWSER: &[Need] = &[Need::Compiler, Need::WebKit, Need::Python, Need::Browser];
/// What drives the real window where nobody looks.
pub(crate) const TO_TEST_THE_WINDOW: &[Need] = &[
    Need::Compiler,
    Need::WebKit,
    Need::Python,
    Need::WebKitDriver,
    Need::Screen,
    Need::ScreenAccess,
    Need::Input,
    Need::Pictures,
];

impl Need {
    /// Whether the machine has it. macOS and Windows bring their own web view.
    fn is_met(self, system: System) -> bool {
        let on_linux = !matches!(system, System::MacOs | System::Other);
        match self {
            Self::Compiler => system == System::Other || has_program("cc"),
            Self::Python => has_program("python3") || has_program("python"),
            Self::VirtualEnvironments => has_module("ensurepip"),
            Self::Browser => browser().is_some(),
            Self::WebKit => !on_linux || has_library("webkit2gtk-4.1"),
            Self::WebKitDriver => !on_linux || has_program("WebKitWebDriver"),
            Self::Screen => !on_linux || (has_program("Xvfb") && has_program("xvfb-run")),
            Self::ScreenAccess => !on_linux || has_program("xauth"),
            Self::Input => !on_linux || has_program("xdotool"),
            Self::Pictures => !on_linux || has_program("import"),
        }
    }

    fn package(self, system: System) -> &'static str {
        let [debian, fedora, arch, mac] = match self {
            Self::Compiler => [
                "build-essential",
                "gcc",
                "base-devel",
                "Xcode's tools: xcode-select --install",
            ],
            Self::WebKit => [
                "libwebkit2gtk-4.1-dev",
                "webkit2gtk4.1-devel",
                "webkit2gtk-4.1",
                "",
            ],
            Self::WebKitDriver => [
                "webkit2gtk-driver",
                "/usr/bin/WebKitWebDriver",
                "webkit2gtk-4.1",
                "",
            ],
            Self::Screen => ["xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb", ""],
            Self::ScreenAccess => ["xauth", "xorg-x11-xauth", "xorg-xauth", ""],
            Self::Input => ["xdotool", "xdotool", "xdotool", ""],
            Self::Pictures => ["imagemagick", "ImageMagick", "imagemagick", ""],
            Self::Browser => ["chromium", "chromium", "chromium", "brew install --cask chromium"],
            Self::Python => ["python3", "python3", "python", "brew install python"],
            Self::VirtualEnvironments => ["python3-venv", "python3", "python", "brew install python"],
        };
        match system {
            System::Fedora => fedora,
            System::Arch => arch,
            System::MacOs => mac,
            // Debian's names are the ones that other Linuxes' documentation refers to.
            System::Debian | System::OtherLinux | System::Other => debian,
        }
    }
}

/// Whether Python has a module; Debian ships some of its own in packages apart.
fn has_module(name: &str) -> bool {
    let import = format!("import {name}");
    let found = |program: &str| {
        let output = Command::new(program).args(["-c", &import]).output();
        output.is_ok_and(|output| output.status.success())
    };
    found("python3") || found("python")
}

/// The browser that the tests and the icon's renderer use.
pub(crate) fn browser() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| has_program(name))
}

/// What has to happen before the work can start.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    Nothing,
    /// Commands to run in this order; `ask` says that somebody should agree first.
    Install {
        commands: Vec<Vec<String>>,
        ask: bool,
    },
    /// This program can't do it; the sentence says what the user can.
    Tell(String),
}

/// Makes sure that the needs are met, or says what to do.
pub(crate) fn ensure(machine: &Machine, needs: &[Need]) -> Result<(), String> {
    match plan(machine, &missing(machine, needs)) {
        Plan::Nothing => Ok(()),
        Plan::Tell(sentence) => Err(sentence),
        Plan::Install { commands, ask } => {
            let wanted = listed(machine.system, &missing(machine, needs));
            if ask && !agreed(&wanted) {
                return Err(format!("these packages are needed: {wanted}"));
            }
            println!("  installing {wanted}");
            commands.iter().try_for_each(|command| install(command))?;
            match missing(machine, needs).as_slice() {
                [] => Ok(()),
                still => Err(format!(
                    "installed, but still not found: {}",
                    listed(machine.system, still)
                )),
            }
        }
    }
}

fn missing(machine: &Machine, needs: &[Need]) -> Vec<Need> {
    needs
        .iter()
        .copied()
        .filter(|need| !need.is_met(machine.system))
        .collect()
}

fn listed(system: System, needs: &[Need]) -> String {
    names(system, needs).join(" ")
}

fn names(system: System, missing: &[Need]) -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for need in missing {
        let name = need.package(system);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn plan(machine: &Machine, missing: &[Need]) -> Plan {
    if missing.is_empty() {
        return Plan::Nothing;
    }
    let names = names(machine.system, missing);
    let listed = listed(machine.system, missing);
    match (machine.system, machine.rights) {
        (System::Debian, Rights::Root | Rights::Sudo) => {
            let prefix = if machine.rights == Rights::Sudo {
                sudo(machine.unattended)
            } else {
                Vec::new()
            };
            let apt = |rest: &[&str]| -> Vec<String> {
                let frame = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
                prefix
                    .iter()
                    .chain(&frame)
                    .chain(rest)
                    .map(|word| (*word).to_owned())
                    .collect()
            };
            let mut install = vec!["install", "--yes", "--no-install-recommends"];
            install.extend(&names);
            let ask = machine.rights == Rights::Sudo && !machine.unattended;
            Plan::Install {
                commands: vec![apt(&["update", "--quiet"]), apt(&install)],
                ask,
            }
        }
        (System::Debian, Rights::None) => Plan::Tell(format!(
            "as root, run: apt-get install --no-install-recommends {listed}"
        )),
        (System::Fedora, _) => Plan::Tell(format!("as root, run: dnf install {listed}")),
        (System::Arch, _) => Plan::Tell(format!("as root, run: pacman -S --needed {listed}")),
        (System::OtherLinux, _) => Plan::Tell(format!(
            "install what your system calls (these are Debian's names): {listed}"
        )),
        (System::MacOs | System::Other, _) => Plan::Tell(format!("install: {}", names.join("; "))),
    }
}

fn sudo(unattended: bool) -> Vec<&'static str> {
    if unattended {
        vec!["sudo", "--non-interactive"]
    } else {
        vec!["sudo"]
    }
}

fn agreed(names: &str) -> bool {
    print!("Stepwell needs {names}. Install with sudo? [Y/n] ");
    // A prompt that can't be written is answered below all the same.
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    matches!(read, Ok(count) if count > 0) && matches!(answer.trim(), "" | "y" | "Y" | "yes")
}

fn install(words: &[String]) -> Result<(), String> {
    let Some((program, arguments)) = words.split_first() else {
        return Ok(());
    };
    let mut command = Command::new(program);
    command.args(arguments);
    step::in_the_open(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEBIAN: Machine = Machine {
        system: System::Debian,
        rights: Rights::Root,
        unattended: true,
        display: false,
        gpu: false,
    };

    fn check(machine: Machine, missing: &[Need], expected: &[&str], asks: bool) {
        let commands = expected
            .iter()
            .map(|line| line.split(' ').map(str::to_owned).collect())
            .collect();
        assert_eq!(plan(&machine, missing), Plan::Install { commands, ask: asks });
    }

    fn tells(machine: Machine, missing: &[Need], expected: &str) {
        assert_eq!(plan(&machine, missing), Plan::Tell(expected.to_owned()));
    }

    #[test]
    fn debian_installs_as_root_at_once_and_with_sudo_after_asking() {
        let missing = [Need::WebKit, Need::Screen];
        let update = "env DEBIAN_FRONTEND=noninteractive apt-get update --quiet";
        let install = "env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
                       libwebkit2gtk-4.1-dev xvfb";
        check(DEBIAN, &missing, &[update, install], false);

        let attended = Machine {
            rights: Rights::Sudo,
            unattended: false,
            ..DEBIAN
        };
        check(
            attended,
            &missing,
            &[&format!("sudo {update}"), &format!("sudo {install}")],
            true,
        );

        let unattended = Machine {
            rights: Rights::Sudo,
            ..DEBIAN
        };
        let quietly = |line: &str| format!("sudo --non-interactive {line}");
        check(
            unattended,
            &missing,
            &[&quietly(update), &quietly(install)],
            false,
        );
    }

    #[test]
    fn others_are_told_what_to_install() {
        let on = |system| Machine { system, ..DEBIAN };
        let driver = [Need::WebKit, Need::WebKitDriver];
        tells(
            on(System::Fedora),
            &driver,
            "as root, run: dnf install webkit2gtk4.1-devel /usr/bin/WebKitWebDriver",
        );
        tells(
            on(System::Arch),
            &driver,
            "as root, run: pacman -S --needed webkit2gtk-4.1",
        );
        tells(
            Machine {
                rights: Rights::None,
                ..DEBIAN
            },
            &[Need::Browser],
            "as root, run: apt-get install --no-install-recommends chromium",
        );
        tells(
            on(System::MacOs),
            &[Need::Compiler],
            "install: Xcode's tools: xcode-select --install",
        );
    }

    #[test]
    fn nothing_missing_means_nothing_to_do() {
        assert_eq!(plan(&DEBIAN, &[]), Plan::Nothing);
    }
}
