//! The timeline: a row for each visit of a state, and for each further attempt in it, in words.
//!
//! | the moment shown | what had begun by then | what begins after it |
//! |---|---|---|
//! | the newest | as it stands | – |
//! | in the past | as it stood then | as it came to stand: one who looks back sees where in the whole run that is |

use asl::machine::{StateKind, states::Test};
use engine::{EventId, Via};

use crate::board::{Beginning, Board, StateStatus, Visit, VisitId};
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
    /// Until when it waits, or when it is tried again, in ms since the Unix epoch.
    pub until: Option<i64>,
}

impl RunState {
    /// Some rows, in the order of time.
    #[must_use]
    pub fn rows(&self, from: u32, limit: u32) -> Vec<Row> {
        let all = self.board.beginnings();
        let shown = self.shown_board();
        let first = (from as usize).min(all.len());
        let end = first.saturating_add(limit as usize).min(all.len());
        (first..end)
            .map(|index| match shown.beginnings().get(index) {
                Some(begun) => self.row(shown, begun),
                None => self.row(&self.board, &all[index]),
            })
            .collect()
    }

    fn row(&self, board: &Board, beginning: &Beginning) -> Row {
        let visit = &board.visits()[beginning.visit as usize];
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
            None => (
                self.words(board, visit, beginning.visit),
                visit.status,
                visit.left,
            ),
        };
        let until = visit.until.filter(|_| over.is_none());
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
            depth: board.frame(visit.frame).map_or(0, |frame| frame.depth),
            event: beginning.event,
            until: until.map(|until| until.0),
        }
    }

    /// What happened in a visit, in a few words.
    fn words(&self, board: &Board, visit: &Visit, id: VisitId) -> String {
        let error = visit.error.as_deref().unwrap_or("error");
        match visit.status {
            StateStatus::Retrying => format!("{error}, to be tried again"),
            StateStatus::Waiting => "waiting".to_owned(),
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
                Some(cause) => format!("{error}: {}", message_of(cause)),
                None => error.to_owned(),
            },
            StateStatus::Aborted => "aborted".to_owned(),
            StateStatus::Running | StateStatus::Succeeded => self.words_of_work(board, visit, id),
        }
    }

    fn words_of_work(&self, board: &Board, visit: &Visit, id: VisitId) -> String {
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
            StateKind::Map(_) => match board.counts(id) {
                Some(counts) if counts.total > 0 => {
                    format!(
                        "{} of {} iterations done",
                        counts.succeeded + counts.failed,
                        counts.total
                    )
                }
                _ => "entered → exited".to_owned(),
            },
            StateKind::Parallel(parallel) => match parallel.branches.len() {
                1 => "1 branch".to_owned(),
                many => format!("{many} branches"),
            },
            _ if visit.attempt > 1 && over => format!("attempt {} → exited", visit.attempt),
            _ if visit.attempt > 1 => format!("attempt {}", visit.attempt),
            _ if over => "entered → exited".to_owned(),
            _ => "entered".to_owned(),
        }
    }
}

/// What a cause says in a line. A failed function's is JSON with the message in it.
fn message_of(cause: &str) -> String {
    let payload = serde_json::from_str::<serde_json::Value>(cause).ok();
    let message = payload
        .as_ref()
        .and_then(|payload| payload.get("errorMessage")?.as_str());
    first_line(message.unwrap_or(cause))
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
