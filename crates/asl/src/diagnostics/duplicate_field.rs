//! SW0031: an object has a field twice; the service takes the last.

use std::collections::HashMap;

use super::check::Check;
use super::{Diagnostic, Severity, fixes};

const CODE: &str = "SW0031";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        let mut last: HashMap<&str, usize, foldhash::fast::RandomState> = HashMap::default();
        for (index, given) in object.fields.iter().enumerate() {
            let Some(earlier) = last.insert(&given.name, index) else {
                continue;
            };
            let earlier = &object.fields[earlier];
            let message = format!("\"{}\" is there twice; the later one counts", given.name);
            let mut diagnostic = check.about(CODE, Severity::Warning, earlier.key, message);
            diagnostic.fix = fixes::remove_field(check, earlier);
            found.push(diagnostic);
        }
    }
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
