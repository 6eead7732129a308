//! `$distinct` and `$keys` in the time that sorting takes: the evaluator compares each item with every other, and each key.

use std::collections::BTreeSet;

use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::HostFnResult;
use jsonata_core::value::{JValue, with_stack};

use super::session::Shared;

/// Take the built-ins' places. The names cannot be written in an expression.
pub(super) const DISTINCT: &str = "!distinct";
pub(super) const KEYS: &str = "!keys";

/// Lets a call of such a built-in, or the built-in as a value, be ours.
pub(super) fn rewrite(node: &mut AstNode) {
    if let AstNode::Variable(name)
    | AstNode::Function {
        name,
        is_builtin: true,
        ..
    } = node
    {
        match name.as_str() {
            "distinct" => *name = DISTINCT.to_owned(),
            "keys" => *name = KEYS.to_owned(),
            _ => {}
        }
    }
}

/// The keys of an object, or of all objects in a list, each once; of anything else none.
pub(super) fn keys(_: &Shared, args: &[JValue]) -> HostFnResult {
    let objects = match args.first() {
        Some(JValue::Array(items)) => items.as_slice(),
        Some(object) => std::slice::from_ref(object),
        None => &[],
    };
    let mut seen = BTreeSet::new();
    let all = objects.iter().filter_map(|item| match item {
        JValue::Object(members) => Some(members.keys()),
        _ => None,
    });
    let first = all.flatten().filter(|name| seen.insert(name.as_str()));
    Ok(JValue::sequence(
        first.map(|name| JValue::string(name.clone())).collect(),
    ))
}

/// The items of a list, each once, where it stands first; what is no list, as it is.
pub(super) fn distinct(_: &Shared, args: &[JValue]) -> HostFnResult {
    let items = match args.first() {
        Some(JValue::Array(items)) if items.len() > 1 => items,
        other => return Ok(other.cloned().unwrap_or(JValue::Undefined)),
    };
    let mut seen = BTreeSet::new();
    let first = items.iter().enumerate().filter(|(index, item)| {
        let mut key = String::new();
        write_key(item, *index, &mut key);
        seen.insert(key)
    });
    let kept: Vec<JValue> = first.map(|(_, item)| item.clone()).collect();
    Ok(match items.sequence {
        true => JValue::sequence(kept),
        false => JValue::array(kept),
    })
}

/// A text that equal values have in common. Functions, and numbers that are none, are equal to nothing: `index` tells them
/// apart.
fn write_key(value: &JValue, index: usize, key: &mut String) {
    match value {
        JValue::Null => key.push('n'),
        JValue::Bool(value) => key.push(if *value { 't' } else { 'f' }),
        // -0 is 0.
        JValue::Number(number) if !number.is_nan() => {
            key.push_str(&format!("{:x};", (number + 0.0).to_bits()))
        }
        JValue::String(text) => write_text(text, key),
        JValue::Array(items) => {
            key.push('[');
            with_stack(|| items.iter().for_each(|item| write_key(item, index, key)));
            key.push(']');
        }
        JValue::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_unstable_by_key(|(name, _)| *name);
            key.push('{');
            with_stack(|| {
                for (name, member) in sorted {
                    write_text(name, key);
                    write_key(member, index, key);
                }
            });
            key.push('}');
        }
        _ => key.push_str(&format!("#{index};")),
    }
}

/// With its length, so that no text can look like the end of another value.
fn write_text(text: &str, key: &mut String) {
    key.push_str(&format!("s{}:", text.len()));
    key.push_str(text);
}
