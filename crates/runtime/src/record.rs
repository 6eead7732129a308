//! The lines in which an execution's streams are kept, and what is read back from them.
//!
//! | stream | a line |
//! |---|---|
//! | journal | [`engine::JournalEntry`] as JSON |
//! | events | `{"frame", "state", "event"}`; `event` is AWS's own JSON |
//! | changes | `{"entry", "change"}` |
//! | log | [`LogRecord`] as JSON |
//! | values | a large value as JSON, to which the others refer (`record/values.rs`, `docs/record.md`) |

mod values;

use std::sync::Arc;

use asl::machine::StateMachine;
use engine::{FrameChange, HistoryEvent, JournalEntry};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::run::LoadError;
use crate::store::{Chunk, RowId, Store, Stream};
pub use values::KeptValues;
pub(crate) use values::LargeValues;

/// A chunk ends with the item that brings its text to so many bytes: whoever reads one item unpacks no more than it.
const CHUNK: usize = 1 << 20;

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
    /// With references to large values.
    Refers(Box<str>, Arc<KeptValues>),
}

/// A line that a function printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogRecord {
    /// When it came, by the execution's clock: milliseconds since the Unix epoch.
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

impl DamagedRecord {
    fn of_value((number, message): values::Damage) -> Self {
        Self {
            stream: Stream::Values,
            line: number as usize,
            message,
        }
    }
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
            EventText::Refers(text, values) => values.event(text),
        }
    }

    fn kept(line: &str, values: &Arc<KeptValues>) -> Result<Self, String> {
        let refers = line.strip_prefix(values::REFERS);
        let kept: KeptEvent<'_> =
            serde_json::from_str(refers.unwrap_or(line)).map_err(|error| error.to_string())?;
        let text = kept.event.get();
        let head: EventHead = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let at = chrono::DateTime::parse_from_rfc3339(&head.timestamp).map_err(|error| error.to_string())?;
        let text = if refers.is_some() {
            values.check(text)?;
            EventText::Refers(text.into(), values.clone())
        } else {
            EventText::Kept(text.into())
        };
        Ok(Self {
            id: head.id,
            previous: head.previous_event_id,
            at: at.timestamp_millis(),
            event_type: head.r#type,
            frame: kept.frame,
            state: kept.state.map(Into::into),
            text,
        })
    }
}

/// Chunks of one stream in the making.
struct Chunks {
    done: Vec<Chunk>,
    last: Chunk,
}

impl Chunks {
    fn from(stream: Stream, first: usize) -> Self {
        Self {
            done: Vec::new(),
            last: Chunk::empty(stream, u32::try_from(first).unwrap_or(u32::MAX)),
        }
    }

    fn push(&mut self, refers: bool, line: &[&str]) {
        if refers {
            self.last.lines.push(values::REFERS);
        }
        self.last.lines.extend(line.iter().copied());
        self.last.lines.push('\n');
        self.last.count += 1;
        if self.last.lines.len() >= CHUNK {
            let next = Chunk::empty(self.last.stream, self.last.first + self.last.count);
            self.done.push(std::mem::replace(&mut self.last, next));
        }
    }

    fn finish(mut self) -> Vec<Chunk> {
        if self.last.count > 0 {
            self.done.push(self.last);
        }
        self.done
    }
}

/// Plain data as a line. Writing it to memory cannot fail.
fn line(item: &impl Serialize) -> String {
    serde_json::to_string(item).unwrap_or_default()
}

/// Chunks of the journal that begin with entry `first`.
pub(crate) fn journal_chunks(first: usize, entries: &[JournalEntry], values: &mut LargeValues) -> Vec<Chunk> {
    let mut chunks = Chunks::from(Stream::Journal, first);
    for entry in entries {
        match values.entry(entry) {
            Some(refers) => chunks.push(true, &[&line(&refers)]),
            None => chunks.push(false, &[&line(entry)]),
        }
    }
    chunks.finish()
}

/// Chunks of events; those read back from a record are in one already.
pub(crate) fn event_chunks(first: usize, events: &[EventRecord], values: &mut LargeValues) -> Vec<Chunk> {
    let mut chunks = Chunks::from(Stream::Events, first);
    for event in events {
        let EventText::Live(live) = &event.text else {
            continue;
        };
        let (text, refers) = values.event(live);
        let (frame, state) = (event.frame.to_string(), line(&event.state.as_deref()));
        let parts = [
            r#"{"frame":"#,
            &frame,
            r#","state":"#,
            &state,
            r#","event":"#,
            &text,
            "}",
        ];
        chunks.push(refers, &parts);
    }
    chunks.finish()
}

/// Chunks of changes.
pub(crate) fn change_chunks(first: usize, changes: &[ChangeRecord]) -> Vec<Chunk> {
    let mut chunks = Chunks::from(Stream::Changes, first);
    for change in changes {
        chunks.push(false, &[&line(change)]);
    }
    chunks.finish()
}

/// Chunks of the log.
pub(crate) fn log_chunks(first: usize, lines: &[LogRecord]) -> Vec<Chunk> {
    let mut chunks = Chunks::from(Stream::Log, first);
    for record in lines {
        chunks.push(false, &[&line(record)]);
    }
    chunks.finish()
}

/// Chunks of the values to which the journal and the events refer that were made into chunks so far.
pub(crate) fn value_chunks(values: &mut LargeValues) -> Vec<Chunk> {
    let (first, lines) = values.take_unkept();
    let mut chunks = Chunks::from(Stream::Values, first);
    for line in &lines {
        chunks.push(false, &[line]);
    }
    chunks.finish()
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

/// Reads the lines of large values.
///
/// # Errors
/// [`DamagedRecord`] names the first line that is none.
pub fn read_values(lines: Vec<String>) -> Result<Arc<KeptValues>, DamagedRecord> {
    KeptValues::read(lines)
        .map(Arc::new)
        .map_err(DamagedRecord::of_value)
}

/// The events `from .. from + limit` of an execution, and of its large values only those that they need.
///
/// # Errors
/// What the store says, or what is damaged.
pub fn events_of(store: &Store, row: RowId, from: u32, limit: u32) -> Result<Vec<EventRecord>, LoadError> {
    let lines = store.lines(row, Stream::Events, from, limit)?;
    let fetch = |first, count| Ok::<_, LoadError>(store.lines(row, Stream::Values, first, count)?);
    let values = KeptValues::of(&lines, fetch)?;
    Ok(read_events(&lines, &Arc::new(values))?)
}

/// Reads journal lines that may refer to `values`.
///
/// # Errors
/// [`DamagedRecord`] names the first line that is none.
pub fn read_journal(lines: &[String], values: &KeptValues) -> Result<Vec<JournalEntry>, DamagedRecord> {
    read(Stream::Journal, lines, |line| {
        let entry = |text| serde_json::from_str(text).map_err(|error| error.to_string());
        match line.strip_prefix(values::REFERS) {
            Some(text) => values.entry(entry(text)?),
            None => entry(line),
        }
    })
}

/// Reads event lines that may refer to `values`.
///
/// # Errors
/// [`DamagedRecord`] names the first line that is none.
pub fn read_events(lines: &[String], values: &Arc<KeptValues>) -> Result<Vec<EventRecord>, DamagedRecord> {
    read(Stream::Events, lines, |line| EventRecord::kept(line, values))
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
