//! The eight state types, one file each, with the same names in the engine.

pub mod choice;
pub mod fail;
pub mod map;
pub mod parallel;
pub mod pass;
pub mod succeed;
pub mod task;
pub mod wait;

pub use choice::{Choice, Rule, Test};
pub use fail::Fail;
pub use map::{ItemBatcher, ItemReader, Items, Map, Mode, ResultWriter};
pub use parallel::Parallel;
pub use pass::Pass;
pub use succeed::Succeed;
pub use task::Task;
pub use wait::Wait;

use crate::words::StateType;

/// What a state does, by its type.
#[derive(Debug)]
pub enum StateKind {
    /// See [`pass`].
    Pass(Pass),
    /// See [`task`].
    Task(Task),
    /// See [`choice`].
    Choice(Choice),
    /// See [`wait`].
    Wait(Wait),
    /// See [`succeed`].
    Succeed(Succeed),
    /// See [`fail`].
    Fail(Fail),
    /// See [`parallel`].
    Parallel(Parallel),
    /// See [`map`].
    Map(Box<Map>),
}

impl StateKind {
    /// The type's name.
    pub fn state_type(&self) -> StateType {
        match self {
            StateKind::Pass(_) => StateType::Pass,
            StateKind::Task(_) => StateType::Task,
            StateKind::Choice(_) => StateType::Choice,
            StateKind::Wait(_) => StateType::Wait,
            StateKind::Succeed(_) => StateType::Succeed,
            StateKind::Fail(_) => StateType::Fail,
            StateKind::Parallel(_) => StateType::Parallel,
            StateKind::Map(_) => StateType::Map,
        }
    }
}
