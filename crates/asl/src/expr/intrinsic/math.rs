//! Functions of numbers.

use super::{Outcome, Refusal, Tools, refuse, whole};
use crate::value::{Number, Value};

/// Rounds each number half up, then adds.
pub(super) fn add(arguments: &[Value], _: &Tools<'_>) -> Outcome {
    let left = whole(arguments, 0, "the first number")?;
    let right = whole(arguments, 1, "the second number")?;
    let sum = left.checked_add(right);
    let sum = sum.ok_or_else(|| Refusal::Arguments(format!("{left} + {right} is out of range")))?;
    Ok(Value::Number(Number::from(sum)))
}

/// A whole number from the first to the second; with a seed always the same one.
pub(super) fn random(arguments: &[Value], tools: &Tools<'_>) -> Outcome {
    let first = whole(arguments, 0, "the first number")?;
    let last = whole(arguments, 1, "the last number")?;
    if first > last {
        return refuse(format!(
            "the first number, {first}, is greater than the last one, {last}"
        ));
    }
    let bits = match arguments.len() {
        3 => mixed(whole(arguments, 2, "the seed")? as u64),
        _ => tools.host.random(),
    };
    let span = u128::from(last.abs_diff(first)) + 1;
    // Multiply and shift instead of a remainder: even over the whole span.
    let offset = (u128::from(bits) * span) >> 64;
    let number = i128::from(first) + offset as i128;
    // Between `first` and `last`, which are i64.
    Ok(Value::Number(Number::from(number as i64)))
}

/// SplitMix64: spreads a seed over all bits.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
