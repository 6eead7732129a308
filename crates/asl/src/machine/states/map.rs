//! Map: runs its processor once for each item; inline in the same execution, or distributed over child executions.

use crate::expr::jsonata;
use crate::machine::{PathField, Payload, ScopeId, Setting};
use crate::value::{Text, Value};

/// A Map state's own fields.
#[derive(Debug)]
pub struct Map {
    /// `ItemProcessor`, or the older `Iterator`.
    pub processor: ScopeId,
    /// `ProcessorConfig.Mode`.
    pub mode: Mode,
    /// Where the items come from.
    pub items: Items,
    /// `ItemSelector`, or the older `Parameters`.
    pub item_selector: Option<Payload>,
    /// `MaxConcurrency` or `MaxConcurrencyPath`; unset and 0 mean no limit of its own.
    pub max_concurrency: Setting<u64>,
    /// `ToleratedFailurePercentage` or its path; 0 to 100.
    pub tolerated_failure_percentage: Setting<f64>,
    /// `ToleratedFailureCount` or its path.
    pub tolerated_failure_count: Setting<u64>,
    /// `Label`: names the child executions' part of the ARN.
    pub label: Option<Text>,
    /// `ItemReader` (distributed only).
    pub item_reader: Option<ItemReader>,
    /// `ItemBatcher` (distributed only).
    pub item_batcher: Option<ItemBatcher>,
    /// `ResultWriter` (distributed only).
    pub result_writer: Option<ResultWriter>,
}

/// How a Map runs its processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Within the execution.
    Inline,
    /// As child executions.
    Distributed {
        /// `ExecutionType` EXPRESS; else STANDARD.
        express: bool,
    },
}

/// Where a Map's items come from.
#[derive(Debug)]
pub enum Items {
    /// `ItemsPath`, or the whole effective input.
    Path(PathField),
    /// `Items` of a JSONata state: an expression, or an array with expressions in it.
    Jsonata(jsonata::Template),
    /// A JSONata state without `Items`: its whole input.
    Input,
}

/// `ItemReader`: items from a data set.
#[derive(Debug)]
pub struct ItemReader {
    /// `Resource`: `arn:aws:states:::s3:getObject` or `…listObjectsV2`.
    pub resource: Text,
    /// `Parameters`, or `Arguments` in a JSONata state.
    pub parameters: Option<Payload>,
    /// `ReaderConfig`, as it stands.
    pub config: Option<Value>,
}

/// `ItemBatcher`: several items for one child.
#[derive(Debug)]
pub struct ItemBatcher {
    /// `MaxItemsPerBatch` or its path.
    pub max_items: Setting<u64>,
    /// `MaxInputBytesPerBatch` or its path.
    pub max_bytes: Setting<u64>,
    /// `BatchInput`.
    pub batch_input: Option<Payload>,
}

/// `ResultWriter`: where and how the results are written.
#[derive(Debug)]
pub struct ResultWriter {
    /// `Resource`: `arn:aws:states:::s3:putObject`; absent when only the format is given.
    pub resource: Option<Text>,
    /// `Parameters`, or `Arguments` in a JSONata state.
    pub parameters: Option<Payload>,
    /// `WriterConfig`, as it stands.
    pub config: Option<Value>,
}
