//! SW0038: a path leads nowhere, whatever the execution's input: what is made before has no such field.
//!
//! What is known of the data comes from [`crate::shape`]. A Choice rule may look for what is not there when the state
//! asks with `IsPresent`; a path that names many values finds none without an error; both are left alone.
//! JSONata's paths are in `path_leads_nowhere/jsonata.rs`.

mod jsonata;

use super::check::{Check, Object, is_open};
use super::fixes::respell_part;
use super::{Diagnostic, Severity};
use crate::expr::{Path, Root};
use crate::fields::{Owner, ValueType};
use crate::shape::infer::Stages;
use crate::shape::{Found, ObjectShape, Shape};
use crate::text::{Kind, Node};
use crate::words::QueryLanguage;

const CODE: &str = "SW0038";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let mut guards = Guards::default();
    for object in &check.objects {
        let Some(state) = object
            .state
            .filter(|_| object.language == QueryLanguage::JsonPath)
        else {
            continue;
        };
        let node = check.definition.at(state).node.map(|node| check.tree.node(node));
        let Some(stages) = check.stages()[state.index()].as_ref() else {
            continue;
        };
        if node.is_none_or(|node| check.has_fault(node)) {
            continue;
        }
        match object.owner {
            // Its rules come right behind it.
            Owner::Choice => guards = Guards::of(object.node),
            Owner::Rule | Owner::Test => {}
            Owner::Pass
            | Owner::Task
            | Owner::Wait
            | Owner::Succeed
            | Owner::Fail
            | Owner::Parallel
            | Owner::Map => guards = Guards::default(),
            _ => continue,
        }
        let mut look = Look {
            check,
            stages,
            guards: &guards,
            found,
        };
        look.fields(object);
    }
    jsonata::check(check, check.stages(), found);
}

/// What is missing, and what is there instead.
fn missing(check: &Check<'_>, path: &str, name: &str, object: &ObjectShape) -> (String, Option<String>) {
    let producer = match object.from {
        Some(from) => format!("\"{}\" puts out no \"{name}\"", check.definition.at(from).name),
        None => format!("nothing before this state puts out \"{name}\""),
    };
    let near = check.did_you_mean(name, object.fields.keys().map(|field| &**field));
    let hint = match (near, object.fields.len()) {
        (Some(near), _) => format!("did you mean \"{near}\"?"),
        (None, 0) => "it is empty".to_owned(),
        (None, 1..=6) => {
            let there: Vec<_> = object.fields.keys().map(|field| &**field).collect();
            format!("there is {}", there.join(", "))
        }
        (None, _) => "name another field".to_owned(),
    };
    (
        format!("{path} leads nowhere: {producer}; {hint}"),
        near.map(str::to_owned),
    )
}

/// Paths that a state asks about with `IsPresent`.
#[derive(Default)]
struct Guards(Vec<String>);

impl Guards {
    fn of(choice: Node<'_>) -> Guards {
        let mut guards = Vec::new();
        let mut waiting: Vec<_> = choice.get("Choices").into_iter().flat_map(Node::items).collect();
        while let Some(test) = waiting.pop() {
            for list in ["And", "Or"] {
                waiting.extend(test.get(list).into_iter().flat_map(Node::items));
            }
            waiting.extend(test.get("Not"));
            if let (Some(_), Some(variable)) = (test.get("IsPresent"), test.get("Variable")) {
                guards.push(variable.text().into_owned());
            }
        }
        Guards(guards)
    }

    fn cover(&self, path: &str) -> bool {
        self.0.iter().any(|guard| path.starts_with(guard))
    }
}

struct Look<'l, 'c> {
    check: &'l Check<'c>,
    stages: &'l Stages,
    guards: &'l Guards,
    found: &'l mut Vec<Diagnostic>,
}

impl<'l> Look<'l, '_> {
    /// The fields of a state, or of a rule; each is looked up in what it sees.
    fn fields(&mut self, object: &Object<'_>) {
        for (given, value, field) in object.known() {
            let seen = self.seen(object.owner, &given.name);
            // Nothing is known in most places.
            if *seen == Shape::Any {
                continue;
            }
            match field.value {
                ValueType::Path | ValueType::PathOrNull | ValueType::PathOrCall => {
                    self.expression(value, seen)
                }
                ValueType::Payload | ValueType::PayloadObject => self.template(value, seen),
                _ => {}
            }
        }
    }

    /// The data that a field's paths start from.
    fn seen(&self, owner: Owner, field: &str) -> &'l Shape {
        let stages = self.stages;
        match (owner, field) {
            (_, "InputPath") => &stages.input,
            (_, "OutputPath") => &stages.placed,
            (_, "ResultSelector") => &stages.result,
            (Owner::Fail, "ErrorPath" | "CausePath") => &stages.input,
            (Owner::Task | Owner::Parallel | Owner::Map | Owner::Pass, "Assign") => &stages.result,
            _ => &stages.effective,
        }
    }

    fn template(&mut self, root: Node<'_>, seen: &Shape) {
        let mut waiting = vec![root];
        while let Some(node) = waiting.pop() {
            waiting.extend(node.items());
            for member in node.members() {
                match member.value {
                    Some(value) if member.name.ends_with(".$") => self.expression(value, seen),
                    Some(value) => waiting.push(value),
                    None => {}
                }
            }
        }
    }

    fn expression(&mut self, node: Node<'_>, seen: &Shape) {
        if node.kind() != Kind::String || is_open(node) {
            return;
        }
        // Most paths are of the simplest kind, and lead somewhere.
        if let Some(names) = Path::simple_names(&node.text())
            && seen.follow(names).is_ok()
        {
            return;
        }
        let parsed = self.check.parsed.expression(node);
        let Ok(expression) = parsed.as_ref() else { return };
        for path in expression.paths() {
            if *path.root() != Root::Input || self.guards.cover(path.text()) {
                continue;
            }
            if let Found::Never { name, object } = seen.find(path) {
                let diagnostic = self.report(node, path, &name, object);
                self.found.push(diagnostic);
            }
        }
    }

    fn report(&self, node: Node<'_>, path: &Path, name: &str, object: &ObjectShape) -> Diagnostic {
        let (message, near) = missing(self.check, path.text(), name, object);
        let mut diagnostic = self.check.about(CODE, Severity::Warning, node, message);
        // Only where the name stands once can its place be told.
        let source = node.source();
        let mut places = source.match_indices(name);
        if let (Some(near), Some((at, _)), None) = (&near, places.next(), places.next()) {
            let start = node.range().start + at;
            diagnostic.fix = respell_part(node, start..start + name.len(), near);
        }
        diagnostic
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::Known;
    use crate::diagnostics::tests::{check, check_known, machine, mends};
    use crate::value::Value;

    /// `A` puts out what `result` says, and `B` has these members.
    fn after(result: &str, b: &str) -> String {
        machine(&format!(
            r#""A": {{"Type": "Pass", {result}, "Next": "B"}}, "B": {{{b}, "End": true}}"#
        ))
    }

    const ORDER: &str = r#""Result": {"qty": 2, "lines": [{"sku": "L"}]}"#;

    #[test]
    fn after_a_known_result() {
        for (b, expected) in [
            (
                r#""Type": "Pass", "InputPath": "$.qtty""#,
                "/States/B/InputPath: $.qtty leads nowhere: \"A\" puts out no \"qtty\"; did you mean \"qty\"?",
            ),
            (
                r#""Type": "Wait", "SecondsPath": "$.pause""#,
                "/States/B/SecondsPath: $.pause leads nowhere: \"A\" puts out no \"pause\"; there is lines, qty",
            ),
            (
                r#""Type": "Pass", "Parameters": {"a": [{"b.$": "States.MathAdd($.lines[0].skew, 1)"}]}"#,
                "/States/B/Parameters/a/0/b.$: $.lines[0].skew leads nowhere: \"A\" puts out no \"skew\"; there is sku",
            ),
            (
                r#""Type": "Map", "ItemsPath": "$.items", "ItemProcessor": "${P}""#,
                "/States/B/ItemsPath: $.items leads nowhere: \"A\" puts out no \"items\"; there is lines, qty",
            ),
        ] {
            check(CODE, &after(ORDER, b), &[expected]);
        }
        let misspelt = |name: &str| after(ORDER, &format!(r#""Type": "Pass", "InputPath": "$.{name}""#));
        mends(CODE, &misspelt("qtty"), &misspelt("qty"));
    }

    #[test]
    fn nothing_is_said_where_it_may_be_there() {
        for (result, b) in [
            (ORDER, r#""Type": "Pass", "InputPath": "$.lines[3].sku""#),
            (ORDER, r#""Type": "Pass", "InputPath": "$..qtty""#),
            (
                ORDER,
                r#""Type": "Pass", "Parameters": {"a.$": "$$.Execution.Id", "b.$": "$.lines[*].x"}"#,
            ),
            (
                r#""Result": {"qty": 2}, "ResultPath": "$.order""#,
                r#""Type": "Pass", "InputPath": "$.customer""#,
            ),
            (r#""Result": "${R}""#, r#""Type": "Pass", "InputPath": "$.x""#),
            (
                r#""Parameters": {"a.$": "$.b"}"#,
                r#""Type": "Pass", "InputPath": "$.a.c""#,
            ),
        ] {
            check(CODE, &after(result, b), &[]);
        }
    }

    #[test]
    fn choice_rules() {
        let choice = |rules: &str| {
            machine(&format!(
                r#""A": {{"Type": "Pass", {ORDER}, "Next": "B"}},
                "B": {{"Type": "Choice", "Choices": [{rules}], "Default": "C"}}, "C": {{"Type": "Succeed"}}"#
            ))
        };
        check(
            CODE,
            &choice(r#"{"And": [{"Variable": "$.qtty", "NumericEquals": 0}], "Next": "C"}"#),
            &[
                "/States/B/Choices/0/And/0/Variable: $.qtty leads nowhere: \"A\" puts out no \"qtty\"; did you mean \"qty\"?",
            ],
        );
        check(
            CODE,
            &choice(
                r#"{"And": [{"Variable": "$.qtty", "IsPresent": true}, {"Variable": "$.qtty", "NumericEquals": 0}], "Next": "C"}"#,
            ),
            &[],
        );
    }

    #[test]
    fn several_ways_and_loops() {
        let joined = machine(&format!(
            r#""A": {{"Type": "Choice", "Choices": [{{"Variable": "$.a", "IsNull": true, "Next": "P"}}], "Default": "Q"}},
            "P": {{"Type": "Pass", {ORDER}, "Next": "E"}}, "Q": {{"Type": "Pass", "Result": {{"other": 1}}, "Next": "E"}},
            "E": {{"Type": "Pass", "Parameters": {{"a.$": "$.qty", "b.$": "$.other", "c.$": "$.none"}}, "End": true}}"#
        ));
        check(
            CODE,
            &joined,
            &[
                "/States/E/Parameters/c.$: $.none leads nowhere: nothing before this state puts out \"none\"; there is lines, other, qty",
            ],
        );
        let around = machine(
            r#""A": {"Type": "Pass", "Result": {}, "Next": "B"},
            "B": {"Type": "Pass", "Parameters": {"inner.$": "$"}, "Next": "C"},
            "C": {"Type": "Choice", "Choices": [{"Variable": "$.inner", "IsNull": true, "Next": "B"}], "Default": "D"},
            "D": {"Type": "Pass", "InputPath": "$.inner.inner.inner", "End": true}"#,
        );
        check(CODE, &around, &[]);
    }

    #[test]
    fn catchers_branches_and_iterations() {
        let caught = |path: &str, target: &str| {
            machine(&format!(
                r#""A": {{"Type": "Task", "Resource": "${{R}}", "End": true,
                "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "B"{path}}}]}},
                "B": {{"Type": "Pass", "InputPath": "{target}", "End": true}}"#
            ))
        };
        check(
            CODE,
            &caught("", "$.error"),
            &[
                "/States/B/InputPath: $.error leads nowhere: nothing before this state puts out \"error\"; did you mean \"Error\"?",
            ],
        );
        check(CODE, &caught("", "$.Cause"), &[]);
        check(CODE, &caught(r#", "ResultPath": "$.failure""#, "$.order"), &[]);
        let map = |path: &str| {
            machine(&format!(
                r#""A": {{"Type": "Pass", {ORDER}, "Next": "M"}},
                "M": {{"Type": "Map", "ItemsPath": "$.lines", "ItemProcessor": {{"StartAt": "I", "States": {{
                    "I": {{"Type": "Pass", "InputPath": "{path}", "End": true}}}}}}, "End": true}}"#
            ))
        };
        check(CODE, &map("$.sku"), &[]);
        check(
            CODE,
            &map("$.stock"),
            &[
                "/States/M/ItemProcessor/States/I/InputPath: $.stock leads nowhere: \"A\" puts out no \"stock\"; there is sku",
            ],
        );
    }

    #[test]
    fn after_a_result_that_was_seen() {
        let task = machine(
            r#""A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:1:function:f", "Next": "B"},
            "B": {"Type": "Pass", "InputPath": "$.qtty", "End": true}"#,
        );
        check(CODE, &task, &[]);
        let mut known = Known::default();
        known
            .results
            .insert("A".to_owned(), Value::parse(r#"{"qty": 2}"#).unwrap());
        check_known(
            CODE,
            &task,
            &known,
            &["/States/B/InputPath: $.qtty leads nowhere: \"A\" puts out no \"qtty\"; did you mean \"qty\"?"],
        );
    }

    #[test]
    fn lambda_invoke_wraps_its_answer() {
        let task = |path: &str| {
            machine(&format!(
                r#""A": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "B"}},
                "B": {{"Type": "Pass", "InputPath": "{path}", "End": true}}"#
            ))
        };
        check(CODE, &task("$.Payload.total"), &[]);
        check(
            CODE,
            &task("$.payload.total"),
            &[
                "/States/B/InputPath: $.payload.total leads nowhere: \"A\" puts out no \"payload\"; did you mean \"Payload\"?",
            ],
        );
    }
}
