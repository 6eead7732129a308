//! The Amazon States Language: text, tree, machine, expressions, diagnostics, edits.

pub mod definition;
pub mod diagnostics;
pub mod edits;
pub mod expr;
pub mod expressions;
pub mod fields;
pub mod graph;
pub mod machine;
pub mod shape;
pub mod substitution;
pub mod text;
pub mod value;
pub mod variables;
pub mod verdict;
pub mod words;
