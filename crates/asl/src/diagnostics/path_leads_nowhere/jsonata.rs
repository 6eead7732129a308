//! The paths of JSONata: where an expression is `$states.input.a.b` and nothing else, a field that is not there leaves it without
//! a value, which fails the state. In a larger expression that may be meant.

use super::super::check::Check;
use super::super::fixes::rewrite_part;
use super::super::{Diagnostic, Severity};
use super::{CODE, missing};
use crate::expr::jsonata::Name;
use crate::expressions::Written;
use crate::fields::Owner;
use crate::shape::infer::Stages;

pub(super) fn check(check: &Check<'_>, stages: &[Option<Stages>], found: &mut Vec<Diagnostic>) {
    for (written, outline) in check.outlines() {
        let Some(stages) = &stages[written.state.index()] else {
            continue;
        };
        if let [root, member, fields @ ..] = outline.path.as_slice()
            && &*root.name == "states"
        {
            found.extend(look(check, written, stages, member, fields));
        }
    }
}

fn look(
    check: &Check<'_>,
    written: &Written<'_>,
    stages: &Stages,
    member: &Name,
    fields: &[Name],
) -> Option<Diagnostic> {
    let works = matches!(written.owner, Owner::Task | Owner::Parallel | Owner::Map);
    let shape = match &*member.name {
        "input" => &stages.input,
        "result" if works => &stages.result,
        _ => return None,
    };
    let (index, object) = shape.follow(fields.iter().map(|field| &*field.name)).err()?;
    let lost = &fields[index];
    let path: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
    let path = format!("$states.{}.{}", member.name, path.join("."));
    let (message, near) = missing(check, &path, &lost.name, object);
    let place = written.place(&lost.range);
    let mut diagnostic = check.on(CODE, Severity::Warning, written.node, place.clone(), message);
    let is_plain = |name: &str| name.chars().all(|it| it == '_' || it.is_ascii_alphanumeric());
    diagnostic.fix = near
        .filter(|near| is_plain(near))
        .and_then(|near| rewrite_part(written.node, place, &near, format!("Change to \"{near}\"")));
    Some(diagnostic)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::CODE;
    use crate::diagnostics::Known;
    use crate::diagnostics::tests::{check, check_known, marks, mends};
    use crate::value::Value;

    /// `A` puts out what `output` says, and `B` has these members.
    fn after(output: &str, b: &str) -> String {
        format!(
            r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{
                "A": {{"Type": "Pass", "Output": {output}, "Next": "B"}}, "B": {{{b}, "End": true}}}}}}"#
        )
    }

    const ORDER: &str =
        r#"{"qty": 2, "lines": [{"sku": "L"}], "who": "{% $states.input.customer %}", "sum": "{% 1 + 1 %}"}"#;

    #[test]
    fn after_a_known_output() {
        for (b, expected) in [
            (
                r#""Type": "Pass", "Output": {"a": ["{% $states.input.qtty %}"]}"#,
                Some(
                    "/States/B/Output/a/0: $states.input.qtty leads nowhere: \"A\" puts out no \"qtty\"; did you mean \"qty\"?",
                ),
            ),
            (
                r#""Type": "Wait", "Seconds": "{% $states.input.pause %}""#,
                Some(
                    "/States/B/Seconds: $states.input.pause leads nowhere: \"A\" puts out no \"pause\"; there is lines, qty, sum, who",
                ),
            ),
            (r#""Type": "Pass", "Output": "{% $states.input.qty %}""#, None),
            (
                r#""Type": "Pass", "Output": "{% $states.input.who.name %}""#,
                None,
            ),
            (r#""Type": "Pass", "Output": "{% $states.input.sum.x %}""#, None),
            (
                r#""Type": "Pass", "Output": "{% $states.input.lines.sku %}""#,
                None,
            ),
            (
                r#""Type": "Pass", "Output": "{% $states.input.other ? 1 : 2 %}""#,
                None,
            ),
        ] {
            check(CODE, &after(ORDER, b), &expected.into_iter().collect::<Vec<_>>());
        }
        let misspelt = after(ORDER, r#""Type": "Pass", "Output": "{% $states.input.qtty %}""#);
        marks(CODE, &misspelt, "qtty");
        mends(
            CODE,
            &misspelt,
            &after(ORDER, r#""Type": "Pass", "Output": "{% $states.input.qty %}""#),
        );
    }

    #[test]
    fn through_tasks_rules_catchers_and_items() {
        for (states, expected) in [
            (
                r#""A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Output": "{% $states.result.Paylod %}", "End": true}"#,
                &[
                    "/States/A/Output: $states.result.Paylod leads nowhere: \"A\" puts out no \"Paylod\"; did you mean \"Payload\"?",
                ][..],
            ),
            (
                r#""A": {"Type": "Task", "Resource": "${R}", "Catch": [{"ErrorEquals": ["E"], "Next": "B"}], "End": true},
                "B": {"Type": "Pass", "Output": "{% $states.input.Reason %}", "End": true}"#,
                &[
                    "/States/B/Output: $states.input.Reason leads nowhere: nothing before this state puts out \"Reason\"; there is Cause, Error",
                ],
            ),
            (
                r#""A": {"Type": "Choice", "Choices": [{"Condition": true, "Output": {"a": 1}, "Next": "B"}], "Default": "C"},
                "B": {"Type": "Pass", "Output": "{% $states.input.x %}", "End": true},
                "C": {"Type": "Pass", "Output": "{% $states.input.x %}", "End": true}"#,
                &["/States/B/Output: $states.input.x leads nowhere: \"A\" puts out no \"x\"; there is a"],
            ),
            (
                r#""A": {"Type": "Map", "Items": [{"n": 1}], "End": true, "ItemProcessor": {"StartAt": "B", "States": {
                "B": {"Type": "Pass", "Output": "{% $states.input.m %}", "End": true}}}}"#,
                &[
                    "/States/A/ItemProcessor/States/B/Output: $states.input.m leads nowhere: \"A\" puts out no \"m\"; there is n",
                ],
            ),
        ] {
            let text = format!(r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{{states}}}}}"#);
            check(CODE, &text, expected);
        }
    }

    #[test]
    fn after_a_result_that_was_seen() {
        let text = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Task", "Resource": "${R}", "Output": {"id": "{% $states.result.id %}", "n": "{% $states.result.name %}"}, "End": true}}}"#;
        check(CODE, text, &[]);
        let known = Known {
            results: HashMap::from([("A".to_owned(), Value::parse(r#"{"id": 1, "names": []}"#).unwrap())]),
            ..Known::default()
        };
        check_known(
            CODE,
            text,
            &known,
            &[
                "/States/A/Output/n: $states.result.name leads nowhere: \"A\" puts out no \"name\"; did you mean \"names\"?",
            ],
        );
    }
}
