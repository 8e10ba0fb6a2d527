//! The account: who is in it and what they may do. Pure: no I/O, no clock.

pub(crate) mod aws_managed;
pub(crate) mod directory;
pub(crate) mod documents;
pub(crate) mod file;
pub(crate) mod grants;
pub(crate) mod groups;
pub(crate) mod keys;
pub(crate) mod limits;
pub(crate) mod policies;
pub(crate) mod principal;
pub(crate) mod tags;
pub(crate) mod users;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::random::Random;
use aws_managed::ADMINISTRATOR_ACCESS;
use directory::Directory;
use documents::Document;
use groups::Group;
use keys::AccessKey;
use policies::ManagedPolicy;
use users::{NewUser, User};

/// The name of the user that a new account begins with, who may do everything.
pub(crate) const ADMINISTRATOR: &str = "sandbox-admin";

/// The state of the account, as its file keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) created_at: Timestamp,
    pub(crate) root_keys: Vec<AccessKey>,
    pub(crate) users: Directory<User>,
    pub(crate) groups: Directory<Group>,
    /// Customer-managed policies; AWS's own are in [`aws_managed`].
    pub(crate) policies: Directory<ManagedPolicy>,
    /// The service control policies of the account's place in its organisation, one list per
    /// level, root first; none when it is in no organisation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) service_control_policies: Vec<Vec<ServiceControlPolicy>>,
}

/// A policy of the organisation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceControlPolicy {
    pub(crate) name: String,
    pub(crate) document: Document,
}

impl Account {
    /// A new account with a root key and an administrator who has one key.
    pub(crate) fn create(random: &Random, now: Timestamp) -> Account {
        let mut administrator = User::new(NewUser::named(ADMINISTRATOR), random, now);
        administrator
            .grants
            .attached
            .insert(ADMINISTRATOR_ACCESS.to_owned());
        administrator.keys.push(AccessKey::generate(random, now));
        let mut users = Directory::default();
        users.insert(administrator);
        Account {
            id: random.account_id(),
            created_at: now,
            root_keys: vec![AccessKey::generate(random, now)],
            users,
            groups: Directory::default(),
            policies: Directory::default(),
            service_control_policies: Vec::new(),
        }
    }

    /// `arn:aws:iam::ID:KIND/PATH/NAME`; `path` begins and ends with a slash.
    pub(crate) fn arn(&self, kind: &str, path: &str, name: &str) -> String {
        format!("arn:aws:iam::{}:{kind}{path}{name}", self.id)
    }
}
