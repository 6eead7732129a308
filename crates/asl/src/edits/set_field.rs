//! Setting a field of a state or of the machine, or taking it away.

use super::{Draft, EditError, EditErrorCode, Outcome, refuse};
use crate::text::rewrite::Slot;
use crate::text::{Format, Kind, Node, Tree};

impl<'t> Draft<'t> {
    pub(super) fn set_field(
        &mut self,
        state: Option<&str>,
        pointer: &str,
        value: Option<&str>,
    ) -> Result<Outcome, EditError> {
        let (node, name) = match state {
            Some(key) => {
                let outline = self.definition.at(self.find(key)?);
                (outline.node, Some(outline.name.to_string()))
            }
            None => (self.definition.node, None),
        };
        let node = node.map(|id| self.node(id));
        let node = node.ok_or_else(|| {
            refuse(
                EditErrorCode::NotFound,
                "there is no object here whose field could be set",
            )
        })?;
        let parts = parts(pointer)?;
        match value {
            Some(value) => self.set_value(node, &parts, value)?,
            None => self.remove_value(node, &parts)?,
        }
        let field = parts.last().map_or("the definition", String::as_str);
        let verb = if value.is_some() { "Set" } else { "Remove" };
        let of = name
            .as_ref()
            .map(|name| format!(" of {name}"))
            .unwrap_or_default();
        Ok((name, format!("{verb} {field}{of}")))
    }

    fn set_value(&mut self, node: Node<'t>, parts: &[String], value: &str) -> Result<(), EditError> {
        let sound = Tree::parse(value, Format::Json);
        if let Some(fault) = sound.faults().first() {
            return Err(refuse(
                EditErrorCode::BadValue,
                format!("not JSON: {}", fault.message),
            ));
        }
        let (node, missing) = self.walk(node, parts)?;
        let Some((first, rest)) = missing.split_first() else {
            if let Some(value) = sound.root() {
                self.rewrite.replace(node, value);
            }
            return Ok(());
        };
        // What is missing on the way is made.
        let mut text = value.to_owned();
        for part in rest.iter().rev() {
            text = format!("{{{}: {text}}}", serde_json::Value::from(part.as_str()));
        }
        let value = Tree::parse(text, Format::Json);
        let Some(value) = value.root() else { return Ok(()) };
        match node.kind() {
            Kind::Object => self.rewrite.set_member(node, first, value),
            Kind::Array if first == "-" || *first == node.items().count().to_string() => {
                self.rewrite.insert_item(node, Slot::Last, value);
            }
            _ => return Err(nowhere(parts)),
        }
        Ok(())
    }

    fn remove_value(&mut self, node: Node<'t>, parts: &[String]) -> Result<(), EditError> {
        let (node, missing) = self.walk(node, parts)?;
        let container = match node.parent().filter(|parent| parent.kind() == Kind::Member) {
            _ if parts.is_empty() => {
                return Err(refuse(EditErrorCode::BadPointer, "delete the state instead"));
            }
            Some(member) => member.parent().map(|object| (object, member.id())),
            None => node.parent().map(|array| (array, node.id())),
        };
        match (missing, container) {
            ([], Some((container, child))) => self.rewrite.remove(container, &[child]),
            // A member that has no value yet.
            ([last], _) if node.kind() == Kind::Object => {
                let named: Vec<_> = node
                    .members()
                    .filter(|member| member.name == *last)
                    .map(|member| member.id)
                    .collect();
                self.rewrite.remove(node, &named);
            }
            _ => {}
        }
        Ok(())
    }

    /// As far as the pointer leads, and what of it is left.
    fn walk<'p>(&self, from: Node<'t>, parts: &'p [String]) -> Result<(Node<'t>, &'p [String]), EditError> {
        let (mut node, mut rest) = (from, parts);
        while let Some((part, behind)) = rest.split_first() {
            if node.is_alias() {
                let message = "this is an alias of another place in the text; change it there";
                return Err(refuse(EditErrorCode::Unchangeable, message));
            }
            let next = match node.kind() {
                Kind::Object => node.get(part),
                Kind::Array => part.parse().ok().and_then(|at| node.items().nth(at)),
                _ => return Err(nowhere(parts)),
            };
            let Some(next) = next else { break };
            (node, rest) = (next, behind);
        }
        Ok((node, rest))
    }
}

fn nowhere(parts: &[String]) -> EditError {
    let message = format!("/{} leads through something that has no fields", parts.join("/"));
    refuse(EditErrorCode::BadPointer, message)
}

fn parts(pointer: &str) -> Result<Vec<String>, EditError> {
    if pointer.is_empty() {
        return Ok(Vec::new());
    }
    let rest = pointer.strip_prefix('/').ok_or_else(|| {
        refuse(
            EditErrorCode::BadPointer,
            format!("{pointer:?} is no JSON pointer; it starts with a slash"),
        )
    })?;
    Ok(rest
        .split('/')
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .collect())
}
