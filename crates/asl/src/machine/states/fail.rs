//! Fail: ends the execution, or the scope within a Parallel or Map, with an error.

use crate::expr::Expression;
use crate::machine::Setting;
use crate::value::Text;

/// A Fail state's own fields.
#[derive(Debug)]
pub struct Fail {
    /// `Error` or `ErrorPath`; the path may be an intrinsic function.
    pub error: Setting<Text, Expression>,
    /// `Cause` or `CausePath`; the path may be an intrinsic function.
    pub cause: Setting<Text, Expression>,
}
