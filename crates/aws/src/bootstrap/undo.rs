//! The way back: what a bootstrap made is removed, and only that.

use std::collections::BTreeSet;
use std::fmt;

use commissary_core::domain::{
    BootstrapEvent, BootstrapState, BootstrapStep, Planned, UndoRequest,
};
use commissary_core::ports::BootstrapError;
use commissary_permissions::{Blueprint, OWNER_TAG, SELF_CHECK_POLICY};

use super::account::{Account, KnownPolicy, KnownRole, KnownUser};
use super::apply::apply_removals;
use super::inspect::{Names, inspect, is_numbered};
use super::line::{Call, Line};
use super::plan::remove_policy;
use crate::{AwsSession, document};

/// What would be removed, and what is left; nothing is changed yet.
pub struct UndoPlan {
    request: UndoRequest,
    lines: Vec<Line>,
    planned: Planned,
}

impl UndoPlan {
    /// Looks at the account and plans.
    ///
    /// # Errors
    /// A name is none, or AWS does not answer. Nothing was changed.
    pub async fn prepare(
        session: &AwsSession,
        request: UndoRequest,
    ) -> Result<Self, BootstrapError> {
        request.blueprint.check()?;
        let blueprint = &request.blueprint;
        let names = Names::of(blueprint, &request.policy_name, true);
        let account = inspect(session, &names).await?;
        if let Some(there) = account.other_case {
            let choose = "exactly as it is written";
            return Err(BootstrapError::OtherCase { there, choose });
        }
        let undoing = Undoing {
            blueprint,
            names: &names,
            account: &account,
        };
        let lines = undoing.lines();
        let planned = Planned {
            administrator: account.identity,
            lines: lines.iter().map(Line::told).collect(),
            makes_key: false,
            known_keys: account.keys,
        };
        Ok(Self {
            request,
            lines,
            planned,
        })
    }

    /// The ids of the access keys that are removed.
    pub fn removed_keys(&self) -> impl Iterator<Item = &str> {
        let calls = self.lines.iter().flat_map(|line| &line.calls);
        calls.filter_map(|call| match call {
            Call::DeleteKey(id) => Some(id.as_str()),
            _ => None,
        })
    }

    /// What would be done.
    pub fn planned(&self) -> &Planned {
        &self.planned
    }

    /// Removes, telling each line as it is done.
    ///
    /// # Errors
    /// AWS refuses or does not answer. The next run goes on.
    pub async fn apply(
        self,
        session: &AwsSession,
        tell: impl FnMut(BootstrapEvent) + Send,
    ) -> Result<(), BootstrapError> {
        apply_removals(session, &self.request.blueprint, &self.lines, tell).await
    }
}

impl fmt::Debug for UndoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UndoPlan")
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

struct Undoing<'a> {
    blueprint: &'a Blueprint,
    names: &'a Names,
    account: &'a Account,
}

impl Undoing<'_> {
    /// What a bootstrap of the user made, in the order in which IAM lets it go (IAM API Reference,
    /// "DeleteUser", "DeleteRole" and "DeletePolicy").
    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(user) = &self.account.user {
            lines.append(&mut self.keys(user));
            lines.append(&mut self.parts_of(user));
        }
        lines.append(&mut self.profiles());
        lines.append(&mut self.roles());
        lines.append(&mut self.policies());
        if let Some(user) = &self.account.user {
            lines.push(self.user(user));
        }
        lines
    }

    fn is_ours(&self, owner: Option<&String>) -> bool {
        owner.is_some_and(|owner| *owner == self.blueprint.user_name)
    }

    /// Whether a bootstrap attached the policy: it made the policy, or it made the user and found
    /// a policy of the name with the same document.
    fn is_attached_by_us(&self, user: &KnownUser, arn: &str) -> bool {
        let mut policies = self.account.policies.iter();
        let policy = policies.find(|policy| policy.arn == arn);
        policy.is_some_and(|policy| {
            let found =
                is_numbered(&self.names.policy, &policy.name) && self.is_ours(user.owner.as_ref());
            self.is_ours(policy.owner.as_ref()) || found
        })
    }

    /// Whether the inline policy for the self-check is as a bootstrap makes it.
    fn is_our_self_check(user: &KnownUser) -> bool {
        let ours = Blueprint::self_check_document(&user.arn);
        let theirs = user.self_check.as_ref();
        theirs.is_some_and(|theirs| document::same(theirs, &ours))
    }

    fn our_policies(&self) -> impl Iterator<Item = &KnownPolicy> {
        let policies = self.account.policies.iter();
        policies.filter(|policy| self.is_ours(policy.owner.as_ref()))
    }

    fn our_roles(&self) -> impl Iterator<Item = &KnownRole> {
        let roles = self.account.roles.iter();
        roles.filter(|role| self.is_ours(role.owner.as_ref()))
    }

    fn is_our_policy(&self, arn: &str) -> bool {
        self.our_policies().any(|policy| policy.arn == arn)
    }

    /// The keys of a user that is removed. Of any other user nobody can say who made them.
    fn keys(&self, user: &KnownUser) -> Vec<Line> {
        let step = BootstrapStep::AccessKey;
        let keys = self.account.keys.iter();
        if self.is_ours(user.owner.as_ref()) {
            return keys
                .map(|key| Line {
                    step,
                    state: BootstrapState::Removed,
                    detail: format!("`{}`: what still uses it stops working at once", key.id),
                    undo: Some("it cannot be brought back".to_owned()),
                    calls: vec![Call::DeleteKey(key.id.clone())],
                })
                .collect();
        }
        keys.map(|key| {
            let detail = format!(
                "`{}`: who made it cannot be told, for the user was there before",
                key.id
            );
            Line::still(step, BootstrapState::Left, detail)
        })
        .collect()
    }

    /// The self-check and the attachments of our policies.
    fn parts_of(&self, user: &KnownUser) -> Vec<Line> {
        let again = || Some("run the bootstrap again".to_owned());
        let detail = format!("the inline policy `{SELF_CHECK_POLICY}`");
        let self_check = user.self_check.as_ref().map(|_| {
            let step = BootstrapStep::SelfCheck;
            if !Self::is_our_self_check(user) {
                let detail = format!("{detail} stays: it does not say what a bootstrap writes");
                return Line::still(step, BootstrapState::Left, detail);
            }
            Line {
                step,
                state: BootstrapState::Removed,
                detail,
                undo: again(),
                calls: vec![Call::DeleteInline {
                    name: SELF_CHECK_POLICY.to_owned(),
                }],
            }
        });
        let attached = user.attached.iter();
        let ours = attached.filter(|arn| self.is_attached_by_us(user, arn));
        let detached = ours.map(|arn| Line {
            step: BootstrapStep::Attachment,
            state: BootstrapState::Removed,
            detail: format!("`{arn}` from `{}`", self.blueprint.user_name),
            undo: again(),
            calls: vec![Call::DetachFromUser { arn: arn.clone() }],
        });
        self_check.into_iter().chain(detached).collect()
    }

    fn profiles(&self) -> Vec<Line> {
        let profiles = self.account.profiles.iter();
        let ours = profiles.filter(|profile| self.is_ours(profile.owner.as_ref()));
        ours.map(|profile| {
            let step = BootstrapStep::InstanceProfile;
            let name = &profile.name;
            if let Some(role) = profile.roles.iter().find(|role| !self.is_removed(role)) {
                let detail = format!("`{name}` stays: it holds the role `{role}`, which stays");
                return Line::still(step, BootstrapState::Left, detail);
            }
            let roles = profile.roles.iter().map(|role| Call::RemoveFromProfile {
                name: name.clone(),
                role: role.clone(),
            });
            let last = Call::DeleteProfile { name: name.clone() };
            Line {
                step,
                state: BootstrapState::Removed,
                detail: format!("`{name}`: machines that run with it lose their rights"),
                undo: Some("run the bootstrap again".to_owned()),
                calls: roles.chain([last]).collect(),
            }
        })
        .collect()
    }

    /// Whether the role is removed.
    fn is_removed(&self, role: &str) -> bool {
        let mut ours = self.our_roles();
        ours.any(|known| known.name == role && self.role(known).state == BootstrapState::Removed)
    }

    /// Whether a bootstrap gives a policy to the role that it did not make: one of AWS's own, or
    /// one of the user's that was there.
    fn is_given(&self, role: &KnownRole, arn: &str) -> bool {
        let mut policies = self.account.policies.iter();
        let found = policies.find(|policy| policy.arn == arn);
        if found.is_some_and(|policy| is_numbered(&self.names.policy, &policy.name)) {
            return true;
        }
        let mut roles = self.blueprint.roles.iter();
        let planned = roles.find(|planned| planned.name.eq_ignore_ascii_case(&role.name));
        planned.is_some_and(|planned| planned.aws_policies.iter().any(|its| its == arn))
    }

    fn roles(&self) -> Vec<Line> {
        self.our_roles().map(|role| self.role(role)).collect()
    }

    fn role(&self, role: &KnownRole) -> Line {
        let step = BootstrapStep::Role;
        let name = &role.name;
        let foreign = role.attached.iter();
        let foreign = foreign.filter(|arn| !self.is_our_policy(arn) && !self.is_given(role, arn));
        let inline = role.inline.iter().map(|inline| format!("`{inline}`"));
        let others: Vec<String> = foreign
            .map(|arn| format!("`{arn}`"))
            .chain(inline)
            .collect();
        let shared =
            self.account.profiles.iter().any(|profile| {
                profile.roles.contains(name) && !self.is_ours(profile.owner.as_ref())
            });
        if shared || !others.is_empty() {
            let why = match others.is_empty() {
                true => "an instance profile that was not made by a bootstrap holds it".to_owned(),
                false => format!(
                    "it has policies that no bootstrap gave it: {}",
                    others.join(", ")
                ),
            };
            return Line::still(step, BootstrapState::Left, format!("`{name}` stays: {why}"));
        }
        let detach = role.attached.iter().map(|arn| Call::DetachFromRole {
            name: name.clone(),
            arn: arn.clone(),
        });
        let last = Call::DeleteRole { name: name.clone() };
        Line {
            step,
            state: BootstrapState::Removed,
            detail: format!("`{name}`"),
            undo: Some("run the bootstrap again".to_owned()),
            calls: detach.chain([last]).collect(),
        }
    }

    /// Our policies, once nothing of ours has them any more.
    fn policies(&self) -> Vec<Line> {
        let removed: BTreeSet<&str> = self
            .our_roles()
            .filter(|role| self.is_removed(&role.name))
            .map(|role| role.name.as_str())
            .collect();
        let ours = self.our_policies();
        ours.map(|policy| {
            let user = self.account.user.iter();
            let of_user = user
                .filter(|user| user.attached.contains(&policy.arn))
                .count();
            let roles = self.account.roles.iter();
            let of_roles = roles
                .filter(|role| removed.contains(role.name.as_str()))
                .filter(|role| role.attached.contains(&policy.arn))
                .count();
            remove_policy(policy, of_user + of_roles, Vec::new())
        })
        .collect()
    }

    fn user(&self, user: &KnownUser) -> Line {
        let step = BootstrapStep::User;
        if !self.is_ours(user.owner.as_ref()) {
            let detail = format!(
                "`{}` stays: no bootstrap made it (it lacks the tag `{OWNER_TAG}` with its name)",
                user.arn
            );
            return Line::still(step, BootstrapState::Left, detail);
        }
        let attached = user.attached.iter();
        let attached = attached.filter(|arn| !self.is_attached_by_us(user, arn));
        let attached = attached.map(|arn| format!("`{arn}`"));
        let ours = |name: &str| name == SELF_CHECK_POLICY && Self::is_our_self_check(user);
        let inline = user.inline.iter().filter(|name| !ours(name));
        let inline = inline.map(|name| format!("the inline policy `{name}`"));
        let groups = user.groups.iter().map(|name| format!("the group `{name}`"));
        let obstacles = user.obstacles.iter().cloned();
        let others = attached.chain(inline).chain(groups).chain(obstacles);
        let others: Vec<String> = others.collect();
        if !others.is_empty() {
            let detail = format!(
                "`{}` stays, without keys: it has what no bootstrap gave it: {}",
                user.arn,
                others.join(", ")
            );
            return Line::still(step, BootstrapState::Left, detail);
        }
        Line {
            step,
            state: BootstrapState::Removed,
            detail: format!("`{}`", user.arn),
            undo: Some("run the bootstrap again; its keys will be others".to_owned()),
            calls: vec![Call::DeleteUser],
        }
    }
}
