//! What stands between two events: blanks, comments, colons, dashes, tags and anchors.

/// Behind blanks, line breaks and comments. A comment starts its line or has a blank before it.
pub(super) fn behind_trivia(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() => at = line_end(text, at),
            _ => break,
        }
    }
    at
}

/// Where the line of `at` ends, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..]
        .find(['\n', '\r'])
        .map_or(text.len(), |length| at + length)
}

/// Behind `mark`, if that comes next over trivia.
pub(super) fn behind_mark(text: &str, from: usize, mark: u8) -> Option<usize> {
    let at = behind_trivia(text, from);
    (text.as_bytes().get(at) == Some(&mark)).then_some(at + 1)
}

/// Behind the tags and anchors that come next, and the trivia after each.
pub(super) fn behind_properties(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    while matches!(text.as_bytes().get(at), Some(b'!' | b'&')) {
        let rest = &text[at..end.max(at)];
        let verbatim = rest.starts_with("!<");
        let length = rest.find(|c: char| match c {
            '>' => verbatim,
            ',' | '[' | ']' | '{' | '}' => !verbatim,
            _ => c.is_ascii_whitespace(),
        });
        let property_end = at + length.map_or(rest.len(), |length| length + usize::from(verbatim));
        let next = behind_trivia(text, property_end.min(end));
        if next >= end {
            return property_end.min(end);
        }
        at = next;
    }
    at
}

/// How many blanks start the line that starts at `line`, unless it has nothing but a comment.
pub(super) fn indentation(text: &str, line: usize) -> Option<usize> {
    let rest = &text[line..line_end(text, line)];
    let blanks = rest.bytes().take_while(|&byte| byte == b' ').count();
    let content = rest[blanks..].trim_start();
    (!content.is_empty() && !content.starts_with('#')).then_some(blanks)
}

/// Where the line of `at` starts.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line| line + 1)
}

/// How far `at` is from the start of its line.
pub(super) fn column(text: &str, at: usize) -> usize {
    let line = line_start(text, at);
    let mark = if line == 0 && text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    (at - line).saturating_sub(mark)
}

/// Behind the quote that closes the text which starts at `start`; `end` where none does.
pub(super) fn quoted_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = &text.as_bytes()[..end];
    let Some(&quote) = bytes.get(start) else {
        return end;
    };
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        let is_pair = byte == b'\\' && quote == b'"'
            || byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote);
        if byte == quote && !is_pair {
            return at + 1;
        }
        at += if is_pair { 2 } else { 1 };
    }
    end
}

/// The end of the block scalar whose header starts at `start`, without the blank lines after it.
pub(super) fn block_scalar_end(text: &str, start: usize, end: usize) -> usize {
    let indicators = text[start..]
        .bytes()
        .take_while(|byte| b"|>+-0123456789".contains(byte))
        .count();
    let content = text[start..end.max(start)].trim_end().len();
    start + content.max(indicators)
}
