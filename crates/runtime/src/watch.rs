//! Watches: expressions over the data of a visit, as its state would evaluate them where it stands. Nothing changes by
//! it: an expression sees copies, and draws numbers of its own.

use std::cell::Cell;

use asl::expr::jsonata::{self, Scope};
use asl::expr::{Expression, Host, Timestamp};
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

    /// Evaluates a path, a call of an intrinsic function, or a JSONata expression in `{% … %}`.
    ///
    /// # Errors
    /// In words: why it can't be read, or what it does not find.
    pub fn evaluate(&self, expression: &str) -> Result<Value, String> {
        if expression.len() > LONGEST {
            return Err(format!("longer than {LONGEST} bytes"));
        }
        let inspection = self.inspection.as_ref();
        let moment = Moment {
            context: inspection.map(|inspection| &inspection.context),
            variables: inspection.map_or(&[], |inspection| inspection.variables.as_slice()),
            drawn: Cell::new(0),
        };
        let present = self.present().cloned().unwrap_or(Value::Null);
        let evaluated = match jsonata::Expression::inside(expression) {
            Some(inside) => {
                let scope = Scope {
                    input: inspection
                        .and_then(|data| data.input.as_ref())
                        .unwrap_or(&present),
                    result: inspection.and_then(|data| data.result.as_ref()),
                    error_output: None,
                    host: &moment,
                };
                let expression = jsonata::Expression::parse(inside).map_err(|error| error.message)?;
                expression.evaluate("watch", &scope)
            }
            None => {
                let expression = Expression::parse(expression).map_err(|error| error.to_string())?;
                expression.evaluate("watch", &present, &moment)
            }
        };
        evaluated.map_err(|error| error.to_string())
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

    fn now(&self) -> i64 {
        // The moment at which the state was entered is the last one that is known here.
        let entered = self
            .context
            .and_then(|context| context.pointer("/State/EnteredTime"));
        let moment = entered.and_then(Value::as_str).and_then(Timestamp::parse);
        moment.map_or(0, |moment| moment.millis())
    }

    fn random(&self) -> u64 {
        // Not the execution's own sequence: looking must not change what comes.
        self.drawn.set(self.drawn.get() + 1);
        self.drawn.get().wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}
