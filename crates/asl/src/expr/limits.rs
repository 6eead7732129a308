//! The fixed limits that keep a hostile expression from hanging or exhausting the machine.
//!
//! They count work, not time, so that the same expression on the same input always ends the same way.

use std::cell::Cell;

use super::EvalError;
use crate::value::{MAX_DEPTH, Value};

/// Values looked at, characters compared and items made while one field is evaluated: a path,
/// a whole payload template, a Choice rule.
pub(crate) const MAX_STEPS: u64 = 2_000_000;

/// Length of the JSON text that one expression may yield. The service's payloads end at 256 KiB.
pub(crate) const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Nesting of filters, parentheses and literals inside one path.
pub(crate) const MAX_SYNTAX_DEPTH: u32 = 32;

/// Nesting of intrinsic functions, as on the service.
pub(crate) const MAX_CALL_DEPTH: u32 = 10;

/// Segments of one path.
pub(crate) const MAX_SEGMENTS: usize = 1000;

/// Work that is left for the expression at hand.
pub(crate) struct Budget(Cell<u64>);

/// The limit that was reached, in the words of an error's cause: `needs more than … steps`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exhausted(pub(crate) String);

impl Budget {
    /// All of [`MAX_STEPS`].
    pub(crate) fn new() -> Budget {
        Budget(Cell::new(MAX_STEPS))
    }

    /// Takes `steps` off, or says that too few are left.
    #[inline]
    pub(crate) fn spend(&self, steps: u64) -> Result<(), Exhausted> {
        match self.0.get().checked_sub(steps) {
            Some(left) => {
                self.0.set(left);
                Ok(())
            }
            None => Err(Exhausted(format!("needs more than {MAX_STEPS} steps"))),
        }
    }
}

/// Refuses a result that is too deep or too long. Costs only what has not been measured before.
pub(crate) fn check_size(value: &Value) -> Result<(), Exhausted> {
    if value.depth() > MAX_DEPTH {
        return Err(Exhausted(format!(
            "yields a value nested more than {MAX_DEPTH} deep"
        )));
    }
    if value.measure().bytes > MAX_BYTES {
        return Err(Exhausted(format!("yields more than {MAX_BYTES} bytes")));
    }
    Ok(())
}

impl Exhausted {
    /// As an error of the expression with that text.
    pub(crate) fn of(self, expression: &str) -> EvalError {
        EvalError {
            error: "States.Runtime",
            cause: format!("The expression '{expression}' {}.", self.0),
            location: None,
        }
    }
}
