//! SW0050: what stands in `{% … %}` is not JSONata, or newer than the service's version of it. The mark stands inside the text.

use super::check::Check;
use super::fixes::rewrite_part;
use super::{Diagnostic, Severity, said};
use crate::expressions::{Content, Written};

const CODE: &str = "SW0050";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for written in check.expressions() {
        if let Content::Expression {
            outline: Err(fault), ..
        } = &written.content
        {
            let message = match &fault.hint {
                Some(hint) => format!("{}; {hint}", fault.message),
                None => fault.message.clone(),
            };
            let place = mark(written, &fault.range);
            let mut diagnostic = check.on(CODE, Severity::Error, written.node, place, message);
            diagnostic.fix = fault.repair.as_ref().and_then(|repair| {
                let place = written.place(&repair.range);
                rewrite_part(written.node, place, &repair.text, repair.label.clone())
            });
            // The service gives the parser's sentence, which has no hint.
            found.push(diagnostic.said(said::INVALID_JSONATA, written.node, fault.message.clone()));
        }
    }
}

/// The bytes at fault; all of the text where there are none, as in `{% %}`.
fn mark(written: &Written<'_>, part: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let place = written.place(part);
    match place.is_empty() {
        true => written.node.range(),
        false => place,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::tests::{all, state};
    use crate::text::Format;

    /// The message, the text that is marked, and what the fix makes of the expression.
    fn shown(text: &str, format: Format) -> Vec<(String, String, Option<String>)> {
        let found = all(text, format)
            .into_iter()
            .filter(|one| one.code == super::CODE);
        found
            .map(|one| {
                let fixed = one.fix.as_ref().map(|fix| fix.changes.apply(text));
                (one.message, text[one.range].to_owned(), fixed)
            })
            .collect()
    }

    fn pass(expression: &str) -> String {
        let quoted = serde_json::Value::from(format!("{{% {expression} %}}"));
        state(&format!(
            r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": {{"a": [{quoted}]}}, "End": true"#
        ))
    }

    #[test]
    fn faults_have_a_place_and_a_fix() {
        for (expression, message, marked, mended) in [
            ("1 +", "S0207: Unexpected end of expression", "+", None),
            (
                "$sum($x",
                "S0203: Expected \")\" before end of expression; \"(\" is not closed",
                "(",
                Some("$sum($x)"),
            ),
            (
                "{'a': [1, 2",
                "S0203: Expected \"]\" before end of expression; \"[\" is not closed",
                "[",
                Some("{'a': [1, 2]}"),
            ),
            ("$sum($x))", "S0201: Syntax error: \")\"", ")", Some("$sum($x)")),
            (
                "$sum($x]",
                "S0202: Expected \")\", got \"]\"",
                "]",
                Some("$sum($x)"),
            ),
            (
                "'open & $x",
                "S0101: String literal must be terminated by a matching quote",
                "'open & $x",
                Some("'open & $x'"),
            ),
            (
                "$f('open)",
                "S0101: String literal must be terminated by a matching quote",
                "'open)",
                Some("$f('open')"),
            ),
            (
                "a.`b",
                "S0105: Quoted property name must be terminated with a backquote (`)",
                "`b",
                Some("a.`b`"),
            ),
            (
                "1 /* c",
                "S0106: Comment has no closing tag",
                "/* c",
                Some("1 /* c*/"),
            ),
            (
                "$match($x, /a)",
                "S0302: No terminating / in regular expression",
                "/a)",
                Some("$match($x, /a/)"),
            ),
            ("'a\\q'", "S0103: Unsupported escape sequence: \\q", "\\\\q", None),
            ("1e999", "S0102: Number out of range: 1e999", "1e999", None),
            (
                "$x == 1",
                "S0211: The symbol \"=\" cannot be used as a unary operator; JSONata compares with \"=\"",
                "==",
                Some("$x = 1"),
            ),
            (
                "$x && $y",
                "S0211: The symbol \"&\" cannot be used as a unary operator; JSONata writes \"and\"",
                "&&",
                Some("$x and $y"),
            ),
            (
                "$x||$y",
                "S0201: Syntax error: \"|\"; JSONata writes \"or\"",
                "||",
                Some("$x or $y"),
            ),
            (
                "!$x",
                "S0204: Unknown operator: \"!\"; JSONata negates with $not(…)",
                "!",
                None,
            ),
            ("$x $y", "S0201: Syntax error: \"$y\"", "$y", None),
            (
                "$x.1",
                "S0213: The literal value 1 cannot be used as a step within a path expression",
                "1",
                None,
            ),
            (
                "function(a){1}",
                "S0208: Parameter of function definition must be a variable name (start with $)",
                "a",
                None,
            ),
            ("'a'(1)", "T1006: Attempted to invoke a non-function", "(1)", None),
            (
                "$x.a ?? 'none'",
                "S0211: The symbol \"?\" cannot be used as a unary operator; ?? is newer than JSONata 2.0.6; write $exists(a) ? a : b",
                "??",
                Some("($exists($x.a) ? $x.a : 'none')"),
            ),
            (
                "[1, $x ?: (2 ? 3 : 4)]",
                "S0211: The symbol \":\" cannot be used as a unary operator; ?: is newer than JSONata 2.0.6; write a ? a : b",
                "?:",
                Some("[1, ($x ? $x : (2 ? 3 : 4))]"),
            ),
            (
                "$eval('1')",
                "T1006: Attempted to invoke a non-function: $eval is not supported; $parse reads JSON",
                "$eval",
                Some("$parse('1')"),
            ),
        ] {
            let text = pass(expression);
            let found = shown(&text, Format::Json);
            let expected = (message.to_owned(), marked.to_owned(), mended.map(pass));
            assert_eq!(found, [expected], "{expression}");
        }
        assert_eq!(shown(&pass("$sum($x.a[b = 'c']) ~> $string()"), Format::Json), []);
        assert_eq!(shown(&pass("1 + ${Open} +"), Format::Json), []);
        let empty = state(r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": "{%%}", "End": true"#);
        assert_eq!(shown(&empty, Format::Json)[0].1, "\"{%%}\"");
    }

    #[test]
    fn places_are_found_through_escapes() {
        let text = pass("\"é\" & \"\\\"\" &* 2");
        let found = shown(&text, Format::Json);
        assert_eq!((found[0].1.as_str(), found.len()), ("2", 1), "{text} {found:?}");
        let yaml = |value: &str| {
            format!(
                "StartAt: A\nQueryLanguage: JSONata\nStates:\n  A:\n    Type: Succeed\n    Output: {value}\n"
            )
        };
        for (value, marked, fixed) in [
            ("'{% $sum(''a'' %}'", "(", Some("'{% $sum(''a'') %}'")),
            ("'{% ''a %}'", "''a", Some("'{% ''a'' %}'")),
            (
                "|-\n      {% $sum(\n        'a' %}",
                "(",
                Some("|-\n      {% $sum(\n        'a') %}"),
            ),
            (
                "\"{% 1 == \\\n      1 %}\"",
                "==",
                Some("\"{% 1 = \\\n      1 %}\""),
            ),
        ] {
            let text = yaml(value);
            let found = shown(&text, Format::Yaml);
            assert_eq!(
                (found[0].1.as_str(), found[0].2.clone()),
                (marked, fixed.map(yaml)),
                "{text}"
            );
        }
    }
}
