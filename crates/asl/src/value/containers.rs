//! [`Array`] and [`Object`]: the containers behind a [`Value`], which know their depth and remember their length.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;

use super::{Text, Value};

/// Members of an object in the order in which they were added.
pub type Map = IndexMap<Text, Value, foldhash::fast::RandomState>;

/// Below this depth a value may be dropped by plain recursion.
const SHALLOW: u32 = 64;

/// What a container remembers about itself. It says nothing about equality.
struct Known {
    /// Levels of nesting, this one included.
    depth: u32,
    /// Whether all numbers within are written as JSONata writes them.
    plain: bool,
    /// Length of the compact JSON text; 0 means not measured yet.
    bytes: AtomicU64,
}

impl Known {
    fn of<'a>(children: impl Iterator<Item = &'a Value>) -> Known {
        let (below, plain) = children.fold((0, true), |(depth, plain), child| {
            (depth.max(child.depth()), plain & child.is_plain())
        });
        Known {
            depth: below.saturating_add(1),
            plain,
            bytes: AtomicU64::new(0),
        }
    }

    fn bytes(&self, measure: impl FnOnce() -> u64) -> u64 {
        // Relaxed is enough: whoever sees 0 measures again and gets the same number.
        match self.bytes.load(Ordering::Relaxed) {
            0 => {
                let bytes = measure();
                self.bytes.store(bytes, Ordering::Relaxed);
                bytes
            }
            bytes => bytes,
        }
    }
}

impl Clone for Known {
    fn clone(&self) -> Known {
        Known {
            depth: self.depth,
            plain: self.plain,
            bytes: AtomicU64::new(self.bytes.load(Ordering::Relaxed)),
        }
    }
}

/// The items of an array. Reads as a slice.
#[derive(Clone)]
pub struct Array {
    items: Vec<Value>,
    known: Known,
}

impl Array {
    /// An array of these items.
    pub fn new(items: Vec<Value>) -> Array {
        let known = Known::of(items.iter());
        Array { items, known }
    }

    /// Levels of nesting, this one included.
    pub fn depth(&self) -> u32 {
        self.known.depth
    }

    /// Puts a value in the place of an existing item; `false` if there is no such place.
    pub fn replace(&mut self, index: usize, value: Value) -> bool {
        let Some(slot) = self.items.get_mut(index) else {
            return false;
        };
        *slot = value;
        self.known = Known::of(self.items.iter());
        true
    }

    /// Takes an item out, leaving `null` in its place.
    pub(crate) fn take(&mut self, index: usize) -> Option<Value> {
        self.known.bytes = AtomicU64::new(0);
        self.items.get_mut(index).map(std::mem::take)
    }

    pub(super) fn is_plain(&self) -> bool {
        self.known.plain
    }

    pub(super) fn bytes(&self, measure: impl FnOnce() -> u64) -> u64 {
        self.known.bytes(measure)
    }
}

/// The members of an object. Reads as an index map.
#[derive(Clone)]
pub struct Object {
    members: Map,
    known: Known,
}

impl Object {
    /// An object of these members.
    pub fn new(members: Map) -> Object {
        let known = Known::of(members.values());
        Object { members, known }
    }

    /// Levels of nesting, this one included.
    pub fn depth(&self) -> u32 {
        self.known.depth
    }

    /// Adds a member, or gives an existing one a new value in its old place.
    pub fn insert(&mut self, key: Text, value: Value) {
        let (depth, plain) = (value.depth().saturating_add(1), value.is_plain());
        let replaced = self.members.insert(key, value);
        self.known.bytes = AtomicU64::new(0);
        match replaced {
            // The deepest member, or the one that was not plain, may be gone: look again.
            Some(_) if depth < self.known.depth || !self.known.plain => {
                self.known = Known::of(self.members.values());
            }
            _ => {
                self.known.depth = self.known.depth.max(depth);
                self.known.plain &= plain;
            }
        }
    }

    /// Takes a member's value out, leaving `null` in its place.
    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        self.known.bytes = AtomicU64::new(0);
        self.members.get_mut(key).map(std::mem::take)
    }

    pub(super) fn is_plain(&self) -> bool {
        self.known.plain
    }

    pub(super) fn bytes(&self, measure: impl FnOnce() -> u64) -> u64 {
        self.known.bytes(measure)
    }
}

impl Deref for Array {
    type Target = [Value];
    fn deref(&self) -> &[Value] {
        &self.items
    }
}

impl Deref for Object {
    type Target = Map;
    fn deref(&self) -> &Map {
        &self.members
    }
}

impl Default for Array {
    fn default() -> Array {
        Array::new(Vec::new())
    }
}

impl Default for Object {
    fn default() -> Object {
        Object::new(Map::default())
    }
}

impl PartialEq for Array {
    fn eq(&self, other: &Array) -> bool {
        self.known.depth == other.known.depth && self.items == other.items
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Object) -> bool {
        self.known.depth == other.known.depth && self.members == other.members
    }
}

impl From<Vec<Value>> for Array {
    fn from(items: Vec<Value>) -> Array {
        Array::new(items)
    }
}

impl From<Map> for Object {
    fn from(members: Map) -> Object {
        Object::new(members)
    }
}

impl FromIterator<Value> for Array {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Array {
        Array::new(items.into_iter().collect())
    }
}

impl FromIterator<(Text, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (Text, Value)>>(members: I) -> Object {
        Object::new(members.into_iter().collect())
    }
}

impl Drop for Array {
    fn drop(&mut self) {
        if self.known.depth > SHALLOW {
            dismantle(std::mem::take(&mut self.items));
        }
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        if self.known.depth > SHALLOW {
            dismantle(std::mem::take(&mut self.members).into_values().collect());
        }
    }
}

/// Drops a deep value level by level, on the heap instead of the stack.
fn dismantle(mut waiting: Vec<Value>) {
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(array) => {
                if let Some(mut array) = Arc::into_inner(array) {
                    waiting.append(&mut array.items);
                }
            }
            Value::Object(object) => {
                if let Some(mut object) = Arc::into_inner(object) {
                    waiting.extend(std::mem::take(&mut object.members).into_values());
                }
            }
            _ => {}
        }
    }
}
