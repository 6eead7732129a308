//! Pass: its result is the literal `Result`, or its effective input.

use asl::machine::states::Pass;

use super::Step;
use crate::Boundary;

pub(super) fn result(step: &mut Step<'_>, own: &Pass) {
    let result = own
        .result
        .clone()
        .unwrap_or_else(|| step.frame.data.parameters().clone());
    step.frame.data.result = Some(result);
    step.frame.at = Boundary::Result;
}
