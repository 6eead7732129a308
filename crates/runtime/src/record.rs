//! The lines in which an execution's streams are kept, and what is read back from them.
//!
//! | stream | a line |
//! |---|---|
//! | journal | [`engine::JournalEntry`] as JSON |
//! | events | `{"frame", "state", "event"}`; `event` is AWS's own JSON |
//! | changes | `{"entry", "change"}` |
//! | log | [`LogRecord`] as JSON |

use std::sync::Arc;

use asl::machine::StateMachine;
use engine::{FrameChange, HistoryEvent, JournalEntry};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::store::{Chunk, Stream};

/// A history event as it is shown: emitted just now, or read back.
#[derive(Debug, Clone)]
pub struct EventRecord {
    /// From 1.
    pub id: u32,
    /// The event it follows from.
    pub previous: u32,
    /// Milliseconds since the Unix epoch.
    pub at: i64,
    /// As AWS spells it.
    pub event_type: String,
    /// The frame concerned.
    pub frame: u32,
    /// The state concerned.
    pub state: Option<Arc<str>>,
    text: EventText,
}

#[derive(Debug, Clone)]
enum EventText {
    Live(Box<HistoryEvent>),
    Kept(Box<str>),
}

/// A line that a function printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogRecord {
    /// Milliseconds since the Unix epoch.
    pub at: i64,
    /// The function.
    pub function: String,
    /// The state that called it.
    pub state: Option<String>,
    /// The event that scheduled the call.
    pub command: Option<u32>,
    /// `stdout`, `stderr`, `platform`.
    pub stream: String,
    /// The line.
    pub text: String,
}

/// A frame change with the journal entry that brought it about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeRecord {
    /// Index of the entry.
    pub entry: u32,
    /// The change.
    pub change: FrameChange,
}

#[derive(Serialize)]
struct EventLine<'a> {
    frame: u32,
    state: Option<&'a str>,
    event: &'a HistoryEvent,
}

#[derive(Deserialize)]
struct KeptEvent<'a> {
    frame: u32,
    state: Option<String>,
    #[serde(borrow)]
    event: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EventHead {
    id: u32,
    #[serde(default)]
    previous_event_id: u32,
    timestamp: String,
    r#type: String,
}

/// A line that can't be read back.
#[derive(Debug, thiserror::Error)]
#[error("the record of this execution is damaged ({stream:?}, line {line}): {message}")]
pub struct DamagedRecord {
    stream: Stream,
    line: usize,
    message: String,
}

impl EventRecord {
    /// An event as it was emitted.
    #[must_use]
    pub fn live(event: HistoryEvent, machine: &StateMachine) -> Self {
        Self {
            id: event.id,
            previous: event.previous,
            at: event.timestamp.0,
            event_type: event.event_type.name().to_owned(),
            frame: event.frame.0,
            state: event.state.map(|state| machine.state(state).name.clone()),
            text: EventText::Live(Box::new(event)),
        }
    }

    /// As GetExecutionHistory returns it: compact JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        match &self.text {
            EventText::Live(event) => event.to_json(),
            EventText::Kept(text) => text.to_string(),
        }
    }

    fn kept(line: &str) -> Result<Self, String> {
        let kept: KeptEvent<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let head: EventHead = serde_json::from_str(kept.event.get()).map_err(|error| error.to_string())?;
        let at = chrono::DateTime::parse_from_rfc3339(&head.timestamp).map_err(|error| error.to_string())?;
        Ok(Self {
            id: head.id,
            previous: head.previous_event_id,
            at: at.timestamp_millis(),
            event_type: head.r#type,
            frame: kept.frame,
            state: kept.state.map(Into::into),
            text: EventText::Kept(kept.event.get().into()),
        })
    }
}

/// Writes items as a chunk of a stream.
fn chunk<T: Serialize>(stream: Stream, first: usize, items: impl Iterator<Item = T>) -> Chunk {
    let mut lines = Vec::new();
    let mut count = 0;
    for item in items {
        // Cannot fail: plain data, written to memory.
        if serde_json::to_writer(&mut lines, &item).is_ok() {
            lines.push(b'\n');
            count += 1;
        }
    }
    // serde_json writes UTF-8.
    let lines = String::from_utf8(lines).unwrap_or_default();
    Chunk {
        stream,
        first: u32::try_from(first).unwrap_or(u32::MAX),
        count,
        lines,
    }
}

/// A chunk of the journal that begins with entry `first`.
#[must_use]
pub fn journal_chunk(first: usize, entries: &[JournalEntry]) -> Chunk {
    chunk(Stream::Journal, first, entries.iter())
}

/// A chunk of events; those read back from a record are in one already.
#[must_use]
pub fn event_chunk(first: usize, events: &[EventRecord]) -> Chunk {
    let lines = events.iter().filter_map(|event| match &event.text {
        EventText::Live(live) => Some(EventLine {
            frame: event.frame,
            state: event.state.as_deref(),
            event: live,
        }),
        EventText::Kept(_) => None,
    });
    chunk(Stream::Events, first, lines)
}

/// A chunk of changes.
#[must_use]
pub fn change_chunk(first: usize, changes: &[ChangeRecord]) -> Chunk {
    chunk(Stream::Changes, first, changes.iter())
}

/// A chunk of the log.
#[must_use]
pub fn log_chunk(first: usize, lines: &[LogRecord]) -> Chunk {
    chunk(Stream::Log, first, lines.iter())
}

fn read<T>(
    stream: Stream,
    lines: &[String],
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, DamagedRecord> {
    let parsed = lines.iter().enumerate().map(|(line, text)| {
        parse(text).map_err(|message| DamagedRecord {
            stream,
            line,
            message,
        })
    });
    parsed.collect()
}

/// Reads journal lines.
///
/// # Errors
/// [`DamagedRecord`] names the first line that is none.
pub fn read_journal(lines: &[String]) -> Result<Vec<JournalEntry>, DamagedRecord> {
    read(Stream::Journal, lines, |line| {
        serde_json::from_str(line).map_err(|error| error.to_string())
    })
}

/// Reads event lines.
///
/// # Errors
/// [`DamagedRecord`] names the first line that is none.
pub fn read_events(lines: &[String]) -> Result<Vec<EventRecord>, DamagedRecord> {
    read(Stream::Events, lines, EventRecord::kept)
}

/// Reads change lines.
///
/// # Errors
/// [`DamagedRecord`] names the first line that is none.
pub fn read_changes(lines: &[String]) -> Result<Vec<ChangeRecord>, DamagedRecord> {
    read(Stream::Changes, lines, |line| {
        serde_json::from_str(line).map_err(|error| error.to_string())
    })
}

/// Reads log lines.
///
/// # Errors
/// [`DamagedRecord`] names the first line that is none.
pub fn read_log(lines: &[String]) -> Result<Vec<LogRecord>, DamagedRecord> {
    read(Stream::Log, lines, |line| {
        serde_json::from_str(line).map_err(|error| error.to_string())
    })
}
