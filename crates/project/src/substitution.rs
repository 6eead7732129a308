//! What a template puts into a definition before it is read: values for `${Name}`, and for the calls of
//! CloudFormation's functions in a `Definition:`.
//!
//! A call becomes a text with `${Name}` first, as AWS SAM does it. (AWS SAM developer guide,
//! "AWS::Serverless::StateMachine", `Definition`, `DefinitionSubstitutions`.)

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use asl::text::{Format, Node, Tree};

/// A definition with its substitutions resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substituted {
    /// The text.
    pub text: String,
    /// Names that nothing is known for; they were left as they are.
    pub unresolved: BTreeSet<String>,
}

/// Replaces every `${Name}` that has a value. In JSON, values inside a string are escaped as JSON demands.
#[must_use]
pub fn substitute(text: &str, format: Format, values: &BTreeMap<String, String>) -> Substituted {
    let mut out = String::with_capacity(text.len());
    let mut unresolved = BTreeSet::new();
    let mut rest = text;
    while let Some((before, name, after)) = next_placeholder(rest) {
        out.push_str(before);
        match values.get(name) {
            Some(value) if format == Format::Json && in_string(&out) => out.push_str(&escaped(value)),
            Some(value) => out.push_str(value),
            None => {
                unresolved.insert(name.to_owned());
                out.push_str(&rest[before.len()..rest.len() - after.len()]);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    Substituted {
        text: out,
        unresolved,
    }
}

/// Replaces every call that `calls` knows by its source. In JSON and in YAML, what it comes to is written as a string.
#[must_use]
pub(crate) fn without_calls<'t>(
    text: &'t str,
    format: Format,
    calls: &BTreeMap<String, String>,
) -> Cow<'t, str> {
    if calls.is_empty() {
        return text.into();
    }
    let tree = Tree::parse(text, format);
    let mut out = String::with_capacity(text.len());
    let mut written = 0;
    for node in tree.root().map(outermost_calls).unwrap_or_default() {
        let range = node.full_range();
        if let Some(value) = calls.get(&text[range.clone()]) {
            out.push_str(&text[written..range.start]);
            out.push_str(&asl::value::Value::from(value.as_str()).to_json());
            written = range.end;
        }
    }
    out.push_str(&text[written..]);
    out.into()
}

/// The calls in a definition that stand in no other call, in the order of the text.
pub(crate) fn outermost_calls(node: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if node.is_alias() {
            continue;
        }
        if call(node).is_some() {
            found.push(node);
            continue;
        }
        let inside = node.members().filter_map(|member| member.value);
        open.extend(inside.chain(node.items()));
    }
    found.sort_by_key(|node| node.range().start);
    found
}

/// A function call, by tag (`!GetAtt X.Arn`) or by its long form (`Fn::GetAtt: [X, Arn]`): its short name and argument.
pub(crate) fn call(node: Node<'_>) -> Option<(String, Node<'_>)> {
    if let Some(tag) = node.tag().and_then(|tag| tag.strip_prefix('!')) {
        return Some((tag.to_owned(), node));
    }
    let mut members = node.members();
    let (member, rest) = (members.next()?, members.next());
    if rest.is_some() {
        return None;
    }
    let name = match member.name.as_ref() {
        "Ref" => "Ref",
        name => name.strip_prefix("Fn::")?,
    };
    Some((name.to_owned(), member.value?))
}

fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("${")?;
        let end = start + text[start..].find('}')?;
        let name = &text[start + 2..end];
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.');
        if !name.is_empty() && name.chars().all(is_name) {
            return Some((&text[..start], name, &text[end + 1..]));
        }
        from = start + 2;
    }
}

/// Whether the end of `text` lies inside a JSON string: strings do not span lines, so the last line tells.
fn in_string(text: &str) -> bool {
    let line = text.rfind('\n').map_or(text, |at| &text[at + 1..]);
    let mut inside = false;
    let mut escaped = false;
    for c in line.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            _ => {}
        }
    }
    inside
}

fn escaped(value: &str) -> String {
    let quoted = asl::value::Value::from(value).to_json();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        let values: BTreeMap<String, String> = [
            ("Arn", "arn:x"),
            ("N", "3"),
            ("Q", "a\"b"),
            ("AWS::Region", "eu-west-1"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for (text, format, expected, unresolved) in [
            (
                r#"{"Resource": "${Arn}"}"#,
                Format::Json,
                r#"{"Resource": "arn:x"}"#,
                "",
            ),
            (
                r#"{"Max": ${N}, "A": "${Q}"}"#,
                Format::Json,
                r#"{"Max": 3, "A": "a\"b"}"#,
                "",
            ),
            ("A: ${Q}", Format::Yaml, "A: a\"b", ""),
            (
                r#""${Nope}${AWS::Region}${}${ x }${"#,
                Format::Json,
                r#""${Nope}eu-west-1${}${ x }${"#,
                "Nope",
            ),
            ("\"States.Format('${')", Format::Json, "\"States.Format('${')", ""),
        ] {
            let result = substitute(text, format, &values);
            assert_eq!(result.text, expected);
            assert_eq!(result.unresolved.into_iter().collect::<String>(), unresolved);
        }
    }
}
