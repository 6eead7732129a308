//! SW0017: an object has a field that the language does not know there.

use super::check::{Check, Object};
use super::fixes::respell;
use super::missing_field::ROLE_MISSING;
use super::{Diagnostic, Severity, fixes, said};
use crate::fields::{self, Owner};

const CODE: &str = "SW0017";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for object in &check.objects {
        for given in object.fields.iter().filter(|given| given.field.is_none()) {
            let candidates = fields::of(object.owner, object.language).map(|(name, _)| name);
            let missing = candidates.filter(|name| object.given(name).is_none());
            let near = check.did_you_mean(&given.name, missing);
            let hint = match near {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "remove it".to_owned(),
            };
            let message = format!(
                "\"{}\" is no field of {}; {hint}",
                given.name,
                object.owner.phrase()
            );
            let mut diagnostic = check.about(CODE, Severity::Error, given.key, message);
            diagnostic.fix = near
                .map(|near| respell(given.key, near))
                .or_else(|| fixes::remove_field(check, given));
            let said = match without_role(object) {
                true => ROLE_MISSING.to_owned(),
                false => format!("Field '{}' is not supported", given.name),
            };
            found.push(diagnostic.said(said::SCHEMA, object.node, said));
        }
    }
}

/// Of credentials without a role the service says that alone (recorded).
fn without_role(object: &Object<'_>) -> bool {
    object.owner == Owner::Credentials && object.given("RoleArn").or(object.given("RoleArn.$")).is_none()
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, mends, state};

    #[test]
    fn table() {
        let misspelt = state(r#""Type": "Pass", "InptuPath": "$", "End": true"#);
        check(
            CODE,
            &misspelt,
            &["/States/A: \"InptuPath\" is no field of a Pass state; did you mean \"InputPath\"?"],
        );
        marks(CODE, &misspelt, "\"InptuPath\"");
        mends(CODE, &misspelt, &misspelt.replace("InptuPath", "InputPath"));
        check(
            CODE,
            &state(r#""Type": "Succeed", "End": true"#),
            &["/States/A: \"End\" is no field of a Succeed state; remove it"],
        );
        check(
            CODE,
            &state(r#""Type": "Choice", "Choices": [{"Variable": "$.a", "IsNul": true, "Next": "A"}]"#),
            &["/States/A/Choices/0: \"IsNul\" is no field of a choice rule; did you mean \"IsNull\"?"],
        );
        check(
            CODE,
            &state(
                r#""Type": "Choice", "Choices": [{"Not": {"Variable": "$.a", "IsNull": true, "Next": "A"}, "Next": "A"}]"#,
            ),
            &["/States/A/Choices/0/Not: \"Next\" is no field of a nested choice rule; remove it"],
        );
        check(CODE, &state(r#""Type": "Unknown", "Foo": 1"#), &[]);
        check(
            CODE,
            &state(r#""Type": "Pass", "Parameters": {"Foo": 1}, "Comment": "", "End": true"#),
            &[],
        );
    }
}
