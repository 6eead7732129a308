//! Nodes → JSON values, as the expressions and the machine want them.

use super::{Kind, Node};
use crate::value::{Number, Value};

impl Node<'_> {
    /// The value that the node stands for; none if something inside it is an error or missing. YAML's tags
    /// other than the core ones say nothing here: what they mean is for the reader of templates.
    pub fn to_value(self) -> Option<Value> {
        value(self, false)
    }

    /// The value as far as it can be understood: errors are left out, missing values are null.
    pub fn to_value_lossy(self) -> Value {
        value(self, true).unwrap_or_default()
    }
}

// The recursion is bounded: trees are at most `MAX_DEPTH` deep.
fn value(node: Node<'_>, lossy: bool) -> Option<Value> {
    match node.kind() {
        Kind::Object => object(node, lossy),
        Kind::Array => {
            let mut items = Vec::new();
            for item in node.items() {
                match value(item, lossy) {
                    Some(item) => items.push(item),
                    None if lossy => {}
                    None => return None,
                }
            }
            Some(Value::array(items))
        }
        Kind::Member => node.as_member()?.value.and_then(|inner| value(inner, lossy)),
        Kind::String => Some(Value::string(node.text().as_ref())),
        Kind::Number => number(&node.text()).map(Value::Number),
        Kind::Bool => Some(Value::Bool(node.text().eq_ignore_ascii_case("true"))),
        Kind::Null => Some(Value::Null),
        Kind::Error => None,
    }
}

fn object(node: Node<'_>, lossy: bool) -> Option<Value> {
    let mut members = Vec::new();
    for child in node.children() {
        let member = child.as_member();
        let inner = member
            .as_ref()
            .and_then(|member| member.value)
            .and_then(|inner| value(inner, lossy));
        match (member, inner) {
            (Some(member), Some(inner)) => members.push((member.name.into_owned(), inner)),
            (Some(member), None) if lossy => members.push((member.name.into_owned(), Value::Null)),
            (None, _) if lossy => {}
            _ => return None,
        }
    }
    Some(Value::object(members))
}

/// A number as JSON or YAML writes it.
pub(super) fn number(text: &str) -> Option<Number> {
    if let Ok(number) = text.parse::<Number>() {
        return Some(number);
    }
    let (negative, unsigned) = match text.strip_prefix(['+', '-']) {
        Some(unsigned) => (text.starts_with('-'), unsigned),
        None => (false, text),
    };
    let whole = match unsigned.get(..2) {
        Some("0x") => u64::from_str_radix(&unsigned[2..], 16).ok(),
        Some("0o") => u64::from_str_radix(&unsigned[2..], 8).ok(),
        _ => unsigned.parse::<u64>().ok(),
    };
    match whole {
        Some(whole) if !negative => Some(Number::from(whole)),
        Some(whole) => i64::try_from(whole).ok().map(|whole| Number::from(-whole)),
        None => Number::from_f64(text.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Format, Tree};

    fn check(text: &str, strict: Option<&str>, lossy: &str) {
        let tree = Tree::parse(text, Format::Json);
        let root = tree.root().unwrap();
        assert_eq!(
            root.to_value().map(|value| value.to_json()).as_deref(),
            strict,
            "{text:?}"
        );
        assert_eq!(root.to_value_lossy().to_json(), lossy, "{text:?}");
    }

    #[test]
    fn json() {
        let sound = r#"{"a":[1,1.0,"x\n",null,true],"":{}}"#;
        check(sound, Some(sound), sound);
        check(
            r#"{"a": 1, "b": 2, "a": 3}"#,
            Some(r#"{"a":3,"b":2}"#),
            r#"{"a":3,"b":2}"#,
        );
        check(r#"{"a": , "b": [1, oops]}"#, None, r#"{"a":null,"b":[1]}"#);
    }

    #[test]
    fn numbers() {
        for (text, json) in [
            ("1.0", "1.0"),
            ("+12", "12"),
            ("0x1F", "31"),
            ("-0o17", "-15"),
            (".5", "0.5"),
            ("012", "12"),
        ] {
            assert_eq!(super::number(text).unwrap().to_string(), json, "{text}");
        }
        assert_eq!(super::number("1e999"), None);
        assert_eq!(super::number("0x"), None);
    }
}
