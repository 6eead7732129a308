//! State machines with their versions and aliases.

use project::Place;
use serde::{Deserialize, Serialize};

use super::{Made, Registry, keep, read};
use crate::store::{Fate, StoreError};

const KIND: &str = "stateMachine";

/// Standard or Express.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Kind {
    /// Up to a year, with a history.
    Standard,
    /// Up to five minutes.
    Express,
}

/// A state machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Standard or Express.
    pub kind: Kind,
    /// The definition as it was given.
    pub definition: String,
    /// The role that its executions are said to have.
    pub role_arn: String,
    /// When it was made, in milliseconds since the Unix epoch.
    pub created: i64,
    /// When it was changed last.
    pub updated: i64,
    /// Names what it is since an update; none before the first.
    pub revision: Option<String>,
    /// `loggingConfiguration` as it was given, with its defaults.
    pub logging: serde_json::Value,
    /// Whether X-Ray was asked for.
    pub tracing: bool,
    /// Published versions, oldest first.
    pub versions: Vec<Version>,
    /// The number of the last version that was published, also if it was deleted since.
    pub last_version: u32,
    /// Aliases, oldest first.
    pub aliases: Vec<Alias>,
    /// The workflow's id in the project; its own name where the project does not declare it.
    pub workflow: String,
    /// The document with the definition; empty where the project does not declare it.
    pub document: String,
}

/// A published version: what the machine was then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// From 1.
    pub number: u32,
    /// What the publisher says of it.
    pub description: Option<String>,
    /// When, in milliseconds since the Unix epoch.
    pub created: i64,
    /// The definition then.
    pub definition: String,
    /// The role then.
    pub role_arn: String,
    /// The revision then.
    pub revision: Option<String>,
}

/// A name for one version, or for two with a share each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alias {
    /// Its name.
    pub name: String,
    /// What its maker says of it.
    pub description: Option<String>,
    /// When it was made, in milliseconds since the Unix epoch.
    pub created: i64,
    /// When it was changed last.
    pub updated: i64,
    /// Where it leads.
    pub routes: Vec<Route>,
}

/// One way of an alias.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The version's ARN.
    pub version_arn: String,
    /// Its share, in percent.
    pub weight: u32,
}

impl Machine {
    /// A machine that the project declares.
    #[must_use]
    pub fn of_project(workflow: &project::Workflow, definition: String, place: &Place, changed: i64) -> Self {
        let name = workflow.name.clone();
        Self {
            arn: place.state_machine_arn(&name),
            role_arn: place.role_arn(&name),
            kind: if workflow.express {
                Kind::Express
            } else {
                Kind::Standard
            },
            definition,
            created: changed,
            updated: changed,
            revision: None,
            logging: serde_json::json!({"level": "OFF", "includeExecutionData": false}),
            tracing: false,
            versions: Vec::new(),
            last_version: 0,
            aliases: Vec::new(),
            workflow: workflow.id.clone(),
            document: workflow.document.to_string(),
            name,
        }
    }

    /// Whether making `other` would make this very machine: the service asks for no more than this.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.definition == other.definition
            && self.kind == other.kind
            && self.logging == other.logging
            && self.tracing == other.tracing
    }

    /// The published version with this number.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// The alias with this name.
    #[must_use]
    pub fn alias(&self, name: &str) -> Option<&Alias> {
        self.aliases.iter().find(|alias| alias.name == name)
    }

    /// The ARN of a version or an alias.
    #[must_use]
    pub fn qualified_arn(&self, qualifier: impl std::fmt::Display) -> String {
        format!("{}:{qualifier}", self.arn)
    }

    /// Publishes what the machine is now. The same revision is published once: a second time gives the same version.
    pub fn publish(&mut self, description: Option<String>, at: i64) -> Version {
        if let Some(last) = self.version(self.last_version)
            && last.revision == self.revision
        {
            return last.clone();
        }
        self.last_version += 1;
        let version = Version {
            number: self.last_version,
            description,
            created: at,
            definition: self.definition.clone(),
            role_arn: self.role_arn.clone(),
            revision: self.revision.clone(),
        };
        self.versions.push(version.clone());
        version
    }
}

impl Registry {
    /// The machine with this ARN (without a version or alias).
    ///
    /// # Errors
    /// What the store says.
    pub fn machine(&self, arn: &str) -> Result<Option<Machine>, StoreError> {
        match self.declared(arn) {
            Some(declared) => Ok(Some(declared)),
            None => self.find(KIND, arn),
        }
    }

    /// All machines, newest first.
    ///
    /// # Errors
    /// What the store says.
    pub fn machines(&self) -> Result<Vec<Machine>, StoreError> {
        let mut all: Vec<Machine> = self.list(KIND)?;
        all.retain(|machine| self.declared(&machine.arn).is_none());
        all.extend(self.all_declared());
        all.sort_by(|a, b| (b.created, &b.arn).cmp(&(a.created, &a.arn)));
        Ok(all)
    }

    /// Makes a machine, unless its name is taken.
    ///
    /// # Errors
    /// What the store says.
    pub async fn make_machine(&self, machine: Machine) -> Result<Made<Machine>, StoreError> {
        let judge = |there: Machine, wanted: &Machine| {
            if there.is_same(wanted) {
                Made::Same(there)
            } else {
                Made::Taken(there)
            }
        };
        if let Some(declared) = self.declared(&machine.arn) {
            return Ok(judge(declared, &machine));
        }
        let arn = machine.arn.clone();
        self.store
            .change_resource(&arn, move |there| {
                match there.as_ref().and_then(read::<Machine>) {
                    Some(there) => (judge(there, &machine), Fate::Unchanged),
                    None => {
                        let fate = keep(KIND, &machine.arn, machine.created, &machine);
                        (Made::New(machine), fate)
                    }
                }
            })
            .await
    }

    /// Changes a machine that was made over the endpoint; none where there is no such machine. A change that answers
    /// with an error changes nothing.
    ///
    /// # Errors
    /// What the store says.
    pub async fn change_machine<T, E>(
        &self,
        arn: &str,
        change: impl FnOnce(&mut Machine) -> Result<T, E> + Send + 'static,
    ) -> Result<Option<Result<T, E>>, StoreError>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.store
            .change_resource(arn, move |there| {
                let Some(mut machine) = there.as_ref().and_then(read::<Machine>) else {
                    return (None, Fate::Unchanged);
                };
                let before = machine.clone();
                let answer = change(&mut machine);
                if answer.is_err() || machine == before {
                    return (Some(answer), Fate::Unchanged);
                }
                let fate = keep(KIND, &machine.arn, machine.created, &machine);
                (Some(answer), fate)
            })
            .await
    }

    /// Deletes a machine that was made over the endpoint. Its executions stay.
    ///
    /// # Errors
    /// What the store says.
    pub async fn delete_machine(&self, arn: &str) -> Result<(), StoreError> {
        self.remove(KIND, arn).await?;
        self.forget_tags(arn).await
    }
}
