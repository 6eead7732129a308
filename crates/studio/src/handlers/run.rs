//! Runs: start, stop, look at.

use ::runtime::run::Run;
use ::runtime::store::RunQuery;
use ::runtime::{RunError, StartRun as Wish};
use asl::value::Value;
use engine::FrameId;

use super::{because, sentence};
use crate::Studio;
use crate::contract::*;
use crate::open::Open;
use crate::views;

/// Rows given at most in one answer.
const MOST: u32 = 1_000;

impl Studio {
    pub(crate) async fn run_start(&self, params: StartRun) -> Result<Started, CallError> {
        let open = self.opened()?;
        if let Some(will_run) = self.untrusted(&open) {
            return Ok(Started::NeedsTrust { will_run });
        }
        if let Some(question) = open.build_question().await {
            return Ok(question);
        }
        let input = Value::parse(&params.input)
            .map_err(|error| CallError::new("run.input", format!("The input is not JSON: {error}.")))?;
        let prepared = views::prepare(&open, &params.workflow)?;
        let breakpoints = params
            .debug
            .then(|| views::runtime_breakpoints(&open, &params.workflow));
        let wish = Wish {
            input,
            breakpoints,
            stop_on_entry: params.debug && params.stop_on_entry,
            virtual_time: params.virtual_time,
            ..prepared
        };
        let run = open.runtime.start(wish).await.map_err(refused)?;
        self.bus.send(&StudioEvent::RunsChanged {});
        Ok(Started::Running {
            run: Box::new(views::run(&open, &run)),
        })
    }

    pub(crate) async fn run_stop(&self, params: StopRun) -> Result<Done, CallError> {
        self.opened()?
            .runtime
            .stop(&params.execution, None, None)
            .await
            .map_err(refused)?;
        Ok(Done {})
    }

    pub(crate) async fn run_remove(&self, params: RunRef) -> Result<Done, CallError> {
        let open = self.opened()?;
        open.runtime.remove(&params.execution).await.map_err(refused)?;
        self.bus.send(&StudioEvent::RunsChanged {});
        Ok(Done {})
    }

    pub(crate) async fn run_resume(&self, params: RunRef) -> Result<RunView, CallError> {
        let open = self.opened()?;
        if self.untrusted(&open).is_some() {
            return Err(
                CallError::new("run.trust", "Code in this folder may not run yet.")
                    .hint("Run the workflow once and allow it."),
            );
        }
        let run = open.runtime.resume(&params.execution).await.map_err(refused)?;
        self.bus.send(&StudioEvent::RunsChanged {});
        Ok(views::run(&open, &run))
    }

    pub(crate) async fn run_list(&self, params: ListRuns) -> Result<Runs, CallError> {
        let query = RunQuery {
            workflow: params.workflow,
            open_only: false,
            limit: params.limit.clamp(1, MOST),
        };
        let runs = self.opened()?.runtime.list(&query).map_err(refused)?;
        Ok(Runs {
            runs: runs.iter().map(views::summary).collect(),
        })
    }

    pub(crate) async fn run_get(&self, params: RunRef) -> Result<RunView, CallError> {
        let open = self.opened()?;
        let run = open.runtime.run(&params.execution).map_err(refused)?;
        Ok(views::run(&open, &run))
    }

    pub(crate) async fn run_states(&self, params: GetFrameStates) -> Result<FrameStates, CallError> {
        let run = self.find(&params.execution)?;
        let states = views::frame_states(&run, Some(FrameId(params.frame)));
        Ok(FrameStates { states })
    }

    pub(crate) async fn run_iterations(&self, params: GetIterations) -> Result<Iterations, CallError> {
        let run = self.find(&params.execution)?;
        Ok(views::iterations(
            &run,
            &params.state,
            params.frame.map(FrameId),
            params.from,
            params.limit.min(MOST),
        ))
    }

    pub(crate) async fn run_data(&self, params: GetStateData) -> Result<FoundData, CallError> {
        let run = self.find(&params.execution)?;
        Ok(FoundData {
            data: views::data(&run, &params)?,
        })
    }

    pub(crate) async fn run_value(&self, params: GetValue) -> Result<ValueText, CallError> {
        let run = self.find(&params.execution)?;
        views::value_of_handle(&run, &params.handle)
            .map(|text| ValueText { text })
            .ok_or_else(|| CallError::new("run.value", "That value is not at hand any more."))
    }

    pub(crate) async fn run_timeline(&self, params: GetRange) -> Result<Timeline, CallError> {
        Ok(views::timeline(
            &self.find(&params.execution)?,
            params.from,
            params.limit.min(MOST),
        ))
    }

    pub(crate) async fn run_events(&self, params: GetRange) -> Result<Events, CallError> {
        Ok(views::events(
            &self.find(&params.execution)?,
            params.from,
            params.limit.min(MOST),
        ))
    }

    pub(crate) async fn run_event(&self, params: GetEvent) -> Result<EventDetail, CallError> {
        let run = self.find(&params.execution)?;
        views::event(&run, params.event)
            .ok_or_else(|| CallError::new("run.event", format!("The run has no event {}.", params.event)))
    }

    pub(crate) async fn run_log(&self, params: GetRange) -> Result<Log, CallError> {
        Ok(views::log(
            &self.find(&params.execution)?,
            params.from,
            params.limit.min(MOST),
        ))
    }

    /// What would run in a folder whose code may not run yet; none where nothing stands in the way of a run.
    fn untrusted(&self, open: &Open) -> Option<Vec<String>> {
        let will_run = views::will_run(&open.workspace());
        (!will_run.is_empty() && !self.configuration.is_trusted(&open.root)).then_some(will_run)
    }

    pub(super) fn find(&self, execution: &str) -> Result<Run, CallError> {
        self.opened()?.runtime.run(execution).map_err(refused)
    }
}

pub(crate) fn refused(error: RunError) -> CallError {
    let code = match &error {
        RunError::Unknown(_) => "run.unknown",
        RunError::Ended(_) => "run.ended",
        RunError::Elsewhere(_) => "run.elsewhere",
        RunError::NotPaused(_) => "run.notPaused",
        RunError::Open(_) => "run.open",
        RunError::Replay(_) => "run.replay",
        RunError::Load(_) => "run.load",
        RunError::Store(_) => "run.store",
    };
    CallError::new(code, sentence(&error.to_string()))
}

/// A value of an edit, from its text.
pub(crate) fn parsed(text: &str) -> Result<Value, CallError> {
    Value::parse(text).map_err(|error| because("json.malformed")(&error))
}
