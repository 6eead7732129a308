//! Choice: the first rule that holds decides where to go; none is the error `States.NoChoiceMatched`.

use asl::machine::StateId;
use asl::machine::states::{Choice, Rule, Test};
use asl::value::Value;

use super::jsonata::Declared;
use super::{Done, Step};
use crate::Via;
use crate::context::View;
use crate::failure::{Failure, Origin};

pub(super) fn decide(step: &mut Step<'_>, own: &Choice) -> Done {
    let view = step.view();
    let (via, next, declared) = match first_that_holds(step, &view, &own.rules)? {
        Some(index) => {
            let rule = &own.rules[index];
            let declared = Declared {
                place: format!("Choices[{index}]/"),
                output: rule.output.as_ref(),
                assign: rule.assign.as_ref(),
            };
            (
                Via::Rule(u32::try_from(index).unwrap_or(u32::MAX)),
                rule.next,
                declared,
            )
        }
        None => (Via::Default, default(step, own)?, Declared::of(&step.state.flow)),
    };
    let input = step.frame.data.effective();
    let found = match step.is_jsonata() {
        true => step.declared(&step.scope(&view), &declared, input)?,
        false => (step.path_output()?, step.assigned(&view, declared.assign, input)?),
    };
    step.leave(via, Some(next));
    step.finish_with(found);
    Ok(())
}

fn first_that_holds(step: &Step<'_>, view: &View<'_>, rules: &[Rule]) -> Result<Option<usize>, Failure> {
    let input = step.frame.data.effective();
    for (index, rule) in rules.iter().enumerate() {
        let holds = match &rule.test {
            Test::JsonPath(condition) => condition
                .evaluate(input, view)
                .map_err(|error| step.evaluation(&error))?,
            Test::Always(holds) => *holds,
            Test::Jsonata(expression) => {
                let field = format!("Choices[{index}]/Condition");
                step.expression(view, expression, &field, "boolean", Value::as_bool)?
            }
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
            location: None,
        }
    })
}
