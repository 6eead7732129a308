//! The law of damage: whatever range of a definition is deleted or replaced, every state that ends before it is
//! still drawn, with its type; in rooms too, and also when the room around it is the damaged one.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "the whole file is tests")]

use std::collections::HashSet;
use std::path::Path;

use proptest::prelude::*;
use stepwell_asl::definition::Definition;
use stepwell_asl::text::{Format, Tree};

struct Document {
    name: String,
    text: String,
    format: Format,
    states: Vec<Drawn>,
}

/// A state: where its key starts and its body ends, and what is drawn of it.
struct Drawn {
    end: usize,
    identity: (usize, String, String),
}

fn drawn(text: &str, format: Format) -> Vec<Drawn> {
    let tree = Tree::parse(text, format);
    let definition = Definition::read(&tree);
    let describe = |state: &stepwell_asl::definition::StateOutline| Drawn {
        end: state.range.end,
        identity: (
            state.range.start,
            state.pointer.clone(),
            format!("{:?}", state.state_type),
        ),
    };
    definition.states.iter().map(describe).collect()
}

/// The definitions of the corpus beside the checkout; none where it is absent.
fn documents() -> Vec<Document> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: {} is absent", folder.display());
        return Vec::new();
    };
    let mut documents = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        let format = match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Format::Json,
            Some("yaml" | "yml") => Format::Yaml,
            _ => continue,
        };
        let text = std::fs::read_to_string(&path).unwrap();
        let states = drawn(&text, format);
        // Templates have no states of their own.
        if !states.is_empty() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            documents.push(Document {
                name,
                text,
                format,
                states,
            });
        }
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    documents
}

/// What replacing `start..end` with `junk` loses that ends before it.
fn lost(document: &Document, start: usize, length: usize, junk: &str) -> Option<String> {
    let text = &document.text;
    let start = text.floor_char_boundary(start.min(text.len()));
    let end = text.floor_char_boundary((start + length).min(text.len()));
    let mut damaged = text.clone();
    damaged.replace_range(start..end, junk);
    let left: HashSet<_> = drawn(&damaged, document.format)
        .into_iter()
        .map(|state| state.identity)
        .collect();
    // A YAML block ends with its line; JSON's braces end where they stand.
    let is_before = |state: &&Drawn| match document.format {
        Format::Json => state.end <= start,
        Format::Yaml => state.end <= start && text[state.end..start].contains('\n'),
    };
    let gone = document
        .states
        .iter()
        .filter(is_before)
        .find(|state| !left.contains(&state.identity))?;
    Some(format!(
        "{}: {start}..{end} replaced with {junk:?} lost {:?}, which ends at {}",
        document.name, gone.identity, gone.end
    ))
}

#[test]
fn deleting_any_range_loses_no_state_before_it() {
    // More steps for a thorough search by hand.
    let steps: usize = std::env::var("STEPWELL_DAMAGE_STEPS")
        .ok()
        .and_then(|steps| steps.parse().ok())
        .unwrap_or(15);
    let mut broken = Vec::new();
    for document in documents() {
        let stride = (document.text.len() / steps).max(1);
        for start in (0..document.text.len()).step_by(stride) {
            for length in [1, 22, 180, 1500] {
                broken.extend(lost(&document, start, length, ""));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "{} losses, such as\n{}",
        broken.len(),
        broken[..broken.len().min(40)].join("\n")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn replacing_any_range_loses_no_state_before_it(
        which in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        length in 0_usize..600,
        junk in "[\\[\\]{},:\"'\n x-]{0,3}",
    ) {
        thread_local! {
            static DOCUMENTS: Vec<Document> = documents();
        }
        DOCUMENTS.with(|documents| {
            if let Some(document) = (!documents.is_empty()).then(|| &documents[which.index(documents.len())]) {
                let broken = lost(document, from.index(document.text.len()), length, &junk);
                prop_assert!(broken.is_none(), "{}", broken.unwrap_or_default());
            }
            Ok(())
        })?;
    }
}
