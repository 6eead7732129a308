//! What was done, what came of it, and what was left out because of it.

use std::process::{Command, ExitCode};
use std::time::Duration;

use crate::project::Project;
use crate::step::{self, Stopwatch, spoken};

/// How one step came out.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Passed(Duration),
    Failed(Duration, String),
    /// Not run because a step that it needs did not pass.
    Blocked(&'static str),
    /// Not run because it does not apply here.
    LeftOut(&'static str),
}

/// The steps so far.
pub(crate) struct Report<'a> {
    project: &'a Project,
    steps: Vec<(&'static str, Outcome)>,
    watch: Stopwatch,
}

impl<'a> Report<'a> {
    pub(crate) fn new(project: &'a Project) -> Self {
        Self {
            project,
            steps: Vec::new(),
            watch: Stopwatch::start(),
        }
    }

    /// Runs a command, if the steps that it needs have passed.
    pub(crate) fn command(&mut self, name: &'static str, needs: &[&'static str], command: Command) {
        self.task(name, needs, |project| run(project, name, command));
    }

    /// Does something, if the steps that it needs have passed.
    pub(crate) fn task(
        &mut self,
        name: &'static str,
        needs: &[&'static str],
        work: impl FnOnce(&Project) -> Result<(), String>,
    ) {
        let blocked = needs.iter().find(|need| !self.has_passed(need));
        let outcome = if let Some(need) = blocked {
            Outcome::Blocked(need)
        } else {
            println!("▶ {name}");
            let watch = Stopwatch::start();
            match work(self.project) {
                Ok(()) => Outcome::Passed(watch.elapsed()),
                Err(problem) => Outcome::Failed(watch.elapsed(), problem),
            }
        };
        println!("{}\n", line(name, &outcome));
        self.steps.push((name, outcome));
    }

    /// Notes that a step does not apply here.
    pub(crate) fn leave_out(&mut self, name: &'static str, reason: &'static str) {
        self.steps.push((name, Outcome::LeftOut(reason)));
    }

    fn has_passed(&self, name: &str) -> bool {
        self.steps
            .iter()
            .any(|(step, outcome)| *step == name && matches!(outcome, Outcome::Passed(_)))
    }

    /// Prints the summary; the exit code says whether everything passed.
    pub(crate) fn finish(self) -> ExitCode {
        println!("Summary");
        for (name, outcome) in &self.steps {
            println!("  {}", line(name, outcome));
        }
        let failed = self
            .steps
            .iter()
            .filter(|(_, outcome)| matches!(outcome, Outcome::Failed(..) | Outcome::Blocked(_)));
        let (failed, all, time) = (failed.count(), self.steps.len(), spoken(self.watch.elapsed()));
        if failed == 0 {
            println!("Everything passed in {time}.");
            ExitCode::SUCCESS
        } else {
            println!("{failed} of {all} steps did not pass, in {time}.");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command with its output in a log and its closing lines on the terminal.
pub(crate) fn run(project: &Project, name: &str, command: Command) -> Result<(), String> {
    println!("  {}", step::command_line(&command));
    let ended = step::run(name, command, &project.logs())?;
    for line in &ended.closing {
        println!("  {line}");
    }
    if ended.passed {
        Ok(())
    } else {
        Err(format!("see {}", ended.log.display()))
    }
}

fn line(name: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Passed(time) => format!("✓ {name:<16} {}", spoken(*time)),
        Outcome::Failed(time, problem) => format!("✗ {name:<16} {}: {problem}", spoken(*time)),
        Outcome::Blocked(need) => format!("✗ {name:<16} not run: it needs \"{need}\""),
        Outcome::LeftOut(reason) => format!("– {name:<16} left out: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_blocked_by_the_failure_that_it_needs_and_by_no_other() {
        let project = Project::here();
        let mut report = Report::new(&project);
        report.task("one", &[], |_| Err("broken".to_owned()));
        report.task("two", &["one"], |_| Ok(()));
        report.task("three", &["two"], |_| Ok(()));
        report.task("four", &[], |_| Ok(()));
        report.leave_out("five", "not on this system");
        let outcomes: Vec<_> = report
            .steps
            .iter()
            .map(|(_, outcome)| match outcome {
                Outcome::Passed(_) => "passed",
                Outcome::Failed(..) => "failed",
                Outcome::Blocked(need) => need,
                Outcome::LeftOut(_) => "left out",
            })
            .collect();
        assert_eq!(outcomes, ["failed", "one", "two", "passed", "left out"]);
        assert_eq!(report.finish(), ExitCode::FAILURE);
    }
}
