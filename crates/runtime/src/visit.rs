//! The data of a visit at each stage: of the moment shown while it lasts, else of the moment at which it ended.

use asl::machine::{PathField, QueryLanguage, ResultPath, State, StateId, StateKind};
use asl::value::Value;
use engine::{
    Boundary, BoundaryKind, ChangeKind, Entry, Execution, FrameId, Input, InspectionData, Position,
    ReplayError, Stage,
};

use crate::board::{Board, FailedAttempt, StateStatus, Visit};
use crate::debugger::uses;
use crate::run::RunState;

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It happened.
    Passed,
    /// The frame stands here.
    Here,
    /// It has not happened.
    Ahead,
    /// The definition says nothing here: the value is the one of the stage before.
    Unused,
}

/// What is shown of a visit: a stage of its data, or what it assigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A stage, which a debugger may change.
    Stage(Stage),
    /// What `Assign` sets.
    Assign,
}

impl Shown {
    /// By TestState's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shown::Stage(Stage::Input) => "input",
            Shown::Stage(Stage::AfterInputPath) => "afterInputPath",
            Shown::Stage(Stage::AfterParameters) => "afterParameters",
            Shown::Stage(Stage::Result) => "result",
            Shown::Stage(Stage::AfterResultSelector) => "afterResultSelector",
            Shown::Stage(Stage::AfterResultPath) => "afterResultPath",
            Shown::Stage(Stage::Output) => "output",
            Shown::Assign => "assign",
        }
    }
}

/// One stage of a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct StageData {
    /// Which.
    pub stage: Shown,
    /// The field, or what it is, to show.
    pub title: &'static str,
    /// What the definition says here, such as `$.payment`.
    pub note: Option<String>,
    /// The value, where it is known.
    pub value: Option<Value>,
    /// How far it is.
    pub progress: Progress,
    /// Whether a debugger put it there.
    pub edited: bool,
}

/// Which visit to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Which {
    /// In this frame and what runs inside it; none = in any.
    pub frame: Option<FrameId>,
    /// From 0; none = the last.
    pub visit: Option<u32>,
    /// As it stood when this attempt (from 1) had failed; none = the last attempt.
    pub attempt: Option<u32>,
}

/// A visit's data.
#[derive(Debug, Clone)]
pub struct VisitData {
    /// The frame.
    pub frame: FrameId,
    /// Which visit of the state (in the frame asked for), from 0.
    pub visit: u32,
    /// How many there are, one that is about to begin included.
    pub visits: u32,
    /// The attempt shown, from 1; 0 before the first.
    pub attempt: u32,
    /// The attempts that failed and were made again.
    pub failed: Vec<FailedAttempt>,
    /// How it stands; none before the state is entered.
    pub status: Option<StateStatus>,
    /// The boundary before which its frame stands, where it stands in this visit.
    pub boundary: Option<Boundary>,
    /// Can be changed: the frame is held here, or this is a moment of the past.
    pub editable: bool,
    /// From Input to Output, and what is assigned.
    pub stages: Vec<StageData>,
    /// Error and cause.
    pub error: Option<String>,
    /// Cause.
    pub cause: Option<String>,
    /// The rest: variables, context object, attempt.
    pub inspection: Option<InspectionData>,
    /// When it was entered and left, for its lines of the log.
    pub span: Option<(i64, Option<i64>)>,
}

impl RunState {
    /// The board of the moment shown.
    #[must_use]
    pub fn shown_board(&self) -> &Board {
        self.debugger
            .past
            .as_ref()
            .map_or(&self.board, |past| &past.board)
    }

    /// What happened up to the newest moment, also while the past is shown.
    #[must_use]
    pub fn newest_board(&self) -> &Board {
        &self.board
    }

    /// The execution of the moment shown.
    #[must_use]
    pub fn shown_execution(&self) -> &Execution {
        self.debugger
            .past
            .as_ref()
            .map_or(&self.live, |past| &past.execution)
    }

    /// The frame in front, if it stands before entering `state`.
    fn about_to_enter(&self, state: StateId, frame: Option<FrameId>) -> Option<FrameId> {
        let board = self.shown_board();
        let fits = |view: &engine::FrameView| {
            view.state == Some(state)
                && matches!(view.boundary, Boundary::Enter | Boundary::ScopeStart)
                && view.ended.is_none()
                && frame.is_none_or(|frame| board.is_inside(view.id, frame))
        };
        let views: Vec<_> = self.shown_execution().frames().filter(fits).collect();
        let front = self.debugger.frame();
        let chosen = views.iter().find(|view| Some(view.id) == front).or(views.first());
        chosen.map(|view| view.id)
    }

    /// The data of a visit of a state. None where the state was not reached.
    ///
    /// # Errors
    /// [`ReplayError`] when the journal does not fit the definition.
    pub fn visit_data(&self, state: StateId, which: Which) -> Result<Option<VisitData>, ReplayError> {
        let board = self.shown_board();
        let visits = board.visits_of(state, which.frame);
        let coming = self.about_to_enter(state, which.frame);
        let count = visits.len() + usize::from(coming.is_some());
        let Some(last) = count.checked_sub(1) else {
            return Ok(None);
        };
        let index = which.visit.map_or(last, |visit| (visit as usize).min(last));
        let place = (
            u32::try_from(index).unwrap_or(u32::MAX),
            u32::try_from(count).unwrap_or(u32::MAX),
        );
        match visits.get(index) {
            Some(id) => {
                let visit = &board.visits()[*id as usize];
                let attempt = which.attempt.and_then(|attempt| attempt.checked_sub(1));
                match attempt.and_then(|index| Some((index, visit.failed.get(index as usize)?))) {
                    Some((index, failed)) => self.data_of_attempt(visit, index + 1, failed, place),
                    None => self.data_of(state, visit, place),
                }
                .map(Some)
            }
            None => Ok(coming.map(|frame| self.data_before(state, frame, place))),
        }
    }

    fn data_before(&self, state: StateId, frame: FrameId, (visit, visits): (u32, u32)) -> VisitData {
        let inspection = self.shown_execution().inspect(frame);
        let boundary = inspection.as_ref().map(|inspection| inspection.boundary);
        VisitData {
            frame,
            visit,
            visits,
            attempt: 0,
            failed: Vec::new(),
            status: None,
            boundary,
            editable: self.is_editable(),
            stages: stages(
                self.machine.state(state),
                inspection.as_ref(),
                boundary,
                &self.edited(frame, None),
            ),
            error: None,
            cause: None,
            inspection,
            span: None,
        }
    }

    fn data_of(
        &self,
        state: StateId,
        visit: &Visit,
        (index, visits): (u32, u32),
    ) -> Result<VisitData, ReplayError> {
        let lasts = visit.left.is_none()
            && self
                .shown_board()
                .frame(visit.frame)
                .is_some_and(|frame| frame.ended.is_none());
        let inspection = match visit.end.filter(|_| !lasts) {
            None => self.shown_execution().inspect(visit.frame),
            Some(end) => self.inspect_at(end, visit.frame)?,
        };
        let boundary = inspection
            .as_ref()
            .filter(|_| lasts)
            .map(|inspection| inspection.boundary);
        let stands = inspection.as_ref().map(|inspection| inspection.boundary);
        // Where it stands before `Catch`, the visit does not know of its error yet.
        let met = inspection
            .as_ref()
            .filter(|inspection| lasts && inspection.error.is_some());
        let (error, cause) = match met {
            Some(inspection) => (&inspection.error, &inspection.cause),
            None => (&visit.error, &visit.cause),
        };
        let text = |text: &Option<asl::value::Text>| text.as_deref().map(str::to_owned);
        let (error, cause) = (text(error), text(cause));
        Ok(VisitData {
            frame: visit.frame,
            visit: index,
            visits,
            attempt: visit.attempt,
            failed: visit.failed.clone(),
            status: Some(visit.status),
            boundary,
            editable: lasts && self.is_editable(),
            stages: stages(
                self.machine.state(state),
                inspection.as_ref(),
                if lasts { stands } else { None },
                &self.edited(visit.frame, visit.end),
            ),
            error,
            cause,
            inspection,
            span: Some((visit.entered.0, visit.left.map(|left| left.0))),
        })
    }

    /// A visit as it stood when an attempt had failed, before it was decided to try again.
    fn data_of_attempt(
        &self,
        visit: &Visit,
        attempt: u32,
        failed: &FailedAttempt,
        (index, visits): (u32, u32),
    ) -> Result<VisitData, ReplayError> {
        let inspection = self.inspect_at(failed.end, visit.frame)?;
        let began = attempt
            .checked_sub(2)
            .and_then(|before| visit.failed.get(before as usize));
        Ok(VisitData {
            frame: visit.frame,
            visit: index,
            visits,
            attempt,
            failed: visit.failed.clone(),
            status: Some(StateStatus::Retrying),
            boundary: None,
            editable: false,
            stages: stages(
                self.machine.state(visit.state),
                inspection.as_ref(),
                None,
                &self.edited(visit.frame, Some(failed.end)),
            ),
            error: failed.error.as_deref().map(str::to_owned),
            cause: failed.cause.as_deref().map(str::to_owned),
            inspection,
            span: Some((
                began.map_or(visit.entered, |before| before.at).0,
                Some(failed.at.0),
            )),
        })
    }

    /// The stages that a debugger changed since the frame came to the state, up to a moment. What it is given can be
    /// changed before it is entered.
    fn edited(&self, frame: FrameId, until: Option<Position>) -> Vec<Stage> {
        let until = until.map_or(self.shown(), |until| until.min(self.shown()));
        let end = self.changes.partition_point(|record| record.entry < until.entry);
        let arrives = |kind: &ChangeKind| {
            matches!(
                kind,
                ChangeKind::Transition { .. } | ChangeKind::FrameStarted { .. }
            )
        };
        self.changes[..end]
            .iter()
            .rev()
            .filter(|record| record.change.frame == frame)
            .take_while(|record| !arrives(&record.change.kind))
            .filter(|record| record.change.kind == ChangeKind::Edited)
            .filter_map(|record| match &self.journal.get(record.entry as usize)?.entry {
                Entry::Input(Input::SetData { stage, .. }) => Some(*stage),
                Entry::Input(Input::MockResult { .. }) => Some(Stage::Result),
                _ => None,
            })
            .collect()
    }

    fn is_editable(&self) -> bool {
        self.debugger.past.is_some() || self.debugger.paused.is_some()
    }

    fn inspect_at(&self, position: Position, frame: FrameId) -> Result<Option<InspectionData>, ReplayError> {
        let replay = Execution::replay_to(self.machine.clone(), self.start.clone(), &self.journal, position)?;
        Ok(replay.inspect(frame))
    }
}

const ORDER: [(Stage, BoundaryKind); 7] = [
    (Stage::Input, BoundaryKind::Enter),
    (Stage::AfterInputPath, BoundaryKind::AfterInputPath),
    (Stage::AfterParameters, BoundaryKind::Attempt),
    (Stage::Result, BoundaryKind::Result),
    (Stage::AfterResultSelector, BoundaryKind::AfterResultSelector),
    (Stage::AfterResultPath, BoundaryKind::AfterResultPath),
    (Stage::Output, BoundaryKind::Exit),
];

/// The stages of a state, with what is known of them. `boundary` is where the frame stands; none when it has left.
fn stages(
    state: &State,
    data: Option<&InspectionData>,
    boundary: Option<Boundary>,
    edited: &[Stage],
) -> Vec<StageData> {
    let here = boundary.and_then(Boundary::stage);
    let position = |stage: Stage| ORDER.iter().position(|(other, _)| *other == stage);
    let at = here.and_then(position);
    let mut before: Option<Value> = None;
    let mut stages: Vec<StageData> = ORDER
        .iter()
        .filter(|(stage, _)| shown(state, *stage))
        .map(|(stage, _)| {
            let known = data.and_then(|data| value(data, *stage));
            let passed = known.is_some();
            let progress = match (uses(state, *stage), at, position(*stage)) {
                (_, Some(at), Some(stage)) if at == stage => Progress::Here,
                (false, _, _) => Progress::Unused,
                (true, Some(at), Some(stage)) if stage > at => Progress::Ahead,
                (true, _, _) if passed => Progress::Passed,
                (true, _, _) => Progress::Ahead,
            };
            let value = known.or_else(|| before.clone().filter(|_| progress == Progress::Unused));
            // What lies behind the place where the frame stands has not happened.
            before = value.clone().filter(|_| progress != Progress::Here);
            StageData {
                stage: Shown::Stage(*stage),
                title: title(state, *stage),
                note: note(state, *stage),
                value,
                progress,
                edited: edited.contains(stage),
            }
        })
        .collect();
    if assigns(state) {
        stages.push(assign(data));
    }
    stages
}

/// Whether some way out of the state assigns variables.
fn assigns(state: &State) -> bool {
    let catches = state.catch.iter().any(|catcher| catcher.assign.is_some());
    let rules = match &state.kind {
        StateKind::Choice(choice) => choice.rules.iter().any(|rule| rule.assign.is_some()),
        _ => false,
    };
    state.flow.assign.is_some() || catches || rules
}

fn assign(data: Option<&InspectionData>) -> StageData {
    let value = data.and_then(|data| data.assigned.clone());
    let left = data.is_some_and(|data| data.output.is_some());
    StageData {
        stage: Shown::Assign,
        title: "Assign",
        note: None,
        progress: match (&value, left) {
            (Some(_), _) => Progress::Passed,
            // The way that was taken assigns nothing.
            (None, true) => Progress::Unused,
            (None, false) => Progress::Ahead,
        },
        value,
        edited: false,
    }
}

fn value(data: &InspectionData, stage: Stage) -> Option<Value> {
    match stage {
        Stage::Input => data.input.clone(),
        Stage::AfterInputPath => data.after_input_path.clone(),
        Stage::AfterParameters => data.after_parameters.clone(),
        Stage::Result => data.result.clone(),
        Stage::AfterResultSelector => data.after_result_selector.clone(),
        Stage::AfterResultPath => data.after_result_path.clone(),
        Stage::Output => data.output.clone(),
    }
}

/// Which stages a state of this type has at all. In JSONata there is one before the work and one after it.
fn shown(state: &State, stage: Stage) -> bool {
    let jsonata = state.query_language == QueryLanguage::Jsonata;
    match (&state.kind, stage) {
        (_, Stage::Input) => true,
        (StateKind::Fail(_), _) => false,
        (StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_), stage) if jsonata => {
            matches!(stage, Stage::AfterParameters | Stage::Result | Stage::Output)
        }
        (_, stage) if jsonata => stage == Stage::Output,
        (StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed(_), stage) => {
            matches!(stage, Stage::AfterInputPath | Stage::Output)
        }
        (StateKind::Pass(_), stage) => stage != Stage::AfterResultSelector,
        _ => true,
    }
}

fn title(state: &State, stage: Stage) -> &'static str {
    let jsonata = state.query_language == QueryLanguage::Jsonata;
    match (stage, &state.kind) {
        (Stage::Input, _) => "Input",
        (Stage::AfterParameters, StateKind::Map(_)) if jsonata => "ItemSelector",
        (Stage::AfterParameters, _) if jsonata => "Arguments",
        (Stage::Result, _) if jsonata => "Result",
        (Stage::AfterInputPath, _) => "InputPath",
        (Stage::AfterParameters, _) => "Parameters",
        (Stage::Result, StateKind::Task(_)) => "Task result",
        (Stage::Result, StateKind::Parallel(_)) => "Branch outputs",
        (Stage::Result, StateKind::Map(_)) => "Iteration outputs",
        (Stage::Result, _) => "Result",
        (Stage::AfterResultSelector, _) => "ResultSelector",
        (Stage::AfterResultPath, _) => "ResultPath",
        (Stage::Output, _) => "Output",
    }
}

fn note(state: &State, stage: Stage) -> Option<String> {
    let path = |field: &PathField| match field {
        PathField::Whole => None,
        PathField::Nothing => Some("null".to_owned()),
        PathField::Path(path) => Some(path.text().to_owned()),
    };
    match stage {
        Stage::AfterInputPath => path(&state.flow.input_path),
        Stage::AfterResultPath => match &state.flow.result_path {
            ResultPath::Whole => None,
            ResultPath::Discard => Some("null".to_owned()),
            ResultPath::At(path) => Some(path.text().to_owned()),
        },
        Stage::Output => path(&state.flow.output_path).map(|path| format!("OutputPath {path}")),
        _ => None,
    }
}
