//! Debugging: breakpoints, moves, edits, forks.

use ::runtime::DataEdit as Change;
use ::runtime::debugger::Move;
use engine::{FrameId, Stage};

use super::because;
use super::run::{parsed, refused};
use crate::Studio;
use crate::contract::*;
use crate::open::breakpoints_key;
use crate::views;

impl Studio {
    pub(crate) async fn debug_breakpoints(&self, params: SetBreakpoints) -> Result<Breakpoints, CallError> {
        let open = self.opened()?;
        let Some(breakpoints) = params.breakpoints else {
            let all = open.locked(&open.breakpoints);
            return Ok(Breakpoints {
                breakpoints: all.get(&params.workflow).cloned().unwrap_or_default(),
            });
        };
        let text = {
            let mut all = open.locked(&open.breakpoints);
            all.insert(params.workflow.clone(), breakpoints.clone());
            serde_json::to_string(&*all).unwrap_or_default()
        };
        open.configuration
            .set(&breakpoints_key(&open.root), Some(text))
            .map_err(|error| because("settings.write")(&error))?;
        open.runtime.set_breakpoints(
            &params.workflow,
            &views::runtime_breakpoints(&open, &params.workflow),
        );
        self.bus.send(&StudioEvent::BreakpointsChanged {
            workflow: params.workflow,
            breakpoints: breakpoints.clone(),
        });
        Ok(Breakpoints { breakpoints })
    }

    pub(crate) async fn debug_step(&self, params: Step) -> Result<RunView, CallError> {
        let open = self.opened()?;
        let run = open.runtime.run(&params.execution).map_err(refused)?;
        let how = match params.step {
            StepKind::Continue => Move::Continue,
            StepKind::Pause => Move::Pause,
            StepKind::Over => Move::Over,
            StepKind::Into => Move::Into,
            StepKind::Out => Move::Out,
            StepKind::Back => Move::Back,
            StepKind::ReverseContinue => Move::ReverseContinue,
        };
        open.runtime.step(&run, how).map_err(refused)?;
        Ok(views::run(&open, &run))
    }

    pub(crate) async fn debug_seek(&self, params: Seek) -> Result<RunView, CallError> {
        let open = self.opened()?;
        let run = open.runtime.run(&params.execution).map_err(refused)?;
        open.runtime.seek(&run, params.event).map_err(refused)?;
        Ok(views::run(&open, &run))
    }

    pub(crate) async fn debug_stack(&self, params: RunRef) -> Result<Stack, CallError> {
        Ok(views::stack(&self.find(&params.execution)?))
    }

    pub(crate) async fn debug_evaluate(&self, params: Evaluate) -> Result<Evaluated, CallError> {
        let run = self.find(&params.of.execution)?;
        views::evaluated(&run, &params)
    }

    pub(crate) async fn debug_edit(&self, params: EditData) -> Result<Forked, CallError> {
        let open = self.opened()?;
        let run = open.runtime.run(&params.execution).map_err(refused)?;
        let edited = open
            .runtime
            .edit(&run, FrameId(params.frame), change(params.edit)?)
            .await
            .map_err(refused)?;
        let forked = edited.name() != run.name();
        if forked {
            self.bus.send(&StudioEvent::RunsChanged {});
        }
        Ok(Forked {
            run: views::run(&open, &edited),
            forked,
        })
    }

    pub(crate) async fn debug_fork(&self, params: Fork) -> Result<Forked, CallError> {
        let open = self.opened()?;
        let run = open.runtime.run(&params.execution).map_err(refused)?;
        let fork = open
            .runtime
            .fork(&run, params.reuse_results, params.go)
            .await
            .map_err(refused)?;
        self.bus.send(&StudioEvent::RunsChanged {});
        Ok(Forked {
            run: views::run(&open, &fork),
            forked: true,
        })
    }
}

fn change(edit: DataEdit) -> Result<Change, CallError> {
    Ok(match edit {
        DataEdit::Stage { stage, value } => Change::Stage(stage_named(&stage)?, parsed(&value)?),
        DataEdit::Variable { name, value } => {
            Change::Variable(name, value.map(|value| parsed(&value)).transpose()?)
        }
        DataEdit::MockResult { value } => Change::MockResult(parsed(&value)?),
        DataEdit::Throw { error, cause } => Change::Throw { error, cause },
        DataEdit::SkipDelay {} => Change::SkipDelay,
    })
}

fn stage_named(name: &str) -> Result<Stage, CallError> {
    serde_json::from_value(serde_json::Value::from(name))
        .map_err(|_| CallError::new("debug.stage", format!("There is no stage {name}.")))
}
