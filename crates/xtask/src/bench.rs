//! `cargo xtask bench`: how fast it is and how much memory it takes, in release mode, one benchmark after the other. Beside
//! each figure stand the memory that it took and, where the design has one, its budget.
//!
//! | name | what it is |
//! |---|---|
//! | `engine`, or `transitions`, … | the files in `crates/*/benches/`: by their crate, or by their own name |
//! | `browser` | the built page in a browser, drawn in software: `ui/bench` |

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::budget;
use crate::checks::{build_page, install_node_packages};
use crate::machine::Machine;
use crate::packages::{self, Need};
use crate::project::Project;
use crate::step::{self, Stopwatch, spoken};

const BROWSER: &str = "browser";

/// A file in a crate's `benches/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Benchmark {
    folder: String,
    name: String,
}

/// Runs the named benchmarks; all where none is named. One that fails does not stop the others.
pub(crate) fn bench(project: &Project, names: &[String]) -> Result<ExitCode, String> {
    let (chosen, with_browser) = choose(&benchmarks(project)?, names)?;
    let watch = Stopwatch::start();
    let mut failed = Vec::new();
    let executables = build(project, &chosen)?;
    let browser = with_browser.then(|| prepare_browser(project)).transpose()?;
    println!("{}", machine());
    for (benchmark, executable) in &executables {
        println!("\n▶ {}: {}", benchmark.folder, benchmark.name);
        let mut command = Command::new(executable);
        command.arg("--bench");
        command.current_dir(project.root.join("crates").join(&benchmark.folder));
        if let Err(problem) = measure(command, &benchmark.name) {
            println!("  {problem}");
            failed.push(benchmark.name.clone());
        }
    }
    if let Some(command) = browser {
        println!("\n▶ {BROWSER}");
        if let Err(problem) = step::in_the_open(command) {
            println!("  {problem}");
            failed.push(BROWSER.to_owned());
        }
    }
    println!("\nThat took {}.", spoken(watch.elapsed()));
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(format!("without a result: {}", failed.join(", ")))
}

/// Every benchmark of every crate, sorted.
fn benchmarks(project: &Project) -> Result<Vec<Benchmark>, String> {
    let crates = project.root.join("crates");
    let entries = fs::read_dir(&crates).map_err(|error| format!("{}: {error}", crates.display()))?;
    let mut found = Vec::new();
    for folder in entries.flatten() {
        let files = fs::read_dir(folder.path().join("benches")).into_iter().flatten();
        for file in files.flatten().map(|file| file.path()) {
            if let (Some("rs"), Some(name)) = (
                file.extension().and_then(|extension| extension.to_str()),
                file.file_stem(),
            ) {
                found.push(Benchmark {
                    folder: folder.file_name().to_string_lossy().into_owned(),
                    name: name.to_string_lossy().into_owned(),
                });
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The benchmarks that are asked for, and whether the browser is; the error lists the names that there are.
fn choose(all: &[Benchmark], names: &[String]) -> Result<(Vec<Benchmark>, bool), String> {
    let is_called = |benchmark: &Benchmark, name: &str| benchmark.folder == name || benchmark.name == name;
    let unknown = names
        .iter()
        .find(|name| *name != BROWSER && !all.iter().any(|benchmark| is_called(benchmark, name)));
    if let Some(name) = unknown {
        let known: Vec<&str> = all.iter().map(|benchmark| &*benchmark.name).collect();
        return Err(format!(
            "there is no benchmark `{name}`, but there are: {}, {BROWSER}",
            known.join(", ")
        ));
    }
    let wanted =
        |benchmark: &&Benchmark| names.is_empty() || names.iter().any(|name| is_called(benchmark, name));
    let with_browser = names.is_empty() || names.iter().any(|name| name == BROWSER);
    Ok((all.iter().filter(wanted).cloned().collect(), with_browser))
}

/// Builds the benchmarks and says where each is.
fn build(project: &Project, chosen: &[Benchmark]) -> Result<Vec<(Benchmark, PathBuf)>, String> {
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    println!("▶ Building");
    let mut cargo = project.cargo(&["bench", "--no-run"]);
    for benchmark in chosen {
        let package = format!("stepwell-{}", benchmark.folder);
        cargo.args(["-p", &package, "--bench", &benchmark.name]);
    }
    let ended = step::run("Benchmarks", cargo, &project.logs())?;
    if !ended.passed {
        return Err(format!(
            "the benchmarks can't be built: see {}",
            ended.log.display()
        ));
    }
    let log = fs::read_to_string(&ended.log).map_err(|error| format!("{}: {error}", ended.log.display()))?;
    chosen
        .iter()
        .map(|benchmark| {
            let executable = log.lines().find_map(|line| executable(line, &benchmark.name));
            let executable =
                executable.ok_or_else(|| format!("cargo does not say where {} is", benchmark.name))?;
            Ok((benchmark.clone(), executable))
        })
        .collect()
}

/// What cargo says of a benchmark that it has built: `Executable benches/layout.rs (/target/…/layout-0123)`.
fn executable(line: &str, name: &str) -> Option<PathBuf> {
    let (file, rest) = line.trim().strip_prefix("Executable ")?.split_once(" (")?;
    let is_it = Path::new(file).file_stem().is_some_and(|stem| stem == name);
    is_it.then(|| rest.trim_end_matches(')').into())
}

/// What drives the page; everything that it needs is there when this comes back.
fn prepare_browser(project: &Project) -> Result<Command, String> {
    packages::ensure(&Machine::look(), &[Need::Compiler, Need::Browser])?;
    install_node_packages(project)?;
    build_page(project)?;
    println!("▶ Building the program");
    let built = step::run(
        "Release build",
        project.cargo(&["build", "--release", "--bin", "stepwell"]),
        &project.logs(),
    )?;
    if !built.passed {
        return Err(format!("the program can't be built: see {}", built.log.display()));
    }
    let program = format!("stepwell{}", std::env::consts::EXE_SUFFIX);
    let mut command = project.npm(&["run", "--silent", "bench"]);
    command.env("STEPWELL_BIN", project.target.join("release").join(program));
    Ok(command)
}

/// Runs a benchmark to its end. After each line that it prints stand the most memory that it had since the line before,
/// where the system tells, and the budget.
fn measure(mut command: Command, name: &str) -> Result<(), String> {
    let lost = |error: std::io::Error| format!("it could not be run: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(lost)?;
    let of_process = |file: &str| PathBuf::from(format!("/proc/{}/{file}", child.id()));
    let (status, reset) = (of_process("status"), of_process("clear_refs"));
    let lines = child.stdout.take().map(BufReader::new);
    for line in lines
        .into_iter()
        .flat_map(|lines| lines.lines().map_while(Result::ok))
    {
        let most = fs::read_to_string(&status).ok();
        let most = most.and_then(|text| peak_megabytes(&text));
        let most = most.map(|megabytes| format!("  {megabytes:.0} MB"));
        let budget = budget::of(name, &line).map(|budget| format!("  (budget {budget})"));
        println!(
            "  {line}{}{}",
            most.unwrap_or_default(),
            budget.unwrap_or_default()
        );
        // Begins to count anew; where the system does not let us, the figure is that of the benchmark so far.
        let _ = fs::write(&reset, "5");
    }
    let ended = child.wait().map_err(lost)?;
    if ended.success() {
        Ok(())
    } else {
        Err(format!("it ended with {ended}"))
    }
}

/// The most memory that a process has had, from Linux's `/proc/…/status`.
fn peak_megabytes(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

/// What the figures were measured on, and how busy it was before.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let information = read("/proc/cpuinfo");
    let model = information
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let model = model.map_or(std::env::consts::ARCH, |(_, name)| name.trim());
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().filter(|load| !load.is_empty());
    let busy = load.map_or(String::new(), |load| format!(", load {load} before the first"));
    format!("\n{model}, {cores} cores{busy}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Benchmark> {
        [("asl", "expr"), ("asl", "text"), ("engine", "transitions")]
            .map(|(folder, name)| Benchmark {
                folder: folder.into(),
                name: name.into(),
            })
            .to_vec()
    }

    fn check(names: &str, expected: Result<(&str, bool), &str>) {
        let names: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
        let found = choose(&all(), &names).map(|(chosen, browser)| {
            let names: Vec<_> = chosen.into_iter().map(|benchmark| benchmark.name).collect();
            (names.join(" "), browser)
        });
        let expected = expected
            .map(|(names, browser)| (names.to_owned(), browser))
            .map_err(str::to_owned);
        assert_eq!(found, expected);
    }

    #[test]
    fn benchmarks_are_chosen_by_crate_and_by_name() {
        check("", Ok(("expr text transitions", true)));
        check("asl", Ok(("expr text", false)));
        check("text browser", Ok(("text", true)));
        check("browser", Ok(("", true)));
        check(
            "fast",
            Err("there is no benchmark `fast`, but there are: expr, text, transitions, browser"),
        );
    }

    #[test]
    fn what_others_print_is_understood() {
        let line = "  Executable benches/layout.rs (/target/release/deps/layout-0123)";
        assert_eq!(
            executable(line, "layout"),
            Some("/target/release/deps/layout-0123".into())
        );
        assert_eq!(executable(line, "out"), None);
        assert_eq!(
            peak_megabytes("VmPeak:\t 9 kB\nVmHWM:\t   1000 kB\n"),
            Some(1.024)
        );
        assert_eq!(peak_megabytes(""), None);
    }
}
