//! The definition that is measured with: sound, as long as wanted, with something of everything.

use std::fmt::Write as _;

/// Groups of ten states: tasks with retries and catchers, choices, waits, a Map with a state inside, and passes.
pub(crate) fn definition(states: usize) -> String {
    let groups = states / 10;
    let mut text = "{\n  \"StartAt\": \"Price 0\",\n  \"States\": {\n".to_owned();
    for group in 0..groups {
        let next = if group + 1 < groups {
            format!("Price {}", group + 1)
        } else {
            "Failed".to_owned()
        };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{}",
            GROUP.replace("#N", &next).replace('#', &group.to_string())
        );
    }
    text.push_str("    \"Failed\": { \"Type\": \"Fail\", \"Error\": \"Failed\" }\n  }\n}\n");
    text
}

const GROUP: &str = r##"    "Price #": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": {
        "FunctionName": "${PriceOrderFunctionArn}",
        "Payload": { "order.$": "$.order", "id.$": "States.Format('order-{}', $.order.id)" }
      },
      "ResultSelector": { "total.$": "$.Payload.total" },
      "ResultPath": "$.price",
      "Retry": [{ "ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 2, "MaxAttempts": 4, "BackoffRate": 2 }],
      "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed" }],
      "Next": "In stock? #"
    },
    "In stock? #": {
      "Type": "Choice",
      "Choices": [
        { "Variable": "$.stock", "NumericGreaterThanEqualsPath": "$.qty", "Next": "Reserve #" },
        { "And": [{ "Variable": "$.express", "BooleanEquals": true }, { "Variable": "$.total", "NumericLessThan": 100 }], "Next": "Wait #" }
      ],
      "Default": "Note #"
    },
    "Wait #": { "Type": "Wait", "Seconds": 30, "Next": "Reserve #" },
    "Reserve #": {
      "Type": "Map",
      "ItemsPath": "$.lines",
      "ItemSelector": { "line.$": "$$.Map.Item.Value" },
      "MaxConcurrency": 5,
      "ItemProcessor": {
        "ProcessorConfig": { "Mode": "INLINE" },
        "StartAt": "Reserve line #",
        "States": {
          "Reserve line #": { "Type": "Task", "Resource": "arn:aws:states:::dynamodb:updateItem", "Parameters": { "TableName": "Stock" }, "End": true }
        }
      },
      "ResultPath": null,
      "Next": "Note #"
    },
    "Note #": { "Type": "Pass", "Parameters": { "text": "done", "at.$": "$$.State.EnteredTime" }, "ResultPath": "$.note", "Next": "Send #" },
    "Send #": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": { "QueueUrl": "${Queue}", "MessageBody.$": "$.note" }, "Next": "Tidy #" },
    "Tidy #": { "Type": "Pass", "Next": "Count #" },
    "Count #": { "Type": "Pass", "Assign": { "count.$": "States.MathAdd($.count, 1)" }, "Next": "Check #" },
    "Check #": { "Type": "Choice", "Choices": [{ "Variable": "$count", "NumericGreaterThan": 1000, "Next": "Failed" }], "Default": "#N" },
"##;
