//! Diagnostics with the lines that they are about.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use asl::diagnostics::{Diagnostic, Severity};
use asl::text::position::{LineColumn, Positions};

/// Diagnostics shown of one file; what is beyond helps nobody.
const MOST: usize = 50;

/// Bytes shown of a line; of a longer one only the place is told.
const LONGEST: usize = 2_000;

/// A file that diagnostics are about.
pub(crate) struct Source {
    /// As it is shown.
    pub(crate) path: PathBuf,
    /// The file's text.
    pub(crate) text: Arc<str>,
    /// Where in it the document begins that positions are counted in.
    pub(crate) offset: usize,
}

/// Diagnostics of one file, ready to be printed; empty where there are none.
pub(crate) fn render(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let positions = Positions::new(source.text.clone());
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(MOST) {
        out.push_str(&one(source, &positions, diagnostic, &renderer));
        out.push_str("\n\n");
    }
    if let Some(more @ 1..) = diagnostics.len().checked_sub(MOST) {
        out.push_str(&format!("… and {more} more in {}\n\n", source.path.display()));
    }
    out
}

/// Where a byte of the document is in its file.
pub(crate) fn position(source: &Source, positions: &Positions, offset: usize) -> LineColumn {
    positions.line_column(clamp(&source.text, source.offset + offset))
}

fn one(source: &Source, positions: &Positions, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let text = &*source.text;
    let start = clamp(text, source.offset + diagnostic.range.start);
    let end = clamp(text, source.offset + diagnostic.range.end).max(start);
    // The first line of what is wrong says where it is.
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = end.min(line_end);
    let shown = lines_around(text, start..end);
    let first = positions.line_column(shown.start).line as usize;
    let (level, word) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, "error"),
        Severity::Warning => (Level::WARNING, "warning"),
        Severity::Info => (Level::INFO, "info"),
    };
    let path = source.path.to_string_lossy();
    if shown.len() > LONGEST {
        return without_lines(source, positions, diagnostic, word);
    }
    let snippet = Snippet::source(&text[shown.clone()])
        .path(path.as_ref())
        .line_start(first)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(start - shown.start..end - shown.start));
    let title = level
        .with_name(Some(word))
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let mut group = title.element(snippet);
    if let Some(fix) = &diagnostic.fix {
        group = group.element(Level::HELP.message(fix.label.as_str()));
    }
    renderer.render(&[group])
}

/// Where lines are too long to be read.
fn without_lines(source: &Source, positions: &Positions, diagnostic: &Diagnostic, word: &str) -> String {
    let at = position(source, positions, diagnostic.range.start);
    let (path, code, message) = (source.path.display(), diagnostic.code, &diagnostic.message);
    let place = format!("{word}[{code}]: {message}\n --> {path}:{}:{}", at.line, at.column);
    match &diagnostic.fix {
        Some(fix) => format!("{place}\n  = help: {}", fix.label),
        None => place,
    }
}

/// The lines of a range with one more on either side.
fn lines_around(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let start = text[..start.saturating_sub(1)].rfind('\n').map_or(0, |at| at + 1);
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at);
    let end = line_end(range.end);
    start..if end == text.len() { end } else { line_end(end + 1) }
}

/// An offset in the text, at the start of a character.
fn clamp(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, range: Range<usize>, expected: &str) {
        let source = Source {
            path: "a.asl.json".into(),
            text: text.into(),
            offset: 0,
        };
        let diagnostic = Diagnostic {
            code: "SW0001",
            severity: Severity::Error,
            message: "it is wrong".into(),
            range,
            pointer: String::new(),
            state: None,
            fix: None,
            said: None,
        };
        assert_eq!(render(&source, &[diagnostic], false), expected);
    }

    #[test]
    fn excerpts() {
        check(
            "one\ntwo\nthree\nfour\nfive\n",
            8..16,
            "error[SW0001]: it is wrong\n --> a.asl.json:3:1\n  |\n2 | two\n3 | three\n  | ^^^^^\n4 | four\n  |\n\n",
        );
        check(
            "",
            0..0,
            "error[SW0001]: it is wrong\n --> a.asl.json:1:1\n  |\n1 |\n  | ^\n\n",
        );
        check(
            &"x".repeat(3_000),
            2_000..2_001,
            "error[SW0001]: it is wrong\n --> a.asl.json:1:2001\n\n",
        );
        check(
            "é",
            1..9,
            "error[SW0001]: it is wrong\n --> a.asl.json:1:1\n  |\n1 | é\n  | ^\n\n",
        );
    }
}
