//! Draws a definition: `cargo run -p stepwell-diagram --example draw -- FILE [dark] > drawing.svg`.

use asl::definition::Definition;
use asl::text::{Format, Tree};
use stepwell_diagram::{LayoutCache, Options, Theme, layout, to_svg};

#[allow(clippy::print_stdout, reason = "it is a program")]
fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_default();
    let theme = if arguments.next().is_some() {
        Theme::Dark
    } else {
        Theme::Light
    };
    let format = if path.ends_with("json") {
        Format::Json
    } else {
        Format::Yaml
    };
    let definition = Definition::read(&Tree::parse(std::fs::read_to_string(path)?, format));
    let diagram = layout(&definition, &Options::default(), &mut LayoutCache::default());
    println!("{}", to_svg(&diagram, &definition, theme));
    Ok(())
}
