//! The Amazon States Language: text, tree, machine, expressions, diagnostics, edits.

pub mod expr;
pub mod value;
