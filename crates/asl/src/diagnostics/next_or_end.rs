//! SW0021: a state has both `Next` and `End`, or neither.

use super::check::{Check, handle, is_open};
use super::{Diagnostic, Severity, fixes, said};
use crate::fields::Owner;

const CODE: &str = "SW0021";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        if !matches!(
            object.owner,
            Owner::Pass | Owner::Task | Owner::Wait | Owner::Parallel | Owner::Map
        ) {
            continue;
        }
        let ends = object
            .get("End")
            .is_some_and(|end| end.text() != "false" || is_open(end));
        match object.given("Next") {
            Some(next) if ends => {
                let message = "\"Next\" and \"End\" are both there; keep one".to_owned();
                let mut diagnostic = check.about(CODE, Severity::Error, next.key, message);
                diagnostic.fix = object
                    .given("End")
                    .and_then(|end| fixes::remove_field(check, end));
                found.push(diagnostic.said(said::SCHEMA, object.node, said::only_one(&["Next", "End"])));
            }
            None if !ends && !object.damaged => {
                let message = "the state goes nowhere; give it \"Next\", or \"End\": true".to_owned();
                let range = handle(object.node);
                let mut diagnostic = check.on(CODE, Severity::Error, object.node, range, message);
                diagnostic.fix = fixes::end_here(check, object.node);
                found.push(diagnostic.said(said::SCHEMA, object.node, said::needs_one(&["Next", "End"])));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, state};

    #[test]
    fn table() {
        let neither = state(r#""Type": "Pass""#);
        check(
            CODE,
            &neither,
            &["/States/A: the state goes nowhere; give it \"Next\", or \"End\": true"],
        );
        marks(CODE, &neither, "\"A\"");
        check(
            CODE,
            &state(r#""Type": "Pass", "End": false"#),
            &["/States/A: the state goes nowhere; give it \"Next\", or \"End\": true"],
        );
        check(
            CODE,
            &state(r#""Type": "Pass", "Next": "A", "End": true"#),
            &["/States/A: \"Next\" and \"End\" are both there; keep one"],
        );
        check(CODE, &state(r#""Type": "Pass", "Next": "A", "End": false"#), &[]);
        check(CODE, &state(r#""Type": "Pass", "Nex"#), &[]);
        check(CODE, &state(r#""Type": "Succeed""#), &[]);
    }
}
