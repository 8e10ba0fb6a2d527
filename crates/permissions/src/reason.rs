//! Why an action is needed.

use serde::{Deserialize, Serialize};

/// What an action is called for, and what fails without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// What it is called for: words that follow the action's name, without capital or stop.
    #[serde(rename = "for")]
    pub purpose: String,
    /// What fails when it is denied, in a clause without capital or stop.
    pub without: String,
    /// When that is.
    pub at: When,
}

/// When in the life of a cluster a missing permission is felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Something is made: the cluster does not come up, or a machine does not.
    Create,
    /// Something that runs is changed.
    Update,
    /// Something is taken down: resources stay, and so do their costs.
    Delete,
    /// Not at all: the release's policy grants it, and its controllers do not call it.
    Never,
}

impl When {
    /// The name that programs use; the same as in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Never => "never",
        }
    }
}
