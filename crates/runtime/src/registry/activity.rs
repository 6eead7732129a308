//! Activities: names under which workers fetch tasks.

use serde::{Deserialize, Serialize};

use super::{Registry, keep, read};
use crate::store::{Fate, StoreError};

const KIND: &str = "activity";

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// When it was made, in milliseconds since the Unix epoch.
    pub created: i64,
}

impl Registry {
    /// The activity with this ARN.
    ///
    /// # Errors
    /// What the store says.
    pub fn activity(&self, arn: &str) -> Result<Option<Activity>, StoreError> {
        self.find(KIND, arn)
    }

    /// All activities, newest first.
    ///
    /// # Errors
    /// What the store says.
    pub fn activities(&self) -> Result<Vec<Activity>, StoreError> {
        let mut all: Vec<Activity> = self.list(KIND)?;
        all.reverse();
        Ok(all)
    }

    /// Makes an activity; one that is there already is given back as it is.
    ///
    /// # Errors
    /// What the store says.
    pub async fn make_activity(&self, activity: Activity) -> Result<Activity, StoreError> {
        let arn = activity.arn.clone();
        self.store
            .change_resource(&arn, move |there| match there.as_ref().and_then(read) {
                Some(there) => (there, Fate::Unchanged),
                None => {
                    let fate = keep(KIND, &activity.arn, activity.created, &activity);
                    (activity, fate)
                }
            })
            .await
    }

    /// Deletes an activity. Its tasks go on waiting until their time is over.
    ///
    /// # Errors
    /// What the store says.
    pub async fn delete_activity(&self, arn: &str) -> Result<(), StoreError> {
        self.remove(KIND, arn).await?;
        self.forget_tags(arn).await
    }
}
