//! IAM user groups.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::directory::{Named, key_of};
use super::grants::Grants;
use super::users::User;
use super::{Account, limits};
use crate::fault::{Code, Fault};
use crate::random::Random;

/// A group; who is in it stands with the users.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) created_at: Timestamp,
    pub(crate) grants: Grants,
}

impl Named for Group {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Account {
    pub(crate) fn group_arn(&self, group: &Group) -> String {
        self.arn("group", &group.path, &group.name)
    }

    pub(crate) fn group(&self, name: &str) -> Result<&Group, Fault> {
        self.groups.get(name).ok_or_else(|| no_group(name))
    }

    pub(crate) fn group_mut(&mut self, name: &str) -> Result<&mut Group, Fault> {
        self.groups.get_mut(name).ok_or_else(|| no_group(name))
    }

    pub(crate) fn create_group(
        &mut self,
        name: String,
        path: String,
        random: &Random,
        now: Timestamp,
    ) -> Result<Group, Fault> {
        if self.groups.get(&name).is_some() {
            return Err(Fault::new(
                Code::EntityAlreadyExists,
                format!("Group with name {name} already exists."),
            ));
        }
        if self.groups.len() >= limits::GROUPS {
            return Err(Fault::limit(format!(
                "Cannot exceed quota for GroupsPerAccount: {}",
                limits::GROUPS
            )));
        }
        let group = Group {
            name,
            path,
            id: random.id("AGPA", 17),
            created_at: now,
            grants: Grants::default(),
        };
        self.groups.insert(group.clone());
        Ok(group)
    }

    /// Removes a group that is empty and grants nothing (IAM API Reference, "DeleteGroup").
    pub(crate) fn delete_group(&mut self, name: &str) -> Result<(), Fault> {
        let group = self.group(name)?;
        let obstacles = [
            (
                self.members(group).next().is_some(),
                "must remove users from group first.",
            ),
            (
                !group.grants.attached.is_empty(),
                "must detach all policies first.",
            ),
            (
                !group.grants.inline.is_empty(),
                "must delete policies first.",
            ),
        ];
        if let Some((_, what)) = obstacles.iter().find(|(stands, _)| *stands) {
            return Err(Fault::conflict(format!("Cannot delete entity, {what}")));
        }
        self.groups.remove(name);
        Ok(())
    }

    /// The users in a group.
    pub(crate) fn members(&self, group: &Group) -> impl Iterator<Item = &User> {
        let key = key_of(&group.name);
        self.users
            .iter()
            .filter(move |user| user.groups.contains(&key))
    }

    /// The groups a user is in.
    pub(crate) fn groups_of<'a>(&'a self, user: &'a User) -> impl Iterator<Item = &'a Group> {
        user.groups.iter().filter_map(|key| self.groups.get(key))
    }

    /// Puts a user into a group; being there already is no fault.
    pub(crate) fn join(&mut self, group: &str, user: &str) -> Result<(), Fault> {
        let key = key_of(&self.group(group)?.name);
        let user = self.user_mut(user)?;
        user.groups.insert(key);
        if user.groups.len() > limits::GROUPS_PER_USER {
            return Err(Fault::limit(format!(
                "Cannot exceed quota for GroupsPerUser: {}",
                limits::GROUPS_PER_USER
            )));
        }
        Ok(())
    }

    /// Takes a user out of a group; not being there is no fault.
    pub(crate) fn leave(&mut self, group: &str, user: &str) -> Result<(), Fault> {
        let key = key_of(&self.group(group)?.name);
        self.user_mut(user)?.groups.remove(&key);
        Ok(())
    }
}

fn no_group(name: &str) -> Fault {
    Fault::no_such(format!("The group with name {name} cannot be found."))
}
