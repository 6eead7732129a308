//! Pass: hands its input, or a fixed result, to its output.

use crate::value::Value;

/// A Pass state's own fields.
#[derive(Debug)]
pub struct Pass {
    /// `Result`: a literal that takes the place of the effective input.
    pub result: Option<Value>,
}
