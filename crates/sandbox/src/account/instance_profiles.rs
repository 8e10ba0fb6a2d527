//! Instance profiles: how machines get a role.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::directory::{Named, key_of};
use super::tags::{self, Tag, Tags};
use super::{Account, limits};
use crate::fault::{Code, Fault};
use crate::random::Random;

/// An instance profile with at most one role.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InstanceProfile {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) created_at: Timestamp,
    pub(crate) tags: Tags,
    /// The directory key of the role.
    pub(crate) role: Option<String>,
}

impl Named for InstanceProfile {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Account {
    pub(crate) fn profile_arn(&self, profile: &InstanceProfile) -> String {
        self.arn("instance-profile", &profile.path, &profile.name)
    }

    pub(crate) fn profile(&self, name: &str) -> Result<&InstanceProfile, Fault> {
        self.profiles.get(name).ok_or_else(|| no_profile(name))
    }

    pub(crate) fn profile_mut(&mut self, name: &str) -> Result<&mut InstanceProfile, Fault> {
        self.profiles.get_mut(name).ok_or_else(|| no_profile(name))
    }

    /// The ARN of the role in a profile.
    pub(crate) fn role_of_profile(&self, name: &str) -> Option<String> {
        let role = self.profiles.get(name)?.role.as_ref()?;
        self.roles.get(role).map(|role| self.role_arn(role))
    }

    /// The profiles that a role is in.
    pub(crate) fn profiles_of(&self, role: &str) -> impl Iterator<Item = &InstanceProfile> {
        let key = key_of(role);
        let profiles = self.profiles.iter();
        profiles.filter(move |profile| profile.role.as_ref() == Some(&key))
    }

    pub(crate) fn create_profile(
        &mut self,
        name: String,
        path: String,
        new_tags: Vec<Tag>,
        random: &Random,
        now: Timestamp,
    ) -> Result<InstanceProfile, Fault> {
        if self.profiles.get(&name).is_some() {
            return Err(Fault::new(
                Code::EntityAlreadyExists,
                format!("Instance Profile {name} already exists."),
            ));
        }
        if self.profiles.len() >= limits::INSTANCE_PROFILES {
            return Err(Fault::limit(format!(
                "Cannot exceed quota for InstanceProfilesPerAccount: {}",
                limits::INSTANCE_PROFILES
            )));
        }
        let mut tags = Tags::default();
        tags::add(&mut tags, new_tags)?;
        let profile = InstanceProfile {
            name,
            path,
            id: random.id("AIPA", 17),
            created_at: now,
            tags,
            role: None,
        };
        self.profiles.insert(profile.clone());
        Ok(profile)
    }

    /// Removes a profile without role.
    pub(crate) fn delete_profile(&mut self, name: &str) -> Result<(), Fault> {
        if self.profile(name)?.role.is_some() {
            return Err(Fault::conflict(
                "Cannot delete entity, must remove roles from instance profile first.",
            ));
        }
        self.profiles.remove(name);
        Ok(())
    }

    /// A profile takes one role; not even the same one twice.
    pub(crate) fn put_role(&mut self, profile: &str, role: &str) -> Result<(), Fault> {
        let key = key_of(&self.role(role)?.name);
        let profile = self.profile_mut(profile)?;
        if profile.role.is_some() {
            return Err(Fault::limit(
                "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
            ));
        }
        profile.role = Some(key);
        Ok(())
    }

    pub(crate) fn take_role(&mut self, profile: &str, role: &str) -> Result<(), Fault> {
        let key = key_of(&self.role(role)?.name);
        let profile = self.profile_mut(profile)?;
        if profile.role.as_ref() != Some(&key) {
            return Err(Fault::no_such(format!(
                "The role with name {role} cannot be found in the instance profile {}.",
                profile.name
            )));
        }
        profile.role = None;
        Ok(())
    }
}

fn no_profile(name: &str) -> Fault {
    Fault::no_such(format!("Instance Profile {name} cannot be found."))
}
