//! What is wrong with a definition: where, what, and what to do. One rule, one file, one code, one page in
//! `docs/diagnostics/`.
//!
//! | code | rule | severity |
//! |---|---|---|
//! | SW0001 SW0002 SW0003 SW0004 SW0005 SW0006 | [`syntax`]: what the parser found | error |
//! | SW0010 | [`not_a_definition`] | error |
//! | SW0011 | [`start_not_found`] | error |
//! | SW0012 | [`unreachable_state`] | error |
//! | SW0013 | [`missing_target`] | error |
//! | SW0014 | [`no_terminal_state`] | error, warning |
//! | SW0015 | [`endless_loop`] | warning |
//! | SW0016 | [`duplicate_state_name`] | error |
//! | SW0017 | [`unknown_field`] | error |
//! | SW0018 | [`missing_field`] | error |
//! | SW0019 | [`wrong_value`] | error |
//! | SW0020 | [`wrong_query_language`] | error |
//! | SW0021 | [`next_or_end`] | error |
//! | SW0022 | [`exclusive_fields`] | error |
//! | SW0023 | [`unknown_state_type`] | error |
//! | SW0024 | [`invalid_path`] | error |
//! | SW0025 | [`invalid_template`] | error |
//! | SW0026 | [`misplaced_states_all`] | error |
//! | SW0027 | [`missing_default`] | info |
//! | SW0028 | [`invalid_resource`] | error |
//! | SW0029 | [`state_name_too_long`] | error |
//! | SW0030 | [`unknown_error_name`] | warning |
//! | SW0031 | [`duplicate_field`] | warning |
//! | SW0032 | [`invalid_rule`] | error |
//! | SW0033 | [`NOT_RUNNABLE`]: said by [`crate::machine`] when a definition is to run | error |
//! | SW0034 | [`shadowed_error`] | warning |
//! | SW0035 | [`impossible_error`] | warning |
//! | SW0036 | [`contradicting_times`] | error, warning |
//! | SW0037 | [`undefined_variable`] | warning |
//! | SW0038 | [`path_leads_nowhere`] | warning |
//! | SW0039 | [`standard_only`] | error |
//! | SW0040 | [`payload_forecast`] | warning |
//! | SW0041 | [`event_forecast`] | info, warning |
//! | SW0050 | [`invalid_expression`] | error |
//! | SW0051 | [`half_expression`] | error, warning |
//! | SW0052 | [`unknown_function`] | warning |
//! | SW0053 | [`unknown_states_member`] | warning |
//! | SW0054 | [`nothing_to_start_from`] | warning |
//! | SW0060 | [`missing_dollar`] | warning |
//! | SW0061 | [`missing_path`] | warning |
//! | SW0062 | [`static_result`] | warning |
//! | SW0063 | [`duplicate_label`] | error |
//! | SW0064 | [`invalid_variable_name`] | error |
//!
//! What `${Placeholder}` stands for is not known yet, so it is never wrong. All rules together are linear in the
//! size of the definition.

mod check;
mod contradicting_times;
mod duplicate_field;
mod duplicate_label;
mod duplicate_state_name;
mod endless_loop;
mod event_forecast;
mod exclusive_fields;
mod fixes;
mod half_expression;
mod impossible_error;
mod invalid_expression;
mod invalid_path;
mod invalid_resource;
mod invalid_rule;
mod invalid_template;
mod invalid_variable_name;
mod misplaced_states_all;
mod missing_default;
mod missing_dollar;
mod missing_field;
mod missing_path;
mod missing_target;
mod next_or_end;
mod no_terminal_state;
mod not_a_definition;
mod nothing_to_start_from;
mod path_leads_nowhere;
mod payload_forecast;
pub(crate) mod said;
mod shadowed_error;
mod spelling;
mod standard_only;
mod start_not_found;
mod state_name_too_long;
mod static_result;
mod syntax;
#[cfg(test)]
mod tests;
mod undefined_variable;
mod unknown_error_name;
mod unknown_field;
mod unknown_function;
mod unknown_state_type;
mod unknown_states_member;
mod unreachable_state;
mod wrong_query_language;
mod wrong_value;

use std::fmt;
use std::ops::Range;

use check::Check;
pub use said::Said;
pub(crate) use unreachable_state::not_reachable;

use crate::definition::{Definition, StateKey};
use crate::graph::FlowGraph;
use crate::shape::infer::Results;
use crate::text::{Changes, Tree};
use crate::words::MachineType;

/// Well formed, but it cannot run as it stands: a placeholder is still open where a value is needed.
pub const NOT_RUNNABLE: &str = "SW0033";

/// One thing that is wrong, or may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// `SW0012`; each code has a page in `docs/diagnostics/`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and what to do, in a sentence or two, without the place.
    pub message: String,
    /// The bytes that are wrong.
    pub range: Range<usize>,
    /// The place as RFC 6901 writes it; empty for the whole.
    pub pointer: String,
    /// The state that it stands in.
    pub state: Option<StateKey>,
    /// A change that mends it, where there is one sensible change.
    pub fix: Option<Fix>,
    /// What the service says of it; none: nothing if it is no error, else the same in our words.
    pub said: Option<Said>,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// AWS refuses it, or it cannot work.
    Error,
    /// It is accepted, and most likely not meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// A change that mends a diagnostic.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as a menu says it.
    pub label: String,
    /// The change of the text.
    pub changes: Changes,
    /// Whether it takes something out that the user wrote, or makes it mean something else, so that it is not made
    /// without being asked for one by one.
    pub removes: bool,
}

/// Errors say where, what, and what to do: `/States/Pause: "Seconds" is -1; it must be …`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (object, field) = self.pointer.rsplit_once('/').unwrap_or(("", &self.pointer));
        let names_field = self
            .message
            .strip_prefix('"')
            .and_then(|rest| rest.strip_prefix(field));
        let place = if names_field.is_some_and(|rest| rest.starts_with('"')) {
            object
        } else {
            &self.pointer
        };
        write!(
            f,
            "{}: {}",
            if place.is_empty() { "/" } else { place },
            self.message
        )
    }
}

/// What is known besides the text, and makes some rules say more.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// The machine's type, where the template or the caller says it.
    pub machine_type: Option<MachineType>,
    /// Results of tasks that were seen or are mocked, by state.
    pub results: Results,
}

type Rule = fn(&Check<'_>, &mut Vec<Diagnostic>);

/// Every rule, in the order of the codes.
const RULES: &[Rule] = &[
    syntax::check,
    not_a_definition::check,
    start_not_found::check,
    unreachable_state::check,
    missing_target::check,
    no_terminal_state::check,
    endless_loop::check,
    duplicate_state_name::check,
    unknown_field::check,
    missing_field::check,
    wrong_value::check,
    wrong_query_language::check,
    next_or_end::check,
    exclusive_fields::check,
    unknown_state_type::check,
    invalid_path::check,
    invalid_template::check,
    misplaced_states_all::check,
    missing_default::check,
    invalid_resource::check,
    state_name_too_long::check,
    unknown_error_name::check,
    duplicate_field::check,
    invalid_rule::check,
    shadowed_error::check,
    impossible_error::check,
    contradicting_times::check,
    undefined_variable::check,
    path_leads_nowhere::check,
    standard_only::check,
    payload_forecast::check,
    event_forecast::check,
    invalid_expression::check,
    half_expression::check,
    unknown_function::check,
    unknown_states_member::check,
    nothing_to_start_from::check,
    missing_dollar::check,
    missing_path::check,
    static_result::check,
    duplicate_label::check,
    invalid_variable_name::check,
];

/// All that is wrong, by position; syntax faults included.
pub fn diagnose(tree: &Tree, definition: &Definition, graph: &FlowGraph) -> Vec<Diagnostic> {
    diagnose_knowing(tree, definition, graph, &Known::default())
}

/// The same with what is known besides the text.
pub fn diagnose_knowing(
    tree: &Tree,
    definition: &Definition,
    graph: &FlowGraph,
    known: &Known,
) -> Vec<Diagnostic> {
    let check = Check::new(tree, definition, graph, known);
    let mut found = Vec::new();
    for rule in RULES {
        rule(&check, &mut found);
    }
    found.sort_by(|a, b| (a.range.start, a.severity, a.code).cmp(&(b.range.start, b.severity, b.code)));
    found
}
