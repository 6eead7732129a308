//! One expression, read and evaluated. The first byte says of which kind it is.

use asl::expr::jsonata::{self, Scope};
use asl::expr::{Condition, Expression, Host, Path, ReferencePath, Template};
use asl::value::Value;

/// What expressions are about.
const INPUT: &str = r#"{"a": [1, 2.5, {"b": "x", "c": null}], "t": "2026-01-01T00:00:00Z", "s": "a,b", "n": -0.0, "o": {"k": true, "": []}}"#;

pub(crate) fn check(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    // A constant: it is JSON.
    let input = Value::parse(INPUT).unwrap_or(Value::Null);
    match kind {
        b'p' => path(&text, &input),
        b'i' => intrinsic(&text, &input),
        b't' => template(&text, &input),
        b'r' => rule(&text, &input),
        _ => jsonata(&text, &input),
    }
}

fn path(text: &str, input: &Value) {
    drop(ReferencePath::parse(text));
    if let Ok(path) = Path::parse(text) {
        assert_eq!(path.text(), text);
        drop(path.evaluate(input, &Still));
        drop(path.find(input, &Still));
    }
}

fn intrinsic(text: &str, input: &Value) {
    if let Ok(expression) = Expression::parse(text) {
        drop(expression.variables());
        drop(expression.evaluate("x.$", input, &Still));
    }
}

fn template(text: &str, input: &Value) {
    let Ok(value) = Value::parse(text) else { return };
    if let Ok(template) = Template::compile(&value) {
        drop(template.evaluate(input, &Still));
    }
}

fn rule(text: &str, input: &Value) {
    let Ok(value) = Value::parse(text) else { return };
    if let Ok(rule) = Condition::compile(&value) {
        drop(rule.describe());
        drop(rule.evaluate(input, &Still));
    }
}

fn jsonata(text: &str, input: &Value) {
    let Ok(expression) = jsonata::Expression::parse(text) else {
        return;
    };
    let scope = Scope {
        input,
        result: Some(input),
        error_output: None,
        host: &Still,
    };
    drop(expression.evaluate("Output", &scope));
}

/// A world in which nothing moves.
struct Still;

impl Host for Still {
    fn context(&self) -> Value {
        Value::parse(INPUT).unwrap_or(Value::Null)
    }

    fn variable(&self, name: &str) -> Option<Value> {
        (name == "v").then(|| 7.into())
    }

    fn random(&self) -> u64 {
        4
    }

    fn now(&self) -> i64 {
        1_767_225_600_000
    }
}
