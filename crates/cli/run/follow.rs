//! Follows an execution to its end and prints what happens.

use std::collections::BTreeSet;
use std::time::Duration;

use runtime::Runtime;
use runtime::record::LogRecord;
use runtime::run::Run;
use runtime::store::Standing;
use serde_json::{Map, Value, json};

use super::{pretty, transitions::Transitions};
use crate::arguments;
use crate::failure::{FAILED, Failure};
use crate::screen::{Look, Screen, first_line, printable};
use crate::stop::Stop;

/// How often the execution is looked at when nobody said that it changed.
const LOOK: Duration = Duration::from_millis(50);

/// Log lines shown of a state that failed.
const LAST_LINES: usize = 8;

/// What has been printed of an execution so far.
pub(crate) struct Follow<'a> {
    run: &'a Run,
    arguments: &'a arguments::Run,
    /// Names of the functions that there are.
    functions: Vec<String>,
    transitions: Transitions,
    events: usize,
    changes: usize,
    log: usize,
    trouble: Option<String>,
}

/// What there is to print, taken while the execution stood still for a moment.
#[derive(Default)]
struct News {
    lines: Vec<Line>,
    logs: Vec<LogRecord>,
    /// Why it stands still, if that is news.
    trouble: Option<String>,
    settled: bool,
}

enum Line {
    Event(String),
    Transition(super::transitions::Line),
}

impl<'a> Follow<'a> {
    pub(crate) fn new(run: &'a Run, arguments: &'a arguments::Run, functions: Vec<String>) -> Self {
        let transitions = {
            let state = run.state();
            Transitions::new(state.machine(), state.started())
        };
        Self {
            run,
            arguments,
            functions,
            transitions,
            events: 0,
            changes: 0,
            log: 0,
            trouble: None,
        }
    }

    /// Prints until the execution has ended; the answer is the exit code.
    pub(crate) async fn until_the_end(
        mut self,
        runtime: &Runtime,
        mut stop: Stop,
        screen: &mut Screen,
    ) -> Result<u8, Failure> {
        let mut stopping = false;
        loop {
            let news = self.news();
            let settled = news.settled;
            if let Err(error) = self.print(news, screen) {
                // Nobody reads any more: the execution is not left to go on unseen.
                self.run
                    .stop(None, Some("The reader of the output went away.".into()));
                self.run.ended().await;
                return Err(error);
            }
            if settled {
                return self.result(screen);
            }
            tokio::select! {
                () = runtime.news() => {}
                () = tokio::time::sleep(LOOK) => {}
                () = stop.asked() => {
                    if stopping {
                        std::process::exit(i32::from(FAILED));
                    }
                    stopping = true;
                    screen.note("Stopping the execution. Press Ctrl-C again to leave it as it is; --resume goes on with it.");
                    self.run.stop(None, Some("Stopped by the user.".into()));
                }
            }
        }
    }

    fn news(&mut self) -> News {
        let state = self.run.state();
        let mut news = News {
            settled: state.is_settled(),
            ..News::default()
        };
        if self.arguments.json {
            news.lines.extend(
                state.events()[self.events..]
                    .iter()
                    .map(|event| Line::Event(event.to_json())),
            );
        } else {
            let changes = state.changes()[self.changes..].iter();
            let lines = changes.filter_map(|record| self.transitions.line(&record.change));
            news.lines.extend(lines.map(Line::Transition));
        }
        self.events = state.events().len();
        self.changes = state.changes().len();
        if self.arguments.logs {
            news.logs = state.log()[self.log..].to_vec();
            self.log = state.log().len();
        }
        let trouble = state.trouble().map(str::to_owned);
        if trouble != self.trouble {
            news.trouble.clone_from(&trouble);
            self.trouble = trouble;
        }
        news
    }

    fn print(&mut self, news: News, screen: &mut Screen) -> Result<(), Failure> {
        if let Some(trouble) = &news.trouble {
            screen.warn(trouble);
        }
        for log in &news.logs {
            log_line(log, screen)?;
        }
        for line in news.lines {
            match line {
                Line::Event(json) => screen.line(json)?,
                Line::Transition(line) => {
                    self.transitions.print(&line, screen)?;
                    if line.failed && !self.arguments.logs {
                        self.last_lines(&line.state, screen)?;
                    }
                }
            }
        }
        screen.flush()?;
        Ok(())
    }

    /// What a function printed last before the state that called it failed.
    fn last_lines(&self, state: &str, screen: &mut Screen) -> Result<(), Failure> {
        let lines: Vec<_> = {
            let run = self.run.state();
            let of_state =
                |line: &&LogRecord| line.state.as_deref() == Some(state) && line.stream != "platform";
            let mut last: Vec<_> = run
                .log()
                .iter()
                .rev()
                .filter(of_state)
                .take(LAST_LINES)
                .cloned()
                .collect();
            last.reverse();
            last
        };
        lines.iter().try_for_each(|line| log_line(line, screen))
    }

    fn result(&self, screen: &mut Screen) -> Result<u8, Failure> {
        let standing = self.run.state().standing();
        if self.arguments.json {
            screen.line(summary(self.run.state().arn(), &standing))?;
        } else {
            conclude(&standing, screen)?;
        }
        screen.flush()?;
        if standing.status == "SUCCEEDED" {
            return Ok(0);
        }
        if let Some(hint) = self.hint() {
            screen.note(hint);
        }
        Ok(FAILED)
    }

    /// What to do about errors that come from this machine and not from the workflow.
    fn hint(&self) -> Option<String> {
        let errors = self.errors();
        if errors.contains("Lambda.ResourceNotFoundException") {
            let there_are = match self.functions.as_slice() {
                [] => "no function was found".to_owned(),
                names => format!("the functions here are {}", names.join(", ")),
            };
            return Some(format!(
                "help: the definition names a function that is not there; {there_are}. Correct the name, add the function to the template, or say with --functions FOLDER where it is."
            ));
        }
        None
    }

    fn errors(&self) -> BTreeSet<String> {
        use engine::ChangeKind::{Caught, RetryDue, StateFailed};
        let state = self.run.state();
        let error = |record: &runtime::record::ChangeRecord| match &record.change.kind {
            StateFailed { error, .. } | Caught { error, .. } | RetryDue { error, .. } => {
                error.as_deref().map(str::to_owned)
            }
            _ => None,
        };
        state.changes().iter().filter_map(error).collect()
    }
}

/// The last line for programs.
fn summary(arn: &str, standing: &Standing) -> Value {
    let mut line = Map::new();
    line.insert("executionArn".into(), arn.into());
    line.insert("status".into(), standing.status.as_str().into());
    for (name, value) in [
        ("output", &standing.output),
        ("error", &standing.error),
        ("cause", &standing.cause),
    ] {
        if let Some(value) = value {
            line.insert(name.into(), json!(value));
        }
    }
    Value::Object(line)
}

fn conclude(standing: &Standing, screen: &mut Screen) -> Result<(), Failure> {
    if let Some(output) = &standing.output {
        screen.line(screen.look(Look::Good, &standing.status))?;
        screen.line(pretty(output))?;
        return Ok(());
    }
    let status = screen.look(Look::Bad, &standing.status);
    match &standing.error {
        Some(error) => screen.line(format_args!("{status}  {}", printable(error)))?,
        None => screen.line(status)?,
    }
    if let Some(cause) = &standing.cause {
        let cause = pretty(cause);
        screen.line(cause.lines().map(printable).collect::<Vec<_>>().join("\n"))?;
    }
    Ok(())
}

fn log_line(log: &LogRecord, screen: &mut Screen) -> Result<(), Failure> {
    let text = format!("          {}: {}", log.function, first_line(&log.text, 400));
    screen.line(screen.look(Look::Dim, text))?;
    Ok(())
}
