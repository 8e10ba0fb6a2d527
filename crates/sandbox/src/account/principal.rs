//! Who is calling.

use serde::{Deserialize, Serialize};

use super::Account;
use super::keys::AccessKey;
use super::roles::Role;
use super::sessions::RoleSession;
use super::users::User;
use crate::fault::{Code, Fault};

/// The identity behind an access key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Principal {
    /// The account itself.
    Root,
    /// A user, by name.
    User(String),
    /// A session of a role.
    Role(Box<RoleSession>),
}

impl Account {
    /// The access key of that id and whose it is.
    pub(crate) fn find_key(&self, id: &str) -> Option<(Principal, &AccessKey)> {
        let root = self.root_keys.iter().map(|key| (Principal::Root, key));
        let users = self.users.iter().flat_map(|user| {
            user.keys
                .iter()
                .map(|key| (Principal::User(user.name.clone()), key))
        });
        root.chain(users).find(|(_, key)| key.id == id)
    }

    /// The same key, to be changed.
    pub(crate) fn find_key_mut(&mut self, id: &str) -> Option<&mut AccessKey> {
        let users = self.users.iter_mut().flat_map(|user| user.keys.iter_mut());
        self.root_keys
            .iter_mut()
            .chain(users)
            .find(|key| key.id == id)
    }

    /// The access keys of a user or of the root user.
    pub(crate) fn keys(&self, owner: &Principal) -> Result<&Vec<AccessKey>, Fault> {
        match owner {
            Principal::Root => Ok(&self.root_keys),
            Principal::User(name) => self.user(name).map(|user| &user.keys),
            Principal::Role(_) => Err(no_keys()),
        }
    }

    /// The same keys, to be changed.
    pub(crate) fn keys_mut(&mut self, owner: &Principal) -> Result<&mut Vec<AccessKey>, Fault> {
        match owner {
            Principal::Root => Ok(&mut self.root_keys),
            Principal::User(name) => self.user_mut(name).map(|user| &mut user.keys),
            Principal::Role(_) => Err(no_keys()),
        }
    }

    /// The user behind a principal; the root user is none, nor is a role.
    pub(crate) fn user_of(&self, principal: &Principal) -> Option<&User> {
        match principal {
            Principal::User(name) => self.users.get(name),
            Principal::Root | Principal::Role(_) => None,
        }
    }

    /// The role behind a principal.
    pub(crate) fn role_of(&self, principal: &Principal) -> Option<&Role> {
        match principal {
            Principal::Role(session) => self.roles.get(&session.role),
            Principal::Root | Principal::User(_) => None,
        }
    }

    /// The ARN that `GetCallerIdentity` tells.
    pub(crate) fn principal_arn(&self, principal: &Principal) -> String {
        match principal {
            Principal::Root => self.iam_arn("root"),
            Principal::User(name) => match self.users.get(name) {
                Some(user) => self.user_arn(user),
                None => self.arn("user", "/", name),
            },
            Principal::Role(session) => {
                let RoleSession { role, name, .. } = session.as_ref();
                let partition = self.partition.name();
                format!(
                    "arn:{partition}:sts::{}:assumed-role/{role}/{name}",
                    self.id
                )
            }
        }
    }

    /// The unique id that `GetCallerIdentity` tells: the root user's is the account id.
    pub(crate) fn principal_id(&self, principal: &Principal) -> String {
        match principal {
            Principal::Role(session) => format!("{}:{}", session.role_id, session.name),
            Principal::Root | Principal::User(_) => self
                .user_of(principal)
                .map_or_else(|| self.id.clone(), |user| user.id.clone()),
        }
    }
}

/// Only users have keys of their own, and so an operation on the caller's needs a user.
pub(crate) fn no_keys() -> Fault {
    Fault::new(
        Code::ValidationError,
        "Must specify userName when calling with non-User credentials",
    )
}
