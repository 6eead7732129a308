//! SW0054: `$`, `$$` or a bare name with nothing that it could start from. An expression has no input of its own, so that
//! these mean something inside a path, a filter or a mapping only.

use super::check::Check;
use super::fixes::rewrite_part;
use super::{Diagnostic, Severity};
use crate::expr::jsonata::Name;
use crate::expressions::Written;

const CODE: &str = "SW0054";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for (written, outline) in check.outlines() {
        for name in &outline.rootless {
            found.push(report(check, written, name));
        }
    }
}

fn report(check: &Check<'_>, written: &Written<'_>, name: &Name) -> Diagnostic {
    let (shown, right, more) = match &*name.name {
        "" => ("$".to_owned(), "$states.input".to_owned(), ""),
        "$" => ("$$".to_owned(), "$states.input".to_owned(), ""),
        name => (
            format!("\"{name}\""),
            format!("$states.input.{name}"),
            ", or the text in quotes",
        ),
    };
    let message = format!(
        "{shown} has nothing to start from: an expression has no input of its own; write {right}{more}"
    );
    let place = written.place(&name.range);
    let mut diagnostic = check.on(CODE, Severity::Warning, written.node, place.clone(), message);
    // What stands in backquotes needs them there, too.
    let is_plain = name.range.len() == name.name.len() || matches!(&*name.name, "" | "$");
    diagnostic.fix = is_plain
        .then(|| rewrite_part(written.node, place, &right, format!("Change to {right}")))
        .flatten();
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, mends, state};

    fn pass(expression: &str) -> String {
        state(&format!(
            r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": "{{% {expression} %}}", "End": true"#
        ))
    }

    #[test]
    fn table() {
        for sound in [
            "$states.input.items[price > 1].{'n': name, 'all': $}",
            "$map($states.input, function($v){$v.name})",
            "$states.input.items^(>price)[0]",
        ] {
            check(CODE, &pass(sound), &[]);
        }
        for (expression, message, mended) in [
            (
                "$.total",
                "$ has nothing to start from: an expression has no input of its own; write $states.input",
                "$states.input.total",
            ),
            (
                "1 + $$.total",
                "$$ has nothing to start from: an expression has no input of its own; write $states.input",
                "1 + $states.input.total",
            ),
            (
                "$sum(total)",
                "\"total\" has nothing to start from: an expression has no input of its own; write $states.input.total, or the text in quotes",
                "$sum($states.input.total)",
            ),
        ] {
            let text = pass(expression);
            check(CODE, &text, &[&format!("/States/A/Output: {message}")]);
            mends(CODE, &text, &pass(mended));
        }
    }
}
