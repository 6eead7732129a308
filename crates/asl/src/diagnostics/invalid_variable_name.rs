//! SW0064: `Assign` gives a variable a name that it can't have: one that is no identifier, is too long, or is reserved.
//! (AWS Step Functions developer guide, "Passing data between states with variables".)
//!
//! Absent on purpose: names that a scope around has as well. The guide says that they are refused; the service was
//! recorded to take them.

use super::check::{Check, is_open};
use super::{Diagnostic, Severity, said};
use crate::text::Kind;

const CODE: &str = "SW0064";

/// Characters that a name may have.
const LONGEST: usize = 80;

/// What `$states` is.
const RESERVED: &str = "states";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for assign in check.objects.iter().filter_map(|object| object.get("Assign")) {
        // A function of the template around it is no list of names.
        if assign.kind() != Kind::Object || assign.tag().is_some() || is_open(assign) {
            continue;
        }
        for member in assign.members() {
            let name = member.name.strip_suffix(".$").unwrap_or(&member.name);
            if crate::substitution::is_open(name) {
                continue;
            }
            if let Some(message) = wrong(name) {
                let diagnostic = check.about(CODE, Severity::Error, member.key, message);
                let said = format!("Invalid variable name: {name}");
                found.push(diagnostic.said(said::SCHEMA, member.key, said));
            }
        }
    }
}

fn wrong(name: &str) -> Option<String> {
    let is_identifier = name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(|it| it.is_alphanumeric() || it == '_');
    if name == RESERVED {
        return Some(
            "$states is what Step Functions itself puts there; give the variable another name".into(),
        );
    }
    if !is_identifier {
        return Some(format!(
            "\"{name}\" is no name for a variable; begin it with a letter, and go on with letters, digits and _"
        ));
    }
    let length = name.chars().count();
    (length > LONGEST)
        .then(|| format!("the name of this variable has {length} characters; {LONGEST} are the most"))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, marks};

    fn assigns(name: &str) -> String {
        machine(&format!(
            r#""A": {{"Type": "Pass", "Assign": {{"{name}": 1}}, "End": true}}"#
        ))
    }

    #[test]
    fn names() {
        for sound in ["x", "_x1", "größe", "値", "x.$", "${Name}", &"x".repeat(80)] {
            check(CODE, &assigns(sound), &[]);
        }
        let no_name = |name: &str| {
            format!(
                "/States/A/Assign: \"{name}\" is no name for a variable; begin it with a letter, and go on with letters, digits and _"
            )
        };
        for name in ["1x", "a.b", "a b", ""] {
            check(CODE, &assigns(name), &[&no_name(name)]);
        }
        check(
            CODE,
            &assigns("states"),
            &[
                "/States/A/Assign/states: $states is what Step Functions itself puts there; give the variable another name",
            ],
        );
        let long = "x".repeat(81);
        check(
            CODE,
            &assigns(&long),
            &[&format!(
                "/States/A/Assign/{long}: the name of this variable has 81 characters; 80 are the most"
            )],
        );
        marks(CODE, &assigns("a.b"), "\"a.b\"");
    }
}
