//! Documents: typing is rebased, undo takes back what the user did and nothing else.

use std::sync::Arc;
use std::time::Duration;

use asl::text::Format;
use asl::text::merge::difference;

use super::*;

fn document(text: &str) -> Document {
    Document::new(Arc::from(text), Format::Json, false)
}

fn typed(
    document: &mut Document,
    base: impl Into<Option<u32>>,
    from: u32,
    to: u32,
    insert: &str,
    at: u64,
) -> u32 {
    let changes = [(from, to, insert.to_owned())];
    let base = base.into().unwrap_or(document.version());
    document
        .change(base, &changes, "editor", Duration::from_millis(at))
        .unwrap()
        .version
}

#[test]
fn typing_from_a_view_that_lags_is_rebased() {
    let mut document = document("one two");
    typed(&mut document, 1, 0, 0, "zero ", 0);
    typed(&mut document, 1, 7, 7, " three", 10);
    assert_eq!(&**document.text(), "zero one two three");
    typed(&mut document, 2, 5, 8, "ONE", 20);
    assert_eq!(&**document.text(), "zero ONE two three");
    let error = document.change(9, &[], "editor", Duration::ZERO).unwrap_err();
    assert!(matches!(error, DocumentError::Stale { base: 9, version: 4 }));
    let error = document.change(4, &[(5, 999, String::new())], "editor", Duration::ZERO);
    assert!(error.is_ok(), "an end behind the text is its end");
}

#[test]
fn offsets_are_utf16_on_the_wire() {
    let mut document = document("😀 x");
    let applied = document
        .change(1, &[(3, 4, "é".into())], "editor", Duration::ZERO)
        .unwrap();
    assert_eq!(&**document.text(), "😀 é");
    assert_eq!(applied.utf16, [(3, 4, "é".to_owned())]);
}

#[test]
fn typing_is_grouped_by_pause_line_and_view() {
    let mut document = document("");
    for (at, key) in ["a", "b", "c"].iter().enumerate() {
        typed(&mut document, None, at as u32, at as u32, key, at as u64 * 100);
    }
    typed(&mut document, None, 3, 3, "d", 5_000);
    typed(&mut document, None, 4, 4, "\n", 5_100);
    typed(&mut document, None, 5, 5, "e", 5_200);
    let mut texts = vec![document.text().to_string()];
    while document.undo().is_ok() {
        texts.push(document.text().to_string());
    }
    assert_eq!(texts, ["abcd\ne", "abcd\n", "abcd", "abc", ""]);
    while document.redo().is_ok() {}
    assert_eq!(&**document.text(), "abcd\ne");
}

#[test]
fn undo_leaves_alone_what_another_program_did_in_between() {
    let mut document = document("first\nsecond\nthird\n");
    typed(&mut document, 1, 0, 5, "FIRST", 0);
    document.change_from_disk(difference(
        "FIRST\nsecond\nthird\n",
        "// new\nFIRST\nsecond\nthird changed\n",
    ));
    typed(&mut document, 3, 13, 19, "SECOND", 9_000);
    assert_eq!(&**document.text(), "// new\nFIRST\nSECOND\nthird changed\n");
    document.undo().unwrap();
    document.undo().unwrap();
    assert_eq!(&**document.text(), "// new\nfirst\nsecond\nthird changed\n");
    assert!(document.undo().is_err());
    document.redo().unwrap();
    document.change_from_disk(difference(
        &document.text().clone(),
        "// newer\nFIRST\nsecond\nthird changed\n",
    ));
    document.redo().unwrap();
    assert_eq!(&**document.text(), "// newer\nFIRST\nSECOND\nthird changed\n");
    document.undo().unwrap();
    document.undo().unwrap();
    assert_eq!(&**document.text(), "// newer\nfirst\nsecond\nthird changed\n");
}

#[test]
fn a_gesture_is_one_step_between_typing() {
    let text = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\"Type\": \"Succeed\"}\n  }\n}\n";
    let mut document = document(text);
    typed(&mut document, 1, 1, 1, " ", 0);
    let applied = document
        .edit(&Edit::RenameState {
            state: "A".into(),
            to: "B".into(),
        })
        .unwrap();
    assert_eq!(
        (applied.select.as_deref(), applied.changes.list().len()),
        (Some("B"), 2)
    );
    assert_eq!(document.undo_label(), Some("Rename A"));
    assert!(document.text().contains("\"StartAt\": \"B\""));
    document.undo().unwrap();
    assert_eq!(document.undo_label(), Some("Typing"));
    document.undo().unwrap();
    assert_eq!(&**document.text(), text);
}

#[test]
fn what_can_only_be_read_is_not_changed() {
    let mut document = Document::new(Arc::from("{}"), Format::Json, true);
    assert!(matches!(
        document.change(1, &[], "editor", Duration::ZERO),
        Err(DocumentError::ReadOnly)
    ));
    let edit = Edit::SetField {
        state: None,
        pointer: "/Comment".into(),
        value: Some("1".into()),
    };
    assert!(matches!(document.edit(&edit), Err(DocumentError::ReadOnly)));
}
