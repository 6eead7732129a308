//! What is wrong with a text: where, what, and what to write instead.
//!
//! | code | what |
//! |---|---|
//! | SW0001 | malformed JSON: something missing, unexpected or unclosed |
//! | SW0002 | JSON as JavaScript would take it, which AWS refuses: comments, trailing commas, single quotes, bare keys |
//! | SW0003 | a string that JSON does not allow: unknown escape, control character, no closing quote |
//! | SW0004 | nested too deeply, or too large |
//! | SW0005 | malformed YAML |
//! | SW0006 | YAML that a workflow cannot use: merge keys, several documents, aliases that grow out of bounds |

use std::ops::Range;

use super::TextChange;

/// Something missing, unexpected or unclosed in JSON.
pub const MALFORMED_JSON: &str = "SW0001";
/// JavaScript's notation where JSON's is demanded.
pub const NOT_STRICT_JSON: &str = "SW0002";
/// A string that JSON does not allow.
pub const BAD_STRING: &str = "SW0003";
/// Nested too deeply, or too large.
pub const TOO_DEEP: &str = "SW0004";
/// Malformed YAML.
pub const MALFORMED_YAML: &str = "SW0005";
/// YAML that a workflow cannot use.
pub const UNSUPPORTED_YAML: &str = "SW0006";

/// One thing that is wrong with a text. Parsing went on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The bytes that are wrong; empty where something is missing.
    pub range: Range<usize>,
    /// What is wrong and what to do, in a sentence.
    pub message: String,
    /// One of this module's codes.
    pub code: &'static str,
    /// The change that mends it, where there is only one sensible change.
    pub fix: Option<FaultFix>,
}

/// A change that mends a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultFix {
    /// What the change does, as a menu would say it.
    pub label: &'static str,
    /// The change.
    pub change: TextChange,
}
