//! Tags of a resource, in the order in which they were put on it.

use serde::{Deserialize, Serialize};

use super::{Registry, keep, read};
use crate::store::{Fate, StoreError};

const KIND: &str = "tags";

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A resource would have more tags than it may; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyTags;

/// Tags are kept beside their resource: those of a machine that the project declares have nowhere else to be.
fn home(arn: &str) -> String {
    format!("{arn}#tags")
}

impl Registry {
    /// The tags of a resource.
    ///
    /// # Errors
    /// What the store says.
    pub fn tags(&self, arn: &str) -> Result<Vec<Tag>, StoreError> {
        Ok(self.find(KIND, &home(arn))?.unwrap_or_default())
    }

    /// Puts tags on a resource; a known key gets the new value.
    ///
    /// # Errors
    /// What the store says.
    pub async fn tag(&self, arn: &str, tags: Vec<Tag>) -> Result<Result<(), TooManyTags>, StoreError> {
        self.change_tags(arn, move |all| {
            for tag in tags {
                match all.iter_mut().find(|known| known.key == tag.key) {
                    Some(known) => *known = tag,
                    None => all.push(tag),
                }
            }
        })
        .await
    }

    /// Takes tags off a resource; keys that it does not have are no fault.
    ///
    /// # Errors
    /// What the store says.
    pub async fn untag(&self, arn: &str, keys: Vec<String>) -> Result<(), StoreError> {
        // Fewer tags are never too many.
        let _ = self
            .change_tags(arn, move |all| all.retain(|tag| !keys.contains(&tag.key)))
            .await?;
        Ok(())
    }

    async fn change_tags(
        &self,
        arn: &str,
        change: impl FnOnce(&mut Vec<Tag>) + Send + 'static,
    ) -> Result<Result<(), TooManyTags>, StoreError> {
        let home = home(arn);
        let kept = home.clone();
        self.store
            .change_resource(&home, move |there| {
                let mut tags: Vec<Tag> = there.as_ref().and_then(read).unwrap_or_default();
                change(&mut tags);
                match tags.len() {
                    0 => (Ok(()), Fate::Removed),
                    many if many > aws::quotas::TAGS => (Err(TooManyTags), Fate::Unchanged),
                    _ => (Ok(()), keep(KIND, &kept, 0, &tags)),
                }
            })
            .await
    }

    pub(super) async fn forget_tags(&self, arn: &str) -> Result<(), StoreError> {
        self.store
            .change_resource(&home(arn), |_| ((), Fate::Removed))
            .await
    }
}
