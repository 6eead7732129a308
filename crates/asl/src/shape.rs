//! Shapes: what is known of a JSON value before anything runs. They say what is certainly *not* there, so that a path
//! which can't match is found while it is typed.
//!
//! A shape is a set of values, never too small: where nothing is known it is [`Shape::Any`]. Shapes are kept within
//! [`MAX_DEPTH`] levels and [`MAX_FIELDS`] fields; beyond, they are cut to `Any`, so that every walk ends soon.
//!
//! | file | does |
//! |---|---|
//! | `shape/infer.rs` | the shape of what each state gets, stage by stage |
//! | `shape/template.rs` | payload templates → shapes |
//! | `shape/jsonata.rs` | values with JSONata expressions in them → shapes |
//! | `shape/parsed.rs` | paths and calls, parsed once |

pub mod infer;
mod jsonata;
pub mod parsed;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::definition::StateIx;
use crate::expr::{Path, ReferencePath};
use crate::substitution::is_open_value;
use crate::text::{Kind, Node};
use crate::value::{Text, Value};

/// Deeper levels are [`Shape::Any`].
pub const MAX_DEPTH: usize = 12;

/// An object with more fields is open.
pub const MAX_FIELDS: usize = 200;

/// What a value may be.
// `Eq`, so that shared parts are compared by their address first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Anything.
    Any,
    /// Null, a boolean, a number or a text.
    Scalar,
    /// A list.
    List(Arc<ListShape>),
    /// An object.
    Object(Arc<ObjectShape>),
}

/// What a list may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListShape {
    /// The shape of its items.
    pub items: Shape,
    /// How many there are at least.
    pub least: usize,
}

/// What an object may have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObjectShape {
    /// Fields that may be there.
    pub fields: BTreeMap<Text, Shape>,
    /// Whether others may be there, too.
    pub open: bool,
    /// The state that made it, where that is one.
    pub from: Option<StateIx>,
}

/// Where a path leads in a shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'s> {
    /// To something of this shape; maybe to nothing.
    Maybe(Shape),
    /// To nothing: a closed object has no such field.
    Never {
        /// The field that it lacks.
        name: Text,
        /// The object.
        object: &'s ObjectShape,
    },
}

impl Shape {
    /// An object of just these fields.
    pub fn object(fields: impl IntoIterator<Item = (Text, Shape)>, from: Option<StateIx>) -> Shape {
        let fields: BTreeMap<_, _> = fields.into_iter().collect();
        match fields.len() > MAX_FIELDS {
            true => Shape::Any,
            false => Shape::Object(Arc::new(ObjectShape {
                fields,
                open: false,
                from,
            })),
        }
    }

    /// A list of at least so many items of this shape.
    pub fn list(items: Shape, least: usize) -> Shape {
        Shape::List(Arc::new(ListShape { items, least }))
    }

    /// The shape of one value.
    pub fn of_value(value: &Value, from: Option<StateIx>) -> Shape {
        value_shape(value, from, MAX_DEPTH)
    }

    /// The shape of a literal in the text; what is not known before it is deployed is `Any`.
    pub fn of_literal(node: Node<'_>, from: Option<StateIx>) -> Shape {
        literal(node, from, MAX_DEPTH)
    }

    /// Where a path leads. Only single steps into fields and items are followed.
    pub fn find(&self, path: &Path) -> Found<'_> {
        let Some(steps) = path.plain_steps() else {
            return Found::Maybe(Shape::Any);
        };
        let mut at = self;
        for step in steps {
            at = match (step, at) {
                (Some(name), Shape::Object(object)) => match object.fields.get(name) {
                    Some(field) => field,
                    None if object.open => return Found::Maybe(Shape::Any),
                    None => {
                        return Found::Never {
                            name: name.clone(),
                            object,
                        };
                    }
                },
                (None, Shape::List(list)) => &list.items,
                _ => return Found::Maybe(Shape::Any),
            };
        }
        Found::Maybe(at.clone())
    }

    /// Where names lead, one field after the other; with the number of the first that is not there.
    pub fn follow<'n>(&self, names: impl Iterator<Item = &'n str>) -> Result<Shape, (usize, &ObjectShape)> {
        let mut at = self;
        for (index, name) in names.enumerate() {
            at = match at {
                Shape::Object(object) => match object.fields.get(name) {
                    Some(field) => field,
                    None if object.open => return Ok(Shape::Any),
                    None => return Err((index, object)),
                },
                _ => return Ok(Shape::Any),
            };
        }
        Ok(at.clone())
    }

    /// This shape with another put where a `ResultPath` says.
    pub fn put(&self, path: &ReferencePath, value: Shape) -> Shape {
        match path.names() {
            Some(names) => put(self, &names, value, MAX_DEPTH),
            None => Shape::Any,
        }
    }

    /// What is of this shape or of the other.
    pub fn join(&self, other: &Shape) -> Shape {
        match (self, other) {
            (Shape::Scalar, Shape::Scalar) => Shape::Scalar,
            (Shape::List(a), Shape::List(b)) if a == b => self.clone(),
            (Shape::List(a), Shape::List(b)) => Shape::list(a.items.join(&b.items), a.least.min(b.least)),
            (Shape::Object(a), Shape::Object(b)) if a == b => self.clone(),
            (Shape::Object(a), Shape::Object(b)) => {
                let mut fields = a.fields.clone();
                for (name, shape) in &b.fields {
                    let joined = match fields.get(name) {
                        Some(there) => there.join(shape),
                        None => shape.clone(),
                    };
                    fields.insert(name.clone(), joined);
                }
                if fields.len() > MAX_FIELDS {
                    return Shape::Any;
                }
                Shape::Object(Arc::new(ObjectShape {
                    fields,
                    open: a.open || b.open,
                    from: a.from.filter(|from| b.from == Some(*from)),
                }))
            }
            _ => Shape::Any,
        }
    }
}

fn value_shape(value: &Value, from: Option<StateIx>, depth: usize) -> Shape {
    if depth == 0 {
        return Shape::Any;
    }
    match value {
        Value::Array(items) => list(items.iter().map(|item| value_shape(item, from, depth - 1))),
        Value::Object(object) if object.len() <= MAX_FIELDS => Shape::object(
            object
                .iter()
                .map(|(name, value)| (name.clone(), value_shape(value, from, depth - 1))),
            from,
        ),
        Value::Object(_) => Shape::Any,
        _ => Shape::Scalar,
    }
}

fn literal(node: Node<'_>, from: Option<StateIx>, depth: usize) -> Shape {
    if depth == 0 || is_open_value(node) {
        return Shape::Any;
    }
    match node.kind() {
        Kind::Array => list(node.items().map(|item| literal(item, from, depth - 1))),
        Kind::Object => Shape::object(
            node.members().map(|member| {
                let shape = member
                    .value
                    .map_or(Shape::Any, |value| literal(value, from, depth - 1));
                (member.name.into(), shape)
            }),
            from,
        ),
        Kind::Error => Shape::Any,
        _ => Shape::Scalar,
    }
}

/// A list with items of these shapes. An empty list may be filled by others, so nothing is known of its items.
fn list(items: impl Iterator<Item = Shape>) -> Shape {
    let mut count = 0;
    let joined = items.inspect(|_| count += 1).reduce(|a, b| a.join(&b));
    Shape::list(joined.unwrap_or(Shape::Any), count)
}

fn put(into: &Shape, names: &[&Text], value: Shape, depth: usize) -> Shape {
    let Some((name, rest)) = names.split_first() else {
        return value;
    };
    if depth == 0 {
        return Shape::Any;
    }
    let mut object = match into {
        Shape::Object(object) => ObjectShape::clone(object),
        Shape::Any => ObjectShape {
            open: true,
            ..ObjectShape::default()
        },
        // It fails when it runs.
        Shape::Scalar | Shape::List(_) => return Shape::Any,
    };
    let missing = match object.open {
        true => Shape::Any,
        false => Shape::object([], None),
    };
    let inner = put(
        object.fields.get(*name).unwrap_or(&missing),
        rest,
        value,
        depth - 1,
    );
    object.fields.insert((*name).clone(), inner);
    if object.fields.len() > MAX_FIELDS {
        return Shape::Any;
    }
    Shape::Object(Arc::new(object))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Shape {
        Shape::of_value(&Value::parse(text).unwrap(), None)
    }

    fn lacks(shape: &Shape, path: &str) -> Option<String> {
        match shape.find(&Path::parse(path).unwrap()) {
            Found::Maybe(_) => None,
            Found::Never { name, .. } => Some(name.to_string()),
        }
    }

    #[test]
    fn paths() {
        let shape = of(r#"{"a": {"b": 1}, "c": [{"d": 1}, {"e": 2}], "f": [], "g": "text"}"#);
        for (path, missing) in [
            ("$", None),
            ("$.a.b", None),
            ("$.a.x", Some("x")),
            ("$.x.y", Some("x")),
            ("$['a']['x']", Some("x")),
            ("$.c[0].e", None),
            ("$.c[7].x", Some("x")),
            ("$.f[0].x", None),
            // A field of a text, or of a list, is for the service to judge.
            ("$.g.x", None),
            ("$.c.x", None),
            ("$..x", None),
            ("$.c[*].x", None),
        ] {
            assert_eq!(lacks(&shape, path).as_deref(), missing, "{path}");
        }
    }

    #[test]
    fn joins_and_puts() {
        let both = of(r#"{"a": 1}"#).join(&of(r#"{"b": {"c": 1}}"#));
        assert_eq!(lacks(&both, "$.a"), None);
        assert_eq!(lacks(&both, "$.b.x").as_deref(), Some("x"));
        assert_eq!(lacks(&of("{}").join(&Shape::Any), "$.x"), None);
        let put =
            |into: &Shape, path: &str| into.put(&ReferencePath::parse(path).unwrap(), of(r#"{"z": 1}"#));
        assert_eq!(lacks(&put(&both, "$.new"), "$.new.z"), None);
        assert_eq!(lacks(&put(&both, "$.new"), "$.new.y").as_deref(), Some("y"));
        assert_eq!(lacks(&put(&Shape::Any, "$.p.q"), "$.p.q.y").as_deref(), Some("y"));
        assert_eq!(lacks(&put(&Shape::Any, "$.p.q"), "$.p.other"), None);
        assert_eq!(lacks(&put(&both, "$"), "$.a").as_deref(), Some("a"));
    }

    #[test]
    fn nothing_grows_without_end() {
        let mut shape = of("1");
        for _ in 0..100 {
            shape = Shape::Any.put(&ReferencePath::parse("$.a").unwrap(), shape);
        }
        assert!(format!("{shape:?}").len() < 10_000);
    }
}
