//! The optimised integrations of Step Functions: which actions of which services have one, and which of them can be
//! waited for. (Developer guide, "Integrating optimized services"; the table as of August 2026.)

/// One service: its id in a `Resource`, its actions, whether any has `.sync`, and whether any has `.waitForTaskToken`.
type Row = (&'static str, &'static [&'static str], bool, bool);

/// Sorted by id.
#[rustfmt::skip]
const OPTIMISED: &[Row] = &[
    ("apigateway", &["invoke"], false, true),
    ("athena", &["getQueryExecution", "getQueryResults", "startQueryExecution", "stopQueryExecution"], true, false),
    ("batch", &["submitJob"], true, false),
    ("bedrock", &["createModelCustomizationJob", "invokeModel"], true, true),
    ("codebuild", &["batchDeleteBuilds", "batchGetReports", "deleteBuildBatch", "retryBuildBatch", "startBuild",
        "startBuildBatch", "stopBuild", "stopBuildBatch"], true, false),
    ("databrew", &["startJobRun"], true, false),
    ("dynamodb", &["deleteItem", "getItem", "putItem", "updateItem"], false, false),
    ("ecs", &["runTask"], true, true),
    ("eks", &["call", "createCluster", "createFargateProfile", "createNodegroup", "deleteCluster",
        "deleteFargateProfile", "deleteNodegroup", "runJob"], true, true),
    ("elasticmapreduce", &["addStep", "cancelStep", "createCluster", "modifyInstanceFleetByName",
        "modifyInstanceGroupByName", "setClusterTerminationProtection", "terminateCluster"], true, false),
    ("emr-containers", &["createVirtualCluster", "deleteVirtualCluster", "startJobRun"], true, false),
    ("emr-serverless", &["cancelJobRun", "createApplication", "deleteApplication", "startApplication", "startJobRun",
        "stopApplication"], true, false),
    ("events", &["putEvents"], false, true),
    ("glue", &["startJobRun"], true, false),
    ("http", &["invoke"], false, false),
    ("lambda", &["invoke"], false, true),
    ("mediaconvert", &["createJob"], true, false),
    ("sagemaker", &["createEndpoint", "createEndpointConfig", "createHyperParameterTuningJob", "createLabelingJob",
        "createModel", "createProcessingJob", "createTrainingJob", "createTransformJob", "updateEndpoint"], true, false),
    ("sns", &["publish"], false, true),
    ("sqs", &["sendMessage"], false, true),
    ("states", &["startExecution"], true, true),
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

/// Whether a service has actions whose jobs can be waited for (`.sync`), and that wait for a token.
pub fn waits(service: &str) -> (bool, bool) {
    match OPTIMISED.binary_search_by_key(&service, |row| row.0) {
        Ok(at) => (OPTIMISED[at].2, OPTIMISED[at].3),
        Err(_) => (false, false),
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
        assert_eq!(
            (waits("lambda"), waits("dynamodb")),
            ((false, true), (false, false))
        );
    }
}
