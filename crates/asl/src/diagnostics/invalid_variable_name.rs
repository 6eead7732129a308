//! SW0064: `Assign` gives a variable a name that it can't have: one that is no identifier, is too long, is reserved, or
//! belongs to a variable of a scope around it. (AWS Step Functions developer guide, "Passing data between states with
//! variables": names, and scopes of workflow variables.)

use std::collections::{HashMap, HashSet};

use super::check::{Check, is_open};
use super::{Diagnostic, Severity, said};
use crate::definition::{ScopeIx, StateIx};
use crate::text::{Kind, Node};
use crate::value::Text;
use crate::words::ScopeRole;

const CODE: &str = "SW0064";

/// Characters that a name may have.
const LONGEST: usize = 80;

/// What `$states` is.
const RESERVED: &str = "states";

/// A variable that is assigned somewhere.
struct Named<'t> {
    key: Node<'t>,
    name: Text,
    scope: ScopeIx,
}

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let named = assigned(check);
    let mut owned: HashMap<ScopeIx, HashSet<&str>> = HashMap::new();
    for one in &named {
        owned.entry(one.scope).or_default().insert(&one.name);
    }
    for one in &named {
        if let Some(message) = wrong(&one.name).or_else(|| taken(check, one, &owned)) {
            let name = &one.name;
            let diagnostic = check.about(CODE, Severity::Error, one.key, message);
            found.push(diagnostic.said(said::SCHEMA, one.key, format!("Invalid variable name: {name}")));
        }
    }
}

fn assigned<'t>(check: &Check<'t>) -> Vec<Named<'t>> {
    let mut named = Vec::new();
    for object in &check.objects {
        let (Some(state), Some(assign)) = (object.state, object.get("Assign")) else {
            continue;
        };
        // A function of the template around it is no list of names.
        if assign.kind() != Kind::Object || assign.tag().is_some() || is_open(assign) {
            continue;
        }
        named.extend(assign.members().filter_map(|member| {
            let key = member.key;
            let name = member.name.strip_suffix(".$").unwrap_or(&member.name);
            (!crate::substitution::is_open(name)).then(|| Named {
                key,
                name: name.into(),
                scope: check.definition.at(state).scope,
            })
        }));
    }
    named
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

/// What is wrong with a name that a scope around this one has as well.
fn taken(check: &Check<'_>, one: &Named<'_>, owned: &HashMap<ScopeIx, HashSet<&str>>) -> Option<String> {
    let mut scope = one.scope;
    while let Some(owner) = owner_that_shares(check, scope) {
        scope = check.definition.at(owner).scope;
        if owned.get(&scope).is_some_and(|names| names.contains(&*one.name)) {
            let around = &check.definition.at(owner).name;
            return Some(format!(
                "${} is a variable outside of \"{around}\" already, and what is inside can't assign it; give this one another name",
                one.name
            ));
        }
    }
    None
}

/// The state around a scope, where variables from outside of it are seen inside: not in a Distributed Map.
fn owner_that_shares(check: &Check<'_>, scope: ScopeIx) -> Option<StateIx> {
    let scope = &check.definition.scopes[scope.index()];
    let distributed =
        scope.role == ScopeRole::Processor && super::undefined_variable::is_distributed(check, scope);
    scope.owner.filter(|_| !distributed)
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

    #[test]
    fn scopes() {
        let map = |mode: &str, inner: &str| {
            machine(&format!(
                r#""A": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "M"}},
                "M": {{"Type": "Map", "End": true, "ItemProcessor": {{"ProcessorConfig": {{"Mode": "{mode}", "ExecutionType": "STANDARD"}},
                    "StartAt": "E", "States": {{"E": {{"Type": "Pass", "Assign": {{"{inner}.$": "$.a"}}, "End": true}}}}}}}}"#
            ))
        };
        check(
            CODE,
            &map("INLINE", "x"),
            &[
                "/States/M/ItemProcessor/States/E/Assign/x.$: $x is a variable outside of \"M\" already, and what is inside can't assign it; give this one another name",
            ],
        );
        check(CODE, &map("INLINE", "y"), &[]);
        check(CODE, &map("DISTRIBUTED", "x"), &[]);
        let twice = machine(
            r#""A": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "B", "States": {"B": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}},
                {"StartAt": "C", "States": {"C": {"Type": "Pass", "Assign": {"x": 1}, "End": true}}}]}"#,
        );
        check(CODE, &twice, &[]);
    }
}
