//! Executions of state machines that have an ARN: what StartExecution does, for clients of the endpoint and for Task
//! states alike.

use asl::value::Value;
use aws::arn::Arn;
use engine::{ExecutionStart, StartedAs, StartedBy};
use project::Place;

use super::{Identity, RunError, Runtime, StartRun};
use crate::clock;
use crate::registry::{Alias, Kind, Machine, Route};
use crate::run::Run;
use crate::store::{StoreError, StoredRun};

/// A wish to run a state machine.
#[derive(Debug, Clone)]
pub struct StartMachine {
    /// The machine's ARN, a version's, or an alias's.
    pub arn: String,
    /// The execution's name; none = a UUID.
    pub name: Option<String>,
    /// The input.
    pub input: Value,
    /// The task that starts it; none = a client does.
    pub by: Option<StartedBy>,
}

/// An execution that goes on, or that the same task started before.
pub struct StartedExecution {
    /// Its ARN.
    pub arn: String,
    /// When it began, in milliseconds since the Unix epoch.
    pub started: i64,
    /// The run; none where an execution of the same name and input was found instead, which another process may
    /// drive.
    pub run: Option<Run>,
}

/// Why it can't be run.
#[derive(Debug, thiserror::Error)]
pub enum StartMachineError {
    /// No such machine, version or alias.
    #[error("State Machine Does Not Exist: '{0}'")]
    Unknown(String),
    /// An execution with this ARN exists and is not the same.
    #[error("Execution Already Exists: '{0}'")]
    AlreadyExists(String),
    /// The definition can't run as it stands.
    #[error("{0}")]
    NotRunnable(String),
    /// The run can't be had.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl From<StoreError> for StartMachineError {
    fn from(error: StoreError) -> Self {
        Self::Run(error.into())
    }
}

/// What an ARN leads to: a machine as it is now, or as one of its versions was.
struct Target {
    machine: Machine,
    started_as: Option<StartedAs>,
}

impl Runtime {
    /// The time, in milliseconds since the Unix epoch.
    #[must_use]
    pub fn time(&self) -> i64 {
        self.now().0
    }

    /// An execution by its ARN, as it stands in the store.
    ///
    /// # Errors
    /// What the store says.
    pub fn execution(&self, arn: &str) -> Result<Option<StoredRun>, StoreError> {
        self.shared.store.find_by_arn(arn)
    }

    /// Starts an execution of a machine. A Standard execution of this name and input that still runs is taken instead;
    /// so is one that the same task started before the process was killed, even if it has ended meanwhile.
    ///
    /// # Errors
    /// [`StartMachineError`].
    pub async fn start_machine(&self, wish: StartMachine) -> Result<StartedExecution, StartMachineError> {
        let target = self.target(&wish.arn)?;
        let machine = target.machine;
        let place = place_of(&machine.arn);
        let name = wish.name.unwrap_or_else(clock::random_uuid);
        let express = machine.kind == Kind::Express;
        if !express {
            let arn = place.execution_arn(&machine.name, &name);
            if let Some(there) = self.execution(&arn)? {
                return the_same(&there, &wish.input, wish.by.as_ref(), arn);
            }
        }
        let compiled = self
            .registry()
            .compile(&machine.definition)
            .map_err(StartMachineError::NotRunnable)?;
        let identity = Identity {
            role_arn: Some(machine.role_arn.clone()),
            started_as: target.started_as,
            started_by: wish.by,
            served: true,
        };
        let start = StartRun {
            workflow: machine.workflow,
            machine_name: machine.name,
            document: machine.document,
            machine: compiled,
            substitutions: std::collections::BTreeMap::new(),
            express,
            place,
            name: Some(name),
            input: wish.input,
            breakpoints: None,
            stop_on_entry: false,
            virtual_time: false,
        };
        let run = loop {
            match self.start_as(start.clone(), identity.clone()).await {
                // Another start of this name came in between. Express executions may share a name.
                Err(RunError::Store(StoreError::NameTaken(_))) if express => {}
                Err(RunError::Store(StoreError::NameTaken(name))) => {
                    let arn = start
                        .place
                        .execution_arn(&start.machine_name, start.name.as_deref().unwrap_or(&name));
                    return match self.execution(&arn)? {
                        Some(there) => the_same(&there, &start.input, identity.started_by.as_ref(), arn),
                        None => Err(StartMachineError::AlreadyExists(arn)),
                    };
                }
                run => break run?,
            }
        };
        let (arn, started) = {
            let state = run.state();
            (state.arn().to_owned(), state.started().0)
        };
        Ok(StartedExecution {
            arn,
            started,
            run: Some(run),
        })
    }

    fn target(&self, arn: &str) -> Result<Target, StartMachineError> {
        let unknown = || StartMachineError::Unknown(arn.to_owned());
        if let Some(machine) = self.registry().machine(arn)? {
            return Ok(Target {
                machine,
                started_as: None,
            });
        }
        let (plain, qualifier) = arn.rsplit_once(':').ok_or_else(unknown)?;
        let machine = self.registry().machine(plain)?.ok_or_else(unknown)?;
        let alias = machine.alias(qualifier);
        let number = match alias {
            Some(alias) => way_of(alias).and_then(|route| number_of(&route.version_arn)),
            None => qualifier.parse().ok(),
        };
        let number = number.ok_or_else(unknown)?;
        let started_as = StartedAs {
            version_arn: machine.qualified_arn(number).into(),
            alias_arn: alias.map(|_| arn.into()),
        };
        let version = machine.version(number).ok_or_else(unknown)?.clone();
        Ok(Target {
            machine: Machine {
                definition: version.definition,
                role_arn: version.role_arn,
                ..machine
            },
            started_as: Some(started_as),
        })
    }
}

/// Which way an execution takes: at random, by the shares.
fn way_of(alias: &Alias) -> Option<&Route> {
    let all: u32 = alias.routes.iter().map(|route| route.weight).sum();
    let mut point = u32::from_le_bytes(clock::random()) % all.max(1);
    alias.routes.iter().find(|route| {
        let here = point < route.weight;
        point = point.saturating_sub(route.weight);
        here
    })
}

fn number_of(version_arn: &str) -> Option<u32> {
    version_arn.rsplit_once(':')?.1.parse().ok()
}

/// The account and region that a machine's ARN names.
fn place_of(arn: &str) -> Place {
    Arn::parse(arn).map_or_else(Place::default, |arn| Place {
        account: arn.account.to_owned(),
        region: arn.region.to_owned(),
    })
}

fn the_same(
    there: &StoredRun,
    input: &Value,
    by: Option<&StartedBy>,
    arn: String,
) -> Result<StartedExecution, StartMachineError> {
    let start: Option<ExecutionStart> = serde_json::from_str(&there.start).ok();
    let same = start.as_ref().is_some_and(|start| start.input == *input);
    let again = by.is_some() && start.is_some_and(|start| start.started_by.as_ref() == by);
    if !same || there.standing.ended.is_some() && !again {
        return Err(StartMachineError::AlreadyExists(arn));
    }
    Ok(StartedExecution {
        arn,
        started: there.started,
        run: None,
    })
}
