//! `cargo xtask fuzz`: libFuzzer on the targets of `crates/fuzz`, built on the stable toolchain with LLVM's coverage pass.
//!
//! | where | what |
//! |---|---|
//! | `crates/fuzz/seeds/<target>` | what the search begins with, and what earlier ones found; kept |
//! | `target/fuzz/corpus/<target>` | what it learns; used again by the next search |
//! | `target/fuzz/found/<target>-…` | bytes that break something |

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::machine::{self, Machine};
use crate::packages::{self, Need};
use crate::project::Project;
use crate::step;

/// Counts which branches were taken and watches comparisons; overflows and debug assertions end the program.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions=on -Coverflow-checks=on";

/// Seconds that one input may take: hostile JSONata is stopped by a count of its work, which takes a while in such a build.
const TIMEOUT: u32 = 30;

/// Searches each of the named targets; all where none is named. Fails where something was found.
pub(crate) fn fuzz(project: &Project, names: &[String], minutes: u32) -> Result<ExitCode, String> {
    let targets = chosen(&project.root, names)?;
    packages::ensure(&Machine::look(), &[Need::Compiler])?;
    let program = build(project)?;
    let mut broken = Vec::new();
    for target in &targets {
        println!("▶ {target}, {minutes} min");
        let command = search(project, &program, target, minutes)?;
        let ended = step::run(&format!("Fuzz {target}"), command, &project.logs())?;
        for line in &ended.closing {
            println!("  {line}");
        }
        if !ended.passed {
            broken.push(format!("{target} (see {})", ended.log.display()));
        }
    }
    if broken.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(format!(
        "found something: {}; the bytes lie in {}",
        broken.join(", "),
        project.root.join("target/fuzz/found").display()
    ))
}

/// The targets have folders of seeds.
fn chosen(root: &Path, names: &[String]) -> Result<Vec<String>, String> {
    let seeds = root.join("crates/fuzz/seeds");
    let entries = fs::read_dir(&seeds).map_err(|error| format!("{}: {error}", seeds.display()))?;
    let mut all: Vec<_> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    all.sort();
    match names.iter().find(|name| !all.contains(name)) {
        Some(name) => Err(format!(
            "there is no target `{name}`, but there are: {}",
            all.join(", ")
        )),
        None if names.is_empty() => Ok(all),
        None => Ok(names.to_vec()),
    }
}

fn build(project: &Project) -> Result<PathBuf, String> {
    let version = machine::quiet("rustc", &["-vV"]).ok_or("rustc does not answer")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("rustc does not say what it builds for")?;
    // With a target named, the flags are not for build scripts, which libFuzzer could not end.
    let mut cargo = project.cargo(&["build", "--release", "-p", "stepwell-fuzz", "--bin", "fuzz"]);
    cargo.args(["--features", "libfuzzer", "--target", host]);
    let folder = project.target.join("fuzz");
    cargo
        .env("CARGO_TARGET_DIR", &folder)
        .env("RUSTFLAGS", FLAGS)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only");
    println!("▶ Building");
    let built = step::run("Fuzz build", cargo, &project.logs())?;
    if !built.passed {
        return Err(format!("the targets can't be built: see {}", built.log.display()));
    }
    let name = format!("fuzz{}", std::env::consts::EXE_SUFFIX);
    Ok(folder.join(host).join("release").join(name))
}

fn search(project: &Project, program: &Path, target: &str, minutes: u32) -> Result<Command, String> {
    let here = project.root.join("target/fuzz");
    let corpus = here.join("corpus").join(target);
    let found = here.join("found");
    for folder in [&corpus, &found] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let fuzz = project.root.join("crates/fuzz");
    let mut command = Command::new(program);
    command
        .arg(&corpus)
        .arg(fuzz.join("seeds").join(target))
        .arg(format!("-dict={}", fuzz.join("words.dict").display()))
        .arg(format!("-artifact_prefix={}/{target}-", found.display()))
        .arg(format!("-max_total_time={}", minutes * 60))
        .arg(format!("-timeout={TIMEOUT}"))
        .args(["-rss_limit_mb=4096", "-max_len=8192", "-print_final_stats=1"])
        .env("STEPWELL_FUZZ_TARGET", target);
    Ok(command)
}
