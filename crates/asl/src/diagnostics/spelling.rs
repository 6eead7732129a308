//! "Did you mean": the nearest of some words, if one is near enough.

/// Longer words are not compared: nobody misspells them by a letter.
const MAX_CHARS: usize = 80;

/// The candidate nearest to `word`, if at most a third of its letters (and no more than three) differ; a difference in
/// case alone is near. Of equally near ones the first.
pub(super) fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let letters: Vec<char> = word
        .chars()
        .flat_map(char::to_lowercase)
        .take(MAX_CHARS + 1)
        .collect();
    if letters.is_empty() || letters.len() > MAX_CHARS {
        return None;
    }
    // Of one or two letters, every other word would be near.
    let allowed = (letters.len() / 3).min(3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other: Vec<char> = candidate
            .chars()
            .flat_map(char::to_lowercase)
            .take(MAX_CHARS + 1)
            .collect();
        if other.len().abs_diff(letters.len()) > allowed || other.is_empty() || candidate == word {
            continue;
        }
        let distance = distance(&letters, &other);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Letters inserted, left out, changed, or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before_last[j - 2] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found() {
        let words = ["Next", "Resource", "ResultPath", "ResultSelector", "Retry"];
        for (word, expected) in [
            ("Nxet", Some("Next")),
            ("next", Some("Next")),
            ("Resorce", Some("Resource")),
            ("ResultPaht", Some("ResultPath")),
            ("Retyr", Some("Retry")),
            ("Foo", None),
            ("Next", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words.into_iter()), expected, "{word}");
        }
    }
}
