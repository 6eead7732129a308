//! The only place that reads the machine's clocks and its randomness.
//!
//! Everything else takes a [`Clock`], so that a test or a run in virtual time can put another one in its place.

use chrono::{DateTime, TimeDelta, Utc};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// What time it is, and a way to wait. Clones share one clock.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System {
        origin: std::time::Instant,
    },
    Virtual {
        start: DateTime<Utc>,
        now: Arc<watch::Sender<DateTime<Utc>>>,
    },
}

impl Clock {
    /// The machine's clocks.
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn system() -> Self {
        Self(Source::System {
            origin: std::time::Instant::now(),
        })
    }

    /// A clock that stands at `start` until [`Clock::advance_to`] moves it.
    pub fn virtual_from(start: DateTime<Utc>) -> Self {
        Self(Source::Virtual {
            start,
            now: Arc::new(watch::Sender::new(start)),
        })
    }

    /// The time of day, which may jump when the machine's clock is set.
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System { .. } => std::time::SystemTime::now().into(),
            Source::Virtual { now, .. } => *now.borrow(),
        }
    }

    /// The time since this clock was made. It never goes backwards.
    pub fn elapsed(&self) -> Duration {
        match &self.0 {
            Source::System { origin } => origin.elapsed(),
            Source::Virtual { start, now } => (*now.borrow() - *start).to_std().unwrap_or_default(),
        }
    }

    /// Waits for `duration`, by the clock that never goes backwards.
    pub async fn sleep(&self, duration: Duration) {
        self.sleep_until_elapsed(self.elapsed().saturating_add(duration))
            .await;
    }

    /// Waits until [`Clock::elapsed`] says `target` or more.
    pub async fn sleep_until_elapsed(&self, target: Duration) {
        match &self.0 {
            Source::System { .. } => tokio::time::sleep(target.saturating_sub(self.elapsed())).await,
            Source::Virtual { start, now } => {
                let target = TimeDelta::from_std(target)
                    .ok()
                    .and_then(|target| start.checked_add_signed(target));
                let Some(target) = target else {
                    return std::future::pending().await;
                };
                // Cannot fail: `self` holds the sender, and an error means that it is gone.
                let _ = now.subscribe().wait_for(|now| *now >= target).await;
            }
        }
    }

    /// Moves a virtual clock on; a time before its own, and any other clock, is left alone.
    pub fn advance_to(&self, at: DateTime<Utc>) {
        if let Source::Virtual { now, .. } = &self.0 {
            now.send_if_modified(|now| {
                let later = at > *now;
                *now = (*now).max(at);
                later
            });
        }
    }
}

/// Bytes that nobody can guess.
///
/// # Panics
/// When the system has no source of randomness. The standard library's hash maps stop the program then, too,
/// and no secret may be made of anything less.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(
        clippy::expect_used,
        reason = "see above: there is nothing safe to go on with"
    )]
    getrandom::fill(&mut bytes).expect("the system has a source of randomness");
    bytes
}

/// A random UUID (version 4), as Lambda and Step Functions use for their ids.
pub fn random_uuid() -> String {
    let mut bytes = random::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes);
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[tokio::test]
    async fn a_virtual_clock_wakes_sleepers_when_it_is_moved() {
        let clock = Clock::virtual_from(at(100));
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep(Duration::from_secs(50)).await;
                clock.now()
            }
        });
        tokio::task::yield_now().await;
        clock.advance_to(at(149));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.advance_to(at(151));
        assert_eq!(sleeper.await.unwrap(), at(151));
        clock.advance_to(at(5));
        assert_eq!(
            clock.elapsed(),
            Duration::from_secs(51),
            "it never goes backwards"
        );
    }

    #[test]
    fn uuids_are_of_version_4() {
        let uuid = random_uuid();
        let dashes: Vec<usize> = uuid.match_indices('-').map(|(at, _)| at).collect();
        assert_eq!((uuid.len(), dashes), (36, vec![8, 13, 18, 23]));
        assert_eq!(&uuid[14..15], "4");
        assert!("89ab".contains(&uuid[19..20]));
        assert_ne!(uuid, random_uuid());
    }
}
