//! One line for each transition: time since the start, state, what happened, duration.
//!
//! ```text
//!    0.000 s  Price order            → In stock?                          281 ms
//!    0.281 s  In stock?              rule 1 → Fulfil                        0 ms
//!    0.600 s    Charge card          PaymentTimeout: No answer …, again in 1 s (attempt 2 of 4)
//! ```

use std::collections::HashMap;
use std::sync::Arc;

use asl::machine::{ScopeRole, StateId, StateMachine};
use engine::{ChangeKind, FrameChange, FrameId, FrameOutcome, Timestamp, Via};
use unicode_width::UnicodeWidthStr;

use crate::failure::Failure;
use crate::screen::{Look, Screen, first_line, printable};

/// Columns of what happened.
const WHAT: usize = 44;

/// Columns of the state's name: as many as the longest needs, within these.
const STATE: std::ops::RangeInclusive<usize> = 20..=48;

/// Deeper frames are indented no further.
const DEEPEST: usize = 8;

/// What is known of the frames in progress.
pub(crate) struct Transitions {
    machine: Arc<StateMachine>,
    start: Timestamp,
    frames: HashMap<FrameId, Frame>,
    /// Columns of a state's name.
    column: usize,
}

#[derive(Default)]
struct Frame {
    depth: usize,
    /// Which iteration, in a Map.
    iteration: Option<u32>,
    entered: Option<Timestamp>,
    caught: Option<String>,
    /// What ends with the last state.
    end: Option<&'static str>,
}

/// One line.
pub(crate) struct Line {
    at: i64,
    depth: usize,
    /// The state's name.
    pub(crate) state: String,
    iteration: Option<u32>,
    what: String,
    look: Option<Look>,
    duration: Option<i64>,
    /// The state failed, or is tried again.
    pub(crate) failed: bool,
}

impl Transitions {
    pub(crate) fn new(machine: &Arc<StateMachine>, start: Timestamp) -> Self {
        Self {
            machine: machine.clone(),
            start,
            frames: HashMap::new(),
            column: column(machine),
        }
    }

    /// The line of a change, where it has one.
    pub(crate) fn line(&mut self, change: &FrameChange) -> Option<Line> {
        match &change.kind {
            ChangeKind::FrameStarted { parent, scope, index } => {
                self.frame_started(change.frame, *parent, *scope, *index);
                None
            }
            ChangeKind::Entered => {
                let frame = self.frames.entry(change.frame).or_default();
                frame.entered = Some(change.at);
                frame.caught = None;
                None
            }
            ChangeKind::Caught { error, cause, .. } => {
                let words = format!("{} caught ", error_words(error.as_deref(), cause.as_deref()));
                self.frames.entry(change.frame).or_default().caught = Some(words);
                None
            }
            ChangeKind::RetryDue {
                at,
                attempt,
                of,
                error,
                cause,
            } => {
                let error = error_words(error.as_deref(), cause.as_deref());
                let wait = seconds(*at - change.at);
                let what = format!("{error}, again in {wait} (attempt {attempt} of {of})");
                Some(Line {
                    failed: true,
                    ..self.of(change, what, Some(Look::Waiting), None)
                })
            }
            ChangeKind::WaitingUntil { at } => {
                let what = format!("waits {}", seconds(*at - change.at));
                Some(self.of(change, what, Some(Look::Waiting), None))
            }
            ChangeKind::Transition { from, via, to } => Some(self.transition(change, *from, *via, *to)),
            ChangeKind::StateFailed { error, cause } => {
                let what = error_words(error.as_deref(), cause.as_deref());
                Some(Line {
                    failed: true,
                    ..self.of(change, what, Some(Look::Bad), self.duration(change))
                })
            }
            ChangeKind::FrameEnded { outcome } => {
                let line = (*outcome == FrameOutcome::Aborted && change.state.is_some())
                    .then(|| self.of(change, "aborted".into(), Some(Look::Bad), self.duration(change)));
                self.frames.remove(&change.frame);
                line
            }
            _ => None,
        }
    }

    /// Prints a line in the columns of this machine.
    pub(crate) fn print(&self, line: &Line, screen: &mut Screen) -> Result<(), Failure> {
        line.print(self.column, screen)
    }

    fn frame_started(&mut self, frame: FrameId, parent: Option<FrameId>, scope: u32, index: u32) {
        let depth = parent
            .and_then(|parent| self.frames.get(&parent))
            .map_or(0, |parent| parent.depth + 1);
        let role = self.machine.scopes.get(scope as usize).map(|scope| scope.role);
        let (end, number) = match role {
            Some(ScopeRole::Branch(_)) => (Some("→ end of branch"), None),
            Some(ScopeRole::Processor) => (Some("→ end of iteration"), Some(index)),
            Some(ScopeRole::Root) | None => (None, None),
        };
        let around = parent.and_then(|parent| self.frames.get(&parent)?.iteration);
        let iteration = number.or(around);
        self.frames.insert(
            frame,
            Frame {
                depth,
                iteration,
                end,
                ..Frame::default()
            },
        );
    }

    fn transition(&self, change: &FrameChange, from: StateId, via: Via, to: Option<StateId>) -> Line {
        let to = to.map(|to| format!("→ {}", printable(&self.machine.state(to).name)));
        let frame = self.frames.get(&change.frame);
        let end = frame.and_then(|frame| frame.end).unwrap_or("→ end");
        let to = to.unwrap_or_else(|| end.to_owned());
        let (what, look) = match via {
            Via::Next => (to, None),
            Via::Rule(rule) => (format!("rule {} {to}", rule + 1), None),
            Via::Default => (format!("no rule: default {to}"), None),
            Via::Catch(_) => {
                let caught = frame.and_then(|frame| frame.caught.clone()).unwrap_or_default();
                (format!("{caught}{to}"), Some(Look::Waiting))
            }
        };
        let duration = self.duration(change);
        Line {
            state: printable(&self.machine.state(from).name),
            ..self.of(change, what, look, duration)
        }
    }

    fn of(&self, change: &FrameChange, what: String, look: Option<Look>, duration: Option<i64>) -> Line {
        let frame = self.frames.get(&change.frame);
        let state = change
            .state
            .map(|state| printable(&self.machine.state(state).name));
        Line {
            at: change.at.0 - self.start.0,
            depth: frame.map_or(0, |frame| frame.depth),
            state: state.unwrap_or_default(),
            iteration: frame.and_then(|frame| frame.iteration),
            what,
            look,
            duration,
            failed: false,
        }
    }

    fn duration(&self, change: &FrameChange) -> Option<i64> {
        let entered = self.frames.get(&change.frame)?.entered?;
        Some(change.at.0 - entered.0)
    }
}

impl Line {
    fn print(&self, column: usize, screen: &mut Screen) -> Result<(), Failure> {
        let at = format!("{:>9}", format!("{:.3} s", self.at as f64 / 1000.0));
        let iteration = self
            .iteration
            .map(|index| format!(" [{index}]"))
            .unwrap_or_default();
        let state = format!(
            "{}{}{iteration}",
            "  ".repeat(self.depth.min(DEEPEST)),
            self.state
        );
        // Padded before it is coloured: colours have no width.
        let what = padded(&self.what, WHAT);
        let what = self.look.map_or(what.clone(), |look| screen.look(look, what));
        let duration = self
            .duration
            .map(|duration| format!("{:>9}", milliseconds(duration)))
            .unwrap_or_default();
        let line = format!(
            "{}  {}  {what}  {}",
            screen.look(Look::Dim, at),
            padded(&state, column),
            screen.look(Look::Dim, duration)
        );
        screen.line(line.trim_end())?;
        Ok(())
    }
}

/// How wide the column of names has to be: iterations have two digits in it, most have not more.
fn column(machine: &StateMachine) -> usize {
    let width = |state: &asl::machine::State| {
        let (mut depth, mut iteration) = (0, 0);
        let mut scope = &machine.scopes[state.scope.0 as usize];
        while let Some(owner) = scope.owner {
            depth += 1;
            if scope.role == ScopeRole::Processor {
                iteration = " [12]".len();
            }
            scope = &machine.scopes[machine.state(owner).scope.0 as usize];
        }
        2 * depth.min(DEEPEST) + printable(&state.name).width() + iteration
    };
    let widest = machine.states.iter().map(width).max().unwrap_or_default();
    widest.clamp(*STATE.start(), *STATE.end())
}

/// Padded by what a terminal shows: wide characters take two columns, some take none.
fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

fn milliseconds(duration: i64) -> String {
    if duration < 10_000 {
        format!("{duration} ms")
    } else {
        format!("{:.1} s", duration as f64 / 1000.0)
    }
}

fn seconds(duration: std::time::Duration) -> String {
    let tenths = format!("{:.1}", duration.as_secs_f64());
    format!("{} s", tenths.strip_suffix(".0").unwrap_or(&tenths))
}

/// Error and cause in a line. A failed function's cause is JSON with the message in it.
fn error_words(error: Option<&str>, cause: Option<&str>) -> String {
    let error = printable(error.unwrap_or("error"));
    let message = cause.and_then(|cause| {
        let parsed = serde_json::from_str::<serde_json::Value>(cause).ok();
        let message = parsed
            .as_ref()
            .and_then(|payload| payload.get("errorMessage")?.as_str());
        let line = first_line(message.unwrap_or(cause), 160);
        (!line.is_empty()).then_some(line)
    });
    message.map_or(error.clone(), |message| format!("{error}: {message}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_in_words() {
        for (error, cause, expected) in [
            (Some("E"), None, "E"),
            (None, Some(""), "error"),
            (Some("E"), Some("why\nmore"), "E: why"),
            (
                Some("E"),
                Some(r#"{"errorType":"E","errorMessage":"no answer"}"#),
                "E: no answer",
            ),
            (Some("E"), Some(r#"{"other":1}"#), r#"E: {"other":1}"#),
        ] {
            assert_eq!(error_words(error, cause), expected);
        }
    }

    #[test]
    fn the_column_of_names_fits_the_machine() {
        let machine = |names: [&str; 2]| {
            let [outer, inner] = names;
            let text = format!(
                r#"{{"StartAt": "{outer}", "States": {{"{outer}": {{"Type": "Map", "End": true, "ItemProcessor":
                {{"StartAt": "{inner}", "States": {{"{inner}": {{"Type": "Pass", "End": true}}}}}}}}}}}}"#
            );
            StateMachine::parse(&text, asl::text::Format::Json).unwrap()
        };
        for (names, expected) in [
            (["A", "B"], 20),
            (["Reserve each line of the order", "B"], 30),
            (["A", "Reserve a line of the order"], 27 + 2 + 5),
            (["注文の各行を予約して在庫を確認", "B"], 30),
            ([&"long ".repeat(15), "B"], 48),
        ] {
            assert_eq!(column(&machine(names)), expected, "{names:?}");
        }
        assert_eq!(padded("予約", 6), "予約  ");
    }

    #[test]
    fn durations_in_words() {
        use std::time::Duration;
        assert_eq!(
            ["1 s", "2.5 s", "0 s"].map(str::to_owned),
            [1000, 2500, 0].map(|ms| seconds(Duration::from_millis(ms)))
        );
        assert_eq!([milliseconds(9_999), milliseconds(12_345)], ["9999 ms", "12.3 s"]);
    }
}
