//! `Resource` of a Task: what is called, and whether the state waits for it.
//!
//! | spelling | reading |
//! |---|---|
//! | `arn:aws:lambda:…:function:name[:qualifier]` | a function, called directly |
//! | `arn:aws:states:…:activity:name` | an activity |
//! | `arn:aws:states:::sqs:sendMessage.waitForTaskToken` | integration `sqs`, action `sendMessage`, waits for the token |
//! | `arn:aws:states:::aws-sdk:s3:getObject` | integration `aws-sdk:s3`, action `getObject` |

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

/// Service integration pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// Go on with the response.
    RequestResponse,
    /// `.sync`: go on when the job has ended.
    Sync,
    /// `.sync:2`: the same with the output as JSON (`startExecution` only).
    Sync2,
    /// `.waitForTaskToken`: go on when somebody returns the token.
    WaitForTaskToken,
}

impl Pattern {
    /// What stands behind the action in a Resource.
    pub fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }
}
