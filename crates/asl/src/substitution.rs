//! `${Name}` in a definition: what the template around it puts in before the definition is deployed.
//! Until then the text around it is of unknown value, and never wrong.

use crate::text::{Kind, Node};

/// Whether the text has a placeholder, so that its value is not known yet.
pub fn is_open(text: &str) -> bool {
    first_name(text).is_some()
}

/// The name in the first placeholder: `Fn` in `arn:aws:lambda:::function:${Fn}`.
pub fn first_name(text: &str) -> Option<&str> {
    // Asked of every text at every keystroke; setting up a search for a longer needle costs more than this loop.
    let start = text.as_bytes().windows(2).position(|pair| pair == b"${")?;
    let (name, _) = text[start + 2..].split_once('}')?;
    Some(name.trim())
}

/// The name, if the placeholder is all of the text.
pub fn whole_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix("${")?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(name.trim())
}

/// Whether a value is not known before the template around it is deployed (`${Name}`, `!Sub`, `{"Ref": …}`), or could
/// not be read. It is never wrong.
pub fn is_open_value(value: Node<'_>) -> bool {
    match value.kind() {
        Kind::Error => true,
        Kind::String if is_open(&value.text()) => true,
        Kind::Object => {
            let mut members = value.members();
            let first = members.next();
            first.is_some_and(|only| only.name == "Ref" || only.name.starts_with("Fn::"))
                && members.next().is_none()
        }
        _ => value.tag().is_some_and(|tag| tag.starts_with('!')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found() {
        for (text, first, whole) in [
            ("${Fn}", Some("Fn"), Some("Fn")),
            ("a ${Fn} b ${Gn}", Some("Fn"), None),
            ("${Fn}${Gn}", Some("Fn"), None),
            ("$.Fn", None, None),
            ("${Fn", None, None),
            ("", None, None),
        ] {
            assert_eq!((first_name(text), whole_name(text)), (first, whole), "{text}");
            assert_eq!(is_open(text), first.is_some(), "{text}");
        }
    }
}
