//! The part of an account that a bootstrap is about, as it was found.

use commissary_core::domain::{Identity, KnownKey};
use commissary_permissions::Tag;

/// What was found.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) identity: Identity,
    pub(super) user: Option<KnownUser>,
    /// The user whose name differs from the one that is looked for in case only.
    pub(super) other_case: Option<String>,
    /// The policies of the names that matter, and those of the user that a bootstrap made.
    pub(super) policies: Vec<KnownPolicy>,
    pub(super) roles: Vec<KnownRole>,
    pub(super) profiles: Vec<KnownProfile>,
    pub(super) keys: Vec<KnownKey>,
}

/// A user.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownUser {
    pub(super) name: String,
    pub(super) arn: String,
    pub(super) path: String,
    pub(super) tags: Vec<Tag>,
    /// The value of the owner tag.
    pub(super) owner: Option<String>,
    pub(super) boundary: Option<String>,
    /// The ARNs of the policies attached to it.
    pub(super) attached: Vec<String>,
    /// The names of its inline policies.
    pub(super) inline: Vec<String>,
    /// The document of its inline policy for the self-check, as IAM gives it.
    pub(super) self_check: Option<String>,
    pub(super) groups: Vec<String>,
    /// What else hangs on it, for people: its console password, its MFA devices. Known only where
    /// it matters, for the way back.
    pub(super) obstacles: Vec<String>,
}

/// A customer managed policy.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownPolicy {
    pub(super) name: String,
    pub(super) arn: String,
    pub(super) tags: Vec<Tag>,
    pub(super) owner: Option<String>,
    /// Its default document, as IAM gives it.
    pub(super) document: String,
    /// The ids of its versions, the oldest first.
    pub(super) versions: Vec<String>,
    pub(super) default_version: String,
    /// How many users, groups and roles have it.
    pub(super) attachments: usize,
    /// How many users and roles it bounds.
    pub(super) bounds: usize,
}

/// A role.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownRole {
    pub(super) name: String,
    pub(super) tags: Vec<Tag>,
    pub(super) owner: Option<String>,
    pub(super) boundary: Option<String>,
    /// Its trust policy, as IAM gives it.
    pub(super) trust: String,
    /// The ARNs of the policies attached to it.
    pub(super) attached: Vec<String>,
    /// The names of its inline policies.
    pub(super) inline: Vec<String>,
}

/// An instance profile.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownProfile {
    pub(super) name: String,
    pub(super) tags: Vec<Tag>,
    pub(super) owner: Option<String>,
    /// The names of the roles in it; IAM takes one.
    pub(super) roles: Vec<String>,
}

impl Account {
    /// The policy of that name; IAM takes names that differ in case only for the same (IAM User
    /// Guide, "IAM identifiers").
    pub(super) fn policy(&self, name: &str) -> Option<&KnownPolicy> {
        let mut policies = self.policies.iter();
        policies.find(|policy| policy.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn role(&self, name: &str) -> Option<&KnownRole> {
        let mut roles = self.roles.iter();
        roles.find(|role| role.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn profile(&self, name: &str) -> Option<&KnownProfile> {
        let mut profiles = self.profiles.iter();
        profiles.find(|profile| profile.name.eq_ignore_ascii_case(name))
    }
}

impl KnownPolicy {
    /// The versions that are not in force, the oldest first.
    pub(super) fn other_versions(&self) -> impl Iterator<Item = &String> {
        let versions = self.versions.iter();
        versions.filter(|id| **id != self.default_version)
    }
}
