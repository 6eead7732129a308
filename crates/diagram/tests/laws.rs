//! What holds for every drawing: of random flow graphs, of whatever text, and of every workflow of the corpus.

#[path = "laws/check.rs"]
mod check;
#[path = "laws/random.rs"]
mod random;

use std::path::PathBuf;

use asl::definition::Definition;
use asl::text::{Format, Tree};
use proptest::prelude::*;
use stepwell_diagram::{Diagram, LayoutCache, Options, Theme, is_drawn_alike, layout, to_svg};

fn draw(text: &str, format: Format) -> (Definition, Diagram) {
    let definition = Definition::read(&Tree::parse(text.to_owned(), format));
    let diagram = layout(&definition, &Options::default(), &mut LayoutCache::default());
    (definition, diagram)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_graphs_are_drawn_by_the_rules(scope in random::scope(2)) {
        let text = random::text(&scope);
        let (definition, diagram) = draw(&text, Format::Json);
        check::all(&definition, &diagram).map_err(|fault| TestCaseError::fail(format!("{fault}\n{text}")))?;
    }

    #[test]
    fn renaming_a_state_moves_nothing(scope in random::scope(1), which in any::<prop::sample::Index>()) {
        let text = random::text(&scope);
        let (before, diagram) = draw(&text, Format::Json);
        prop_assume!(!before.states.is_empty());
        let name = &before.states[which.index(before.states.len())].name;
        let renamed = text.replace(&format!("\"{name}\""), "\"A quite different and longer name\"");
        let (_, after) = draw(&renamed, Format::Json);
        prop_assert_eq!(places(&diagram), places(&after));
    }

    #[test]
    fn a_cache_changes_nothing(scopes in prop::collection::vec(random::scope(1), 1..4)) {
        let mut cache = LayoutCache::default();
        for scope in scopes {
            let (definition, fresh) = draw(&random::text(&scope), Format::Json);
            for _ in 0..2 {
                prop_assert_eq!(&layout(&definition, &Options::default(), &mut cache), &fresh);
            }
        }
    }

    #[test]
    fn what_is_drawn_alike_gives_the_same_drawing(
        scope in random::scope(1),
        at in any::<prop::sample::Index>(),
        insert in prop::sample::select(vec!["", "x", "7", "\"", "}", ", \"End\": true", "\"Type\": \"Fail\","]),
    ) {
        let text = random::text(&scope);
        let at = text.floor_char_boundary(at.index(text.len()));
        let changed = format!("{}{insert}{}", &text[..at], text[at..].trim_start_matches(|c: char| c.is_ascii_digit()));
        let ((before, diagram), (after, other)) = (draw(&text, Format::Json), draw(&changed, Format::Json));
        prop_assert!(is_drawn_alike(&before, &before));
        prop_assert!(diagram == other || !is_drawn_alike(&before, &after), "{changed}");
    }

    #[test]
    fn no_text_panics(text in ".{0,200}") {
        draw(&text, Format::Json);
        draw(&text, Format::Yaml);
    }
}

fn places(diagram: &Diagram) -> Vec<(f32, f32)> {
    let nodes = diagram.nodes.iter().map(|node| (node.x, node.y));
    nodes
        .chain(diagram.edges.iter().flat_map(|edge| edge.points.iter().copied()))
        .collect()
}

#[test]
fn the_corpus_is_drawn_by_the_rules() {
    let corpus = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let Ok(folder) = std::fs::read_dir(&corpus) else {
        println!("skipped: {} is absent", corpus.display());
        return;
    };
    let mut seen = 0;
    for path in folder.map(|entry| entry.expect("the folder can be read").path()) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !name.contains(".asl.") {
            continue;
        }
        let format = if name.ends_with("json") {
            Format::Json
        } else {
            Format::Yaml
        };
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let (definition, diagram) = draw(&text, format);
        check::all(&definition, &diagram).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(
            diagram.nodes.len(),
            definition.states.len() + usize::from(definition.root().start.is_some()),
            "{name}"
        );
        let svg = |theme| to_svg(&diagram, &definition, theme);
        assert_eq!(
            svg(Theme::Light),
            to_svg(&draw(&text, format).1, &definition, Theme::Light),
            "{name}"
        );
        assert_ne!(svg(Theme::Light), svg(Theme::Dark), "{name}");
        seen += 1;
    }
    assert!(seen > 0, "{} holds no workflow", corpus.display());
}
