//! A polyline of horizontal and vertical pieces as an SVG path with round corners.

use std::fmt::Write;

use crate::CORNER;

/// The path; a corner's radius shrinks where its pieces are shorter than twice it.
pub(super) fn rounded(points: &[(f32, f32)]) -> String {
    let mut path = String::new();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return path;
    };
    // Writing to a string does not fail.
    let _ = write!(path, "M{} {}", first.0, first.1);
    for window in points.windows(3) {
        let (before, corner, after) = (window[0], window[1], window[2]);
        let radius = CORNER
            .min(distance(before, corner) / 2.0)
            .min(distance(corner, after) / 2.0);
        let (start, end) = (towards(corner, before, radius), towards(corner, after, radius));
        let _ = write!(
            path,
            "L{} {}Q{} {} {} {}",
            start.0, start.1, corner.0, corner.1, end.0, end.1
        );
    }
    let _ = write!(path, "L{} {}", last.0, last.1);
    path
}

fn distance(one: (f32, f32), other: (f32, f32)) -> f32 {
    (one.0 - other.0).abs() + (one.1 - other.1).abs()
}

fn towards(from: (f32, f32), to: (f32, f32), length: f32) -> (f32, f32) {
    let all = distance(from, to);
    if all == 0.0 {
        return from;
    }
    (
        from.0 + (to.0 - from.0) * length / all,
        from.1 + (to.1 - from.1) * length / all,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_round_and_shrink() {
        let check = |points: &[(f32, f32)], expected: &str| assert_eq!(rounded(points), expected);
        check(&[], "");
        check(&[(0.0, 0.0), (0.0, 40.0)], "M0 0L0 40");
        check(
            &[(0.0, 0.0), (0.0, 40.0), (40.0, 40.0)],
            "M0 0L0 32Q0 40 8 40L40 40",
        );
        check(&[(0.0, 0.0), (0.0, 8.0), (40.0, 8.0)], "M0 0L0 4Q0 8 4 8L40 8");
    }
}
