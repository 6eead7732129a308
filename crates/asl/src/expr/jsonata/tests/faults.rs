//! Damaged expressions: whatever is refused has a place, and what is offered mends.

use jsonata_core::parser;
use proptest::prelude::*;

use super::super::{Outline, lexer};

/// Sound ones, from which damage is made.
const SOUND: &[&str] = &[
    "$states.input.order.lines[price > 1.5].{'sku': sku, 'total': price * quantity}",
    "($f := function($n, $m)<nn:n>{$n <= 1 ? 1 : $n * $f($n - 1, $m)}; $f(3, 2) ~> $string())",
    "$map($states.result.Payload.items, function($v, $i) { $i & ': ' & $v.name })^(<$, >$i)",
    "$replace($x, /a\\/b+/i, \"c\") in ['d', `e f`] and $exists($states.errorOutput) /* why */ or null",
    "$a@$o#$i.b[$o.c = $i].%.d{k: $sum(v)}[] ~> |$|{'x': 1}, ['y']|",
    "é.ü & '\\u00e9\\ud83d\\ude00' != -1e3 .. 2 % **.*",
];

const PIECES: &[&str] = &[
    "(", ")", "[", "]", "{", "}", "'", "\"", "`", "/", "/*", "*/", "=", "==", "&&", "||", "!", "??", "?:",
    "?", ":", ",", ";", ".", "..", ":=", "$", "$eval(", "1", "and", "@", "#", "%", "~>", "\\", "|", "€", " ",
];

fn check(text: &str) {
    let refused = parser::parse(text).is_err();
    let fault = match Outline::of(text) {
        Ok(_) => return assert!(!refused, "{text:?}"),
        Err(fault) => fault,
    };
    let marked = text.get(fault.range.clone());
    assert!(
        marked.is_some_and(|marked| !marked.is_empty() || text.trim().is_empty()),
        "{text:?} {fault:?}"
    );
    let code = fault.message.split(':').next().unwrap_or_default();
    assert!(
        code.len() == 5 && code.starts_with(['S', 'T', 'U']),
        "{text:?} {fault:?}"
    );
    if lexer::tokens(text).fault.is_some() {
        assert!(refused, "{text:?}");
    }
    if let Some(repair) = fault.repair {
        let mut mended = text.to_owned();
        mended.replace_range(repair.range.clone(), &repair.text);
        let left = Outline::of(&mended).err();
        assert!(
            left.as_ref()
                .is_none_or(|left| left.range.start > repair.range.start),
            "{text:?} {repair:?} {left:?}"
        );
    }
}

#[test]
fn sound_texts_have_none() {
    for text in SOUND {
        assert_eq!(Outline::of(text).err(), None, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_refusal_has_a_place(
        sound in 0..SOUND.len(),
        damage in proptest::collection::vec((0_usize..1000, 0_usize..4, 0..PIECES.len(), any::<bool>()), 1..4),
    ) {
        let mut text = SOUND[sound].to_owned();
        for (at, removed, piece, inserts) in damage {
            let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let start = at % edges.len();
            let end = (start + removed).min(edges.len() - 1);
            text.replace_range(edges[start]..edges[end], if inserts { PIECES[piece] } else { "" });
        }
        check(&text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,20}") {
        check(&text);
    }
}

#[test]
fn a_bracket_mends_all_or_is_not_offered() {
    let repair = |text: &str| Outline::of(text).err().unwrap().repair.map(|repair| repair.label);
    assert_eq!(repair("$sum( ] )").as_deref(), Some("Remove \"]\""));
    assert_eq!(repair("$sum( ] ) + )"), None);
    assert_eq!(
        repair("$a == 1 && $b").as_deref(),
        Some("Change to \"=\""),
        "one word after the other"
    );
}
