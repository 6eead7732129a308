//! How much the variables of an execution take up together: each counts as its value's JSON text, as payloads do.

use asl::value::{Text, Value};

use crate::event::Assignments;
use crate::frame::Frame;

/// Bytes of all variables of all frames.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct VariablesBytes(u64);

impl VariablesBytes {
    /// Sets a variable of a frame's scope.
    pub(crate) fn set(&mut self, frame: &mut Frame, name: Text, value: Value) {
        self.0 += value.measure().bytes;
        if let Some(old) = frame.variables.insert(name, value) {
            self.0 -= old.measure().bytes;
        }
    }

    /// Removes one; the others keep their order.
    pub(crate) fn remove(&mut self, frame: &mut Frame, name: &str) {
        if let Some(old) = frame.variables.shift_remove(name) {
            self.0 -= old.measure().bytes;
        }
    }

    /// The frame is over, and its variables with it.
    pub(crate) fn forget(&mut self, frame: &mut Frame) {
        for (_, value) in frame.variables.drain(..) {
            self.0 -= value.measure().bytes;
        }
    }

    /// What there would be after these assignments.
    pub(crate) fn after(&self, frame: &Frame, assigned: &Assignments) -> u64 {
        let old = |name: &Text| frame.variables.get(name).map_or(0, |old| old.measure().bytes);
        assigned.iter().fold(self.0, |total, (name, value)| {
            (total + value.measure().bytes).saturating_sub(old(name))
        })
    }
}
