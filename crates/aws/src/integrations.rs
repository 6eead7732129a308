//! The optimised integrations of Step Functions: which actions of which services have one, and which of them can be
//! waited for. (Developer guide, "Integrating optimized services"; the table as of August 2026.)

/// One service: its id in a `Resource`, and its actions.
type Row = (&'static str, &'static [&'static str]);

/// Sorted by id.
#[rustfmt::skip]
const OPTIMISED: &[Row] = &[
    ("apigateway", &["invoke"]),
    ("athena", &["getQueryExecution", "getQueryResults", "startQueryExecution", "stopQueryExecution"]),
    ("batch", &["submitJob"]),
    ("bedrock", &["createModelCustomizationJob", "invokeModel"]),
    ("codebuild", &["batchDeleteBuilds", "batchGetReports", "deleteBuildBatch", "retryBuildBatch", "startBuild",
        "startBuildBatch", "stopBuild", "stopBuildBatch"]),
    ("databrew", &["startJobRun"]),
    ("dynamodb", &["deleteItem", "getItem", "putItem", "updateItem"]),
    ("ecs", &["runTask"]),
    ("eks", &["call", "createCluster", "createFargateProfile", "createNodegroup", "deleteCluster",
        "deleteFargateProfile", "deleteNodegroup", "runJob"]),
    ("elasticmapreduce", &["addStep", "cancelStep", "createCluster", "modifyInstanceFleetByName",
        "modifyInstanceGroupByName", "setClusterTerminationProtection", "terminateCluster"]),
    ("emr-containers", &["createVirtualCluster", "deleteVirtualCluster", "startJobRun"]),
    ("emr-serverless", &["cancelJobRun", "createApplication", "deleteApplication", "startApplication", "startJobRun",
        "stopApplication"]),
    ("events", &["putEvents"]),
    ("glue", &["startJobRun"]),
    ("http", &["invoke"]),
    ("lambda", &["invoke"]),
    ("mediaconvert", &["createJob"]),
    ("sagemaker", &["createEndpoint", "createEndpointConfig", "createHyperParameterTuningJob", "createLabelingJob",
        "createModel", "createProcessingJob", "createTrainingJob", "createTransformJob", "updateEndpoint"]),
    ("sns", &["publish"]),
    ("sqs", &["sendMessage"]),
    ("states", &["startExecution"]),
];

/// What the service makes of an optimised integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It has it.
    Yes,
    /// It has the service, but not this action of it.
    NoSuchAction,
    /// No optimised integration of such a service.
    NoSuchService,
}

/// Whether a service (`dynamodb`) has an optimised integration of an action (`putItem`).
pub fn optimised(service: &str, action: &str) -> Known {
    let Ok(at) = OPTIMISED.binary_search_by_key(&service, |row| row.0) else {
        return Known::NoSuchService;
    };
    if OPTIMISED[at].1.contains(&action) {
        Known::Yes
    } else {
        Known::NoSuchAction
    }
}

/// The actions of a service that have an optimised integration; empty where it has none.
pub fn actions(service: &str) -> &'static [&'static str] {
    match OPTIMISED.binary_search_by_key(&service, |row| row.0) {
        Ok(at) => OPTIMISED[at].1,
        Err(_) => &[],
    }
}

/// Service integration pattern: how a state waits for the service it calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// It goes on with the answer to the request.
    RequestResponse,
    /// It waits for the job; the job's output stays text.
    Sync,
    /// It waits for the job; the job's output is JSON.
    Sync2,
    /// It waits until somebody returns the task token.
    WaitForTaskToken,
}

impl Pattern {
    /// What stands behind the action in `Resource`.
    pub fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }
}

/// The patterns of an integration, `lambda:invoke` or `aws-sdk:s3:getObject`. (The service's guide, "Integrating
/// services", table of optimised integrations, and each service's own page; SDK integrations know the task token, too.)
pub fn patterns(action: &str) -> &'static [Pattern] {
    use Pattern::{RequestResponse, Sync, Sync2, WaitForTaskToken};
    match action {
        "states:startExecution" => &[RequestResponse, Sync2, Sync, WaitForTaskToken],
        "ecs:runTask" | "bedrock:createModelCustomizationJob" | "eks:runJob" => {
            &[RequestResponse, Sync, WaitForTaskToken]
        }
        "lambda:invoke"
        | "sqs:sendMessage"
        | "sns:publish"
        | "events:putEvents"
        | "apigateway:invoke"
        | "eks:call"
        | "bedrock:invokeModel" => &[RequestResponse, WaitForTaskToken],
        "athena:startQueryExecution"
        | "batch:submitJob"
        | "codebuild:retryBuildBatch"
        | "codebuild:startBuild"
        | "codebuild:startBuildBatch"
        | "databrew:startJobRun"
        | "eks:createCluster"
        | "eks:createFargateProfile"
        | "eks:createNodegroup"
        | "eks:deleteCluster"
        | "eks:deleteFargateProfile"
        | "eks:deleteNodegroup"
        | "elasticmapreduce:addStep"
        | "elasticmapreduce:createCluster"
        | "elasticmapreduce:terminateCluster"
        | "emr-containers:deleteVirtualCluster"
        | "emr-containers:startJobRun"
        | "emr-serverless:cancelJobRun"
        | "emr-serverless:createApplication"
        | "emr-serverless:deleteApplication"
        | "emr-serverless:startApplication"
        | "emr-serverless:startJobRun"
        | "emr-serverless:stopApplication"
        | "glue:startJobRun"
        | "mediaconvert:createJob"
        | "sagemaker:createTrainingJob"
        | "sagemaker:createTransformJob"
        | "sagemaker:createProcessingJob"
        | "sagemaker:createHyperParameterTuningJob"
        | "sagemaker:createLabelingJob" => &[RequestResponse, Sync],
        action if action.starts_with("aws-sdk:") => &[RequestResponse, WaitForTaskToken],
        _ => &[RequestResponse],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_known() {
        assert!(OPTIMISED.is_sorted_by_key(|row| row.0));
        for row in OPTIMISED {
            assert!(row.1.is_sorted(), "{}", row.0);
        }
        for (service, action, expected) in [
            ("dynamodb", "putItem", Known::Yes),
            ("dynamodb", "query", Known::NoSuchAction),
            ("s3", "getObject", Known::NoSuchService),
        ] {
            assert_eq!(optimised(service, action), expected, "{service}:{action}");
        }
    }

    #[test]
    fn an_action_is_waited_for_or_not() {
        use Pattern::{RequestResponse, Sync, Sync2, WaitForTaskToken};
        for (action, expected) in [
            ("lambda:invoke", &[RequestResponse, WaitForTaskToken][..]),
            ("dynamodb:putItem", &[RequestResponse]),
            ("athena:startQueryExecution", &[RequestResponse, Sync]),
            ("athena:getQueryResults", &[RequestResponse]),
            ("elasticmapreduce:terminateCluster", &[RequestResponse, Sync]),
            (
                "states:startExecution",
                &[RequestResponse, Sync2, Sync, WaitForTaskToken],
            ),
            ("aws-sdk:s3:getObject", &[RequestResponse, WaitForTaskToken]),
        ] {
            assert_eq!(patterns(action), expected, "{action}");
        }
    }
}
