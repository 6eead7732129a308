//! Data on its way through a state in JSONata: `Arguments` before its work, `Output` and `Assign` after it.
//!
//! | field | absent |
//! |---|---|
//! | `Arguments` | the input |
//! | `Output` | the result of a Task, Parallel or Map state; the input of the others; the error output in a catcher |
//! | `Assign` | nothing |
//!
//! `Output` and `Assign` see the variables as they were when the state was entered: neither sees what the other does.

use asl::expr::jsonata::{self, Scope};
use asl::machine::{DataFlow, Payload, QueryLanguage, StateKind};
use asl::value::Value;

use super::{Done, Step};
use crate::context::View;
use crate::event::{Assignments, EvaluationFailed};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::{EventDetails, EventType, Execution};

/// What a state, a rule or a catcher says of the way out.
pub(crate) struct Declared<'a> {
    /// What stands before the fields' names in errors: `Choices[0]/`, `Catch[1]/`; nothing for a state's own.
    pub(crate) place: String,
    /// `Output`
    pub(crate) output: Option<&'a jsonata::Template>,
    /// `Assign`
    pub(crate) assign: Option<&'a Payload>,
}

impl<'a> Declared<'a> {
    /// The state's own.
    pub(super) fn of(flow: &'a DataFlow) -> Declared<'a> {
        Declared {
            place: String::new(),
            output: flow.output.as_ref(),
            assign: flow.assign.as_ref(),
        }
    }
}

impl Step<'_> {
    pub(crate) fn is_jsonata(&self) -> bool {
        self.state.query_language == QueryLanguage::Jsonata
    }

    /// What expressions of the state see: its input, and its result if it has one.
    pub(crate) fn scope<'s>(&'s self, view: &'s View<'_>) -> Scope<'s> {
        Scope {
            input: self.frame.data.effective(),
            result: self.frame.data.result.as_ref(),
            error_output: None,
            host: view,
        }
    }

    /// The value of a field that takes values of one type only.
    pub(super) fn expression<T>(
        &self,
        view: &View<'_>,
        expression: &jsonata::Expression,
        field: &str,
        expected: &str,
        accept: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<T, Failure> {
        expression
            .evaluate_as(field, &self.scope(view), expected, accept)
            .map_err(|error| self.evaluation(&error))
    }

    /// `Output` and `Assign` of the state, after its work.
    pub(super) fn finish_jsonata(&mut self) -> Done {
        let data = &self.frame.data;
        let absent = data.result.as_ref().unwrap_or_else(|| data.effective());
        let view = self.view();
        let found = self.declared(&self.scope(&view), &Declared::of(&self.state.flow), absent)?;
        self.finish_with(found);
        Ok(())
    }

    /// What is declared, evaluated; `absent` is the output where none is.
    pub(crate) fn declared(
        &self,
        scope: &Scope<'_>,
        declared: &Declared<'_>,
        absent: &Value,
    ) -> Result<(Value, Option<Assignments>), Failure> {
        let evaluate = |template: &jsonata::Template, field: &str| {
            template
                .evaluate(&format!("{}{field}", declared.place), scope)
                .map_err(|error| self.evaluation(&error))
        };
        let assigned = match declared.assign {
            Some(Payload::Jsonata(template)) => Some(self.assignments(&evaluate(template, "Assign")?)?),
            // A state in JSONata has none in JSONPath.
            Some(Payload::Template(_)) | None => None,
        };
        let output = match declared.output {
            Some(template) => evaluate(template, "Output")?,
            None => absent.clone(),
        };
        self.check_size(&output)?;
        Ok((output, assigned))
    }
}

/// `EvaluationFailed`, where the frame's state failed by its own JSONata.
///
/// Recorded: what fails while a state is being entered links to the event before `…StateEntered`; not so in a Wait state.
pub(crate) fn evaluation_failed(run: &mut Execution, frame: &mut Frame, failure: &Failure) {
    if !failure.is_of_query() {
        return;
    }
    let state = run.machine.state(frame.state);
    if frame.chain == frame.entered_event && !matches!(state.kind, StateKind::Wait(_)) {
        frame.chain = frame.before_entered;
    }
    let details = EvaluationFailed {
        error: failure.error.clone(),
        cause: failure.cause.clone(),
        location: failure.location.clone(),
        state: state.name.clone(),
    };
    run.emit(
        frame,
        EventType::EvaluationFailed,
        EventDetails::EvaluationFailed(Box::new(details)),
    );
}
