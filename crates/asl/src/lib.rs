//! The Amazon States Language: text, tree, machine, expressions, diagnostics, edits.
