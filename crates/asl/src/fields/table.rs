//! The rows behind [`super`]: the service's developer guide, "State machine structure" and the pages of the states,
//! and the specification's appendices; limits from [`aws::quotas`].

use aws::quotas;

use super::Owner::{self, *};
use super::ValueType::{self, *};
use super::{Field, QueryLanguage};

const STATES: &[Owner] = &[Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map];
const NEXT: &[Owner] = &[Pass, Task, Wait, Parallel, Map];
const WORKERS: &[Owner] = &[Task, Parallel, Map];
const TESTS: &[Owner] = &[Rule, Test];
const COMMENTED: &[Owner] = &[
    Machine, Branch, Processor, Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map, Rule, Test, Retrier,
    Catcher,
];

const fn both(names: &'static [&'static str], owners: &'static [Owner], value: ValueType) -> Field {
    Field {
        names,
        owners,
        language: None,
        expression: false,
        required: false,
        value,
    }
}

const fn path(names: &'static [&'static str], owners: &'static [Owner], value: ValueType) -> Field {
    Field {
        language: Some(QueryLanguage::JsonPath),
        ..both(names, owners, value)
    }
}

const fn jsonata(names: &'static [&'static str], owners: &'static [Owner], value: ValueType) -> Field {
    Field {
        language: Some(QueryLanguage::Jsonata),
        expression: true,
        ..both(names, owners, value)
    }
}

/// A field of both languages that a JSONata state may compute.
const fn computed(names: &'static [&'static str], owners: &'static [Owner], value: ValueType) -> Field {
    Field {
        expression: true,
        ..both(names, owners, value)
    }
}

const fn required(field: Field) -> Field {
    Field {
        required: true,
        ..field
    }
}

const SECONDS: ValueType = Integer(1, quotas::MAX_SECONDS);
const COUNT: ValueType = Integer(0, u64::MAX);

/// The table.
pub const TABLE: &[Field] = &[
    // machine and scopes
    both(&["Comment"], COMMENTED, Text),
    both(&["Version"], &[Machine], Word(&["1.0"])),
    both(&["QueryLanguage"], &[Machine], Word(&["JSONPath", "JSONata"])),
    both(&["QueryLanguage"], STATES, Word(&["JSONPath", "JSONata"])),
    both(&["TimeoutSeconds"], &[Machine], Integer(0, quotas::MAX_SECONDS)),
    both(&["ProcessorConfig"], &[Processor], Object(ProcessorConfig)),
    both(&["Mode"], &[ProcessorConfig], Word(&["INLINE", "DISTRIBUTED"])),
    both(
        &["ExecutionType"],
        &[ProcessorConfig],
        Word(&["STANDARD", "EXPRESS"]),
    ),
    required(both(&["StartAt"], &[Machine, Branch, Processor], StateName)),
    required(both(&["States"], &[Machine, Branch, Processor], States)),
    // every state
    required(both(
        &["Type"],
        STATES,
        Word(&[
            "Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map",
        ]),
    )),
    both(&["Next"], NEXT, StateName),
    both(&["End"], NEXT, Flag),
    // data flow
    path(
        &["InputPath", "OutputPath"],
        &[Pass, Task, Choice, Wait, Succeed, Parallel, Map],
        PathOrNull,
    ),
    path(&["Parameters"], &[Pass, Task, Parallel, Map], Payload),
    path(&["ResultSelector"], WORKERS, Payload),
    path(
        &["ResultPath"],
        &[Pass, Task, Parallel, Map, Catcher],
        ReferencePath,
    ),
    jsonata(&["Arguments"], &[Task, Parallel], Payload),
    jsonata(
        &["Output"],
        &[Pass, Task, Choice, Wait, Succeed, Parallel, Map, Rule, Catcher],
        Payload,
    ),
    computed(
        &["Assign"],
        &[Pass, Task, Choice, Wait, Parallel, Map, Rule, Catcher],
        PayloadObject,
    ),
    // errors
    both(&["Retry"], WORKERS, OptionalList(Retrier)),
    both(&["Catch"], WORKERS, OptionalList(Catcher)),
    required(both(&["ErrorEquals"], &[Retrier, Catcher], ErrorNames)),
    both(&["IntervalSeconds"], &[Retrier], Integer(0, quotas::MAX_SECONDS)),
    both(&["MaxAttempts"], &[Retrier], Integer(0, quotas::MAX_ATTEMPTS)),
    both(&["BackoffRate"], &[Retrier], Number(1.0, f64::MAX)),
    both(
        &["MaxDelaySeconds"],
        &[Retrier],
        Integer(1, quotas::MAX_DELAY_SECONDS),
    ),
    both(&["JitterStrategy"], &[Retrier], Word(&["NONE", "FULL"])),
    required(both(&["Next"], &[Rule, Catcher], StateName)),
    // Pass, Task
    path(&["Result"], &[Pass], Any),
    required(both(&["Resource"], &[Task], Text)),
    computed(&["TimeoutSeconds", "HeartbeatSeconds"], &[Task], SECONDS),
    path(&["TimeoutSecondsPath", "HeartbeatSecondsPath"], &[Task], Path),
    both(&["Credentials"], &[Task], Object(Credentials)),
    computed(&["RoleArn"], &[Credentials], Text),
    path(&["RoleArn.$"], &[Credentials], PathOrCall),
    // Choice
    required(both(&["Choices"], &[Choice], List(Rule))),
    both(&["Default"], &[Choice], StateName),
    required(jsonata(&["Condition"], &[Rule], Flag)),
    path(&["And", "Or"], TESTS, List(Test)),
    path(&["Not"], TESTS, Object(Test)),
    path(&["Variable"], TESTS, Path),
    path(
        &[
            "StringEquals",
            "StringLessThan",
            "StringGreaterThan",
            "StringLessThanEquals",
            "StringGreaterThanEquals",
            "StringMatches",
        ],
        TESTS,
        Text,
    ),
    path(
        &[
            "NumericEquals",
            "NumericLessThan",
            "NumericGreaterThan",
            "NumericLessThanEquals",
            "NumericGreaterThanEquals",
        ],
        TESTS,
        Number(f64::MIN, f64::MAX),
    ),
    path(
        &[
            "TimestampEquals",
            "TimestampLessThan",
            "TimestampGreaterThan",
            "TimestampLessThanEquals",
            "TimestampGreaterThanEquals",
        ],
        TESTS,
        Timestamp,
    ),
    path(
        &[
            "BooleanEquals",
            "IsNull",
            "IsPresent",
            "IsNumeric",
            "IsString",
            "IsBoolean",
            "IsTimestamp",
        ],
        TESTS,
        Flag,
    ),
    path(
        &[
            "StringEqualsPath",
            "StringLessThanPath",
            "StringGreaterThanPath",
            "StringLessThanEqualsPath",
            "StringGreaterThanEqualsPath",
            "NumericEqualsPath",
            "NumericLessThanPath",
            "NumericGreaterThanPath",
            "NumericLessThanEqualsPath",
            "NumericGreaterThanEqualsPath",
            "TimestampEqualsPath",
            "TimestampLessThanPath",
            "TimestampGreaterThanPath",
            "TimestampLessThanEqualsPath",
            "TimestampGreaterThanEqualsPath",
            "BooleanEqualsPath",
        ],
        TESTS,
        Path,
    ),
    // Wait, Fail
    computed(&["Seconds"], &[Wait], Integer(0, quotas::MAX_SECONDS)),
    computed(&["Timestamp"], &[Wait], Timestamp),
    path(&["SecondsPath", "TimestampPath"], &[Wait], Path),
    computed(&["Error", "Cause"], &[Fail], Text),
    path(&["ErrorPath", "CausePath"], &[Fail], PathOrCall),
    // Parallel, Map
    required(both(&["Branches"], &[Parallel], List(Branch))),
    both(&["ItemProcessor", "Iterator"], &[Map], Object(Processor)),
    path(&["ItemsPath"], &[Map], PathOrNull),
    jsonata(&["Items"], &[Map], Payload),
    computed(&["ItemSelector"], &[Map], Payload),
    computed(&["MaxConcurrency"], &[Map], COUNT),
    computed(&["ToleratedFailurePercentage"], &[Map], Number(0.0, 100.0)),
    computed(&["ToleratedFailureCount"], &[Map], COUNT),
    path(
        &[
            "MaxConcurrencyPath",
            "ToleratedFailurePercentagePath",
            "ToleratedFailureCountPath",
        ],
        &[Map],
        Path,
    ),
    both(&["Label"], &[Map], ShortText(quotas::LABEL_CHARS)),
    // distributed Map
    both(&["ItemReader"], &[Map], Object(ItemReader)),
    both(&["ItemBatcher"], &[Map], Object(ItemBatcher)),
    both(&["ResultWriter"], &[Map], Object(ResultWriter)),
    required(both(&["Resource"], &[ItemReader], Text)),
    both(&["Resource"], &[ResultWriter], Text),
    path(&["Parameters"], &[ItemReader, ResultWriter], Payload),
    jsonata(&["Arguments"], &[ItemReader, ResultWriter], Payload),
    both(&["ReaderConfig"], &[ItemReader], Object(ReaderConfig)),
    both(
        &["InputType"],
        &[ReaderConfig],
        Word(&["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"]),
    ),
    both(
        &["Transformation"],
        &[ReaderConfig],
        Word(&["NONE", "LOAD_AND_FLATTEN"]),
    ),
    both(&["ManifestType"], &[ReaderConfig], Text),
    both(
        &["CSVHeaderLocation"],
        &[ReaderConfig],
        Word(&["FIRST_ROW", "GIVEN"]),
    ),
    both(&["CSVHeaders"], &[ReaderConfig], Texts),
    both(
        &["CSVDelimiter"],
        &[ReaderConfig],
        Word(&["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]),
    ),
    both(&["ItemsPointer"], &[ReaderConfig], Text),
    computed(&["MaxItems"], &[ReaderConfig], COUNT),
    path(&["MaxItemsPath"], &[ReaderConfig], Path),
    computed(&["MaxItemsPerBatch"], &[ItemBatcher], Integer(1, u64::MAX)),
    computed(
        &["MaxInputBytesPerBatch"],
        &[ItemBatcher],
        Integer(1, quotas::PAYLOAD_BYTES as u64),
    ),
    path(
        &["MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"],
        &[ItemBatcher],
        Path,
    ),
    computed(&["BatchInput"], &[ItemBatcher], Payload),
    both(&["WriterConfig"], &[ResultWriter], Object(WriterConfig)),
    both(
        &["Transformation"],
        &[WriterConfig],
        Word(&["NONE", "COMPACT", "FLATTEN"]),
    ),
    both(&["OutputType"], &[WriterConfig], Word(&["JSON", "JSONL"])),
];
