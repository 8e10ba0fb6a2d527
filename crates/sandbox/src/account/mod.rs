//! The account: who is in it and what they may do. Pure: no I/O, no clock.

pub(crate) mod aws_managed;
pub(crate) mod directory;
pub(crate) mod documents;
pub(crate) mod file;
pub(crate) mod grants;
pub(crate) mod groups;
pub(crate) mod instance_profiles;
pub(crate) mod keys;
pub(crate) mod limits;
pub(crate) mod partition;
pub(crate) mod policies;
pub(crate) mod principal;
pub(crate) mod roles;
pub(crate) mod scps;
pub(crate) mod service_linked;
pub(crate) mod sessions;
pub(crate) mod tags;
pub(crate) mod users;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::random::Random;
use directory::Directory;
use groups::Group;
use instance_profiles::InstanceProfile;
use keys::AccessKey;
use partition::Partition;
use policies::ManagedPolicy;
use roles::Role;
use scps::ServiceControlPolicies;
use sessions::Session;
use users::{NewUser, User};

/// The name of the user that a new account begins with, who may do everything.
pub(crate) const ADMINISTRATOR: &str = "sandbox-admin";

/// The state of the account, as its file keeps it. What older files lack takes its default.
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
    #[serde(default)]
    pub(crate) partition: Partition,
    #[serde(default)]
    pub(crate) roles: Directory<Role>,
    #[serde(default)]
    pub(crate) profiles: Directory<InstanceProfile>,
    /// Temporary credentials that have not expired when the account was last changed.
    #[serde(default)]
    pub(crate) sessions: Vec<Session>,
    #[serde(default)]
    pub(crate) scps: ServiceControlPolicies,
}

impl Account {
    /// A new account with a root key and an administrator who has one key.
    pub(crate) fn create(partition: Partition, random: &Random, now: Timestamp) -> Account {
        let mut administrator = User::new(NewUser::named(ADMINISTRATOR), random, now);
        administrator
            .grants
            .attached
            .insert(aws_managed::arn(partition, "AdministratorAccess"));
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
            partition,
            roles: Directory::default(),
            profiles: Directory::default(),
            sessions: Vec::new(),
            scps: ServiceControlPolicies::default(),
        }
    }

    /// `arn:aws:iam::ID:KIND/PATH/NAME`; `path` begins and ends with a slash.
    pub(crate) fn arn(&self, kind: &str, path: &str, name: &str) -> String {
        self.iam_arn(&format!("{kind}{path}{name}"))
    }

    /// `arn:aws:iam::ID:RESOURCE`.
    pub(crate) fn iam_arn(&self, resource: &str) -> String {
        format!("arn:{}:iam::{}:{resource}", self.partition.name(), self.id)
    }
}
