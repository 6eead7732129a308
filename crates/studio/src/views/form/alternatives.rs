//! Fields that exclude each other stand in the form as one, which can change into another.
//!
//! | instead of | there can be |
//! |---|---|
//! | `Seconds` | `SecondsPath`, `Timestamp`, `TimestampPath` |
//! | `Error`, `Cause`, `TimeoutSeconds`, `MaxConcurrency`, … | the same with `Path` at its end |
//! | `Next` | `End` |

use asl::fields::Field;

use crate::contract::AlternativeForm;

/// Name, words, and what it begins with.
type Row = (&'static str, &'static str, &'static str);

const SETS: &[&[Row]] = &[
    &[
        ("Seconds", "for some seconds", "10"),
        ("SecondsPath", "for the seconds at a path", "\"$.seconds\""),
        ("Timestamp", "until a moment", "\"2030-01-01T00:00:00Z\""),
        ("TimestampPath", "until the moment at a path", "\"$.until\""),
    ],
    &[
        ("Error", "a fixed name", "\"Failed\""),
        ("ErrorPath", "the name at a path", "\"$.Error\""),
    ],
    &[
        ("Cause", "a fixed text", "\"Say here what went wrong\""),
        ("CausePath", "the text at a path", "\"$.Cause\""),
    ],
    &[
        ("TimeoutSeconds", "a fixed number", "60"),
        ("TimeoutSecondsPath", "the number at a path", "\"$.timeout\""),
    ],
    &[
        ("HeartbeatSeconds", "a fixed number", "30"),
        ("HeartbeatSecondsPath", "the number at a path", "\"$.heartbeat\""),
    ],
    &[
        ("MaxConcurrency", "a fixed number", "5"),
        ("MaxConcurrencyPath", "the number at a path", "\"$.concurrency\""),
    ],
    &[
        ("ToleratedFailureCount", "a fixed number", "0"),
        (
            "ToleratedFailureCountPath",
            "the number at a path",
            "\"$.tolerated\"",
        ),
    ],
    &[
        ("ToleratedFailurePercentage", "a fixed number", "0"),
        (
            "ToleratedFailurePercentagePath",
            "the number at a path",
            "\"$.tolerated\"",
        ),
    ],
    &[("Next", "go to", "\"\""), ("End", "end here", "true")],
];

fn set(name: &str) -> Option<&'static [Row]> {
    SETS.iter()
        .copied()
        .find(|set| set.iter().any(|(other, ..)| *other == name))
}

/// Whether a field stands in the form for its set: it is there itself, or none is and it comes first.
pub(super) fn is_shown(name: &str, has: impl Fn(&str) -> bool, known: &[(&'static str, &Field)]) -> bool {
    let Some(set) = set(name) else { return true };
    let is_known = |name: &str| known.iter().any(|(other, _)| *other == name);
    let first = set.iter().find(|(other, ..)| is_known(other));
    has(name)
        || (!set.iter().any(|(other, ..)| has(other)) && first.is_some_and(|(first, ..)| *first == name))
}

/// What can stand in a field's place, itself among it; empty where nothing else can. `next` says what `Next` begins
/// with.
pub(super) fn of(
    name: &str,
    known: &[(&'static str, &Field)],
    next: impl Fn() -> String,
) -> Vec<AlternativeForm> {
    let is_known = |name: &str| known.iter().any(|(other, _)| *other == name);
    let rows = set(name).unwrap_or_default().iter();
    let all: Vec<_> = rows
        .filter(|(other, ..)| is_known(other))
        .map(|(name, title, start)| AlternativeForm {
            name: (*name).to_owned(),
            title: (*title).to_owned(),
            start: match *name {
                "Next" => serde_json::Value::from(next()).to_string(),
                _ => (*start).to_owned(),
            },
        })
        .collect();
    if all.len() > 1 { all } else { Vec::new() }
}
