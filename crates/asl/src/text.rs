//! The text of a definition and its tree: lossless, positioned, never refused.
//!
//! | file | what it is for |
//! |---|---|
//! | `tree.rs` | [`Tree`] and [`Node`]: what every reader of a definition walks |
//! | `arena.rs` | how nodes are stored, and how the two parsers build them |
//! | `json.rs`, `yaml.rs` | text → nodes and faults, going on after every fault |
//! | `value.rs` | nodes → JSON values |
//! | `token.rs` | the same text as a run of tokens that leaves out no byte |
//! | `fault.rs` | what is wrong with a text, where, and what to write instead |
//! | `part.rs` | a part of a scalar's text → where it stands in the document |
//! | `position.rs` | bytes ↔ UTF-16 ↔ lines and columns |
//! | `change.rs` | text changes: apply, invert, compose, rebase |
//! | `rewrite.rs` | the smallest text change for a change of the tree |
//! | `merge.rs` | differences by lines, and merging two of them |

mod arena;
pub mod change;
pub mod fault;
mod json;
pub mod merge;
mod part;
pub mod position;
pub mod rewrite;
pub mod token;
pub mod tree;
mod value;
mod yaml;

pub use change::{Bias, ChangeError, Changes, Side, TextChange};
pub use fault::Fault;
pub use position::{LineColumn, Positions};
pub use token::{Token, TokenKind};
pub use tree::{Kind, Member, Node, NodeId, Style, Tree};

/// The notation in which a definition is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON as RFC 8259 has it, which is what AWS accepts.
    Json,
    /// YAML 1.2, block or flow style.
    Yaml,
}
