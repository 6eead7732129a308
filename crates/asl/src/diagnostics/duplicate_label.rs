//! SW0063: two Map states have the same `Label`, which is part of their Map Runs' ARNs.

use std::collections::HashMap;

use super::check::{Check, is_open};
use super::{Diagnostic, Severity, said};
use crate::fields::Owner;
use crate::text::{Kind, Node};

const CODE: &str = "SW0063";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, Node<'_>> = HashMap::new();
    let maps = check.objects.iter().filter(|object| object.owner == Owner::Map);
    for label in maps.filter_map(|object| object.get("Label")) {
        if label.kind() != Kind::String || is_open(label) {
            continue;
        }
        let text = label.text().into_owned();
        let Some(earlier) = first.get(&text) else {
            first.insert(text, label);
            continue;
        };
        let message = format!(
            "the label \"{text}\" is taken by {}; give this Map another",
            earlier.pointer()
        );
        let diagnostic = check.about(CODE, Severity::Error, label, message);
        found.push(diagnostic.said(
            said::DUPLICATE_LABEL,
            label,
            format!("Duplicate Label name: {text}"),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, machine, marks};

    #[test]
    fn table() {
        let maps = |one: &str, other: &str| {
            machine(&format!(
                r#""A": {{"Type": "Map", "Label": "{one}", "ItemProcessor": "${{P}}", "Next": "B"}},
                "B": {{"Type": "Map", "Label": "{other}", "ItemProcessor": "${{P}}", "End": true}}"#
            ))
        };
        check(
            CODE,
            &maps("Rows", "Rows"),
            &["/States/B/Label: the label \"Rows\" is taken by /States/A/Label; give this Map another"],
        );
        marks(CODE, &maps("Rows", "Rows"), "\"Rows\"");
        check(CODE, &maps("Rows", "Lines"), &[]);
        check(CODE, &maps("${L}", "${L}"), &[]);
    }
}
