//! Large values, each kept once for an execution: in its stream of values, one line of JSON for each, and referred to by
//! number from the journal, the events and other values.
//!
//! | where | a reference to value 12 |
//! |---|---|
//! | in a value | `␚12␚` in the place of a value; `␚` is the control character U+001A, which JSON text never holds |
//! | in an event | `\u001a12\u001a` in the place of a payload, which is JSON text within JSON |
//! | in a journal entry | the number 12 in the place of the input's value |
//!
//! A line of the journal or of the events that holds references begins with `&`; in any other, such a text is data. A
//! value refers to earlier ones only. States that pass a value on share its memory, so most references are found by
//! address; the others by digest.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use asl::value::{MAX_DEPTH, Value};
use engine::{Entry, HistoryEvent, JournalEntry};
use sha2::{Digest, Sha256};

use super::DamagedRecord;

/// Values whose JSON text has so many bytes or more are kept apart.
const LARGE: u64 = 512;

/// Stands around the number of a value inside another one.
const MARK: char = '\u{1a}';
const MARK_TEXT: &str = "\u{1a}";

/// [`MARK`] as it is written inside JSON text within JSON.
const ESCAPED: &str = "\\u001a";

/// A line that holds references begins with this.
pub(super) const REFERS: char = '&';

/// Values whose numbers are no further apart are read at once.
const TOGETHER: u32 = 64;

/// More bytes than any value has that can come about: a damaged record must not fill the memory.
const LARGEST: u64 = 1 << 28;

/// The large values of an execution that are in its record, or will be with what is written next.
#[derive(Default)]
pub(crate) struct LargeValues {
    /// Each with its value, so that no other one comes to its address.
    by_address: HashMap<usize, (Value, u32)>,
    by_digest: HashMap<[u8; 32], u32>,
    unkept: Vec<String>,
    count: u32,
}

impl LargeValues {
    /// Goes on with those of a record.
    pub(crate) fn after(kept: &KeptValues) -> Self {
        let mut values = Self::default();
        for (number, value) in &kept.values {
            values.by_digest.insert(digest(&value.text), *number);
            values.count = number + 1;
        }
        values
    }

    /// The values that are not in the record yet, as lines, and the number of the first.
    pub(super) fn take_unkept(&mut self) -> (usize, Vec<String>) {
        let lines = std::mem::take(&mut self.unkept);
        (self.count as usize - lines.len(), lines)
    }

    /// The entry with a reference in the place of its input's value; none where that is small or absent.
    pub(super) fn entry(&mut self, entry: &JournalEntry) -> Option<JournalEntry> {
        let Entry::Input(input) = &entry.entry else {
            return None;
        };
        let number = self.number(input.value()?)?;
        Some(JournalEntry {
            at: entry.at,
            entry: Entry::Input(input.clone().with_value(number.into())),
        })
    }

    /// The event's JSON, and whether there are references in it in the place of large payloads.
    pub(super) fn event(&mut self, event: &HistoryEvent) -> (String, bool) {
        let (values, references) = (RefCell::new(self), Cell::new(0));
        let text = |value: &Value| match values.borrow_mut().number(value) {
            Some(number) => {
                references.set(references.get() + 1);
                format!("{MARK}{number}{MARK}")
            }
            None => value.to_json(),
        };
        // An event consists of texts and numbers, which always can be written.
        let text = serde_json::to_string(&event.with_payloads(text)).unwrap_or_default();
        match references.get() {
            0 => (text, false),
            count if text.matches(ESCAPED).count() == 2 * count => (text, true),
            // The event's own texts hold the mark, too, and one could not be told from the other.
            _ => (event.to_json(), false),
        }
    }

    /// The number of a large value, which is kept from now on; none for a small one.
    fn number(&mut self, value: &Value) -> Option<u32> {
        let address = address(value)?;
        if let Some((_, number)) = self.by_address.get(&address) {
            return Some(*number);
        }
        let mut text = String::new();
        value.write_json(&mut text, &mut |below, out| self.refer(below, out));
        let number = self.keep(text);
        self.by_address.insert(address, (value.clone(), number));
        Some(number)
    }

    fn refer(&mut self, value: &Value, out: &mut String) -> bool {
        let number = self.number(value);
        if let Some(number) = number {
            out.push(MARK);
            out.push_str(&number.to_string());
            out.push(MARK);
        }
        number.is_some()
    }

    // Not a part of `number`, whose frame is on the stack once for each level of a value.
    #[inline(never)]
    fn keep(&mut self, text: String) -> u32 {
        let next = self.count;
        let number = *self.by_digest.entry(digest(&text)).or_insert(next);
        if number == next {
            self.count += 1;
            self.unkept.push(text);
        }
        number
    }
}

/// Where a large value is in memory; none for a small one.
fn address(value: &Value) -> Option<usize> {
    let address = match value {
        Value::String(text) => text.as_ptr().addr(),
        Value::Array(array) => std::sync::Arc::as_ptr(array).addr(),
        Value::Object(object) => std::sync::Arc::as_ptr(object).addr(),
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    let bytes = match value {
        // Nearly: what it takes to write it is known of containers only.
        Value::String(text) => text.len() as u64,
        _ => value.measure().bytes,
    };
    (bytes >= LARGE).then_some(address)
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Large values of an execution as read back from its record.
#[derive(Debug, Default)]
pub struct KeptValues {
    values: BTreeMap<u32, Kept>,
}

#[derive(Debug)]
struct Kept {
    /// With references.
    text: String,
    /// Of the whole text.
    bytes: u64,
    /// Levels of references below.
    depth: u32,
}

/// A number and what is wrong with the value.
pub(super) type Damage = (u32, String);

impl KeptValues {
    /// All of them, from their lines.
    pub(super) fn read(lines: Vec<String>) -> Result<Self, Damage> {
        let mut kept = Self::default();
        for (number, text) in (0..).zip(lines) {
            kept.add(number, text)?;
        }
        Ok(kept)
    }

    /// Those to which lines of events refer. `fetch` gives the lines of so many values from a number on.
    pub(super) fn of<E: From<DamagedRecord>>(
        events: &[String],
        fetch: impl Fn(u32, u32) -> Result<Vec<String>, E>,
    ) -> Result<Self, E> {
        let refers = events.iter().filter(|line| line.starts_with(REFERS));
        let mut wanted: BTreeSet<u32> = refers.flat_map(|line| numbers(line, ESCAPED)).collect();
        let mut texts = BTreeMap::new();
        while let Some(&last) = wanted.last() {
            // Values of one moment stand together: they are fetched together.
            let together = wanted.range(last.saturating_sub(TOGETHER)..);
            let first = together.min().copied().unwrap_or(last);
            let lines = fetch(first, last - first + 1)?;
            // From the last to the first, because a value refers to earlier ones.
            for number in (first..=last).rev() {
                let is_wanted = wanted.remove(&number);
                let text = lines.get((number - first) as usize);
                if let Some(text) = text.filter(|_| is_wanted) {
                    wanted.extend(numbers(text, MARK_TEXT).filter(|below| *below < number));
                    texts.insert(number, text.clone());
                }
            }
        }
        let mut kept = Self::default();
        for (number, text) in texts {
            kept.add(number, text).map_err(DamagedRecord::of_value)?;
        }
        Ok(kept)
    }

    /// Adds one, checking that it can be told in full.
    fn add(&mut self, number: u32, text: String) -> Result<(), Damage> {
        let (mut bytes, mut depth) = (text.len() as u64, 0);
        for below in text.split(MARK).skip(1).step_by(2) {
            let below = self.get(below).map_err(|message| (number, message))?;
            bytes = bytes.saturating_add(below.bytes);
            depth = depth.max(below.depth + 1);
        }
        if bytes > LARGEST || depth > MAX_DEPTH {
            return Err((number, "a value is larger than any can be".to_owned()));
        }
        self.values.insert(number, Kept { text, bytes, depth });
        Ok(())
    }

    fn get(&self, number: &str) -> Result<&Kept, String> {
        let kept = number
            .parse()
            .ok()
            .and_then(|number: u32| self.values.get(&number));
        kept.ok_or_else(|| format!("there is no value {number:?} that it could refer to"))
    }

    /// The entry with the value that its number refers to.
    pub(super) fn entry(&self, entry: JournalEntry) -> Result<JournalEntry, String> {
        let Entry::Input(input) = entry.entry else {
            return Err("it refers to a value, but is no input".to_owned());
        };
        let number = input.value().map(Value::to_json).unwrap_or_default();
        let value = Value::parse(&self.text(&number)?).map_err(|error| error.to_string())?;
        Ok(JournalEntry {
            at: entry.at,
            entry: Entry::Input(input.with_value(value)),
        })
    }

    /// Whether all values are there that an event's text refers to.
    pub(super) fn check(&self, event: &str) -> Result<(), String> {
        let mut numbers = event.split(ESCAPED).skip(1).step_by(2);
        numbers.try_for_each(|number| self.get(number).map(drop))
    }

    /// An event's JSON, from its text with references, which was checked.
    pub(super) fn event(&self, event: &str) -> String {
        let mut whole = String::new();
        for (index, part) in event.split(ESCAPED).enumerate() {
            if index % 2 == 0 {
                whole.push_str(part);
            } else if let Ok(text) = self.text(part).and_then(|text| escaped(&text)) {
                whole.push_str(&text[1..text.len() - 1]);
            }
        }
        whole
    }

    fn text(&self, number: &str) -> Result<String, String> {
        let mut whole = String::new();
        self.write(self.get(number)?, &mut whole);
        Ok(whole)
    }

    fn write(&self, kept: &Kept, whole: &mut String) {
        for (index, part) in kept.text.split(MARK).enumerate() {
            if index % 2 == 0 {
                whole.push_str(part);
            } else if let Ok(below) = self.get(part) {
                self.write(below, whole);
            }
        }
    }
}

/// The numbers between pairs of marks; what is none is found out when it is put in.
fn numbers<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = u32> + 'a {
    text.split(mark)
        .skip(1)
        .step_by(2)
        .filter_map(|number| number.parse().ok())
}

/// As JSON text within JSON, with its quotes.
fn escaped(text: &str) -> Result<String, String> {
    serde_json::to_string(text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;
