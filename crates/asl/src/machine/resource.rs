//! `Resource` of a Task: what is called, and whether the state waits for it.
//!
//! | spelling | reading |
//! |---|---|
//! | `arn:aws:lambda:…:function:name[:qualifier]` | a function, called directly |
//! | `arn:aws:states:…:activity:name` | an activity |
//! | `arn:aws:states:::sqs:sendMessage.waitForTaskToken` | integration `sqs`, action `sendMessage`, waits for the token |
//! | `arn:aws:states:::aws-sdk:s3:getObject` | integration `aws-sdk:s3`, action `getObject` |

use aws::arn::Arn;
pub use aws::integrations::Pattern;

use crate::substitution::is_open;
use crate::value::Text;

/// What a Task calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    /// A Lambda function by its own ARN; its events are `LambdaFunction…`.
    Function {
        /// The ARN as it stands.
        arn: Text,
    },
    /// An activity; its events are `Activity…`.
    Activity {
        /// The ARN as it stands.
        arn: Text,
    },
    /// A service integration; its events are `Task…`.
    Integration {
        /// `resourceType` of the events: `lambda`, `sqs`, `aws-sdk:s3`.
        service: Text,
        /// The action without the pattern: `invoke`, `startExecution`.
        action: Text,
        /// `resource` of the events: the action with the pattern, `startExecution.sync:2`.
        resource: Text,
        /// Whether the state waits, and for what.
        pattern: Pattern,
    },
}

impl Resource {
    /// Reads a `Resource`; none where the service would not know what it is.
    pub fn parse(text: &str) -> Option<Resource> {
        let arn = Arn::parse(text)?;
        if let Some((name, qualifier)) = arn.function() {
            let fits = is_function_name(name) && qualifier.is_none_or(is_qualifier);
            return fits.then(|| Resource::Function { arn: text.into() });
        }
        if arn.activity().is_some() {
            return Some(Resource::Activity { arn: text.into() });
        }
        if arn.service != "states" || !arn.region.is_empty() || !arn.account.is_empty() {
            return None;
        }
        integration(arn.resource)
    }
}

fn integration(called: &str) -> Option<Resource> {
    const PATTERNS: [Pattern; 3] = [Pattern::Sync2, Pattern::Sync, Pattern::WaitForTaskToken];
    let found = PATTERNS
        .into_iter()
        .find_map(|pattern| Some((called.strip_suffix(pattern.suffix())?, pattern)));
    let (plain, pattern) = found.unwrap_or((called, Pattern::RequestResponse));
    let (service, action) = plain.rsplit_once(':')?;
    if service.is_empty() || action.is_empty() || action.contains('.') {
        return None;
    }
    let resource = format!("{action}{}", pattern.suffix());
    Some(Resource::Integration {
        service: service.into(),
        action: action.into(),
        resource: resource.into(),
        pattern,
    })
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn is_function_name(name: &str) -> bool {
    is_word(name) || is_open(name)
}

fn is_qualifier(qualifier: &str) -> bool {
    qualifier == "$LATEST" || is_word(qualifier) || is_open(qualifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_and_activities() {
        for (text, known) in [
            ("arn:aws:lambda:eu-west-1:123456789012:function:price", true),
            (
                "arn:aws:lambda:eu-west-1:123456789012:function:price:$LATEST",
                true,
            ),
            ("arn:aws:lambda:::function:${name}", true),
            ("arn:aws:lambda:eu-west-1:123456789012:function:price:", false),
            ("arn:aws:lambda:eu-west-1:123456789012:function:a b", false),
            ("arn:aws:states:eu-west-1:123456789012:activity:sign", true),
            ("arn:aws:states:eu-west-1:123456789012:stateMachine:other", false),
            ("price", false),
        ] {
            assert_eq!(Resource::parse(text).is_some(), known, "{text}");
        }
    }

    #[test]
    fn integrations() {
        let check = |rest: &str, expected: Option<(&str, &str, Pattern)>| {
            let resource = Resource::parse(&format!("arn:aws:states:::{rest}"));
            let expected = expected.map(|(service, action, pattern)| Resource::Integration {
                service: service.into(),
                action: action.into(),
                resource: format!("{action}{}", pattern.suffix()).into(),
                pattern,
            });
            assert_eq!(resource, expected, "{rest}");
        };
        check(
            "lambda:invoke",
            Some(("lambda", "invoke", Pattern::RequestResponse)),
        );
        check(
            "sqs:sendMessage.waitForTaskToken",
            Some(("sqs", "sendMessage", Pattern::WaitForTaskToken)),
        );
        check(
            "states:startExecution.sync:2",
            Some(("states", "startExecution", Pattern::Sync2)),
        );
        check(
            "batch:submitJob.sync",
            Some(("batch", "submitJob", Pattern::Sync)),
        );
        check(
            "aws-sdk:s3:getObject",
            Some(("aws-sdk:s3", "getObject", Pattern::RequestResponse)),
        );
        check("lambda", None);
        check("lambda:invoke.later", None);
        check("lambda:", None);
    }
}
