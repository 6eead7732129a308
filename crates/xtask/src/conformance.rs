//! `cargo xtask test conformance`: the built endpoint as users of an AWS SDK meet it, and beside recordings of AWS.
//!
//! | step | what it does |
//! |---|---|
//! | Command line | builds `stepwell` |
//! | boto3 | a virtual environment with the AWS SDK for Python, made once |
//! | SDK workflows | `tests/sdk/workflows.py` against the endpoint |
//! | Recordings | the runner beside the recordings, twice: without functions, and with those it creates itself |
//!
//! The recordings lie beside the checkout (`../shared/conformance`); where they are absent the step says so. How many
//! cases have to agree stands in `tests/conformance/floor.txt`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::machine;
use crate::project::Project;
use crate::report::{Report, run};

/// Steps that this part adds.
pub(crate) fn test(project: &Project, report: &mut Report<'_>) {
    let build = project.cargo(&["build", "--bin", "stepwell"]);
    report.command("Command line", &["System packages"], build);
    report.task("boto3", &["System packages"], install_boto3);
    report.task("SDK workflows", &["Command line", "boto3"], sdk_workflows);
    if recordings(project).is_dir() {
        report.task("Recordings", &["Command line", "boto3"], recorded_cases);
    } else {
        report.leave_out("Recordings", "../shared/conformance is not there");
    }
}

fn recordings(project: &Project) -> PathBuf {
    project.root.join("../shared/conformance")
}

fn environment(project: &Project) -> PathBuf {
    project.target.join("xtask/boto3")
}

fn python(project: &Project) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    environment(project)
        .join(folder)
        .join(format!("python{}", std::env::consts::EXE_SUFFIX))
}

/// Makes the virtual environment, unless it is there and has boto3.
fn install_boto3(project: &Project) -> Result<(), String> {
    let mut there = Command::new(python(project));
    there.args(["-c", "import boto3"]).stderr(Stdio::null());
    if there.status().is_ok_and(|status| status.success()) {
        return Ok(());
    }
    let system = if machine::has_program("python3") {
        "python3"
    } else {
        "python"
    };
    let mut make = Command::new(system);
    make.args(["-m", "venv", "--clear"]).arg(environment(project));
    run(project, "boto3 environment", make)?;
    let mut install = Command::new(python(project));
    install.args(["-m", "pip", "install", "--quiet", "boto3"]);
    run(project, "boto3", install)
}

/// An endpoint in progress, with a folder of its own. It ends with this value.
struct Endpoint {
    process: Child,
    address: String,
}

impl Endpoint {
    fn start(project: &Project, name: &str, arguments: &[&str]) -> Result<Self, String> {
        let data = project.target.join("xtask").join(name);
        // What an earlier run left would be found again; that there is nothing is the usual case.
        let _ = fs::remove_dir_all(&data);
        let mut command = Command::new(project.binary("stepwell"));
        command
            .args(["serve", "--port", "0"])
            .args(arguments)
            .env("STEPWELL_DATA_DIR", &data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let failed = |error: std::io::Error| format!("stepwell serve: {error}");
        let mut process = command.spawn().map_err(failed)?;
        let mut address = String::new();
        if let Some(out) = process.stdout.take() {
            BufReader::new(out).read_line(&mut address).map_err(failed)?;
        }
        let endpoint = Self {
            process,
            address: address.trim().to_owned(),
        };
        match endpoint.address.is_empty() {
            true => Err("stepwell serve ended before it listened".to_owned()),
            false => Ok(endpoint),
        }
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        // It is the test's own process, and its data are thrown away.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn sdk_workflows(project: &Project) -> Result<(), String> {
    // The record goes into a copy: the example stays as it is.
    let copy = project.target.join("xtask/sdk-example");
    let _ = fs::remove_dir_all(&copy);
    copy_folder(&project.root.join("examples/order-fulfilment"), &copy)
        .map_err(|error| format!("{}: {error}", copy.display()))?;
    let folder = copy.to_string_lossy();
    let endpoint = Endpoint::start(project, "sdk-data", &["--dir", &folder])?;
    let mut tests = Command::new(python(project));
    tests
        .arg(project.root.join("tests/sdk/workflows.py"))
        .arg(&endpoint.address)
        .arg(&copy);
    run(project, "SDK workflows", tests)
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_name() == ".stepwell" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// How many cases ran, and how many agree.
#[derive(Debug, PartialEq, Eq)]
struct Score {
    run: u32,
    a: u32,
    b: u32,
}

fn recorded_cases(project: &Project) -> Result<(), String> {
    let floor = project.root.join("tests/conformance/floor.txt");
    let floor = fs::read_to_string(&floor).map_err(|error| format!("{}: {error}", floor.display()))?;
    let mut below = Vec::new();
    for (part, more) in [("open", &[][..]), ("with-lambda", &["--with-lambda"][..])] {
        let endpoint = Endpoint::start(project, "conformance-data", &[])?;
        let cases = recordings(project);
        let verdicts = project.logs().join(format!("conformance-{part}.json"));
        let mut runner = Command::new(python(project));
        runner
            .arg(cases.join("run_sfn_cases.py"))
            .args(["--endpoint", &endpoint.address, "-v", "--cases"])
            .arg(cases.join("sfn"))
            .arg("--json")
            .arg(&verdicts)
            .args(more);
        let name = format!("conformance {part}");
        run(project, &name, runner)?;
        let log = project.logs().join(format!("conformance-{part}.log"));
        let log = fs::read_to_string(&log).map_err(|error| format!("{}: {error}", log.display()))?;
        print_table(&log);
        let score = score(&log).ok_or("the runner printed no totals")?;
        let (a, b) = floor_of(&floor, part).ok_or_else(|| format!("floor.txt has no line for {part}"))?;
        println!(
            "  {part}: {} of {} agree at level a (floor {a}), {} at level b (floor {b})",
            score.a, score.run, score.b
        );
        if score.a < a || score.b < b {
            below.push(part);
        }
    }
    match below.as_slice() {
        [] => Ok(()),
        parts => Err(format!("fewer cases agree than did before: {}", parts.join(", "))),
    }
}

/// The runner's table, from its heading on.
fn print_table(log: &str) {
    let lines = log.lines().skip_while(|line| !line.starts_with("category/kind"));
    for line in lines {
        println!("  {line}");
    }
}

/// The numbers of the last line: `total  run  a  b  skip  seconds`.
fn score(log: &str) -> Option<Score> {
    let line = log.lines().rev().find(|line| line.starts_with("total "))?;
    let mut numbers = line
        .split_whitespace()
        .skip(1)
        .map_while(|word| word.parse().ok());
    Some(Score {
        run: numbers.next()?,
        a: numbers.next()?,
        b: numbers.next()?,
    })
}

fn floor_of(floor: &str, part: &str) -> Option<(u32, u32)> {
    floor.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        (words.next()? == part).then_some(())?;
        Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_floors_are_read() {
        let log = "A some::case\ncategory/kind    run  a  b  skip\nbase  17 17 16 0\ntotal   741   561   559   173   27 s\n";
        let expected = Score {
            run: 741,
            a: 561,
            b: 559,
        };
        assert_eq!(score(log), Some(expected));
        assert_eq!(score("nothing"), None);
        let floor = "# a comment\nopen 561 559\nwith-lambda 577 575\n";
        assert_eq!(floor_of(floor, "with-lambda"), Some((577, 575)));
        assert_eq!(floor_of(floor, "with"), None);
    }
}
