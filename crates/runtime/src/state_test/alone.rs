//! A machine around one state: the state as it stands, and an end for each way out of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use asl::machine::{StateKind, StateMachine};
use asl::text::Format;
use asl::value::{Text, Value};
use engine::{ExecutionKind, ExecutionStart, Timestamp};

use super::{StateTest, made_up};

/// What the tested state is called, whatever its name in its machine (recorded: the context object says so).
pub const STATE_NAME: &str = "StateName";

/// A state in a machine of its own.
#[derive(Debug, Clone)]
pub struct Alone {
    /// The machine.
    pub machine: Arc<StateMachine>,
    /// The state as it was given.
    pub state: Value,
    /// Its `Type`.
    pub kind: String,
}

/// Why a state can't be taken out of its definition.
#[derive(Debug, thiserror::Error)]
pub enum AloneError {
    /// The machine has no state of this name.
    #[error("State not found in definition")]
    NoSuchState,
    /// The state can't run: the first thing that is wrong, and its definition, for whoever can say it better.
    #[error("{problem}")]
    NotRunnable {
        /// What is wrong.
        problem: String,
        /// The machine around the state, JSON text.
        definition: String,
    },
}

impl Alone {
    /// Takes a state out of a machine by its name, at any depth; without a name the definition is the state.
    ///
    /// # Errors
    /// [`AloneError`].
    pub fn of(definition: &Value, name: Option<&str>) -> Result<Self, AloneError> {
        let state = match name {
            None => definition.clone(),
            Some(name) => find(definition, name).ok_or(AloneError::NoSuchState)?,
        };
        let kind = state
            .get("Type")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let language = match name {
            Some(_) => definition.get("QueryLanguage"),
            None => None,
        };
        let text = around(&state, language);
        let machine =
            StateMachine::parse(text.as_str(), Format::Json).map_err(|problems| AloneError::NotRunnable {
                problem: problems.first().map_or_else(String::new, ToString::to_string),
                definition: text.clone(),
            })?;
        Ok(Self {
            machine: Arc::new(machine),
            state,
            kind,
        })
    }

    /// What determines the trial: names that nobody else has, and the context object.
    pub(super) fn start(&self, test: &StateTest, now: Timestamp) -> ExecutionStart {
        let (machine, name) = (made_up(), made_up());
        let place = &test.place;
        let mut start = ExecutionStart::new(&machine, &name, test.input.clone(), now);
        start.kind = ExecutionKind::Express;
        start.account = place.account.as_str().into();
        start.region = place.region.as_str().into();
        start.state_machine_arn = place.state_machine_arn(&machine).into();
        start.execution_arn = format!(
            "arn:aws:states:{}:{}:express:{machine}:{name}",
            place.region, place.account
        )
        .into();
        start.context = Some(test.context.clone().unwrap_or_else(|| self.context(test, &start)));
        start
    }

    /// The context object of a state that was given none.
    fn context(&self, test: &StateTest, start: &ExecutionStart) -> Value {
        let now = start.start.to_string();
        let role = test.role_arn.as_deref().map_or(Value::Null, Value::string);
        let execution = Value::object([
            ("Id", Value::String(start.execution_arn.clone())),
            ("Input", start.input.clone()),
            ("Name", Value::String(start.name.clone())),
            ("RoleArn", role),
            ("StartTime", now.as_str().into()),
        ]);
        let machine = Value::object([
            ("Id", Value::String(start.state_machine_arn.clone())),
            ("Name", Value::String(start.state_machine_name.clone())),
        ]);
        let mut state = vec![("Name", STATE_NAME.into()), ("EnteredTime", now.as_str().into())];
        if self.works() {
            state.push(("RetryCount", test.retries.into()));
        }
        Value::object([
            ("Execution", execution),
            ("StateMachine", machine),
            ("State", Value::object(state)),
        ])
    }

    fn works(&self) -> bool {
        let machine = &self.machine;
        matches!(
            machine.state(machine.scope(machine.root()).start).kind,
            StateKind::Task(_) | StateKind::Map(_) | StateKind::Parallel(_)
        )
    }
}

/// The state of this name, in the machine or in any scope inside it.
fn find(scope: &Value, name: &str) -> Option<Value> {
    let states = scope.get("States")?.as_object()?;
    if let Some(found) = states.get(name) {
        return Some(found.clone());
    }
    states.iter().find_map(|(_, state)| {
        let processors = ["ItemProcessor", "Iterator"];
        let branches = state.get("Branches").and_then(Value::as_array);
        processors
            .iter()
            .find_map(|field| find(state.get(field)?, name))
            .or_else(|| branches?.iter().find_map(|branch| find(branch, name)))
    })
}

/// The machine's text: the state under its one name, and a Succeed state for each name that it goes to.
fn around(state: &Value, language: Option<&Value>) -> String {
    let mut targets = BTreeSet::new();
    collect_targets(state, &mut targets);
    targets.remove(STATE_NAME);
    let end = Value::object([("Type", "Succeed".into())]);
    let ends = targets.into_iter().map(|target| (target, end.clone()));
    let states: Vec<(Text, Value)> = [(STATE_NAME.into(), state.clone())]
        .into_iter()
        .chain(ends)
        .collect();
    let mut machine = vec![
        ("StartAt", Value::from(STATE_NAME)),
        ("States", Value::object(states)),
    ];
    if let Some(language) = language {
        machine.push(("QueryLanguage", language.clone()));
    }
    Value::object(machine).to_json()
}

/// Names behind `Next` and `Default` of the state itself, its rules and its catchers; not of what is inside it.
fn collect_targets(state: &Value, targets: &mut BTreeSet<Text>) {
    let mut add = |object: &Value, field: &str| {
        if let Some(target) = object.get(field).and_then(Value::as_text) {
            targets.insert(target.clone());
        }
    };
    add(state, "Next");
    add(state, "Default");
    for list in ["Choices", "Catch"] {
        let entries = state.get(list).and_then(Value::as_array);
        for entry in entries.into_iter().flat_map(|entries| entries.iter()) {
            add(entry, "Next");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(definition: &str, name: Option<&str>, expected: &str) {
        let alone = Alone::of(&Value::parse(definition).unwrap(), name).unwrap();
        assert_eq!(&*alone.machine.text, expected);
    }

    #[test]
    fn a_state_alone() {
        check(
            r#"{"Type":"Pass","Next":"B"}"#,
            None,
            r#"{"StartAt":"StateName","States":{"StateName":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}"#,
        );
        check(
            r#"{"StartAt":"M","QueryLanguage":"JSONPath","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}}}}}"#,
            Some("I"),
            r#"{"StartAt":"StateName","States":{"StateName":{"Type":"Succeed"}},"QueryLanguage":"JSONPath"}"#,
        );
        let missing = Alone::of(&Value::parse(r#"{"States":{}}"#).unwrap(), Some("X"));
        assert!(matches!(missing, Err(AloneError::NoSuchState)));
    }
}
