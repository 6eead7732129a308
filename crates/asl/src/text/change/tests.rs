//! Changes by example, and the laws that they keep.

use proptest::prelude::*;

use super::*;

/// Changes written as `start..end text` each.
fn changes(list: &[(usize, usize, &str)]) -> Changes {
    let list = list
        .iter()
        .map(|&(start, end, insert)| TextChange::replacement(start..end, insert));
    Changes::new(list.collect()).unwrap()
}

#[test]
fn apply() {
    for (text, list, after) in [
        ("", &[(0, 0, "x")][..], "x"),
        ("abcd", &[(1, 3, "x"), (0, 0, "y"), (4, 4, "z")], "yaxdz"),
        ("abcd", &[(2, 2, "1"), (2, 2, "2"), (2, 3, "3")], "ab123d"),
        ("a€c", &[(1, 4, "")], "ac"),
        // What does not fit moves to the next place that does.
        ("a€c", &[(2, 99, "x")], "a€x"),
    ] {
        let changes = changes(list);
        assert_eq!(changes.apply(text), after, "{text:?} {list:?}");
        assert_eq!(changes.invert(text).apply(after), text, "{text:?} {list:?}");
    }
}

#[test]
fn refuse() {
    let one = |start, end| TextChange::deletion(start..end);
    assert_eq!(
        Changes::new(vec![one(0, 2), one(1, 3)]),
        Err(ChangeError::Overlap(1..3))
    );
    let backwards = TextChange::deletion(std::ops::Range { start: 3, end: 2 });
    assert_eq!(
        Changes::new(vec![backwards]),
        Err(ChangeError::Overlap(std::ops::Range { start: 3, end: 2 }))
    );
    assert_eq!(
        changes(&[(2, 2, "x")]).check("€"),
        Err(ChangeError::Outside(2..2))
    );
    assert_eq!(
        changes(&[(3, 4, "x")]).check("€"),
        Err(ChangeError::Outside(3..4))
    );
    assert_eq!(changes(&[(3, 3, "x")]).check("€"), Ok(()));
}

#[test]
fn map_offset() {
    let changes = changes(&[(2, 2, "xx"), (4, 6, "y"), (8, 9, "")]);
    for (offset, before, after) in [
        (0, 0, 0),
        (2, 2, 4),
        (3, 5, 5),
        (4, 6, 6),
        (5, 6, 7),
        (6, 7, 7),
        (8, 9, 9),
        (9, 9, 9),
        (12, 12, 12),
    ] {
        assert_eq!(
            changes.map_offset(offset, Bias::Before),
            before,
            "{offset} before"
        );
        assert_eq!(changes.map_offset(offset, Bias::After), after, "{offset} after");
    }
}

fn some_text() -> impl Strategy<Value = String> {
    "[ab€\n]{0,12}"
}

/// Changes that fit the text.
fn some_changes(text: &str) -> impl Strategy<Value = Changes> + use<> {
    let places: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let change = (any::<prop::sample::Index>(), 0_usize..4, "[xyz€]{0,3}");
    prop::collection::vec(change, 0..4).prop_map(move |list| {
        let mut fitting: Vec<TextChange> = Vec::new();
        for (at, length, insert) in list {
            let at = at.index(places.len());
            let end = (at + length).min(places.len() - 1);
            fitting.push(TextChange::replacement(places[at]..places[end], insert));
            if Changes::new(fitting.clone()).is_err() {
                fitting.pop();
            }
        }
        Changes::new(fitting).unwrap()
    })
}

fn text_and_two() -> impl Strategy<Value = (String, Changes, Changes)> {
    some_text().prop_flat_map(|text| {
        let (a, b) = (some_changes(&text), some_changes(&text));
        (Just(text), a, b)
    })
}

fn text_and_then() -> impl Strategy<Value = (String, Changes, Changes)> {
    some_text()
        .prop_flat_map(|text| (some_changes(&text), Just(text)))
        .prop_flat_map(|(first, text)| (some_changes(&first.apply(&text)), Just(first), Just(text)))
        .prop_map(|(second, first, text)| (text, first, second))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn undoing_is_the_identity((text, changes, _) in text_and_two()) {
        let after = changes.apply(&text);
        let back = changes.invert(&text);
        prop_assert_eq!(back.check(&after), Ok(()));
        prop_assert_eq!(&back.apply(&after), &text);
        prop_assert_eq!(back.invert(&after).apply(&text), after);
    }

    #[test]
    fn composing_is_doing_both((text, first, second) in text_and_then()) {
        let both = first.compose(&second);
        prop_assert_eq!(both.check(&text), Ok(()));
        prop_assert_eq!(both.apply(&text), second.apply(&first.apply(&text)));
        prop_assert_eq!(Changes::new(both.list().to_vec()), Ok(both));
    }

    #[test]
    fn concurrent_changes_converge((text, a, b) in text_and_two()) {
        let b_after_a = b.rebase(&a, Side::After);
        let a_after_b = a.rebase(&b, Side::Before);
        prop_assert_eq!(b_after_a.check(&a.apply(&text)), Ok(()));
        prop_assert_eq!(b_after_a.apply(&a.apply(&text)), a_after_b.apply(&b.apply(&text)));
        prop_assert_eq!(Changes::new(b_after_a.list().to_vec()), Ok(b_after_a));
    }

    #[test]
    fn places_keep_what_stands_before_them((text, changes, _) in text_and_two(), at in any::<prop::sample::Index>()) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let offset = places[at.index(places.len())];
        let (before, after) = (changes.map_offset(offset, Bias::Before), changes.map_offset(offset, Bias::After));
        prop_assert!(before <= after);
        let done = changes.apply(&text);
        prop_assert!(done.is_char_boundary(before) && done.is_char_boundary(after));
        // A marker put there before the changes is found there after them.
        let marked = changes.rebase(&Changes::one(TextChange::insertion(offset, "|")), Side::Before);
        let with_mark = marked.apply(&format!("{}|{}", &text[..offset], &text[offset..]));
        let touched = changes.list().iter().any(|change| change.range.contains(&offset));
        if !touched {
            prop_assert_eq!(with_mark.find('|'), Some(after));
        }
    }
}
