//! Retry: which retrier takes an error, and how long it waits.

use asl::machine::{Jitter, Retrier, State};

use crate::failure::Failure;
use crate::frame::{Frame, Waiting};
use crate::random::{self, purpose};
use crate::timers::Timer;
use crate::{Boundary, ChangeKind, Execution, Timestamp};

/// The first retrier that names the error, if it has attempts left. A later one is not asked (specification, "Retrying").
pub(crate) fn find(state: &State, frame: &Frame, failure: &Failure) -> Option<usize> {
    let index = state
        .retry
        .iter()
        .position(|retrier| failure.matches(&retrier.error_equals))?;
    (made(frame, index) < state.retry[index].max_attempts).then_some(index)
}

/// How often this retrier was used in this visit of the state.
fn made(frame: &Frame, retrier: usize) -> u64 {
    frame.retries.get(retrier).copied().unwrap_or(0)
}

/// Lets the frame's state try again after the retrier's delay.
pub(crate) fn schedule(
    run: &mut Execution,
    state: &State,
    frame: &mut Frame,
    index: usize,
    failure: Failure,
) {
    let retrier = &state.retry[index];
    let at = due(run, retrier, frame, made(frame, index));
    frame.retries.resize(state.retry.len(), 0);
    frame.retries[index] += 1;
    frame.retry_count = frame.retry_count.saturating_add(1);
    frame.data.after_parameters = None;
    frame.children = None;
    // Parameters are evaluated anew: they may ask for `$$.State.RetryCount`.
    frame.at = Boundary::AfterInputPath;
    frame.waiting = Waiting::RetryAt(at);
    run.timers.set(frame.id, Timer::Retry, at);
    let kind = ChangeKind::RetryDue {
        at,
        attempt: frame.attempt(),
        of: retrier.max_attempts.saturating_add(1),
        error: failure.error,
        cause: failure.cause,
    };
    run.change(frame, kind);
}

/// When the retry after `made` earlier ones is due.
fn due(run: &Execution, retrier: &Retrier, frame: &Frame, made: u64) -> Timestamp {
    let number = random::number(run.start.seed, frame.chain, purpose::JITTER, made);
    let millis = delay_millis(retrier, made, random::fraction(number));
    Timestamp(run.now.0.saturating_add(millis))
}

/// `IntervalSeconds × BackoffRate^made`, at most `MaxDelaySeconds`, and with full jitter the given part of that.
fn delay_millis(retrier: &Retrier, made: u64, part: f64) -> i64 {
    let backoff = retrier.backoff_rate.powi(i32::try_from(made).unwrap_or(i32::MAX));
    let seconds = retrier.interval_seconds as f64 * backoff;
    let seconds = retrier
        .max_delay_seconds
        .map_or(seconds, |most| seconds.min(most as f64));
    let part = match retrier.jitter {
        Jitter::None => 1.0,
        Jitter::Full => part,
    };
    // The conversion saturates.
    (seconds * part * 1000.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(backoff_rate: f64, max_delay: Option<u64>, jitter: Jitter, made: u64, expected: i64) {
        let retrier = Retrier {
            error_equals: Vec::new(),
            interval_seconds: 2,
            max_attempts: 9,
            backoff_rate,
            max_delay_seconds: max_delay,
            jitter,
        };
        assert_eq!(delay_millis(&retrier, made, 0.25), expected, "{retrier:?}");
    }

    #[test]
    fn delays_grow_up_to_their_limit() {
        check(2.0, None, Jitter::None, 0, 2_000);
        check(2.0, None, Jitter::None, 3, 16_000);
        check(1.5, None, Jitter::None, 1, 3_000);
        check(2.0, Some(5), Jitter::None, 3, 5_000);
        check(2.0, Some(5), Jitter::Full, 3, 1_250);
        check(10.0, None, Jitter::None, 1_000, i64::MAX);
    }
}
