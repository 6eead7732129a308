//! SW0001 – SW0006: what the parser found, see [`crate::text::fault`].

use super::check::Check;
use super::said::{self, Said};
use super::{Diagnostic, Fix, Severity};
use crate::text::{Changes, Node, fault};

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(check.tree.faults().iter().map(|fault| {
        Diagnostic {
            code: fault.code,
            severity: Severity::Error,
            message: fault.message.clone(),
            range: fault.range.clone(),
            pointer: check
                .tree
                .node_at(fault.range.start)
                .map(Node::pointer)
                .unwrap_or_default(),
            state: check
                .definition
                .state_at_offset(fault.range.start)
                .map(|state| state.key.clone()),
            fix: fault.fix.as_ref().map(|fix| Fix {
                label: fix.label.to_owned(),
                changes: Changes::one(fix.change.clone()),
                removes: false,
            }),
            said: (fault.code == fault::TOO_DEEP).then(|| Said {
                code: said::TOO_DEEP,
                message: fault.message.clone(),
                location: None,
            }),
        }
    }));
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::tests::all;
    use crate::text::Format;

    #[test]
    fn a_fault_does_not_spoil_the_rest() {
        for (text, format, code, state) in [
            (
                r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1 "End": true}}}"#,
                Format::Json,
                "SW0001",
                Some("A"),
            ),
            (
                r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true},}}"#,
                Format::Json,
                "SW0002",
                Some("A"),
            ),
        ] {
            let found = all(text, format);
            let seen: Vec<_> = found.iter().map(|one| (one.code, one.state.as_deref())).collect();
            assert_eq!(seen, [(code, state)], "{found:#?}");
        }
    }
}
