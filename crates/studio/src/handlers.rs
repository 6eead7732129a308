//! The handlers of the contract's methods, by area.

mod debug;
mod document;
mod functions;
mod project;
mod run;

use crate::contract::CallError;

pub(crate) use document::disk as document_error;
pub(crate) use functions::Builds;

/// Puts a lower crate's error into the contract's words.
pub(crate) fn because(code: &str) -> impl Fn(&dyn std::fmt::Display) -> CallError + '_ {
    move |error| CallError::new(code, sentence(&error.to_string()))
}

/// Messages of lower crates are parts of sentences; a user reads whole ones.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
