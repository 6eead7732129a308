//! Where output goes: results to stdout, everything else to stderr; colour only on a terminal.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use crate::failure::{FAILED, Failure, WRONG};

/// stdout and stderr.
pub(crate) struct Screen {
    out: BufWriter<Stdout>,
    /// Colour on stdout.
    pub(crate) colour: bool,
    /// Colour on stderr.
    pub(crate) note_colour: bool,
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Bold,
    Dim,
    Good,
    Bad,
    Waiting,
}

impl Look {
    fn code(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Good => "32",
            Self::Bad => "31",
            Self::Waiting => "33",
        }
    }
}

impl Screen {
    pub(crate) fn new() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let wanted = !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self {
            colour: wanted && io::stdout().is_terminal(),
            note_colour: wanted && io::stderr().is_terminal(),
            out: BufWriter::new(io::stdout()),
        }
    }

    /// A text in a look, where stdout takes colour.
    pub(crate) fn look(&self, look: Look, text: impl Display) -> String {
        coloured(self.colour, look, text)
    }

    /// A text in a look, where stderr takes colour.
    pub(crate) fn note_look(&self, look: Look, text: impl Display) -> String {
        coloured(self.note_colour, look, text)
    }

    /// A line of the result.
    pub(crate) fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// The result as it is.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// A line beside the result. Nobody may read it, and that is no fault.
    pub(crate) fn note(&self, text: impl Display) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// A warning beside the result.
    pub(crate) fn warn(&self, text: impl Display) {
        self.note(format_args!(
            "{} {text}",
            coloured(self.note_colour, Look::Waiting, "warning:")
        ));
    }

    /// Says why a command ended early; the answer is its exit code.
    pub(crate) fn tell(&mut self, failure: &Failure) -> u8 {
        let flushed = self.out.flush();
        match failure {
            Failure::Closed => return FAILED,
            Failure::Told => {}
            Failure::Message { message, help } => {
                self.note(format_args!(
                    "{} {message}",
                    coloured(self.note_colour, Look::Bad, "error:")
                ));
                if let Some(help) = help {
                    self.note(format_args!(
                        "{} {help}",
                        coloured(self.note_colour, Look::Bold, "help:")
                    ));
                }
            }
        }
        // What was printed before matters less than why it ended.
        drop(flushed);
        WRONG
    }
}

fn coloured(colour: bool, look: Look, text: impl Display) -> String {
    if colour {
        format!("\x1b[{}m{text}\x1b[0m", look.code())
    } else {
        text.to_string()
    }
}

/// A text from a run or a file without what would move a terminal's cursor or change its colours.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() {
                if c == '\t' { ' ' } else { '\u{fffd}' }
            } else {
                c
            }
        })
        .collect()
}

/// A text as a word of a command that can be pasted into a POSIX shell.
pub(crate) fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+=:@%,~".contains(c);
    if !text.is_empty() && text.chars().all(plain) && !text.starts_with('~') {
        return text.to_owned();
    }
    format!("'{}'", printable(text).replace('\'', "'\\''"))
}

/// The first line of a text, cut.
pub(crate) fn first_line(text: &str, longest: usize) -> String {
    let line = printable(text.lines().next().unwrap_or_default());
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_command_the_terminal() {
        for (text, expected) in [
            ("plain – é", "plain – é"),
            ("a\tb", "a b"),
            ("\x1b[31mred", "\u{fffd}[31mred"),
            ("back\x08\r\u{9b}", "back\u{fffd}\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(printable(text), expected);
        }
        for (text, expected) in [
            ("a/b-c.json", "a/b-c.json"),
            ("mein Projekt ñ", "'mein Projekt ñ'"),
            ("it's", "'it'\\''s'"),
            ("$(x)", "'$(x)'"),
            ("~x", "'~x'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(text), expected);
        }
        assert_eq!(first_line("äbc\nd", 2), "äb…");
        assert_eq!(first_line("äb\nd", 2), "äb");
    }
}
