//! The past of a run: a replay of its journal up to a moment. It is read-only, and nothing is invoked there.

use engine::{Boundary, Execution, FrameId, Position, ReplayError};

use super::Move;
use crate::board::{Board, Visit};
use crate::run::RunState;

/// A moment of a run, replayed.
pub struct Past {
    /// Which moment.
    pub position: Position,
    /// The execution as it was.
    pub execution: Execution,
    /// The picture as it was.
    pub board: Board,
    /// The frame in front.
    pub frame: FrameId,
    /// Where it stands.
    pub boundary: Boundary,
    /// History events that there were.
    pub events: u32,
}

impl RunState {
    /// Shows the moment `position` with `frame` in front.
    ///
    /// # Errors
    /// [`ReplayError`] when the journal does not fit the definition.
    pub(crate) fn show(&mut self, position: Position, frame: FrameId) -> Result<(), ReplayError> {
        let mut execution =
            Execution::replay_to(self.machine.clone(), self.start.clone(), &self.journal, position)?;
        let mut events = 0;
        while execution.poll_event().is_some() {
            events += 1;
        }
        while execution.poll_change().is_some() {}
        while execution.poll_command().is_some() {}
        let mut board = Board::default();
        let before = |record: &&crate::record::ChangeRecord| {
            (Position {
                entry: record.entry,
                passed: record.change.passed,
            }) < position
        };
        for record in self.changes.iter().filter(before) {
            board.apply(record.entry, &record.change);
        }
        let view = execution.frames().find(|view| view.id == frame);
        let boundary = view.map_or(Boundary::Enter, |view| view.boundary);
        self.debugger.past = Some(Past {
            position,
            execution,
            board,
            frame,
            boundary,
            events,
        });
        self.epoch += 1;
        Ok(())
    }

    /// Shows the live end again.
    pub(crate) fn show_live(&mut self) {
        if self.debugger.past.take().is_some() {
            self.epoch += 1;
        }
    }

    /// Shows the moment just before a history event.
    ///
    /// # Errors
    /// [`ReplayError`] when the journal does not fit the definition.
    pub(crate) fn show_event(&mut self, event: u32) -> Result<(), ReplayError> {
        let found = self.changes.iter().find(|record| record.change.event >= event);
        match found.map(|record| (record.entry, record.change.passed, record.change.frame)) {
            Some((entry, passed, frame)) => self.show(Position { entry, passed }, frame),
            None => {
                self.show_live();
                Ok(())
            }
        }
    }

    /// The moment shown.
    #[must_use]
    pub fn shown(&self) -> Position {
        self.debugger
            .past
            .as_ref()
            .map_or_else(|| self.end(), |past| past.position)
    }

    /// Moves back along the record. Where there is nothing before, nothing happens.
    ///
    /// # Errors
    /// [`ReplayError`] when the journal does not fit the definition.
    pub(crate) fn go_back(&mut self, how: Move) -> Result<(), ReplayError> {
        let target = self.before_shown(how).map(|visit| (visit.before, visit.frame));
        match target {
            Some((position, frame)) => self.show(position, frame),
            None => Ok(()),
        }
    }

    /// Whether there is something to step back to.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        self.before_shown(Move::Back).is_some()
    }

    fn before_shown(&self, how: Move) -> Option<&Visit> {
        let shown = self.shown();
        let mut earlier = self
            .board
            .visits()
            .iter()
            .rev()
            .filter(move |visit| visit.before < shown);
        match how {
            Move::ReverseContinue => {
                let first = self.board.visits().first().filter(|visit| visit.before < shown);
                earlier
                    .find(|visit| self.debugger.breaks_at(visit.state))
                    .or(first)
            }
            _ => {
                let frame = self
                    .debugger
                    .frame()
                    .or_else(|| self.board.visits().last().map(|visit| visit.frame))?;
                earlier.find(|visit| self.board.is_inside(frame, visit.frame))
            }
        }
    }

    /// Moves forward along the record; at its end the live run is shown again, which has stood still.
    ///
    /// # Errors
    /// [`ReplayError`] when the journal does not fit the definition.
    pub(crate) fn go_forward(&mut self, how: Move) -> Result<(), ReplayError> {
        let Some(past) = &self.debugger.past else {
            return Ok(());
        };
        let (shown, frame) = (past.position, past.frame);
        let mut later = self.board.visits().iter().filter(|visit| visit.before > shown);
        let target = match how {
            Move::Continue => later.find(|visit| self.debugger.breaks_at(visit.state)),
            Move::Over => later.find(|visit| self.board.is_inside(frame, visit.frame)),
            Move::Out => later.find(|visit| visit.frame != frame && self.board.is_inside(frame, visit.frame)),
            Move::Into => later.next(),
            Move::Pause | Move::Back | Move::ReverseContinue => return Ok(()),
        };
        match target.map(|visit| (visit.before, visit.frame)) {
            Some((position, frame)) => self.show(position, frame),
            None => {
                self.show_live();
                Ok(())
            }
        }
    }
}
