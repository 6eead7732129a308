//! SW0040: a value that is written out is larger than a payload may be, so that the state fails when it runs.
//! (Developer guide, "Service quotas": 256 KiB of input or output.)

use super::check::{Check, handle, is_open};
use super::{Diagnostic, Severity};
use crate::fields::ValueType;

const CODE: &str = "SW0040";

pub(super) fn check(check: &Check<'_>, found: &mut Vec<Diagnostic>) {
    let limit = aws::quotas::PAYLOAD_BYTES;
    for object in &check.objects {
        for (given, value, field) in object.known() {
            let written = matches!(
                field.value,
                ValueType::Any | ValueType::Payload | ValueType::PayloadObject
            );
            // Compact JSON is not longer than the text, save for YAML's aliases, which are rare and small.
            if !written || value.range().len() <= limit || is_open(value) {
                continue;
            }
            let Some(bytes) = value.to_value().map(|value| value.measure().bytes) else {
                continue;
            };
            if bytes > limit as u64 {
                let message = format!(
                    "\"{}\" has {bytes} bytes; a payload may have {limit}: keep it in a bucket and pass its key",
                    given.name
                );
                found.push(check.on(CODE, Severity::Warning, value, handle(value), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::diagnostics::tests::{check, marks, state};

    #[test]
    fn table() {
        let pass = |length: usize| {
            state(&format!(
                r#""Type": "Pass", "Result": {{"text": "{}"}}, "End": true"#,
                "x".repeat(length)
            ))
        };
        check(CODE, &pass(262_133), &[]);
        let large = pass(262_134);
        check(
            CODE,
            &large,
            &[
                "/States/A: \"Result\" has 262145 bytes; a payload may have 262144: keep it in a bucket and pass its key",
            ],
        );
        marks(CODE, &large, "\"Result\"");
    }
}
