//! Names of state machines, executions and activities.

/// Characters that no name may have, beside white space and control characters. (API reference, "CreateStateMachine".)
const FORBIDDEN: &str = "<>{}[]?*\"#%\\^|~`$&,;:/";

/// Whether the service takes this as the name of a state machine, an execution or an activity.
pub fn is_name(name: &str) -> bool {
    let characters = name.chars().count();
    (1..=crate::quotas::NAME_CHARS).contains(&characters)
        && name.chars().all(|character| {
            !character.is_whitespace() && !character.is_control() && !FORBIDDEN.contains(character)
        })
}

/// Whether the service takes this as an alias of a state machine: letters, digits, `-`, `_`, `.`, not digits alone.
pub fn is_alias(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=crate::quotas::NAME_CHARS).contains(&name.len())
        && name.bytes().all(fits)
        && !name.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, expected) in [
            ("order-fulfilment_2.0", true),
            ("Bestätigung", true),
            ("a b", false),
            ("a<b", false),
            ("a/b", false),
            ("a\u{7}b", false),
            ("", false),
            (&"x".repeat(81), false),
        ] {
            assert_eq!(is_name(name), expected, "{name}");
        }
        for (name, expected) in [("live", true), ("2", false), ("2.0", true), ("a b", false)] {
            assert_eq!(is_alias(name), expected, "{name}");
        }
    }
}
