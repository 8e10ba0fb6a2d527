//! Tags of a user or a policy.

use serde::{Deserialize, Serialize};

use super::directory::{Directory, Named};
use super::limits;
use crate::fault::Fault;

/// A key with its value; the value may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tag {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl Named for Tag {
    fn name(&self) -> &str {
        &self.key
    }
}

/// Tags by key. Keys are not distinguished by case (IAM User Guide, "Tags for AWS IAM resources").
pub(crate) type Tags = Directory<Tag>;

/// Adds `new` to `tags`; a key that is there already takes the new value.
pub(crate) fn add(tags: &mut Tags, new: Vec<Tag>) -> Result<(), Fault> {
    for tag in new {
        tags.insert(tag);
    }
    if tags.len() > limits::TAGS {
        return Err(Fault::limit(format!(
            "The number of tags has reached the maximum limit of {}.",
            limits::TAGS
        )));
    }
    Ok(())
}
