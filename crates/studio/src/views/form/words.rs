//! What a form says: sentences, titles, groups, order, and what holds when a field is absent.

use asl::definition::StateOutline;
use asl::words::StateType;

/// Type and query language, and what a state of that type does.
pub(super) fn sentence(state: &StateOutline) -> String {
    let kind = state.state_type.map_or("Unknown type", StateType::name);
    let does = match state.state_type {
        Some(StateType::Task) => "calls something and goes on with its result",
        Some(StateType::Choice) => "decides by the first rule that matches",
        Some(StateType::Parallel) => "runs its branches at the same time",
        Some(StateType::Map) => "runs its inside once for each item",
        Some(StateType::Pass) => "passes data on, as it is or changed",
        Some(StateType::Wait) => "waits until a time",
        Some(StateType::Succeed) => "ends with success",
        Some(StateType::Fail) => "ends with an error",
        None => "give it a Type",
    };
    format!("{kind} · {} · {does}", state.query_language.name())
}

/// The label over a field: the language's name, where no shorter word is plainer.
pub(super) fn title(name: &str) -> &str {
    match name {
        "Choices" => "Rules",
        "Default" => "Otherwise",
        "Next" | "End" => "Then",
        "Seconds" | "SecondsPath" | "Timestamp" | "TimestampPath" => "Wait",
        "ErrorPath" => "Error",
        "CausePath" => "Cause",
        "TimeoutSecondsPath" => "TimeoutSeconds",
        "HeartbeatSecondsPath" => "HeartbeatSeconds",
        "MaxConcurrencyPath" => "MaxConcurrency",
        "ToleratedFailureCountPath" => "ToleratedFailureCount",
        "ToleratedFailurePercentagePath" => "ToleratedFailurePercentage",
        "Retry" => "Try again",
        "Catch" => "When it fails all the same",
        name => name,
    }
}

/// The label over a field of a retrier or catcher.
pub(super) fn title_in_handler(name: &str) -> &str {
    match name {
        "IntervalSeconds" => "First wait, s",
        "MaxAttempts" => "Attempts",
        "BackoffRate" => "Backoff",
        "MaxDelaySeconds" => "Longest wait, s",
        "JitterStrategy" => "Jitter",
        "Next" => "then go to",
        "ResultPath" => "Error goes to",
        name => name,
    }
}

/// Whether a field is in the form of its type even while it is absent.
pub(super) fn is_usual(kind: StateType, name: &str) -> bool {
    let usual: &[&str] = match kind {
        StateType::Task => &["Resource", "Next", "TimeoutSeconds", "Retry", "Catch"],
        StateType::Choice => &["Choices", "Default"],
        StateType::Parallel => &["Branches", "Next", "Retry", "Catch"],
        StateType::Map => &["ItemsPath", "Items", "MaxConcurrency", "Next", "Retry", "Catch"],
        StateType::Pass => &["Next"],
        StateType::Wait => &["Seconds", "Next"],
        StateType::Fail => &["Error", "Cause"],
        StateType::Succeed => &[],
    };
    name == "Comment" || usual.contains(&name)
}

pub(super) fn group(name: &str) -> &'static str {
    match name {
        "Comment" | "QueryLanguage" | "Label" => "Notes",
        "Retry"
        | "Catch"
        | "ToleratedFailureCount"
        | "ToleratedFailureCountPath"
        | "ToleratedFailurePercentage"
        | "ToleratedFailurePercentagePath" => "Errors",
        "InputPath" | "OutputPath" | "Parameters" | "Arguments" | "ResultSelector" | "ResultPath"
        | "Result" | "Output" | "Assign" | "ItemsPath" | "Items" | "ItemSelector" => "Data",
        _ => "Behaviour",
    }
}

pub(super) fn group_order(group: &str) -> usize {
    ["Behaviour", "Data", "Errors", "Notes"]
        .iter()
        .position(|other| *other == group)
        .unwrap_or(usize::MAX)
}

/// Fields in the order in which they take effect.
pub(super) fn order_in_group(name: &str) -> usize {
    const ORDER: [&str; 32] = [
        "Resource",
        "Choices",
        "Default",
        "Branches",
        "Mode",
        "Seconds",
        "SecondsPath",
        "Timestamp",
        "TimestampPath",
        "Error",
        "ErrorPath",
        "Cause",
        "CausePath",
        "MaxConcurrency",
        "MaxConcurrencyPath",
        "TimeoutSeconds",
        "TimeoutSecondsPath",
        "HeartbeatSeconds",
        "HeartbeatSecondsPath",
        "Next",
        "End",
        "InputPath",
        "ItemsPath",
        "Items",
        "ItemSelector",
        "Parameters",
        "Arguments",
        "Result",
        "ResultSelector",
        "ResultPath",
        "Retry",
        "Catch",
    ];
    place(&ORDER, name)
}

/// Fields of a retrier or catcher in the order of its sentence.
pub(super) fn order_in_handler(name: &str) -> usize {
    const ORDER: [&str; 7] = [
        "IntervalSeconds",
        "MaxAttempts",
        "BackoffRate",
        "MaxDelaySeconds",
        "JitterStrategy",
        "Next",
        "ResultPath",
    ];
    place(&ORDER, name)
}

fn place(order: &[&str], name: &str) -> usize {
    let found = order.iter().position(|other| *other == name);
    found.unwrap_or(order.len())
}

/// What holds when a field is absent. (States Language specification.)
pub(super) fn absent(name: &str) -> Option<&'static str> {
    Some(match name {
        "InputPath" | "OutputPath" | "ItemsPath" => "$, everything",
        "ResultPath" => "$, the result replaces the input",
        "Parameters" => "the input as it is",
        "ResultSelector" => "the result as it is",
        "MaxConcurrency" => "0, no limit",
        "TimeoutSeconds" => "no limit",
        "HeartbeatSeconds" => "none expected",
        "Default" => "no match is an error",
        "Retry" => "never tried again",
        "Catch" => "an error ends the scope",
        "ToleratedFailureCount" | "ToleratedFailurePercentage" => "0, the first failure counts",
        "QueryLanguage" => "the state machine's",
        _ => return None,
    })
}

/// What holds when a field of a retrier or catcher is absent. (States Language specification.)
pub(super) fn absent_in_handler(name: &str) -> Option<&'static str> {
    Some(match name {
        "IntervalSeconds" => "1",
        "MaxAttempts" => "3",
        "BackoffRate" => "2.0",
        "MaxDelaySeconds" => "no limit",
        "JitterStrategy" => "NONE",
        "ResultPath" => "$",
        _ => return None,
    })
}
