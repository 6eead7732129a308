//! The rules of a Choice as forms: tests, groups and opposites; what is none of these is edited as JSON.

use asl::definition::TransitionKind;
use asl::text::{Kind, Member, Node};
use asl::words::QueryLanguage;

use super::{Context, json_text, operators};
use crate::contract::*;

/// How deep conditions are shown as forms; deeper ones are JSON.
const MAX_DEPTH: usize = 8;

pub(super) fn control(context: &Context<'_>) -> FieldControl {
    let operators = operators::all();
    let rules = context.get("Choices").into_iter().flat_map(Node::items);
    FieldControl::Rules {
        rules: rules
            .enumerate()
            .map(|(index, rule)| self::rule(context, &operators, index, rule))
            .collect(),
        operators,
        options: context.siblings(),
    }
}

fn rule(context: &Context<'_>, operators: &[OperatorForm], index: usize, rule: Node<'_>) -> RuleForm {
    let pointer = format!("/Choices/{index}");
    let transitions = &context.state.transitions;
    let transition = transitions
        .iter()
        .find(|transition| transition.kind == TransitionKind::Rule(index));
    let whole = rule
        .to_value()
        .and_then(|rule| asl::expr::Condition::compile(&rule).ok())
        .map(|rule| rule.describe());
    let condition = match context.state.query_language {
        QueryLanguage::Jsonata => expression(&pointer, rule),
        QueryLanguage::JsonPath => condition(operators, pointer.clone(), rule, 0),
    };
    RuleForm {
        sentence: whole
            .or_else(|| transition.map(|transition| transition.label.clone()))
            .unwrap_or_default(),
        condition,
        next: transition.map(|transition| transition.target.to_string()),
        text: json_text(rule),
        pointer,
    }
}

fn expression(pointer: &str, rule: Node<'_>) -> ConditionForm {
    match rule
        .get("Condition")
        .filter(|condition| condition.kind() == Kind::String)
    {
        Some(condition) => ConditionForm::Expression {
            pointer: format!("{pointer}/Condition"),
            text: condition.text().into_owned(),
        },
        None => ConditionForm::Other {
            pointer: pointer.to_owned(),
            text: json_text(rule),
        },
    }
}

fn condition(operators: &[OperatorForm], pointer: String, node: Node<'_>, depth: usize) -> ConditionForm {
    let parts: Vec<Member<'_>> = node
        .members()
        .filter(|member| !matches!(&*member.name, "Next" | "Comment" | "Assign" | "Output"))
        .collect();
    let other = |pointer: String| ConditionForm::Other {
        pointer,
        text: json_text(node),
    };
    if depth > MAX_DEPTH || node.kind() != Kind::Object || node.is_alias() {
        return other(pointer);
    }
    match parts.as_slice() {
        [
            Member {
                name,
                value: Some(list),
                ..
            },
        ] if matches!(&**name, "And" | "Or")
            && list.kind() == Kind::Array
            && list.items().next().is_some() =>
        {
            let items = list.items().enumerate();
            let parts = items
                .map(|(index, item)| {
                    condition(operators, format!("{pointer}/{name}/{index}"), item, depth + 1)
                })
                .collect();
            ConditionForm::Group {
                pointer,
                all: name == "And",
                parts,
            }
        }
        [
            Member {
                name,
                value: Some(inner),
                ..
            },
        ] if name == "Not" => {
            let part = condition(operators, format!("{pointer}/Not"), *inner, depth + 1);
            ConditionForm::Not {
                pointer,
                part: Box::new(part),
            }
        }
        [first, second] => {
            let (variable, test) = if first.name == "Variable" {
                (first, second)
            } else {
                (second, first)
            };
            match test_form(operators, &pointer, variable, test) {
                Some(form) => form,
                None => other(pointer),
            }
        }
        _ => other(pointer),
    }
}

fn test_form(
    operators: &[OperatorForm],
    pointer: &str,
    variable: &Member<'_>,
    test: &Member<'_>,
) -> Option<ConditionForm> {
    let path = variable.value.filter(|value| value.kind() == Kind::String)?;
    let operand = test.value?;
    let (operator, by_path) = operators::find(operators, &test.name, operand)?;
    (variable.name == "Variable").then(|| ConditionForm::Test {
        pointer: pointer.to_owned(),
        variable: path.text().into_owned(),
        operator,
        by_path,
        operand: json_text(operand),
    })
}
