//! State machines, activities and functions by their ARN: those that clients of the AWS endpoint made, which the store keeps,
//! and those that the project's files declare, which stay as the files say.
//!
//! | what | where it is kept |
//! |---|---|
//! | a machine, activity or function that was made over the endpoint | the store, until it is deleted |
//! | a machine or function that the project declares | in memory; changed in the project's files only |
//! | tags of either | the store |

mod activity;
mod function;
mod machine;
mod tags;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use asl::machine::StateMachine;
use asl::text::Format;
use serde::{Serialize, de::DeserializeOwned};

pub use activity::Activity;
pub use function::Uploaded;
pub use machine::{Alias, Kind, Machine, Route, Version};
pub use tags::{Tag, TooManyTags};

use crate::functions::FunctionSpec;
use crate::store::{Fate, Resource, Store, StoreError};

/// Compiled definitions kept; beyond, all are let go and made anew as they are asked for.
const COMPILED: usize = 256;

/// State machines and activities.
pub struct Registry {
    store: Arc<Store>,
    declared: RwLock<BTreeMap<String, Machine>>,
    declared_functions: RwLock<Vec<FunctionSpec>>,
    compiled: Mutex<HashMap<String, Arc<StateMachine>>>,
}

/// What came of making something that may be there already.
#[derive(Debug, Clone, PartialEq)]
pub enum Made<T> {
    /// It is new.
    New(T),
    /// The same was there already: nothing changed.
    Same(T),
    /// Another one has its name.
    Taken(T),
}

impl Registry {
    /// What a store keeps.
    #[must_use]
    pub fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            declared: RwLock::default(),
            declared_functions: RwLock::default(),
            compiled: Mutex::default(),
        }
    }

    /// Sets which machines the project declares.
    pub fn declare(&self, machines: Vec<Machine>) {
        let mut declared = self.declared.write().unwrap_or_else(PoisonError::into_inner);
        *declared = machines
            .into_iter()
            .map(|machine| (machine.arn.clone(), machine))
            .collect();
    }

    /// The machine with this ARN, if the project declares it.
    #[must_use]
    pub fn declared(&self, arn: &str) -> Option<Machine> {
        let declared = self.declared.read().unwrap_or_else(PoisonError::into_inner);
        declared.get(arn).cloned()
    }

    fn all_declared(&self) -> Vec<Machine> {
        let declared = self.declared.read().unwrap_or_else(PoisonError::into_inner);
        declared.values().cloned().collect()
    }

    /// A definition ready to run.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn compile(&self, definition: &str) -> Result<Arc<StateMachine>, String> {
        let digest = crate::digest(definition);
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(machine) = compiled.get(&digest) {
            return Ok(machine.clone());
        }
        let machine = StateMachine::parse(definition, Format::Json)
            .map_err(|problems| problems.first().map_or_else(String::new, ToString::to_string))?;
        let machine = Arc::new(machine);
        if compiled.len() >= COMPILED {
            compiled.clear();
        }
        compiled.insert(digest, machine.clone());
        Ok(machine)
    }

    fn find<T: DeserializeOwned>(&self, kind: &str, arn: &str) -> Result<Option<T>, StoreError> {
        let found = self.store.resource(arn)?.filter(|found| found.kind == kind);
        Ok(found.and_then(|found| read(&found)))
    }

    /// Removes a resource of a kind; whether there was one.
    async fn remove(&self, kind: &'static str, arn: &str) -> Result<bool, StoreError> {
        self.store
            .change_resource(arn, move |there| match there {
                Some(there) if there.kind == kind => (true, Fate::Removed),
                _ => (false, Fate::Unchanged),
            })
            .await
    }

    fn list<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<T>, StoreError> {
        let all = self.store.resources(kind, "")?;
        Ok(all.iter().filter_map(read).collect())
    }
}

/// A resource of ours; one that can't be read was written by another version, and is left alone.
fn read<T: DeserializeOwned>(resource: &Resource) -> Option<T> {
    match serde_json::from_str(&resource.data) {
        Ok(read) => Some(read),
        Err(error) => {
            tracing::warn!(%error, arn = resource.arn, "a resource in the store can't be read");
            None
        }
    }
}

fn keep(kind: &str, arn: &str, made: i64, data: &impl Serialize) -> Fate {
    Fate::Kept(Resource {
        arn: arn.to_owned(),
        kind: kind.to_owned(),
        made,
        // Cannot fail: plain data.
        data: serde_json::to_string(data).unwrap_or_default(),
    })
}
