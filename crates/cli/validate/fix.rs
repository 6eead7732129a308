//! `--fix`: makes the fixes that keep what the user wrote. One that takes something out is left to the user.

use std::fmt::Display;

use project::Workflow;
use workspace::folder;

use crate::failure::Failure;
use crate::screen::Screen;
use crate::target::{Document, Target};

/// So often a fixed text is looked at again: a fix may uncover another fault.
const ROUNDS: usize = 20;

/// Mends a definition in its file; gives it as it stands then.
pub(super) fn fix(
    target: &Target,
    workflow: &Workflow,
    mut document: Document,
    screen: &Screen,
) -> Result<Document, Failure> {
    let mut made = 0;
    for _ in 0..ROUNDS {
        let Some((text, count)) = round(&document) else {
            break;
        };
        made += count;
        document = document.with_text(text);
    }
    if made == 0 {
        return Ok(document);
    }
    let file = target.workspace.root().join(&workflow.document.path);
    let Some(whole) = document.in_file() else {
        screen.warn(format_args!(
            "{} is put together by the template, so it can't be fixed in place",
            document.source.path.display()
        ));
        return target.document(workflow);
    };
    let unwritable = |error: &dyn Display| {
        Failure::with_help(
            format_args!("{} can't be written: {error}", document.source.path.display()),
            "Make the file writable, or take the fixes in the studio.",
        )
    };
    // Another file could take its place, but whoever marked it so does not want that.
    if std::fs::metadata(&file).is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(unwritable(&"it is read-only"));
    }
    folder::write(&file, &whole).map_err(|error| unwritable(&error))?;
    let fixes = if made == 1 { "fix" } else { "fixes" };
    screen.note(format_args!(
        "{made} {fixes} made in {}",
        document.source.path.display()
    ));
    target.document(workflow)
}

/// Makes all fixes that don't touch each other; none where there is none to make.
fn round(document: &Document) -> Option<(String, usize)> {
    let mut text = document.text.to_string();
    let mut before = usize::MAX;
    let mut made = 0;
    // From the end, so that places further up stay where they are.
    for diagnostic in document.diagnostics().iter().rev() {
        let fix = diagnostic.fix.as_ref().filter(|fix| !fix.removes);
        let Some(changes) = fix.map(|fix| &fix.changes) else {
            continue;
        };
        let (Some(first), Some(last)) = (changes.list().first(), changes.list().last()) else {
            continue;
        };
        if last.range.end < before && changes.check(&text).is_ok() {
            text = changes.apply(&text);
            before = first.range.start;
            made += 1;
        }
    }
    (made > 0).then_some((text, made))
}
