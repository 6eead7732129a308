//! What expressions see besides their input: the context object (built only when asked for), variables, random numbers.

use std::cell::Cell;

use asl::expr::Host;
use asl::machine::{Pattern, Resource, StateKind};
use asl::value::{Text, Value};

use crate::Execution;
use crate::frame::{Frame, MapItem};
use crate::random::{self, purpose};

/// The view of one frame, for one evaluation.
pub(crate) struct View<'a> {
    execution: &'a Execution,
    frame: &'a Frame,
    /// The item that is being selected, before its iteration is there.
    item: Option<&'a MapItem>,
    turn: Cell<u64>,
}

impl<'a> View<'a> {
    /// What the frame's state sees.
    pub(crate) fn of(execution: &'a Execution, frame: &'a Frame) -> View<'a> {
        View {
            execution,
            frame,
            item: None,
            turn: Cell::new(0),
        }
    }

    /// What a Map's `ItemSelector` sees for one item.
    pub(crate) fn of_item(execution: &'a Execution, frame: &'a Frame, item: &'a MapItem) -> View<'a> {
        View {
            execution,
            frame,
            item: Some(item),
            turn: Cell::new(0),
        }
    }

    /// The item of the nearest iteration around the frame.
    fn map_item(&self) -> Option<&'a MapItem> {
        let mut frame = self.frame;
        self.item.or_else(|| {
            loop {
                match frame.item.as_deref() {
                    Some(item) => return Some(item),
                    None => frame = self.execution.frames.get(frame.parent?)?,
                }
            }
        })
    }

    fn state(&self) -> Value {
        let state = self.execution.machine.state(self.frame.state);
        let mut members = vec![
            ("Name", Value::String(state.name.clone())),
            ("EnteredTime", self.frame.entered_at.to_string().into()),
        ];
        if matches!(
            state.kind,
            StateKind::Task(_) | StateKind::Map(_) | StateKind::Parallel(_)
        ) {
            members.push(("RetryCount", self.frame.retry_count.into()));
        }
        Value::object(members)
    }
}

impl Host for View<'_> {
    fn context(&self) -> Value {
        let start = &self.execution.start;
        if let Some(given) = &start.context {
            return given.clone();
        }
        let mut members = vec![
            ("Execution", execution_part(self.execution)),
            (
                "StateMachine",
                Value::object([
                    ("Id", Value::String(start.state_machine_arn.clone())),
                    ("Name", Value::String(start.state_machine_name.clone())),
                ]),
            ),
            ("State", self.state()),
        ];
        if let Some(item) = self.map_item() {
            let item = Value::object([("Index", item.index.into()), ("Value", item.value.clone())]);
            members.push(("Map", Value::object([("Item", item)])));
        }
        if let Some(token) = token(self.execution, self.frame) {
            members.push(("Task", Value::object([("Token", Value::String(token))])));
        }
        Value::object(members)
    }

    fn variable(&self, name: &str) -> Option<Value> {
        variable(self.execution, self.frame, name)
    }

    fn now(&self) -> i64 {
        self.execution.now.0
    }

    fn random(&self) -> u64 {
        let turn = self.turn.replace(self.turn.get() + 1);
        let boundary = self.frame.at.kind() as u64;
        let item = self.item.map_or(0, |item| u64::from(item.index) + 1);
        let purpose = purpose::EXPRESSION + (item << 8) + boundary;
        random::number(self.execution.start.seed, self.frame.chain, purpose, turn)
    }
}

fn execution_part(execution: &Execution) -> Value {
    let start = &execution.start;
    Value::object([
        ("Id", Value::String(start.execution_arn.clone())),
        ("Input", start.input.clone()),
        ("StartTime", start.start.to_string().into()),
        ("Name", Value::String(start.name.clone())),
        ("RoleArn", Value::String(start.role_arn.clone())),
        ("RedriveCount", 0u32.into()),
    ])
}

/// The value of a variable as a frame sees it: its own scope's, or one around it.
fn variable(execution: &Execution, frame: &Frame, name: &str) -> Option<Value> {
    let mut frame = frame;
    loop {
        if let Some(value) = frame.variables.get(name) {
            return Some(value.clone());
        }
        frame = execution.frames.get(frame.parent?)?;
    }
}

/// All variables that a frame sees, its own first.
pub(crate) fn variables(execution: &Execution, frame: &Frame) -> Vec<(Text, Value)> {
    let mut seen: Vec<(Text, Value)> = Vec::new();
    let mut next = Some(frame);
    while let Some(frame) = next {
        for (name, value) in frame.variables.iter() {
            if !seen.iter().any(|(known, _)| known == name) {
                seen.push((name.clone(), value.clone()));
            }
        }
        next = frame.parent.and_then(|parent| execution.frames.get(parent));
    }
    seen
}

/// The token of the attempt that the frame's Task makes or is about to make, if it is one that is answered by token.
pub(crate) fn token(execution: &Execution, frame: &Frame) -> Option<Text> {
    let StateKind::Task(task) = &execution.machine.state(frame.state).kind else {
        return None;
    };
    let answered = match &task.resource {
        Resource::Activity { .. } => true,
        Resource::Integration { pattern, .. } => *pattern == Pattern::WaitForTaskToken,
        Resource::Function { .. } => false,
    };
    answered.then(|| random::token(execution.start.seed, frame.entered_event, frame.attempt()))
}
