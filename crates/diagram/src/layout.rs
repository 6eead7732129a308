//! The layout of a definition: scopes from the inside out, then everything in its place.

mod assemble;
mod draft;

use std::collections::HashMap;
use std::sync::Arc;

use asl::definition::Definition;

use crate::flow::{Flow, Placed};
use crate::model::{Diagram, Options};
use crate::scope;
use draft::Draft;

/// Layouts of scopes, kept from one call to the next: a scope is laid out again only if its states' sizes, its edges or
/// the widths of their labels changed. One for each document.
#[derive(Debug, Default)]
pub struct LayoutCache {
    scopes: HashMap<Flow, Arc<Placed>>,
}

/// Lays a definition out, whatever it lacks: edges to states that are not there are left out.
pub fn layout(definition: &Definition, options: &Options, cache: &mut LayoutCache) -> Diagram {
    let mut draft = Draft::new(definition, options);
    let mut kept = HashMap::new();
    // An owner stands before what is inside it, so backwards is from the inside out.
    for scope in (0..definition.scopes.len()).rev() {
        if draft.visible[scope] {
            let flow = draft.flow(scope);
            let placed = match kept.get(&flow).or_else(|| cache.scopes.get(&flow)) {
                Some(placed) => Arc::clone(placed),
                None => Arc::new(scope::layout(&flow)),
            };
            draft.place(scope, &placed);
            kept.insert(flow, placed);
        }
    }
    cache.scopes = kept;
    assemble::of(&draft)
}
