//! A diagram as a file of its own: SVG in the look of the window, without scripts and without anything from elsewhere.
//! Fonts are named with fallbacks; texts that would not fit are cut by an estimate of their width.

mod icon;
mod path;
mod theme;

use std::fmt::Write;

use asl::definition::{Definition, StateOutline};
use asl::words::StateType;

use crate::HEADER;
use crate::model::{Diagram, EdgeKind, EdgePath, NodeBox, Shape};
use theme::Palette;
pub use theme::Theme;

const FONT: &str = "'Inter Variable', Inter, system-ui, sans-serif";
const CODE_FONT: &str = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace";

/// Draws a diagram with the names and summaries of its definition.
pub fn to_svg(diagram: &Diagram, definition: &Definition, theme: Theme) -> String {
    let mut svg = Svg {
        out: String::new(),
        definition,
        palette: theme.palette(),
    };
    svg.open(diagram);
    let rooms = || diagram.nodes.iter().filter(|node| node.shape == Shape::Room);
    rooms().for_each(|room| svg.room(room));
    for area in diagram.rooms.iter().filter(|area| area.branch > 0) {
        let Palette { edge, .. } = svg.palette;
        svg.put(format_args!(
            r#"<path d="M{} {}v{}" stroke="{edge}" stroke-dasharray="2 4"/>"#,
            area.x,
            area.y + 12.0,
            area.height - 24.0
        ));
    }
    diagram.edges.iter().for_each(|edge| svg.edge(edge));
    diagram
        .nodes
        .iter()
        .filter(|node| node.shape != Shape::Room)
        .for_each(|node| svg.node(node));
    diagram.edges.iter().for_each(|edge| svg.label(edge));
    svg.out.push_str("</svg>\n");
    svg.out
}

struct Svg<'a> {
    out: String,
    definition: &'a Definition,
    palette: &'static Palette,
}

impl Svg<'_> {
    fn put(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.out.write_fmt(line);
        self.out.push('\n');
    }

    fn open(&mut self, diagram: &Diagram) {
        let Palette { ground, link, .. } = self.palette;
        let (width, height) = (diagram.width, diagram.height);
        self.put(format_args!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{FONT}" font-size="13" fill="none">"#
        ));
        self.put(format_args!(
            r#"<defs><marker id="arrow" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 10 5 0 9.5z" fill="{link}"/></marker></defs>"#
        ));
        self.put(format_args!(
            r#"<rect width="{width}" height="{height}" fill="{ground}"/>"#
        ));
    }

    fn state(&self, node: &NodeBox) -> Option<&StateOutline> {
        self.definition.state(&node.key)
    }

    fn room(&mut self, node: &NodeBox) {
        let Palette {
            surface_2,
            edge,
            edge_strong,
            ink,
            ink_3,
            ..
        } = self.palette;
        let NodeBox {
            x, y, width, height, ..
        } = node;
        self.put(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="12" fill="{surface_2}" stroke="{edge_strong}"/>"#
        ));
        self.put(format_args!(
            r#"<path d="M{x} {}h{width}" stroke="{edge}"/>"#,
            y + HEADER
        ));
        let Some(state) = self.state(node) else { return };
        let name = fit(&state.name, 7.6, width - 60.0);
        let rest = width - 60.0 - 7.6 * name.chars().count() as f32;
        let summary = if rest > 40.0 {
            fit(&state.summary, 6.2, rest)
        } else {
            String::new()
        };
        let icon = icon::of(state);
        self.put(format_args!(
            r#"<g transform="translate({} {})" stroke="{ink_3}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{icon}</g>"#,
            x + 14.0,
            y + 10.0
        ));
        self.put(format_args!(
            r#"<text x="{}" y="{}" fill="{ink}" font-weight="600">{}<tspan dx="8" font-size="11" font-weight="400" fill="{ink_3}">{}</tspan></text>"#,
            x + 40.0,
            y + 22.5,
            escape(&name),
            escape(&summary)
        ));
    }

    fn edge(&mut self, edge: &EdgePath) {
        let dashes = if edge.kind == EdgeKind::Catch {
            r#" stroke-dasharray="5 4""#
        } else {
            ""
        };
        self.put(format_args!(
            r#"<path d="{}" stroke="{}" stroke-width="1.5"{dashes} marker-end="url(#arrow)"/>"#,
            path::rounded(&edge.points),
            self.palette.link
        ));
    }

    /// On the ground's colour, or on that of the room it stands in.
    fn label(&mut self, edge: &EdgePath) {
        let Some(label) = &edge.label else { return };
        let Palette {
            ground,
            surface_2,
            ink_2,
            ..
        } = self.palette;
        let behind = if edge.parent.is_some() { surface_2 } else { ground };
        let (left, top) = (label.x - label.width / 2.0, label.y - label.height / 2.0);
        self.put(format_args!(
            r#"<rect x="{left}" y="{top}" width="{}" height="{}" fill="{behind}"/>"#,
            label.width, label.height
        ));
        self.put(format_args!(
            r#"<text x="{}" y="{}" text-anchor="middle" font-family="{CODE_FONT}" font-size="11" fill="{ink_2}">{}</text>"#,
            label.x,
            label.y + 4.0,
            escape(&label.text)
        ));
    }

    fn node(&mut self, node: &NodeBox) {
        match node.shape {
            Shape::Start => self.start(node),
            Shape::Pill => self.pill(node),
            Shape::Stack => {
                self.frame(node, 4.0);
                self.card(node);
            }
            Shape::Card => self.card(node),
            Shape::Room => {}
        }
    }

    fn start(&mut self, node: &NodeBox) {
        let Palette { ink, ground, .. } = self.palette;
        let NodeBox {
            x, y, width, height, ..
        } = node;
        self.put(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="11" fill="{ink}"/>"#
        ));
        self.put(format_args!(
            r#"<text x="{}" y="{}" text-anchor="middle" font-size="11" font-weight="600" fill="{ground}">Start</text>"#,
            x + width / 2.0,
            y + height / 2.0 + 4.0
        ));
    }

    fn frame(&mut self, node: &NodeBox, shift: f32) {
        let Palette {
            surface,
            edge_strong,
            shadow,
            ..
        } = self.palette;
        let radius = if node.shape == Shape::Pill {
            node.height / 2.0
        } else {
            8.0
        };
        let NodeBox { width, height, .. } = node;
        let (x, y) = (node.x + shift, node.y + shift);
        // A shadow without a filter: not every program that shows SVG has them.
        self.put(format_args!(
            r##"<rect x="{x}" y="{}" width="{width}" height="{height}" rx="{radius}" fill="#000" fill-opacity="{shadow}"/>"##,
            y + 1.5
        ));
        self.put(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{surface}" stroke="{edge_strong}"/>"#
        ));
    }

    fn card(&mut self, node: &NodeBox) {
        self.frame(node, 0.0);
        let Palette {
            surface_3,
            ink,
            ink_2,
            ink_3,
            ..
        } = self.palette;
        let Some(state) = self.state(node) else { return };
        let radius = if state.state_type == Some(StateType::Choice) {
            18
        } else {
            8
        };
        let (name, summary) = (fit(&state.name, 7.6, 138.0), fit(&state.summary, 6.2, 142.0));
        let (x, y, icon) = (node.x, node.y, icon::of(state));
        self.put(format_args!(
            r#"<rect x="{}" y="{}" width="36" height="36" rx="{radius}" fill="{surface_3}"/>"#,
            x + 10.0,
            y + 10.0
        ));
        self.put(format_args!(
            r#"<g transform="translate({} {})" stroke="{ink_2}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{icon}</g>"#,
            x + 20.0,
            y + 20.0
        ));
        let first = if summary.is_empty() { 32.5 } else { 24.0 };
        self.put(format_args!(
            r#"<text x="{}" y="{}" fill="{ink}" font-weight="600">{}</text>"#,
            x + 56.0,
            y + first,
            escape(&name)
        ));
        if !summary.is_empty() {
            self.put(format_args!(
                r#"<text x="{}" y="{}" fill="{ink_3}" font-size="11">{}</text>"#,
                x + 56.0,
                y + 41.0,
                escape(&summary)
            ));
        }
    }

    /// Icon and name in the middle, as far as their width can be told.
    fn pill(&mut self, node: &NodeBox) {
        self.frame(node, 0.0);
        let Palette {
            ink,
            succeeded,
            failed,
            ..
        } = self.palette;
        let Some(state) = self.state(node) else { return };
        let colour = if state.state_type == Some(StateType::Fail) {
            failed
        } else {
            succeeded
        };
        let name = fit(&state.name, 7.6, node.width - 40.0);
        let (middle, icon) = (node.y + node.height / 2.0, icon::of(state));
        let left = node.x + (node.width - estimate(&name, 7.6) - 24.0) / 2.0;
        self.put(format_args!(
            r#"<g transform="translate({left} {})" stroke="{colour}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{icon}</g>"#,
            middle - 8.0
        ));
        self.put(format_args!(
            r#"<text x="{}" y="{}" fill="{ink}" font-weight="600">{}</text>"#,
            left + 24.0,
            middle + 4.5,
            escape(&name)
        ));
    }
}

/// How wide a text may be, from the width of a usual letter: thin and wide letters count differently.
fn estimate(text: &str, letter: f32) -> f32 {
    let width = |letter: char| match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | '\'' | '|' | '!' => 0.45,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '[' | ']' | '-' | '/' | '·' => 0.6,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 1.45,
        'A'..='Z' => 1.2,
        _ if letter.is_ascii() => 1.0,
        _ => 1.9,
    };
    text.chars().map(width).sum::<f32>() * letter
}

/// A text cut so that it stays within a width.
fn fit(text: &str, letter: f32, room: f32) -> String {
    if estimate(text, letter) <= room {
        return text.to_owned();
    }
    let mut cut = String::new();
    for next in text.chars() {
        let mut longer = cut.clone();
        longer.push(next);
        if estimate(&longer, letter) + estimate("…", letter) > room {
            break;
        }
        cut = longer;
    }
    format!("{}…", cut.trim_end())
}

/// A text as XML has it; characters that XML cannot hold become a replacement character.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}
