//! What the layout gives back: boxes, polylines and labels in abstract pixels, absolute, y pointing down.

use std::collections::BTreeSet;

/// The identity of a state outside `asl`: its name; for a later duplicate of a name, its JSON pointer.
pub type StateKey = String;

/// A drawing without colours or fonts. Equal definitions give equal drawings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagram {
    /// Width of the whole drawing, margins included.
    pub width: f32,
    /// Height of the whole drawing, margins included.
    pub height: f32,
    /// The start pill, then the states in the order of the document; a room stands before what lies in it.
    pub nodes: Vec<NodeBox>,
    /// The start edge, then the transitions in the order of the document.
    pub edges: Vec<EdgePath>,
    /// The insides of the open rooms: one for each branch or processor, in the order of the document.
    pub rooms: Vec<RoomArea>,
}

/// Where a state stands.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeBox {
    /// The state; empty for the start pill.
    pub key: StateKey,
    /// How it is drawn.
    pub shape: Shape,
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// The room (an open Parallel or Map state) it lies in; none at the root.
    pub parent: Option<StateKey>,
    /// Which branch of that room, counted from 0; 0 at the root and in a Map.
    pub branch: u32,
}

/// The outline of a node, by kind of state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// The small pill above the root's first state.
    Start,
    /// A state of 208 × 56.
    Card,
    /// A Map whose inside is not drawn: a card with another behind it.
    Stack,
    /// A Parallel or Map with its inside, under a header of [`crate::HEADER`] pixels.
    Room,
    /// Succeed and Fail.
    Pill,
}

impl Shape {
    /// The word for it on the wire and in style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Start => "start",
            Shape::Card => "card",
            Shape::Stack => "stack",
            Shape::Room => "room",
            Shape::Pill => "pill",
        }
    }
}

/// The way of a transition.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgePath {
    /// The state it leaves; empty for the start pill.
    pub from: StateKey,
    /// The state it leads to.
    pub to: StateKey,
    /// Its index in `StateOutline::transitions` of `from`; none for the start pill's.
    pub transition: Option<u32>,
    /// Which field makes it.
    pub kind: EdgeKind,
    /// Horizontal and vertical pieces from border to border; drawn with corners rounded by [`crate::CORNER`] pixels
    /// and an arrow head at the last point.
    pub points: Vec<(f32, f32)>,
    /// What stands on it.
    pub label: Option<Label>,
    /// The room that both ends lie in; none at the root.
    pub parent: Option<StateKey>,
}

/// The field that makes a transition, as far as the drawing differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EdgeKind {
    /// From the start pill.
    Start,
    /// `Next`.
    Next,
    /// `Next` of a choice rule.
    Rule,
    /// `Default`.
    Default,
    /// `Next` of a catcher; drawn dashed.
    Catch,
}

impl EdgeKind {
    /// The word for it on the wire and in style sheets.
    pub fn name(self) -> &'static str {
        match self {
            EdgeKind::Start => "start",
            EdgeKind::Next => "next",
            EdgeKind::Rule => "rule",
            EdgeKind::Default => "default",
            EdgeKind::Catch => "catch",
        }
    }
}

/// A text in code type on an edge, on the ground's colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// At most 28 characters.
    pub text: String,
    /// Centre.
    pub x: f32,
    /// Centre.
    pub y: f32,
    /// Room kept for it.
    pub width: f32,
    /// Room kept for it.
    pub height: f32,
}

/// The inside of an open room: where the states of one branch lie and others can be dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomArea {
    /// The Parallel or Map state.
    pub owner: StateKey,
    /// The scope's JSON pointer.
    pub scope: String,
    /// Which branch, counted from 0.
    pub branch: u32,
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// What the drawing depends on besides the definition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Parallel and Map states whose inside is not drawn.
    pub collapsed: BTreeSet<StateKey>,
}
