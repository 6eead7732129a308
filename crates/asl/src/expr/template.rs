//! Payload templates: JSON in which the values of keys that end in `.$` are expressions. (States Language
//! specification, "Payload Template".)
//!
//! What does not depend on the input is made once and shared by every result.

use super::limits::{Budget, check_size};
use super::{CompileError, EvalError, Expression, Host};
use crate::value::{Map, Object, Text, Value};

/// A compiled payload template.
#[derive(Debug, Clone, PartialEq)]
pub struct Template(Part);

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Constant(Value),
    Object {
        /// All members in their order, with the constant ones in place. Copying it hashes nothing.
        shape: Map,
        /// What is put into the others, by their place.
        changing: Vec<(usize, Part)>,
    },
    Array(Vec<Part>),
    Expression {
        /// The key with its `.$`: an error speaks in its name.
        field: Text,
        expression: Expression,
    },
}

impl Template {
    /// Compiles a template.
    ///
    /// Errors: the value of a key that ends in `.$` is no expression, with the pointer to it.
    pub fn compile(template: &Value) -> Result<Template, CompileError> {
        compile(template, &mut String::new()).map(Template)
    }

    /// The value for an input.
    ///
    /// Errors: those of the first expression that has none.
    pub fn evaluate(&self, input: &Value, host: &dyn Host) -> Result<Value, EvalError> {
        let value = evaluate(&self.0, input, host, &Budget::new())?;
        // Parts that are shared many times over can make more together than each of them is.
        check_size(&value).map_err(|limit| limit.of("the payload template"))?;
        Ok(value)
    }

    /// Whether it yields the same value for every input.
    pub fn is_constant(&self) -> bool {
        matches!(self.0, Part::Constant(_))
    }
}

fn compile(template: &Value, pointer: &mut String) -> Result<Part, CompileError> {
    let length = pointer.len();
    match template {
        Value::Object(object) => {
            let mut shape = Map::default();
            let mut changing: Vec<(usize, Part)> = Vec::new();
            for (key, value) in object.iter() {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                let (name, part) = compile_member(key, value, pointer)?;
                pointer.truncate(length);
                // Of `a` and `a.$` the last wins.
                let (place, _) = shape.insert_full(name, Value::Null);
                changing.retain(|(other, _)| *other != place);
                match part {
                    Part::Constant(value) => shape[place] = value,
                    part => changing.push((place, part)),
                }
            }
            let plain = !object.keys().any(|key| key.ends_with(".$"));
            Ok(if changing.is_empty() && plain {
                Part::Constant(template.clone())
            } else {
                Part::Object { shape, changing }
            })
        }
        Value::Array(items) => {
            let mut parts = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                parts.push(compile(item, pointer)?);
                pointer.truncate(length);
            }
            let constant = parts.iter().all(|part| matches!(part, Part::Constant(_)));
            Ok(if constant {
                Part::Constant(template.clone())
            } else {
                Part::Array(parts)
            })
        }
        other => Ok(Part::Constant(other.clone())),
    }
}

fn compile_member(key: &Text, value: &Value, pointer: &mut String) -> Result<(Text, Part), CompileError> {
    let Some(name) = key.strip_suffix(".$") else {
        return Ok((key.clone(), compile(value, pointer)?));
    };
    let refuse = |message: String| CompileError {
        pointer: pointer.clone(),
        message,
    };
    let Some(text) = value.as_str() else {
        return Err(refuse(format!(
            "a key that ends in .$ takes a path or an intrinsic function as text, but this is {}",
            value.kind()
        )));
    };
    let expression = Expression::parse(text).map_err(|error| refuse(error.to_string()))?;
    Ok((
        name.into(),
        Part::Expression {
            field: key.clone(),
            expression,
        },
    ))
}

fn evaluate(part: &Part, input: &Value, host: &dyn Host, budget: &Budget) -> Result<Value, EvalError> {
    match part {
        Part::Constant(value) => Ok(value.clone()),
        Part::Expression { field, expression } => expression.evaluate_within(field, input, host, budget),
        Part::Array(parts) => {
            let items: Result<Vec<_>, _> = parts
                .iter()
                .map(|part| evaluate(part, input, host, budget))
                .collect();
            Ok(Value::array(items?))
        }
        Part::Object { shape, changing } => {
            let mut members = shape.clone();
            for (place, part) in changing {
                let value = evaluate(part, input, host, budget)?;
                if let Some((_, member)) = members.get_index_mut(*place) {
                    *member = value;
                }
            }
            Ok(Object::new(members).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::TestHost;

    #[test]
    fn templates() {
        let input = Value::parse(r#"{"a": 1, "l": [1, 2]}"#).unwrap();
        let host = TestHost::new(r#"{"Execution": {"Name": "run"}}"#, r#"{"v": {"w": 5}}"#);
        for (template, expected) in [
            (r#"{"x": 1, "y": [true]}"#, r#"{"x":1,"y":[true]}"#),
            (
                r#"{"x.$": "$.a", "k": {"n.$": "$$.Execution.Name"}}"#,
                r#"{"x":1,"k":{"n":"run"}}"#,
            ),
            (
                r#"{"x.$": "$v.w", "y": [{"z.$": "$.l[0]"}, 2]}"#,
                r#"{"x":5,"y":[{"z":1},2]}"#,
            ),
            (
                r#"{"all.$": "$", "s.$": "States.Format('{}', $.a)"}"#,
                r#"{"all":{"a":1,"l":[1,2]},"s":"1"}"#,
            ),
            (r#"{"x": 0, "y.$": "$.a", "x.$": "$.l"}"#, r#"{"x":[1,2],"y":1}"#),
            (r#"{"x.$": "$.l", "y.$": "$.a", "x": 0}"#, r#"{"x":0,"y":1}"#),
            (r#"{"x.$": "$.l", "x": 0}"#, r#"{"x":0}"#),
            (r#"["$.a", {"x": "$.a"}]"#, r#"["$.a",{"x":"$.a"}]"#),
            (
                r#"{"x.$": "$.nope"}"#,
                "!The JSONPath '$.nope' specified for the field 'x.$' could not be found in the input '{\"a\":1,\"l\":[1,2]}'",
            ),
            (
                r#"{"o": {"a/b": [{"x.$": 1}]}}"#,
                "?/o/a~1b/0/x.$: a key that ends in .$ takes a path or an intrinsic function as text, but this is a number",
            ),
            (
                r#"{"x.$": "a"}"#,
                "?/x.$: this must be a path, which begins with $, or an intrinsic function, which begins with States. (at character 0)",
            ),
        ] {
            let found = match Template::compile(&Value::parse(template).unwrap()) {
                Err(error) => format!("?{error}"),
                Ok(compiled) => match compiled.evaluate(&input, &host) {
                    Ok(value) => value.to_json(),
                    Err(error) => format!("!{}", error.cause),
                },
            };
            assert_eq!(found, expected, "{template}");
        }
    }

    #[test]
    fn constants_are_shared() {
        let template = Value::parse(r#"{"x.$": "$.a", "big": {"k": [1, 2, 3]}}"#).unwrap();
        let compiled = Template::compile(&template).unwrap();
        let input = Value::parse(r#"{"a": 1}"#).unwrap();
        let result = compiled.evaluate(&input, &TestHost::bare()).unwrap();
        match (result.get("big"), template.get("big")) {
            (Some(Value::Object(made)), Some(Value::Object(written))) => {
                assert!(std::sync::Arc::ptr_eq(made, written))
            }
            other => panic!("{other:?}"),
        }
    }
}
