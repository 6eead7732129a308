//! What determines an execution before anything happens to it.

use std::collections::BTreeMap;

use asl::value::{Text, Value};
use serde::{Deserialize, Serialize};

use crate::{EventId, Limits, Position, Timestamp};

/// Everything that determines a run but the definition's text and the journal. Stored once, when the execution is made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExecutionStart {
    /// `arn:aws:states:region:account:execution:machine:name`
    pub execution_arn: Text,
    /// The execution's name.
    pub name: Text,
    /// The state machine's ARN.
    pub state_machine_arn: Text,
    /// The state machine's name.
    pub state_machine_name: Text,
    /// The role's ARN.
    pub role_arn: Text,
    /// Standard or Express.
    pub kind: ExecutionKind,
    /// The input.
    pub input: Value,
    /// When it starts.
    pub start: Timestamp,
    /// What all its randomness, tokens and names are derived from.
    pub seed: u64,
    /// The limits in force.
    pub limits: Limits,
    /// Digest of the definition's text, which is stored once for all executions.
    pub definition_digest: Text,
    /// `DefinitionSubstitutions` that were applied to the text.
    pub substitutions: BTreeMap<String, String>,
    /// Twelve digits.
    pub account: Text,
    /// `us-east-1`, …
    pub region: Text,
    /// The test case of a mock configuration, if the run uses one.
    pub mock_case: Option<Text>,
    /// The version, and the alias, that it was started by, if it was.
    #[serde(default)]
    pub started_as: Option<StartedAs>,
    /// The task of another execution that started it, if one did.
    #[serde(default)]
    pub started_by: Option<StartedBy>,
    /// A context object to be seen in the place of the execution's own; TestState gives one.
    #[serde(default)]
    pub context: Option<Value>,
    /// Where this execution was forked from.
    pub parent: Option<Parent>,
    /// [`crate::ENGINE_REVISION`] of the engine that started it.
    pub engine_revision: u32,
}

/// `STANDARD` or `EXPRESS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ExecutionKind {
    /// Up to a year, at most 25,000 events.
    #[default]
    Standard,
    /// Up to five minutes, any number of events.
    Express,
}

/// A version of a state machine that an execution was started by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartedAs {
    /// The version's ARN.
    pub version_arn: Text,
    /// The ARN of the alias that led to it, if the caller named one.
    pub alias_arn: Option<Text>,
}

/// A task that starts an execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartedBy {
    /// The ARN of the execution that it belongs to.
    pub execution_arn: Text,
    /// The event that scheduled it.
    pub command: EventId,
}

/// The moment of another execution from which this one was forked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// The other execution's ARN.
    pub execution_arn: Text,
    /// The moment in its journal.
    pub position: Position,
}

impl ExecutionStart {
    /// A start with defaults for everything but the names: account 123456789012, region us-east-1, the service's limits.
    pub fn new(state_machine: &str, name: &str, input: Value, start: Timestamp) -> ExecutionStart {
        let (account, region) = ("123456789012", "us-east-1");
        ExecutionStart {
            execution_arn: format!("arn:aws:states:{region}:{account}:execution:{state_machine}:{name}")
                .into(),
            name: name.into(),
            state_machine_arn: format!("arn:aws:states:{region}:{account}:stateMachine:{state_machine}")
                .into(),
            state_machine_name: state_machine.into(),
            role_arn: format!("arn:aws:iam::{account}:role/{state_machine}").into(),
            kind: ExecutionKind::Standard,
            input,
            start,
            seed: 0,
            limits: Limits::default(),
            definition_digest: "".into(),
            substitutions: BTreeMap::new(),
            account: account.into(),
            region: region.into(),
            mock_case: None,
            started_as: None,
            started_by: None,
            context: None,
            parent: None,
            engine_revision: crate::ENGINE_REVISION,
        }
    }
}
