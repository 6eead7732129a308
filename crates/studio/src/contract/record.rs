//! The record of a run, read by range: timeline, events, log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::StateStatus;

/// Asks for a range of something that grows: timeline, events, log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct GetRange {
    /// The run.
    pub execution: String,
    /// First to list, from 0.
    pub from: u32,
    /// At most so many (the core gives at most 1,000).
    pub limit: u32,
}

/// Visits of states as rows and bars.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Timeline {
    /// All rows there are.
    pub total: u32,
    /// Those asked for.
    pub rows: Vec<TimelineRow>,
    /// Length of the run so far, in ms.
    pub length: f64,
}

/// One visit (or attempt) of a state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct TimelineRow {
    /// From 0.
    pub row: u32,
    /// The state's key; none for the execution's own rows.
    pub state: Option<String>,
    /// The visit's number.
    pub visit: u32,
    /// Which attempt of the visit's work, from 1.
    pub attempt: u32,
    /// The frame.
    pub frame: u32,
    /// What to show as its name.
    pub title: String,
    /// What happened, in words: `entered → exited`, `rule 1: $.stock ≥ $.qty`, `Payment.Timeout, to be tried again`.
    pub text: String,
    /// How it stands.
    pub status: StateStatus,
    /// Start, in ms since the start of the run.
    pub at: f64,
    /// In ms; none while it lasts.
    pub duration: Option<f64>,
    /// How deep in rooms, for indentation.
    pub depth: u32,
    /// The event that began it: where `debug.seek` can go.
    pub event: u32,
    /// Until when it waits, or when it is tried again: milliseconds since the Unix epoch, by the execution's clock.
    pub until: Option<f64>,
}

/// History events, short.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Events {
    /// All there are.
    pub total: u32,
    /// Those asked for.
    pub rows: Vec<EventRow>,
}

/// A history event, short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct EventRow {
    /// From 1.
    pub id: u32,
    /// Of the chain of causes.
    pub previous: u32,
    /// In ms since the start of the run.
    pub at: f64,
    /// As AWS spells it.
    pub event_type: String,
    /// The state concerned.
    pub state: Option<String>,
    /// The frame concerned.
    pub frame: u32,
}

/// Asks for one event.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct GetEvent {
    /// The run.
    pub execution: String,
    /// From 1.
    pub event: u32,
}

/// One event, whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct EventDetail {
    /// Indented JSON text, as AWS spells it.
    pub text: String,
}

/// Lines that functions printed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct Log {
    /// All there are.
    pub total: u32,
    /// Those asked for.
    pub lines: Vec<LogLine>,
}

/// A line that a function (or Stepwell, about a function) printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "contract.ts")]
pub struct LogLine {
    /// In ms since the start of the run.
    pub at: f64,
    /// The function.
    pub function: String,
    /// The state that called it, if known.
    pub state: Option<String>,
    /// `stdout`, `stderr` or `platform` (START, END, REPORT, warnings).
    pub stream: String,
    /// The line.
    pub text: String,
}
