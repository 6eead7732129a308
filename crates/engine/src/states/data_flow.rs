//! Data on its way through a state: `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`, `OutputPath`, `Assign`.

use asl::expr::Template;
use asl::machine::{PathField, Payload, ResultPath, StateKind};
use asl::value::Value;

use super::{Done, JSONATA, Step};
use crate::Boundary;
use crate::event::Assignments;
use crate::failure::{Failure, Origin};

impl Step<'_> {
    pub(super) fn apply_input_path(&mut self) -> Done {
        let effective = self.path_field(&self.state.flow.input_path, &self.frame.data.input)?;
        self.frame.data.after_input_path = Some(effective);
        self.frame.at = Boundary::AfterInputPath;
        Ok(())
    }

    pub(super) fn apply_parameters(&mut self) -> Done {
        let parameters = match &self.state.flow.parameters {
            Some(payload) => self.payload(payload, self.frame.data.effective())?,
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
        self.frame.assigned = match &self.state.flow.assign {
            Some(Payload::Template(template)) => {
                let result = self
                    .frame
                    .data
                    .result
                    .as_ref()
                    .unwrap_or_else(|| self.frame.data.effective());
                Some(self.assignments(template, result)?)
            }
            Some(Payload::Jsonata(_)) => return Err(self.runtime(JSONATA)),
            None => None,
        };
        self.finish_choice()
    }

    /// The same for states without a result: what `OutputPath` sees is the effective input.
    pub(super) fn finish_with_input(&mut self) -> Done {
        self.frame.data.after_result_path = self.frame.data.after_input_path.clone();
        self.finish()
    }

    /// The same where `Assign` was dealt with already.
    pub(super) fn finish_choice(&mut self) -> Done {
        let data = &self.frame.data;
        let whole = data
            .after_result_path
            .as_ref()
            .unwrap_or_else(|| data.effective());
        let output = self.path_field(&self.state.flow.output_path, whole)?;
        self.check_size(&output)?;
        self.frame.data.output = Some(output);
        self.frame.at = Boundary::Exit;
        Ok(())
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

    pub(super) fn payload(&self, payload: &Payload, input: &Value) -> Result<Value, Failure> {
        match payload {
            Payload::Template(template) => self.template(template, input),
            Payload::Jsonata(_) => Err(self.runtime(JSONATA)),
        }
    }

    fn template(&self, template: &Template, input: &Value) -> Result<Value, Failure> {
        template
            .evaluate(input, &self.view())
            .map_err(|error| self.evaluation(&error))
    }

    /// What an `Assign` sets. Variables have the size limit of payloads.
    pub(crate) fn assignments(&self, template: &Template, input: &Value) -> Result<Assignments, Failure> {
        let values = self.template(template, input)?;
        self.check_size(&values)?;
        let members = values.as_object().into_iter().flat_map(|object| object.iter());
        Ok(members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect())
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
