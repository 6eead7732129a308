//! Watches: expressions over the data of a visit, as its state would evaluate them where it stands. Nothing changes by
//! it: an expression sees copies, and draws numbers of its own.

use std::cell::Cell;

use asl::expr::{Expression, Host};
use asl::value::{Text, Value};

use crate::visit::{Progress, VisitData};

/// The longest expression, in bytes: what a definition would hardly hold.
const LONGEST: usize = 4096;

impl VisitData {
    /// The value at the stage where the frame stands, or at the last one that was reached: what `$` is.
    #[must_use]
    pub fn present(&self) -> Option<&Value> {
        let reached = |progress| matches!(progress, Progress::Here | Progress::Passed);
        let here = self.stages.iter().find(|stage| stage.progress == Progress::Here);
        let last = || self.stages.iter().rev().find(|stage| reached(stage.progress));
        here.filter(|stage| stage.value.is_some())
            .or_else(last)?
            .value
            .as_ref()
    }

    /// Evaluates a path or a call of an intrinsic function.
    ///
    /// # Errors
    /// In words: why it can't be read, or what it does not find.
    pub fn evaluate(&self, expression: &str) -> Result<Value, String> {
        if expression.len() > LONGEST {
            return Err(format!("longer than {LONGEST} bytes"));
        }
        let expression = Expression::parse(expression).map_err(|error| error.to_string())?;
        let inspection = self.inspection.as_ref();
        let moment = Moment {
            context: inspection.map(|inspection| &inspection.context),
            variables: inspection.map_or(&[], |inspection| inspection.variables.as_slice()),
            drawn: Cell::new(0),
        };
        let input = self.present().cloned().unwrap_or(Value::Null);
        expression
            .evaluate("watch", &input, &moment)
            .map_err(|error| error.to_string())
    }
}

/// What an expression sees besides `$`.
struct Moment<'a> {
    context: Option<&'a Value>,
    variables: &'a [(Text, Value)],
    drawn: Cell<u64>,
}

impl Host for Moment<'_> {
    fn context(&self) -> Value {
        self.context.cloned().unwrap_or(Value::Null)
    }

    fn variable(&self, name: &str) -> Option<Value> {
        let found = self.variables.iter().find(|(known, _)| &**known == name);
        found.map(|(_, value)| value.clone())
    }

    fn random(&self) -> u64 {
        // Not the execution's own sequence: looking must not change what comes.
        self.drawn.set(self.drawn.get() + 1);
        self.drawn.get().wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}
