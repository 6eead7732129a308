//! Data on its way through a state in JSONPath: `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`, `OutputPath`, `Assign`.
//! JSONata's two stages, `Arguments` and `Output`, are in `states/jsonata.rs`.

use asl::expr::Template;
use asl::machine::{PathField, Payload, ResultPath, StateKind};
use asl::value::Value;

use super::{Done, Step};
use crate::Boundary;
use crate::context::View;
use crate::event::Assignments;
use crate::failure::{Failure, Origin};

impl Step<'_> {
    pub(super) fn apply_input_path(&mut self) -> Done {
        let effective = self.path_field(&self.state.flow.input_path, &self.frame.data.input)?;
        self.frame.data.after_input_path = Some(effective);
        self.frame.at = Boundary::AfterInputPath;
        Ok(())
    }

    /// `Parameters`, or `Arguments`.
    pub(super) fn apply_parameters(&mut self) -> Done {
        let parameters = match &self.state.flow.parameters {
            Some(payload) => self.payload(&self.view(), payload, "Arguments", self.frame.data.effective())?,
            None => self.frame.data.effective().clone(),
        };
        self.frame.data.after_parameters = Some(parameters);
        self.frame.at = Boundary::AfterParameters;
        Ok(())
    }

    /// `ResultSelector`; a Pass state has none and goes on to `ResultPath`.
    pub(super) fn select_result(&mut self) -> Done {
        let result = self.frame.data.result.clone().unwrap_or_default();
        if let StateKind::Pass(_) = self.state.kind {
            return self.place(result);
        }
        let selected = match &self.state.flow.result_selector {
            Some(template) => self.template(template, &result)?,
            None => result,
        };
        self.frame.data.after_result_selector = Some(selected);
        self.frame.at = Boundary::AfterResultSelector;
        Ok(())
    }

    pub(super) fn place_result(&mut self) -> Done {
        let selected = self.frame.data.after_result_selector.clone().unwrap_or_default();
        self.place(selected)
    }

    /// `ResultPath`: the result replaces the state's input, or is put into it, or dropped.
    fn place(&mut self, result: Value) -> Done {
        let input = || self.frame.data.input.clone();
        let placed = match &self.state.flow.result_path {
            ResultPath::Whole => result,
            ResultPath::Discard => input(),
            ResultPath::At(path) => path
                .put(input(), result)
                .map_err(|error| self.evaluation(&error))?,
        };
        self.frame.data.after_result_path = Some(placed);
        self.frame.at = Boundary::AfterResultPath;
        Ok(())
    }

    /// `OutputPath` and `Assign`, which see the same variables.
    pub(super) fn finish(&mut self) -> Done {
        let data = &self.frame.data;
        let result = data.result.as_ref().unwrap_or_else(|| data.effective());
        let assigned = self.assigned(&self.view(), self.state.flow.assign.as_ref(), result)?;
        let output = self.path_output()?;
        self.finish_with((output, assigned));
        Ok(())
    }

    /// The same for states without a result: what `OutputPath` sees is the effective input.
    pub(super) fn finish_with_input(&mut self) -> Done {
        if self.is_jsonata() {
            return self.finish_jsonata();
        }
        self.frame.data.after_result_path = self.frame.data.after_input_path.clone();
        self.finish()
    }

    /// The state's output, and what its variables become, are known.
    pub(super) fn finish_with(&mut self, (output, assigned): (Value, Option<Assignments>)) {
        self.frame.data.output = Some(output);
        self.frame.assigned = assigned;
        self.frame.at = Boundary::Exit;
    }

    /// What `OutputPath` leaves of the value after `ResultPath`.
    pub(super) fn path_output(&self) -> Result<Value, Failure> {
        let data = &self.frame.data;
        let whole = data
            .after_result_path
            .as_ref()
            .unwrap_or_else(|| data.effective());
        let output = self.path_field(&self.state.flow.output_path, whole)?;
        self.check_size(&output)?;
        Ok(output)
    }

    fn path_field(&self, field: &PathField, input: &Value) -> Result<Value, Failure> {
        match field {
            PathField::Whole => Ok(input.clone()),
            PathField::Nothing => Ok(Value::empty_object()),
            PathField::Path(path) => path
                .evaluate(input, &self.view())
                .map_err(|error| self.evaluation(&error)),
        }
    }

    /// A payload in the state's language. A template in JSONPath looks at `input`; an expression knows what it looks at, and its
    /// errors speak of `field`.
    pub(super) fn payload(
        &self,
        view: &View<'_>,
        payload: &Payload,
        field: &str,
        input: &Value,
    ) -> Result<Value, Failure> {
        match payload {
            Payload::Template(template) => template.evaluate(input, view),
            Payload::Jsonata(template) => template.evaluate(field, &self.scope(view)),
        }
        .map_err(|error| self.evaluation(&error))
    }

    fn template(&self, template: &Template, input: &Value) -> Result<Value, Failure> {
        template
            .evaluate(input, &self.view())
            .map_err(|error| self.evaluation(&error))
    }

    /// What an `Assign` in JSONPath sets.
    pub(crate) fn assigned(
        &self,
        view: &View<'_>,
        assign: Option<&Payload>,
        input: &Value,
    ) -> Result<Option<Assignments>, Failure> {
        let Some(assign) = assign else {
            return Ok(None);
        };
        let values = self.payload(view, assign, "Assign", input)?;
        self.assignments(&values).map(Some)
    }

    /// The variables that an evaluated `Assign` sets: within the limits of one, of all at once, and of the execution.
    pub(crate) fn assignments(&self, values: &Value) -> Result<Assignments, Failure> {
        self.check_size(values)?;
        let members = values.as_object().into_iter().flat_map(|object| object.iter());
        let assigned: Assignments = members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let limit = self.run.start.limits.variables_bytes;
        match self.run.variables_bytes.after(self.frame, &assigned) > limit {
            true => Err(Failure::variables_limit(&self.state.name)),
            false => Ok(assigned),
        }
    }

    /// A payload that is too large is `States.DataLimitExceeded`; one that is too deep could not be written anywhere.
    pub(crate) fn check_size(&self, value: &Value) -> Done {
        let (limits, measure) = (&self.run.start.limits, value.measure());
        if measure.depth > limits.value_depth {
            let most = limits.value_depth;
            return Err(self.runtime(&format!(
                "The payload is nested {} deep; at most {most} is allowed.",
                measure.depth
            )));
        }
        match measure.bytes > limits.payload_bytes {
            true => Err(Failure::data_limit(&self.state.name, Origin::State)),
            false => Ok(()),
        }
    }
}
