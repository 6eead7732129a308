//! What was seen of a state: its data at each stage, by TestState's names.

use asl::value::{Text, Value};
use engine::{InspectionData, MapPlan};

/// The data at each stage; none where the stage was not reached.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the stages are explained at [`engine::Stage`]")]
pub struct Seen {
    pub input: Option<Value>,
    pub after_input_path: Option<Value>,
    /// `Parameters`, or `Arguments` in a JSONata state.
    pub after_parameters: Option<Value>,
    pub result: Option<Value>,
    pub after_result_selector: Option<Value>,
    pub after_result_path: Option<Value>,
    pub output: Option<Value>,
    /// Variables that the state sees or has assigned.
    pub variables: Vec<(Text, Value)>,
    /// A Map's items.
    pub items: Option<Value>,
    /// A Map's `MaxConcurrency`; 0 for no limit.
    pub max_concurrency: Option<u64>,
    /// A Map's `ToleratedFailureCount`.
    pub tolerated_count: Option<u64>,
    /// A Map's `ToleratedFailurePercentage`.
    pub tolerated_percentage: Option<f64>,
    /// Which catcher took the error.
    pub catch_index: Option<u32>,
    /// Which retrier the error belongs to.
    pub retry_index: Option<u32>,
    /// How long that retrier would wait.
    pub backoff_seconds: Option<u64>,
}

/// `errorDetails`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorDetails {
    /// Which catcher took the error, from 0.
    pub catch_index: Option<u32>,
    /// Which retrier it belongs to, from 0.
    pub retry_index: Option<u32>,
    /// How long that retrier would wait, in seconds.
    pub backoff_seconds: Option<u64>,
}

impl Seen {
    /// Takes what the engine shows now; what it showed before stays where it shows nothing.
    pub(super) fn take(&mut self, data: InspectionData) {
        let pairs = [
            (&mut self.input, data.input),
            (&mut self.after_input_path, data.after_input_path),
            (&mut self.after_parameters, data.after_parameters),
            (&mut self.result, data.result),
            (&mut self.after_result_selector, data.after_result_selector),
            (&mut self.after_result_path, data.after_result_path),
            (&mut self.output, data.output),
        ];
        for (seen, now) in pairs {
            *seen = now.or(seen.take());
        }
        self.variables = data.variables;
    }

    /// Takes what a Map would do.
    pub(super) fn plan(&mut self, plan: MapPlan) {
        self.items = plan.items;
        self.max_concurrency = Some(plan.max_concurrency);
        self.tolerated_count = plan.tolerated_count;
        self.tolerated_percentage = plan.tolerated_percentage;
    }

    /// What is to be said of an error; none where there was none, or nobody is concerned.
    #[must_use]
    pub fn error_details(&self) -> Option<ErrorDetails> {
        let details = ErrorDetails {
            catch_index: self.catch_index,
            retry_index: self.retry_index,
            backoff_seconds: self.backoff_seconds,
        };
        (self.catch_index.is_some() || self.retry_index.is_some()).then_some(details)
    }
}
