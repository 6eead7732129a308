//! Functions that were uploaded over the endpoint. Their code lies beside the record, in a folder named after its
//! digest, so that a new package is a new folder and what runs keeps the old one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Registry, keep, read};
use crate::functions::FunctionSpec;
use crate::store::{Fate, StoreError};

const KIND: &str = "function";

/// An uploaded function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Uploaded {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Such as `python3.13`.
    pub runtime: String,
    /// Such as `app.handler`.
    pub handler: String,
    /// Its role.
    pub role: String,
    /// What its maker says of it.
    pub description: String,
    /// Its variables; none where none were ever given.
    pub environment: Option<BTreeMap<String, String>>,
    /// In seconds.
    pub timeout: u32,
    /// In MB.
    pub memory: u32,
    /// SHA-256 of the package, in hexadecimal.
    pub code: String,
    /// Bytes of the package.
    pub code_size: usize,
    /// When it was made, in milliseconds since the Unix epoch.
    pub created: i64,
    /// When it was changed last.
    pub modified: i64,
    /// Names what it is.
    pub revision: String,
    /// Members of its configuration that mean nothing on this machine, as they were given: `LoggingConfig`, `Layers`, …
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

impl Registry {
    /// Sets which functions the project declares.
    pub fn declare_functions(&self, specs: Vec<FunctionSpec>) {
        let mut declared = self
            .declared_functions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *declared = specs;
    }

    /// Functions that the project declares.
    #[must_use]
    pub fn declared_functions(&self) -> Vec<FunctionSpec> {
        let declared = self
            .declared_functions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        declared.clone()
    }

    /// All functions as they run: the project's, and uploaded ones with other names.
    ///
    /// # Errors
    /// What the store says.
    pub fn function_specs(&self) -> Result<Vec<FunctionSpec>, StoreError> {
        let mut specs = self.declared_functions();
        for uploaded in self.uploaded()? {
            if !specs.iter().any(|spec| spec.name == uploaded.name) {
                specs.push(self.spec(&uploaded));
            }
        }
        Ok(specs)
    }

    fn spec(&self, uploaded: &Uploaded) -> FunctionSpec {
        let arn = aws::arn::Arn::parse(&uploaded.arn);
        FunctionSpec {
            name: uploaded.name.clone(),
            runtime: uploaded.runtime.clone(),
            handler: uploaded.handler.clone(),
            code: self.code_folder(&uploaded.code),
            project: None,
            environment: uploaded.environment.clone().unwrap_or_default(),
            timeout: Duration::from_secs(uploaded.timeout.into()),
            memory_mb: uploaded.memory,
            region: arn.map_or_else(String::new, |arn| arn.region.to_owned()),
            account: arn.map_or_else(String::new, |arn| arn.account.to_owned()),
        }
    }

    /// Where a package with this digest is unpacked.
    #[must_use]
    pub fn code_folder(&self, digest: &str) -> PathBuf {
        self.store.path().with_file_name("functions").join(digest)
    }

    /// Removes the folders of packages that no function has any more.
    ///
    /// # Errors
    /// What the store says.
    pub fn sweep_code(&self) -> Result<(), StoreError> {
        let used: Vec<_> = self
            .uploaded()?
            .into_iter()
            .map(|uploaded| uploaded.code)
            .collect();
        let home = self.store.path().with_file_name("functions");
        // A folder that is not there holds nothing to remove.
        for entry in std::fs::read_dir(home).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if !used.iter().any(|used| name == used.as_str()) {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// Uploaded functions, oldest first.
    ///
    /// # Errors
    /// What the store says.
    pub fn uploaded(&self) -> Result<Vec<Uploaded>, StoreError> {
        self.list(KIND)
    }

    /// The uploaded function with this ARN.
    ///
    /// # Errors
    /// What the store says.
    pub fn uploaded_function(&self, arn: &str) -> Result<Option<Uploaded>, StoreError> {
        self.find(KIND, arn)
    }

    /// Keeps a new function; false where there is one of its name.
    ///
    /// # Errors
    /// What the store says.
    pub async fn upload(&self, function: Uploaded) -> Result<bool, StoreError> {
        let arn = function.arn.clone();
        self.store
            .change_resource(&arn, move |there| match there {
                Some(_) => (false, Fate::Unchanged),
                None => (true, keep(KIND, &function.arn, function.created, &function)),
            })
            .await
    }

    /// Changes an uploaded function; none where there is no such function. A change that answers with an error changes
    /// nothing.
    ///
    /// # Errors
    /// What the store says.
    pub async fn change_function<E: Send + 'static>(
        &self,
        arn: &str,
        change: impl FnOnce(&mut Uploaded) -> Result<(), E> + Send + 'static,
    ) -> Result<Option<Result<Uploaded, E>>, StoreError> {
        self.store
            .change_resource(arn, move |there| {
                let Some(mut function) = there.as_ref().and_then(read::<Uploaded>) else {
                    return (None, Fate::Unchanged);
                };
                match change(&mut function) {
                    Ok(()) => {
                        let fate = keep(KIND, &function.arn, function.created, &function);
                        (Some(Ok(function)), fate)
                    }
                    Err(error) => (Some(Err(error)), Fate::Unchanged),
                }
            })
            .await
    }

    /// Deletes an uploaded function; false where there is no such function.
    ///
    /// # Errors
    /// What the store says.
    pub async fn delete_function(&self, arn: &str) -> Result<bool, StoreError> {
        self.remove(KIND, arn).await
    }
}
