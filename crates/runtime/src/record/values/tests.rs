//! Large values: what is read back is what was written, each is kept once, and a damaged record is refused.

use std::sync::Arc;

use asl::machine::StateMachine;
use asl::text::Format;
use asl::value::{MAX_DEPTH, Value};
use engine::{
    Entry, EventDetails, EventId, EventType, FrameId, HistoryEvent, Input, JournalEntry, Stage, Timestamp,
};

use super::{KeptValues, LargeValues};
use crate::record::{
    EventRecord, event_chunks, journal_chunks, read_events, read_journal, read_values, value_chunks,
};
use crate::store::Chunk;

fn lines(chunks: &[Chunk]) -> Vec<String> {
    let mut next = chunks.first().map_or(0, |chunk| chunk.first);
    for chunk in chunks {
        assert_eq!(
            (chunk.first, chunk.lines.lines().count()),
            (next, chunk.count as usize)
        );
        next += chunk.count;
    }
    chunks
        .iter()
        .flat_map(|chunk| chunk.lines.lines().map(str::to_owned))
        .collect()
}

fn event(id: EventId, details: EventDetails) -> EventRecord {
    let machine = r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#;
    let event = HistoryEvent {
        id,
        previous: 0,
        timestamp: Timestamp(1_772_366_400_000),
        frame: FrameId(0),
        state: None,
        event_type: EventType::PassStateExited,
        details,
    };
    EventRecord::live(event, &StateMachine::parse(machine, Format::Json).unwrap())
}

fn exited(value: &Value, name: &str) -> EventDetails {
    EventDetails::StateExited {
        name: name.into(),
        output: value.clone(),
        assigned: Some(Box::new([("x".into(), value.clone())])),
    }
}

/// Writes events and reads them back; gives the lines of events and of values.
fn check(events: &[EventRecord]) -> (Vec<String>, Vec<String>) {
    let mut values = LargeValues::default();
    let kept = lines(&event_chunks(0, events, &mut values));
    let large = lines(&value_chunks(&mut values));
    let read = read_events(&kept, &read_values(large.clone()).unwrap()).unwrap();
    let json = |events: &[EventRecord]| -> Vec<_> { events.iter().map(EventRecord::to_json).collect() };
    assert_eq!(json(&read), json(events));
    (kept, large)
}

#[test]
fn events_are_read_back_byte_for_byte() {
    let long = "long ".repeat(200);
    let escapes = "\"\\\n\u{1}\u{7f}ü😀</".repeat(60);
    let mark = "\u{1a}0\u{1a} \\u001a0\\u001a".repeat(60);
    for (value, name, references, apart) in [
        (Value::from("short"), "A", 0, 0),
        (Value::from(long.as_str()), "A", 2, 1),
        (Value::from(escapes.as_str()), "A", 2, 1),
        (Value::from(mark.as_str()), "A", 2, 1),
        // Beside a name that looks like a reference, values stay where they are.
        (Value::from(long.as_str()), "\u{1a}0\u{1a}", 0, 1),
        (Value::from("\u{1a}0\u{1a}"), "A", 0, 0),
        (
            Value::object([("1", Value::from(long.as_str())), ("0", Value::from(1_i64))]),
            "A",
            2,
            2,
        ),
        (Value::array((0..400_i64).map(Value::from)), "A", 2, 1),
        (
            Value::array([long.as_str(), "b", escapes.as_str()].map(Value::from)),
            "A",
            2,
            3,
        ),
    ] {
        let (events, values) = check(&[event(1, exited(&value, name))]);
        let found = events[0].matches("\\u001a").count() / 2 * usize::from(events[0].starts_with('&'));
        assert_eq!((found, values.len()), (references, apart), "{value} in {name:?}");
    }
}

#[test]
fn a_value_is_kept_once_however_it_comes_again() {
    let long = || Value::from("long ".repeat(13_000));
    let shared = long();
    let holder = |number: i64| Value::object([("i", Value::from(number)), ("payload", shared.clone())]);
    let (first, second) = (holder(1), holder(2));
    let values = [&shared, &first, &second, &first, &long(), &holder(1), &shared];
    let events: Vec<_> = (1..)
        .zip(values)
        .map(|(id, value)| event(id, exited(value, "A")))
        .collect();
    let (events, values) = check(&events);
    assert_eq!(
        values[1..],
        [
            "{\"i\":1,\"payload\":\u{1a}0\u{1a}}",
            "{\"i\":2,\"payload\":\u{1a}0\u{1a}}"
        ]
    );
    assert!(events.iter().all(|line| line.len() < 400), "{}", events[0]);
}

#[test]
fn what_is_in_the_record_is_not_written_again_by_who_goes_on() {
    let long = Value::from("long ".repeat(1_000));
    let mut values = LargeValues::default();
    event_chunks(0, &[event(1, exited(&long, "A"))], &mut values);
    let kept = read_values(lines(&value_chunks(&mut values))).unwrap();
    let mut values = LargeValues::after(&kept);
    let again = Value::array([Value::from("long ".repeat(1_000))]);
    event_chunks(1, &[event(2, exited(&again, "A"))], &mut values);
    let chunks = value_chunks(&mut values);
    assert_eq!(
        (chunks[0].first, lines(&chunks)),
        (1, vec!["[\u{1a}0\u{1a}]".to_owned()])
    );
}

#[test]
fn a_few_events_need_a_few_values() {
    let payload = |text: &str| Value::from(text.repeat(1_000));
    let inner = payload("inner ");
    let events: Vec<_> = (1..=5_000)
        .map(|id| match id {
            1 => inner.clone(),
            5_000 => Value::array([payload("outer "), inner.clone()]),
            id => Value::from(format!("{id} {}", "x".repeat(600))),
        })
        .zip(1..)
        .map(|(value, id)| event(id, exited(&value, "A")))
        .collect();
    let mut values = LargeValues::default();
    let lines_of_events = lines(&event_chunks(0, &events, &mut values));
    let lines_of_values = lines(&value_chunks(&mut values));
    let fetched = std::cell::RefCell::new(Vec::new());
    let fetch = |first: u32, count: u32| {
        fetched.borrow_mut().push((first, count));
        let first = first as usize;
        Ok::<_, crate::record::DamagedRecord>(lines_of_values[first..first + count as usize].to_vec())
    };
    let last = &lines_of_events[4_998..];
    let values = KeptValues::of(last, fetch).unwrap();
    assert_eq!(*fetched.borrow(), [(4_998, 3), (0, 1)]);
    let read = read_events(last, &Arc::new(values)).unwrap();
    assert_eq!(read[1].to_json(), events[4_999].to_json());
}

#[test]
fn the_deepest_value_is_written_and_read() {
    let mut deep = Value::from("long ".repeat(1_000));
    for _ in 0..MAX_DEPTH {
        deep = Value::array([deep]);
    }
    let (_, values) = check(&[event(1, exited(&deep, "A"))]);
    assert_eq!(values.len(), MAX_DEPTH as usize + 1);
}

#[test]
fn journal_entries_are_read_back() {
    let long = Value::array([Value::from("long ".repeat(1_000))]);
    let inputs = [
        Input::TaskSucceeded {
            command: 5,
            output: long.clone(),
        },
        Input::TaskSucceeded {
            command: 5,
            output: Value::from(0_i64),
        },
        Input::SetData {
            frame: FrameId(0),
            stage: Stage::Input,
            value: long.clone(),
        },
        Input::SetVariable {
            frame: FrameId(0),
            name: "x".into(),
            value: None,
        },
        Input::SetVariable {
            frame: FrameId(0),
            name: "x".into(),
            value: Some(long),
        },
    ];
    let mut entries: Vec<_> = inputs
        .into_iter()
        .map(|input| JournalEntry {
            at: Timestamp(1),
            entry: Entry::Input(input),
        })
        .collect();
    entries.push(JournalEntry {
        at: Timestamp(2),
        entry: Entry::Canonical { passed: 3 },
    });
    let mut values = LargeValues::default();
    let kept = lines(&journal_chunks(0, &entries, &mut values));
    let large = lines(&value_chunks(&mut values));
    assert_eq!(large.len(), 2);
    assert!(kept.iter().all(|line| line.len() < 100));
    let large = read_values(large).unwrap();
    assert_eq!(read_journal(&kept, &large).unwrap(), entries);
}

#[test]
fn a_damaged_record_is_refused() {
    let owned = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
    let doubling = (0..40).map(|line| match line {
        0_u32 => "[1]".to_owned(),
        line => format!("[\u{1a}{0}\u{1a},\u{1a}{0}\u{1a}]", line - 1),
    });
    let chain = (0..3_000).map(|line| match line {
        0_u32 => "[1]".to_owned(),
        line => format!("\u{1a}{}\u{1a}", line - 1),
    });
    for (values, line) in [
        (owned(&["\u{1a}0\u{1a}"]), 0),
        (owned(&["1", "\u{1a}2\u{1a}", "1"]), 1),
        (owned(&["1", "\u{1a}x\u{1a}"]), 1),
        (doubling.collect(), 25),
        (chain.collect(), 1_001),
    ] {
        let error = read_values(values).unwrap_err().to_string();
        assert!(error.contains(&format!("line {line})")), "{error}");
    }
    let values = Arc::new(read_values(owned(&["1"])).unwrap());
    let event = r#"&{"frame":0,"state":null,"event":{"timestamp":"2026-03-01T12:00:00.000Z","type":"X","id":1,"output":"\u001a7\u001a"}}"#;
    assert!(read_events(&owned(&[event]), &values).is_err());
    let entry = r#"&{"at":1,"entry":{"Input":{"TaskSucceeded":{"command":1,"output":7}}}}"#;
    assert!(read_journal(&owned(&[entry]), &values).is_err());
}
