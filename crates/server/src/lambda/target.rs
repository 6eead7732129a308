//! The function that a request names: by its name, a partial ARN or a whole one, with or without a qualifier.

use super::fault::LambdaFault;
use crate::states::Context;

/// A function's name and qualifier.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) qualifier: Option<String>,
}

/// The pattern that the service prints for names it does not take.
const PATTERN: &str = r"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?";

impl Target {
    /// Reads what a caller wrote.
    pub(super) fn read(context: &Context, text: &str) -> Result<Self, LambdaFault> {
        let bad = || {
            LambdaFault::validation(format!(
                "1 validation error detected: Value '{text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: {PATTERN}"
            ))
        };
        let parts: Vec<&str> = text.split(':').collect();
        let rest: &[&str] = match parts.as_slice() {
            ["arn", partition, "lambda", region, account, "function", rest @ ..]
                if partition.starts_with("aws") && is_region(region) && is_account(account) =>
            {
                if *region != context.place.region {
                    return Err(LambdaFault::wrong_region(region, &context.place.region));
                }
                rest
            }
            ["arn", ..] => return Err(bad()),
            // `function` alone is a name like any other.
            [account, "function", rest @ ..] if is_account(account) => rest,
            ["function", name, rest @ ..] if rest.len() < 2 && !name.is_empty() => &parts[1..],
            plain => plain,
        };
        let (name, qualifier) = match rest {
            [name] => (*name, None),
            [name, qualifier] => (*name, Some(*qualifier)),
            _ => return Err(bad()),
        };
        if !is_word(name) || !qualifier.is_none_or(is_qualifier) {
            return Err(bad());
        }
        Ok(Self {
            name: name.to_owned(),
            qualifier: qualifier.map(str::to_owned),
        })
    }

    /// Reads what a caller wrote, and the qualifier that the request names beside it.
    pub(super) fn qualified(
        context: &Context,
        text: &str,
        qualifier: Option<String>,
    ) -> Result<Self, LambdaFault> {
        let mut target = Self::read(context, text)?;
        if let (Some(derived), Some(given)) = (&target.qualifier, &qualifier)
            && derived != given
        {
            return Err(LambdaFault::invalid_value(
                "The derived qualifier from the function name does not match the specified qualifier.",
            ));
        }
        target.qualifier = qualifier.or(target.qualifier.take());
        // `$latest` is a qualifier that names nothing (recorded), others like it are none.
        let fits = |text: &str| is_qualifier(text) || text == "$latest";
        match target.qualifier.as_deref().filter(|text| !fits(text)) {
            None => Ok(target),
            Some(qualifier) => Err(LambdaFault::validation(format!(
                "1 validation error detected: Value '{qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: (|[a-zA-Z0-9$_-]+)"
            ))),
        }
    }

    /// Whether it is the function as it is now that is meant: versions and aliases are not there.
    pub(super) fn is_latest(&self) -> bool {
        self.qualifier
            .as_deref()
            .is_none_or(|text| text == aws::lambda::LATEST)
    }

    /// The ARN as the service names what it does not find, with the qualifier that was asked for.
    pub(super) fn asked_for(&self, context: &Context) -> String {
        let arn = self.arn(context);
        match &self.qualifier {
            Some(qualifier) => format!("{arn}:{qualifier}"),
            None => arn,
        }
    }

    /// The function's ARN, without the qualifier.
    pub(super) fn arn(&self, context: &Context) -> String {
        context.place.function_arn(&self.name)
    }
}

fn is_region(text: &str) -> bool {
    let mut parts = text.rsplitn(2, '-');
    let number = parts.next().is_some_and(|number| number.parse::<u8>().is_ok());
    number && parts.next().is_some_and(|rest| rest.contains('-'))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Whether the service takes this as a version or an alias; whether there is such a one is another question.
fn is_qualifier(text: &str) -> bool {
    text == aws::lambda::LATEST || (is_word(text) && text.len() <= 128)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (text, region, account, word, qualifier) in [
            ("us-east-1", true, false, true, true),
            ("invalid", false, false, true, true),
            ("123456789012", false, true, true, true),
            ("$LATEST", false, false, false, true),
            ("$LATES", false, false, false, false),
            ("a b", false, false, false, false),
        ] {
            assert_eq!(is_region(text), region, "{text}");
            assert_eq!(is_account(text), account, "{text}");
            assert_eq!(is_word(text), word, "{text}");
            assert_eq!(is_qualifier(text), qualifier, "{text}");
        }
    }
}
