//! What lower crates know, in the contract's words. One file for each area; nothing is decided here.

mod debug;
mod document;
mod edit;
mod elsewhere;
mod export;
mod form;
mod news;
mod project;
mod run;
mod value;

pub(crate) use debug::{evaluated, stack};
pub(crate) use document::{Drawing, changed, format_name, status, understood};
pub(crate) use edit::{actions, edit};
pub(crate) use elsewhere::seen_elsewhere;
pub(crate) use export::{export_json, export_svg, prepare};
pub(crate) use form::{form, function_options};
pub(crate) use news::{Told, news};
pub(crate) use project::{build, function_specs, listing, project, recent, runtime_breakpoints, will_run};
pub(crate) use run::{data, event, events, frame_states, iterations, log, run, summary, timeline};
pub(crate) use value::{json_checked, value_of_handle};
