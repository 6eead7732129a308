//! The opened folder: documents, undo, recovery, trust.
