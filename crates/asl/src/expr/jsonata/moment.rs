//! `$now` and `$toMillis` without a look at the machine's clock.
//!
//! What a picture such as `[H]:[m]` leaves open at its beginning, `$toMillis` takes from the present. So that this is the
//! execution's own time, pictures are completed: `[H]:[m]` becomes `[Y0001]-[M01]-[D01]T[H]:[m]`, and the text is given the day.

use chrono::DateTime;
use jsonata_core::ast::{AstNode, BinaryOp};

use super::guard;

/// Gives a text what its picture leaves open. The names cannot be written in an expression.
pub(super) const TEXT: &str = "!text";
/// Completes a picture.
pub(super) const PICTURE: &str = "!picture";

/// Refuses pictures whose widths no date needs: the evaluator would write as many digits.
pub(super) const WIDTHS: &str = "!widths";

/// What may be left open, from the largest part on: its letters, how it is written, and its format in chrono's words.
const PARTS: [(&str, &str, &str); 4] = [
    ("Y", "[Y0001]-", "%Y-"),
    ("Md", "[M01]-", "%m-"),
    ("Dd", "[D01]T", "%dT"),
    ("Hh", "[H01]:", "%H:"),
];

/// Rewrites calls of `$now` with a picture, and of `$toMillis` with one.
pub(super) fn rewrite(node: &mut AstNode) {
    if let AstNode::Binary {
        op: BinaryOp::ChainPipe,
        lhs,
        rhs,
    } = node
        && let AstNode::Function { name, args, .. } = &mut **rhs
        && name == "toMillis"
        && args.len() == 1
    {
        args.insert(0, std::mem::replace(&mut **lhs, AstNode::Null));
        *node = std::mem::replace(&mut **rhs, AstNode::Null);
    }
    let AstNode::Function { name, args, .. } = node else {
        return;
    };
    if matches!(name.as_str(), "now" | "fromMillis" | "toMillis") {
        let given = args
            .iter_mut()
            .filter(|arg| !matches!(arg, AstNode::Placeholder | AstNode::Number(_)));
        for arg in given {
            *arg = guard::call(WIDTHS, vec![std::mem::replace(arg, AstNode::Null)]);
        }
    }
    match (name.as_str(), args.as_mut_slice()) {
        ("now", [_, ..]) => {
            *name = "fromMillis".to_owned();
            args.insert(0, guard::call("millis", Vec::new()));
        }
        ("toMillis", [text, picture]) if !matches!(text, AstNode::Placeholder) => {
            let (shown, read) = (picture.clone(), std::mem::replace(picture, AstNode::Null));
            *text = guard::call(TEXT, vec![std::mem::replace(text, AstNode::Null), shown]);
            *picture = guard::call(PICTURE, vec![read]);
        }
        _ => {}
    }
}

/// What stands before a picture's text at a moment: as a picture, and as text.
pub(super) fn left_open(picture: &str, now: i64) -> (String, String) {
    let moment = DateTime::from_timestamp_millis(now).unwrap_or_default();
    let given: Vec<char> = picture
        .replace("[[", "")
        .split('[')
        .skip(1)
        .filter_map(|component| component.trim_start().chars().next())
        .collect();
    // Weeks cannot be read anyway; without any component nothing can.
    if given.is_empty() || given.iter().any(|letter| "XxWw".contains(*letter)) {
        return (String::new(), String::new());
    }
    let open = PARTS
        .iter()
        .take_while(|(letters, ..)| !given.iter().any(|letter| letters.contains(*letter)));
    open.map(|(_, picture, format)| ((*picture).to_owned(), moment.format(format).to_string()))
        .unzip()
}

/// Whether no width in a picture has more than two digits, as in `[Y,2-4]`.
pub(super) fn has_small_widths(picture: &str) -> bool {
    let mut components = picture.split('[').skip(1);
    components.all(|component| {
        let inside = component.split(']').next().unwrap_or_default();
        let width = inside.rsplit_once(',').map_or("", |(_, width)| width);
        width.split('-').all(|number| number.trim().len() <= 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_completed() {
        for (picture, open, text) in [
            ("[H]:[m]", "[Y0001]-[M01]-[D01]T", "2026-03-01T"),
            ("[M]/[D]", "[Y0001]-", "2026-"),
            ("[d]", "[Y0001]-", "2026-"),
            ("[D]", "[Y0001]-[M01]-", "2026-03-"),
            ("[m]:[s]", "[Y0001]-[M01]-[D01]T[H01]:", "2026-03-01T12:"),
            ("[Y]-[M]", "", ""),
            ("[X]-[W]", "", ""),
            ("none", "", ""),
        ] {
            assert_eq!(
                left_open(picture, 1_772_366_400_000),
                (open.to_owned(), text.to_owned()),
                "{picture}"
            );
        }
    }
}
