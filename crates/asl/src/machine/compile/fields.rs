//! Reads one object's fields, each with the error that it may have.

use super::{Compiled, Fault, is_jsonata};
use crate::expr::{Expression, Path, ReferencePath, Template, jsonata};
use crate::machine::{PathField, Payload, QueryLanguage, ResultPath, Setting};
use crate::text::{Kind, Node};
use crate::value::{Text, Value};

/// The fields of a state, a retrier, or any other object of a definition.
#[derive(Clone, Copy)]
pub(super) struct Fields<'t> {
    pub(super) node: Node<'t>,
    pub(super) language: QueryLanguage,
}

impl<'t> Fields<'t> {
    pub(super) fn get(&self, name: &str) -> Option<Node<'t>> {
        self.node.get(name)
    }

    pub(super) fn inside(&self, node: Node<'t>) -> Fields<'t> {
        Fields {
            node,
            language: self.language,
        }
    }

    pub(super) fn value(&self, name: &str) -> Compiled<'t, Option<Value>> {
        let Some(node) = self.get(name) else {
            return Ok(None);
        };
        let value = node.to_value();
        value
            .map(Some)
            .ok_or_else(|| wrong(node, format!("\"{name}\" can't be read")))
    }

    pub(super) fn text(&self, name: &str) -> Compiled<'t, Option<Text>> {
        match self.get(name) {
            None => Ok(None),
            Some(node) if node.kind() == Kind::String => Ok(Some(node.text().into())),
            Some(node) => Err(wrong(node, format!("\"{name}\" must be a text"))),
        }
    }

    pub(super) fn texts(&self, name: &str) -> Vec<Text> {
        let items = self.get(name).into_iter().flat_map(Node::items);
        items.map(|item| Text::from(item.text())).collect()
    }

    pub(super) fn integer(&self, name: &str) -> Compiled<'t, Option<u64>> {
        let Some(node) = self.get(name) else {
            return Ok(None);
        };
        let number = node.to_value().and_then(|value| whole(&value));
        number
            .map(Some)
            .ok_or_else(|| wrong(node, format!("\"{name}\" must be a whole number, 0 or more")))
    }

    pub(super) fn number(&self, name: &str) -> Compiled<'t, Option<f64>> {
        let Some(node) = self.get(name) else {
            return Ok(None);
        };
        let number = node.to_value().and_then(|value| value.as_f64());
        number
            .map(Some)
            .ok_or_else(|| wrong(node, format!("\"{name}\" must be a number")))
    }

    pub(super) fn path(&self, name: &str) -> Compiled<'t, Option<Path>> {
        let Some(node) = self.get(name) else {
            return Ok(None);
        };
        Path::parse(&node.text())
            .map(Some)
            .map_err(|error| wrong(node, format!("\"{name}\": {error}")))
    }

    pub(super) fn path_or_call(&self, name: &str) -> Compiled<'t, Option<Expression>> {
        let Some(node) = self.get(name) else {
            return Ok(None);
        };
        Expression::parse(&node.text())
            .map(Some)
            .map_err(|error| wrong(node, format!("\"{name}\": {error}")))
    }

    pub(super) fn path_field(&self, name: &str) -> Compiled<'t, PathField> {
        match self.get(name) {
            Some(node) if node.kind() == Kind::Null => Ok(PathField::Nothing),
            Some(node) if node.text() == "$" => Ok(PathField::Whole),
            _ => Ok(self.path(name)?.map_or(PathField::Whole, PathField::Path)),
        }
    }

    pub(super) fn result_path(&self) -> Compiled<'t, ResultPath> {
        let Some(node) = self.get("ResultPath") else {
            return Ok(ResultPath::Whole);
        };
        if node.kind() == Kind::Null {
            return Ok(ResultPath::Discard);
        }
        let path = ReferencePath::parse(&node.text())
            .map_err(|error| wrong(node, format!("\"ResultPath\": {error}")))?;
        Ok(if path.is_whole() {
            ResultPath::Whole
        } else {
            ResultPath::At(path)
        })
    }

    /// A payload in the state's own language.
    pub(super) fn payload(&self, name: &str) -> Compiled<'t, Option<Payload>> {
        if is_jsonata(self.language) {
            return Ok(self.jsonata(name)?.map(Payload::Jsonata));
        }
        Ok(self.template(name)?.map(Payload::Template))
    }

    /// A value with expressions in it.
    pub(super) fn jsonata(&self, name: &str) -> Compiled<'t, Option<jsonata::Template>> {
        let Some(value) = self.value(name)? else {
            return Ok(None);
        };
        jsonata::Template::compile(&value)
            .map(Some)
            .map_err(|error| wrong(self.get(name).unwrap_or(self.node), format!("\"{name}\"{error}")))
    }

    pub(super) fn template(&self, name: &str) -> Compiled<'t, Option<Template>> {
        let Some(value) = self.value(name)? else {
            return Ok(None);
        };
        Template::compile(&value)
            .map(Some)
            .map_err(|error| wrong(self.get(name).unwrap_or(self.node), format!("\"{name}\"{error}")))
    }

    /// `name` as a whole number, `namePath`, or an expression.
    pub(super) fn whole_setting(&self, name: &str) -> Compiled<'t, Setting<u64>> {
        if let Some(expression) = self.expression(name)? {
            return Ok(Setting::Jsonata(expression));
        }
        if let Some(path) = self.path(&format!("{name}Path"))? {
            return Ok(Setting::Path(path));
        }
        Ok(self.integer(name)?.map_or(Setting::Unset, Setting::Literal))
    }

    /// `name` as a number, `namePath`, or an expression.
    pub(super) fn number_setting(&self, name: &str) -> Compiled<'t, Setting<f64>> {
        if let Some(expression) = self.expression(name)? {
            return Ok(Setting::Jsonata(expression));
        }
        if let Some(path) = self.path(&format!("{name}Path"))? {
            return Ok(Setting::Path(path));
        }
        Ok(self.number(name)?.map_or(Setting::Unset, Setting::Literal))
    }

    /// `name` as a text, `namePath` as a path or a call, or an expression.
    pub(super) fn text_setting(&self, name: &str) -> Compiled<'t, Setting<Text, Expression>> {
        if let Some(expression) = self.expression(name)? {
            return Ok(Setting::Jsonata(expression));
        }
        if let Some(path) = self.path_or_call(&format!("{name}Path"))? {
            return Ok(Setting::Path(path));
        }
        Ok(self.text(name)?.map_or(Setting::Unset, Setting::Literal))
    }

    /// A field of a JSONata state that is an expression.
    pub(super) fn expression(&self, name: &str) -> Compiled<'t, Option<jsonata::Expression>> {
        let text = |node: &Node<'_>| is_jsonata(self.language) && node.kind() == Kind::String;
        let Some(node) = self.get(name).filter(text) else {
            return Ok(None);
        };
        match jsonata::Expression::inside(&node.text()) {
            Some(inside) => jsonata::Expression::parse(inside)
                .map(Some)
                .map_err(|error| wrong(node, format!("\"{name}\": {}", error.message))),
            None => Ok(None),
        }
    }
}

pub(super) fn wrong(node: Node<'_>, message: String) -> Fault<'_> {
    Fault { node, message }
}

/// 3 and 3.0 are whole numbers.
fn whole(value: &Value) -> Option<u64> {
    const BOUND: f64 = 9_007_199_254_740_992.0;
    value.as_u64().or_else(|| {
        let number = value.as_f64()?;
        (number.fract() == 0.0 && (0.0..=BOUND).contains(&number)).then_some(number as u64)
    })
}
