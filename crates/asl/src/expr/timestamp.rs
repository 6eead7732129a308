//! Timestamps as the service reads them: RFC 3339 with `T`, and `Z` or an offset.
use chrono::{DateTime, FixedOffset};

/// A moment with the offset it was written in; compares by the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(DateTime<FixedOffset>);

impl Timestamp {
    /// Reads a timestamp; `None` where the service would not take it.
    /// A space for the `T`, a missing offset, and more than nine fractional digits are refused.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let fraction = text
            .get(19..)?
            .bytes()
            .skip(1)
            .take_while(u8::is_ascii_digit)
            .count();
        if text.as_bytes().get(10) != Some(&b'T') || fraction > 9 {
            return None;
        }
        DateTime::parse_from_rfc3339(text).ok().map(Timestamp)
    }

    /// Milliseconds since 1970 (UTC), rounded down.
    pub fn millis(&self) -> i64 {
        self.0.timestamp_millis()
    }
}
