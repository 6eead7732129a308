//! A new execution: what it is called, and what determines it.

use engine::{ExecutionKind, ExecutionStart};

use super::{RunError, Runtime, StartRun, digest};
use crate::clock;

impl Runtime {
    /// The key of a new execution in the store: its name; where an execution of another machine has that name already,
    /// both names; and where one of the same Express machine has it, which may come again, its name and what tells it
    /// apart.
    pub(super) fn key_for(&self, start: &ExecutionStart) -> Result<String, RunError> {
        let name = start.name.to_string();
        let other = self.shared.store.find(&name)?;
        if other.is_some() && start.kind == ExecutionKind::Express {
            let run = start.execution_arn.rsplit(':').next().unwrap_or_default();
            return Ok(format!("{name}.{run}"));
        }
        let is_other = other.is_some_and(|other| {
            serde_json::from_str::<ExecutionStart>(&other.start)
                .is_ok_and(|other| other.state_machine_arn != start.state_machine_arn)
        });
        Ok(if is_other {
            format!("{}.{name}", start.state_machine_name)
        } else {
            name
        })
    }

    pub(super) fn execution_start(&self, wish: &StartRun, name: &str) -> ExecutionStart {
        let machine = &wish.machine_name;
        let mut start = ExecutionStart::new(machine, name, wish.input.clone(), self.now());
        start.state_machine_arn = wish.place.state_machine_arn(machine).into();
        start.execution_arn = if wish.express {
            wish.place
                .express_arn(machine, name, &clock::random_uuid())
                .into()
        } else {
            wish.place.execution_arn(machine, name).into()
        };
        start.role_arn = wish.place.role_arn(machine).into();
        start.kind = if wish.express {
            ExecutionKind::Express
        } else {
            ExecutionKind::Standard
        };
        start.account = wish.place.account.as_str().into();
        start.region = wish.place.region.as_str().into();
        start.seed = u64::from_le_bytes(clock::random::<8>());
        start.definition_digest = digest(&wish.machine.text).into();
        start.substitutions = wish.substitutions.clone();
        start
    }

    /// `20260301-120000-3f9a`: sorts by time, can be typed; one that no execution has yet.
    pub(super) fn make_up_name(&self) -> Result<String, RunError> {
        loop {
            let [high, low] = clock::random::<2>();
            let time = self.shared.clock.now().format("%Y%m%d-%H%M%S");
            let name = format!("{time}-{high:02x}{low:02x}");
            if self.shared.store.find(&name)?.is_none() {
                return Ok(name);
            }
        }
    }
}
