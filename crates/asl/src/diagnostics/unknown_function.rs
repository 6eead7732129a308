//! SW0052: an expression calls a function that JSONata 2.0.6 and the service do not have. Variables hold no functions, so
//! only those that the expression defines itself can be called besides.

use super::check::Check;
use super::fixes::rewrite_part;
use super::{Diagnostic, Severity};
use crate::expr::jsonata::FUNCTIONS;

const CODE: &str = "SW0052";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    for (written, outline) in check.outlines() {
        for function in &outline.unknown_functions {
            let near = check.did_you_mean(&function.name, FUNCTIONS.iter().copied());
            let hint = match near {
                Some(near) => format!("did you mean ${near}?"),
                None => "define it in the expression, or use another".to_owned(),
            };
            let message = format!("JSONata has no function ${}; {hint}", function.name);
            let place = written.place(&function.range);
            let mut diagnostic = check.on(CODE, Severity::Warning, written.node, place.clone(), message);
            diagnostic.fix = near.and_then(|near| {
                let label = format!("Change to ${near}");
                rewrite_part(written.node, place, &format!("${near}"), label)
            });
            found.push(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, mends, state};

    fn pass(expression: &str) -> String {
        state(&format!(
            r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": "{{% {expression} %}}", "End": true"#
        ))
    }

    #[test]
    fn table() {
        for sound in [
            "$uuid() & $string($count([1]))",
            "($f := function($x){$x}; $f(1))",
            "$map([1], function($v, $i, $a){$i})",
            "[1] ~> $map($string)",
        ] {
            check(CODE, &pass(sound), &[]);
        }
        let text = pass("1 + $lenght('a')");
        check(
            CODE,
            &text,
            &["/States/A/Output: JSONata has no function $lenght; did you mean $length?"],
        );
        marks(CODE, &text, "$lenght");
        mends(CODE, &text, &pass("1 + $length('a')"));
        check(
            CODE,
            &pass("[1] ~> $frobnicate"),
            &[
                "/States/A/Output: JSONata has no function $frobnicate; define it in the expression, or use another",
            ],
        );
    }
}
