//! `cargo xtask test`: everything that has to pass, from the quickest to the slowest.
//!
//! | step | part | needs |
//! |---|---|---|
//! | System packages | all | |
//! | Format, Clippy, Rust tests | rust | System packages (but Format) |
//! | Command line, boto3, SDK workflows, Recordings | conformance | System packages |
//! | Node packages | ui, browser, window | |
//! | UI lint, UI types, UI unit tests | ui | Node packages |
//! | UI build | browser, window | Node packages |
//! | Binaries | browser, window | System packages |
//! | Browser tests | browser | UI build, Binaries |
//! | Window smoke | window | UI build, Binaries |
//!
//! A step that fails stops only the steps that need it.

use std::process::{Command, ExitCode};

use crate::arguments::Part;
use crate::conformance;
use crate::machine::{Machine, System};
use crate::packages::{self, Need};
use crate::page;
use crate::project::Project;
use crate::report::{Report, run};

/// The screen in memory on which the window is opened.
const SCREEN: &str = "-screen 0 1440x900x24";

/// Runs the parts; the exit code says whether everything passed.
pub(crate) fn test(project: &Project, parts: &[Part]) -> Result<ExitCode, String> {
    let machine = Machine::look();
    let mut report = Report::new(project);
    report.task("System packages", &[], |_| {
        packages::ensure(&machine, &needs(parts))
    });
    if parts.contains(&Part::Rust) {
        rust(project, &mut report);
    }
    if parts.contains(&Part::Conformance) {
        conformance::test(project, &mut report);
    }
    if parts
        .iter()
        .any(|part| !matches!(part, Part::Rust | Part::Conformance))
    {
        report.task("Node packages", &[], install_node_packages);
    }
    if parts.contains(&Part::Ui) {
        ui(project, &mut report);
    }
    if parts.contains(&Part::Browser) || parts.contains(&Part::Window) {
        report.task("UI build", &["Node packages"], build_page);
        report.command("Binaries", &["System packages"], project.build_binaries());
    }
    if parts.contains(&Part::Browser) {
        let tests = with_binaries(project, project.npm(&["run", "--silent", "test:browser"]));
        report.command("Browser tests", &["UI build", "Binaries"], tests);
    }
    if parts.contains(&Part::Window) {
        window(project, &machine, &mut report);
    }
    Ok(report.finish())
}

fn needs(parts: &[Part]) -> Vec<Need> {
    let mut all = Vec::new();
    for part in parts {
        let of_part = match part {
            Part::Rust => packages::TO_TEST_RUST,
            Part::Conformance => packages::TO_TEST_WITH_AN_SDK,
            Part::Ui => &[],
            Part::Browser => packages::TO_TEST_IN_A_BROWSER,
            Part::Window => packages::TO_TEST_THE_WINDOW,
        };
        all.extend(
            of_part
                .iter()
                .filter(|need| !all.contains(*need))
                .copied()
                .collect::<Vec<_>>(),
        );
    }
    all
}

fn rust(project: &Project, report: &mut Report<'_>) {
    report.command("Format", &[], project.cargo(&["fmt", "--all", "--check"]));
    let mut clippy = project.whole(&["clippy", "--all-targets"]);
    clippy.args(["--", "-D", "warnings"]);
    report.command("Clippy", &["System packages"], clippy);
    let mut tests = project.whole(&["test", "--no-fail-fast"]);
    // A test that finds its interpreter or its package missing fails instead of being left out.
    tests.env("STEPWELL_SKIP_NOTHING", "1");
    report.command("Rust tests", &["System packages"], tests);
}

fn ui(project: &Project, report: &mut Report<'_>) {
    for (name, script) in [
        ("UI lint", "lint"),
        ("UI types", "typecheck"),
        ("UI unit tests", "test"),
    ] {
        report.command(
            name,
            &["Node packages"],
            project.npm(&["run", "--silent", script]),
        );
    }
}

fn window(project: &Project, machine: &Machine, report: &mut Report<'_>) {
    let npm = ["run", "--silent", "test:window"];
    match machine.system {
        System::MacOs => report.leave_out(
            "Window smoke",
            "macOS has no WebDriver for the web view of an app",
        ),
        System::Other => report.leave_out("Window smoke", "it is driven through WebKitGTK"),
        _ => {
            // On a screen of its own, so that no window takes the focus from the person who waits.
            let mut screen = Command::new("xvfb-run");
            screen
                .args(["--auto-servernum", "--server-args", SCREEN, "npm"])
                .args(npm);
            screen.current_dir(project.ui()).env_remove("WAYLAND_DISPLAY");
            report.command(
                "Window smoke",
                &["UI build", "Binaries"],
                with_binaries(project, screen),
            );
        }
    }
}

/// Tells the UI's tests what they drive, and where their pictures go.
fn with_binaries(project: &Project, mut command: Command) -> Command {
    command
        .env("STEPWELL_BIN", project.binary("stepwell"))
        .env("STEPWELL_DESKTOP_BIN", project.binary("stepwell-desktop"))
        .env("STEPWELL_SCREENSHOTS", project.root.join("target/screenshots"));
    command
}

/// `npm ci`, if the lock file is another than at the last time.
pub(crate) fn install_node_packages(project: &Project) -> Result<(), String> {
    page::check_node()?;
    let packages = page::Made::node_packages(project)?;
    if packages.is_stale() {
        run(
            project,
            "Node packages",
            project.npm(&["ci", "--no-audit", "--no-fund"]),
        )?;
        packages.remember()?;
    }
    Ok(())
}

/// `npm run build`, if anything in `ui/` is another than at the last time.
pub(crate) fn build_page(project: &Project) -> Result<(), String> {
    let page = page::Made::page(project)?;
    if page.is_stale() {
        run(project, "UI build", project.npm(&["run", "--silent", "build"]))?;
        page.remember()?;
    }
    Ok(())
}
