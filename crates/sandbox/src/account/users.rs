//! IAM users.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::directory::Named;
use super::grants::Grants;
use super::keys::AccessKey;
use super::tags::{self, Tag, Tags};
use super::{Account, limits};
use crate::fault::{Code, Fault};
use crate::random::Random;

/// A user, with everything that hangs on it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) created_at: Timestamp,
    pub(crate) tags: Tags,
    pub(crate) keys: Vec<AccessKey>,
    pub(crate) grants: Grants,
    /// The ARN of the managed policy that bounds the user.
    pub(crate) boundary: Option<String>,
    /// The directory keys of the groups the user is in.
    pub(crate) groups: BTreeSet<String>,
}

/// What `CreateUser` asks for.
pub(crate) struct NewUser {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) boundary: Option<String>,
    pub(crate) tags: Vec<Tag>,
}

impl NewUser {
    /// A user with nothing but a name.
    pub(crate) fn named(name: &str) -> NewUser {
        NewUser {
            name: name.to_owned(),
            path: "/".to_owned(),
            boundary: None,
            tags: Vec::new(),
        }
    }
}

impl Named for User {
    fn name(&self) -> &str {
        &self.name
    }
}

impl User {
    pub(crate) fn new(new: NewUser, random: &Random, now: Timestamp) -> User {
        let mut tags = Tags::default();
        for tag in new.tags {
            tags.insert(tag);
        }
        User {
            name: new.name,
            path: new.path,
            id: random.id("AIDA", 17),
            created_at: now,
            tags,
            keys: Vec::new(),
            grants: Grants::default(),
            boundary: new.boundary,
            groups: BTreeSet::new(),
        }
    }
}

impl Account {
    pub(crate) fn user_arn(&self, user: &User) -> String {
        self.arn("user", &user.path, &user.name)
    }

    pub(crate) fn user(&self, name: &str) -> Result<&User, Fault> {
        self.users.get(name).ok_or_else(|| no_user(name))
    }

    pub(crate) fn user_mut(&mut self, name: &str) -> Result<&mut User, Fault> {
        self.users.get_mut(name).ok_or_else(|| no_user(name))
    }

    pub(crate) fn create_user(
        &mut self,
        new: NewUser,
        random: &Random,
        now: Timestamp,
    ) -> Result<User, Fault> {
        if self.users.get(&new.name).is_some() {
            return Err(Fault::new(
                Code::EntityAlreadyExists,
                format!("User with name {} already exists.", new.name),
            ));
        }
        if self.users.len() >= limits::USERS {
            return Err(Fault::limit(format!(
                "Cannot exceed quota for UsersPerAccount: {}",
                limits::USERS
            )));
        }
        if let Some(arn) = &new.boundary {
            self.attachable(arn)?;
        }
        tags::add(&mut Tags::default(), new.tags.clone())?;
        let user = User::new(new, random, now);
        self.users.insert(user.clone());
        Ok(user)
    }

    /// Removes a user on which nothing hangs any more (IAM API Reference, "DeleteUser").
    pub(crate) fn delete_user(&mut self, name: &str) -> Result<(), Fault> {
        let user = self.user(name)?;
        let obstacles = [
            (!user.keys.is_empty(), "must delete access keys first."),
            (
                !user.grants.attached.is_empty(),
                "must detach all policies first.",
            ),
            (
                !user.grants.inline.is_empty(),
                "must delete policies first.",
            ),
            (
                !user.groups.is_empty(),
                "must remove users from group first.",
            ),
        ];
        if let Some((_, what)) = obstacles.iter().find(|(stands, _)| *stands) {
            return Err(Fault::conflict(format!("Cannot delete entity, {what}")));
        }
        self.users.remove(name);
        Ok(())
    }

    /// Sets or clears the permissions boundary of a user.
    pub(crate) fn set_boundary(&mut self, name: &str, arn: Option<String>) -> Result<(), Fault> {
        if let Some(arn) = &arn {
            self.attachable(arn)?;
        }
        self.user_mut(name)?.boundary = arn;
        Ok(())
    }
}

fn no_user(name: &str) -> Fault {
    Fault::no_such(format!("The user with name {name} cannot be found."))
}
