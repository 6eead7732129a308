//! Layout and drawing of flow graphs.
//!
//! A definition goes in; boxes, polylines and labels come out. The same definition gives the same drawing.

mod alike;
mod flow;
mod layout;
pub mod model;
mod scope;
mod svg;

pub use alike::is_drawn_alike;
pub use layout::{LayoutCache, layout};
pub use model::{Diagram, EdgeKind, EdgePath, Label, NodeBox, Options, RoomArea, Shape, StateKey};
pub use svg::{Theme, to_svg};

/// Height of a room's header.
pub const HEADER: f32 = 36.0;
/// Radius of an edge's corners.
pub const CORNER: f32 = 8.0;
