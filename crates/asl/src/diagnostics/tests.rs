//! The one `check` of all rules' tables.

use super::{Diagnostic, Known, diagnose_knowing};
use crate::definition::Definition;
use crate::graph::FlowGraph;
use crate::text::{Format, Tree};

/// All diagnostics of a text.
pub(super) fn all(text: &str, format: Format) -> Vec<Diagnostic> {
    all_knowing(text, format, &Known::default())
}

fn all_knowing(text: &str, format: Format, known: &Known) -> Vec<Diagnostic> {
    let tree = Tree::parse(text, format);
    let definition = Definition::read(&tree);
    diagnose_knowing(&tree, &definition, &FlowGraph::of(&definition), known)
}

/// Checks that a text has exactly these diagnostics of this code: as shown, and with `=>` and the text that they
/// mark, and `~>` and the marked text after the fix, where that is of interest.
pub(super) fn check(code: &str, text: &str, expected: &[&str]) {
    check_known(code, text, &Known::default(), expected);
}

/// The same with what is known besides the text.
pub(super) fn check_known(code: &str, text: &str, known: &Known, expected: &[&str]) {
    let found: Vec<_> = all_knowing(text, Format::Json, known)
        .into_iter()
        .filter(|found| found.code == code)
        .collect();
    let shown: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(shown, expected, "{text}");
    for one in &found {
        assert!(
            text.get(one.range.clone()).is_some(),
            "{one} is outside of {text}"
        );
        if let Some(fix) = &one.fix {
            let fixed = fix.changes.apply(text);
            let left = all_knowing(&fixed, Format::Json, known)
                .into_iter()
                .filter(|found| found.code == code)
                .count();
            assert!(left < found.len(), "{one}: the fix mends nothing: {fixed}");
        }
    }
}

/// Checks what the only diagnostic of this code marks.
pub(super) fn marks(code: &str, text: &str, marked: &str) {
    let found: Vec<_> = all(text, Format::Json)
        .into_iter()
        .filter(|found| found.code == code)
        .collect();
    let ranges: Vec<_> = found.iter().map(|one| &text[one.range.clone()]).collect();
    assert_eq!(ranges, [marked], "{text}");
}

/// Checks that the fix of the only diagnostic of this code makes this text.
pub(super) fn mends(code: &str, text: &str, expected: &str) {
    let found: Vec<_> = all(text, Format::Json)
        .into_iter()
        .filter(|found| found.code == code)
        .collect();
    let fixed: Vec<_> = found
        .iter()
        .filter_map(|one| Some(one.fix.as_ref()?.changes.apply(text)))
        .collect();
    assert_eq!(fixed, [expected], "{text}");
}

/// A machine whose `States` are these, starting at `A`.
pub(super) fn machine(states: &str) -> String {
    format!(r#"{{"StartAt": "A", "States": {{{states}}}}}"#)
}

/// A machine whose only state `A` has these members.
pub(super) fn state(members: &str) -> String {
    machine(&format!(r#""A": {{{members}}}"#))
}
