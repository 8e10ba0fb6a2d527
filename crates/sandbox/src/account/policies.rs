//! Customer-managed policies and their versions.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::directory::Named;
use super::documents::{self, Document};
use super::tags::{self, Tag, Tags};
use super::{Account, aws_managed, limits};
use crate::fault::{Code, Fault};
use crate::random::Random;

/// One version of a policy.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Version {
    pub(crate) document: Document,
    pub(crate) created_at: Timestamp,
}

/// A managed policy: the customer's, or one of AWS's own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManagedPolicy {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) arn: String,
    pub(crate) id: String,
    pub(crate) description: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) tags: Tags,
    /// The version in force; always one of `versions`.
    pub(crate) default_version: u32,
    /// The last number given out; numbers are never used again.
    pub(crate) last_version: u32,
    pub(crate) versions: BTreeMap<u32, Version>,
}

/// What `CreatePolicy` asks for.
pub(crate) struct NewPolicy<'a> {
    pub(crate) name: &'a str,
    pub(crate) path: &'a str,
    pub(crate) description: Option<&'a str>,
    pub(crate) document: &'a str,
    pub(crate) tags: Vec<Tag>,
}

impl Named for ManagedPolicy {
    fn name(&self) -> &str {
        &self.name
    }
}

impl ManagedPolicy {
    /// The document in force.
    pub(crate) fn document(&self) -> Option<&Document> {
        self.versions
            .get(&self.default_version)
            .map(|version| &version.document)
    }

    /// A version by its wire name (`v3`).
    pub(crate) fn version(&self, name: &str) -> Result<(u32, &Version), Fault> {
        name.strip_prefix('v')
            .and_then(|number| number.parse().ok())
            .and_then(|number| self.versions.get_key_value(&number))
            .map(|(number, version)| (*number, version))
            .ok_or_else(|| {
                Fault::no_such(format!(
                    "Policy {} version {name} does not exist or is not attachable.",
                    self.arn
                ))
            })
    }
}

impl Account {
    /// A managed policy, AWS's or the customer's.
    pub(crate) fn policy(&self, arn: &str) -> Option<&ManagedPolicy> {
        aws_managed::find(self.partition, arn).or_else(|| {
            let name = arn.rsplit('/').next()?;
            self.policies
                .get(name)
                .filter(|policy| policy.arn.eq_ignore_ascii_case(arn))
        })
    }

    /// A managed policy that an operation is about.
    pub(crate) fn existing_policy(&self, arn: &str) -> Result<&ManagedPolicy, Fault> {
        self.policy(arn).ok_or_else(|| no_policy(arn))
    }

    /// A managed policy that is to be attached or to bound a user.
    pub(crate) fn attachable(&self, arn: &str) -> Result<&ManagedPolicy, Fault> {
        self.policy(arn).ok_or_else(|| {
            Fault::no_such(format!("Policy {arn} does not exist or is not attachable."))
        })
    }

    /// A customer-managed policy that is to change.
    pub(crate) fn own_policy(&mut self, arn: &str) -> Result<&mut ManagedPolicy, Fault> {
        if aws_managed::find(self.partition, arn).is_some() {
            return Err(Fault::new(
                Code::AccessDenied,
                format!("{arn} is an AWS managed policy. Only AWS can change it."),
            ));
        }
        let name = self.existing_policy(arn)?.name.clone();
        self.policies.get_mut(&name).ok_or_else(|| no_policy(arn))
    }

    pub(crate) fn create_policy(
        &mut self,
        new: NewPolicy<'_>,
        random: &Random,
        now: Timestamp,
    ) -> Result<ManagedPolicy, Fault> {
        if self.policies.get(new.name).is_some() {
            return Err(Fault::new(
                Code::EntityAlreadyExists,
                format!(
                    "A policy called {} already exists. Duplicate names are not allowed.",
                    new.name
                ),
            ));
        }
        if self.policies.len() >= limits::CUSTOMER_MANAGED_POLICIES {
            return Err(Fault::limit(format!(
                "Cannot exceed quota for PoliciesPerAccount: {}",
                limits::CUSTOMER_MANAGED_POLICIES
            )));
        }
        let mut tags = Tags::default();
        tags::add(&mut tags, new.tags)?;
        let policy = ManagedPolicy {
            name: new.name.to_owned(),
            path: new.path.to_owned(),
            arn: self.arn("policy", new.path, new.name),
            id: random.id("ANPA", 17),
            description: new.description.map(str::to_owned),
            created_at: now,
            updated_at: now,
            tags,
            default_version: 1,
            last_version: 1,
            versions: BTreeMap::from([(1, new_version(new.document, now)?)]),
        };
        self.policies.insert(policy.clone());
        Ok(policy)
    }

    /// Removes a policy that is attached nowhere and has no version but the default one.
    pub(crate) fn delete_policy(&mut self, arn: &str) -> Result<(), Fault> {
        let policy = self.own_policy(arn)?;
        if policy.versions.len() > 1 {
            return Err(Fault::conflict(
                "This policy has more than one version. Before you delete a policy, you must \
                 delete the policy's versions. The default version is deleted with the policy.",
            ));
        }
        let (arn, name) = (policy.arn.clone(), policy.name.clone());
        if self.attachments(&arn) + self.boundary_uses(&arn) > 0 {
            return Err(Fault::conflict(
                "Cannot delete a policy attached to entities.",
            ));
        }
        self.policies.remove(&name);
        Ok(())
    }

    /// Adds a version and returns its number.
    pub(crate) fn create_version(
        &mut self,
        arn: &str,
        document: &str,
        set_default: bool,
        now: Timestamp,
    ) -> Result<u32, Fault> {
        let policy = self.own_policy(arn)?;
        if policy.versions.len() >= limits::POLICY_VERSIONS {
            return Err(Fault::limit(format!(
                "A managed policy can have up to {} versions. Before you create a new version, \
                 you must delete an existing version.",
                limits::POLICY_VERSIONS
            )));
        }
        let version = new_version(document, now)?;
        policy.last_version += 1;
        policy.versions.insert(policy.last_version, version);
        policy.updated_at = now;
        if set_default {
            policy.default_version = policy.last_version;
        }
        Ok(policy.last_version)
    }

    pub(crate) fn delete_version(&mut self, arn: &str, version: &str) -> Result<(), Fault> {
        let policy = self.own_policy(arn)?;
        let (number, _) = policy.version(version)?;
        if number == policy.default_version {
            return Err(Fault::conflict(
                "Cannot delete the default version of a policy.",
            ));
        }
        policy.versions.remove(&number);
        Ok(())
    }

    pub(crate) fn set_default_version(
        &mut self,
        arn: &str,
        version: &str,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let policy = self.own_policy(arn)?;
        (policy.default_version, _) = policy.version(version)?;
        policy.updated_at = now;
        Ok(())
    }

    /// How many users, groups and roles a policy is attached to.
    pub(crate) fn attachments(&self, arn: &str) -> usize {
        let users = self.users.iter().map(|user| &user.grants);
        let groups = self.groups.iter().map(|group| &group.grants);
        let roles = self.roles.iter().map(|role| &role.grants);
        users
            .chain(groups)
            .chain(roles)
            .filter(|grants| grants.attached.contains(arn))
            .count()
    }

    /// How many users and roles a policy bounds.
    pub(crate) fn boundary_uses(&self, arn: &str) -> usize {
        let users = self.users.iter().map(|user| &user.boundary);
        let roles = self.roles.iter().map(|role| &role.boundary);
        users
            .chain(roles)
            .filter(|boundary| boundary.as_deref() == Some(arn))
            .count()
    }
}

fn new_version(document: &str, now: Timestamp) -> Result<Version, Fault> {
    let document = documents::check(document)?;
    if limits::policy_size(document.text()) > limits::MANAGED_POLICY_SIZE {
        return Err(Fault::limit(format!(
            "Cannot exceed quota for PolicySize: {}",
            limits::MANAGED_POLICY_SIZE
        )));
    }
    Ok(Version {
        document,
        created_at: now,
    })
}

fn no_policy(arn: &str) -> Fault {
    Fault::no_such(format!("Policy {arn} was not found."))
}
