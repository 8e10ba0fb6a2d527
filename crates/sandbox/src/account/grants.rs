//! What a user, a group or a role is granted: inline and attached policies.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::directory::{Directory, Named};
use super::documents::{self, Document};
use super::{Account, limits};
use crate::fault::Fault;

/// A policy that lives and dies with its user, group or role.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InlinePolicy {
    pub(crate) name: String,
    pub(crate) document: Document,
}

impl Named for InlinePolicy {
    fn name(&self) -> &str {
        &self.name
    }
}

/// The policies of one user, group or role.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grants {
    pub(crate) inline: Directory<InlinePolicy>,
    /// ARNs of managed policies.
    pub(crate) attached: BTreeSet<String>,
}

/// The kinds of entity that hold policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    User,
    Group,
    Role,
}

impl Holder {
    /// `user`, `group` or `role`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Holder::User => "user",
            Holder::Group => "group",
            Holder::Role => "role",
        }
    }

    fn inline_size(self) -> usize {
        match self {
            Holder::User => limits::USER_INLINE_SIZE,
            Holder::Group => limits::GROUP_INLINE_SIZE,
            Holder::Role => limits::ROLE_INLINE_SIZE,
        }
    }

    fn attached_quota(self) -> &'static str {
        match self {
            Holder::User => "PoliciesPerUser",
            Holder::Group => "PoliciesPerGroup",
            Holder::Role => "PoliciesPerRole",
        }
    }
}

impl Account {
    pub(crate) fn grants(&self, holder: Holder, name: &str) -> Result<&Grants, Fault> {
        match holder {
            Holder::User => self.user(name).map(|user| &user.grants),
            Holder::Group => self.group(name).map(|group| &group.grants),
            Holder::Role => self.role(name).map(|role| &role.grants),
        }
    }

    fn grants_mut(&mut self, holder: Holder, name: &str) -> Result<&mut Grants, Fault> {
        match holder {
            Holder::User => self.user_mut(name).map(|user| &mut user.grants),
            Holder::Group => self.group_mut(name).map(|group| &mut group.grants),
            Holder::Role => self.own_role(name).map(|role| &mut role.grants),
        }
    }

    /// Attaches a managed policy; being attached already is no fault.
    pub(crate) fn attach(&mut self, holder: Holder, name: &str, arn: &str) -> Result<(), Fault> {
        let arn = self.attachable(arn)?.arn.clone();
        let grants = self.grants_mut(holder, name)?;
        grants.attached.insert(arn);
        if grants.attached.len() > limits::ATTACHED_POLICIES {
            return Err(Fault::limit(format!(
                "Cannot exceed quota for {}: {}",
                holder.attached_quota(),
                limits::ATTACHED_POLICIES
            )));
        }
        Ok(())
    }

    pub(crate) fn detach(&mut self, holder: Holder, name: &str, arn: &str) -> Result<(), Fault> {
        let stored = self
            .policy(arn)
            .map_or(arn, |policy| &policy.arn)
            .to_owned();
        if self.grants_mut(holder, name)?.attached.remove(&stored) {
            Ok(())
        } else {
            Err(Fault::no_such(format!("Policy {arn} was not found.")))
        }
    }

    /// Writes an inline policy, in place of one of the same name.
    pub(crate) fn put_inline(
        &mut self,
        holder: Holder,
        name: &str,
        policy: &str,
        document: &str,
    ) -> Result<(), Fault> {
        let document = documents::check(document)?;
        let grants = self.grants_mut(holder, name)?;
        grants.inline.insert(InlinePolicy {
            name: policy.to_owned(),
            document,
        });
        let size: usize = grants
            .inline
            .iter()
            .map(|policy| limits::policy_size(policy.document.text()))
            .sum();
        if size > holder.inline_size() {
            return Err(Fault::limit(format!(
                "Maximum policy size of {} bytes exceeded for {} {name}",
                holder.inline_size(),
                holder.word()
            )));
        }
        Ok(())
    }

    pub(crate) fn inline(
        &self,
        holder: Holder,
        name: &str,
        policy: &str,
    ) -> Result<&InlinePolicy, Fault> {
        self.grants(holder, name)?
            .inline
            .get(policy)
            .ok_or_else(|| no_inline(holder, policy))
    }

    pub(crate) fn delete_inline(
        &mut self,
        holder: Holder,
        name: &str,
        policy: &str,
    ) -> Result<(), Fault> {
        let removed = self.grants_mut(holder, name)?.inline.remove(policy);
        removed.map(|_| ()).ok_or_else(|| no_inline(holder, policy))
    }
}

fn no_inline(holder: Holder, policy: &str) -> Fault {
    Fault::no_such(format!(
        "The {} policy with name {policy} cannot be found.",
        holder.word()
    ))
}
