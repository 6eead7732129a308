//! `cargo xtask run`: from a fresh clone to an open window, or to an address where there is no screen.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::checks::{build_page, install_node_packages};
use crate::machine::Machine;
use crate::packages;
use crate::project::Project;
use crate::step;

/// What is opened when nothing is named.
const EXAMPLE: &str = "examples/order-fulfilment";

/// How the page is shown.
#[derive(Debug, PartialEq, Eq)]
enum Shell {
    Window,
    Browser,
}

/// Builds what is needed and opens the path.
pub(crate) fn run(project: &Project, path: Option<&str>) -> Result<ExitCode, String> {
    let path = path.map_or_else(
        || project.root.join(EXAMPLE),
        |path| Path::new(path).to_path_buf(),
    );
    let path = std::path::absolute(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    if !path.exists() {
        return Err(format!("{}: there is no such folder or file", path.display()));
    }
    let machine = Machine::look();
    let shell = shell(&machine);
    if shell == Shell::Window {
        packages::ensure(&machine, packages::TO_BUILD_THE_WINDOW)?;
    } else {
        println!("No display is set (DISPLAY, WAYLAND_DISPLAY): serving the studio to a browser instead.");
    }
    println!("▶ Node packages");
    install_node_packages(project)?;
    println!("▶ UI build");
    build_page(project)?;
    println!("▶ Stepwell");
    step::in_the_open(match shell {
        Shell::Window => project.build_binaries(),
        Shell::Browser => project.cargo(&["build", "-p", "stepwell"]),
    })?;
    println!("▶ Opening {}", path.display());
    step::in_the_open(command(project, &machine, &shell, &path))?;
    Ok(ExitCode::SUCCESS)
}

fn shell(machine: &Machine) -> Shell {
    if machine.display {
        Shell::Window
    } else {
        Shell::Browser
    }
}

/// What opens the path, once everything is built.
fn command(project: &Project, machine: &Machine, shell: &Shell, path: &Path) -> Command {
    match shell {
        Shell::Browser => {
            let mut studio = Command::new(project.binary("stepwell"));
            studio.arg("studio").arg(path);
            studio
        }
        Shell::Window => {
            let mut window = Command::new(project.binary("stepwell-desktop"));
            window.arg(path);
            if !machine.gpu && std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
                // Without a graphics device WebKit's other renderer is three times faster.
                window.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
            }
            window
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Rights, System};

    fn check(display: bool, gpu: bool, expected: &str, slow_renderer_is_off: bool) {
        let machine = Machine {
            system: System::Debian,
            rights: Rights::None,
            unattended: true,
            display,
            gpu,
        };
        let command = command(
            &Project::here(),
            &machine,
            &shell(&machine),
            Path::new("my/project"),
        );
        assert_eq!(step::command_line(&command), expected);
        let set = command
            .get_envs()
            .any(|(name, _)| name == "WEBKIT_DISABLE_DMABUF_RENDERER");
        assert_eq!(set, slow_renderer_is_off);
    }

    #[test]
    fn a_screen_gets_the_window_and_none_gets_an_address() {
        let chosen_by_the_user = std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_some();
        check(true, true, "stepwell-desktop my/project", false);
        check(true, false, "stepwell-desktop my/project", !chosen_by_the_user);
        check(false, false, "stepwell studio my/project", false);
    }
}
