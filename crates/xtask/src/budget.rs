//! The design's budgets, to stand beside what `cargo xtask bench` measures.
//!
//! | what | budget |
//! |---|---|
//! | engine, `loop-jsonpath`, `loop-jsonata` | transitions a second, in memory |
//! | journal | the same on disk, by kilobytes of payload |
//! | Map over 10,000 items, layout, text to diagnostics | time |
//! | functions | time that we add |

/// The benchmark, how its line begins, and the budget.
const BUDGETS: &[(&str, &str, &str)] = &[
    ("transitions", "loop-jsonpath", "1,000,000 transitions/s"),
    ("transitions", "loop-jsonata", "100,000 transitions/s"),
    ("transitions", "map-inline", "100 ms"),
    ("journal", "journal, 1 KB", "50,000 transitions/s"),
    ("journal", "journal, 64 KB", "5,000 transitions/s"),
    ("layout", "layout 1000 states:", "15 ms"),
    ("layout", "layout 5000 states:", "80 ms"),
    ("text_to_diagnostics", "1000", "5 ms in sum"),
    ("text_to_diagnostics", "10000", "50 ms in sum"),
    ("functions", "added", "10 ms"),
    ("functions", "warm invoke", "0.5 ms"),
];

/// The budget of a line that a benchmark printed, if it has one.
pub(crate) fn of(benchmark: &str, line: &str) -> Option<&'static str> {
    let line: Vec<_> = line.split_whitespace().collect();
    let begins = |label: &str| {
        label
            .split_whitespace()
            .enumerate()
            .all(|(at, word)| line.get(at) == Some(&word))
    };
    let found = BUDGETS
        .iter()
        .find(|(name, label, _)| *name == benchmark && begins(label))?;
    Some(found.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_find_their_budget() {
        for (benchmark, line, expected) in [
            (
                "journal",
                "journal,  1 KB   100 transitions",
                Some("50,000 transitions/s"),
            ),
            (
                "journal",
                "journal, 64 KB   100 transitions",
                Some("5,000 transitions/s"),
            ),
            ("layout", "layout   1000 rows:  3 ms", None),
            ("layout", "layout   1000 states:  3 ms", Some("15 ms")),
            ("text_to_diagnostics", "  10000  5", Some("50 ms in sum")),
            ("engine", "loop-jsonpath", None),
            ("transitions", "loop-json", None),
        ] {
            assert_eq!(of(benchmark, line), expected, "{line}");
        }
    }
}
