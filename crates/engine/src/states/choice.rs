//! Choice: the first rule that holds decides where to go; none is the error `States.NoChoiceMatched`.

use asl::machine::states::{Choice, Rule, Test};
use asl::machine::{Payload, StateId};

use super::{Done, JSONATA, Step};
use crate::Via;
use crate::failure::{Failure, Origin};

pub(super) fn decide(step: &mut Step<'_>, own: &Choice) -> Done {
    let (via, next, assign) = match first_that_holds(step, &own.rules)? {
        Some(index) => {
            let rule = &own.rules[index];
            (
                Via::Rule(u32::try_from(index).unwrap_or(u32::MAX)),
                rule.next,
                rule.assign.as_ref(),
            )
        }
        None => (Via::Default, default(step, own)?, step.state.flow.assign.as_ref()),
    };
    step.frame.assigned = match assign {
        Some(Payload::Template(template)) => Some(step.assignments(template, step.frame.data.effective())?),
        Some(Payload::Jsonata(_)) => return Err(step.runtime(JSONATA)),
        None => None,
    };
    step.leave(via, Some(next));
    step.finish_choice()
}

fn first_that_holds(step: &Step<'_>, rules: &[Rule]) -> Result<Option<usize>, Failure> {
    let (input, view) = (step.frame.data.effective(), step.view());
    for (index, rule) in rules.iter().enumerate() {
        let holds = match &rule.test {
            Test::JsonPath(condition) => condition
                .evaluate(input, &view)
                .map_err(|error| step.evaluation(&error))?,
            Test::Always(holds) => *holds,
            Test::Jsonata(_) => return Err(step.runtime(JSONATA)),
        };
        if holds {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

fn default(step: &Step<'_>, own: &Choice) -> Result<StateId, Failure> {
    own.default.ok_or_else(|| {
        let (name, entered) = (&step.state.name, step.frame.entered_event);
        let cause = format!(
            "An error occurred while executing the state '{name}' (entered at the event id #{entered}). \
             Failed to transition out of the state. The state does not point to a next state."
        );
        Failure {
            error: Some(aws::errors::NO_CHOICE_MATCHED.into()),
            cause: Some(cause.into()),
            origin: Origin::State,
        }
    })
}
