//! Numbers compared by their exact value, whatever their kind: `0` equals `0.0`.

use std::cmp::Ordering;

use crate::value::Number;

/// Compares by value. Exact where an integer meets a floating-point number, as Java's BigDecimal is.
pub(crate) fn compare(left: &Number, right: &Number) -> Ordering {
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        (Some(left), None) => compare_mixed(left, float(right)),
        (None, Some(right)) => compare_mixed(right, float(left)).reverse(),
        // JSON numbers are never NaN.
        (None, None) => float(left).partial_cmp(&float(right)).unwrap_or(Ordering::Equal),
    }
}

fn whole(number: &Number) -> Option<i128> {
    number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from))
}

fn float(number: &Number) -> f64 {
    number.as_f64().unwrap_or(0.0)
}

fn compare_mixed(whole: i128, float: f64) -> Ordering {
    // Every i64 and u64 lies within ±2^65; there, truncation to i128 is exact.
    const BOUND: f64 = 36_893_488_147_419_103_232.0;
    if float >= BOUND {
        return Ordering::Less;
    }
    if float <= -BOUND {
        return Ordering::Greater;
    }
    let truncated = float.trunc();
    whole.cmp(&(truncated as i128)).then_with(|| {
        0.0_f64
            .partial_cmp(&(float - truncated))
            .unwrap_or(Ordering::Equal)
    })
}

/// Rounds half up, towards positive infinity (Java's `Math.round`); `None` beyond the range of `i64`.
pub(crate) fn round_half_up(number: &Number) -> Option<i64> {
    if let Some(whole) = whole(number) {
        return i64::try_from(whole).ok();
    }
    let float = float(number);
    let below = float.floor();
    let rounded = if float - below >= 0.5 { below + 1.0 } else { below };
    // 2^63 itself is out of range; every smaller double converts exactly.
    (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0)
        .contains(&rounded)
        .then_some(rounded as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn comparing() {
        for (left, right, expected) in [
            ("0", "0.0", Ordering::Equal),
            ("-0.0", "0", Ordering::Equal),
            ("1", "1.5", Ordering::Less),
            ("-1", "-1.5", Ordering::Greater),
            ("1.5", "1", Ordering::Greater),
            ("18446744073709551615", "-1", Ordering::Greater),
            // As doubles these are the same number.
            ("9007199254740993", "9007199254740992.0", Ordering::Greater),
            ("9223372036854775807", "9223372036854775808.0", Ordering::Less),
            ("1", "1e300", Ordering::Less),
            ("1", "-1e300", Ordering::Greater),
            ("0.1", "0.2", Ordering::Less),
        ] {
            assert_eq!(
                compare(&number(left), &number(right)),
                expected,
                "{left} and {right}"
            );
            assert_eq!(
                compare(&number(right), &number(left)),
                expected.reverse(),
                "{right} and {left}"
            );
        }
    }

    #[test]
    fn rounding() {
        for (input, expected) in [
            ("1.49", Some(1)),
            ("1.5", Some(2)),
            ("2.5", Some(3)),
            ("-0.5", Some(0)),
            ("-1.5", Some(-1)),
            ("-1.51", Some(-2)),
            ("0.49999999999999994", Some(0)),
            ("9007199254740993", Some(9_007_199_254_740_993)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("1e300", None),
            ("-1e300", None),
        ] {
            assert_eq!(round_half_up(&number(input)), expected, "{input}");
        }
    }
}
