//! Killed without warning at random points, and gone on with: in the end the history is that of a run that nobody
//! disturbed, whatever was going on. `STEPWELL_CRASHES` says how often (`cargo xtask soak crash`), `STEPWELL_SEED` when.
//!
//! | file | what it is |
//! |---|---|
//! | here | chance, and what of a history has to be the same |
//! | `crash/flow.rs` | a workflow of everything |
//! | `crash/run.rs` | `stepwell run`, killed, and `--resume` |
//! | `crash/serve.rs` | `stepwell serve`, killed and started again while clients and workers go on |

mod flow;
mod run;
mod serve;

use std::time::Duration;

use serde_json::Value;

/// Kills in the ordinary tests; a hundred take minutes.
const FEW: u32 = 4;

/// Members whose value is another one in each run: times, tokens, ids of requests.
const VARYING: &[&str] = &[
    "timestamp",
    "RequestId",
    "requestId",
    "x-amzn-RequestId",
    "X-Amzn-Trace-Id",
    "Content-Length",
    "Date",
    "StartDate",
    "StopDate",
    "token",
];

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// How often to kill.
fn crashes() -> u32 {
    number("STEPWELL_CRASHES")
        .and_then(|crashes| crashes.try_into().ok())
        .unwrap_or(FEW)
}

/// Chance that can be had again: xorshift64*.
struct Chance(u64);

impl Chance {
    fn new() -> Self {
        let seed = number("STEPWELL_SEED").unwrap_or(1);
        println!("STEPWELL_SEED={seed}");
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A part of a time.
    fn part(&mut self, whole: Duration) -> Duration {
        whole.mul_f64((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

/// A value without what varies; JSON inside a text is looked at, too.
fn fixed(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let value = if VARYING.contains(&name.as_str()) {
                    "…".into()
                } else {
                    fixed(value)
                };
                (name.clone(), value)
            })
            .collect(),
        Value::Array(items) => items.iter().map(fixed).collect(),
        Value::String(text) => match serde_json::from_str(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_))) => fixed(&inner),
            _ => without_ids(text).into(),
        },
        other => other.clone(),
    }
}

/// A text with its UUIDs and its execution's own name left out.
fn without_ids(text: &str) -> String {
    let is_id = |word: &str| {
        let parts: Vec<_> = word.split('-').map(str::len).collect();
        parts == [8, 4, 4, 4, 12] || word.starts_with("crash-")
    };
    let in_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|letter| !in_word(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(if is_id(word) { "…" } else { word });
        let next = after.find(in_word).unwrap_or(after.len());
        out.push_str(&after[..next]);
        rest = &after[next..];
    }
    out
}

/// Compares two histories event by event: ids, causes, types, names and data.
fn assert_same(history: &[Value], expected: &[Value], what: &str) {
    for (number, wanted) in expected.iter().enumerate() {
        let got = history.get(number).map(fixed);
        assert_eq!(got, Some(fixed(wanted)), "{what}: event {}", number + 1);
    }
    assert_eq!(history.len(), expected.len(), "{what}");
}

#[test]
fn what_varies_is_left_out() {
    let event = serde_json::json!({
        "id": 2, "timestamp": 1.5,
        "details": {"input": "{\"at\":\"x:0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f\",\"token\":\"abc\",\"n\":1}"},
    });
    let expected = serde_json::json!({
        "id": 2, "timestamp": "…", "details": {"input": {"at": "x:…", "token": "…", "n": 1}},
    });
    assert_eq!(fixed(&event), expected);
}
