//! SW0031: an object has a field twice; the service takes the last. Of the fields that make the graph we draw the
//! first, as after damage: such a definition is refused rather than run otherwise than drawn.

use std::collections::HashMap;

use super::check::{Check, Given};
use super::{Diagnostic, Severity, fixes};

const CODE: &str = "SW0031";

/// The fields that make the graph.
const STRUCTURE: &[&str] = &[
    "StartAt",
    "States",
    "Type",
    "Branches",
    "ItemProcessor",
    "Iterator",
];

/// Up to so many fields are compared one by one.
const FEW: usize = 16;

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        for (earlier, given) in repeated(&object.fields) {
            let message = format!("\"{}\" is there twice; the later one counts", given.name);
            let severity = match STRUCTURE.contains(&&*given.name) {
                true => Severity::Error,
                false => Severity::Warning,
            };
            let mut diagnostic = check.about(CODE, severity, earlier.key, message);
            diagnostic.fix = fixes::remove_field(check, earlier);
            found.push(diagnostic);
        }
    }
}

/// Fields whose names come again, with those that have the name next.
fn repeated<'f, 'a>(fields: &'f [Given<'a>]) -> Vec<(&'f Given<'a>, &'f Given<'a>)> {
    if fields.len() <= FEW {
        // Nearly every object: cheaper than making a map.
        let next = |at: usize| {
            fields[at + 1..]
                .iter()
                .find(|later| later.name == fields[at].name)
        };
        return (0..fields.len())
            .filter_map(|at| Some((&fields[at], next(at)?)))
            .collect();
    }
    let mut last: HashMap<&str, &Given<'a>, foldhash::fast::RandomState> = HashMap::default();
    fields
        .iter()
        .filter_map(|given| Some((last.insert(&given.name, given)?, given)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, state};

    #[test]
    fn table() {
        check(
            CODE,
            &state(r#""Type": "Pass", "End": false, "Comment": "", "End": true"#),
            &["/States/A: \"End\" is there twice; the later one counts"],
        );
        check(CODE, &state(r#""Type": "Pass", "End": true"#), &[]);
    }
}
