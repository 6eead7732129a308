//! Values whose texts may be expressions: `Arguments`, `Output`, `Assign`, `ItemSelector`, `Items`, `Credentials`.
//!
//! Unlike a payload template in JSONPath, a key has no say in it: every text that is `{% … %}` is an expression, at any depth.

use super::session::Session;
use super::{Expression, Scope};
use crate::expr::limits::check_size;
use crate::expr::{CompileError, EvalError};
use crate::value::{Map, Object, Text, Value};

/// A compiled value with expressions in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Template(Part);

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Constant(Value),
    Expression {
        /// Where it stands below the field: `/order/items[0]`.
        place: Text,
        expression: Expression,
    },
    Array(Vec<Part>),
    Object {
        /// All members in their order, with the constant ones in place. Copying it hashes nothing.
        shape: Map,
        /// What is put into the others, by their place.
        changing: Vec<(usize, Part)>,
    },
}

impl Template {
    /// Compiles a value.
    ///
    /// Errors: a text in `{% … %}` that is no expression, with the pointer to it.
    pub fn compile(value: &Value) -> Result<Template, CompileError> {
        let mut place = Place::default();
        compile(value, &mut place).map(Template)
    }

    /// The value for what the state sees. `field` is the field's name; errors speak of places in it.
    ///
    /// Errors: those of the first expression that has none.
    pub fn evaluate(&self, field: &str, scope: &Scope<'_>) -> Result<Value, EvalError> {
        if let Part::Constant(value) = &self.0 {
            return Ok(value.clone());
        }
        let value = evaluate(&self.0, field, &Session::new(*scope))?;
        // Parts that are shared many times over can make more together than each of them is.
        check_size(&value).map_err(|limit| limit.of(field))?;
        Ok(value)
    }

    /// The value, if it holds no expression.
    pub fn constant(&self) -> Option<&Value> {
        match &self.0 {
            Part::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// The expression, if the whole value is one.
    pub fn expression(&self) -> Option<&Expression> {
        match &self.0 {
            Part::Expression { expression, .. } => Some(expression),
            _ => None,
        }
    }
}

/// A place in the value: as an RFC 6901 pointer for compile errors, and as the service writes it.
#[derive(Default)]
struct Place {
    pointer: String,
    shown: String,
}

impl Place {
    fn length(&self) -> (usize, usize) {
        (self.pointer.len(), self.shown.len())
    }

    fn back(&mut self, length: (usize, usize)) {
        self.pointer.truncate(length.0);
        self.shown.truncate(length.1);
    }

    fn member(&mut self, key: &str) {
        self.pointer.push('/');
        self.pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        self.shown.push('/');
        self.shown.push_str(key);
    }

    fn item(&mut self, index: usize) {
        self.pointer.push_str(&format!("/{index}"));
        self.shown.push_str(&format!("[{index}]"));
    }
}

fn compile(value: &Value, place: &mut Place) -> Result<Part, CompileError> {
    match value {
        Value::String(text) => match Expression::inside(text) {
            Some(inside) => compile_expression(inside, place),
            None => Ok(Part::Constant(value.clone())),
        },
        Value::Array(items) => {
            let length = place.length();
            let mut parts = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                place.item(index);
                parts.push(compile(item, place)?);
                place.back(length);
            }
            let constant = parts.iter().all(|part| matches!(part, Part::Constant(_)));
            Ok(if constant {
                Part::Constant(value.clone())
            } else {
                Part::Array(parts)
            })
        }
        Value::Object(object) => compile_object(value, object, place),
        other => Ok(Part::Constant(other.clone())),
    }
}

fn compile_expression(inside: &str, place: &Place) -> Result<Part, CompileError> {
    let expression = Expression::parse(inside).map_err(|error| CompileError {
        pointer: place.pointer.clone(),
        message: error.message,
    })?;
    Ok(Part::Expression {
        place: place.shown.as_str().into(),
        expression,
    })
}

fn compile_object(value: &Value, object: &Object, place: &mut Place) -> Result<Part, CompileError> {
    let length = place.length();
    let mut shape: Map = (**object).clone();
    let mut changing = Vec::new();
    for (index, (key, member)) in object.iter().enumerate() {
        place.member(key);
        let part = compile(member, place)?;
        place.back(length);
        if !matches!(part, Part::Constant(_)) {
            shape[index] = Value::Null;
            changing.push((index, part));
        }
    }
    Ok(if changing.is_empty() {
        Part::Constant(value.clone())
    } else {
        Part::Object { shape, changing }
    })
}

fn evaluate(part: &Part, field: &str, session: &Session<'_>) -> Result<Value, EvalError> {
    match part {
        Part::Constant(value) => Ok(value.clone()),
        Part::Expression { place, expression } if place.is_empty() => expression.evaluate_in(field, session),
        Part::Expression { place, expression } => {
            // The place is put together only for the error that speaks of it.
            session
                .run(expression.program())
                .map_err(|problem| expression.error(&format!("{field}{place}"), &problem))
        }
        Part::Array(parts) => {
            let items: Result<Vec<_>, _> = parts.iter().map(|part| evaluate(part, field, session)).collect();
            Ok(Value::array(items?))
        }
        Part::Object { shape, changing } => {
            let mut members = shape.clone();
            for (index, part) in changing {
                let value = evaluate(part, field, session)?;
                if let Some((_, member)) = members.get_index_mut(*index) {
                    *member = value;
                }
            }
            Ok(Object::new(members).into())
        }
    }
}
