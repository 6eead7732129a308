//! The names of services as people know them, by the ids of integrations (`aws-sdk:<id>` and the optimised ones).

/// Sorted by id; ids without a row are shown as they are, with a capital letter.
const NAMES: &[(&str, &str)] = &[
    ("accessanalyzer", "Access Analyzer"),
    ("apigateway", "API Gateway"),
    ("appconfig", "AppConfig"),
    ("athena", "Athena"),
    ("autoscaling", "Auto Scaling"),
    ("backup", "Backup"),
    ("batch", "Batch"),
    ("bedrock", "Bedrock"),
    ("bedrockagent", "Bedrock Agents"),
    ("bedrockagentruntime", "Bedrock Agents"),
    ("bedrockruntime", "Bedrock"),
    ("cloudformation", "CloudFormation"),
    ("cloudfront", "CloudFront"),
    ("cloudtrail", "CloudTrail"),
    ("cloudwatch", "CloudWatch"),
    ("cloudwatchlogs", "CloudWatch Logs"),
    ("codebuild", "CodeBuild"),
    ("codedeploy", "CodeDeploy"),
    ("codepipeline", "CodePipeline"),
    ("cognitoidentityprovider", "Cognito"),
    ("comprehend", "Comprehend"),
    ("config", "Config"),
    ("databrew", "DataBrew"),
    ("datazone", "DataZone"),
    ("dynamodb", "DynamoDB"),
    ("ec2", "EC2"),
    ("ecr", "ECR"),
    ("ecs", "ECS"),
    ("efs", "EFS"),
    ("eks", "EKS"),
    ("elasticache", "ElastiCache"),
    ("elasticmapreduce", "EMR"),
    ("emr-containers", "EMR on EKS"),
    ("emr-serverless", "EMR Serverless"),
    ("eventbridge", "EventBridge"),
    ("events", "EventBridge"),
    ("firehose", "Data Firehose"),
    ("fsx", "FSx"),
    ("glacier", "S3 Glacier"),
    ("glue", "Glue"),
    ("guardduty", "GuardDuty"),
    ("http", "HTTP"),
    ("iam", "IAM"),
    ("iot", "IoT Core"),
    ("iotanalytics", "IoT Analytics"),
    ("iotdataplane", "IoT Core"),
    ("kinesis", "Kinesis"),
    ("kms", "KMS"),
    ("lambda", "Lambda"),
    ("lookoutvision", "Lookout for Vision"),
    ("mediaconvert", "MediaConvert"),
    ("opensearch", "OpenSearch"),
    ("organizations", "Organizations"),
    ("polly", "Polly"),
    ("rds", "RDS"),
    ("rdsdata", "RDS Data"),
    ("redshift", "Redshift"),
    ("redshiftdata", "Redshift Data"),
    ("rekognition", "Rekognition"),
    ("route53", "Route 53"),
    ("s3", "S3"),
    ("sagemaker", "SageMaker"),
    ("scheduler", "EventBridge Scheduler"),
    ("secretsmanager", "Secrets Manager"),
    ("servicecatalog", "Service Catalog"),
    ("ses", "SES"),
    ("sesv2", "SES"),
    ("sfn", "Step Functions"),
    ("sns", "SNS"),
    ("sqs", "SQS"),
    ("ssm", "Systems Manager"),
    ("states", "Step Functions"),
    ("sts", "STS"),
    ("textract", "Textract"),
    ("transcribe", "Transcribe"),
    ("translate", "Translate"),
    ("xray", "X-Ray"),
];

/// The name of a service: `SQS` for `sqs`, `Foo` for an unknown `foo`.
pub fn display_name(id: &str) -> String {
    if let Ok(at) = NAMES.binary_search_by_key(&id, |(known, _)| known) {
        return NAMES[at].1.to_owned();
    }
    let mut characters = id.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_named() {
        assert!(NAMES.is_sorted_by_key(|(id, _)| *id));
        for (id, name) in [
            ("sqs", "SQS"),
            ("states", "Step Functions"),
            ("xyz", "Xyz"),
            ("", ""),
        ] {
            assert_eq!(display_name(id), name);
        }
    }
}
