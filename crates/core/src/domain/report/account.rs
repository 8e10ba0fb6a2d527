//! What else the account must have: roles, instance profiles, service-linked roles.

use commissary_permissions::PrerequisiteKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that must be there besides the credential, and whether it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountNeed {
    /// What it is.
    pub kind: PrerequisiteKind,
    /// Its name.
    pub name: String,
    /// What it is for, in words without capital or stop.
    pub purpose: String,
    /// Whether clusters can do without it in common set-ups.
    #[serde(default)]
    pub optional: bool,
    /// Whether it is there.
    #[serde(flatten)]
    pub presence: Presence,
}

/// Whether something is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "presence",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Presence {
    /// It is there.
    Present,
    /// It is not there.
    Missing {
        /// What that means and what to do: one sentence.
        so: String,
        /// Whether clusters cannot be built as things are.
        in_the_way: bool,
    },
    /// It could not be found out. Never to be read as missing.
    Unknown {
        /// Why: one sentence.
        because: String,
    },
}

impl AccountNeed {
    /// Whether clusters cannot be built as things are.
    pub fn is_in_the_way(&self) -> bool {
        matches!(
            self.presence,
            Presence::Missing {
                in_the_way: true,
                ..
            }
        )
    }
}
