//! The eight state types, one file each, and what they share: passing a boundary.
//!
//! [`pass`] does the work behind the boundary before which a frame stands, and leaves it standing before the next one. A state's
//! own file says what is behind `AfterInputPath`, `AfterParameters`, `Attempt` and `Wait`; the rest is the same for all.

mod choice;
mod data_flow;
mod fail;
pub(crate) mod jsonata;
pub(crate) mod map;
mod parallel;
mod pass;
pub(crate) mod scope;
pub(crate) mod task;
mod wait;

use asl::expr::EvalError;
use asl::machine::{State, StateKind, StateMachine, Transition};

use crate::context::View;
use crate::failure::Failure;
use crate::frame::{Frame, Waiting};
use crate::transition::transition;
use crate::{Boundary, ChangeKind, EventDetails, EventId, EventType, Execution, Via, catch};

/// One step of one frame: the execution and the frame side by side, and the state that the frame is in.
pub(crate) struct Step<'a> {
    pub(crate) run: &'a mut Execution,
    pub(crate) frame: &'a mut Frame,
    pub(crate) machine: &'a StateMachine,
    pub(crate) state: &'a State,
}

/// What may go wrong with a step.
pub(crate) type Done = Result<(), Failure>;

/// Passes the boundary before which the frame stands.
pub(crate) fn pass(run: &mut Execution, machine: &StateMachine, frame: &mut Frame) {
    let state = machine.state(frame.state);
    let mut step = Step {
        run,
        frame,
        machine,
        state,
    };
    if let Err(failure) = step.pass() {
        raise(run, frame, failure);
    }
}

/// Brings the frame before `Catch` with an error.
pub(crate) fn raise(run: &mut Execution, frame: &mut Frame, failure: Failure) {
    jsonata::evaluation_failed(run, frame, &failure);
    frame.failure = Some(Box::new(failure));
    frame.at = Boundary::Catch;
}

impl<'a> Step<'a> {
    fn pass(&mut self) -> Done {
        match self.frame.at {
            Boundary::ScopeStart => scope::start(self),
            Boundary::Enter => return self.enter(),
            Boundary::AfterInputPath => return self.after_input_path(),
            Boundary::AfterParameters => self.after_parameters(),
            Boundary::Attempt(_) => return self.attempt(),
            Boundary::Wait => wait::begin(self),
            Boundary::Result if self.is_jsonata() => return self.finish_jsonata(),
            Boundary::Result => return self.select_result(),
            Boundary::AfterResultSelector => return self.place_result(),
            Boundary::AfterResultPath => return self.finish(),
            Boundary::Catch => catch::pass(self),
            Boundary::Exit => self.exit(),
            Boundary::Transition => transition(self.run, self.frame, self.frame.via, self.frame.next),
            Boundary::ScopeJoin => scope::join(self),
        }
        Ok(())
    }

    /// `…StateEntered`, then `InputPath`.
    fn enter(&mut self) -> Done {
        let details = EventDetails::StateEntered {
            name: self.state.name.clone(),
            input: self.frame.data.input.clone(),
        };
        self.frame.entered_at = self.run.now;
        self.frame.before_entered = self.frame.chain;
        self.frame.entered_event = self.emit(EventType::entered(self.state.kind.state_type()), details);
        self.run.change(self.frame, ChangeKind::Entered);
        self.frame.next = match self.state.transition {
            Transition::Next(next) => Some(next),
            Transition::End | Transition::None => None,
        };
        if let StateKind::Fail(fail) = &self.state.kind {
            return Err(fail::failure(self, fail));
        }
        self.apply_input_path()
    }

    /// `Parameters` or `Arguments`, or the whole work of the states that have none.
    fn after_input_path(&mut self) -> Done {
        match &self.state.kind {
            // In JSONata a Pass state has its output only.
            StateKind::Pass(_) if self.is_jsonata() => self.finish_jsonata(),
            StateKind::Pass(_) | StateKind::Task(_) | StateKind::Parallel(_) => self.apply_parameters(),
            StateKind::Map(_) => {
                self.frame.at = Boundary::AfterParameters;
                Ok(())
            }
            StateKind::Choice(choice) => choice::decide(self, choice),
            StateKind::Wait(wait) => wait::prepare(self, wait),
            StateKind::Succeed(_) => self.finish_with_input(),
            // A Fail state never comes so far.
            StateKind::Fail(_) => Ok(()),
        }
    }

    fn after_parameters(&mut self) {
        match &self.state.kind {
            StateKind::Pass(own) => pass::result(self, own),
            _ => self.frame.at = Boundary::Attempt(self.frame.attempt()),
        }
    }

    fn attempt(&mut self) -> Done {
        self.run.change(
            self.frame,
            ChangeKind::AttemptStarted {
                attempt: self.frame.attempt(),
            },
        );
        match &self.state.kind {
            StateKind::Task(own) => task::schedule(self, own),
            StateKind::Parallel(own) => parallel::fork(self, own),
            StateKind::Map(own) => map::begin(self, own),
            _ => Ok(()),
        }
    }

    /// `…StateExited`, and the variables get their values.
    fn exit(&mut self) {
        let output = self.frame.data.output.clone().unwrap_or_default();
        let assigned = self.frame.assigned.clone();
        for (name, value) in assigned.iter().flat_map(|assigned| assigned.iter()) {
            self.run
                .variables_bytes
                .set(self.frame, name.clone(), value.clone());
        }
        if let Some(event) = EventType::exited(self.state.kind.state_type()) {
            let name = self.state.name.clone();
            self.emit(
                event,
                EventDetails::StateExited {
                    name,
                    output,
                    assigned,
                },
            );
        }
        self.run.change(self.frame, ChangeKind::Exited);
        self.frame.at = Boundary::Transition;
    }

    pub(crate) fn emit(&mut self, event: EventType, details: EventDetails) -> EventId {
        self.run.emit(self.frame, event, details)
    }

    /// What expressions of the state see.
    pub(crate) fn view(&self) -> View<'_> {
        View::of(self.run, self.frame)
    }

    pub(crate) fn evaluation(&self, error: &EvalError) -> Failure {
        Failure::evaluation(self.frame, &self.state.name, error)
    }

    pub(crate) fn runtime(&self, cause: &str) -> Failure {
        Failure::runtime(self.frame, &self.state.name, cause)
    }

    /// Leaves by this way when it is done.
    pub(crate) fn leave(&mut self, via: Via, next: Option<asl::machine::StateId>) {
        self.frame.via = via;
        self.frame.next = next;
    }

    /// Stands still until the outside, time or the children wake it.
    pub(crate) fn wait(&mut self, waiting: Waiting) {
        self.frame.waiting = waiting;
    }
}
