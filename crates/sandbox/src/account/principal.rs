//! Who is calling.

use super::Account;
use super::keys::AccessKey;
use super::users::User;
use crate::fault::Fault;

/// The identity behind an access key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Principal {
    /// The account itself.
    Root,
    /// A user, by name.
    User(String),
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
        }
    }

    /// The same keys, to be changed.
    pub(crate) fn keys_mut(&mut self, owner: &Principal) -> Result<&mut Vec<AccessKey>, Fault> {
        match owner {
            Principal::Root => Ok(&mut self.root_keys),
            Principal::User(name) => self.user_mut(name).map(|user| &mut user.keys),
        }
    }

    /// The user behind a principal; the root user is none.
    pub(crate) fn user_of(&self, principal: &Principal) -> Option<&User> {
        match principal {
            Principal::Root => None,
            Principal::User(name) => self.users.get(name),
        }
    }

    /// The ARN that `GetCallerIdentity` tells.
    pub(crate) fn principal_arn(&self, principal: &Principal) -> String {
        self.user_of(principal).map_or_else(
            || format!("arn:aws:iam::{}:root", self.id),
            |user| self.user_arn(user),
        )
    }

    /// The unique id that `GetCallerIdentity` tells: the root user's is the account id.
    pub(crate) fn principal_id(&self, principal: &Principal) -> String {
        self.user_of(principal)
            .map_or_else(|| self.id.clone(), |user| user.id.clone())
    }
}
