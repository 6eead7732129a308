//! The colours of a drawing: those of the window's tokens that a workflow at rest needs.

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Sandstone by day.
    #[default]
    Light,
    /// By night.
    Dark,
}

pub(super) struct Palette {
    pub(super) ground: &'static str,
    pub(super) surface: &'static str,
    pub(super) surface_2: &'static str,
    /// Tiles behind icons.
    pub(super) surface_3: &'static str,
    pub(super) edge: &'static str,
    pub(super) edge_strong: &'static str,
    pub(super) ink: &'static str,
    pub(super) ink_2: &'static str,
    pub(super) ink_3: &'static str,
    pub(super) link: &'static str,
    pub(super) succeeded: &'static str,
    pub(super) failed: &'static str,
    pub(super) shadow: f32,
}

impl Theme {
    pub(super) fn palette(self) -> &'static Palette {
        match self {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }
}

static LIGHT: Palette = Palette {
    ground: "#f6f4f0",
    surface: "#ffffff",
    surface_2: "#faf8f5",
    surface_3: "#f1eee8",
    edge: "#e3ded5",
    edge_strong: "#cbc4b7",
    ink: "#1f2328",
    ink_2: "#5b6068",
    ink_3: "#6f747c",
    link: "#b3ab9c",
    succeeded: "#1d7a46",
    failed: "#c2342c",
    shadow: 0.07,
};

static DARK: Palette = Palette {
    ground: "#15171a",
    surface: "#1e2125",
    surface_2: "#1a1d20",
    surface_3: "#2a2f35",
    edge: "#30353b",
    edge_strong: "#474e56",
    ink: "#e8e6e1",
    ink_2: "#a9aeb5",
    ink_3: "#8b9098",
    link: "#565d66",
    succeeded: "#5cc98b",
    failed: "#ff7b72",
    shadow: 0.4,
};
