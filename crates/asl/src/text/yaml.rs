//! YAML → nodes and faults, from the events of saphyr's parser.
//!
//! That parser ends at the first error. Then we go on by indentation: the next line that stands in the column
//! of a block which is still open is read as that block's continuation, by a parser of its own; what lies
//! between is an error node. So a damaged line costs that line and what is indented under it.
//!
//! The law, as for JSON: a state that ends on a line before the damage is still drawn. What is in the tree stays
//! there; what the parser had read but held back is taken from the lines before the error (`flush`).
//!
//! | file | what it is for |
//! |---|---|
//! | `build.rs` | events → nodes, and where exactly they stand |
//! | `gap.rs` | what stands between two events: colons, dashes, tags, comments |
//! | `plain.rs` | what a plain scalar or a tag makes of a text |

mod build;
mod gap;
mod plain;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use self::build::Builder;
use super::arena::Arena;
use super::fault::Fault;

/// After so many attempts to go on, the rest is left as it is.
const MAX_ATTEMPTS: usize = 200;

/// So many shorter pieces of the text before an error are tried.
const MAX_CUTS: usize = 4;

/// So many closing brackets may stand too far to the left.
const MAX_HANGING_BRACKETS: usize = 50;

/// Reads a text.
pub(super) fn parse(text: &str) -> (Arena, Vec<Fault>) {
    let chars = Characters::of(text);
    let mut source = Cow::Borrowed(text);
    let mut builder = Builder::new(text);
    let mut outcome = run(&mut builder, &source, &chars, 0);
    for _ in 0..MAX_HANGING_BRACKETS {
        let Outcome::HangingBracket(at) = outcome else {
            break;
        };
        source = Cow::Owned(pull_up(&source, at));
        builder = Builder::new(text);
        outcome = run(&mut builder, &source, &chars, 0);
    }
    let mut from = builder.next_line(0);
    for _ in 0..MAX_ATTEMPTS {
        if outcome == Outcome::Finished {
            break;
        }
        let Some(line) = from.and_then(|from| builder.next_resumable_line(from)) else {
            break;
        };
        outcome = run(&mut builder, &source, &chars, line);
        from = builder.next_line(line);
    }
    builder.finish()
}

/// The text with the bracket at `at` on the line before it, and every byte where it was. The service's own
/// reader does not mind how far to the left a closing bracket stands; saphyr's does.
fn pull_up(text: &str, at: usize) -> String {
    let before = text[..at].trim_end().len();
    format!("{}{}{}", &text[..before], " ".repeat(at - before), &text[at..])
}

#[derive(PartialEq, Eq)]
enum Outcome {
    /// The text came to its end, or its first document did.
    Finished,
    /// It may go on at another line.
    Stopped,
    /// A bracket that closes something stands further to the left than saphyr allows.
    HangingBracket(usize),
}

/// Feeds the events of the text from `start`, which is the start of a line, to the builder.
fn run(builder: &mut Builder<'_>, source: &str, chars: &Characters, start: usize) -> Outcome {
    let base = chars.count_before(start);
    let offset = |index: usize| chars.offset(base + index);
    let mut parser = Parser::new_from_str(&source[start..]);
    builder.start_run();
    for seen in 0.. {
        let (event, span) = match parser.next_event() {
            Some(Ok(event)) => event,
            Some(Err(error)) => {
                // A resumed block that ended, or a line that did not go on with it, is no news.
                let at = offset(error.marker().index());
                let is_hanging = source[at..].starts_with(['}', ']'])
                    && source[..at].trim_end_matches(' ').ends_with('\n');
                if start == 0 && is_hanging && builder.in_flow() {
                    builder.syntax_fault(at, error.info());
                    return Outcome::HangingBracket(at);
                }
                let is_news = start == 0 || builder.run_has_joined() && !builder.run_just_ended(at);
                flush(builder, source, chars, start, at, seen);
                if is_news {
                    builder.syntax_fault(at, error.info());
                }
                return Outcome::Stopped;
            }
            None => return Outcome::Finished,
        };
        let range = offset(span.start.index())..offset(span.end.index());
        match event {
            Event::DocumentStart(explicit) => {
                if builder.is_second_document(explicit, range) {
                    return Outcome::Finished;
                }
            }
            Event::StreamEnd if start == 0 || builder.run_has_joined() => return Outcome::Finished,
            Event::StreamEnd => return Outcome::Stopped,
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            event => builder.event(event, range),
        }
    }
    Outcome::Stopped
}

/// Feeds what the parser had read before an error at `at` but held back: a plain scalar, for one, is told of only
/// when its next line has been seen, and that line may be the damaged one. So the lines before it are read once
/// more without it; the first `seen` events are known.
fn flush(builder: &mut Builder<'_>, source: &str, chars: &Characters, start: usize, at: usize, seen: usize) {
    let base = chars.count_before(start);
    let mut cut = builder.next_line(at).unwrap_or(source.len());
    let mut found = None;
    for _ in 0..MAX_CUTS {
        match events(&source[start..cut], seen) {
            Ok(events) => {
                found = Some(events);
                break;
            }
            Err(index) => {
                let before = chars.offset(base + index).min(cut.saturating_sub(1));
                cut = gap::line_start(source, source.floor_char_boundary(before));
            }
        }
        if cut <= start {
            return;
        }
    }
    // An error may be told of at the start of a text that goes on, undamaged, on its first line.
    let longer = builder
        .next_line(cut)
        .and_then(|cut| events(&source[start..cut], seen).ok());
    let mut held = longer.or(found).unwrap_or_default();
    let range = |span: &Span| chars.offset(base + span.start.index())..chars.offset(base + span.end.index());
    while held
        .pop_if(|(event, span)| is_made_by_the_end(event, &source[range(span)]))
        .is_some()
    {}
    for (event, span) in held {
        let range = range(&span);
        match event {
            Event::DocumentStart(explicit) => {
                builder.is_second_document(explicit, range);
            }
            Event::Nothing | Event::StreamStart | Event::DocumentEnd | Event::StreamEnd => {}
            event => builder.event(event, range),
        }
    }
}

/// Whether an event is there only because the text was cut: what is open goes on behind the damage.
fn is_made_by_the_end(event: &Event<'_>, source: &str) -> bool {
    match event {
        Event::MappingEnd | Event::SequenceEnd => !source.ends_with(['}', ']']),
        Event::Scalar(text, ScalarStyle::Plain, 0, None) => text.is_empty(),
        Event::DocumentEnd | Event::StreamEnd => true,
        _ => false,
    }
}

type Events<'t> = Vec<(Event<'t>, Span)>;

/// The events of a text behind the first `seen`; the place of the error if there is one.
fn events(text: &str, seen: usize) -> Result<Events<'_>, usize> {
    let mut parser = Parser::new_from_str(text);
    let mut events = Vec::new();
    for count in 0.. {
        match parser.next_event() {
            Some(Ok(event)) if count >= seen => events.push(event),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error.marker().index()),
            None => break,
        }
    }
    Ok(events)
}

/// Whether a plain scalar of this text is text, and no number, truth value or null.
pub(super) fn plain_is_text(text: &str) -> bool {
    plain::kind(text) == super::Kind::String
}

/// Where characters start, as saphyr counts characters and we count bytes.
struct Characters {
    /// None for ASCII, where both are the same.
    offsets: Option<Vec<u32>>,
    len: usize,
}

impl Characters {
    fn of(text: &str) -> Characters {
        let offsets = || text.char_indices().map(|(at, _)| at as u32).collect();
        Characters {
            offsets: (!text.is_ascii()).then(offsets),
            len: text.len(),
        }
    }

    fn offset(&self, index: usize) -> usize {
        match &self.offsets {
            Some(offsets) => offsets.get(index).map_or(self.len, |&at| at as usize),
            None => index.min(self.len),
        }
    }

    fn count_before(&self, offset: usize) -> usize {
        match &self.offsets {
            Some(offsets) => offsets.partition_point(|&at| (at as usize) < offset),
            None => offset,
        }
    }
}
