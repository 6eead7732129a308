//! What kind of value a scalar is, by YAML 1.2's core schema. So `yes` and dates are text, and `012` is twelve.

use saphyr_parser::Tag;

use crate::text::Kind;

/// The kind of an untagged plain scalar.
pub(super) fn kind(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Bool,
        _ if is_number(text) => Kind::Number,
        _ => Kind::String,
    }
}

/// The kind of a tagged scalar. `!Sub` and its like make text.
pub(super) fn tagged_kind(tag: &Tag, text: &str, is_plain: bool) -> Kind {
    if !tag.is_yaml_core_schema() {
        return Kind::String;
    }
    match tag.suffix.as_str() {
        "null" => Kind::Null,
        "bool" | "int" | "float" if is_plain && kind(text) != Kind::Null => kind(text),
        _ => Kind::String,
    }
}

/// A tag as it is written, or a core tag in full.
pub(super) fn tag_text(tag: &Tag) -> Box<str> {
    format!("{}{}", tag.handle, tag.suffix).into()
}

/// Whether it is a number that JSON can hold; `.inf` and `.nan` are not.
pub(super) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|text| {
            let text = text.strip_prefix(['+', '-']).unwrap_or(text);
            !text.is_empty() && digits(text)
        })
}
