//! Fuzz targets: any bytes go in, and what must never happen panics. `cargo xtask fuzz` searches for such bytes with
//! libFuzzer; `tests/seeded.rs` tries the seeds and a few thousand changes of them in the ordinary tests.
//!
//! | target | bytes are | what must hold |
//! |---|---|---|
//! | `json`, `yaml` | a definition's text | the tree keeps every byte; diagnostics lie in the text, and their fixes can be applied; reading, compiling, judging, exporting and drawing come to an end |
//! | `expression` | a JSONPath, an intrinsic function, a template, a Choice rule or JSONata | it is refused, or gives a value or an error |
//! | `endpoint` | requests, one a line | each is answered by the service's rules: never a 5xx, never nothing |

mod endpoint;
mod expression;
mod text;

use asl::text::Format;

/// What is fuzzed.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, and that of its folder in `seeds/`.
    pub name: &'static str,
    /// Takes any bytes; panics where something is wrong.
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: [Target; 4] = [
    Target {
        name: "json",
        run: |bytes| text::check(bytes, Format::Json),
    },
    Target {
        name: "yaml",
        run: |bytes| text::check(bytes, Format::Yaml),
    },
    Target {
        name: "expression",
        run: expression::check,
    },
    Target {
        name: "endpoint",
        run: endpoint::check,
    },
];
