//! Randomness that is a function of the execution's seed and an event: the same in every replay.

use asl::value::Text;

use crate::EventId;

/// One step of SplitMix64 (Steele, Lea, Flood 2014): a bijection that scatters neighbouring numbers.
fn scatter(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The random number for this seed, event, purpose and turn.
pub(crate) fn number(seed: u64, event: EventId, purpose: u64, turn: u64) -> u64 {
    let mut state = scatter(seed);
    for part in [u64::from(event), purpose, turn] {
        state = scatter(state ^ part);
    }
    state
}

/// What numbers are for; each purpose has numbers of its own.
pub(crate) mod purpose {
    /// Jitter of a retry.
    pub(crate) const JITTER: u64 = 1 << 32;
    /// A task token.
    pub(crate) const TOKEN: u64 = 2 << 32;
    /// Expressions; the boundary's number and the item's index are added.
    pub(crate) const EXPRESSION: u64 = 3 << 32;
}

/// A number from 0 up to and excluding 1.
pub(crate) fn fraction(number: u64) -> f64 {
    // 53 bits fill a double's mantissa exactly.
    (number >> 11) as f64 / (1u64 << 53) as f64
}

/// A task token: opaque text, unique for the event and attempt.
pub(crate) fn token(seed: u64, event: EventId, attempt: u32) -> Text {
    let mut text = String::with_capacity(128);
    for turn in 0..8 {
        text.push_str(&format!(
            "{:016x}",
            number(seed, event, purpose::TOKEN + u64::from(attempt), turn)
        ));
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_depend_on_every_part() {
        let base = number(1, 2, 3, 4);
        assert_eq!(base, number(1, 2, 3, 4));
        for other in [
            number(0, 2, 3, 4),
            number(1, 0, 3, 4),
            number(1, 2, 0, 4),
            number(1, 2, 3, 0),
        ] {
            assert_ne!(base, other);
        }
        assert!((0.0..1.0).contains(&fraction(u64::MAX)) && fraction(0) == 0.0);
        assert_ne!(token(1, 2, 1), token(1, 2, 2));
    }
}
