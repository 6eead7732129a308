//! The timeline: a row for each visit of a state, and for each further attempt in it, in words.

use asl::machine::{StateKind, states::Test};
use engine::{EventId, Via};

use crate::board::{Beginning, StateStatus, Visit, VisitId};
use crate::run::RunState;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The visit.
    pub visit: VisitId,
    /// Which attempt of its work, from 1.
    pub attempt: u32,
    /// The state's name.
    pub title: String,
    /// What happened.
    pub text: String,
    /// Start, in ms since the start of the run.
    pub at: i64,
    /// In ms; none while it lasts.
    pub duration: Option<i64>,
    /// How it stands, or how the attempt ended.
    pub status: StateStatus,
    /// How deep in Parallel and Map states.
    pub depth: u32,
    /// The event that began it.
    pub event: EventId,
}

impl RunState {
    /// Some rows, in the order of time: always of the newest moment, so that one who looks at the past sees where in the
    /// whole run that is.
    #[must_use]
    pub fn rows(&self, from: u32, limit: u32) -> Vec<Row> {
        let all = self.board.beginnings();
        let first = (from as usize).min(all.len());
        let end = first.saturating_add(limit as usize).min(all.len());
        all[first..end]
            .iter()
            .map(|beginning| self.row(beginning))
            .collect()
    }

    fn row(&self, beginning: &Beginning) -> Row {
        let visit = &self.board.visits()[beginning.visit as usize];
        let failed = visit.failed.get(beginning.attempt.saturating_sub(1) as usize);
        // The one that failed last and waits is the visit as it stands.
        let over =
            failed.filter(|_| beginning.attempt < visit.attempt || visit.status != StateStatus::Retrying);
        let name = &self.machine.state(visit.state).name;
        let (text, status, left) = match over {
            Some(failed) => {
                let error = failed.error.as_deref().unwrap_or("error");
                (
                    format!("{error}, tried again"),
                    StateStatus::Retrying,
                    Some(failed.at),
                )
            }
            None => (self.words(visit, beginning.visit), visit.status, visit.left),
        };
        Row {
            visit: beginning.visit,
            attempt: beginning.attempt,
            title: match beginning.attempt {
                1 => name.to_string(),
                attempt => format!("{name} · {attempt}"),
            },
            text,
            at: beginning.at.0 - self.start.start.0,
            duration: left.map(|left| left.0 - beginning.at.0),
            status,
            depth: self.board.frame(visit.frame).map_or(0, |frame| frame.depth),
            event: beginning.event,
        }
    }

    /// What happened in a visit, in a few words.
    fn words(&self, visit: &Visit, id: VisitId) -> String {
        let error = visit.error.as_deref().unwrap_or("error");
        match visit.status {
            StateStatus::Retrying => {
                let due = visit
                    .until
                    .map_or(0.0, |until| (until.0 - self.clock.now().0).max(0) as f64 / 1000.0);
                format!("{error}, retry in {due:.1} s")
            }
            StateStatus::Waiting => visit
                .until
                .map_or_else(|| "waiting".into(), |until| format!("waiting until {until}")),
            StateStatus::Caught => {
                let next = visit
                    .way
                    .and_then(|(_, to)| to)
                    .map(|to| self.machine.state(to).name.to_string());
                next.map_or_else(
                    || format!("{error}, caught"),
                    |next| format!("{error}, caught → {next}"),
                )
            }
            StateStatus::Failed => match &visit.cause {
                Some(cause) => format!("{error}: {}", first_line(cause)),
                None => error.to_owned(),
            },
            StateStatus::Aborted => "aborted".to_owned(),
            StateStatus::Running | StateStatus::Succeeded => self.words_of_work(visit, id),
        }
    }

    fn words_of_work(&self, visit: &Visit, id: VisitId) -> String {
        let over = visit.status == StateStatus::Succeeded;
        match &self.machine.state(visit.state).kind {
            StateKind::Choice(choice) => match visit.way {
                Some((Via::Rule(index), _)) => {
                    let rule = choice.rules.get(index as usize);
                    let words = match rule.map(|rule| &rule.test) {
                        Some(Test::JsonPath(condition)) => condition.describe(),
                        Some(Test::Jsonata(expression)) => expression.text().to_owned(),
                        Some(Test::Always(_)) | None => String::new(),
                    };
                    format!("rule {}: {words}", index + 1)
                }
                Some((Via::Default, _)) => "no rule matched: default".to_owned(),
                _ => "choosing".to_owned(),
            },
            StateKind::Map(_) => match self.board.counts(id) {
                Some(counts) if counts.total > 0 => {
                    format!(
                        "{} of {} iterations done",
                        counts.succeeded + counts.failed,
                        counts.total
                    )
                }
                _ => "entered → exited".to_owned(),
            },
            StateKind::Parallel(parallel) => format!("{} branches", parallel.branches.len()),
            _ if visit.attempt > 1 && over => format!("attempt {} → exited", visit.attempt),
            _ if visit.attempt > 1 => format!("attempt {}", visit.attempt),
            _ if over => "entered → exited".to_owned(),
            _ => "entered".to_owned(),
        }
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
